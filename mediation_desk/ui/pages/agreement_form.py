"""The agreement with its terms: reaching one, or completing its dates later."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QFrame

from mediation_desk.desk import recording
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import AgreementForm as FormOfAgreement
from mediation_desk.domain.codes import Performance
from mediation_desk.domain.derived import confirmation_until, effective_on
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.promises_card import PromiseForm, Promises
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import button, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_AGREEMENT = (
    Place("form", 3, required=True),
    Place("agreed_on", 3, required=True),
    Place("amount_fen", 3, hint=tr("没有就填 0")),
    Place("on_the_spot", 3),
    Place("content", 12, required=True),
    Place("manner", 12, hint=tr("怎样履行、什么时候履行完")),
    Place("parties_signed_on", 3),
    Place("mediator_signed_on", 3),
    Place("sealed_on", 3),
    Place("copies", 3),
)
_DATES = ("parties_signed_on", "mediator_signed_on", "sealed_on")
_WRITTEN_ONLY = (*_DATES, "copies")
# Neither title nor marital status is confirmed by a court (domain.md §4.2).
_NOT_CONFIRMABLE = "D13"


def effect(agreement: Agreement, limits: Limits) -> str:
    """From when the agreement binds, or what is missing for that, in words (Art 28-30, 33)."""
    if agreement.form is FormOfAgreement.ORAL:
        said = tr(
            "口头协议自达成之日 {day} 起生效（人民调解法第三十条），内容要记下来（第二十八条）。"
        )
        return said.format(day=agreement.agreed_on)
    effective, until = effective_on(agreement), confirmation_until(agreement, limits)
    if effective is None:
        names = [label_of(Agreement, name) for name in _DATES if getattr(agreement, name) is None]
        said = tr("还没有生效，缺{names}。三个日期都有了，书面协议才生效（人民调解法第二十九条）。")
        return said.format(names=tr("、").join(tr(name) for name in names))
    said = tr(
        "协议自 {day} 起生效（人民调解法第二十九条）。"
        "双方可以共同向人民法院申请司法确认，最迟 {until}（第三十三条）。"
    )
    return said.format(day=effective, until=until)


class SettleForm(StepForm):
    """Reaching an agreement, or changing the one there is."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        title = tr("达成协议") if case.agreement is None else tr("补充协议")
        super().__init__(workplace, case, title, about)
        self._warn_of_title()
        shown = case.agreement or Agreement(
            id=new_id(),
            dispute_id=case.dispute.id,
            form=FormOfAgreement.WRITTEN,
            agreed_on=today(),
            copies=len(case.parties) + 1,
        )
        self.agreement: RecordForm[Agreement] = RecordForm(Agreement, _AGREEMENT)
        self.agreement.show_record(shown)
        self.agreement.boxes["form"].changed.connect(self._arrange)
        self.agreement.changed.connect(self._tell_effect)
        self.watch(shown.id, self.agreement)
        self.same_day = button(tr("三个日期都是达成当天 (&D)"), self._sign_at_once, "quiet")
        self._effect = words("", "", wrap=True)
        self.add_card(self.agreement, self._effect_frame())
        self.sides = Promises(case, shown.id)
        self.sides.came.connect(self._came)
        self.sides.went.connect(self.forget)
        self.sides.changed.connect(self._changed)
        self.add_promise = self.sides.add_promise
        self.sides.instalments.made.connect(self._agree_on_parts)
        for name, box in self.sides.instalments.boxes.items():
            self.watch_box(f"instalments.{name}", box)
        self.add_card(self.sides)
        self.sides.show_promises(case.promises)
        self.end_cards()
        self._arrange()
        self.touched = False

    def _warn_of_title(self) -> None:
        """Say before it is written what a court will not confirm."""
        found = recording.case_findings(self.workplace.register, self.case, today())
        for problem in found:
            if problem.rule == _NOT_CONFIRMABLE:
                said = words(problem.message + problem.mend, "", wrap=True)
                self.add_part(framed(row(said), "warn", margins=14))

    def _effect_frame(self) -> QFrame:
        line = row(self._effect, self.same_day)
        line.setStretch(0, 1)
        return framed(line, "note", margins=12)

    @property
    def promises(self) -> list[PromiseForm]:
        """The forms of the terms in their order."""
        return self.sides.forms

    def _came(self, record_id: str, form: object) -> None:
        self.watch(record_id, cast("RecordForm[Promise]", form), f"promise:{record_id}")
        self.order_tabs()

    def _agree_on_parts(self, promises: object) -> None:
        """What is paid in parts is the sum of the agreement, if none was written yet."""
        box = self.agreement.boxes["amount_fen"]
        if not box.editor.content():
            parts = cast("tuple[Promise, ...]", promises)
            box.show_value(sum(promise.amount_fen for promise in parts))
            self._tell_effect()

    def _arrange(self) -> None:
        oral = self.agreement.boxes["form"].value() is FormOfAgreement.ORAL
        self.agreement.show_only(_WRITTEN_ONLY if oral else ())
        self._tell_effect()

    def _tell_effect(self) -> None:
        if self.agreement.whole():
            agreement = self.agreement.record()
            self._effect.setText(effect(agreement, self.workplace.register.limits))
            self.same_day.setVisible(effective_on(agreement) is None)
        self.sides.agree_on(int(self.agreement.boxes["amount_fen"].value()))

    def _sign_at_once(self) -> None:
        day = self.agreement.boxes["agreed_on"].value()
        for name in _DATES:
            self.agreement.boxes[name].show_value(day)
        self.agreement.changed.emit()

    def typed(self) -> dict[str, Any]:
        return super().typed() | {"promises": self.sides.shape()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        self.sides.reshape(typed.get("promises", self.sides.shape()))
        super().retype(typed)
        self.sides.show_instalments(wanted=self.sides.instalments.begun)

    def _understood(self) -> bool:
        if not super()._understood():
            return False
        if self.sides.instalments.begun:
            self._to(self.sides.instalments.remind())
            return False
        return True

    def _closed(self, agreement: Agreement) -> Dispute:
        """The dispute settled by the agreement, or with what its correction changes."""
        if self.case.agreement is None:
            return lifecycle.settle(self.case.dispute, agreement)
        dispute = replace(self.case.dispute, closed_on=agreement.agreed_on)
        if agreement.on_the_spot and not self.case.agreement.on_the_spot:
            return replace(dispute, performance=Performance.KEPT, performed_on=agreement.agreed_on)
        return dispute

    def after(self) -> CaseFile:
        agreement = self.agreement.record()
        if agreement.form is FormOfAgreement.ORAL:
            agreement = replace(
                agreement, parties_signed_on=None, mediator_signed_on=None, sealed_on=None
            )
        promises = self.sides.records()
        dispute = self._closed(agreement)
        if not agreement.on_the_spot:
            dispute = lifecycle.with_performance(dispute, promises, today())
        return replace(self.case, dispute=dispute, agreement=agreement, promises=promises)


def settle_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for the agreement."""
    return SettleForm(place, case, about)
