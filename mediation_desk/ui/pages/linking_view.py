"""The tab of what ties a dispute to others: letters and answers, risk levels, preventions."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Direction, ReferralChannel
from mediation_desk.domain.due_days import answer_due
from mediation_desk.domain.handling import Referral, RiskEntry
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.linking import owed
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.settings import Settings
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.case_parts import StepButton, of_record, page
from mediation_desk.ui.pages.dispute_forms import (
    ANSWER,
    CONFIRM,
    PREVENTION,
    REFERRAL,
    REPORT,
    RISK,
)
from mediation_desk.ui.pages.story_links import days_left
from mediation_desk.ui.pages.warning_notes import level_chip, warning_cards
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, row, words
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_LETTER = (
    "letter_number",
    "letter_on",
    "received_on",
    "consent_on",
    "answer_due_on",
    "answered_on",
)


def _answer_state(case: CaseFile, referral: Referral, limits: Limits) -> Chip:
    if referral.answered_on is not None:
        inward = referral.direction is Direction.IN
        return Chip(tr("已答复") if inward else tr("已收到答复"), Tone.GREEN)
    due = answer_due(case.dispute, referral, limits) or referral.answer_due_on
    if owed(referral) or due is not None:
        said, tone = days_left(due, today())
        return Chip(said, tone)
    return Chip("")


def _referral(
    case: CaseFile, referral: Referral, limits: Limits, wanted: SignalInstance | None
) -> QFrame:
    inward = referral.direction is Direction.IN
    head = row(
        Chip(tr(referral.direction.label), Tone.BLUE),
        words(referral.body or tr(referral.channel.label), "strong", wrap=True),
        _answer_state(case, referral, limits),
        gap=8,
    )
    head.setStretch(1, 1)
    kind = [tr(referral.channel.label), tr("初信初访") if referral.first_petition else ""]
    kind += [tr(code.label) for code in (referral.delegation, referral.petition_split) if code]
    letter = [f"{label} {value}" for label, value in of_record(referral, _LETTER)]
    told = " · ".join(part for part in (*kind, *letter) if part)
    parts: list[QWidget | QLayout] = [head, words(told, "sub", wrap=True)]
    if referral.answer:
        parts.append(words(referral.answer, wrap=True))
    if wanted is not None:
        parts.append(_referral_buttons(referral, wanted, inward=inward))
    return framed(column(*parts, gap=4), "note", margins=12)


def _referral_buttons(referral: Referral, wanted: SignalInstance, *, inward: bool) -> QLayout:
    line = row(None, gap=8)
    if referral.channel is ReferralChannel.CONFIRMATION:
        line.addWidget(StepButton(CONFIRM, tr("登记结果"), wanted))
        return line
    line.addWidget(StepButton(f"{REFERRAL}:{referral.id}", tr("修改"), wanted, "quiet"))
    if referral.answered_on is None:
        label = tr("写答复") if inward else tr("登记答复")
        line.addWidget(StepButton(f"{ANSWER}:{referral.id}", label, wanted))
    return line


def _risk(entry: RiskEntry, settings: Settings, wanted: SignalInstance | None) -> QFrame:
    reported = ""
    if entry.reported_on is not None:
        reported = tr("{day} 已报告 {to}").format(day=entry.reported_on, to=entry.reported_to)
    owner = tr("责任人 {name}").format(name=entry.owner) if entry.owner else ""
    due = tr("处置时限 {moment}").format(moment=entry.due_by) if entry.due_by else ""
    more = " · ".join(part for part in (owner, due, reported) if part)
    head = row(level_chip(entry.level, settings), words(str(entry.assessed_on), "sub"), None)
    if wanted is not None:
        head.addWidget(StepButton(f"{RISK}:{entry.id}", tr("修改"), wanted, "quiet"))
    said = words(entry.reasons, wrap=True)
    return framed(column(head, said, words(more, "sub", wrap=True), gap=2), "note", margins=12)


def _prevention(entry: Prevention, wanted: SignalInstance | None) -> QFrame:
    counted = tr("{day} · {cases} 件 {persons} 人").format(
        day=entry.prevented_on, cases=entry.cases, persons=entry.persons
    )
    head = row(words(tr(entry.kind.label), "strong", wrap=True))
    head.setStretch(0, 1)
    if wanted is not None:
        head.addWidget(StepButton(f"{PREVENTION}:{entry.id}", tr("修改"), wanted, "quiet"))
    told = words(counted, "sub"), words(entry.reason, wrap=True)
    return framed(column(head, *told, gap=2), "note", margins=12)


def _beginnings(wanted: SignalInstance) -> QWidget:
    """The buttons that write down something new."""
    made = QWidget()
    flow = FlowLayout(made, gap=8)
    for name, label in (
        (REFERRAL, tr("登记衔接移送 (&J)")),
        (RISK, tr("评估风险 (&P)")),
        (REPORT, tr("上报公安或有关部门 (&B)")),
        (PREVENTION, tr("登记防止激化 (&Q)")),
    ):
        flow.addWidget(StepButton(name, label, wanted))
    return made


def linking_view(case: CaseFile, limits: Limits, wanted: SignalInstance | None) -> QWidget:
    """Letters in and out with what is owed, the history of the risk level, and preventions."""
    parts: list[QWidget] = [_beginnings(wanted)] if wanted is not None else []
    for title, cards in (
        (tr("衔接移送"), [_referral(case, entry, limits, wanted) for entry in case.referrals]),
        (tr("风险等级"), [_risk(entry, limits.settings, wanted) for entry in reversed(case.risks)]),
        *warning_cards(case, limits.settings, wanted),
        (tr("防止激化"), [_prevention(entry, wanted) for entry in case.preventions]),
    ):
        if cards:
            parts += [words(title, "heading"), *cards]
    tied = (case.referrals, case.risks, case.preventions, case.warnings, case.reports)
    if not any(tied):
        told = tr("没有衔接移送、风险评估、预警、上报和防止事项。")
        if wanted is not None:
            told += tr("法院、公安、信访转来的，或要转出去的，都记在这里。")
        parts.append(words(told, "sub", wrap=True))
    return page(*parts, gap=10)
