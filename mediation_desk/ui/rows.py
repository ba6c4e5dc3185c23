"""The one list of the window: any records as rows, described by columns, fetched as one scrolls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
More = Callable[[], tuple[Sequence[R], bool]]
CHIP = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()
# As numbers, which compare faster than members of Qt's enums.
_SHOWN, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_ALIGNED = int(Qt.ItemDataRole.TextAlignmentRole)
_ANSWERED = frozenset({_SHOWN, _TIP, _ALIGNED, int(CHIP)})
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Fold(Enum):
    """Where a column goes that there is no room for: above or below the text that stretches."""

    ABOVE, BELOW = range(2)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """How a row shows one of its values; a `tone` turns it into a chip."""

    title: str
    text: Callable[[R], str]
    tone: Callable[[R], Tone] | None = None
    right: bool = False
    stretch: bool = False
    width: int = 0
    tip: Callable[[R], str] | None = None
    folds: Fold | None = None


class Rows(QAbstractTableModel, Generic[R]):
    """Rows of values; `more` brings the next ones and says whether others follow."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._more: More[R] | None = None
        self.folded = False

    def fold(self, *, folded: bool) -> None:
        """Put columns that fold above and below the one that stretches, or all in their places."""
        self.folded = folded
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def shown(self, column: Column[R], row: R) -> str:
        """What a cell of this column says."""
        if not self.folded or not column.stretch:
            return column.text(row)
        above, below = (
            # What stood in lines of its own beside it takes one.
            [
                other.text(row).replace("\n", tr(" · "))
                for other in self.columns
                if other.folds is on
            ]
            for on in Fold
        )
        return "\n".join(filter(None, (*above, column.text(row), *below)))

    def show(self, rows: Sequence[R], more: More[R] | None = None) -> None:
        """Show `rows` in place of all before."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more = more
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """The value shown in row `number`."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def all_shown(self) -> Sequence[R]:
        """The rows fetched so far."""
        return self._rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, _parent: Index) -> bool:
        return self._more is not None

    def fetchMore(self, _parent: Index) -> None:
        if self._more is None:
            return
        rows, others = self._more()
        if not others:
            self._more = None
        if rows:
            first = len(self._rows)
            self.beginInsertRows(NOWHERE, first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Qt asks for eight roles of every cell it paints; most of them nobody here answers.
        if role not in _ANSWERED:
            return None
        column = self.columns[index.column()]
        if role == _ALIGNED:
            return _RIGHT if column.right else _LEFT
        value = self._rows[index.row()]
        if role == _SHOWN:
            return self.shown(column, value)
        if role == CHIP:
            return column.tone(value) if column.tone else None
        return (column.tip or column.text)(value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
