"""What is due by when: the days that a committee must keep, case by case (domain.md §4.4)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mediation_desk.domain import due_days
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Code, Direction
from mediation_desk.domain.derived import State, days_open, effective_on
from mediation_desk.domain.handling import Agreement, Promise, Referral
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.limits import Limits, Reckoned, Rule, Term, mediation
from mediation_desk.domain.linking import entrusted
from mediation_desk.domain.money import yuan
from mediation_desk.domain.periods import Period
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
    SAME_NUMBER = "same_number", "换编号"
    PROMISE = "promise", "登记履行"
    MEDIATION = "mediation", "续调解"
    INTAKE = "intake", "受理"
    CONFIRMATION = "confirmation", "登记申请"
    REPORT = "report", "去报送"
    MISSING = "missing", "去收件"
    LEGAL_AID = "legal_aid", "登记答复"
    VISIT = "visit", "记回访"
    SCREENING = "screening", "登记排查"
    CLAIM = "claim", "去申报"
    CLAIM_REVIEW = "claim_review", "去初审"
    SIGNATURE = "signature", "去补填"
    ARCHIVE = "archive", "归档"


_RANK = {kind: place for place, kind in enumerate(DueKind)}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what, of which case, in which words, by which day.

    Without a day it is due at once. `go` names the form about the dispute in which it is done;
    without one the case can only be looked at. `record_id` is the record to open where none of a
    dispute. The label of the kind is the next step in words. `rule` says why it is due on that
    day, and `counted` how the day was found.
    """

    kind: DueKind
    day: date | None
    about: str
    detail: str
    dispute_id: str = ""
    number: str = ""
    go: str = ""
    record_id: str = ""
    rule: Rule = Rule.EXCHANGE
    counted: str = ""

    @property
    def why(self) -> str:
        """Rule and reckoning as one reads them."""
        told = tr("{source}（规则{rule}）").format(source=tr(self.rule.label), rule=self.rule.value)
        return tr("：").join(part for part in (told, self.counted) if part)


@dataclass(frozen=True, slots=True)
class Watched:
    """A dispute as far as its days are concerned; `names` are those of its parties by id.

    `registered_on` is the day on which it was first written down, as far as the register knows.
    """

    dispute: Dispute
    number: str
    title: str
    agreement: Agreement | None = None
    promises: tuple[Promise, ...] = ()
    referrals: tuple[Referral, ...] = ()
    last_visit: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    registered_on: date | None = None


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
            DueKind.SAME_NUMBER: tr("编号相同"),
            DueKind.CLAIM_REVIEW: tr("待初审"),
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


# The same in words


def _of(
    watched: Watched, kind: DueKind, due: Reckoned | Rule, about: str, more: str, go: str
) -> Due:
    number = watched.number
    # In large type the end of the line is cut off: the day comes before the number.
    detail = tr("{more} · {number}").format(number=number, more=more)
    made = Due(kind, None, about, detail, watched.dispute.id, number, go)
    if isinstance(due, Rule):
        return replace(made, rule=due)
    return replace(made, day=due.day, rule=due.rule, counted=due.counted)


def _intake(watched: Watched, _today: date, limits: Limits) -> Iterator[Due]:
    if due_days.intake_undecided(watched.dispute):
        about = tr("是否受理：{title}").format(title=watched.title)
        told = tr("已登记，还没有决定是否受理")
        came = (
            entry.received_on
            for entry in watched.referrals
            if entry.direction is Direction.IN and entry.received_on is not None
        )
        due = due_days.intake(watched.registered_on, came, limits)
        kind, go = DueKind.INTAKE, StepName.ACCEPT.value
        yield _of(watched, kind, due or Rule.INTAKE, about, told, go)


def _mediation(watched: Watched, today: date, limits: Limits) -> Iterator[Due]:
    dispute = watched.dispute
    due = mediation(dispute, limits, entrusted(watched.referrals))
    if due is None:
        return
    about = tr("调解期限将满：{title}")
    if due.day <= today:
        about = tr("调解期限今天到：{title}") if due.day == today else tr("调解期限已满：{title}")
    more = tr("受理第 {days} 天").format(days=days_open(dispute, today))
    if dispute.extended_to is not None:
        more += tr("，已延长至 {day}").format(day=short_day(dispute.extended_to, today))
    elif due.rule is not Rule.MEDIATION:
        more += tr("，按法院期限")
    about = about.format(title=watched.title)
    yield _of(watched, DueKind.MEDIATION, due, about, more, StepName.SESSION.value)


def _promises(watched: Watched, today: date, _limits: Limits) -> Iterator[Due]:
    for promise in watched.promises:
        due = due_days.promise(watched.dispute, promise)
        if due is None:
            continue
        who = watched.names.get(promise.party_id) or watched.title
        about = tr("{who} · {what}").format(who=who, what=promise.what)
        more = tr("应于 {day} 履行").format(day=short_day(due.day, today))
        more += tr("，协议第{position}项").format(position=promise.position)
        if promise.amount_fen:
            more += tr("，{amount}元").format(amount=yuan(promise.amount_fen))
        if promise.kept_fen:
            more += tr("（已付{amount}元）").format(amount=yuan(promise.kept_fen))
        yield _of(watched, DueKind.PROMISE, due, about, more, "perform")


