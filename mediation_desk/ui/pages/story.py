"""The course of a dispute as one list of days with what happened, whatever was recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    Outcome,
    SessionKind,
    SessionResult,
)
from mediation_desk.domain.derived import confirmation_until, effective_on
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.handling import Agreement, Attachment, Promise
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.money import yuan
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.record import Record
from mediation_desk.domain.returning import Return
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import Consultation, LegalAid
from mediation_desk.ui.pages.dispute_forms import (
    AGREEMENT,
    DRAFT,
    EDIT,
    ENDING,
    EXTEND,
    FILING,
    PERFORM,
    PREVENTION,
    SESSION_FORMS,
)
from mediation_desk.ui.pages.entry import ATTACHMENTS, Entry, short
from mediation_desk.ui.pages.story_links import links
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

_SIGNATURES = (
    ("parties_signed_on", tr("当事人签名")),
    ("mediator_signed_on", tr("人民调解员签名")),
    ("sealed_on", tr("盖章")),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What hangs on no file but tells of its dispute: drafts, and lines of the short ledgers.

    `voided_on` is the day on which it was declared void, as far as it is known.
    """

    drafts: Sequence[Draft] = ()
    ledgers: Sequence[Record] = ()
    voided_on: date | None = None


def _intake(case: CaseFile) -> list[Entry]:
    dispute = case.dispute
    title = tr("受理登记") if dispute.intake_on else tr("登记，尚未受理")
    told = [tr(dispute.source.label)]
    apart = dispute.informed_on is not None and dispute.informed_on != dispute.intake_on
    if dispute.informed_on is not None and not apart:
        told.append(tr("已告知权利义务"))
    if dispute.registrar:
        told.append(tr("登记人 {name}").format(name=dispute.registrar))
    found = [Entry(dispute.intake_on or date.min, title, tr("；").join(told), opens=EDIT)]
    if apart:
        found.append(Entry(dispute.informed_on, tr("告知权利义务"), opens=EDIT))
    if dispute.extended_to is not None:
        more = tr("双方当事人同意延长调解期限")
        title = tr("调解期限延长至 {day}").format(day=dispute.extended_to)
        pending = dispute.outcome is None and not dispute.void_reason
        opens = EXTEND if dispute.outcome is None else ENDING
        found.append(Entry(dispute.extended_to, title, more, Tone.NEUTRAL, opens, pending))
    return found


def _sessions(case: CaseFile) -> list[Entry]:
    found, count = [], 0
    for session in case.sessions:
        title = tr(session.kind.label)
        if session.kind is SessionKind.MEDIATION:
            count += 1
            title = tr("第{count}次调解").format(count=count)
        elif session.kind is SessionKind.INQUIRY and session.asked:
            title = tr("调查 · {name}").format(name=session.asked)
        elif session.visit_form is not None:
            title = f"{title} · {tr(session.visit_form.label)}"
        if session.result is not None:
            title = f"{title} · {tr(session.result.label)}"
        tone = Tone.AMBER if session.result is SessionResult.CONTINUED else Tone.BLUE
        opens = f"{SESSION_FORMS[session.kind]}:{session.id}"
        found.append(Entry(session.held_on, title, short(session.narrative), tone, opens))
    return found


def _signed(agreement: Agreement) -> list[Entry]:
    """Who signed on which day; what was signed on one day stands together."""
    by_day: dict[date, list[str]] = {}
    for name, words in _SIGNATURES:
        day = getattr(agreement, name)
        if day is not None:
            by_day.setdefault(day, []).append(words)
    return [
        Entry(day, tr("、").join(signed), "", Tone.GREEN, AGREEMENT)
        for day, signed in by_day.items()
    ]


def _agreement(case: CaseFile, limits: Limits) -> list[Entry]:
    agreement = case.agreement
    if agreement is None:
        return []
    amount = agreement.amount_fen
    money = tr("，涉及 {amount} 元").format(amount=yuan(amount)) if amount else ""
    title = tr("达成{form}{money}").format(form=tr(agreement.form.label), money=money)
    content = short(agreement.content)
    found = [Entry(agreement.agreed_on, title, content, Tone.GREEN, AGREEMENT)]
    if agreement.form is not AgreementForm.WRITTEN:
        return found
    found += _signed(agreement)
    effective, until = effective_on(agreement), confirmation_until(agreement, limits)
    if effective is not None:
        more = tr("可在 {day} 前共同申请司法确认").format(day=until)
        found.append(Entry(effective, tr("协议生效"), more, Tone.GREEN, AGREEMENT))
    return found


def _promise(promise: Promise, today: date) -> Entry:
    what = short(promise.what)
    opens = f"{PERFORM}:{promise.id}"
    if promise.kept_on is not None:
        title = tr("第{number}项已履行").format(number=promise.position)
        return Entry(promise.kept_on, title, what, Tone.GREEN, opens)
    title = tr("第{number}项应履行").format(number=promise.position)
    late = promise.due_on is not None and promise.due_on < today
    if late and promise.due_on is not None:
        days = (today - promise.due_on).days
        title = tr("{title} · 逾期 {days} 天").format(title=title, days=days)
    return Entry(promise.due_on, title, what, Tone.RED if late else Tone.AMBER, opens, pending=True)


