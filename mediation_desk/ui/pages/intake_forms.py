"""The forms of taking in: accepting a registered dispute, and giving its mediation more time."""

from dataclasses import replace

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.limits import full_day, mediation
from mediation_desk.domain.linking import entrusted
from mediation_desk.ui.editors import YesEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.acceptance_card import AcceptanceCard
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class AcceptForm(StepForm):
    """Taking a registered dispute in."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("受理"), about)
        shown = replace(case.dispute, intake_on=today())
        told = tr(
            "告知了双方当事人在调解中的权利和义务（人民调解法第二十三、二十四条），就填上告知日期。"
        )
        places = (Place("intake_on", 4, required=True), Place("informed_on", 4))
        self.dispute = self.part(places, shown, sentence=told)
        self.acceptance = AcceptanceCard(workplace.register.types, refusable=False)
        self.acceptance.show_type(case.dispute.type)
        self.add_part(self.acceptance)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        accepted = lifecycle.accept(self.case.dispute, typed.intake_on or today())
        return replace(self.case, dispute=replace(accepted, informed_on=typed.informed_on))


class ExtendForm(StepForm):
    """Giving the mediation more time, to which both parties must agree."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("延长期限"), about)
        told = tr("只有双方当事人都同意，才能延长；有一方不同意的，请终止调解。")
        until = (Place("extended_to", 4, required=True),)
        self.dispute = self.part(until, case.dispute, sentence=self._now() + told)
        self.agreed = FieldBox(" ", YesEditor(tr("双方当事人都同意延长")))
        self.watch_box("agreed", self.agreed)
        self.dispute.grid.add(self.agreed, 8)
        self.end_cards()

    def _now(self) -> str:
        limits = self.workplace.register.limits
        due = mediation(self.case.dispute, limits, entrusted(self.case.referrals))
        if due is None:
            return tr("受理以后、结案以前才有调解期限。")
        if self.case.dispute.extended_to is not None:
            return tr("上次已延长到{day}。").format(day=full_day(due.day))
        # How it was counted ends with the day itself.
        return tr("调解期限{counted}。").format(counted=due.counted)

    def _understood(self) -> bool:
        if not super()._understood():
            return False
        if self.agreed.value():
            return True
        self.agreed.tell(tr("请征得双方同意后勾选。"))
        self._to(self.agreed)
        return False

    def after(self) -> CaseFile:
        until = self.dispute.record().extended_to or today()
        return replace(self.case, dispute=lifecycle.extend(self.case.dispute, until))


def accept_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for taking in."""
    return AcceptForm(place, case, about)


def extend_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for a longer mediation period."""
    return ExtendForm(place, case, about)
