"""What early warning says of a dispute: above its course, and in the tab of its links."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mediation_desk.desk import watching
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.early_warning import is_asked, is_live, reporting, uncovered
from mediation_desk.domain.risk_levels import level_words, practice
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, WarningRule
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice
from mediation_desk.domain.warning_rules import Sign
from mediation_desk.ui.pages.case_parts import StepButton, of_record
from mediation_desk.ui.pages.dispute_forms import DISPOSAL, INSTRUCTION, REPORT, WARNING
from mediation_desk.ui.pages.report_form import ARTICLE_25
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_STATES = {
    NoticeState.OPEN: Tone.AMBER,
    NoticeState.CONFIRMED: Tone.RED,
    NoticeState.REJECTED: Tone.NEUTRAL,
    NoticeState.DISPOSED: Tone.GREEN,
}
_REPORTED = ("time", "manner", "reporter", "answered_on")


def _head(rule: WarningRule, state: NoticeState, more: str) -> QHBoxLayout:
    title = tr("预警 · {rule}").format(rule=tr(rule.label))
    return row(
        words(title, "strong"), Chip(tr(state.label), _STATES[state]), words(more, "sub"), None,
        gap=8,
    )  # fmt: skip


def _suggested(of: Sign | WarningNotice, settings: Settings) -> str:
    level = of.level if isinstance(of, WarningNotice) and of.level else of.suggested
    if level is None:
        return ""
    said = tr("定为{level}") if isinstance(of, WarningNotice) and of.level else tr("建议{level}")
    return said.format(level=level_words(level, settings))


def _asking(
    of: Sign | WarningNotice, settings: Settings, wanted: SignalInstance | None, *, theirs: bool
) -> QFrame:
    """A warning that somebody has to verify, with its buttons."""
    # On the amber ground of the note a chip would be words without a ground.
    told = tr(" · ").join(filter(None, (tr(NoticeState.OPEN.label), _suggested(of, settings))))
    title = tr("预警 · {rule}").format(rule=tr(of.rule.label))
    head = row(words(title, "strong"), words(told, "sub"), None, gap=8)
    inside = column(head, words(of.reason, wrap=True), gap=4)
    if wanted is not None:
        buttons = row(None, gap=10)
        if theirs:
            name = f"{INSTRUCTION}:{of.rule.value}"
            buttons.addWidget(StepButton(name, tr("提出意见"), wanted, "quiet"))
        buttons.addWidget(StepButton(f"{WARNING}:{of.rule.value}", tr("核实"), wanted))
        inside.addLayout(buttons)
    return framed(inside, "warn", margins=14)


def _report_note(
    case: CaseFile, settings: Settings, wanted: SignalInstance | None
) -> Iterator[QFrame]:
    owed = reporting(case.dispute, case.risks, case.reports, settings)
    if owed is None or not owed.owed:
        return
    level = level_words(case.risks[-1].level, settings)
    told = tr("{level}，还没有记录上报") if owed.to_body else tr("{level}，还没有记录报司法所")
    head = row(words(told.format(level=level), "strong"), None, gap=8)
    why = ARTICLE_25
    if not owed.to_body:
        why = tr("发现紧急情况，应在 {hours} 小时内报司法所。").format(
            hours=settings.escalation_hours
        )
    inside = column(head, words(why, wrap=True), gap=4)
    if wanted is not None:
        inside.addLayout(row(None, StepButton(REPORT, tr("上报公安或有关部门"), wanted, "primary")))
    yield framed(inside, "bad", margins=14)


def _instructed(notice: WarningNotice, wanted: SignalInstance | None) -> QFrame:
    when = tr("{day} {by}").format(day=notice.instructed_on, by=notice.instructed_by)
    title = tr("司法所意见 · {rule}").format(rule=tr(notice.rule.label))
    inside = column(
        row(words(title, "strong"), words(when, "sub"), None, gap=8),
        words(notice.instruction, wrap=True),
        gap=4,
    )
    if wanted is not None:
        name = f"{DISPOSAL}:{notice.rule.value}"
        inside.addLayout(row(None, StepButton(name, tr("登记处置"), wanted)))
    return framed(inside, "warn", margins=14)


def warning_notes(
    case: CaseFile,
    workplace: Workplace,
    wanted: SignalInstance | None,
    office: SignalInstance | None,
) -> list[QFrame]:
    """What early warning asks for about a dispute: the report, what to verify, what to carry out.

    `wanted` is told of a step in a case of this desk, `office` of what an office may do in others.
    """
    if case.dispute.void_reason:
        return []
    register = workplace.register
    settings = register.settings
    notes = list(_report_note(case, settings, wanted))
    new = uncovered(watching.known_signs(register, case, today()), case.warnings)
    asked = [entry for entry in case.warnings if is_asked(entry, case.dispute)]
    rules = {sign.rule for sign in new}
    others = [entry for entry in asked if entry.rule not in rules]
    asking: list[Sign | WarningNotice] = [*new, *others]
    theirs = wanted is None and office is not None
    notes += [_asking(of, settings, wanted or office, theirs=theirs) for of in asking]
    for entry in case.warnings:
        live = is_live(entry.rule, case.dispute) and entry.state is not NoticeState.DISPOSED
        if entry.instruction and live:
            notes.append(_instructed(entry, wanted))
    return notes


# In the tab of links


def _notice(notice: WarningNotice, settings: Settings, wanted: SignalInstance | None) -> QFrame:
    more = " · ".join(filter(None, (str(notice.raised_on), _suggested(notice, settings))))
    inside = column(_head(notice.rule, notice.state, more), words(notice.reason, wrap=True), gap=2)
    for day, by, said in (
        (notice.decided_on, notice.decided_by, notice.decision),
        (notice.instructed_on, notice.instructed_by, notice.instruction),
        (notice.disposed_on, notice.disposed_by, notice.disposal),
    ):
        if day is not None:
            told = " ".join(filter(None, (str(day), by, said)))
            inside.addWidget(words(told, "sub", wrap=True))
    if wanted is not None and notice.state is NoticeState.CONFIRMED:
        name = f"{DISPOSAL}:{notice.rule.value}"
        inside.addLayout(row(None, StepButton(name, tr("登记处置"), wanted)))
    return framed(inside, "note", margins=12)


def _report(report: UrgentReport, wanted: SignalInstance | None) -> QFrame:
    head = row(
        Chip(tr(report.body_kind.label), Tone.RED),
        words(report.body, "strong", wrap=True),
        words(str(report.reported_on), "sub"),
        gap=8,
    )
    head.setStretch(1, 1)
    if wanted is not None:
        label = tr("补记答复") if report.answered_on is None else tr("修改")
        head.addWidget(StepButton(f"{REPORT}:{report.id}", label, wanted, "quiet"))
    told = " · ".join(f"{label} {value}" for label, value in of_record(report, _REPORTED))
    parts: list[QWidget] = [words(told, "sub", wrap=True)]
    parts += [words(said, wrap=True) for said in (report.content, report.answer) if said]
    return framed(column(head, *parts, gap=2), "note", margins=12)


def warning_cards(
    case: CaseFile, settings: Settings, wanted: SignalInstance | None
) -> Sequence[tuple[str, list[QFrame]]]:
    """The warnings of a dispute and its urgent reports, under their headings."""
    return (
        (tr("预警"), [_notice(entry, settings, wanted) for entry in case.warnings]),
        (tr("上报公安或有关部门"), [_report(entry, wanted) for entry in reversed(case.reports)]),
    )


def level_chip(level: object, settings: Settings) -> Chip:
    """The chip of a risk level as it is called here."""
    meant = practice(level, settings)  # type: ignore[arg-type]
    return Chip(tr(meant.label), Tone(meant.tone))
