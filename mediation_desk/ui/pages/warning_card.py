"""The card of one warning: why, which level, how far it has come, who was told, what to do next."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediation_desk.desk.agenda import title_of
from mediation_desk.desk.warning_register import Ask, WarningRow, cases_behind
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.risk_levels import left_words, level_words
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, WarningStep
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.case_parts import pairs, way_back
from mediation_desk.ui.pages.dispute_forms import DISPOSAL, INSTRUCTION, REPORT, RISK, WARNING
from mediation_desk.ui.pages.warning_lines import said_of
from mediation_desk.ui.pages.warning_notes import level_chip
from mediation_desk.ui.pages.works_views import GoButton
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    Scroll,
    clear,
    column,
    line,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, wall_clock
from mediation_desk.words import tr

_STEPS = tuple(WarningStep)


def _steps(shown: WarningRow) -> QWidget:
    """The four steps in a line, the present one in blue, those gone through in green."""
    made = QWidget()
    flow = FlowLayout(made, gap=8)
    flow.setContentsMargins(0, 0, 0, 0)
    at = _STEPS.index(shown.step)
    for place, step in enumerate(_STEPS):
        tone = Tone.GREEN if place < at else Tone.BLUE if place == at else Tone.NEUTRAL
        flow.addWidget(Chip(f"{place + 1} {tr(step.label)}", tone))
    return made


def _told(shown: WarningRow, settings: Settings) -> Iterator[tuple[str, str]]:
    """Label and value of what is known; what is empty is left out."""
    notice = shown.notice
    yield tr("预警理由"), shown.reason
    if shown.suggested is not None:
        yield tr("规则建议"), level_words(shown.suggested, settings)
    yield tr("责任人"), shown.owner
    left, _tone = left_words(shown.due_by, wall_clock())
    yield tr("处置时限"), " · ".join(filter(None, (shown.due_by, left)))
    if notice is None:
        return
    raised = tr("{day} {by}").format(day=notice.raised_on, by=notice.raised_by)
    yield tr("提出"), raised
    for label, day, by, said in (
        (tr("核实"), notice.decided_on, notice.decided_by, notice.decision),
        (tr("司法所意见"), notice.instructed_on, notice.instructed_by, notice.instruction),
        (tr("处置"), notice.disposed_on, notice.disposed_by, notice.disposal),
    ):
        if day is not None:
            yield label, " ".join(filter(None, (str(day), by, said)))


def _reports(shown: WarningRow) -> Iterator[QWidget]:
    owed = shown.reporting
    if owed is not None and owed.to_body:
        yield Chip(tr("还没有上报公安或有关部门"), Tone.RED)
    if owed is not None and owed.to_office:
        yield Chip(tr("还没有报司法所"), Tone.RED)
    for report in shown.reports:
        told = tr("{day} {time} 报{body}").format(
            day=report.reported_on, time=report.time, body=report.body
        )
        answer = tr("已答复") if report.answered_on is not None else tr("还没有答复")
        yield words(tr("{told}（{answer}）").format(told=told, answer=answer), wrap=True)


class WarningCard(QFrame):
    """Shows one row of the register of warnings, and where to go on with it."""

    going = Signal(object)
    back_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "card")
        self._workplace = workplace
        self.shown: WarningRow | None = None
        self._title, self._more = Elided("", "heading"), words("", "sub", wrap=True)
        self._state, self._level = Chip(), row(gap=0)
        self._back = way_back(self.back_wanted.emit)
        self._body: Scroll | None = None
        self._acts = FlowLayout(gap=10)
        self._acts.setContentsMargins(18, 10, 18, 10)
        head = column(
            row(self._back, self._title, self._level, self._state, gap=8), self._more, gap=2
        )
        head.setContentsMargins(18, 12, 18, 8)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.setSpacing(0)
        self._stack.addLayout(head)
        self._stack.addWidget(line("line"))
        self._stack.addStretch(1)
        self._stack.addWidget(line("line"))
        self._stack.addLayout(self._acts)

    def show_back(self, *, wanted: bool) -> None:
        """Offer the way back to the list."""
        self._back.setVisible(wanted)

    def show_row(self, shown: WarningRow) -> None:
        """Show a row of the register."""
        self.shown = shown
        settings = self._workplace.register.settings
        self._title.setText(title_of(shown.line))
        told = [shown.line.number, shown.line.unit_name]
        told.append(tr(shown.rule.label) if shown.rule is not None else tr("风险等级"))
        self._more.setText(" · ".join(filter(None, told)))
        said, tone = said_of(shown, wall_clock(), settings)
        self._state.show_state(said, tone)
        clear(self._level)
        if shown.level is not None:
            self._level.addWidget(level_chip(shown.level, settings))
        self._put(shown, settings)
        self._offer(shown)

    def _put(self, shown: WarningRow, settings: Settings) -> None:
        if self._body is not None:
            self._stack.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        parts: list[QWidget] = [_steps(shown)]
        told = QWidget()
        grid = pairs(pair for pair in _told(shown, settings) if pair[1])
        grid.setContentsMargins(0, 0, 0, 0)
        told.setLayout(grid)
        parts.append(told)
        reports = list(_reports(shown))
        if reports:
            parts += [words(tr("上报"), "heading"), *reports]
        parts += self._behind(shown)
        body = column(*parts, None, gap=12)
        body.setContentsMargins(18, 14, 18, 14)
        self._body = scrolled(body)
        self._stack.insertWidget(2, self._body, 1)
        self._stack.setStretch(3, 0)

    def _behind(self, shown: WarningRow) -> list[QWidget]:
        """The other disputes that gave cause."""
        others = [
            found
            for found in cases_behind(self._workplace.register, shown)
            if found.dispute.id != shown.line.dispute.id
        ]
        if not others:
            return []
        lines = QWidget()
        listed = column(gap=4)
        for found in others:
            go = Go("disputes", "show", found.dispute.id)
            button = self._button(found.number, go, "quiet")
            told = words(f"{title_of(found)} · {found.unit_name}", "sub", wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            beside = row(button, told, gap=8)
            beside.setStretch(1, 1)
            listed.addLayout(beside)
        lines.setLayout(listed)
        return [words(tr("有关的其他纠纷"), "heading"), lines]

    def _button(self, label: str, go: Go, name: str = "") -> GoButton:
        made = GoButton(label, go, name)
        made.going.connect(self.going)
        return made

    def _mine(self, shown: WarningRow) -> bool:
        committee = self._workplace.register.committee
        return committee is not None and committee.id == shown.line.dispute.unit_id

    def _offer(self, shown: WarningRow) -> None:
        clear(self._acts)
        first = True
        for label, step in self._steps_of(shown):
            go = Go("disputes", "step", shown.line.dispute.id, step)
            self._acts.addWidget(self._button(label, go, "primary" if first else ""))
            first = False
        go = Go("disputes", "show", shown.line.dispute.id)
        self._acts.addWidget(self._button(tr("看纠纷 (&G)"), go, "primary" if first else ""))

    def _steps_of(self, shown: WarningRow) -> Iterator[tuple[str, str]]:
        """What can be done about a row at this desk, the most urgent first."""
        mine, rule = self._mine(shown), shown.rule.value if shown.rule is not None else ""
        owed = shown.reporting is not None and shown.reporting.owed
        if mine and owed:
            yield tr("上报 (&B)"), REPORT
        if shown.ask is Ask.VERIFY or shown.sign is not None:
            yield tr("核实 (&Y)"), f"{WARNING}:{rule}"
        done = (NoticeState.DISPOSED, NoticeState.REJECTED)
        open_ = shown.notice is not None and shown.state not in done
        if mine and open_ and shown.step is not WarningStep.DISPOSED:
            yield tr("登记处置 (&C)"), f"{DISPOSAL}:{rule}"
        if not mine and self._workplace.office and rule:
            yield tr("提出意见 (&J)"), f"{INSTRUCTION}:{rule}"
        if isinstance(shown.level, RiskLevel) and mine:
            yield tr("重新评估等级 (&P)"), RISK
