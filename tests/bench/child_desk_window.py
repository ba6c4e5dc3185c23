"""The program's own way to its window: `python child_desk_window.py JOB REGISTER SECRET`."""

import gc
import sys
import time
from pathlib import Path

# ruff: noqa: E402
gc.disable()  # as the front door does before it loads anything

from mediation_desk.ui import app  # isort: skip - first, as in the program

from bench_painting import when_painted

from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.window import DeskWindow

# How long a person looks for the keyboard, and takes from key to key.
_LOOKING_MS, _KEY_MS = 1_000, 50


def show(window: DeskWindow, _secret: str) -> None:
    """Answer when the password page is painted."""
    window.show_start()
    when_painted(window)


def enter(window: DeskWindow, secret: str) -> None:
    """Answer when the workbench is painted; by the raw key, as the password is slow by intent."""
    # As in the program, nothing of the store is loaded for the password page.
    from mediation_desk.store.opening import open_with_key  # noqa: PLC0415
    from mediation_desk.ui.pages.workbench import WorkbenchPage  # noqa: PLC0415

    window.open_desk(open_with_key(Path(sys.argv[2]), bytes.fromhex(secret)))
    page = window.findChild(WorkbenchPage)
    assert page is not None
    assert page.dues.list.lines.rowCount()
    when_painted(page)


def unlock(window: DeskWindow, secret: str) -> None:
    """Type the password as a person does, and answer how long after Enter the workbench came."""
    # Not loaded for what else is measured here.
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415
    from PySide6.QtTest import QTest  # noqa: PLC0415

    from mediation_desk.ui.pages.unlock import UnlockPage  # noqa: PLC0415

    def type_password() -> None:
        page = window.findChild(UnlockPage)
        assert page is not None
        page.unlocked.connect(opened)
        QTest.keyClicks(page.password, secret, delay=_KEY_MS)
        began.append(time.perf_counter())
        QTest.keyClick(page.password, Qt.Key.Key_Return)

    def opened() -> None:
        from mediation_desk.ui.pages.workbench import WorkbenchPage  # noqa: PLC0415

        workbench = window.findChild(WorkbenchPage)
        assert workbench is not None
        assert workbench.dues.list.lines.rowCount()
        when_painted(workbench, began[0])

    began: list[float] = []
    window.show_start()
    QTimer.singleShot(_LOOKING_MS, type_password)


app.start_log()
application = app.make_application()
hook = CrashHook(application)
hook.install()
# A fault is to be seen by who measures.
sys.excepthook = sys.__excepthook__
app.dress(application)
desk = DeskWindow(Path(sys.argv[2]))
gc.freeze()
gc.enable()
{job.__name__: job for job in (show, enter, unlock)}[sys.argv[1]](desk, sys.argv[3])
desk.show()
application.exec()
desk.put_away()
