"""The field in which one searches: what was found is said inside it, at its right."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import look, words
from mediation_desk.words import tr

_GAP = 10
# What the style sheet leaves free on both sides of the text.
_SIDES = 26
# The room of the cross that empties the field.
_CROSS = 36
_LEAVING = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown}


class SearchBox(QLineEdit):
    """Tells of typed text like any field; `left` when the person goes on into what was found."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[str, ...] = ()
        self.found: QLabel = words("", "sub")
        self.found.setParent(self)
        self.found.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Qt's own cross fades in, and the whole page is painted a dozen times for it.
        self.cross = QToolButton(self)
        look(self.cross, "inside")
        self.cross.setIcon(theme.icon("clear"))
        self.cross.setIconSize(QSize(20, 20))
        self.cross.setCursor(Qt.CursorShape.PointingHandCursor)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setToolTip(tr("清空 (Esc)"))
        self.cross.setAccessibleName(tr("清空"))
        self.cross.clicked.connect(self.clear)
        self.cross.hide()
        self.textChanged.connect(self._place)

    def hint(self, *wordings: str) -> None:
        """Say in the empty field what can be looked for: the first of `wordings` that has room."""
        self._hints = wordings
        self._place()

    def say(self, told: str) -> None:
        """Say how much was found."""
        if told != self.found.text():
            self.found.setText(told)
            self._place()

    def _place(self) -> None:
        self.found.adjustSize()
        size, typed = self.found.size(), bool(self.text())
        right = _CROSS if typed else _GAP
        self.found.move(self.width() - size.width() - right, (self.height() - size.height()) // 2)
        self.cross.setGeometry(self.width() - _CROSS, 0, _CROSS - 2, self.height())
        self.cross.setVisible(typed)
        room = right + size.width() if self.found.text() else right
        if self.textMargins().right() != room:
            self.setTextMargins(0, 0, room, 0)
        if self._hints:
            left = self.width() - room - _SIDES
            wide = self.fontMetrics().horizontalAdvance
            self.setPlaceholderText(
                next((hint for hint in self._hints if wide(hint) <= left), self._hints[-1])
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVING:
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
