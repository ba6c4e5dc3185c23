"""Which terms of the agreement were kept, when, and how much of the money was paid."""

from dataclasses import replace

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.handling import Promise
from mediation_desk.domain.money import yuan
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.step_forms import StepForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.tabbing import late
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_WHOLE = (Place("performance", 4, required=True), Place("performed_on", 4))


class KeptForm(RecordForm[Promise]):
    """When one term was kept, and the money paid of it."""

    def __init__(self, promise: Promise) -> None:
        money = (Place("kept_fen", 4),) if promise.amount_fen else ()
        super().__init__(Promise, (Place("kept_on", 4), *money))
        self._promise = promise
        self.show_record(promise)

    def keep_in_full(self) -> None:
        """Write down that the term was kept today, all of its money paid."""
        self.boxes["kept_on"].show_value(today())
        if "kept_fen" in self.boxes:
            self.boxes["kept_fen"].show_value(self._promise.amount_fen)
        self.changed.emit()


def _asked(case: CaseFile, promise: Promise) -> str:
    """Who was to do it, for how much, until when."""
    names = {party.id: party.name for party in case.parties}
    told = [names[promise.party_id]] if promise.party_id in names else []
    if promise.amount_fen:
        told.append(tr("{amount} 元").format(amount=yuan(promise.amount_fen)))
    if promise.due_on is not None:
        told.append(tr("期限 {day}").format(day=promise.due_on))
    return " · ".join(told)


class PerformanceForm(StepForm):
    """Each term of the agreement with the day it was kept; without terms the whole of it."""

    def __init__(self, workplace: Workplace, case: CaseFile, about: str, wanted: str = "") -> None:
        super().__init__(workplace, case, tr("登记履行"), about)
        self._wanted = wanted
        self.promises: list[KeptForm] = []
        for promise in case.promises:
            made = KeptForm(promise)
            self.watch(promise.id, made)
            self.promises.append(made)
            what = words(promise.what, "strong", wrap=True)
            full = button(tr("今天已全部履行"), made.keep_in_full, "quiet")
            late(full)
            head = row(what, full)
            head.setStretch(0, 1)
            self.add_card(head, words(_asked(case, promise), "sub", wrap=True), made, gap=4)
        self.whole: RecordForm[Dispute] | None = None
        if not self.promises:
            told = tr("协议里没有逐项写履行事项，这里登记整份协议的履行情况。")
            self.whole = self.part(_WHOLE, case.dispute, sentence=told)
        self.end_cards()

    def focus_first(self) -> None:
        """Put the cursor to the term that was asked for, else to the first not kept yet."""
        open_ones = [made for made in self.promises if made.boxes["kept_on"].value() is None]
        asked = [self.forms[self._wanted]] if self._wanted in self.forms else open_ones
        if asked:
            self._to(asked[0].boxes["kept_on"])
        else:
            super().focus_first()

    def after(self) -> CaseFile:
        if self.whole is not None:
            return replace(self.case, dispute=self.whole.record())
        promises = tuple(form.record() for form in self.promises)
        dispute = lifecycle.with_performance(self.case.dispute, promises, today())
        return replace(self.case, dispute=dispute, promises=promises)


def performance_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for what was kept of the agreement, begun at the term with the id `part`."""
    return PerformanceForm(place, case, about, part)
