"""What follows from the records and is therefore never typed (domain.md §9.2)."""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Outcome,
    Performance,
)
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.limits import CONFIRMATION_DAYS, Entrusted, Limits, mediation
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

# A list row turns amber when so few days of the mediation period are left.
_SOON_DAYS = 7
USUAL_LIMITS = Limits(Settings())

State = tuple[str, str]


def effective_on(agreement: Agreement) -> date | None:
    """The day from which the agreement binds, None while a date of it is missing.

    Written: when all parties have signed, the mediator has signed and the seal is on it, so the
    latest of the three days (人民调解法 Art 29). Oral: the day of agreement (Art 30).
    """
    if agreement.form is AgreementForm.ORAL:
        return agreement.agreed_on
    signed = agreement.parties_signed_on, agreement.mediator_signed_on, agreement.sealed_on
    days = [day for day in signed if day is not None]
    return max(days) if len(days) == len(signed) else None


def confirmation_until(agreement: Agreement, limits: Limits = USUAL_LIMITS) -> date | None:
    """The last day to ask the court for confirmation together (人民调解法 Art 33)."""
    effective, term = effective_on(agreement), limits.court_term(CONFIRMATION_DAYS)
    return None if effective is None else limits.end(effective, term)


def is_group(dispute: Dispute, settings: Settings) -> bool:
    """Whether so many people are involved that the dispute is a group one (domain.md §5.2)."""
    return dispute.people >= settings.group_threshold


def days_open(dispute: Dispute, today: date) -> int:
    """Days from intake to closing or `today`; the day of intake does not count, as in law."""
    if dispute.intake_on is None:
        return 0
    return ((dispute.closed_on or today) - dispute.intake_on).days


def mediation_due(
    dispute: Dispute, limits: Limits, entrusted: Iterable[Entrusted] = ()
) -> date | None:
    """The last day of the mediation period of an accepted, open dispute."""
    due = mediation(dispute, limits, entrusted)
    return due.day if due is not None else None


def _open_state(
    dispute: Dispute, today: date, limits: Limits, entrusted: Iterable[Entrusted]
) -> State:
    due = mediation_due(dispute, limits, entrusted)
    if dispute.status is CaseStatus.REGISTERED or due is None:
        return CaseStatus.REGISTERED.label, "neutral"
    left = (due - today).days
    if left < 0:
        return tr("调解超期 {days}天").format(days=-left), "red"
    tone = "amber" if left <= _SOON_DAYS else "blue"
    if dispute.status is CaseStatus.ACCEPTED:
        return CaseStatus.ACCEPTED.label, tone
    days = days_open(dispute, today)
    return (tr("调解中 第{days}天").format(days=days) if days else tr("今天受理")), tone


def _settled_state(dispute: Dispute, form: AgreementForm | None) -> State:
    if dispute.performance is Performance.OVERDUE:
        return tr("履行逾期"), "red"
    if dispute.performance is Performance.SUED:
        return Performance.SUED.label, "red"
    return (form or Outcome.SETTLED).label, "green"


def row_state(
    dispute: Dispute,
    form: AgreementForm | None,
    today: date,
    limits: Limits = USUAL_LIMITS,
    entrusted: Iterable[Entrusted] = (),
) -> State:
    """Short words on how far `dispute` has come, and their tone, for a row that knows the form.

    Tones are blue, green, amber, red and neutral. `entrusted` is what courts wait for.
    """
    if dispute.void_reason:
        return tr("作废"), "neutral"
    if dispute.outcome is None:
        return _open_state(dispute, today, limits, entrusted)
    if dispute.outcome is Outcome.SETTLED:
        return _settled_state(dispute, form)
    if dispute.outcome is Outcome.TERMINATED:
        return tr("终止"), "neutral"
    return dispute.outcome.label, "neutral"


def state_words(
    dispute: Dispute,
    agreement: Agreement | None,
    today: date,
    limits: Limits = USUAL_LIMITS,
    entrusted: Iterable[Entrusted] = (),
) -> State:
    """Short words on how far `dispute` has come, and their tone."""
    return row_state(dispute, agreement.form if agreement else None, today, limits, entrusted)


def next_step(dispute: Dispute) -> StepName | None:
    """The one step a list row offers, None where nothing is left to do."""
    if dispute.void_reason or dispute.archive is ArchiveState.ARCHIVED:
        return None
    if dispute.outcome is None:
        registered = dispute.status is CaseStatus.REGISTERED
        return StepName.ACCEPT if registered else StepName.SESSION
    if dispute.outcome is Outcome.NOT_ACCEPTED:
        return None
    kept = dispute.outcome is not Outcome.SETTLED or dispute.performance is Performance.KEPT
    return StepName.ARCHIVE if kept else StepName.VISIT
