"""Shown while something has to be prepared before there is a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.widgets import column, framed, look, row, words


class WaitingPage(QWidget):
    """A sentence and a moving bar."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self._said = words("", "sub")
        self._said.setMinimumWidth(theme.wide(360))
        card = framed(column(words(sentence, "strong"), bar, self._said, gap=12), margins=28)
        self.setLayout(column(None, row(None, card, None), None))

    def say(self, words_: str) -> None:
        """Show what has been done so far."""
        self._said.setText(words_)
