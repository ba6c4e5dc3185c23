"""The agreement with its terms: reaching one, or completing its dates later."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm as FormOfAgreement
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.record import new_id
from mediation_desk.ui import messages
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.widgets import button, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_AGREEMENT = (
    Place("form", 3, required=True),
    Place("agreed_on", 3, required=True),
    Place("amount_fen", 3, hint=tr("没有写 0")),
    Place("on_the_spot", 3),
    Place("content", 12, required=True),
    Place("manner", 12),
    Place("parties_signed_on", 3),
    Place("mediator_signed_on", 3),
    Place("sealed_on", 3),
    Place("copies", 3),
)
_WRITTEN_ONLY = ("parties_signed_on", "mediator_signed_on", "sealed_on", "copies")
_PROMISE = (
    Place("party_id", 4),
    Place("amount_fen", 4),
    Place("due_on", 4),
    Place("what", 12, required=True),
)


class _PromiseForm(QFrame):
    """One term of the agreement."""

    removed = Signal(str)

    def __init__(self, promise: Promise, parties: list[tuple[str, str]]) -> None:
        super().__init__()
        look(self, "note")
        self.promise_id = promise.id
        self.form: RecordForm[Promise] = RecordForm(Promise, _PROMISE, {"party_id": parties})
        self.form.show_record(promise)
        self._title = words("", "strong")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(14, 4, 14, 12)
        stack.setSpacing(0)
        self.remove = button(tr("移除"), self._remove, "quiet")
        late(self.remove)
        stack.addLayout(row(self._title, None, self.remove))
        stack.addWidget(self.form)

    def number(self, position: int) -> None:
        """Call it the `position`-th term."""
        self._title.setText(tr("第 {position} 项").format(position=position))

    def _remove(self) -> None:
        self.removed.emit(self.promise_id)


class SettleForm(StepForm):
    """Reaching an agreement, or changing the one there is."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str) -> None:
        title = tr("达成协议") if case.agreement is None else tr("补充协议")
        super().__init__(workplace, case, title, about)
        self.agreement: RecordForm[Agreement] = RecordForm(Agreement, _AGREEMENT)
        shown = case.agreement or Agreement(
            id=new_id(),
            dispute_id=case.dispute.id,
            form=FormOfAgreement.WRITTEN,
            agreed_on=today(),
            copies=len(case.parties) + 1,
        )
        self._agreement_id = shown.id
        self.agreement.show_record(shown)
        self.agreement.boxes["form"].changed.connect(self._arrange)
        self.watch(shown.id, self.agreement)
        self.add_card(self.agreement)
        self.promises: list[_PromiseForm] = []
        self._promise_cards = QVBoxLayout()
        self._promise_cards.setSpacing(10)
        self.add_promise = button(tr("加一项(&1)"), self._add_blank, "quiet")
        told = words(tr("谁、做什么、多少钱、什么时候前；不当场履行的请写上"), "sub", wrap=True)
        head = row(words(tr("履行事项"), "heading"), told, self.add_promise)
        head.setStretch(1, 1)
        self.add_card(head, self._promise_cards)
        for promise in case.promises:
            self._add(promise)
        self.end_cards()
        self._arrange()
        self.touched = False

    def _arrange(self) -> None:
        oral = self.agreement.boxes["form"].value() is FormOfAgreement.ORAL
        self.agreement.show_only(_WRITTEN_ONLY if oral else ())

    def _add(self, promise: Promise) -> None:
        parties = [("", ""), *((party.id, party.name) for party in self.case.parties)]
        made = _PromiseForm(promise, parties)
        made.removed.connect(self._remove)
        self.promises.append(made)
        self._promise_cards.addWidget(made)
        self.watch(promise.id, made.form)
        self._number()
        self.order_tabs()

    def _add_blank(self) -> None:
        blank = Promise(
            id=new_id(), dispute_id=self.case.dispute.id, agreement_id=self._agreement_id, what=""
        )
        self._add(blank)
        self.promises[-1].form.boxes["party_id"].editor.setFocus()
        self._changed()

    def _remove(self, promise_id: str) -> None:
        made = next(made for made in self.promises if made.promise_id == promise_id)
        if not made.form.filled:
            self._drop(promise_id)
            return
        messages.ask(
            self,
            tr("移除这一项？"),
            tr("写好的内容会一起去掉：{what}").format(what=made.form.boxes["what"].value()),
            tr("移除"),
            partial(self._drop, promise_id),
        )

    def _drop(self, promise_id: str, _checked: object = None) -> None:
        made = next(made for made in self.promises if made.promise_id == promise_id)
        self.promises.remove(made)
        self._promise_cards.removeWidget(made)
        made.hide()
        made.deleteLater()
        self.forget(promise_id)
        self._number()
        self.add_promise.setFocus()

    def _number(self) -> None:
        for position, made in enumerate(self.promises, 1):
            made.number(position)

    def after(self) -> CaseFile:
        agreement = self.agreement.record()
        if agreement.form is FormOfAgreement.ORAL:
            agreement = replace(
                agreement, parties_signed_on=None, mediator_signed_on=None, sealed_on=None
            )
        promises = tuple(
            replace(made.form.record(), position=position)
            for position, made in enumerate(self.promises, 1)
        )
        if self.case.agreement is None:
            dispute = lifecycle.settle(self.case.dispute, agreement)
        else:
            dispute = replace(self.case.dispute, closed_on=agreement.agreed_on)
        if not agreement.on_the_spot:
            dispute = lifecycle.with_performance(dispute, promises, today())
        return replace(self.case, dispute=dispute, agreement=agreement, promises=promises)


def settle_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for the agreement."""
    return SettleForm(place, case, about)
