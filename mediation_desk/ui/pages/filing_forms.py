"""The forms of the file itself: archiving it, striking it out, taking it up again."""

from dataclasses import replace
from typing import cast

from mediation_desk.desk.inspecting import inspect_file
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.inspection_view import counted, finding_cards
from mediation_desk.ui.pages.step_forms import ReasonedForm, StepForm
from mediation_desk.ui.record_form import Place
from mediation_desk.ui.widgets import look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# What archiving itself mends.
_NOT_ARCHIVED = "L-archive"
_ARCHIVE = (
    Place("archived_on", 3, required=True, label=tr("立卷日期")),
    Place("retention", 3, required=True),
    Place("filed_by", 3),
    Place("reviewed_by", 3),
    Place("file_note", 12, hint=tr("卷内有要说明的写在这里，如缺少的材料、以后补充的材料")),
    Place("remark", 12),
)


class ArchiveForm(StepForm):
    """Putting the file away, with what its cover and back say."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("归档"), about)
        by = case.dispute.filed_by or workplace.actor
        shown = replace(case.dispute, archived_on=today(), filed_by=by)
        told = tr("保管期限按纠纷类型、协议内容和当事人情况选定；期满也不会自动销毁。")
        self.dispute = self.part(_ARCHIVE, shown, sentence=told)
        self._look_through()
        self.end_cards()

    def _look_through(self) -> None:
        """Say what the file still lacks before it is bound; nothing keeps it from being bound."""
        findings = [
            entry
            for entry in inspect_file(self.workplace.register, self.case, today())
            if entry.problem.rule != _NOT_ARCHIVED
        ]
        told = words(tr("卷宗体检：{told}").format(told=counted(findings)), "strong", wrap=True)
        more = tr("要改的请先取消，到这件纠纷的“体检”里点开去改；确实缺的写在卷宗情况说明里。")
        if not findings:
            more = tr("材料齐全，各处一致，可以归档。")
        self.add_card(told, words(more, "sub", wrap=True))
        for card in finding_cards(findings, self.case, None):
            self.add_part(card)

    def focus_first(self) -> None:
        self._to(self.dispute.boxes["retention"])

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        if typed.retention is None:
            raise DeskError(tr("没有选择保管期限。请选择短期、长期或永久。"))
        day = typed.archived_on or today()
        return replace(self.case, dispute=lifecycle.archive(typed, day, typed.retention))


class ReasonForm(ReasonedForm):
    """Steps that only want a reason: voiding and reopening."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, step: StepName) -> None:
        super().__init__(workplace, case, tr(step.label), about)
        self._step = step
        void = tr("作废后编号仍保留，不再计入统计，记录仍可查看。")
        reopen = tr("重新办理后，原来的结果和协议作废，纠纷回到办理中。")
        said = void if step is StepName.VOID else reopen
        self.add_card(words(said, "sub", wrap=True), self.why)
        self.end_cards()
        if step is StepName.VOID:
            self.save_button.setText(tr("作废 (&S)"))
            look(self.save_button, "danger")

    def after(self) -> CaseFile:
        reason = str(self.why.value())
        if self._step is StepName.VOID:
            return replace(self.case, dispute=lifecycle.void(self.case.dispute, reason))
        self.reason = tr("重新办理：{reason}").format(reason=reason)
        changed = lifecycle.reopen(self.case, reason)
        return replace(self.case, dispute=cast(Dispute, changed[0]), agreement=None, promises=())


def archive_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for putting the file away."""
    return ArchiveForm(place, case, about)


def void_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for striking a dispute out."""
    return ReasonForm(place, case, about, StepName.VOID)


def reopen_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for taking a closed dispute up again."""
    return ReasonForm(place, case, about, StepName.REOPEN)
