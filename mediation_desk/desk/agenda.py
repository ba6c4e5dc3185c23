"""What is to be done today: due and overdue, unfinished, and how the month stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, cast

from mediation_desk.desk.claim_due import claim_dues
from mediation_desk.desk.exchange_points import exchange_points
from mediation_desk.domain import due as rules
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Role
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.due import Due, DueKind, Watched
from mediation_desk.domain.due_days import intake_undecided
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.handling import Agreement, Promise, Referral
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month_before, month_of
from mediation_desk.domain.record import Record
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.returning import Return
from mediation_desk.domain.support import LegalAid
from mediation_desk.store.agenda import Horizon, Waiting
from mediation_desk.store.register import Register
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)

AHEAD_DAYS = 7
_NAMED_UNITS = 3


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The own committee's month: taken in, settled, and being handled now."""

    intake: int
    settled: int
    open: int


@dataclass(frozen=True, slots=True)
class ReportState:
    """How a month's report stands: which one, in a few words, and their tone."""

    title: str
    said: str
    tone: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A case that the office gave back, with its number."""

    entry: Return
    number: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything the first page tells on one day, in the order in which it is told."""

    day: date
    overdue: tuple[Due, ...]
    today: tuple[Due, ...]
    soon: tuple[Due, ...]
    drafts: tuple[Draft, ...]
    month: MonthFigures
    report: ReportState
    returns: tuple[Returned, ...] = ()
    # Whether the office ever gave anything back; else nobody need know that it can.
    ever_returned: bool = False

    @property
    def dues(self) -> tuple[Due, ...]:
        """Overdue, today's and the next days', one list."""
        return (*self.overdue, *self.today, *self.soon)


def title_of(line: DisputeRow) -> str:
    """A dispute as it is called in a sentence, such as 秦德珍与蒋仕文邻里纠纷."""
    if not line.applicants or not line.respondents:
        return tr("{side}{kind}").format(
            side=line.applicants or line.respondents, kind=line.type_label
        )
    return tr("{left}与{right}{kind}").format(
        left=line.applicants, right=line.respondents, kind=line.type_label
    )


