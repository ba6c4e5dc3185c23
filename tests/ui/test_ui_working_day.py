"""A working day in the window and by the command line: nothing of it can be read on the disk."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import an_identity_number
from desk_line import Line
from plain_text import files, telling
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from register_moulds import Mould
from test_ui_quick import _fill
from ui_tools import finish, keep_a_case, page, press, settle, write

from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import SessionResult, Sex
from mediation_desk.store.register import Register, Why
from mediation_desk.ui import app
from mediation_desk.ui.copying import copied, copy
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.crash_window import CrashWindow
from mediation_desk.ui.pages.quick_form import QuickForm
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]

NAMES = ("尉迟德珍", "司徒仕文")
NUMBER = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
PHONE = "13977778888"
FACTS, SAID, AGREED = "水沟堵了三回还骂老人", "哭着说儿子三年不回家", "当众赔礼再送一篮鸡蛋"
UNSAVED = "喝酒之后动手打了邻居"
PASSWORD = "梨花-2026"  # of the mould
SECRETS = (*NAMES, NUMBER, PHONE, FACTS, SAID, AGREED, UNSAVED, PASSWORD)
# What is written where, told by a process itself.
_WRITING = """
def _writes(event, given):
    changed = event in ("os.rename", "os.mkdir", "os.link", "os.symlink")
    if event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+"):
        changed = True
    if changed and isinstance(given[0], (str, bytes)):
        with open(os.environ["WATCHED_FILES"], "ab", buffering=0) as file:
            file.write(os.fsencode(os.path.abspath(given[0])) + b"\\n")
_inside = []
def _watch_writes(event, given):
    if not _inside and (event == "open" or event.startswith("os.")):
        _inside.append(1)
        try:
            _writes(event, given)
        finally:
            _inside.clear()
sys.addaudithook(_watch_writes)
"""


class Day:
    """Where everything of the day lies, and what was written anywhere else."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self.place = place
        self.line = Line(place / "line", PASSWORD, today().isoformat())
        self.own, self.temporary = place / "own", place / "temporary"
        for folder in (self.own, self.temporary, place / "masked", place / "in full"):
            folder.mkdir()
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(self.own / name))
        patch.setenv("TMPDIR", str(self.temporary))
        patch.setattr(tempfile, "tempdir", None)
        patch.setenv("WATCHED_FILES", str(place / "written.txt"))
        watch = place / "line" / "watch" / "sitecustomize.py"
        with watch.open("a", encoding="utf-8") as file:
            file.write(_WRITING)

    def elsewhere(self) -> set[str]:
        """What the command line wrote outside of the folders that are searched."""
        told = (self.place / "written.txt").read_text(encoding="utf-8").splitlines()
        known = (str(self.place), "/dev/", "/proc/")
        return {path for path in told if not path.startswith(known) and "__pycache__" not in path}

    def searched(self) -> list[Path]:
        """Every file but those that were meant to tell, and the password's own."""
        meant = (self.place / "in full", self.line.password, self.place / "written.txt")
        return [path for path in files(self.place) if not any(map(path.is_relative_to, meant))]


@pytest.fixture
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    made = Day(tmp_path, monkeypatch)
    yield made
    made.line.end()


def _register_one(qtbot: QtBot, window: DeskWindow) -> None:
    page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_K)
    form = page(window, "disputes").form
    assert isinstance(form, QuickForm)
    for row, name in zip(form.rows.values(), NAMES, strict=False):
        _fill(row.form.boxes["name"], name)
    first = next(iter(form.rows.values()))
    _fill(first.form.boxes["id_number"], NUMBER)
    _fill(first.form.boxes["phone"], PHONE)
    form.main.boxes["type"].editor.show_value("02")
    form.main.boxes["type"].changed.emit()
    _fill(form.main.boxes["facts"], FACTS)
    _fill(form.main.boxes["content"], AGREED)
    form.save()
    qtbot.waitUntil(lambda: page(window, "disputes").form is not form)


