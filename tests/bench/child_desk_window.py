"""The program's own way to its window, until the list of disputes is painted.

The register is unlocked by its key, because the password's 0.1 s are there to cost time.
"""

import sys
from pathlib import Path

from mediation_desk.ui import app  # isort: skip - first, as in the program

from bench_painting import when_painted
from PySide6.QtWidgets import QApplication, QTableView

from mediation_desk.store.opening import open_with_key
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.window import DeskWindow

folder, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
app.start_log()
application = QApplication(sys.argv[:1])
hook = CrashHook(application)
hook.install()
# A fault is to be seen by who measures.
sys.excepthook = sys.__excepthook__
app.dress(application)
window = DeskWindow(folder)
if key:
    window.open_desk(open_with_key(folder, key))
    table = window.findChild(QTableView)
    assert table is not None
    assert table.model().rowCount()
    when_painted(table.viewport())
else:
    window.show_start()
    when_painted(window)
window.show()
application.exec()
window.put_away()