def _by_dispute(records: Iterable[Record], kind: type[R]) -> dict[str, tuple[R, ...]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        if isinstance(record, kind) and not record.void_reason:
            found[record.dispute_id].append(record)  # type: ignore[attr-defined]
    return {dispute_id: tuple(entries) for dispute_id, entries in found.items()}


def _watched(register: Register, lines: Sequence[DisputeRow]) -> list[Watched]:
    ids = [line.dispute.id for line in lines]
    agreements = _by_dispute(register.some("agreement", ids, "dispute_id"), Agreement)
    promises = _by_dispute(register.some("promise", ids, "dispute_id"), Promise)
    referrals = _by_dispute(register.some("referral", ids, "dispute_id"), Referral)
    visits = register.last_visits(ids)
    undecided = [line.dispute.id for line in lines if intake_undecided(line.dispute)]
    begun = register.registered_on(undecided)
    payers = {entry.party_id for entries in promises.values() for entry in entries}
    names = {entry.id: str(getattr(entry, "name", "")) for entry in register.some("party", payers)}
    return [
        Watched(
            dispute=line.dispute,
            number=line.number,
            title=title_of(line),
            agreement=max(
                agreements.get(line.dispute.id, ()),
                key=lambda entry: (entry.agreed_on, entry.id),
                default=None,
            ),
            promises=promises.get(line.dispute.id, ()),
            referrals=referrals.get(line.dispute.id, ()),
            last_visit=visits.get(line.dispute.id),
            names=names,
            registered_on=begun.get(line.dispute.id),
        )
        for line in lines
    ]


def dues_of(register: Register, case: CaseFile, today: date) -> list[Due]:
    """Everything that is or will be due of one dispute, the next first."""
    dispute = case.dispute
    visits = register.last_visits([dispute.id])
    begun = register.registered_on([dispute.id]) if intake_undecided(dispute) else {}
    watched = Watched(
        dispute=dispute,
        number="",
        title=tr("本案"),
        agreement=case.agreement,
        promises=case.promises,
        referrals=case.referrals,
        last_visit=visits.get(dispute.id),
        names={party.id: party.name for party in case.parties},
        registered_on=begun.get(dispute.id),
    )
    return sorted(rules.case_dues(watched, today, register.limits), key=rules.urgency)


def _case_dues(register: Register, waiting: Waiting, horizon: Horizon) -> list[Due]:
    """What is due of the own disputes, and the answers that the villages owe."""
    lines = register.rows_at(sorted({*waiting.own, *waiting.answers}, reverse=True))
    found: list[Due] = []
    for watched in _watched(register, lines):
        dues = rules.case_dues(watched, horizon.today, horizon.limits)
        if watched.dispute.unit_id != horizon.unit_id:
            # Others' cases are looked at, not written in; their own desk sees to the rest.
            dues = [replace(due, go="") for due in dues if due.kind is DueKind.ANSWER]
        found += dues
    return found


def _legal_aids(register: Register, unit_id: str, today: date) -> list[Due]:
    limits = register.limits
    aids = cast(list[LegalAid], register.all("legal_aid", unit_id=unit_id))
    found = (rules.legal_aid_due(aid, today, limits) for aid in aids)
    return [due for due in found if due is not None]


# Reports


def _village_report(
    register: Register, waiting: Waiting, horizon: Horizon
) -> tuple[ReportState, list[Due]]:
    packages = cast(list[Package], register.all("package", received=0))
    last = month_before(month_of(horizon.today))
    done = [entry for entry in packages if (entry.period_from, entry.period_to) == _span(last)]
    if done:
        day = rules.short_day(max(entry.made_on for entry in done), horizon.today)
        return ReportState(_report(last), tr("已报送 · {day}").format(day=day), "green"), []
    if not packages and waiting.begun > last.last:
        this = month_of(horizon.today)
        day = rules.short_day(horizon.limits.report_day(this), horizon.today)
        return ReportState(_report(this), tr("{day} 前报送").format(day=day), "neutral"), []
    due = rules.report_due(last, horizon.today, horizon.limits)
    left, tone = rules.left_words(due, horizon.today)
    said = tr("未报送 · {left}").format(left=left)
    return ReportState(_report(last), said, "red" if tone == "red" else "amber"), [due]


def _span(month: Period) -> tuple[date, date]:
    return month.first, month.last


def _report(month: Period) -> str:
    return tr("{month}月报表").format(month=month.first.month)


def _office_report(
    register: Register, waiting: Waiting, horizon: Horizon
) -> tuple[ReportState, list[Due]]:
    # A village's first page has no use for it.
    from mediation_desk.desk.coverage import coverage  # noqa: PLC0415

    month = month_before(month_of(horizon.today))
    rows = coverage(register, (month,), horizon.today, sequence=False)
    missing = [row.unit for row in rows if not row.cells[0].received]
    came = len(rows) - len(missing)
    if not rows or (not came and waiting.begun > month.last):
        return ReportState(_report(month), tr("还没有单位报送"), "neutral"), []
    if not missing:
        said = tr("{count} 个单位已收齐").format(count=len(rows))
        return ReportState(_report(month), said, "green"), []
    due = _missing_due(missing, month, horizon)
    _, tone = rules.left_words(due, horizon.today)
    said = tr("已收 {came} · 还差 {missing}").format(came=came, missing=len(missing))
    return ReportState(_report(month), said, "red" if tone == "red" else "amber"), [due]


def _missing_due(missing: Sequence[Unit], month: Period, horizon: Horizon) -> Due:
    due_on = horizon.limits.report(month)
    names = tr("、").join(unit.name for unit in missing[:_NAMED_UNITS])
    if len(missing) > _NAMED_UNITS:
        names = tr("{names}等 {count} 个单位").format(names=names, count=len(missing))
    about = tr("还没有收到{month}报表：{names}").format(month=month.label(), names=names)
    detail = tr("应于 {day} 前报来").format(day=rules.short_day(due_on.day, horizon.today))
    made = Due(DueKind.MISSING, due_on.day, about, detail)
    return replace(made, rule=due_on.rule, counted=due_on.counted)


# Returns


def _returns(register: Register, unit_id: str) -> tuple[tuple[Returned, ...], bool]:
    """What waits to be put right, the oldest first; and whether there ever was anything."""
    # A case that came by a hand-over may have been returned to the unit that had it then.
    found = register.all("return") if register.role is not Role.OFFICE else []
    every = cast(list[Return], found)
    waiting = [entry for entry in every if entry.open]
    ids = {entry.dispute_id for entry in waiting}
    lines = {
        line.dispute.id: line
        for line in register.rows_at(register.places_of(ids))
        if not line.dispute.void_reason and line.dispute.unit_id == unit_id
    }
    shown = [entry for entry in waiting if entry.dispute_id in lines]

    def order(entry: Return) -> tuple[date, int, int, str]:
        dispute = lines[entry.dispute_id].dispute
        return entry.returned_on, dispute.year, dispute.number, entry.id

    shown.sort(key=order)
    return tuple(Returned(entry, lines[entry.dispute_id].number) for entry in shown), bool(every)


def agenda(register: Register, today: date, ahead_days: int = AHEAD_DAYS) -> Agenda:
    """What there is to do on this desk today, and within the next `ahead_days` days."""
    committee = register.committee
    unit_id = committee.id if committee is not None else ""
    horizon = Horizon(unit_id, today, ahead_days, register.limits)
    waiting = register.waiting(horizon)
    village = register.role is Role.VILLAGE
    report, dues = (_village_report if village else _office_report)(register, waiting, horizon)
    dues += _case_dues(register, waiting, horizon)
    dues += _legal_aids(register, unit_id, today)
    dues += exchange_points(register, today)
    dues += claim_dues(register, today)
    if village:
        day, area = waiting.screening or (None, "")
        screening = rules.screening_due(day, area, today, horizon.limits)
        dues += [screening] if screening is not None else []
    overdue, now, soon = _grouped(dues, today, ahead_days)
    returns, ever = _returns(register, unit_id) if village else ((), False)
    return Agenda(
        day=today,
        overdue=overdue,
        today=now,
        soon=soon,
        drafts=tuple(register.drafts()),
        month=MonthFigures(*waiting.month),
        report=report,
        returns=returns,
        ever_returned=ever,
    )


def _grouped(
    dues: Iterable[Due], today: date, ahead_days: int
) -> tuple[tuple[Due, ...], tuple[Due, ...], tuple[Due, ...]]:
    """Overdue by weight, so that what matters is not buried; the others by day."""
    overdue, now, soon = [], [], []
    for due in dues:
        left = 0 if due.day is None else (due.day - today).days
        if left < 0:
            overdue.append(due)
        elif left == 0:
            now.append(due)
        elif left <= ahead_days:
            soon.append(due)
    return (
        tuple(sorted(overdue, key=rules.weight)),
        tuple(sorted(now, key=rules.urgency)),
        tuple(sorted(soon, key=rules.urgency)),
    )


def month_cases(register: Register, figure: str, today: date) -> tuple[DisputeRow, ...]:
    """The disputes that a field of `MonthFigures` counts, newest first."""
    committee = register.committee
    unit_id = committee.id if committee is not None else ""
    return register.rows_at(register.month_places(unit_id, month_of(today), figure))