def _write_session(
    qtbot: QtBot, window: DeskWindow, case: CaseFile, said: str, *, kept: bool
) -> None:
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step("session")
    form = disputes.form
    write(form.session.boxes["narrative"].editor.inner, said)
    if kept:
        form.session.boxes["result"].show_value(SessionResult.CONTINUED)
        form.session.boxes["result"].changed.emit()
        form.save()
        qtbot.waitUntil(lambda: disputes.form is not form)
    else:
        form.drafting.keep_now()


def _crash(qtbot: QtBot, qapp: QApplication) -> None:
    """A fault in the middle of everything, with values in its words and in its frames."""
    app.start_log()
    hook = CrashHook()
    try:
        int(f"{NAMES[0]} {NUMBER} {UNSAVED}")
    except ValueError as error:
        hook._take(ValueError, error, None)

    def shown() -> list[CrashWindow]:
        return [entry for entry in qapp.topLevelWidgets() if isinstance(entry, CrashWindow)]

    qtbot.waitUntil(lambda: bool(shown()))
    for window in shown():
        window.close()


def _by_command(day: Day, village: Path, office: Path) -> list[str]:
    """Everything that the command line does with a register and that writes a file.

    Answers the recovery code, as it was said and without what groups it.
    """
    line, masked, full = day.line, day.place / "masked", day.place / "in full"
    number = line.dump(village)
    assert all(secret in number for secret in (*NAMES, NUMBER, PHONE, FACTS, SAID, AGREED))
    month = f"{today():%Y-%m}"
    line("backup", village).done()
    line("export", village, "--period", month, "--out", masked / "month.xlsx").done()
    line("report", village, "--period", month, "--out", masked / "report.xlsx").done()
    line("import", office, masked / "month.xlsx").done()
    line("returns", office, "--unit", "500230124200", "--out", masked / "returns.xlsx")
    # Both find something that is still to do.
    for verb in ("inspect", "agenda"):
        assert line(verb, village).err == ""
    for ending in (".pdf", ".docx"):
        # Both are written; papers that are still missing are named.
        out = full / f"file{ending}"
        assert line("case-file", village, f"{today():%Y}-1", "--out", out).err == ""
    line("export", village, "--period", month, "--out", full / "full.xlsx",
         "--unmasked-for", "双龙司法所").done()  # fmt: skip
    line("import", office, full / "full.xlsx").done()
    line("recovery-code", village, "--out", full / "code.pdf").done()
    line("verify", village).done()
    said = line("recovery-code", village).done()
    groups = re.findall(r"^[0-9A-Z]{4,}(?:  [0-9A-Z]{4,})*$", said, re.MULTILINE)
    code = "".join("".join(groups).split())
    assert len(code) > 20, said
    return [code, *(group for row in groups for group in row.split())]


def test_nothing_of_a_working_day_can_be_read_on_the_disk(
    day: Day,
    village: Register,
    office_mould: Mould,
    open_window: Open,
    qtbot: QtBot,
    qapp: QApplication,
) -> None:
    case = keep_a_case(village, *NAMES, days_ago=0)
    window = open_window(village)
    _register_one(qtbot, window)
    _write_session(qtbot, window, case, SAID, kept=True)
    _write_session(qtbot, window, case, UNSAVED, kept=False)
    # As it lies there while everything is open, log of the register and all.
    assert list(village.folder.glob("*-wal"))
    assert telling(day.searched(), SECRETS) == []
    copy(NUMBER)
    village.back_up(Why.WORKING)
    _crash(qtbot, qapp)
    shutil.copytree(village.folder, day.place / "after a power cut")
    settle(qtbot, window)
    finish(window)
    window.put_away()
    window.close()
    village.close()
    copied().forget()
    assert qapp.clipboard().text() == ""
    code = _by_command(day, village.folder, office_mould.copy(day.place / "office"))
    searched = day.searched()
    names = {path.name for path in searched}
    assert {"desk.log", "register.db", "month.xlsx", "returns.xlsx", "keys.json"} <= names
    assert telling(searched, [*SECRETS, code[0]]) == []
    assert day.elsewhere() == set()
    # The test of the test: where names are meant to be, they are found.
    meant = {secret for _, secret in telling(files(day.place / "in full"), SECRETS)}
    assert meant >= {*NAMES, FACTS}
