"""Whether the totals that a ledger states agree with its rows (defects.md 24)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mediation_desk.domain.as_typed.amounts import amount
from mediation_desk.domain.as_typed.answer import Reading, Typed
from mediation_desk.domain.as_typed.counts import count
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.ledgers.find import Table, at
from mediation_desk.words import tr

_CASES = re.compile(r"(?:共|计|合计)?(\d+)(?:件|起|宗)")
_READERS: dict[str, Callable[[Typed], Reading[int]]] = {
    "amount": amount,
    "claim": amount,
    "people": count,
}


@dataclass(slots=True)
class Totals:
    """The rows of cases of one table so far, and those since the last total."""

    table: Table
    _rows: list[Sequence[Cell]] = field(default_factory=list)
    _since: int = 0

    def go_on(self, below: Table) -> "Totals":
        """Those of the table below with the same heads, whose last total may be of both."""
        return Totals(below, [*self._rows], len(self._rows))

    def add(self, row: Sequence[Cell]) -> None:
        """Take in a row of a case."""
        self._rows.append(row)

    def problems(self, number: int, row: Sequence[Cell]) -> Iterator[Problem]:
        """What the row of totals `number` (from 0) states otherwise than the rows above it.

        A total may be of all rows so far or of those since the total before it, such as of a page.
        """
        parts = self._rows, self._rows[self._since :]
        for column in self.table.columns:
            cell = at(row, column.number)
            slot = column.meaning.slot if column.meaning else ""
            stated, counted = _stated(slot, cell)
            if stated is None:
                continue
            found = [len(part) if counted else _summed(slot, column.number, part) for part in parts]
            if stated not in found:
                yield self._problem(number, column.number, kept(cell), slot)
        self._since = len(self._rows)

    def _problem(self, number: int, column: int, text: str, slot: str) -> Problem:
        words = tr("合计行写的是“{text}”，与上面各行相加的结果不同。").format(text=text[:20])
        mend = tr("各行照样接收；请与填表人核对是否漏了行。")
        at_cell = place(self.table.sheet, number + 1, column + 1)
        return Problem("L11", Severity.WARNING, slot, words, mend, at_cell)


def _stated(slot: str, cell: Cell) -> tuple[int | None, bool]:
    """What a cell of totals states, and whether that is a number of cases."""
    if found := _CASES.fullmatch(bare(cell)):
        return int(found[1]), True
    read = _READERS.get(slot)
    if read is None or not bare(cell):
        return None, False
    reading = read(cell)
    return (reading.value if reading.sure else None), False


def _summed(slot: str, column: int, rows: Sequence[Sequence[Cell]]) -> int:
    readings = (_READERS[slot](at(row, column)) for row in rows)
    return sum(reading.value or 0 for reading in readings if reading.sure)
