"""What is done about a warning: verifying it, saying how it was dealt with, instructing."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QFrame

from mediation_desk.desk import watching
from mediation_desk.desk.agenda import title_of
from mediation_desk.domain import warning_acts
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.early_warning import level_now
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.domain.record import new_id
from mediation_desk.domain.risk_levels import choices, level_words, practice
from mediation_desk.domain.warning_codes import NoticeState, WarningRule
from mediation_desk.domain.warning_notice import WarningNotice
from mediation_desk.ui.editors import ChoiceEditor, LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.dispute_forms import REPORT
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.report_form import ARTICLE_25
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today, wall_clock
from mediation_desk.words import tr

_NO_NAMES = tr("这里写的话会随报送或回件原样带走，请不要写当事人的姓名、身份证号和电话。")
_STATES = (NoticeState.CONFIRMED, NoticeState.REJECTED)
_GONE = tr("这条预警的依据已经没有了，不用再办。请点“取消”返回。")


def _told(workplace: Workplace, notice: WarningNotice) -> QFrame:
    """Why the warning was raised, what was found before, and what the office wants."""
    settings = workplace.register.settings
    said = ""
    if notice.suggested is not None:
        said = tr("规则建议定为{level}").format(level=level_words(notice.suggested, settings))
    head = row(words(tr(notice.rule.label), "strong"), words(said, "sub"), None, gap=12)
    parts = column(head, words(notice.reason, wrap=True), gap=6)
    for line in _others(workplace, notice):
        parts.addWidget(words(line, "sub", wrap=True))
    if notice.decided_on is not None:
        told = tr("{day} {by} 核实：{state}。{why}").format(
            day=notice.decided_on,
            by=notice.decided_by,
            state=tr(notice.state.label),
            why=notice.decision,
        )
        parts.addWidget(words(told, "sub", wrap=True))
    if notice.instruction:
        told = tr("司法所意见（{day} {by}）：{words}").format(
            day=notice.instructed_on, by=notice.instructed_by, words=notice.instruction
        )
        parts.addWidget(words(told, "strong", wrap=True))
    return framed(parts, "warn", margins=14)


def _others(workplace: Workplace, notice: WarningNotice) -> list[str]:
    """The other disputes that gave cause for a warning, a line for each."""
    register = workplace.register
    told = (entry.partition(":") for entry in notice.evidence.split())
    ids = {value for name, _, value in told if name == "dispute"} - {notice.dispute_id}
    return [
        tr("{number} {unit} · {title} · {day}").format(
            number=line.number,
            unit=line.unit_name,
            title=title_of(line),
            day=line.dispute.intake_on or "",
        )
        for line in register.rows_at(register.places_of(ids))
    ]


class NoticeForm(StepForm):
    """A form about one warning; `notice` is that of `rule`, raised now where it was not before."""

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        title: str,
        about: str,
        rule: WarningRule,
        places: Sequence[Place],
    ) -> None:
        super().__init__(workplace, case, f"{title} · {tr(rule.label)}", about)
        self._rule = rule
        found = self._now(case)
        self._raised = found is not None
        self.notice = found or self._gone()
        self.form: RecordForm[WarningNotice] = RecordForm(WarningNotice, places, self._choices())
        self.form.show_record(self._shown(self.notice))
        self.watch(self.notice.id, self.form)
        if not self._raised:
            self.save_button.setEnabled(False)
            self.save_button.setToolTip(_GONE)
            self.warn(_GONE)

    def _gone(self) -> WarningNotice:
        """What stands in the form where the warning is no more, as a draft may find."""
        return WarningNotice(
            id=new_id(),
            dispute_id=self.case.dispute.id,
            desk_id=self.by.desk_id,
            rule=self._rule,
            raised_on=today(),
        )

    def _tell_why(self) -> None:
        """Show why the warning was raised; that it is no more stands above the page."""
        if self._raised:
            self.add_part(_told(self.workplace, self.notice))

    def _choices(self) -> dict[str, list[tuple[object, str]]]:
        return {}

    def _shown(self, notice: WarningNotice) -> WarningNotice:
        """The notice as the form begins."""
        return notice

    @property
    def by(self) -> warning_acts.By:
        """Who acts, where and when."""
        register = self.workplace.register
        own = register.committee or register.unit
        desk = register.unit if self.workplace.office else own
        return warning_acts.By(self.workplace.actor, desk.id, wall_clock())

    def _now(self, case: CaseFile) -> WarningNotice | None:
        signs = watching.signs_about(self.workplace.register, case, today())
        return warning_acts.notice_about(case, self._rule, signs, self.by)

    def _found(self, case: CaseFile) -> list[Problem]:
        """Only what is written here; what else is wrong with the file the card tells."""
        place = next(n for n, entry in enumerate(case.warnings) if entry.id == self.notice.id)
        found = super()._found(case)
        return [problem for problem in found if problem.field.startswith(f"warnings.{place}.")]

    def acted(self, case: CaseFile, notice: WarningNotice) -> CaseFile:
        """The file after what was typed into `notice`."""
        raise NotImplementedError

    def after(self) -> CaseFile:
        return self.acted(self.case, self.form.record())


class WarningForm(NoticeForm):
    """A person says whether a warning is true, and if so sets the level."""

    _PLACES = (
        Place("state", 4, required=True, label=tr("核实结果")),
        Place("level", 4, label=tr("定为")),
        Place("decision", 12, hint=tr("怎样核实的；不成立的写明为什么")),
    )

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, rule: WarningRule) -> None:
        super().__init__(workplace, case, tr("核实预警"), about, rule, self._PLACES)
        self.owner = FieldBox(tr("责任人"), LineEditor(tr("由谁盯住这件纠纷")))
        self.owner.show_value(self._usual_owner())
        self.watch_box("owner", self.owner)
        self.form.grid.add(self.owner, 4, before=self.form.boxes["decision"])
        self._report = framed(column(words(ARTICLE_25, "strong", wrap=True)), "bad", margins=14)
        self.form.grid.add(self._report, 12, before=self.form.boxes["decision"])
        self._hours = words("", "sub", wrap=True)
        self.form.grid.add(self._hours, 12, before=self.form.boxes["decision"])
        self._tell_why()
        self.add_card(self.form, words(_NO_NAMES, "sub", wrap=True))
        self.end_cards()
        self.form.boxes["state"].changed.connect(self._arrange)
        self.form.boxes["level"].changed.connect(self._levelled)
        self._arrange()

    def _choices(self) -> dict[str, list[tuple[object, str]]]:
        settings = self.workplace.register.settings
        return {
            "state": [(state, tr(state.label)) for state in _STATES],
            "level": [*choices(settings)],
        }

    def _shown(self, notice: WarningNotice) -> WarningNotice:
        standing = level_now(self.case.dispute, self.case.risks)
        levels = [level for level in (standing, notice.suggested) if level is not None]
        level = max(levels, key=lambda one: one.value, default=RiskLevel.YELLOW)
        return replace(notice, state=NoticeState.CONFIRMED, level=level, decision="")

    def _level(self) -> RiskLevel | None:
        level: RiskLevel | None = self.form.boxes["level"].value()
        return level

    def _usual_owner(self) -> str:
        level = self._level()
        settings = self.workplace.register.settings
        return practice(level, settings).owner if level is not None else ""

    def _levelled(self) -> None:
        if not self.owner.touched:
            self.owner.show_value(self._usual_owner())
        self._arrange()

    def _arrange(self) -> None:
        true = self.form.boxes["state"].value() is NoticeState.CONFIRMED
        level, settings = self._level(), self.workplace.register.settings
        meant = practice(level, settings) if level is not None else None
        self.form.show_only(() if true else ("level",))
        self.owner.setVisible(true)
        self._report.setVisible(true and meant is not None and meant.at_once)
        hours = meant.hours if meant is not None else 0
        self._hours.setText(tr("这一级应在 {hours} 小时内处置。").format(hours=hours))
        self._hours.setVisible(true and bool(hours))
        self.form.grid.lay_again()

    def _understood(self) -> bool:
        self.form.boxes["decision"].tell("")
        if not super()._understood():
            return False
        rejected = self.form.boxes["state"].value() is NoticeState.REJECTED
        if rejected and not self.form.boxes["decision"].value():
            self.form.boxes["decision"].tell(tr("请写明为什么不成立；有新情况时程序才会再提醒。"))
            self._to(self.form.boxes["decision"])
            return False
        return True

    def acted(self, case: CaseFile, notice: WarningNotice) -> CaseFile:
        by, settings = self.by, self.workplace.register.settings
        self.then = ""
        if notice.state is NoticeState.REJECTED:
            self.reason = tr("核实预警：不成立")
            return warning_acts.rejected(case, notice, by)
        if notice.level is None:
            raise DeskError(tr("没有选等级。") + tr("请选择定为哪一级。"))
        reasons = tr("；").join(filter(None, (notice.reason, notice.decision)))
        owner = str(self.owner.value())
        risk = warning_acts.next_risk(case, notice.level, owner, reasons, by, settings)
        level = level_words(notice.level, settings)
        self.reason = tr("核实预警：属实，定为{level}").format(level=level)
        # What is reported at once is asked for at once.
        at_once = practice(notice.level, settings).at_once
        self.then = REPORT if at_once and self._own else ""
        return warning_acts.confirmed(case, notice, risk, by)

    @property
    def _own(self) -> bool:
        committee = self.workplace.register.committee
        return committee is not None and committee.id == self.case.dispute.unit_id


class DisposalForm(NoticeForm):
    """What was done about a warning, and the level afterwards if it is another."""

    _PLACES = (Place("disposal", 12, required=True, hint=tr("采取了什么措施，现在情况怎样")),)

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, rule: WarningRule) -> None:
        super().__init__(workplace, case, tr("登记处置"), about, rule, self._PLACES)
        settings = workplace.register.settings
        self.level = FieldBox(
            tr("处置后的等级（不变的不用选）"), ChoiceEditor(choices(settings), optional=True)
        )
        self.watch_box("level", self.level)
        self.form.grid.add(self.level, 6)
        self._tell_why()
        self.add_card(self.form, words(_NO_NAMES, "sub", wrap=True))
        self.end_cards()

    def acted(self, case: CaseFile, notice: WarningNotice) -> CaseFile:
        by, settings = self.by, self.workplace.register.settings
        self.reason = tr("登记预警处置")
        after = warning_acts.disposed(case, notice, by)
        level: RiskLevel | None = self.level.value()
        if level is None:
            return after
        owner = case.risks[-1].owner if case.risks else by.actor
        risk = warning_acts.next_risk(case, level, owner, notice.disposal, by, settings)
        return replace(after, risks=(*after.risks, risk))


class InstructionForm(NoticeForm):
    """What the office wants a village to do about a warning."""

    _PLACES = (
        Place("instruction", 12, required=True, hint=tr("要村里做什么、什么时候做完、报给谁")),
    )

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, rule: WarningRule) -> None:
        super().__init__(workplace, case, tr("司法所意见"), about, rule, self._PLACES)
        self.reason = tr("对预警提出意见")
        told = tr("保存后到“报送—回件”里做回件交给村里。")
        self._tell_why()
        self.add_card(self.form, words(told + _NO_NAMES, "sub", wrap=True))
        self.end_cards()

    def acted(self, case: CaseFile, notice: WarningNotice) -> CaseFile:
        return warning_acts.instructed(case, notice, self.by)


def _rule(place: Workplace, case: CaseFile, part: str) -> WarningRule:
    """The rule that was named, or else the first about which there is anything to say."""
    if part:
        return WarningRule.of(part)
    asked = [entry.rule for entry in case.warnings if entry.state is NoticeState.OPEN]
    found = asked or [sign.rule for sign in watching.signs_about(place.register, case, today())]
    return found[0] if found else WarningRule.GROUP


def warning_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for verifying the warning of the rule `part`."""
    return WarningForm(place, case, about, _rule(place, case, part))


def disposal_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for saying how the warning of the rule `part` was dealt with."""
    return DisposalForm(place, case, about, _rule(place, case, part))


def instruction_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for what the office wants done about the warning of the rule `part`."""
    return InstructionForm(place, case, about, _rule(place, case, part))
