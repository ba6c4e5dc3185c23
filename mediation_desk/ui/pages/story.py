"""The course of a dispute as a list of days with what happened."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    Outcome,
    SessionKind,
    SessionResult,
)
from mediation_desk.domain.derived import confirmation_until, effective_on
from mediation_desk.domain.money import yuan
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened on a day."""

    day: date | None
    title: str
    more: str = ""
    tone: Tone = Tone.BLUE


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _intake(case: CaseFile) -> Entry:
    dispute = case.dispute
    title = tr("受理登记") if dispute.intake_on else tr("登记，尚未受理")
    return Entry(dispute.intake_on, title, _short(tr(dispute.source.label)))


def _sessions(case: CaseFile) -> list[Entry]:
    found, count = [], 0
    for session in case.sessions:
        if session.kind is SessionKind.MEDIATION:
            count += 1
            title = tr("第{count}次调解").format(count=count)
        else:
            title = tr(session.kind.label)
        tone = Tone.AMBER if session.result is SessionResult.CONTINUED else Tone.BLUE
        if session.result is not None:
            title = f"{title} · {tr(session.result.label)}"
        found.append(Entry(session.held_on, title, _short(session.narrative), tone))
    return found


def _agreement(case: CaseFile) -> list[Entry]:
    agreement = case.agreement
    if agreement is None:
        return []
    amount = agreement.amount_fen
    money = tr("，涉及 {amount} 元").format(amount=yuan(amount)) if amount else ""
    title = tr("达成{form}{money}").format(form=tr(agreement.form.label), money=money)
    found = [Entry(agreement.agreed_on, title, _short(agreement.content), Tone.GREEN)]
    effective = effective_on(agreement)
    if agreement.form is AgreementForm.WRITTEN and effective is not None:
        until = confirmation_until(agreement)
        more = tr("可在 {day} 前共同申请司法确认").format(day=until) if until else ""
        found.append(Entry(effective, tr("协议生效"), more, Tone.GREEN))
    return found


def _promises(case: CaseFile) -> list[Entry]:
    return [
        Entry(promise.kept_on, tr("履行"), _short(promise.what), Tone.GREEN)
        for promise in case.promises
        if promise.kept_on is not None
    ]


def _ends(case: CaseFile) -> list[Entry]:
    dispute = case.dispute
    found = []
    if dispute.outcome not in {None, Outcome.SETTLED}:
        reason = tr(dispute.termination.label) if dispute.termination else ""
        label = tr(dispute.outcome.label) if dispute.outcome else ""
        found.append(Entry(dispute.closed_on, label, reason, Tone.NEUTRAL))
    if dispute.archive is ArchiveState.ARCHIVED:
        keep = tr(dispute.retention.label) if dispute.retention else ""
        found.append(Entry(dispute.archived_on, tr("归档"), keep, Tone.NEUTRAL))
    if dispute.void_reason:
        found.append(Entry(None, tr("作废"), dispute.void_reason, Tone.RED))
    return found


def story(case: CaseFile) -> list[Entry]:
    """What happened in a dispute, oldest first; what has no day stands last."""
    entries = [
        *_sessions(case),
        *_agreement(case),
        *(
            Entry(
                referral.letter_on,
                f"{tr(referral.direction.label)} · {tr(referral.channel.label)}",
                referral.body,
            )
            for referral in case.referrals
        ),
        *(
            Entry(entry.prevented_on, tr(entry.kind.label), _short(entry.reason), Tone.AMBER)
            for entry in case.preventions
        ),
        *_promises(case),
        *_ends(case),
    ]
    return [_intake(case), *sorted(entries, key=lambda entry: entry.day or date.max)]
