"""Something worse that handling a dispute prevented: kind, 件, 人 and why it counts."""

from dataclasses import replace

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import PreventionKind
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.record import new_id
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.part_form import PartForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PLACES = (
    Place("kind", 6, required=True),
    Place("prevented_on", 6, required=True),
    Place("cases", 6, required=True),
    Place("persons", 6, required=True),
    Place("reason", 12, required=True, hint=tr("当时要发生什么，怎样劝住的，谁可以作证")),
)


class PreventionForm(PartForm):
    """One prevention: a new one, or `shown` to be corrected."""

    def __init__(
        self, workplace: Workplace, case: CaseFile, about: str, shown: Prevention | None
    ) -> None:
        title = tr("修改防止事项") if shown else tr("登记防止激化")
        super().__init__(workplace, case, title, about)
        self._shown = shown or Prevention(
            id=new_id(),
            unit_id=case.dispute.unit_id,
            dispute_id=case.dispute.id,
            prevented_on=today(),
            kind=PreventionKind.CRIME,
        )
        self.prevention: RecordForm[Prevention] = RecordForm(Prevention, _PLACES)
        self.prevention.show_record(self._shown)
        self.watch(self._shown.id, self.prevention)
        told = tr("这里登记的件数、人数计入统计表的“防止”各栏，每一项都要写明依据。")
        self.add_card(words(told, "sub", wrap=True), self.prevention)
        if shown is not None:
            self.offer_striking()
        self.end_cards()

    def written(self) -> CaseFile:
        others = (entry for entry in self.case.preventions if entry.id != self._shown.id)
        return replace(self.case, preventions=(*others, self.prevention.record()))

    def without(self) -> CaseFile:
        others = tuple(entry for entry in self.case.preventions if entry.id != self._shown.id)
        return replace(self.case, preventions=others)


def prevention_form(place: Workplace, case: CaseFile, about: str, part: str) -> FormPage:
    """The form for a new prevention, or for the one with the id `part`."""
    shown = next((entry for entry in case.preventions if entry.id == part), None)
    return PreventionForm(place, case, about, shown)
