"""One good line above a page that says what was just saved; it goes away by itself."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.ui.widgets import EDGE, column, framed, words

_SHOWN_MS = 12_000


class SavedNote(QWidget):
    """Hidden until there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.line = words("", "strong")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(EDGE, 12, EDGE, 0)
        stack.addWidget(framed(column(self.line), "good", margins=12))
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_SHOWN_MS)
        self._away.timeout.connect(self.hide)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show `sentence` for a while."""
        self.line.setText(sentence)
        self.show()
        self._away.start()
