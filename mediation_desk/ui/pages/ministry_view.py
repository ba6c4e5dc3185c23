"""The 49-column table on the screen: unit column and totals stay while the rest scrolls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from mediation_desk.figures.figure import OF_CASES
from mediation_desk.figures.ministry import COLUMNS, Line, Table, shown
from mediation_desk.ui import theme
from mediation_desk.ui.grouped_header import GroupedHeader, Head
from mediation_desk.ui.widgets import line, row
from mediation_desk.words import tr

_ROW = 32
_WIDTHS = ((5, 76), (6, 92), (7, 106), (99, 126))
_NAMES = 132
# Units that are in view however little room there is.
_LEAST = 6
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table: its line and the index of its column."""

    line: Line
    column: int


class _Lines(QAbstractTableModel):
    """Lines of the table, by name or by their 49 values."""

    def __init__(self, parent: QWidget, *, names: bool, bold: bool) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._names = names
        self._bold = bold

    def show(self, lines: Sequence[Line]) -> None:
        """Show `lines`."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line in `row`."""
        return self._lines[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid():
            return 0
        return 1 if self._names else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(10.5, bold=self._bold)
        if self._names:
            told = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
            return line.name if told else None
        return self._value(line, index.column(), role)

    def _value(self, line: Line, number: int, role: int) -> Any:
        value, column = line.values[number], COLUMNS[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(column, value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            look = theme.tokens()
            counted = column.figure.measure in OF_CASES
            return QColor(look.hint if not value else look.primary if counted else look.ink)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.name} · {column.title}\n{column.figure.definition}"
        return None


class _Pane(QTableView):
    """One of the four parts; Enter, Space or a click opens a number."""

    opened = Signal(QModelIndex)

    def __init__(self, lines: _Lines) -> None:
        super().__init__()
        self.setModel(lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.high(_ROW))
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in keys and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _no_bars(pane: QTableView) -> None:
    pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class MinistryView(QWidget):
    """Shows a `Table`; a number that counts cases can be opened."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._whole = False
        self._lowest = self._highest = 0
        self._models = {
            (names, bold): _Lines(self, names=names, bold=bold)
            for names in (True, False)
            for bold in (True, False)
        }
        self.names = _Pane(self._models[True, False])
        self.values = _Pane(self._models[False, False])
        self.total_names = _Pane(self._models[True, True])
        self.totals = _Pane(self._models[False, True])
        self._dress()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.names, 0, 0)
        grid.addWidget(self.values, 0, 1)
        grid.addWidget(line("line"), 1, 0, 1, 2)
        grid.addWidget(self.total_names, 2, 0)
        # As wide as the scroll bar above it, so that the columns of both panes meet.
        self._beside = QWidget()
        self._beside.setFixedWidth(0)
        grid.addLayout(row(self.totals, self._beside, gap=0), 2, 1)
        self.values.verticalScrollBar().rangeChanged.connect(self._keep_columns)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _dress(self) -> None:
        unit = [Head((), tr("单位"), "")]
        heads = [
            Head(column.heads, f"{column.label}\n({column.unit})", str(column.number))
            for column in COLUMNS
        ]
        self.names.setHorizontalHeader(GroupedHeader(unit, self.names))
        self.values.setHorizontalHeader(GroupedHeader(heads, self.values))
        for pane in (self.total_names, self.totals):
            pane.horizontalHeader().hide()
            pane.setFixedHeight(3 * theme.high(_ROW) + 14)
        for pane in (self.names, self.total_names):
            pane.setFixedWidth(theme.wide(_NAMES))
            pane.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            pane.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
            _no_bars(pane)
        for pane in (self.values, self.totals):
            for number, column in enumerate(COLUMNS):
                wide = next(wide for most, wide in _WIDTHS if len(column.label) <= most)
                pane.setColumnWidth(number, theme.wide(wide))
            pane.opened.connect(self._opened)
        self.values.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bars = self.totals.horizontalScrollBar(), self.values.horizontalScrollBar()
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        sides = self.values.verticalScrollBar(), self.names.verticalScrollBar()
        sides[0].valueChanged.connect(sides[1].setValue)
        sides[1].valueChanged.connect(sides[0].setValue)

    def _keep_columns(self, _first: int, last: int) -> None:
        bar = self.values.verticalScrollBar().sizeHint().width()
        self._beside.setFixedWidth(bar if last else 0)

    def show_nothing(self) -> None:
        """Show no line, where there is nothing to count."""
        for model in self._models.values():
            model.show(())

    def show_table(self, table: Table) -> None:
        """Show the lines and totals of `table`."""
        totals = (table.subordinate_total, table.own_total, table.grand_total)
        for (_names, bold), model in self._models.items():
            model.show(totals if bold else table.lines)
        # The totals follow the last unit where there are few.
        head = self.values.horizontalHeader().sizeHint().height()
        one = theme.high(_ROW)
        high = head + len(table.lines) * one + 1
        for pane in (self.names, self.values):
            pane.setMaximumHeight(high)
        self._highest = high + self.totals.height() + 1
        self._lowest = min(head + _LEAST * one + self.totals.height() + 2, self._highest)
        self.setMaximumHeight(self._highest)
        self._keep_height()

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all lines, on a page that scrolls; or scroll by itself."""
        self._whole = whole
        self._keep_height()

    def _keep_height(self) -> None:
        self.setMinimumHeight(self._highest if self._whole else self._lowest)

    def _opened(self, index: QModelIndex) -> None:
        model = index.model()
        if isinstance(model, _Lines) and COLUMNS[index.column()].figure.measure in OF_CASES:
            self.opened.emit(Cell(model.line(index.row()), index.column()))
