"""Which unit has reported which month: received, late, nil, with problems, missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.accepting import accepted, words_of
from mediation_desk.domain.codes import ProposalState, Role
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Proposal, Receipt
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.sequence import Missing


class Covered(Enum):
    """How a unit stands with a month, in a word and a tone; what wants most attention first."""

    MISSING = "未报", "red"
    PROBLEMS = "有问题", "amber"
    QUESTIONS = "待核对", "amber"
    LATE = "迟报", "amber"
    ACCEPTED = "附说明", "blue"
    NIL = "零报告", "neutral"
    RECEIVED = "已收", "green"
    NOT_DUE = "未到期", "neutral"

    @property
    def label(self) -> str:
        """The word for it."""
        return tr(self.value[0])

    @property
    def tone(self) -> str:
        """The tone it is shown in."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's month in a word and a tone, and whether anything was received of it.

    `note` tells the rest: when it came, how late, from which file, what is open; `late` are the
    days after the day on which it was due. `package_id` and `findings` are of the file that came
    last, where something was found in it that nobody has accepted.
    """

    words: str
    tone: str
    received: bool = False
    state: Covered = Covered.NOT_DUE
    note: str = ""
    late: int = 0
    package_id: str = ""
    findings: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One unit with a cell for each month asked for; `missing` says what its sequence lacks."""

    unit: Unit
    cells: tuple[Cell, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Came:
    """A file that came: its package, when it was first received, as which file, what is open.

    `accepted` says why what was found in it stands, empty if nobody has accepted it.
    """

    package: Package
    on: date
    file_name: str
    open: int
    accepted: str


def due_on(register: Register, month: Period) -> date:
    """The last day on which the report of a month is in time."""
    return register.limits.report_day(month)


def coverage(
    register: Register, months: Sequence[Period], today: date, *, sequence: bool = True
) -> tuple[CoverageRow, ...]:
    """A row for each reporting unit and a cell for each month, in the order of unit codes.

    A month is due on the day of the next month that the settings name. A hand-made ledger counts
    as received like any other file. Without `sequence` it is not looked for what is missing in it.
    """
    came = _came(register, min((month.first for month in months), default=today))
    dues = [due_on(register, month) for month in months]
    lacking = _lacking(register) if sequence else []
    rows = []
    for unit in reporting(register):
        mine = came.get(unit.id, [])
        cells = [_cell(mine, month, due, today) for month, due in zip(months, dues, strict=True)]
        told = tuple(entry.words for entry in lacking if entry.unit.id == unit.id)
        rows.append(CoverageRow(unit, tuple(cells), told))
    return tuple(rows)


def reporting(register: Register) -> list[Unit]:
    """The units that report to this desk, in the order of their codes."""
    own = register.committee
    return [
        unit
        for unit in register.units()
        if unit.kind in COMMITTEES and not unit.void_reason and (own is None or unit.id != own.id)
    ]


def _came(register: Register, since: date) -> dict[str, list[_Came]]:
    """What came of each unit that is of no earlier month than `since`."""
    found = register.of_period("package", "period_to", Period(since, date.max))
    packages = [entry for entry in cast(list[Package], found)
                if entry.received and not entry.void_reason]  # fmt: skip
    receipts: dict[str, list[Receipt]] = defaultdict(list)
    ids = [entry.id for entry in packages]
    for receipt in cast(list[Receipt], register.some("receipt", ids, "package_id")):
        if not receipt.void_reason:
            receipts[receipt.package_id].append(receipt)
    waiting = cast(list[Proposal], register.all("proposal", state=ProposalState.OPEN.value))
    open_ = Counter(entry.package_id for entry in waiting if entry.open)
    stand = accepted(register, packages)
    by_unit: dict[str, list[_Came]] = defaultdict(list)
    for package in packages:
        # Registers from before receipts know only the day that the file tells.
        days = [(entry.received_on, entry.file_name) for entry in receipts[package.id]]
        on, name = min(days, default=(package.made_on, ""))
        why = words_of(stand[package.id]) if package.id in stand else ""
        by_unit[package.unit_id].append(_Came(package, on, name, open_[package.id], why))
    return by_unit


def _cell(came: Iterable[_Came], month: Period, due: date, today: date) -> Cell:
    of_month = [
        entry
        for entry in came
        if entry.package.period_from <= month.first and month.last <= entry.package.period_to
    ]
    if not of_month:
        state = Covered.MISSING if today > due else Covered.NOT_DUE
        note = tr("应在{due}前报").format(due=due.isoformat())
        return Cell(state.label, state.tone, state=state, note=note)
    last = max(of_month, key=lambda entry: (entry.package.number, entry.on, entry.package.id))
    first = min(of_month, key=lambda entry: (entry.on, entry.package.number, entry.package.id))
    late = max(0, (first.on - due).days)
    open_ = sum(entry.open for entry in of_month)
    state, words = _state(last, late, open_)
    told = [
        _received(first),
        tr("最近一次：{told}").format(told=_received(last)) if last is not first else "",
        tr("迟报{days}天").format(days=late) if late else "",
        tr("零报告") if last.package.nil else "",
        tr("有{count}处问题").format(count=problems(last.package)) if last.package.findings else "",
        last.accepted,
        tr("有{count}项待核对").format(count=open_) if open_ else "",
    ]
    note = "\n".join(filter(None, told))
    wanting = last.package if state is Covered.PROBLEMS else None
    return Cell(
        words,
        state.tone,
        received=True,
        state=state,
        note=note,
        late=late,
        package_id=wanting.id if wanting else "",
        findings=wanting.findings if wanting else "",
    )


def problems(package: Package) -> int:
    """How many problems were found in a file when it came."""
    return len(package.findings.splitlines())


def _state(came: _Came, late: int, open_: int) -> tuple[Covered, str]:
    package = came.package
    if package.findings and not came.accepted:
        return Covered.PROBLEMS, Covered.PROBLEMS.label
    if open_:
        return Covered.QUESTIONS, tr("待核对{count}").format(count=open_)
    if late:
        return Covered.LATE, tr("迟报{days}天").format(days=late)
    if came.accepted:
        return Covered.ACCEPTED, Covered.ACCEPTED.label
    state = Covered.NIL if package.nil else Covered.RECEIVED
    return state, state.label


def _received(entry: _Came) -> str:
    words = tr("{day}收到") if entry.package.number else tr("{day}收到手工台账")
    if entry.file_name:
        words += tr("“{name}”")
    return words.format(day=entry.on.isoformat(), name=entry.file_name)


# What is missing by the sequence.


def _lacking(register: Register) -> "list[Missing]":
    # The first page has no use for it.
    from mediation_desk.desk.sequence import missing  # noqa: PLC0415

    if register.role is not Role.OFFICE:
        return []
    return [_with_months(register, entry) for entry in missing(register)]


def _with_months(register: Register, entry: "Missing") -> "Missing":
    """`entry` with the months that the missing files were of, as far as those around them tell."""
    found = register.all("package", received=1, unit_id=entry.unit.id)
    packages = [package for package in cast(list[Package], found) if package.number]
    there = {package.number for package in packages}
    lost = set(entry.numbers) - there
    months = {month.first: month for number in lost for month in _between(packages, number)}
    if not months:
        return entry
    told = tr("、").join(months[first].label() for first in sorted(months))
    return replace(entry, words=entry.words + tr("可能是{months}的。").format(months=told))


def _between(packages: Sequence[Package], number: int) -> list[Period]:
    """The months between the files around a missing one that no file is of."""
    before = [entry.period_to for entry in packages if entry.number < number]
    after = [entry.period_from for entry in packages if entry.number > number]
    if not before or not after:
        return []
    found, month = [], month_before(month_of(min(after)))
    while month.first > max(before):
        found.append(month)
        month = month_before(month)
    return found
