"""A new number for a case that shares its own with another."""

from typing import cast

from mediation_desk.desk import renumbering
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import Problem
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import ReasonedForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class RenumberForm(ReasonedForm):
    """Which number the case has, who else has it, and which one it gets."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("换编号"), about)
        register, dispute = workplace.register, case.dispute
        others = renumbering.sharing(register, dispute)
        now = case_number(dispute, register.committee, register.settings.numbering_pattern)
        if others:
            told = tr("编号 {now} 还有{others}在用。本件换成 {label}；要给另一件换的，请先取消。")
        else:
            told = tr("编号 {now} 只有本件在用，不用换。")
        named = renumbering.named(register, others)
        label = renumbering.next_label(register, dispute)
        self.told = words(told.format(now=now, others=named, label=label), "strong", wrap=True)
        more = tr(
            "换了以后，原来的编号留在修改记录里，下一份报送会告诉司法所。"
            "已经打印、送出的文书上还是原来的编号，请换打，或在卷宗情况说明里注明。"
        )
        self.why.show_value(tr("编号与另一件相同"))
        self.add_card(self.told, self.why, words(more, "sub", wrap=True))
        self.end_cards()
        self.save_button.setText(tr("换编号 (&S)"))

    def after(self) -> CaseFile:
        return self.case

    def _found(self, _case: CaseFile) -> list[Problem]:
        """What else the file lacks has nothing to do with its number."""
        return []

    def _keep(self, _case: CaseFile) -> None:
        self._hold(held=True)
        self.workplace.jobs.run(
            self.drafting.around(self._renumber),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在换编号…"),
        )

    def _renumber(self) -> CaseFile:
        register, dispute_id = self.workplace.register, self.case.dispute.id
        actor, why = self.workplace.actor, str(self.why.value())
        renumbering.renumber(register, dispute_id, actor, why, self.drafting.id)
        return cast(CaseFile, register.case(dispute_id))


def renumber_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for giving a case another number."""
    return RenumberForm(place, case, about)
