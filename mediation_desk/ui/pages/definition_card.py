"""The 指标说明 beside a table: what the chosen number is, how it is counted, what it changed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from mediation_desk.figures.explained import Explained
from mediation_desk.ui.widgets import button, column, framed, line, look, row, scrolled, words
from mediation_desk.words import tr

_PADDING = 16


class DefinitionCard(QFrame):
    """Tells of one number; whoever wants to see its cases is led there."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "card")
        self._whole = False
        self.hint = words("", "sub", wrap=True)
        self.name = words("", "strong", wrap=True)
        self.where = words("", "sub", wrap=True)
        self.value = words("", "figure")
        self.facts = words("", wrap=True)
        self.changes = words("", wrap=True)
        for label in (self.facts, self.changes):
            # What is told here is copied into reports.
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cases = button(tr("看这些纠纷 (&K)"), self.opened.emit)
        told = column(
            self.hint, self.name, self.value, self.where, self.facts, self.changes, None, gap=6
        )
        told.setContentsMargins(_PADDING, 8, _PADDING, 8)
        self._view = scrolled(told)
        self._act = framed(row(self.cases, None), "clear", margins=12)
        head = words(tr("指标说明"), "heading")
        head.setContentsMargins(_PADDING, 10, _PADDING, 8)
        stack = column(head, line("line"), gap=0)
        stack.addWidget(self._view, 1)
        stack.addWidget(self._act)
        stack.setContentsMargins(1, 1, 1, 1)
        self.setLayout(stack)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how to use the table, where no number is chosen."""
        self.hint.setText(
            tr("选中表里的一个数，这里说明它是怎么算的。双击或按回车，就看到是哪些纠纷。")
        )
        self.hint.show()
        for part in (self.name, self.value, self.where, self.facts, self.changes, self._act):
            part.hide()
        self._fit()

    def show_cell(self, told: Explained, *, opens: bool) -> None:
        """Tell of one number; `opens` says whether there are cases to be seen."""
        self.hint.hide()
        self.name.setText(told.name)
        self.value.setText(told.value)
        self.where.setText(" · ".join((told.row, told.period)))
        facts = (
            (tr("指标编号"), told.id),
            (tr("分母"), told.whole),
            (tr("统计日期"), told.dated),
            (tr("定义"), told.definition),
            (tr("纠纷"), "" if opens else tr("这个数后面没有纠纷可以打开")),
        )
        self.facts.setText(
            "\n".join(
                tr("{label}：{said}").format(label=label, said=said)
                for label, said in facts
                if said
            )
        )
        for part in (self.name, self.value, self.where, self.facts):
            part.show()
        self._act.setVisible(opens)
        self.show_changes(())

    def show_changes(self, told: Iterable[str]) -> None:
        """Tell 同比 and 环比 below."""
        self.changes.setText("\n".join(told))
        self.changes.setVisible(bool(self.changes.text()))
        self._fit()

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all that is told, on a page that scrolls; or scroll by itself."""
        self._whole = whole
        # A bar that came for a moment would take width, and the words would then need it.
        policy = Qt.ScrollBarPolicy
        self._view.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
        )
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inner = self._view.widget()
        layout = inner.layout() if inner is not None else None
        needed = 0
        if self._whole and layout is not None:
            needed = layout.totalHeightForWidth(max(self.width() - 2, 1))
        if needed != self._view.minimumHeight():
            self._view.setMinimumHeight(needed)
