"""The forms of ending without an agreement: terminating, not taking in, handing over."""

from dataclasses import replace

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Direction,
    ReferralChannel,
    RefusalReason,
    TerminationReason,
)
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_REFERRAL = (
    Place("channel", 4, required=True),
    Place("body", 4, required=True, label=tr("接收机构"), hint=tr("如 镇政府、人民法院")),
    Place("letter_on", 4),
    Place("letter_number", 4),
    Place("answer_due_on", 4),
)


class TerminateForm(StepForm):
    """Ending the mediation, after which the parties know where else to turn."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("终止调解"), about)
        places = (
            Place("closed_on", 4, required=True),
            Place("termination", 5, required=True),
            Place("remedies_told", 3),
        )
        told = tr(
            "调解不成的，应当终止调解，并告知当事人可以依法通过仲裁、行政、司法等途径"
            "维护自己的权利（人民调解法第二十六条）。告知了就勾上。"
        )
        shown = replace(case.dispute, closed_on=today())
        self.dispute = self.part(places, shown, sentence=told)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        ended = lifecycle.terminate(
            self.case.dispute,
            typed.closed_on or today(),
            typed.termination or TerminationReason.NO_AGREEMENT,
            remedies_told=typed.remedies_told,
        )
        return replace(self.case, dispute=ended)


class RefuseForm(StepForm):
    """Not taking a dispute in, with the reason the applicant is told."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, about: str, why: RefusalReason | None
    ) -> None:
        super().__init__(workplace, case, tr("不予受理"), about)
        places = (
            Place("closed_on", 3, required=True, label=tr("决定日期")),
            Place("refusal", 6, required=True),
            Place("remedies_told", 3),
        )
        told = tr(
            "请把理由讲给申请人听，并告诉他还可以依法通过仲裁、行政、司法等途径"
            "维护自己的权利。告知了就勾上。"
        )
        shown = replace(case.dispute, closed_on=today(), refusal=why)
        self.dispute = self.part(places, shown, sentence=told)
        self.end_cards()

    def after(self) -> CaseFile:
        typed = self.dispute.record()
        ended = lifecycle.refuse(
            self.case.dispute,
            typed.closed_on or today(),
            typed.refusal or RefusalReason.PARTY,
            remedies_told=typed.remedies_told,
        )
        return replace(self.case, dispute=ended)


class TransferForm(StepForm):
    """Handing a dispute over, with the letter that says to whom."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        super().__init__(workplace, case, tr("转交"), about)
        shown = replace(case.dispute, closed_on=today())
        places = (Place("closed_on", 4, required=True, label=tr("转交日期")),)
        self.dispute = self.part(places, shown)
        self.referral: RecordForm[Referral] = RecordForm(Referral, _REFERRAL)
        blank = Referral(
            id=new_id(),
            dispute_id=case.dispute.id,
            direction=Direction.OUT,
            channel=ReferralChannel.OTHER,
            letter_on=today(),
        )
        self.referral.show_record(blank)
        self.watch(blank.id, self.referral)
        self.add_card(words(tr("转交给谁"), "heading"), self.referral)
        self.end_cards()

    def after(self) -> CaseFile:
        day = self.dispute.record().closed_on or today()
        ended = lifecycle.transfer(self.case.dispute, day)
        referrals = (*self.case.referrals, self.referral.record())
        return replace(self.case, dispute=ended, referrals=referrals)


def terminate_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for ending without agreement."""
    return TerminateForm(place, case, about)


def refuse_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for not taking in; `part` is the code of the reason, if it is known already."""
    return RefuseForm(place, case, about, RefusalReason.of(part) if part else None)


def transfer_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for handing over."""
    return TransferForm(place, case, about)
