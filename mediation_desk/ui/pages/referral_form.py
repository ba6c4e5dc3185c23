"""A hand-over in or out with its letter, and the answer to it."""

from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtWidgets import QLabel

from mediation_desk.domain import linking
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import Direction, ReferralChannel, Source
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PLACES = (
    Place("direction", 3, required=True),
    Place("channel", 3, required=True),
    Place("body", 6, required=True, hint=tr("如 县人民法院、派出所、镇信访办")),
    Place("letter_number", 4, hint=tr("没有函件不填")),
    Place("letter_on", 4),
    Place("consent_on", 4),
    Place("delegation", 6),
    Place("received_on", 6),
    Place("first_petition", 6),
    Place("petition_split", 6),
    Place("answer_due_on", 4),
    Place("answered_on", 4),
    Place("answer", 12, hint=tr("办理结果怎样；还没有答复的先不填")),
)
_ANSWER = (
    Place("answered_on", 4, required=True),
    Place("answer", 12, required=True, hint=tr("办理结果怎样，协议怎样约定，或为什么没有调成")),
)
_COURT = ("delegation", "received_on")
_PETITION = ("first_petition", "petition_split")
_CHANNELS = {
    Source.COURT: ReferralChannel.COURT,
    Source.PROCURATORATE: ReferralChannel.PROCURATORATE,
    Source.POLICE: ReferralChannel.POLICE,
    Source.PETITION: ReferralChannel.PETITION,
    Source.OTHER: ReferralChannel.OTHER,
}
_WHAT_COURTS_GIVE = tr(
    "立案前委派调解三十日，立案后委托调解普通程序十五日、简易程序七日，都从签收材料之日起算；"
    "双方同意的可以延长，答复期限随时可以改。"
)


def _blank(case: CaseFile) -> Referral:
    """A letter in where the dispute was handed over and none is noted yet, else a letter out."""
    channel = _CHANNELS.get(case.dispute.source)
    came = any(entry.direction is Direction.IN for entry in case.referrals)
    inward = channel is not None and not came
    return Referral(
        id=new_id(),
        dispute_id=case.dispute.id,
        direction=Direction.IN if inward else Direction.OUT,
        channel=channel if channel and inward else ReferralChannel.OTHER,
        letter_on=None if inward else today(),
        received_on=case.dispute.intake_on if inward else None,
    )


class ReferralForm(PartForm):
    """One hand-over: a new one, or `shown` to be corrected."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, about: str, shown: Referral | None
    ) -> None:
        title = tr("修改衔接记录") if shown else tr("登记衔接移送")
        super().__init__(workplace, case, title, about)
        self._shown = shown or _blank(case)
        self._offered: date | None = None
        channels = [
            (channel, tr(channel.label))
            for channel in ReferralChannel
            # The court's confirmation has a form of its own.
            if channel is not ReferralChannel.CONFIRMATION or channel is self._shown.channel
        ]
        self.referral: RecordForm[Referral] = RecordForm(Referral, _PLACES, {"channel": channels})
        self.referral.show_record(self._shown)
        for name in ("direction", "channel", "delegation"):
            self.referral.boxes[name].changed.connect(self._arrange)
        self.referral.boxes["received_on"].changed.connect(self._offer_due)
        self.watch(self._shown.id, self.referral)
        self._court = framed(column(words(_WHAT_COURTS_GIVE, "sub", wrap=True)), "note", margins=14)
        self.add_card(self.referral, self._court)
        if shown is not None:
            self.offer_striking()
        self.end_cards()
        self._arrange()

    def _arrange(self) -> None:
        boxes = self.referral.boxes
        inward = boxes["direction"].value() is Direction.IN
        channel = boxes["channel"].value()
        court = inward and channel is ReferralChannel.COURT
        not_court: tuple[str, ...] = () if court else _COURT
        self.referral.show_only(
            not_court + (() if channel is ReferralChannel.PETITION else _PETITION)
        )
        self._court.setVisible(court)
        body = tr("移送机构") if inward else tr("接收机构")
        boxes["body"].rename(body, required=True)
        answered = tr("我方答复日期") if inward else tr("收到答复日期")
        boxes["answered_on"].rename(answered, required=False)
        self._offer_due()

    def _offer_due(self) -> None:
        """Offer the day the rules give, unless another one stands there."""
        due = self.referral.boxes["answer_due_on"]
        if not self.referral.whole() or due.value() not in {None, self._offered}:
            return
        self._offered = linking.court_due(self._typed())
        if self._offered is not None:
            due.show_value(self._offered)

    def _typed(self) -> Referral:
        """What was typed, without what the chosen channel has no place for."""
        typed = self.referral.record()
        if typed.channel is not ReferralChannel.PETITION:
            typed = replace(typed, first_petition=False, petition_split=None)
        if typed.channel is not ReferralChannel.COURT or typed.direction is Direction.OUT:
            typed = replace(typed, delegation=None, received_on=None)
        return typed

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.referrals if entry.id != self._shown.id)
        return replace(self.case, referrals=(*others, self._typed()))

    def without(self) -> CaseFile:
        others = tuple(entry for entry in self.case.referrals if entry.id != self._shown.id)
        return replace(self.case, referrals=others)


class AnswerForm(PartForm):
    """The answer to one letter: ours to who handed over, or theirs to us."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, shown: Referral) -> None:
        inward = shown.direction is Direction.IN
        title = tr("写答复") if inward else tr("登记收到的答复")
        super().__init__(workplace, case, title, about)
        self._shown = shown
        self.answer: RecordForm[Referral] = RecordForm(Referral, _ANSWER)
        self.answer.show_record(replace(shown, answered_on=shown.answered_on or today()))
        self.watch(shown.id, self.answer)
        self.add_card(words(shown.body, "strong", wrap=True), self._letter(), self.answer)
        self.end_cards()

    def _letter(self) -> QLabel:
        shown = self._shown
        due = shown.answer_due_on
        parts = (
            tr(shown.channel.label),
            shown.letter_number,
            tr("函件日期 {day}").format(day=shown.letter_on) if shown.letter_on else "",
            tr("答复期限 {day}").format(day=due) if due else "",
        )
        return words(" · ".join(part for part in parts if part), "sub", wrap=True)

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.referrals if entry.id != self._shown.id)
        return replace(self.case, referrals=(*others, self.answer.record()))


def referral_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new hand-over, or for the one with the id `part`."""
    shown = next((entry for entry in case.referrals if entry.id == part), None)
    return ReferralForm(place, case, about, shown)


def answer_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for the answer to the letter with the id `part`."""
    shown = cast(Referral, place.register.get("referral", part))
    form = AnswerForm(place, case, about, shown)
    if shown.void_reason:
        form.tell_gone()
    return form
