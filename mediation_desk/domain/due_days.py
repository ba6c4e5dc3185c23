"""The day on which each thing is due, with its rule; None where nothing is waited for any more."""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Confirmation,
    LegalAidState,
    Outcome,
    Performance,
)
from mediation_desk.domain.derived import effective_on
from mediation_desk.domain.handling import Agreement, Promise, Referral
from mediation_desk.domain.limits import (
    CONFIRMATION_DAYS,
    Limits,
    Reckoned,
    Rule,
    of_court,
    written,
)
from mediation_desk.domain.linking import by_court, court_due, owed
from mediation_desk.domain.support import LegalAid
from mediation_desk.words import tr

_WITH_THE_BODY = frozenset({LegalAidState.APPLIED, LegalAidState.ACCEPTED})


def intake_undecided(dispute: Dispute) -> bool:
    """Whether a registered dispute still waits for the word whether it is taken in."""
    registered = dispute.status is CaseStatus.REGISTERED and dispute.outcome is None
    return registered and dispute.intake_on is None and not dispute.void_reason


def intake(registered_on: date | None, received: Iterable[date], limits: Limits) -> Reckoned | None:
    """The day by which it is to be decided whether a dispute is taken in; None if none is known.

    Counted from when it was registered, or from when its papers were signed for before that.
    """
    days = [*received, *((registered_on,) if registered_on is not None else ())]
    if not days:
        return None
    return limits.reckoned(Rule.INTAKE, tr("登记"), min(days), limits.term("intake"))


def promise(dispute: Dispute, entry: Promise) -> Reckoned | None:
    """The day by which a promise is to be kept.

    A file in the archive does not end a promise; a suit does.
    """
    done = (Performance.KEPT, Performance.SUED)
    over = dispute.outcome is not Outcome.SETTLED or dispute.performance in done
    if over or dispute.void_reason or entry.void_reason or entry.kept_on is not None:
        return None
    return written(Rule.PROMISE, entry.due_on) if entry.due_on is not None else None


def _in_hand(dispute: Dispute) -> bool:
    return not dispute.void_reason and dispute.archive is ArchiveState.OPEN


def _settled(dispute: Dispute) -> bool:
    return dispute.outcome is Outcome.SETTLED and _in_hand(dispute)


def missing_dates(dispute: Dispute, agreement: Agreement | None) -> tuple[str, ...]:
    """The dates without which a written agreement is not in force (人民调解法 Art 29), by name."""
    if agreement is None or agreement.form is not AgreementForm.WRITTEN or not _settled(dispute):
        return ()
    dates = (
        (tr("当事人签名日期"), agreement.parties_signed_on),
        (tr("调解员签名日期"), agreement.mediator_signed_on),
        (tr("盖章日期"), agreement.sealed_on),
    )
    return tuple(name for name, day in dates if day is None)


def visit(
    dispute: Dispute, agreement: Agreement | None, last_visit: date | None, limits: Limits
) -> Reckoned | None:
    """The day by which a settled dispute is to be visited."""
    effective = effective_on(agreement) if agreement is not None else None
    if effective is None or not _settled(dispute):
        return None
    if last_visit is not None and last_visit >= effective:
        return None
    return limits.reckoned(Rule.VISIT, tr("协议生效"), effective, limits.term("visit"))


def confirmation(
    dispute: Dispute, agreement: Agreement | None, today: date, limits: Limits
) -> Reckoned | None:
    """The last day to ask for judicial confirmation (人民调解法 Art 33); afterwards None.

    What has been kept needs no confirmation.
    """
    asked = dispute.confirmation is not Confirmation.NONE
    kept = dispute.performance is Performance.KEPT
    if agreement is None or asked or kept or dispute.outcome is not Outcome.SETTLED:
        return None
    effective = effective_on(agreement)
    if agreement.form is not AgreementForm.WRITTEN or dispute.void_reason or effective is None:
        return None
    term = limits.court_term(CONFIRMATION_DAYS)
    last = limits.reckoned(Rule.CONFIRMATION, tr("协议生效"), effective, term)
    return last if last.day >= today else None


def answer(dispute: Dispute, referral: Referral, limits: Limits) -> Reckoned | None:
    """The day by which the body that handed the dispute over wants its answer."""
    if not owed(referral) or dispute.void_reason:
        return None
    return answer_limit(dispute, referral, limits)


def answer_limit(dispute: Dispute, referral: Referral, limits: Limits) -> Reckoned | None:
    """The last day on which an answer is in time, whether it was given or not.

    What a court gives counts from signing for its papers, and longer if the parties agreed to a
    longer mediation. Where no rule and no letter names a day, some days after closing: before that
    there is nothing to answer.
    """
    court = by_court(referral)
    if court is not None and referral.answer_due_on in {None, court_due(referral)}:
        due, extended = of_court(limits, *court), dispute.extended_to
        longer = extended is not None and extended > due.day
        return written(Rule.EXTENDED, extended) if longer and extended else due
    if referral.answer_due_on is not None:
        return written(Rule.LETTER, referral.answer_due_on)
    if dispute.closed_on is None:
        return None
    return limits.reckoned(Rule.ANSWER, tr("结案"), dispute.closed_on, limits.term("answer"))


def answer_due(dispute: Dispute, referral: Referral, limits: Limits) -> date | None:
    """The day alone of `answer`."""
    due = answer(dispute, referral, limits)
    return due.day if due is not None else None


def archive(
    dispute: Dispute, agreement: Agreement | None, last_visit: date | None, limits: Limits
) -> Reckoned | None:
    """The day by which a closed file is to be archived, None while something is still to be done.

    A settled dispute is archived once its agreement is kept and it has been visited.
    """
    if dispute.closed_on is None or not _in_hand(dispute):
        return None
    if dispute.outcome in (None, Outcome.NOT_ACCEPTED):
        return None
    if dispute.outcome is Outcome.SETTLED:
        waiting = visit(dispute, agreement, last_visit, limits)
        lacking = missing_dates(dispute, agreement)
        if waiting or lacking or dispute.performance is not Performance.KEPT:
            return None
    return limits.reckoned(Rule.ARCHIVE, tr("结案"), dispute.closed_on, limits.term("archive"))


def legal_aid(aid: LegalAid, limits: Limits) -> Reckoned | None:
    """The day by which an application for legal aid is to be answered, None once it is."""
    if aid.void_reason or aid.answered_on is not None:
        return None
    if aid.applied_on is not None and aid.state in _WITH_THE_BODY:
        term = limits.term("legal_aid")
        counted = limits.reckoned(Rule.AID, tr("提交法律援助申请"), aid.applied_on, term)
        if aid.answer_due_on in {None, counted.day}:
            return counted
    return written(Rule.AID_TOLD, aid.answer_due_on) if aid.answer_due_on is not None else None
