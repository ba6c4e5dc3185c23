"""A case given back: the office writes what is to be put right, the village that it is done."""

from dataclasses import replace
from functools import partial

from mediation_desk.desk import giving_back, inspecting
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.returning import Return
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.returned_notes import returned_note
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_WORDS = (
    Place("words", 12, required=True, hint=tr("写清楚缺什么、哪里不对、怎么改，一条意见写一件事")),
)
_ANSWER = (Place("answer", 12, hint=tr("可以不写；如 已补盖章日期，原件在卷宗第6页")),)


def _with(case: CaseFile, entry: Return) -> CaseFile:
    """The file with a return, new or in place of its earlier state."""
    others = (kept for kept in case.returns if kept.id != entry.id)
    return replace(case, returns=(*others, entry))


class ReturnForm(StepForm):
    """What the office wants put right in a case that a village registered."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, begun: str = "") -> None:
        super().__init__(workplace, case, tr("退回补正"), about)
        self._shown = giving_back.blank_return(case.dispute, workplace.actor, today(), begun)
        told = tr(
            "写好后记在本机；到“报送—回件”里做回件交给村里。回件会原样带上这段话，"
            "请不要写当事人的姓名、身份证号和电话。保存后不能再改，写错了请另写一条说明。"
        )
        self.entry: RecordForm[Return] = RecordForm(Return, _WORDS)
        self.entry.show_record(self._shown)
        self.watch(self._shown.id, self.entry)
        self.add_card(words(told, "sub", wrap=True), self.entry)
        self.end_cards()
        self.save_button.setText(tr("退回 (&S)"))

    def after(self) -> CaseFile:
        return _with(self.case, self.entry.record())

    def _found(self, case: CaseFile) -> list[Problem]:
        """Only the words are the office's; what else is wrong with the file they may tell of."""
        place = next(n for n, kept in enumerate(case.returns) if kept.id == self._shown.id)
        found = giving_back.return_findings(case.returns[place], today())
        return [replace(entry, field=f"returns.{place}.{entry.field}") for entry in found]

    def _keep(self, _case: CaseFile) -> None:
        self._hold(held=True)
        keep = partial(
            giving_back.give_back,
            self.workplace.register,
            self.entry.record(),
            self.workplace.actor,
            today(),
            self.drafting.id,
        )
        self.workplace.jobs.run(
            self.drafting.around(keep),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在保存…"),
        )


class MendForm(StepForm):
    """The village's answer that a case is put right."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, shown: Return) -> None:
        super().__init__(workplace, case, tr("已改正"), about)
        self._shown = shown
        told = tr(
            "改正后的登记和下面的说明随下一份报表报给司法所。说明不遮姓名，"
            "请不要写当事人的姓名、身份证号和电话。"
        )
        self.entry: RecordForm[Return] = RecordForm(Return, _ANSWER)
        self.entry.show_record(shown)
        self.watch(shown.id, self.entry)
        self.add_part(returned_note(shown, today()))
        self.add_card(words(told, "sub", wrap=True), self.entry)
        self.end_cards()
        self.save_button.setText(tr("已改正 (&S)"))

    def after(self) -> CaseFile:
        now = next((kept for kept in self.case.returns if kept.id == self._shown.id), None)
        if now is None or not now.open:
            raise DeskError(tr("这条退回意见已经改正或撤销，不用再写。请点“取消”返回。"))
        by = self.workplace.actor
        return _with(self.case, replace(self.entry.record(), mended_on=today(), mended_by=by))


def return_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for giving a case back; with a `part` it begins with what the rules find."""
    begun = ""
    if part:
        found = inspecting.inspect_file(place.register, case, today())
        grave = [entry for entry in found if entry.problem.severity is not Severity.HINT]
        begun = inspecting.findings_words(case, grave)
    return ReturnForm(place, case, about, begun)


def mend_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for saying that what the return with the id `part` asks for is done."""
    shown = next(entry for entry in case.returns if entry.id == part)
    return MendForm(place, case, about, shown)
