"""A statistical table on the screen: names and closing sums stay while the numbers scroll."""

from itertools import takewhile

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QTableView, QWidget

from mediation_desk.figures.table import StatTable, TableColumn
from mediation_desk.ui import theme
from mediation_desk.ui.grouped_header import (
    GroupedHeader,
    Head,
    Levels,
    label_high,
    least_label_high,
)
from mediation_desk.ui.stat_lines import StatLines, is_sum
from mediation_desk.ui.stat_pane import PAD, ROW, StatPane
from mediation_desk.ui.widgets import line, row

# Widths a column of numbers may take: the first at which its label has no more than three lines.
_WIDTHS = (76, 92, 106, 126, 150)
_LABEL_LINES = 3
_LEAST_NAME, _MOST_NAME = 60, 240
_MORE_NAME, _MORE = 80, 60
# Rows that are in view however little room there is.
_LEAST = 6
_BAR = 14
# More columns than these are numbered, so that people can say which one they mean.
_NUMBERED = 20


class Place:
    """A cell of the table by its places."""

    __slots__ = ("column", "row")

    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column


def _no_bars(pane: QTableView) -> None:
    pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def heads_of(table: StatTable) -> list[Head]:
    """The heads of the columns of numbers."""
    numbered = len(table.columns) > _NUMBERED
    return [
        Head(entry.heads, _label(entry), str(number) if numbered else "")
        for number, entry in enumerate(table.columns, 1)
    ]


def _label(column: TableColumn) -> str:
    return f"{column.label}\n({column.unit})" if column.unit else column.label


class StatView(QWidget):
    """Shows a `StatTable`: `chosen` tells at which cell one stands, `opened` which one is opened."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: StatTable | None = None
        self._whole = False
        self._lowest = self._highest = 0
        self._shape: tuple[object, ...] = ()
        self._widths: tuple[list[int], list[int]] = ([], [])
        self.names = StatPane(StatLines(self, names=True), names=True)
        self.values = StatPane(StatLines(self, names=False), names=False)
        self.total_names = StatPane(StatLines(self, names=True), names=True)
        self.totals = StatPane(StatLines(self, names=False), names=False)
        self._heads = (GroupedHeader(self.names), GroupedHeader(self.values))
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        self.names.setHorizontalHeader(self._heads[0])
        self.values.setHorizontalHeader(self._heads[1])
        for pane in (self.total_names, self.totals):
            pane.horizontalHeader().hide()
        for pane in (self.names, self.total_names):
            pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            _no_bars(pane)
        self._rule = line("line")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.names, 0, 0)
        grid.addWidget(self.values, 0, 1)
        grid.addWidget(self._rule, 1, 0, 1, 2)
        grid.addWidget(self.total_names, 2, 0)
        # As wide as the scroll bar above it, so that the columns of both panes meet.
        self._beside = QWidget()
        self._beside.setFixedWidth(0)
        grid.addLayout(row(self.totals, self._beside, gap=0), 2, 1)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _join(self) -> None:
        """Let the panes scroll together, and let one cell be chosen in both."""
        self.values.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across = self.totals.horizontalScrollBar(), self.values.horizontalScrollBar()
        across[0].valueChanged.connect(across[1].setValue)
        across[1].valueChanged.connect(across[0].setValue)
        down = self.values.verticalScrollBar(), self.names.verticalScrollBar()
        down[0].valueChanged.connect(down[1].setValue)
        down[1].valueChanged.connect(down[0].setValue)
        self.values.verticalScrollBar().rangeChanged.connect(self._keep_columns)
        self.totals.horizontalScrollBar().rangeChanged.connect(self._keep_foot)
        for pane in (self.values, self.totals):
            pane.opened.connect(self._opened)
            pane.chosen.connect(self._chosen)
        self.values.left.connect(self._down)
        self.totals.left.connect(self._up)

    def _keep_columns(self, _first: int, last: int) -> None:
        bar = self.values.verticalScrollBar().sizeHint().width()
        self._beside.setFixedWidth(bar if last else 0)

    def _keep_foot(self, _first: int = 0, _last: int = 0) -> None:
        """The closing sums are as high as they need, with the bar that scrolls all columns."""
        rows = self.totals.lines.rowCount()
        bar = _BAR if self.totals.horizontalScrollBar().maximum() else 0
        high = rows * theme.high(ROW) + bar
        for pane in (self.total_names, self.totals):
            pane.setFixedHeight(high)
            pane.setVisible(bool(high))
        self._rule.setVisible(bool(rows))
        self._set_heights()

    # What is shown

    def show_nothing(self) -> None:
        """Show no line, where there is nothing to count."""
        self.table = None
        for pane in (self.names, self.values, self.total_names, self.totals):
            pane.lines.show(None)

    def show_table(self, table: StatTable) -> None:
        """Show `table`; whoever stood at a cell stands at the one with the same keys."""
        before = self._keys()
        self.table = table
        foot = len(list(takewhile(lambda number: is_sum(table, number), self._backwards())))
        foot = 0 if foot == len(table.rows) else foot
        split = len(table.rows) - foot
        for pane in (self.names, self.values):
            pane.lines.show(table, range(split))
        for pane in (self.total_names, self.totals):
            pane.lines.show(table, range(split, len(table.rows)))
        self._measure(table)
        self._keep_foot()
        self._stand_at(before)

    def _backwards(self) -> range:
        count = len(self.table.rows) if self.table is not None else 0
        return range(count - 1, -1, -1)

    def _measure(self, table: StatTable) -> None:
        """How wide the columns are and how high their heads, which stays from period to period."""
        metrics = QFontMetrics(theme.font(10.5, bold=True))
        texts = (*self.values.lines.texts, *self.totals.lines.texts)
        names = (*self.names.lines.texts, *self.total_names.lines.texts)
        heads = heads_of(table)
        self._widths = (
            [
                max(
                    _named_width(metrics, title, (line_[place] for line_ in names))
                    for _once in (0,)
                )
                for place, title in enumerate(table.corner)
            ],
            [
                max(
                    _label_width(head.label),
                    max((metrics.horizontalAdvance(one[place]) for one in texts), default=0)
                    + 2 * PAD + 2,
                )
                for place, head in enumerate(heads)
            ],
        )  # fmt: skip
        groups = max((len(head.groups) for head in heads), default=0)
        label = max(
            (
                label_high(head.label, wide) - (groups - len(head.groups)) * 26
                for head, wide in zip(heads, self._widths[1], strict=True)
            ),
            default=0,
        )
        numbered = any(head.number for head in heads)
        levels = Levels(groups, max(label, least_label_high()), numbered)
        self._heads[1].show_heads(heads, levels)
        self._heads[0].show_heads([Head((), name) for name in table.corner], levels)
        self._spread()
