"""Registering a dispute, or editing what was registered, in the order of the 受理登记表."""

import re
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from mediation_desk.desk import recording
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import CaseStatus, PartyKind, PartyRole
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.ui import messages
from mediation_desk.ui.editors import Choices
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.party_form import PartyForm
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_MAIN = (
    Place("type", 3, required=True),
    Place("source", 3, required=True),
    Place("intake_on", 3),
    Place("registrar", 3),
    Place("mediator_ids", 12),
    Place("facts", 12, required=True, hint=tr("时间、地点、因为什么、争的是什么")),
    Place("requests", 12, hint=tr("当事人希望怎样解决")),
    Place("people", 3, hint=tr("不填按当事人数")),
    Place("claim_fen", 3),
    Place("occurred_on", 3),
    Place("place", 3),
    Place("migrant_workers", 3),
    Place("complex", 3),
    Place("difficulty", 3),
    Place("special_groups", 3, hint=tr("如 老年人、残疾人")),
    Place("complex_reason", 6),
    Place("escalation", 6),
)
# A party that stands for others: 某某等十二人, 三组全体28户.
_SEVERAL = re.compile(r"等.*[人户]|[\d〇零一二两三四五六七八九十百]+\s*户")


def mediator_choices(workplace: Workplace, chosen: tuple[str, ...]) -> Choices:
    """The committee's mediators, and those already named who no longer belong to it."""
    register = workplace.register
    own = recording.own_mediators(register)
    known = {entry.id for entry in own}
    others = register.some("mediator", [entry for entry in chosen if entry not in known])
    people = [*own, *(entry for entry in others if isinstance(entry, Mediator))]
    return [(entry.id, entry.name) for entry in people]


class CaseForm(FormPage):
    """The dispute with any number of parties."""

    def __init__(self, workplace: Workplace, case: CaseFile, *, new: bool) -> None:
        title = tr("登记纠纷") if new else tr("编辑登记内容")
        sub = tr("带 * 的要填，其余可以以后再补；编号保存时自动给出") if new else ""
        super().__init__(workplace, None if new else case, title, sub)
        self._case = case
        self._new = new
        self.parties: list[PartyForm] = []
        self._party_cards = QVBoxLayout()
        self._party_cards.setSpacing(10)
        self.add_applicant = button(tr("加申请人(&1)"), self._add_applicant, "quiet")
        self.add_respondent = button(tr("加被申请人(&2)"), self._add_respondent, "quiet")
        self.add_third = button(tr("加第三人(&3)"), self._add_third, "quiet")
        adds = (self.add_applicant, self.add_respondent, self.add_third)
        head = row(words(tr("当事人"), "heading"), None, *adds, gap=4)
        self.add_card(head, self._party_cards)
        for party in case.parties:
            self._add(party)
        types = workplace.register.types
        choices = {
            "type": [(code, types.label(code)) for code in types.codes()],
            "mediator_ids": mediator_choices(workplace, case.dispute.mediator_ids),
        }
        self.dispute: RecordForm[Dispute] = RecordForm(Dispute, _MAIN, choices)
        self.dispute.show_record(case.dispute)
        if new:
            self.dispute.boxes["people"].show_value(None)
        self.watch(case.dispute.id, self.dispute)
        self.add_card(words(tr("纠纷"), "heading"), self.dispute)
        self.end_cards()
        self.touched = False

    def focus_first(self) -> None:
        """Put the cursor where writing begins."""
        self.parties[0].form.boxes["name"].editor.setFocus()

    def _add(self, party: Party) -> None:
        full = not self._new and party.kind is not PartyKind.NATURAL
        made = PartyForm(party, open_fully=full)
        made.removed.connect(self._remove)
        self.parties.append(made)
        self._party_cards.addWidget(made)
        self.watch(party.id, made.form)
        made.role.changed.connect(self._changed)
        self._count()
        self.order_tabs()

    def _add_party(self, role: PartyRole) -> None:
        self._add(Party(id=new_id(), dispute_id=self._case.dispute.id, role=role, name=""))
        self.parties[-1].form.boxes["name"].editor.setFocus()
        self._changed()

    def _add_applicant(self) -> None:
        self._add_party(PartyRole.APPLICANT)

    def _add_respondent(self) -> None:
        self._add_party(PartyRole.RESPONDENT)

    def _add_third(self) -> None:
        self._add_party(PartyRole.THIRD)

    def _remove(self, party_id: str) -> None:
        made = next(made for made in self.parties if made.party_id == party_id)
        if not made.form.filled:
            self._drop(party_id)
            return
        messages.ask(
            self,
            tr("移除这名当事人？"),
            tr("写好的内容会一起去掉：{name}").format(name=made.form.boxes["name"].value()),
            tr("移除"),
            partial(self._drop, party_id),
        )

    def _drop(self, party_id: str, _checked: object = None) -> None:
        made = next(made for made in self.parties if made.party_id == party_id)
        self.parties.remove(made)
        self._party_cards.removeWidget(made)
        made.hide()
        made.deleteLater()
        self.forget(party_id)
        self._count()
        self.focus_first()

    def _understood(self) -> bool:
        people = self.dispute.boxes["people"]
        names = [str(made.form.boxes["name"].value()) for made in self.parties]
        several = [name for name in names if _SEVERAL.search(name)]
        if not super()._understood():
            return False
        if several and self._new and not people.value():
            told = tr("“{name}”不止一个人，请填实际涉及多少人。").format(name=several[0])
            people.tell(told)
            self._to(people)
            return False
        return True

    def _count(self) -> None:
        """The last party cannot be taken away."""
        for made in self.parties:
            made.remove.setVisible(len(self.parties) > 1)

    def after(self) -> CaseFile:
        dispute = self.dispute.record()
        parties, places = [], dict.fromkeys(PartyRole, 0)
        for made in self.parties:
            role = made.role.value()
            places[role] += 1
            parties.append(made.party(places[role]))
        people = (dispute.people or len(parties)) if self._new else dispute.people
        if dispute.status is CaseStatus.REGISTERED and dispute.intake_on is not None:
            dispute = replace(dispute, status=CaseStatus.ACCEPTED)
        elif dispute.status is CaseStatus.ACCEPTED and dispute.intake_on is None:
            dispute = replace(dispute, status=CaseStatus.REGISTERED)
        year = (dispute.intake_on or today()).year if self._new else dispute.year
        dispute = replace(dispute, people=people, year=year)
        return replace(self._case, dispute=dispute, parties=tuple(parties))


def edit_form(place: Workplace, case: CaseFile, _about: str, _part: str) -> FormPage:
    """The form for correcting what was registered."""
    return CaseForm(place, case, new=False)
