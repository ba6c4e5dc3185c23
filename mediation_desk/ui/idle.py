"""Whether anybody still sits at the desk: keys, input methods and the mouse count."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from mediation_desk.domain.desk_error import DeskError

_LOOK_MS = 10_000
_TOUCHED = frozenset(
    {
        QEvent.Type.KeyPress,
        # Whoever writes Chinese presses no key that arrives here otherwise.
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Says `passed` when nobody has touched anything for so many minutes; 0 for never.

    It listens to the window and the field that have the cursor and to nothing else: a filter over
    the whole program would be asked at every line that is painted.
    """

    passed = Signal()

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        # The clock on the wall: a laptop that slept under its lid counts the time, too.
        self.last = time.time()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._turned)
            application.focusChanged.connect(self._moved)
            self._turned(application.focusWindow())
            self._moved(None, application.focusWidget())

    def begin(self) -> None:
        """Count from now on."""
        self.last = time.time()
        self._looking.start()

    def stop(self) -> None:
        """Count no more."""
        self._looking.stop()

    def _turned(self, window: QWindow | None) -> None:
        if window is not None:
            # A filter put in twice is asked once.
            window.installEventFilter(self)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOUCHED:
            return False
        # The first key after the laptop slept may be a stranger's.
        if self._looking.isActive() and self.look():
            return True
        self.last = time.time()
        return False

    def look(self) -> bool:
        """Say so if the time has passed; whether it has."""
        try:
            minutes = self._minutes()
        except DeskError:
            # The register cannot be asked just now; whoever works with it is told why.
            return False
        gone = minutes > 0 and time.time() - self.last >= minutes * 60
        if gone:
            self.stop()
            self.passed.emit()
        return gone
