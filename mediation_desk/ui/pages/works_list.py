"""The list side of the ledgers: a table for each, made when its tab is first opened."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import look, words

# In a list narrower than this one column gives way.
_LEAST, _LEAST_WITH_UNITS = 540, 640


def id_of(line: Any) -> str:
    """The identity of what a row shows: a record, or a legal adviser with what was done."""
    record = getattr(line, "adviser", line)
    return str(record.id)


class WorkList(QFrame):
    """Shows the rows of one ledger at a time and tells which one is chosen."""

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, *, with_units: bool) -> None:
        super().__init__()
        look(self, "card")
        self._with_units = with_units
        self._tables: dict[str, Table] = {}
        self._rows: dict[str, Rows[Any]] = {}
        self._spared: dict[str, int] = {}
        self._key = ""
        self._choosing = False
        self._empty = words("", "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 6)
        whole.addWidget(self._stack)
        # Later, when the columns have their widths.
        self._widths = QTimer(self)
        self._widths.setSingleShot(True)
        self._widths.timeout.connect(self._give_room)

    def _give_room(self) -> None:
        if self._key:
            self.table.give_room()

    def knows(self, key: str) -> bool:
        """Whether the list `key` was made already."""
        return key in self._tables

    def make(self, key: str, columns: Sequence[Column[Any]], spared: int) -> None:
        """Make the list `key`; the last of its columns names the unit, `spared` may give way."""
        rows: Rows[Any] = Rows(columns, self)
        table = Table(rows, self)
        table.setColumnHidden(len(columns) - 1, not self._with_units)
        table.selectionModel().selectionChanged.connect(self._selected)
        table.opened.connect(self._opened)
        table.clicked.connect(self._clicked)
        self._rows[key], self._tables[key], self._spared[key] = rows, table, spared
        self._spare(key)
        self._stack.addWidget(table)

    def _spare(self, key: str) -> None:
        least = _LEAST_WITH_UNITS if self._with_units else _LEAST
        self._tables[key].setColumnHidden(self._spared[key], self.width() < theme.wide(least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for key in self._tables:
            self._spare(key)
        self._widths.start()

    @property
    def table(self) -> Table:
        """The table in front."""
        return self._tables[self._key]

    @property
    def shown(self) -> Sequence[Any]:
        """The rows in front."""
        return self._rows[self._key].all_shown()

    def show_rows(self, key: str, lines: Sequence[Any], none: str, wanted: str) -> None:
        """Show `lines` in the list `key`, choosing `wanted` or the first; `none` if there are none.

        What becomes chosen is told even if it was chosen before, for it may have changed.
        """
        self._key = key
        self._rows[key].show(lines)
        self._empty.setText(none)
        self._stack.setCurrentWidget(self._tables[key] if lines else self._empty)
        self._widths.start()
        self.choose(wanted)

    def choose(self, wanted: str) -> bool:
        """Choose the row about `wanted`, or the first one; whether `wanted` is among the rows."""
        place = next((n for n, line in enumerate(self.shown) if id_of(line) == wanted), None)
        if self.shown:
            self._choosing = True
            self.table.selectRow(place or 0)
            self._choosing = False
        self._tell()
        return place is not None

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if not self._choosing:
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self._rows[self._key].row(self.table.currentIndex().row()))

    def _opened(self, _number: int) -> None:
        self.opened.emit()

    def _clicked(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def focus(self) -> QWidget:
        """What takes the cursor: the table, if it has rows."""
        return self.table if self._key and self.shown else self