def _ends(case: CaseFile, voided_on: date | None) -> list[Entry]:
    dispute = case.dispute
    found = []
    if dispute.outcome is not None and dispute.outcome is not Outcome.SETTLED:
        why = dispute.termination or dispute.refusal
        told = tr("已告知救济途径") if dispute.remedies_told else ""
        more = tr("；").join(part for part in (tr(why.label) if why else "", told) if part)
        found.append(
            Entry(dispute.closed_on, tr(dispute.outcome.label), more, Tone.NEUTRAL, ENDING)
        )
    if dispute.archive is ArchiveState.ARCHIVED:
        keep = tr(dispute.retention.label) if dispute.retention else tr("未填")
        more = tr("保管期限 {keep}").format(keep=keep)
        found.append(Entry(dispute.archived_on, tr("归档"), more, Tone.NEUTRAL, FILING))
    if dispute.void_reason:
        found.append(Entry(voided_on, tr("作废"), dispute.void_reason, Tone.RED))
    return found


def _attachments(attachments: Iterable[Attachment]) -> list[Entry]:
    """Scans of one kind and day stand together."""
    together: dict[tuple[date | None, str], list[Attachment]] = {}
    for scan in attachments:
        together.setdefault((scan.taken_on, tr(scan.kind.label)), []).append(scan)
    found = []
    for (day, kind), scans in together.items():
        title = tr("附件 · {kind} {count} 个").format(kind=kind, count=len(scans))
        names = short(tr("、").join(scan.name for scan in scans))
        found.append(Entry(day, title, names, Tone.NEUTRAL, ATTACHMENTS))
    return found


def _returned(entry: Return) -> list[Entry]:
    """When the office gave the case back and it was put right; what waits stands above."""
    if entry.open:
        return []
    return [
        Entry(entry.returned_on, tr("司法所退回"), short(entry.words), Tone.NEUTRAL),
        Entry(entry.mended_on, tr("已改正"), short(entry.answer), Tone.GREEN),
    ]


def _ledger(record: Record, days: dict[str, date]) -> Entry | None:
    if isinstance(record, LegalAid):
        title = tr("法律援助 · {state}").format(state=tr(record.state.label))
        return Entry(record.helped_on, title, short(record.matter), Tone.BLUE)
    if isinstance(record, Consultation):
        return Entry(record.held_on, tr("法律顾问解答"), short(record.matter), Tone.BLUE)
    if isinstance(record, Finding):
        day = days.get(record.screening_id)
        return Entry(day, tr("排查发现"), short(record.matter), Tone.NEUTRAL)
    return None


def _beside(beside: Beside) -> list[Entry]:
    days = {entry.id: entry.screened_on for entry in beside.ledgers if isinstance(entry, Screening)}
    told = (_ledger(record, days) for record in beside.ledgers if not record.void_reason)
    found = [entry for entry in told if entry is not None]
    for draft in beside.drafts:
        day = datetime.fromisoformat(draft.at).astimezone().date()
        more = tr("停在“{place}”").format(place=draft.stopped_at) if draft.stopped_at else ""
        # The draft's title goes on with the names of the parties, which stand above already.
        title = tr("{title} · 草稿").format(title=draft.title.partition(" · ")[0])
        found.append(Entry(day, title, more, Tone.NEUTRAL, f"{DRAFT}:{draft.id}", pending=True))
    return found


_NOTHING = Beside()
_USUAL = Limits(Settings())


def story(
    case: CaseFile, today: date, beside: Beside = _NOTHING, limits: Limits = _USUAL
) -> list[Entry]:
    """All that is recorded of a dispute, oldest first; what has no day stands last.

    A void dispute waits for nothing.
    """
    entries = [
        *_intake(case),
        *_sessions(case),
        *(
            Entry(
                entry.prevented_on,
                tr(entry.kind.label),
                tr("{cases} 件 {persons} 人；{reason}").format(
                    cases=entry.cases, persons=entry.persons, reason=short(entry.reason)
                ),
                Tone.AMBER,
                f"{PREVENTION}:{entry.id}",
            )
            for entry in case.preventions
        ),
        *_agreement(case, limits),
        *(_promise(promise, today) for promise in case.promises),
        *links(case, today, limits),
        *_attachments(case.attachments),
        *_ends(case, beside.voided_on),
        *(told for entry in case.returns for told in _returned(entry)),
    ]
    # Of one day, what lies beside the dispute comes first: it was found before it was taken in.
    found = [*_beside(beside), *entries]
    if case.dispute.void_reason:
        # Nothing is to come any more.
        found = [entry for entry in found if not entry.pending]
    return sorted(found, key=lambda entry: entry.day or date.max)
