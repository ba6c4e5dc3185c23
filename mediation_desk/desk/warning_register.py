"""The register of warnings (预警台账): all that was raised or found, with what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import TypeVar, cast

from mediation_desk.desk import watching
from mediation_desk.desk.watching import whose
from mediation_desk.domain.codes import RiskLevel, Role
from mediation_desk.domain.early_warning import (
    Reporting,
    is_asked,
    is_live,
    last_risk,
    level_now,
    reporting,
    step_of,
    uncovered,
)
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.record import Record
from mediation_desk.domain.risk_levels import is_high, moment
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, WarningRule, WarningStep
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.domain.warning_rules import Sign, is_open
from mediation_desk.store.register import Register

R = TypeVar("R", bound=Record)


class Ask(Enum):
    """What a row asks of whoever reads it, the most urgent first."""

    REPORT = "report"
    TELL_OFFICE = "office"
    LATE = "late"
    VERIFY = "verify"
    INSTRUCTED = "instructed"
    LEVEL = "level"
    NOTHING = ""


# What a level may have been set by.
_FOUND_TRUE = frozenset((NoticeState.CONFIRMED, NoticeState.DISPOSED))
_URGENCY = {ask: place for place, ask in enumerate(Ask)}


@dataclass(frozen=True, slots=True)
class WarningRow:
    """One warning: of which dispute, why, how far it has come, and what it asks for.

    `rule` is None where a person set a high level without a warning. `sign` is what the rules find
    that no notice tells of, with a notice beside it where there is new evidence for an old one.
    `level` is the dispute's level now, `risk` the entry that set it.
    """

    line: DisputeRow
    rule: WarningRule | None
    reason: str
    since: date
    state: NoticeState
    step: WarningStep
    level: RiskLevel | None
    suggested: RiskLevel | None
    risk: RiskEntry | None
    reporting: Reporting | None
    reports: tuple[UrgentReport, ...]
    ask: Ask
    notice: WarningNotice | None = None
    sign: Sign | None = None

    @property
    def id(self) -> str:
        """What tells the row from others, the same whenever it is listed."""
        return f"{self.line.dispute.id}:{self.rule.value if self.rule else ''}:" + (
            self.notice.id if self.notice else ""
        )

    @property
    def owner(self) -> str:
        """Who is to see to it."""
        return self.risk.owner if self.risk is not None else ""

    @property
    def due_by(self) -> str:
        """By when its level wants the handling, empty once it is dealt with."""
        over = self.step is WarningStep.DISPOSED
        return self.risk.due_by if self.risk is not None and not over else ""


@dataclass(frozen=True, slots=True)
class WarningFind:
    """By what the register is narrowed; what is empty does not narrow it."""

    unit_id: str = ""
    level: RiskLevel | None = None
    step: WarningStep | None = None
    rule: WarningRule | None = None
    waiting: bool = False
    year: int = 0

    def holds(self, row: WarningRow) -> bool:
        """Whether a row is among what is looked for."""
        wanted: tuple[tuple[object, object], ...] = (
            (self.unit_id, row.line.dispute.unit_id),
            (self.level, row.level),
            (self.step, row.step),
            (self.rule, row.rule),
            (self.year, row.since.year),
        )
        narrowed = all(not want or want is have or want == have for want, have in wanted)
        return narrowed and (not self.waiting or row.ask is not Ask.NOTHING)


@dataclass(slots=True)
class _Known:
    """What the rows draw on, by dispute."""

    lines: Mapping[str, DisputeRow]
    risks: Mapping[str, Sequence[RiskEntry]]
    reports: Mapping[str, Sequence[UrgentReport]]
    mediated: Mapping[str, date]
    notices: Mapping[str, Sequence[WarningNotice]] = field(default_factory=dict)
    signs: Mapping[str, Sequence[Sign]] = field(default_factory=dict)


def _by_dispute(records: Iterable[Record], kind: type[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        if isinstance(record, kind) and not record.void_reason:
            found[getattr(record, "dispute_id", "")].append(record)
    return found


def _known(register: Register, signs: Sequence[Sign], *, settled: bool) -> _Known:
    unit_id = whose(register)
    every = register.all("warning") if settled else _unsettled(register)
    notices = _by_dispute(every, WarningNotice)
    ids = {*notices, *(sign.dispute_id for sign in signs), *register.levelled(unit_id)}
    lines = {line.dispute.id: line for line in register.rows_at(register.places_of(ids))}
    shown = [key for key, line in lines.items() if not unit_id or line.dispute.unit_id == unit_id]
    by_sign: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        by_sign[sign.dispute_id].append(sign)
    return _Known(
        {key: lines[key] for key in shown},
        _by_dispute(register.some("risk", shown, "dispute_id"), RiskEntry),
        _by_dispute(register.some("urgent_report", shown, "dispute_id"), UrgentReport),
        register.last_mediated(shown),
        notices,
        by_sign,
    )


def _unsettled(register: Register) -> list[Record]:
    """The notices of all disputes about which one of them is still open or true."""
    waiting = [
        *register.all("warning", state=NoticeState.OPEN.value),
        *register.all("warning", state=NoticeState.CONFIRMED.value),
    ]
    told = {str(getattr(entry, "dispute_id", "")) for entry in waiting}
    # What was found unfounded keeps its rule from asking again.
    rest = register.all("warning", state=NoticeState.REJECTED.value)
    done = register.all("warning", state=NoticeState.DISPOSED.value)
    return [*waiting, *rest, *(e for e in done if getattr(e, "dispute_id", "") in told)]


def warning_rows(
    register: Register,
    now: datetime,
    find: WarningFind | None = None,
    *,
    settled: bool = True,
) -> list[WarningRow]:
    """The register of warnings as `find` narrows it, the most urgent first, then by day.

    Without `settled` those about which nothing is to be done any more may be missing.
    """
    known = _known(register, watching.signs(register, now.date()), settled=settled)
    wanted = find or WarningFind()
    rows = [
        row
        for dispute_id in known.lines
        for row in _rows_of(register, known, dispute_id, now)
        if wanted.holds(row)
    ]
    return sorted(rows, key=_order)


def _order(row: WarningRow) -> tuple[int, int, int, str]:
    level = row.level or row.suggested
    grave = -int(level.value) if level is not None else 0
    return _URGENCY[row.ask], grave, -row.since.toordinal(), row.id


def _rows_of(register: Register, known: _Known, dispute_id: str, now: datetime) -> list[WarningRow]:
    notices, signs = known.notices.get(dispute_id, ()), known.signs.get(dispute_id, ())
    new = uncovered(signs, notices)
    rows = [_of_notice(known, entry, new) for entry in notices]
    told = {row.rule for row in rows if row.sign is not None}
    rows += [_of_sign(known, sign) for sign in new if sign.rule not in told]
    settings, office = register.settings, register.role is Role.OFFICE
    # Of several rows about one dispute the first asks for what concerns the dispute as a whole.
    level = _of_level(known, dispute_id, settings)
    if level is not None and not any(row.state in _FOUND_TRUE for row in rows):
        rows.insert(0, level)
    rows = [_reported(known, row, settings) for row in rows]
    rows.sort(key=lambda row: row.state is not NoticeState.CONFIRMED)
    return [
        replace(row, ask=_ask(row, now, settings, first=number == 0, office=office))
        for number, row in enumerate(rows)
    ]


def _blank(known: _Known, dispute_id: str, reason: str, since: date) -> WarningRow:
    line, risks = known.lines[dispute_id], known.risks.get(dispute_id, ())
    return WarningRow(
        line=line,
        rule=None,
        reason=reason,
        since=since,
        state=NoticeState.OPEN,
        step=WarningStep.SCREENED,
        level=level_now(line.dispute, risks),
        suggested=None,
        risk=last_risk(risks) if is_open(line.dispute) else None,
        reporting=None,
        reports=tuple(known.reports.get(dispute_id, ())),
        ask=Ask.NOTHING,
    )


def _of_notice(known: _Known, notice: WarningNotice, new: Sequence[Sign]) -> WarningRow:
    dispute = known.lines[notice.dispute_id].dispute
    more = next((sign for sign in new if sign.rule is notice.rule), None)
    row = _blank(known, notice.dispute_id, notice.reason, notice.raised_on)
    return replace(
        row,
        rule=notice.rule,
        reason=more.reason if more is not None else notice.reason,
        state=notice.state,
        step=step_of(notice, dispute, known.mediated.get(notice.dispute_id)),
        suggested=more.suggested if more is not None else notice.suggested,
        notice=notice,
        sign=more,
    )


def _of_sign(known: _Known, sign: Sign) -> WarningRow:
    row = _blank(known, sign.dispute_id, sign.reason, sign.since)
    return replace(row, rule=sign.rule, suggested=sign.suggested, sign=sign)


def _of_level(known: _Known, dispute_id: str, settings: Settings) -> WarningRow | None:
    """The row of a high level that a person set without a warning."""
    risk = last_risk(known.risks.get(dispute_id, ()))
    dispute = known.lines[dispute_id].dispute
    if risk is None or not is_open(dispute) or not is_high(risk.level, settings):
        return None
    row = _blank(known, dispute_id, risk.reasons, risk.assessed_on)
    mediated = known.mediated.get(dispute_id)
    held = mediated is not None and mediated >= risk.assessed_on
    step = WarningStep.MEDIATING if held else WarningStep.WARNED
    return replace(row, state=NoticeState.CONFIRMED, step=step)


def _reported(known: _Known, row: WarningRow, settings: Settings) -> WarningRow:
    dispute = row.line.dispute
    risks = known.risks.get(dispute.id, ())
    return replace(row, reporting=reporting(dispute, risks, row.reports, settings))


def _ask(row: WarningRow, now: datetime, settings: Settings, *, first: bool, office: bool) -> Ask:
    """What a row asks for; what concerns the whole dispute only its `first` row does."""
    notice, dispute = row.notice, row.line.dispute
    if first and row.reporting is not None and row.reporting.to_body:
        return Ask.REPORT
    if first and row.reporting is not None and row.reporting.to_office and not office:
        return Ask.TELL_OFFICE
    until = moment(row.due_by)
    if first and until is not None and until < now and is_open(dispute):
        return Ask.LATE
    if row.sign is not None or (notice is not None and is_asked(notice, dispute)):
        return Ask.VERIFY
    if notice is not None and _instructed(notice) and is_live(notice.rule, dispute) and not office:
        return Ask.INSTRUCTED
    high = row.level is not None and is_high(row.level, settings)
    return Ask.LEVEL if first and high else Ask.NOTHING


def _instructed(notice: WarningNotice) -> bool:
    return bool(notice.instruction) and notice.state is not NoticeState.DISPOSED


def evidence_ids(row: WarningRow) -> list[str]:
    """The disputes that gave cause for a row, its own first."""
    own = row.line.dispute.id
    told = row.notice.evidence.split() if row.notice is not None else []
    ids = [entry.removeprefix("dispute:") for entry in told if entry.startswith("dispute:")]
    ids += row.sign.dispute_ids if row.sign is not None else ()
    return list(dict.fromkeys([own, *ids]))


def cases_behind(register: Register, row: WarningRow) -> tuple[DisputeRow, ...]:
    """The disputes that gave cause for a row, newest first."""
    return register.rows_at(register.places_of(evidence_ids(row)))


def notices_of(register: Register, dispute_id: str) -> list[WarningNotice]:
    """The notices about a dispute, void ones left out."""
    found = cast(list[WarningNotice], register.all("warning", dispute_id=dispute_id))
    return [entry for entry in found if not entry.void_reason]
