"""The program's own way to its window, until the password page or the workbench is painted.

The register is unlocked by its key, because the password's 0.1 s are there to cost time.
"""

import gc
import sys
from pathlib import Path

# ruff: noqa: E402
gc.disable()  # as the front door does before it loads anything

from mediation_desk.ui import app  # isort: skip - first, as in the program

from bench_painting import when_painted
from PySide6.QtWidgets import QApplication

from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.window import DeskWindow


def open_desk(window: DeskWindow, folder: Path, key: bytes) -> None:
    """Open the desk and answer when its first page is painted."""
    # As in the program, nothing of the store is loaded for the password page.
    from mediation_desk.store.opening import open_with_key  # noqa: PLC0415
    from mediation_desk.ui.pages.workbench import WorkbenchPage  # noqa: PLC0415

    window.open_desk(open_with_key(folder, key))
    page = window.findChild(WorkbenchPage)
    assert page is not None
    assert page.month.figures[0].count
    when_painted(page)


app.start_log()
application = QApplication(sys.argv[:1])
hook = CrashHook(application)
hook.install()
# A fault is to be seen by who measures.
sys.excepthook = sys.__excepthook__
app.dress(application)
desk = DeskWindow(Path(sys.argv[1]))
gc.freeze()
gc.enable()
if sys.argv[2]:
    open_desk(desk, Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
else:
    desk.show_start()
    when_painted(desk)
desk.show()
application.exec()
desk.put_away()
