"""Noticing that a widget has been painted, in a process that is measured."""

import time

from bench_answering import answer
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class _Painted(QObject):
    def __init__(self, parent: QObject, began: float) -> None:
        super().__init__(parent)
        self._began = began

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # Comes to its turn when the whole window has been painted.
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        answer(time.perf_counter() - self._began)
        QCoreApplication.quit()


def when_painted(widget: QWidget, began: float = 0.0) -> None:
    """Answer and end the program as soon as `widget` has been painted for the first time.

    What is answered are the seconds since `began`, a reading of `time.perf_counter`.
    """
    widget.installEventFilter(_Painted(widget, began))
