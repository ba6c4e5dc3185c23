"""The card of advice beside a form, with the way to a written agreement where that is better."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.desk.quick import Hint
from mediation_desk.ui.widgets import button, clear, look, row, words
from mediation_desk.words import tr


class HintCard(QFrame):
    """Shows hints; without any it is not there."""

    writing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "warn")
        self.hints: tuple[Hint, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.writing = button(tr("改为书面协议 (&W)"), self.writing_wanted.emit)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 12, 16, 14)
        stack.setSpacing(8)
        stack.addLayout(self._lines)
        stack.addLayout(row(self.writing, None))
        self.hide()

    def show_hints(self, hints: Sequence[Hint]) -> bool:
        """Show `hints` in place of those before; whether there are others than before."""
        if tuple(hints) == self.hints:
            return False
        self.hints = tuple(hints)
        clear(self._lines)
        for hint in self.hints:
            self._lines.addWidget(words(hint.head, "minded"))
            self._lines.addWidget(words(hint.words, "sub", wrap=True))
        self.writing.setVisible(any(hint.in_writing for hint in self.hints))
        self.setVisible(bool(self.hints))
        return bool(self.hints)
