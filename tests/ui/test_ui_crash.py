"""A fault in the middle of writing leaves a report in which nobody's name or number stands."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from builders import an_identity_number
from ui_tools import PASSWORD

from mediation_desk.domain.codes import Sex
from mediation_desk.store.register import Register

NAME, SAID, PHONE = "秦德珍", "水沟堵了三天，两家都不让步", "13900000001"
# A window of the program as it runs, in a process whose hooks no test has replaced.
_CRASHING = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit
from mediation_desk.desk.unlocking import open_counted
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui import app
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.crash_window import CrashWindow
from mediation_desk.ui.window import DeskWindow

folder, password, name, number, phone, said = sys.argv[1:]
app.start_log()
application = app.make_application()
hook = CrashHook(application)
hook.install()
app.dress(application)
window = DeskWindow(Path(folder))
window.open_desk(open_counted(Path(folder), password))
window.show()
disputes = window.centralWidget().currentWidget().turn_to("disputes")
disputes.register()
form = disputes.form
for field, text in (("name", name), ("id_number", number), ("phone", phone)):
    form.parties[0].form.boxes[field].put_back(text)
form.dispute.boxes["facts"].put_back(said)

def crash_in_the_window():
    record = form.parties[0].form.record()
    values = form.typed()
    raise KeyError(f"{record!r} {values!r} {number}")

def crash_in_a_thread():
    whose = f"{name} {number} {phone} {said}"
    raise ValueError(whose)

class Late:
    def __del__(self):
        raise RuntimeError(f"{name} {number}")

def work():
    raise LookupError(f"{name} {number} {said}")

def look():
    shown = [w for w in application.topLevelWidgets() if isinstance(w, CrashWindow)]
    for one in shown:
        print("report:", one.findChild(QPlainTextEdit).toPlainText())
    print("windows:", len(shown))
    window.jobs.close()
    application.exit(0)

QTimer.singleShot(50, crash_in_the_window)
threading.Thread(target=crash_in_a_thread).start()
late = Late()
del late
window.jobs.run(work, owner=window, done=print, failed=lambda _e: None, words="")
QTimer.singleShot(4000, look)
application.exec()
window.put_away()
"""


def test_no_value_stands_in_what_a_crash_leaves(village: Register, tmp_path: Path) -> None:
    village.close()
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    home = tmp_path / "home"
    environment = {**os.environ, "MEDIATION_DESK_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        [sys.executable, "-c", _CRASHING, village.folder, PASSWORD, NAME, number, PHONE, SAID],
        env=environment,
        capture_output=True,
        check=False,
        timeout=300,
    )
    out, errors = told.stdout.decode(), told.stderr.decode()
    assert told.returncode == 0, errors
    assert "KeyError" in out, (out, errors)
    log = "".join(file.read_text(encoding="utf-8") for file in home.rglob("*.log*"))
    for kind in ("KeyError", "ValueError", "LookupError"):
        assert kind in log, (kind, log)
    assert "crash_in_the_window" in log
    assert "RuntimeError" in errors
    for secret in (NAME, number, PHONE, SAID, number[6:14]):
        assert secret not in out
        assert secret not in errors
        assert secret not in log
    # Nor the path of a home, which may be called after its owner.
    assert str(Path.home()) not in log


def test_the_command_line_says_a_fault_without_its_values(tmp_path: Path) -> None:
    said = (
        "from mediation_desk.desk.crash_report import keep_values_out\n"
        "keep_values_out()\n"
        f"raise ValueError('{NAME} {PHONE}')\n"
    )
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, check=False)
    assert told.returncode == 1
    assert b"ValueError" in told.stderr
    assert NAME.encode() not in told.stderr
    assert PHONE.encode() not in told.stderr
