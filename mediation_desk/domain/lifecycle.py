"""The way of a dispute: which steps its state allows, and what each step makes of the records.

Screens, imports and the demo carry steps out here, so that status, outcome and dates agree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    ArchiveState,
    CaseStatus,
    Code,
    Confirmation,
    Outcome,
    PartyRole,
    Performance,
    RefusalReason,
    Retention,
    SessionKind,
    Source,
    TerminationReason,
)
from mediation_desk.domain.handling import Agreement, MediationSession, Promise
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.words import tr


class StepName(Code):
    """The steps by which a dispute moves on."""

    ACCEPT = "accept", "受理"
    SESSION = "session", "记一次调解"
    AGREE = "agree", "达成协议"
    TERMINATE = "terminate", "终止"
    REFUSE = "refuse", "不予受理"
    TRANSFER = "transfer", "转交"
    VISIT = "visit", "回访"
    ARCHIVE = "archive", "归档"
    REOPEN = "reopen", "重新办理"
    VOID = "void", "作废"


@dataclass(frozen=True, slots=True)
class Step:
    """A step with whether the state allows it, and what is missing if not, in words."""

    id: str
    label: str
    possible: bool
    missing: str = ""


def both_sides(source: Source, parties: Iterable[Party]) -> bool:
    """Whether the parties make a dispute: an applicant and a respondent.

    Where the committee mediates on its own initiative nobody applied, so two parties are enough
    (人民调解法 Art 17).
    """
    roles = [party.role for party in parties]
    if source is Source.OWN:
        return len(roles) >= 2
    return PartyRole.APPLICANT in roles and PartyRole.RESPONDENT in roles


def _undecided(dispute: Dispute) -> str:
    return "" if dispute.outcome is None else tr("纠纷已经结案。")


def _registered(dispute: Dispute) -> str:
    if missing := _undecided(dispute):
        return missing
    return "" if dispute.status is CaseStatus.REGISTERED else tr("纠纷已经受理。")


def _accepted(dispute: Dispute) -> str:
    if missing := _undecided(dispute):
        return missing
    return tr("纠纷还没有受理。") if dispute.intake_on is None else ""


def _settled(dispute: Dispute) -> str:
    return "" if dispute.outcome is Outcome.SETTLED else tr("还没有达成协议。")


def _to_be_archived(dispute: Dispute) -> str:
    if dispute.outcome is None:
        return tr("纠纷还没有结案。")
    return tr("卷宗已经归档。") if dispute.archive is ArchiveState.ARCHIVED else ""


def _reopenable(dispute: Dispute) -> str:
    if dispute.confirmation is Confirmation.CONFIRMED:
        return tr("协议已经司法确认。")
    return _to_be_archived(dispute)


def _voidable(dispute: Dispute) -> str:
    return tr("卷宗已经归档。") if dispute.archive is ArchiveState.ARCHIVED else ""


_MISSING: dict[StepName, Callable[[Dispute], str]] = {
    StepName.ACCEPT: _registered,
    StepName.SESSION: _accepted,
    StepName.AGREE: _accepted,
    StepName.TERMINATE: _accepted,
    StepName.REFUSE: _registered,
    StepName.TRANSFER: _undecided,
    StepName.VISIT: _settled,
    StepName.ARCHIVE: _to_be_archived,
    StepName.REOPEN: _reopenable,
    StepName.VOID: _voidable,
}
_NEEDS_BOTH_SIDES = frozenset((StepName.ACCEPT, StepName.SESSION, StepName.AGREE))


def missing_for(name: StepName, dispute: Dispute) -> str:
    """The condition that `dispute` does not yet fulfil for a step, empty if it may be done."""
    return tr("纠纷已经作废。") if dispute.void_reason else _MISSING[name](dispute)


def _step(name: StepName, casefile: CaseFile) -> Step:
    missing = missing_for(name, casefile.dispute)
    if not missing and name in _NEEDS_BOTH_SIDES:
        together = both_sides(casefile.dispute.source, casefile.parties)
        missing = "" if together else tr("还没有登记双方当事人。")
    return Step(name.value, name.label, not missing, missing)


def steps(casefile: CaseFile) -> tuple[Step, ...]:
    """Every step, in the order in which buttons show them."""
    return tuple(_step(name, casefile) for name in StepName)


def _allow(name: StepName, dispute: Dispute) -> None:
    if missing := missing_for(name, dispute):
        words = tr("现在不能“{step}”：{missing}").format(step=name.label, missing=missing)
        raise DeskError(words + tr("请打开纠纷核对它的进展。"))


def accept(dispute: Dispute, day: date) -> Dispute:
    """Take `dispute` in on `day`."""
    _allow(StepName.ACCEPT, dispute)
    return replace(dispute, intake_on=day, status=CaseStatus.ACCEPTED)


def with_session(dispute: Dispute, session: MediationSession) -> Dispute:
    """`dispute` after `session`: the first mediation or inquiry brings it under mediation.

    The session's result does not close the dispute; `settle` and `terminate` do.
    """
    if session.kind is SessionKind.VISIT:
        _allow(StepName.VISIT, dispute)
        return dispute
    _allow(StepName.SESSION, dispute)
    return replace(dispute, status=CaseStatus.MEDIATING)


def without_session(casefile: CaseFile, session_id: str) -> CaseFile:
    """`casefile` without a session that was entered by mistake.

    An open dispute of which nothing else was done is only accepted again.
    """
    left = tuple(entry for entry in casefile.sessions if entry.id != session_id)
    dispute = casefile.dispute
    handled = any(entry.kind is not SessionKind.VISIT for entry in left)
    if dispute.status is CaseStatus.MEDIATING and not handled:
        dispute = replace(dispute, status=CaseStatus.ACCEPTED)
    return replace(casefile, dispute=dispute, sessions=left)


def extend(dispute: Dispute, until: date) -> Dispute:
    """Give the mediation of `dispute` until a later day; both parties agree (domain.md §4.4)."""
    _allow(StepName.SESSION, dispute)
    if dispute.intake_on is not None and until <= dispute.intake_on:
        words = tr("延长到的日期不晚于受理日期。")
        raise DeskError(words + tr("请填写双方同意延长到的那一天。"))
    return replace(dispute, extended_to=until)


def settle(dispute: Dispute, agreement: Agreement) -> Dispute:
    """Close `dispute` by `agreement`, which is kept beside it."""
    _allow(StepName.AGREE, dispute)
    spot = agreement.on_the_spot
    return replace(
        dispute,
        status=CaseStatus.CLOSED,
        outcome=Outcome.SETTLED,
        closed_on=agreement.agreed_on,
        performance=Performance.KEPT if spot else Performance.NOT_DUE,
        performed_on=agreement.agreed_on if spot else None,
    )


def outcome_for(reason: TerminationReason) -> Outcome:
    """调解不成 where no agreement was possible, otherwise 终止调解."""
    return Outcome.FAILED if reason is TerminationReason.NO_AGREEMENT else Outcome.TERMINATED


def terminate(
    dispute: Dispute, day: date, reason: TerminationReason, *, remedies_told: bool
) -> Dispute:
    """End the mediation of `dispute` without agreement (人民调解法 Art 26)."""
    _allow(StepName.TERMINATE, dispute)
    return replace(
        dispute,
        status=CaseStatus.CLOSED,
        outcome=outcome_for(reason),
        closed_on=day,
        termination=reason,
        remedies_told=remedies_told,
    )


def refuse(dispute: Dispute, day: date, reason: RefusalReason, *, remedies_told: bool) -> Dispute:
    """Do not take `dispute` in; the reasons that allow it stand in domain.md §4.3."""
    _allow(StepName.REFUSE, dispute)
    return replace(
        dispute,
        status=CaseStatus.CLOSED,
        outcome=Outcome.NOT_ACCEPTED,
        closed_on=day,
        refusal=reason,
        remedies_told=remedies_told,
    )


def transfer(dispute: Dispute, day: date) -> Dispute:
    """Hand `dispute` over to another body; the referral that says to whom is kept beside it."""
    _allow(StepName.TRANSFER, dispute)
    return replace(dispute, status=CaseStatus.CLOSED, outcome=Outcome.TRANSFERRED, closed_on=day)


def _performance(promises: list[Promise], today: date) -> Performance:
    open_ones = [promise for promise in promises if promise.kept_on is None]
    if not open_ones:
        return Performance.KEPT
    if any(promise.due_on is not None and promise.due_on < today for promise in open_ones):
        return Performance.OVERDUE
    begun = len(open_ones) < len(promises) or any(promise.kept_fen for promise in open_ones)
    return Performance.PARTLY if begun else Performance.NOT_DUE


def with_performance(dispute: Dispute, promises: Iterable[Promise], today: date) -> Dispute:
    """`dispute` with the performance its `promises` tell; a suit filed stays what it is."""
    told = [promise for promise in promises if not promise.void_reason]
    sued = dispute.performance is Performance.SUED
    if dispute.outcome is not Outcome.SETTLED or not told or sued:
        return dispute
    performance = _performance(told, today)
    last = max((promise.kept_on for promise in told if promise.kept_on), default=None)
    kept = performance is Performance.KEPT
    return replace(dispute, performance=performance, performed_on=last if kept else None)


def archive(dispute: Dispute, day: date, retention: Retention) -> Dispute:
    """Put the file of `dispute` away under its retention class (domain.md §4.5)."""
    _allow(StepName.ARCHIVE, dispute)
    return replace(dispute, archive=ArchiveState.ARCHIVED, archived_on=day, retention=retention)


def void(dispute: Dispute, reason: str) -> Dispute:
    """Strike `dispute` out with a reason; its number stays taken (domain.md §2.14)."""
    _allow(StepName.VOID, dispute)
    if not reason.strip():
        raise DeskError(tr("没有写作废原因。请用一句话写明为什么作废。"))
    return replace(dispute, void_reason=reason.strip())


def reopen(casefile: CaseFile, reason: str) -> tuple[Record, ...]:
    """The changed records after taking up a closed dispute again.

    The outcome falls, and the agreement with its promises is voided for `reason`, because an
    agreement without a settled dispute would be counted nowhere.
    """
    dispute = casefile.dispute
    _allow(StepName.REOPEN, dispute)
    if not reason.strip():
        raise DeskError(tr("没有写重新办理的原因。请用一句话写明原因。"))
    taken = CaseStatus.MEDIATING if casefile.sessions else CaseStatus.ACCEPTED
    opened = replace(
        dispute,
        status=CaseStatus.REGISTERED if dispute.intake_on is None else taken,
        outcome=None,
        closed_on=None,
        termination=None,
        refusal=None,
        remedies_told=False,
        performance=None,
        performed_on=None,
        confirmation=Confirmation.NONE,
    )
    fallen: tuple[Record, ...] = casefile.promises
    if casefile.agreement is not None:
        fallen = (casefile.agreement, *fallen)
    return (opened, *(replace(record, void_reason=reason.strip()) for record in fallen))
