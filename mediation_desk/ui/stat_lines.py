"""A statistical table as a model: its names and its numbers, each cell as it is printed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from mediation_desk.figures.explained import unit_of
from mediation_desk.figures.table import Level, Ratio, StatTable
from mediation_desk.words import tr

_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
_INDENT = "　"
_SUMS = frozenset({Level.TOTAL, Level.SUBTOTAL})


def names_of(table: StatTable, row: int) -> tuple[str, ...]:
    """The texts before the numbers of a row; a part stands under its whole."""
    entry = table.rows[row]
    label = _INDENT + entry.label if entry.level is Level.PART else entry.label
    return (*entry.lead, label)


def is_sum(table: StatTable, row: int) -> bool:
    """Whether a row adds up others."""
    return table.rows[row].level in _SUMS


def cell_words(table: StatTable, row: int, column: int) -> str:
    """Where a number stands and what it is, as one would read it aloud."""
    head = table.columns[column]
    names = [name.strip() for name in names_of(table, row) if name]
    return tr("{where}：{value}{unit}").format(
        where=tr("，").join((*names, *head.heads, head.label)),
        value=table.shown(row, column) or tr("无"),
        unit=unit_of(table, row, column),
    )


class StatLines(QAbstractTableModel):
    """Some rows of a table: either their names or their numbers."""

    def __init__(self, parent: QWidget, *, names: bool) -> None:
        super().__init__(parent)
        self._names = names
        self.table: StatTable | None = None
        self.places: tuple[int, ...] = ()
        self.texts: tuple[tuple[str, ...], ...] = ()
        self._inks: dict[tuple[int, int], str] = {}

    def show(self, table: StatTable | None, places: Sequence[int] = ()) -> None:
        """Show the rows of `table` at these places."""
        self.beginResetModel()
        self.table, self.places = table, tuple(places)
        self.texts = ()
        self._inks = {}
        if table is not None and self._names:
            self.texts = tuple(names_of(table, row) for row in places)
        elif table is not None:
            columns = range(len(table.columns))
            self.texts = tuple(
                tuple(table.shown(row, column) for column in columns) for row in places
            )
        self.endResetModel()

    def ink(self, row: int, column: int) -> str:
        """The token of a cell's colour: what is nothing steps back, what leads to cases is blue.

        Looked up once, because a table is painted again and again.
        """
        found = self._inks.get((row, column))
        if found is None:
            found = self._inks[row, column] = self._ink(row, column)
        return found

    def _ink(self, row: int, column: int) -> str:
        table = self.table
        if table is None or self._names:
            return "ink"
        value = table.values[self.places[row]][column]
        if (self.places[row], column) in table.ahead or not (
            value.part if isinstance(value, Ratio) else value
        ):
            return "hint"
        return "ink" if table.behind(self.places[row], column) is None else "primary"

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        if parent.isValid() or self.table is None:
            return 0
        return len(self.table.corner if self._names else self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts[row][column]
        if role == Qt.ItemDataRole.TextAlignmentRole and not self._names:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            if self._names or self.table is None:
                return self.texts[row][column].strip()
            return cell_words(self.table, self.places[row], column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.table is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.table.rows[self.places[section]].label
        if self._names:
            return self.table.corner[section]
        return self.table.columns[section].title
