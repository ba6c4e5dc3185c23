"""What comes back to a village: taking a file of the office, and taking that back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.ui.pages.batches_view import BatchesView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.returns_card import ReturnsCard
from mediation_desk.ui.widgets import PADDING, column, framed, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class ComingView(QWidget):
    """A place to drop the office's file, what it brings, and what was taken before."""

    # Something was taken or taken back: other views read the register again.
    turned = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self.card = ReturnsCard(workplace, notice)
        self.card.taken.connect(self._turned)
        self.card.shown.connect(self._looked)
        self.history = BatchesView(workplace, notice)
        self.history.turned.connect(self._turned)
        self.history.table.show_whole(whole=True)
        head = words(tr("收下过的文件"), "heading")
        head.setContentsMargins(PADDING, 12, PADDING, 4)
        listed = column(head, self.history, gap=0)
        self._taken = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 1)
        self._taken.hide()
        told = tr(
            "司法所收下报送以后给本村一份回件：哪几份收到了、收下多少，哪些要补正，它补充、改动了什么，"
            "还有移交来的纠纷。打开后先看清会带来什么，再决定收不收；收下以后也可以撤销。"
        )
        self._none = words(told, "sub", wrap=True)
        self.history.batches.modelReset.connect(self._listed)
        self.setLayout(column(self.card, self._none, self._taken, None, gap=14))

    def refresh(self) -> None:
        """Read the register again."""
        self.history.refresh()

    def _listed(self) -> None:
        some = bool(self.history.batches.rowCount())
        self._taken.setVisible(some)
        self._none.setHidden(some)

    def _looked(self) -> None:
        self._none.hide()

    def _turned(self) -> None:
        self.refresh()
        self.turned.emit()
