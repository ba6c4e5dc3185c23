"""Going through the rows of a workbook's sheets, each of which ends in exactly one outcome."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mediation_desk.domain.as_typed.amounts import YUAN
from mediation_desk.domain.as_typed.days import Around as Days
from mediation_desk.domain.as_typed.days import period_of
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.ledgers.asking import Asking, Option
from mediation_desk.exchange.ledgers.cases import Around, LedgerCase, case_of
from mediation_desk.exchange.ledgers.columns_of import (
    TWO_GROUPS,
    head_keys,
    open_questions,
    slots_of,
    with_slots,
)
from mediation_desk.exchange.ledgers.find import Rows, Table, at, find_tables
from mediation_desk.exchange.ledgers.row_reading import Row, Sheet
from mediation_desk.exchange.ledgers.rows import (
    LedgerRow,
    RowKind,
    kind_of_row,
    row_place,
    row_text,
)
from mediation_desk.exchange.ledgers.titles import Title, another_village
from mediation_desk.exchange.ledgers.totals import Totals
from mediation_desk.words import tr

_OWN_SHEET = "_"  # how the names of sheets begin that only programs read
_YES, _NO = "yes", "no"


@dataclass(slots=True)
class Reader:
    """What has been read of a workbook so far."""

    around: Around
    asking: Asking
    learned: Mapping[str, str]
    rows: list[LedgerRow] = field(default_factory=list)
    cases: list[LedgerCase] = field(default_factory=list)
    columns: dict[str, str | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    _totals: dict[int, Totals] = field(default_factory=dict)

    def take(self, name: str, rows: Rows) -> None:
        """Read one sheet."""
        tables = [] if name.startswith(_OWN_SHEET) else find_tables(name, rows)
        groups = _side_by_side(tables)
        first = groups[0][0].first if groups else len(rows)
        self.read += _pieces(groups, rows)
        reason = tr("表题或说明，不是案件") if tables else tr("这张表里没有案件台账")
        for number, row in enumerate(rows[:first]):
            if any(map(bare, row)):
                self._keep(row_place(name, number, None), RowKind.NOTE, reason, row)
        for group, below in pairwise([*groups, []]):
            ends = (below[0].titled, below[0].first) if below else (len(rows), len(rows))
            for table in group:
                self._table(table, rows, *ends)

    def _keep(self, place: str, kind: RowKind, reason: str, cells: Sequence[Cell]) -> None:
        self.rows.append(LedgerRow(place, kind, reason, row_text(cells)))

    def _table(self, table: Table, rows: Rows, end: int, below: int) -> None:
        """A table up to row `end`, and the title of the one whose heads stand in row `below`."""
        slots = slots_of(table, self.learned, self.asking)
        waits_for = open_questions(table, self.asking)
        grouped = TWO_GROUPS in {*self.asking.used, *waits_for.values()}
        for key, column in zip(head_keys(table.columns), table.columns, strict=True):
            # What is still asked, or told by where a column stands, is not learned by its head.
            known = column.number not in waits_for and not grouped
            self.columns[key] = slots[column.number] if known else None
        title = table.title
        sheet = Sheet(
            with_slots(table, slots),
            slots,
            _days(title, table.sheet, self.around),
            title.money_unit or YUAN,
            self.asking,
            waits_for,
        )
        entries = self._entries(sheet, rows, end)
        for number in range(end, below):
            if any(map(bare, cells := table.cells(rows[number]))):
                place = row_place(table.sheet, number, table)
                self._keep(place, RowKind.NOTE, tr("表题或说明，不是案件"), cells)
        named = another_village((*title.lines, table.sheet), self.around.unit.name)
        self._cases(sheet, entries, named)

    def _entries(self, sheet: Sheet, rows: Rows, end: int) -> list[Row]:
        """The rows of a table that tell of cases, with those that continue them taken in."""
        found: list[Row] = []
        above = self._totals.get(sheet.table.start) if sheet.table.above else None
        totals = above.go_on(sheet.table) if above else Totals(sheet.table)
        self._totals[sheet.table.start] = totals
        for number in range(sheet.table.first, end):
            cells = sheet.table.cells(rows[number])
            if not any(map(bare, cells)):
                continue
            place = row_place(sheet.table.sheet, number, sheet.table)
            if number < sheet.table.first + sheet.table.depth:
                self._keep(place, RowKind.HEAD, tr("表头"), cells)
                continue
            kind, reason = kind_of_row(sheet.table, rows[number])
            if kind is RowKind.PART and found:
                found[-1] = self._continued(found[-1], rows[number], place)
            elif kind in {RowKind.CASE, RowKind.PART}:
                found.append(Row(sheet, number, list(rows[number])))
                totals.add(rows[number])
            else:
                if kind is RowKind.TOTAL:
                    self.problems += totals.problems(number, rows[number])
                self._keep(place, kind, reason, cells)
        return found

    def _continued(self, above: Row, cells: Sequence[Cell], place: str) -> Row:
        """A row that only names people belongs to the case above, if somebody says so."""
        own = above.sheet.table.cells(cells)
        options = (
            Option(_YES, tr("是，是上一件的当事人")),
            Option(_NO, tr("不是，这样的行不接收")),
        )
        given = above.answer("continued", options)
        if given == _YES:
            self._keep(place, RowKind.PART, tr("是上一件的当事人"), own)
            return Row(above.sheet, above.number, _joined(above.cells, cells))
        reason = tr("只写了当事人，没有写其他内容")
        self._keep(place, RowKind.REJECTED, reason, own)
        if given is None:
            ask = tr("有的行只写了当事人（如“{text}”），是上一件的当事人吗？")
            words = ask.format(text=row_text(own)[:30])
            above.ask("continued", words, "", options, _YES, at=place)
        return above

    def _cases(self, sheet: Sheet, entries: Iterable[Row], another: str | None) -> None:
        for row in entries:
            cells = sheet.table.cells(row.cells)
            reason = self._refused(row, another)
            if reason:
                self._keep(row.place, RowKind.REJECTED, reason, cells)
                continue
            self.cases.append(case_of(row, self.around))

    def _refused(self, row: Row, another: str | None) -> str:
        """Why a row is not taken though it is a case; asks whose it is where that is unclear."""
        for told, slot in ((another, ""), (self._another_unit(row), "unit")):
            if not told:
                continue
            given = self._whose(row, told, slot)
            if given == _NO:
                return tr("属于“{told}”，不是本单位的案件").format(told=told[:30])
        return ""

    def _another_unit(self, row: Row) -> str:
        told, unit = bare(row.cell("unit")), self.around.unit
        if not told or told in bare(unit.name + unit.committee) or bare(unit.name) in told:
            return ""
        return told

    def _whose(self, row: Row, told: str, slot: str) -> str | None:
        options = (Option(_YES, tr("是")), Option(_NO, tr("不是，不接收")))
        key = f"unit:{told}"
        given = row.answer(key, options)
        if given is None:
            words = tr("台账写的是“{told}”，是{unit}的案件吗？")
            row.ask(key, words.format(told=told[:30], unit=self.around.unit.name), slot, options)
        elif given == _YES and slot:
            row.note(row.head(slot), kept(row.cell(slot)))
        return given


def _side_by_side(tables: Iterable[Table]) -> list[list[Table]]:
    """The tables whose heads stand in the same row, together."""
    groups: dict[int, list[Table]] = {}
    for table in tables:
        groups.setdefault(table.first, []).append(table)
    return list(groups.values())


def _pieces(groups: Sequence[Sequence[Table]], rows: Rows) -> int:
    """How many rows are not blank; where tables stand side by side, each has its own."""
    count, beside = 0, iter(groups)
    below = next(beside, None)
    here: Sequence[Table] = ()
    for number, row in enumerate(rows):
        if below and number == below[0].first:
            here, below = below, next(beside, None)
        parts = [table.cells(row) for table in here] or [list(row)]
        count += sum(any(map(bare, part)) for part in parts)
    return count


def _days(title: Title, sheet: str, around: Around) -> Days:
    year, month = period_of(sheet)
    return Days(around.today, title.year or year, title.month or month)


def _joined(above: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """Two rows as one; what both tell stands on two lines."""

    def pairs() -> Iterator[Cell]:
        for number in range(max(len(above), len(below))):
            one, other = at(above, number), at(below, number)
            both = f"{kept(one)}\n{kept(other)}"
            yield both if bare(one) and bare(other) else one if bare(one) else other

    return list(pairs())