def _signatures(watched: Watched, _today: date, _limits: Limits) -> Iterator[Due]:
    lacking = due_days.missing_dates(watched.dispute, watched.agreement)
    if lacking:
        names = tr("、").join(lacking)
        about = tr("协议还缺{names}：{title}").format(names=names, title=watched.title)
        more = tr("补齐之后协议才生效")
        yield _of(watched, DueKind.SIGNATURE, Rule.SIGNATURE, about, more, "agreement")


def _visit(watched: Watched, today: date, limits: Limits) -> Iterator[Due]:
    agreement = watched.agreement
    due = due_days.visit(watched.dispute, agreement, watched.last_visit, limits)
    effective = effective_on(agreement) if agreement is not None else None
    if due is not None and effective is not None:
        about = tr("回访：{title}").format(title=watched.title)
        more = tr("协议生效已 {days} 天").format(days=(today - effective).days)
        yield _of(watched, DueKind.VISIT, due, about, more, StepName.VISIT.value)


def _confirmation(watched: Watched, today: date, limits: Limits) -> Iterator[Due]:
    due = due_days.confirmation(watched.dispute, watched.agreement, today, limits)
    if due is not None:
        about = tr("可申请司法确认：{title}").format(title=watched.title)
        more = tr("最晚 {day}，双方可一起向法院申请").format(day=short_day(due.day, today))
        yield _of(watched, DueKind.CONFIRMATION, due, about, more, "confirm")


def _answers(watched: Watched, _today: date, limits: Limits) -> Iterator[Due]:
    for referral in watched.referrals:
        due = due_days.answer(watched.dispute, referral, limits)
        if due is None:
            continue
        body = referral.body or referral.channel.label
        about = tr("答复{body}：{title}").format(body=body, title=watched.title)
        more = referral.channel.label
        if referral.letter_number:
            more += tr("，{letter}").format(letter=referral.letter_number)
        yield _of(watched, DueKind.ANSWER, due, about, more, f"answer:{referral.id}")


def _archive(watched: Watched, today: date, limits: Limits) -> Iterator[Due]:
    closed = watched.dispute.closed_on
    due = due_days.archive(watched.dispute, watched.agreement, watched.last_visit, limits)
    if due is not None and closed is not None:
        about = tr("归档：{title}").format(title=watched.title)
        more = tr("结案已 {days} 天").format(days=(today - closed).days)
        yield _of(watched, DueKind.ARCHIVE, due, about, more, StepName.ARCHIVE.value)


_RULES: tuple[Callable[[Watched, date, Limits], Iterator[Due]], ...] = (
    _intake,
    _mediation,
    _promises,
    _signatures,
    _visit,
    _confirmation,
    _answers,
    _archive,
)


def case_dues(watched: Watched, today: date, limits: Limits) -> list[Due]:
    """Everything that is or will be due of one dispute, however far ahead."""
    return [due for rule in _RULES for due in rule(watched, today, limits)]


# What is due beside the cases


def legal_aid_due(aid: LegalAid, today: date, limits: Limits) -> Due | None:
    """The answer that an application for legal aid waits for."""
    due = due_days.legal_aid(aid, limits)
    if due is None:
        return None
    about = tr("法律援助答复：{who} · {matter}").format(who=aid.applicant, matter=aid.matter)
    body = aid.body or tr("法律援助机构")
    detail = tr("{body}应于 {day} 前答复").format(body=body, day=short_day(due.day, today))
    made = Due(DueKind.LEGAL_AID, due.day, about, detail, record_id=aid.id)
    return replace(made, rule=due.rule, counted=due.counted)


def screening_due(last: date | None, area: str, today: date, limits: Limits) -> Due | None:
    """The next round of screening, counted from the last one in `area`; soon or not at all."""
    days, rule = limits.settings.screening_days, Rule.SCREENING
    if last is None:
        told = tr("每 {days} 天排查一次").format(days=days)
        about = tr("矛盾纠纷排查：还没有登记过")
        return Due(DueKind.SCREENING, today, about, told, rule=rule)
    due = limits.reckoned(rule, tr("上次排查"), last, Term(days))
    if (due.day - today).days > _SCREENING_AHEAD:
        return None
    where = tr("，{area}").format(area=area) if area else ""
    detail = tr("上次 {day}{where}").format(day=short_day(last, today), where=where)
    about = tr("矛盾纠纷排查：这一轮还没有登记")
    return Due(DueKind.SCREENING, due.day, about, detail, rule=rule, counted=due.counted)


def report_due(month: Period, today: date, limits: Limits) -> Due:
    """The report of `month`, which has not been sent."""
    due = limits.report(month)
    about = tr("报送{month}报表").format(month=month.label())
    detail = tr("应于 {day} 前报司法所，没有纠纷也要报零报告")
    detail = detail.format(day=short_day(due.day, today))
    return Due(DueKind.REPORT, due.day, about, detail, rule=due.rule, counted=due.counted)
