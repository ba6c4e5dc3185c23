"""What people can see in a received workbook, against what its exact copy would show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.exchange.cells import Cell, plain, trimmed
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER, Sheet
from mediation_desk.exchange.edits import Edit
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.words import tr

Rows = list[list[Cell]]


@dataclass(slots=True)
class Compared:
    """What became of the visible rows of one sheet.

    Every row read is the same, changed, a stranger that was added, or ignored for a reason that
    is told. `row_of` tells where the row of a record stands, of a sheet known by its checksum only
    if it is the ledger; `column_of` where a head does.
    `relabelled` holds the new numbers of disputes as somebody typed them.
    """

    problems: list[Problem] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    same: int = 0
    changed: int = 0
    strangers: int = 0
    ignored: int = 0
    row_of: dict[str, int] = field(default_factory=dict)
    column_of: dict[str, int] = field(default_factory=dict)
    relabelled: dict[str, Cell] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows were read that are not blank."""
        return self.same + self.changed + self.strangers + self.ignored


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sheet is compared with.

    `shelf` holds the records as the sheets show them, `full` the same records in full by class and
    id. `unvalued` are the cells whose formulas have no value, as sheet!cell.
    """

    shelf: Shelf
    full: Mapping[tuple[type[Record], str], Record]
    unvalued: frozenset[str] = frozenset()
    relabelled: Mapping[str, Cell] = field(default_factory=dict)


def expected_rows(sheet: Sheet[Any], shelf: Shelf) -> Iterator[list[Cell]]:
    """The cells that the sheet of such a package holds."""
    form = sheet.form(personal=shelf.head.personal)
    for values in sheet.values(shelf):
        ready = form.cleaned(values)
        yield [plain(value, kind) for value, kind in zip(ready, form.kinds, strict=True)]


def warn(rule: str, at: str, message: str, mend: str = "", about: str = "") -> Problem:
    """A finding about the visible sheets; it never keeps the records from being received."""
    return Problem(rule, Severity.WARNING, about, message, mend, at)


def taken_as_recorded() -> str:
    """What is answered where something is missing or differs that nobody can decide about."""
    return tr("本次按程序内记录接收。")


def untouched(sheet: Sheet[Any], shelf: Shelf, rows: Rows | None) -> Compared | None:
    """The sheet if nobody touched it, which is what nearly always comes; None if somebody did."""
    columns = [column.head for column in sheet.shown(personal=shelf.head.personal)]
    if rows is None or rows[FIRST_ROW - 2 : FIRST_ROW - 1] != [columns]:
        return None
    number = FIRST_ROW - 2
    for number, row in enumerate(expected_rows(sheet, shelf), FIRST_ROW - 1):
        if number >= len(rows) or rows[number] != trimmed(row):
            return None
    if len(rows) > max(number + 1, FIRST_ROW - 1):
        return None
    return _as_written(sheet, shelf, columns)


def as_summed(
    sheet: Sheet[Any], shelf: Shelf, rows: Rows | None, told: str | None, found: str | None
) -> Compared | None:
    """The sheet if its heads are ours and the checksum `found` is the one that was `told`.

    Then nobody touched it, and none of its rows need be made again to see that.
    """
    columns = [column.head for column in sheet.shown(personal=shelf.head.personal)]
    if not told or told != found or not rows or rows[FIRST_ROW - 2 : FIRST_ROW - 1] != [columns]:
        return None
    count = max(len(rows) - FIRST_ROW + 1, 0)
    row_of: dict[str, int] = {}
    if sheet is LEDGER:
        row_of = {entry.id: number for number, entry in enumerate(shelf.disputes(), FIRST_ROW)}
        if len(row_of) != count:
            return None
    return Compared(same=count, row_of=row_of, column_of=_numbers(columns))


def _as_written(sheet: Sheet[Any], shelf: Shelf, columns: Sequence[str]) -> Compared:
    records = (sheet.record(row).id for row in sheet.rows(shelf))
    row_of = {record_id: number for number, record_id in enumerate(records, FIRST_ROW)}
    return Compared(same=len(row_of), row_of=row_of, column_of=_numbers(columns))


def _numbers(columns: Sequence[str]) -> dict[str, int]:
    return {head: number for number, head in enumerate(columns, 1)}
