"""A statistical table on the screen: names and closing sums stay while the numbers scroll."""

from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QTableView, QWidget

from mediation_desk.figures.table import Level, StatTable
from mediation_desk.ui import theme
from mediation_desk.ui.grouped_header import GroupedHeader, Head
from mediation_desk.ui.stat_lines import StatLines, is_sum
from mediation_desk.ui.stat_measure import heads_of, levels_of, name_widths, number_widths
from mediation_desk.ui.stat_pane import ROW, StatPane
from mediation_desk.ui.widgets import line, row

# Up to how much more than they need columns take where there is room left.
_MORE = 60
# Rows that are in view however little room there is.
_LEAST = 6
_BAR = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the table by its places."""

    row: int
    column: int


def _no_bars(pane: QTableView) -> None:
    pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _foot(table: StatTable) -> int:
    """How many rows at the end add up all others; none where sums stand among them as well."""
    sums = [is_sum(table, row) for row in range(len(table.rows))]
    foot = len(list(takewhile(bool, reversed(sums))))
    inside = sum(sums) - foot
    if foot == len(sums):
        return 0
    return min(foot, 1) if inside else foot


class StatView(QWidget):
    """Shows a `StatTable`; tells at which cell one stands, and which one is to be opened."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table: StatTable | None = None
        self._whole = False
        self._lowest = self._highest = 0
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
        foot = _foot(table)
        split = len(table.rows) - foot
        for pane in (self.names, self.values):
            pane.lines.show(table, range(split))
        for pane in (self.total_names, self.totals):
            pane.lines.show(table, range(split, len(table.rows)))
        self._measure(table)
        self._keep_foot()
        self._stand_again(before)

    def _measure(self, table: StatTable) -> None:
        """How wide the columns are and how high their heads."""
        texts = (*self.values.lines.texts, *self.totals.lines.texts)
        names = (*self.names.lines.texts, *self.total_names.lines.texts)
        heads = heads_of(table)
        self._widths = name_widths(table, names), number_widths(heads, texts)
        levels = levels_of(heads, self._widths[1])
        self._heads[1].show_heads(heads, levels)
        self._heads[0].show_heads([Head((), name) for name in table.corner], levels)
        self._spread()

    def _spread(self) -> None:
        """Give the columns their widths, and what room is left in equal parts."""
        names, numbers = self._widths
        room = self.width() - sum(names) - sum(numbers) - self._beside.width()
        more = min(max(room, 0) // max(len(names) + len(numbers), 1), theme.wide(_MORE))
        for pane, widths in (
            (self.names, names), (self.total_names, names),
            (self.values, numbers), (self.totals, numbers),
        ):  # fmt: skip
            for place, wide in enumerate(widths):
                pane.setColumnWidth(place, wide + more)
        for pane in (self.names, self.total_names):
            pane.setFixedWidth(sum(names) + more * len(names))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    # How high it is

    def _set_heights(self) -> None:
        """The closing sums follow the last line where there are few."""
        one, head = theme.high(ROW), self._heads[1].levels.high
        # Without closing sums the bar that scrolls the columns stands there all the same.
        lines, foot = self.values.lines.rowCount(), self.totals.height()
        foot = foot + bool(self.totals.lines.rowCount()) if not self.totals.isHidden() else 0
        high = head + lines * one + 1
        for pane in (self.names, self.values):
            pane.setMaximumHeight(high)
        self._highest = high + foot
        self._lowest = min(head + _LEAST * one + foot + 1, self._highest)
        self.setMaximumHeight(self._highest)
        self._keep_height()

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all lines, on a page that scrolls; or scroll by itself."""
        self._whole = whole
        self._keep_height()

    def _keep_height(self) -> None:
        self.setMinimumHeight(self._highest if self._whole else self._lowest)

    # Where one stands

    @property
    def place(self) -> Place | None:
        """The cell at which one stands."""
        for pane in (self.values, self.totals):
            current = pane.currentIndex()
            if current.isValid():
                return Place(pane.lines.places[current.row()], current.column())
        return None

    def _keys(self) -> tuple[str, str]:
        """The keys of the cell at which one stands; empty for none."""
        place, table = self.place, self.table
        if place is None or table is None:
            return "", ""
        return table.rows[place.row].key, table.columns[place.column].key

    def stand_at(self, row: int, column: int) -> None:
        """Stand at a cell by its places in the table."""
        for pane in (self.values, self.totals):
            if row in pane.lines.places:
                pane.setCurrentIndex(pane.lines.index(pane.lines.places.index(row), column))

    def _stand_again(self, keys: tuple[str, str]) -> None:
        """Stand at the cell with these keys, else where the whole table is told in one number."""
        table = self.table
        if table is None or not table.rows or not table.columns:
            return
        rows = [row.key for row in table.rows]
        columns = [column.key for column in table.columns]
        totals = [row.level is Level.TOTAL for row in table.rows]
        row = rows.index(keys[0]) if keys[0] in rows else (*totals, True).index(True) % len(rows)
        self.stand_at(row, columns.index(keys[1]) if keys[1] in columns else 0)

    def _chosen(self, index: QModelIndex) -> None:
        for pane in (self.values, self.totals):
            if pane.lines is index.model():
                self.chosen.emit(Place(pane.lines.places[index.row()], index.column()))
            else:
                # One is at one place only.
                pane.setCurrentIndex(QModelIndex())

    def _opened(self, index: QModelIndex) -> None:
        for pane in (self.values, self.totals):
            if pane.lines is index.model():
                self.opened.emit(Place(pane.lines.places[index.row()], index.column()))

    def _down(self, way: int) -> None:
        """Go on below the last line in the closing sums."""
        if way > 0 and self.totals.lines.rowCount():
            column = self.values.currentIndex().column()
            self.totals.setFocus()
            self.totals.setCurrentIndex(self.totals.lines.index(0, column))

    def _up(self, way: int) -> None:
        """Go on above the closing sums in the last line."""
        rows = self.values.lines.rowCount()
        if way < 0 and rows:
            column = self.totals.currentIndex().column()
            self.values.setFocus()
            self.values.setCurrentIndex(self.values.lines.index(rows - 1, column))
