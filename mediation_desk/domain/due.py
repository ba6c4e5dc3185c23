"""What is due by when: the days that a committee must keep, case by case (domain.md §4.4)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Code,
    Confirmation,
    Outcome,
    Performance,
)
from mediation_desk.domain.derived import (
    State,
    confirmation_until,
    days_open,
    effective_on,
    mediation_due,
)
from mediation_desk.domain.handling import Agreement, Promise, Referral
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.linking import owed
from mediation_desk.domain.money import yuan
from mediation_desk.domain.periods import Period
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.support import LegalAid
from mediation_desk.words import tr

# A round of screening is announced so many days ahead; a week ahead it would never leave the list.
_SCREENING_AHEAD = 3


class DueKind(Code):
    """What is due; where two are due on one day, the first of these comes first."""

    ANSWER = "answer", "写答复"
    HANDED = "handed", "接着办理"
    QUESTION = "question", "去核对"
    NOT_TAKEN = "not_taken", "看回执"
    LOST = "lost", "去报送"
    PROMISE = "promise", "登记履行"
    MEDIATION = "mediation", "续调解"
    INTAKE = "intake", "受理"
    CONFIRMATION = "confirmation", "登记申请"
    REPORT = "report", "去报送"
    MISSING = "missing", "去收件"
    LEGAL_AID = "legal_aid", "登记答复"
    VISIT = "visit", "记回访"
    SCREENING = "screening", "登记排查"
    SIGNATURE = "signature", "去补填"
    ARCHIVE = "archive", "归档"


_RANK = {kind: place for place, kind in enumerate(DueKind)}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what, of which case, in which words, by which day.

    Without a day it is due at once. `go` names the form about the dispute in which it is done;
    without one the case can only be looked at. `record_id` is the record to open where none of a
    dispute. The label of the kind is the next step in words.
    """

    kind: DueKind
    day: date | None
    about: str
    detail: str
    dispute_id: str = ""
    number: str = ""
    go: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A dispute as far as its days are concerned; `names` are those of its parties by id."""

    dispute: Dispute
    number: str
    title: str
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    referrals: tuple[Referral, ...] = ()
    last_visit: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def left_words(due: Due, today: date) -> State:
    """How long there is still time, in words, and the tone: red, amber or blue."""
    if due.day is None:
        waiting = {
            DueKind.SIGNATURE: tr("未生效"),
            DueKind.INTAKE: tr("待决定"),
            DueKind.HANDED: tr("新移交"),
            DueKind.QUESTION: tr("待核对"),
            DueKind.NOT_TAKEN: tr("未接收"),
            DueKind.LOST: tr("没收到"),
        }
        return waiting.get(due.kind, tr("待办")), "amber"
    left = (due.day - today).days
    if left < 0:
        return tr("逾期 {days} 天").format(days=-left), "red"
    return (tr("还有 {days} 天").format(days=left), "blue") if left else (tr("今天"), "amber")


def urgency(due: Due) -> tuple[date, int, str]:
    """The order of a list: by day, then by weight, what has no day last."""
    return due.day or date.max, _RANK[due.kind], due.number


def weight(due: Due) -> tuple[int, date, str]:
    """The order of what is overdue: by weight, then the longest overdue first."""
    return _RANK[due.kind], due.day or date.max, due.number


def short_day(day: date, today: date) -> str:
    """A day as it is spoken, such as 10月20日; with the year where it is not this one."""
    spoken = tr("{month}月{day}日").format(month=day.month, day=day.day)
    if day.year == today.year:
        return spoken
    return tr("{year}年{day}").format(year=day.year, day=spoken)


def intake_undecided(dispute: Dispute) -> bool:
    """Whether a registered dispute still waits for the word whether it is taken in."""
    registered = dispute.status is CaseStatus.REGISTERED and dispute.outcome is None
    return registered and dispute.intake_on is None and not dispute.void_reason


def promise_due(dispute: Dispute, promise: Promise) -> date | None:
    """The day by which a promise is to be kept, None once nothing is waited for any more.

    A file in the archive does not end a promise; a suit does.
    """
    done = (Performance.KEPT, Performance.SUED)
    over = dispute.outcome is not Outcome.SETTLED or dispute.performance in done
    if over or dispute.void_reason or promise.void_reason or promise.kept_on is not None:
        return None
    return promise.due_on


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


def visit_due(
    dispute: Dispute, agreement: Agreement | None, last_visit: date | None, settings: Settings
) -> date | None:
    """The day by which a settled dispute is to be visited, None after the visit."""
    effective = effective_on(agreement) if agreement is not None else None
    if effective is None or not _settled(dispute):
        return None
    if last_visit is not None and last_visit >= effective:
        return None
    return effective + timedelta(days=settings.visit_days)


def confirmation_due(dispute: Dispute, agreement: Agreement | None, today: date) -> date | None:
    """The last day to ask for judicial confirmation (人民调解法 Art 33); afterwards None.

    What has been kept needs no confirmation.
    """
    asked = dispute.confirmation is not Confirmation.NONE
    kept = dispute.performance is Performance.KEPT
    if agreement is None or asked or kept or dispute.outcome is not Outcome.SETTLED:
        return None
    if agreement.form is not AgreementForm.WRITTEN or dispute.void_reason:
        return None
    last = confirmation_until(agreement)
    return last if last is not None and last >= today else None


def answer_due(dispute: Dispute, referral: Referral, settings: Settings) -> date | None:
    """The day by which the body that handed the dispute over wants its answer.

    Where the letter names none, some days after closing: before that there is nothing to answer.
    """
    if not owed(referral) or dispute.void_reason:
        return None
    if referral.answer_due_on is not None or dispute.closed_on is None:
        return referral.answer_due_on
    return dispute.closed_on + timedelta(days=settings.answer_days)


def archive_due(watched: Watched, settings: Settings) -> date | None:
    """The day by which a closed file is to be archived, None while something is still to be done.

    A settled dispute is archived once its agreement is kept and it has been visited.
    """
    dispute = watched.dispute
    if dispute.closed_on is None or not _in_hand(dispute):
        return None
    if dispute.outcome in (None, Outcome.NOT_ACCEPTED):
        return None
    if dispute.outcome is Outcome.SETTLED:
        waiting = visit_due(dispute, watched.agreement, watched.last_visit, settings)
        lacking = missing_dates(dispute, watched.agreement)
        if waiting or lacking or dispute.performance is not Performance.KEPT:
            return None
    return dispute.closed_on + timedelta(days=settings.archive_days)


# The same in words


def _of(watched: Watched, kind: DueKind, day: date | None, about: str, more: str, go: str) -> Due:
    number = watched.number
    # In large type the end of the line is cut off: the day comes before the number.
    detail = tr("{more} · {number}").format(number=number, more=more)
    return Due(kind, day, about, detail, watched.dispute.id, number, go)


def _intake(watched: Watched, _today: date, _settings: Settings) -> Iterator[Due]:
    if intake_undecided(watched.dispute):
        about = tr("是否受理：{title}").format(title=watched.title)
        told = tr("已登记，还没有决定是否受理")
        yield _of(watched, DueKind.INTAKE, None, about, told, StepName.ACCEPT.value)


def _mediation(watched: Watched, today: date, settings: Settings) -> Iterator[Due]:
    dispute = watched.dispute
    day = mediation_due(dispute, settings)
    if day is None:
        return
    about = tr("调解期限将满：{title}")
    if day <= today:
        about = tr("调解期限今天到：{title}") if day == today else tr("调解期限已满：{title}")
    more = tr("受理第 {days} 天").format(days=days_open(dispute, today))
    if dispute.extended_to is not None:
        more += tr("，已延长至 {day}").format(day=short_day(dispute.extended_to, today))
    about = about.format(title=watched.title)
    yield _of(watched, DueKind.MEDIATION, day, about, more, StepName.SESSION.value)


def _promises(watched: Watched, today: date, _settings: Settings) -> Iterator[Due]:
    for promise in watched.promises:
        day = promise_due(watched.dispute, promise)
        if day is None:
            continue
        who = watched.names.get(promise.party_id) or watched.title
        about = tr("{who} · {what}").format(who=who, what=promise.what)
        more = tr("应于 {day} 履行").format(day=short_day(day, today))
        more += tr("，协议第{position}项").format(position=promise.position)
        if promise.amount_fen:
            more += tr("，{amount}元").format(amount=yuan(promise.amount_fen))
        if promise.kept_fen:
            more += tr("（已付{amount}元）").format(amount=yuan(promise.kept_fen))
        yield _of(watched, DueKind.PROMISE, day, about, more, "perform")


def _signatures(watched: Watched, _today: date, _settings: Settings) -> Iterator[Due]:
    lacking = missing_dates(watched.dispute, watched.agreement)
    if lacking:
        names = tr("、").join(lacking)
        about = tr("协议还缺{names}：{title}").format(names=names, title=watched.title)
        more = tr("补齐之后协议才生效")
        yield _of(watched, DueKind.SIGNATURE, None, about, more, "agreement")


def _visit(watched: Watched, today: date, settings: Settings) -> Iterator[Due]:
    agreement = watched.agreement
    day = visit_due(watched.dispute, agreement, watched.last_visit, settings)
    effective = effective_on(agreement) if agreement is not None else None
    if day is not None and effective is not None:
        about = tr("回访：{title}").format(title=watched.title)
        more = tr("协议生效已 {days} 天").format(days=(today - effective).days)
        yield _of(watched, DueKind.VISIT, day, about, more, StepName.VISIT.value)


def _confirmation(watched: Watched, today: date, _settings: Settings) -> Iterator[Due]:
    day = confirmation_due(watched.dispute, watched.agreement, today)
    if day is not None:
        about = tr("司法确认可申请至 {day}：{title}")
        about = about.format(day=short_day(day, today), title=watched.title)
        more = tr("书面协议，双方可一起向法院申请")
        yield _of(watched, DueKind.CONFIRMATION, day, about, more, "confirm")


def _answers(watched: Watched, _today: date, settings: Settings) -> Iterator[Due]:
    for referral in watched.referrals:
        day = answer_due(watched.dispute, referral, settings)
        if day is None:
            continue
        body = referral.body or referral.channel.label
        about = tr("答复{body}：{title}").format(body=body, title=watched.title)
        more = referral.channel.label
        if referral.letter_number:
            more += tr("，{letter}").format(letter=referral.letter_number)
        yield _of(watched, DueKind.ANSWER, day, about, more, f"answer:{referral.id}")


def _archive(watched: Watched, today: date, settings: Settings) -> Iterator[Due]:
    day = archive_due(watched, settings)
    closed = watched.dispute.closed_on
    if day is not None and closed is not None:
        about = tr("归档：{title}").format(title=watched.title)
        more = tr("结案已 {days} 天").format(days=(today - closed).days)
        yield _of(watched, DueKind.ARCHIVE, day, about, more, StepName.ARCHIVE.value)


_RULES: tuple[Callable[[Watched, date, Settings], Iterator[Due]], ...] = (
    _intake,
    _mediation,
    _promises,
    _signatures,
    _visit,
    _confirmation,
    _answers,
    _archive,
)


def case_dues(watched: Watched, today: date, settings: Settings) -> list[Due]:
    """Everything that is or will be due of one dispute, however far ahead."""
    return [due for rule in _RULES for due in rule(watched, today, settings)]


# What is due beside the cases


def legal_aid_due(aid: LegalAid, today: date) -> Due | None:
    """The answer that an application for legal aid waits for."""
    if aid.void_reason or aid.answered_on is not None or aid.answer_due_on is None:
        return None
    about = tr("法律援助答复：{who} · {matter}").format(who=aid.applicant, matter=aid.matter)
    body = aid.body or tr("法律援助机构")
    day = aid.answer_due_on
    detail = tr("{body}应于 {day} 前答复").format(body=body, day=short_day(day, today))
    return Due(DueKind.LEGAL_AID, day, about, detail, record_id=aid.id)


def screening_due(last: date | None, area: str, today: date, settings: Settings) -> Due | None:
    """The next round of screening, counted from the last one in `area`; soon or not at all."""
    if last is None:
        told = tr("每 {days} 天排查一次").format(days=settings.screening_days)
        return Due(DueKind.SCREENING, today, tr("矛盾纠纷排查：还没有登记过"), told)
    day = last + timedelta(days=settings.screening_days)
    if (day - today).days > _SCREENING_AHEAD:
        return None
    where = tr("，{area}").format(area=area) if area else ""
    detail = tr("上次 {day}{where}").format(day=short_day(last, today), where=where)
    return Due(DueKind.SCREENING, day, tr("矛盾纠纷排查：这一轮还没有登记"), detail)


def report_day(month: Period, settings: Settings) -> date:
    """The day by which the report of `month` is to be sent."""
    return month.last + timedelta(days=settings.report_due_day)


def report_due(month: Period, today: date, settings: Settings) -> Due:
    """The report of `month`, which has not been sent."""
    day = report_day(month, settings)
    about = tr("报送{month}报表").format(month=month.label())
    detail = tr("应于 {day} 前报司法所，没有纠纷也要报零报告").format(day=short_day(day, today))
    return Due(DueKind.REPORT, day, about, detail)
