"""The floor of starting: an empty window, until it is painted."""

import sys

from bench_painting import when_painted
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1366, 768)
when_painted(window)
window.show()
application.exec()
