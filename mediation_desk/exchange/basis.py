"""What a report counts, row by row and without any name: the sheets its formulas count in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation_desk.domain.organisation import Unit
from mediation_desk.exchange.cells import Kind, RowForm, Value
from mediation_desk.exchange.columns import FIRST_ROW, NO, YES
from mediation_desk.exchange.formulas import LABELS, Grounds, RangeOf, grounds, span
from mediation_desk.exchange.shelf import PREVENTION, SCREENING
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount
from mediation_desk.words import tr

CASES, WORKS = tr("统计依据"), tr("排查依据")


@dataclass(frozen=True, slots=True)
class BasisCase:
    """One counted dispute: codes as in `CaseCount`, its number as label, its two dates."""

    unit_id: str
    number: str
    type: str
    source: str
    outcome: str
    form: str
    complex: bool
    people: int
    amount_fen: int
    intake_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class BasisWork:
    """One counted screening round (`kind` empty) or prevention (its code)."""

    unit_id: str
    on: date
    kind: str = ""
    prevented: int = 0
    cases: int = 0
    persons: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything a report counts."""

    cases: tuple[BasisCase, ...]
    works: tuple[BasisWork, ...]

    def counts(self) -> Counts:
        """The counts of all rows, as the register would give them."""
        sums: dict[tuple[str, str, str, str, str, bool], list[int]]
        sums = defaultdict(lambda: [0, 0, 0])
        for row in self.cases:
            key = (row.unit_id, row.type, row.source, row.outcome, row.form, row.complex)
            for place, number in enumerate((1, row.people, row.amount_fen)):
                sums[key][place] += number
        rounds: Counter[str] = Counter()
        prevented: Counter[str] = Counter()
        events: Counter[tuple[str, str]] = Counter()
        persons: Counter[tuple[str, str]] = Counter()
        for work in self.works:
            if work.kind:
                events[work.unit_id, work.kind] += work.cases
                persons[work.unit_id, work.kind] += work.persons
            else:
                rounds[work.unit_id] += 1
                prevented[work.unit_id] += work.prevented
        return Counts(
            tuple(
                CaseCount(*key, cases, people, amount)
                for key, (cases, people, amount) in sums.items()
            ),
            tuple(ScreeningCount(unit, rounds[unit], prevented[unit]) for unit in rounds),
            tuple(PreventionCount(*key, events[key], persons[key]) for key in events),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A row beside its unit and the name that the unit has in this report."""

    row: Any
    unit: Unit
    name: str


@dataclass(frozen=True, slots=True)
class BasisColumn:
    """A column of a basis sheet."""

    head: str
    width: float
    value: Callable[[Seen], Value]
    kind: Kind = Kind.TEXT


def _label(dimension: str) -> Callable[[Seen], Value]:
    labels = LABELS[dimension]
    return lambda seen: labels.get(getattr(seen.row, dimension), "")


CASE_COLUMNS = (
    BasisColumn(tr("单位"), 20, lambda seen: seen.name),
    BasisColumn(tr("编号"), 26, lambda seen: seen.row.number),
    BasisColumn(tr("调解组织类别"), 20, lambda seen: seen.unit.kind.label),
    BasisColumn(tr("纠纷类型"), 20, _label("type")),
    BasisColumn(tr("案件来源"), 20, _label("source")),
    BasisColumn(tr("调解结果"), 11, _label("outcome")),
    BasisColumn(tr("协议形式"), 11, _label("form")),
    BasisColumn(tr("疑难复杂"), 8, lambda seen: YES if seen.row.complex else NO),
    BasisColumn(tr("涉及当事人数"), 9, lambda seen: seen.row.people, Kind.WHOLE),
    BasisColumn(tr("协议涉及金额(元)"), 14, lambda seen: seen.row.amount_fen, Kind.MONEY),
    BasisColumn(tr("受理日期"), 12, lambda seen: seen.row.intake_on, Kind.DAY),
    BasisColumn(tr("结案日期"), 12, lambda seen: seen.row.closed_on, Kind.DAY),
)
WORK_COLUMNS = (
    BasisColumn(tr("单位"), 20, lambda seen: seen.name),
    BasisColumn(tr("类别"), 8, lambda seen: PREVENTION if seen.row.kind else SCREENING),
    BasisColumn(tr("日期"), 12, lambda seen: seen.row.on, Kind.DAY),
    BasisColumn(tr("事项"), 30, _label("kind")),
    BasisColumn(tr("预防纠纷(件)"), 10, lambda seen: seen.row.prevented, Kind.WHOLE),
    BasisColumn(tr("防止件数"), 10, lambda seen: seen.row.cases, Kind.WHOLE),
    BasisColumn(tr("防止人数"), 10, lambda seen: seen.row.persons, Kind.WHOLE),
)
TABLES = {
    CASES: (tr("统计依据（每件计入的案件一行，不含姓名）"), CASE_COLUMNS),
    WORKS: (tr("排查、预防依据（每次一行）"), WORK_COLUMNS),
}


def rows_of(
    title: str, basis: Basis, units: Mapping[str, Unit], names: Mapping[str, str]
) -> Iterator[list[Value]]:
    """The values of a basis sheet's rows."""
    rows: tuple[Any, ...] = basis.cases if title == CASES else basis.works
    for row in rows:
        seen = Seen(row, units[row.unit_id], names[row.unit_id])
        yield [column.value(seen) for column in TABLES[title][1]]


def form_of(title: str) -> RowForm:
    """The row form of a basis sheet."""
    columns = TABLES[title][1]
    heads = [column.head for column in columns]
    kinds, widths = [column.kind for column in columns], [column.width for column in columns]
    return RowForm(title, heads, kinds, widths)


def report_grounds(basis: Basis) -> Grounds:
    """The grounds of a report: its own basis sheets."""

    def range_of(title: str, rows: int) -> RangeOf:
        heads = [column.head for column in TABLES[title][1]]
        last = max(FIRST_ROW, FIRST_ROW + rows - 1)
        return lambda head: span(title, heads.index(head) + 1, FIRST_ROW, last)

    case, work = range_of(CASES, len(basis.cases)), range_of(WORKS, len(basis.works))
    return grounds(case, work, by_unit=True)
