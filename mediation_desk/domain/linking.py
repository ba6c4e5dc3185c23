"""How a dispute is tied to courts, police and others: answers owed, judicial confirmation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Confirmation,
    Direction,
    Outcome,
    ReferralChannel,
)
from mediation_desk.domain.derived import effective_on
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.limits import COURT_DAYS, Entrusted
from mediation_desk.domain.periods import days_after
from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr


def by_court(referral: Referral) -> Entrusted | None:
    """How and when a court handed a dispute over; None where it did not, or does not say."""
    if referral.direction is not Direction.IN or referral.channel is not ReferralChannel.COURT:
        return None
    if referral.delegation is None or referral.received_on is None:
        return None
    return referral.delegation, referral.received_on


def court_due(referral: Referral) -> date | None:
    """The day by which a court wants its answer; None where no rule gives one."""
    given = by_court(referral)
    return None if given is None else days_after(given[1], COURT_DAYS[given[0]])


def entrusted(referrals: Iterable[Referral]) -> tuple[Entrusted, ...]:
    """How and when courts handed over what they still wait for."""
    found = (by_court(entry) for entry in referrals if owed(entry))
    return tuple(entry for entry in found if entry is not None)


def owed(referral: Referral) -> bool:
    """Whether somebody who handed a dispute over still waits for our answer (domain.md §5.1)."""
    return (
        referral.direction is Direction.IN
        and referral.answered_on is None
        and not referral.void_reason
    )


def application(case: CaseFile) -> Referral | None:
    """The application for judicial confirmation of the agreement there is, if it was made.

    One made before the dispute was taken up again was about an agreement that has fallen since.
    """
    if case.dispute.confirmation is Confirmation.NONE:
        return None
    asked = [entry for entry in case.referrals if entry.channel is ReferralChannel.CONFIRMATION]
    return asked[-1] if asked else None


def why_not_confirm(case: CaseFile) -> str:
    """What is missing before a court may be asked to confirm, in words (人民调解法 Art 33)."""
    if case.dispute.void_reason:
        return tr("纠纷已经作废。")
    if case.dispute.outcome is not Outcome.SETTLED or case.agreement is None:
        return tr("还没有达成协议。")
    if effective_on(case.agreement) is None:
        return tr("协议的签名、盖章日期还没有填齐，没有生效。")
    return ""


def confirm(case: CaseFile, asked: Referral, state: Confirmation) -> CaseFile:
    """`case` with the application `asked` and how far the court has come with it.

    Raises `DeskError` if there is nothing to confirm, or a decision without its day.
    """
    if missing := why_not_confirm(case):
        words = tr("现在不能登记司法确认：{missing}").format(missing=missing)
        raise DeskError(words + tr("请打开纠纷核对它的进展。"))
    decided = state in {Confirmation.CONFIRMED, Confirmation.REJECTED}
    if decided and asked.answered_on is None:
        raise DeskError(tr("法院已有决定，但没有填写日期。请填写裁定日期。"))
    if not decided:
        asked = replace(asked, answered_on=None, answer="")
        state = Confirmation.APPLIED
    others = (entry for entry in case.referrals if entry.id != asked.id)
    dispute = replace(case.dispute, confirmation=state)
    return replace(case, dispute=dispute, referrals=(*others, asked))


def unconfirm(case: CaseFile, asked_id: str) -> CaseFile:
    """`case` without an application that was entered by mistake."""
    others = tuple(entry for entry in case.referrals if entry.id != asked_id)
    dispute = replace(case.dispute, confirmation=Confirmation.NONE)
    return replace(case, dispute=dispute, referrals=others)
