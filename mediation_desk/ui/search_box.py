"""The field in which one searches: what was found is said inside it, at its right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from mediation_desk.ui.widgets import words

_GAP = 10
# The room of the little cross that empties the field.
_CROSS = 32
_LEAVING = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown}


class SearchBox(QLineEdit):
    """Tells of typed text like any field; `left` when the person goes on into what was found."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.found: QLabel = words("", "sub")
        self.found.setParent(self)
        self.found.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._place)

    def say(self, told: str) -> None:
        """Say how much was found."""
        if told != self.found.text():
            self.found.setText(told)
            self._place()

    def _place(self) -> None:
        self.found.adjustSize()
        size = self.found.size()
        right = _CROSS if self.text() else _GAP
        self.found.move(self.width() - size.width() - right, (self.height() - size.height()) // 2)
        room = size.width() + _GAP if self.found.text() else 0
        if self.textMargins().right() != room:
            self.setTextMargins(0, 0, room, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING:
            self.left.emit()
            return
        super().keyPressEvent(event)
