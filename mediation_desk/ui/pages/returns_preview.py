"""What a file from the office brings, sort by sort; long lists are unfolded when wanted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mediation_desk.desk.return_preview import Brings
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, clear, column, row, words
from mediation_desk.words import tr

_FIRST = 6


class Points(QWidget):
    """The points of one sort under their name, the first few of them until all are wanted."""

    def __init__(self, name: str, tone: Tone, what: str, points: Sequence[str]) -> None:
        super().__init__()
        self._points = points
        head = row(Chip(f"{name} {len(points)}", tone), words(what, "sub", wrap=True), gap=8)
        head.setStretch(1, 1)
        self._lines = column(gap=3)
        self.more = button(
            tr("全部显示 {count} 条").format(count=len(points)), self.unfold, "quiet"
        )
        self.setLayout(column(head, self._lines, row(self.more, None), gap=4))
        self._show(points[:_FIRST])
        self.more.setVisible(len(points) > _FIRST)

    def _show(self, points: Sequence[str]) -> None:
        for point in points:
            line = words(f"· {point}", wrap=True)
            line.setContentsMargins(8, 0, 0, 0)
            self._lines.addWidget(line)

    def unfold(self) -> None:
        """Show all points."""
        self._show(self._points[_FIRST:])
        if self.more.hasFocus():
            self.more.focusNextChild()
        self.more.hide()


class BringsView(QWidget):
    """The points of the file that was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = column(gap=10)
        self.setLayout(self.stack)

    def show_brings(self, brought: Brings) -> None:
        """Show these points, what wants something done first."""
        clear(self.stack)
        sorts = (
            (tr("退回补正"), Tone.AMBER, tr("收下后列在“工作台”，逐条改正"), brought.returns),
            (tr("要核对"), Tone.AMBER, tr("两边都改过、改得不一样，收下后在“待核对”里选"),
             brought.questions),
            (tr("移交"), Tone.BLUE, tr("纠纷换了办理单位"), brought.handed),
            (tr("回执"), Tone.GREEN, tr("司法所收到了哪几份、收下多少"), brought.receipts),
            (tr("司法所的改动"), Tone.BLUE, tr("照司法所的改，本村没动过的才改"), brought.changes),
        )  # fmt: skip
        for name, tone, what, points in sorts:
            if points:
                self.stack.addWidget(Points(name, tone, what, points))
        self.setVisible(any(points for *_, points in sorts))
