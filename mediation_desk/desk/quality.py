"""How good what the units report is: complete, in time, plausible, and what to mend first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.desk.coverage import Cell, Covered, coverage, reporting
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import Outcome, Role
from mediation_desk.domain.inspection.lateness import undone
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.outliers import MonthCount, Question, questions
from mediation_desk.store.register import Register
from mediation_desk.words import tr

MONTHS = 12
_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class MonthQuality:
    """One month of a unit: how it was reported, its cases, and those that lack nothing.

    `cell` is None where nobody reports to this desk: a village looks at its own cases.
    """

    month: Period
    cell: Cell | None
    cases: int
    complete: int


@dataclass(frozen=True, slots=True)
class Mend:
    """One kind of fault: what is wrong in words, what to do, and the cases that have it."""

    rule: str
    severity: Severity
    words: str
    mend: str
    dispute_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitQuality:
    """One unit's card; `mends` stand in the order in which they are best mended."""

    unit: Unit
    months: tuple[MonthQuality, ...]
    mends: tuple[Mend, ...]
    questions: tuple[Question, ...]

    @property
    def cases(self) -> int:
        """The cases looked at."""
        return sum(entry.cases for entry in self.months)

    @property
    def complete(self) -> int:
        """Those of them that lack nothing."""
        return sum(entry.complete for entry in self.months)

    @property
    def due(self) -> int:
        """The months that had to be reported by now."""
        return sum(_is_due(entry.cell) for entry in self.months)

    @property
    def in_time(self) -> int:
        """Those of them that came in time."""
        told = (entry.cell for entry in self.months)
        return sum(cell is not None and cell.received and not cell.late for cell in told)

    @property
    def missing(self) -> tuple[Period, ...]:
        """The months that have not come at all."""
        return tuple(
            entry.month
            for entry in self.months
            if entry.cell is not None and entry.cell.state is Covered.MISSING
        )


def _is_due(cell: Cell | None) -> bool:
    return cell is not None and (cell.received or cell.state is Covered.MISSING)


def last_months(today: date, count: int = MONTHS) -> tuple[Period, ...]:
    """The last `count` whole months before the one in which `today` lies."""
    found: list[Period] = []
    month = month_of(today)
    while len(found) < count:
        month = month_before(month)
        found.insert(0, month)
    return tuple(found)


def quality(
    register: Register, today: date, months: Sequence[Period] = (), unit_id: str = ""
) -> tuple[UnitQuality, ...]:
    """The card of each unit that reports here, or of one; on a village's desk its own.

    Cases belong to the month of their intake. It reads every file of those months and belongs on
    the worker.
    """
    wanted = tuple(months) or last_months(today)
    covered: dict[str, tuple[Cell | None, ...]] = {}
    if register.role is Role.OFFICE:
        units = reporting(register)
        covered = {row.unit.id: row.cells for row in coverage(register, wanted, today)}
    else:
        units = [register.unit]
    unreported: tuple[Cell | None, ...] = (None,) * len(wanted)
    return tuple(
        _card(register, unit, wanted, covered.get(unit.id, unreported), today)
        for unit in units
        if unit_id in {"", unit.id}
    )


def _card(
    register: Register,
    unit: Unit,
    months: Sequence[Period],
    cells: Sequence[Cell | None],
    today: date,
) -> UnitQuality:
    disputes = list(_disputes(register, unit, Period(months[0].first, months[-1].last)))
    mends, lacking = _mends(register, disputes, today)
    told, counts = [], []
    for month, cell in zip(months, cells, strict=True):
        mine = [entry for entry in disputes if entry.intake_on in month]
        whole = sum(entry.id not in lacking for entry in mine)
        told.append(MonthQuality(month, cell, len(mine), whole))
        counts.append(_counted(month, mine, reported=cell is None or cell.received))
    return UnitQuality(unit, tuple(told), mends, questions(counts))


def _disputes(register: Register, unit: Unit, period: Period) -> Iterator[Dispute]:
    for row in register.rows_at(register.places_behind(Calibre(period), None, (unit.id,))):
        yield row.dispute


def _counted(month: Period, disputes: Sequence[Dispute], *, reported: bool) -> MonthCount:
    settled = sum(entry.outcome is Outcome.SETTLED for entry in disputes)
    ended = sum(entry.outcome is not None for entry in disputes)
    days = Counter(entry.intake_on for entry in disputes)
    busiest = max(days.values(), default=0)
    return MonthCount(month, reported, len(disputes), settled, ended - settled, busiest)


def _mends(
    register: Register, disputes: Iterable[Dispute], today: date
) -> tuple[tuple[Mend, ...], set[str]]:
    """The faults of these disputes by rule, and which of them have any."""
    about: dict[tuple[Severity, str, str], dict[str, str]] = defaultdict(dict)
    for dispute in disputes:
        case = register.case(dispute.id)
        for problem in _faults(register, case, today) if case else ():
            key = (problem.severity, problem.rule, problem.mend)
            about[key].setdefault(dispute.id, problem.message)
    found = [
        Mend(rule, severity, _in_common(list(cases.values())), mend, tuple(cases))
        for (severity, rule, mend), cases in about.items()
    ]
    found.sort(
        key=lambda entry: (
            _GRAVEST_FIRST.index(entry.severity),
            -len(entry.dispute_ids),
            entry.rule,
        )
    )
    return tuple(found), {id_ for cases in about.values() for id_ in cases}


def _faults(register: Register, case: CaseFile, today: date) -> Iterator[Problem]:
    """What is wrong in a file or was left undone; mere advice is no fault."""
    for problem in case_problems(case, register.types, today, register.limits):
        if problem.severity in _GRAVEST_FIRST:
            yield problem
    yield from undone(case, today, register.limits)


def _in_common(messages: Sequence[str]) -> str:
    """One fault in words for several cases: the words that most of them are told in."""
    words, _times = Counter(messages).most_common(1)[0]
    if len(messages) == 1:
        return words
    return tr("{words}（{count}件）。").format(words=words.rstrip("。"), count=len(messages))
