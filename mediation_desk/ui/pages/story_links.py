"""What ties a dispute to others, as lines of its course: letters, answers, the court, risk."""

from datetime import date

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Confirmation, Direction, ReferralChannel, RiskLevel
from mediation_desk.domain.due_days import answer_due
from mediation_desk.domain.handling import Referral, RiskEntry
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.linking import application, owed
from mediation_desk.domain.risk_levels import level_words
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.ui.pages.dispute_forms import ANSWER, CONFIRM, REFERRAL, REPORT, RISK
from mediation_desk.ui.pages.entry import Entry, short
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr

TONES = {
    RiskLevel.BLUE: Tone.BLUE,
    RiskLevel.YELLOW: Tone.AMBER,
    RiskLevel.ORANGE: Tone.AMBER,
    RiskLevel.RED: Tone.RED,
}


def days_left(due: date | None, today: date) -> tuple[str, Tone]:
    """How long an answer may still take, in words, and the tone of it."""
    if due is None:
        return tr("尚未答复"), Tone.AMBER
    left = (due - today).days
    if left < 0:
        return tr("答复逾期 {days} 天").format(days=-left), Tone.RED
    if left == 0:
        return tr("今天应答复"), Tone.AMBER
    return tr("{day} 前答复，还有 {days} 天").format(day=f"{due:%m-%d}", days=left), Tone.AMBER


def _confirmation(case: CaseFile, asked: Referral) -> list[Entry]:
    found = [Entry(asked.letter_on, tr("申请司法确认"), asked.body, Tone.BLUE, CONFIRM)]
    if asked.answered_on is None:
        return found
    now = asked == application(case)
    confirmed = now and case.dispute.confirmation is Confirmation.CONFIRMED
    tone = Tone.GREEN if confirmed else Tone.AMBER
    state = tr(case.dispute.confirmation.label) if now else tr("法院已决定")
    title = tr("司法确认 · {state}").format(state=state)
    more = tr("；").join(part for part in (asked.letter_number, short(asked.answer)) if part)
    return [*found, Entry(asked.answered_on, title, more, tone, CONFIRM)]


def _referral(case: CaseFile, referral: Referral, today: date, limits: Limits) -> list[Entry]:
    inward = referral.direction is Direction.IN
    title = f"{tr(referral.direction.label)} · {tr(referral.channel.label)}"
    split = tr(referral.petition_split.label) if referral.petition_split else ""
    first = tr("初信初访") if referral.first_petition else ""
    told = (referral.body, referral.letter_number, first, split)
    more = tr("；").join(part for part in told if part)
    day = referral.letter_on or referral.received_on or referral.consent_on
    found = [Entry(day, title, more, Tone.BLUE, f"{REFERRAL}:{referral.id}")]
    opens = f"{ANSWER}:{referral.id}"
    if referral.answered_on is not None:
        answered = tr("已答复{body}") if inward else tr("收到{body}的答复")
        title = answered.format(body=referral.body or tr(referral.channel.label))
        found.append(Entry(referral.answered_on, title, short(referral.answer), Tone.GREEN, opens))
        return found
    due = answer_due(case.dispute, referral, limits) or referral.answer_due_on
    if owed(referral) or due is not None:
        said, tone = days_left(due, today)
        title = tr("应答复{body}") if inward else tr("等待{body}答复")
        title = title.format(body=referral.body or tr(referral.channel.label))
        found.append(Entry(due, title, said, tone, opens, pending=True))
    return found


def _warning(notice: WarningNotice, settings: Settings) -> list[Entry]:
    rule = tr(notice.rule.label)
    if notice.decided_on is None:
        return []
    level = level_words(notice.level, settings) if notice.level is not None else ""
    state = " ".join(filter(None, (tr(notice.state.label), level)))
    title = tr("核实预警 · {rule} · {state}").format(rule=rule, state=state)
    tone = Tone.NEUTRAL if notice.state is NoticeState.REJECTED else Tone.AMBER
    more = short(tr("；").join(filter(None, (notice.reason, notice.decision))))
    found = [Entry(notice.decided_on, title, more, tone)]
    if notice.disposed_on is not None:
        title = tr("预警已处置 · {rule}").format(rule=rule)
        found.append(Entry(notice.disposed_on, title, short(notice.disposal), Tone.GREEN))
    return found


def _report(report: UrgentReport) -> list[Entry]:
    title = tr("上报 · {to}").format(to=report.body or tr(report.body_kind.label))
    opens = f"{REPORT}:{report.id}"
    found = [Entry(report.reported_on, title, short(report.content), Tone.RED, opens)]
    if report.answered_on is not None:
        title = tr("收到{body}的答复").format(body=report.body or tr(report.body_kind.label))
        found.append(Entry(report.answered_on, title, short(report.answer), Tone.GREEN, opens))
    return found


def _risk(entry: RiskEntry, settings: Settings) -> list[Entry]:
    title = tr("风险等级 · {level}").format(level=level_words(entry.level, settings))
    owner = tr("责任人 {name}").format(name=entry.owner) if entry.owner else ""
    more = tr("；").join(part for part in (short(entry.reasons), owner) if part)
    opens = f"{RISK}:{entry.id}"
    found = [Entry(entry.assessed_on, title, more, TONES[entry.level], opens)]
    if entry.reported_on is not None:
        title = tr("风险已报告 {to}").format(to=entry.reported_to)
        found.append(Entry(entry.reported_on, title, "", Tone.BLUE, opens))
    return found


def links(case: CaseFile, today: date, limits: Limits) -> list[Entry]:
    """Letters with their answers, the court's confirmation and the risk levels of a dispute."""
    found: list[Entry] = []
    for referral in case.referrals:
        if referral.channel is ReferralChannel.CONFIRMATION:
            found += _confirmation(case, referral)
        else:
            found += _referral(case, referral, today, limits)
    for entry in case.risks:
        found += _risk(entry, limits.settings)
    for notice in case.warnings:
        found += _warning(notice, limits.settings)
    for report in case.reports:
        found += _report(report)
    return found
