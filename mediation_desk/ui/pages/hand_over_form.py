"""Handing a case over between the township's committee and a village: to whom, and why."""

from functools import partial
from typing import cast

from mediation_desk.desk import handing_over
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.problems import Problem
from mediation_desk.ui.editors import ChoiceEditor, PaperEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class HandOverForm(StepForm):
    """To whom a case goes and why; from then on it is the receiver's, and here it is only read."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("移交"), about)
        found = handing_over.receivers(workplace.register)
        told = tr(
            "移交以后，这件纠纷归对方，由对方编号、办理和统计；这里还能查看，不能再改。"
            "连同当事人信息、笔录、协议和照片，随下一份文件封存后交给对方。"
        )
        if workplace.office:
            told += tr("请到“报送—回件”里做给这个村的回件。")
            none = tr("还没有能接收的村。请先在“报送—开户”里做开户文件，收到它的第一份报送再移交。")
        else:
            told += tr("请在“报送”里做下一份报表。")
            none = tr("还不能移交：请先打开司法所给的开户文件。村里只能移交给本乡镇的调委会。")
        units = [(unit.id, unit.committee or unit.name) for unit in found]
        self.to = FieldBox(tr("移交给"), ChoiceEditor(units, optional=True), required=True)
        if len(found) == 1:
            self.to.show_value(found[0].id)
        self.why = FieldBox(tr("移交原因"), PaperEditor(), required=True)
        self.watch_box("to", self.to)
        self.watch_box("why", self.why)
        self.add_card(self.to, self.why, words(told, "sub", wrap=True))
        self.end_cards()
        self.save_button.setText(tr("移交 (&S)"))
        if not found:
            self.warn(none)

    def focus_first(self) -> None:
        self._to(self.why if self.to.value() else self.to)

    def _understood(self) -> bool:
        empty = [box for box in (self.to, self.why) if not box.value()]
        for box in empty:
            box.tell(tr("请选择移交给谁。") if box is self.to else tr("请写明移交原因。"))
        if empty:
            self._to(empty[0])
        return not empty

    def after(self) -> CaseFile:
        return self.case

    def _found(self, _case: CaseFile) -> list[Problem]:
        """What the file still lacks is for the receiver to see to."""
        return []

    def _keep(self, _case: CaseFile) -> None:
        self._hold(held=True)
        to, why = str(self.to.value()), str(self.why.value())
        self.workplace.jobs.run(
            self.drafting.around(partial(self._hand_over, to, why)),
            owner=self,
            done=self._kept,
            failed=self._refused,
            words=tr("正在移交…"),
        )

    def _hand_over(self, to: str, why: str) -> CaseFile:
        register, dispute_id = self.workplace.register, self.case.dispute.id
        actor, draft_id = self.workplace.actor, self.drafting.id
        handing_over.hand_over(register, dispute_id, to, why, actor, today(), draft_id)
        return cast(CaseFile, register.case(dispute_id))


def hand_over_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for handing a case over."""
    return HandOverForm(place, case, about)
