"""Registering a dispute, or editing what was registered, in the order of the 受理登记表."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ArchiveState, CaseStatus, Outcome
from mediation_desk.domain.lifecycle import StepName
from mediation_desk.domain.prevention import Finding
from mediation_desk.ui.pages.acceptance_card import AcceptanceCard
from mediation_desk.ui.pages.form_page import FormPage
from mediation_desk.ui.pages.parties_card import Parties, part_name
from mediation_desk.ui.pages.party_form import PartyForm
from mediation_desk.ui.pages.people_choices import mediator_choices
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.widgets import words
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
    Place("informed_on", 3),
    Place("difficulty", 3),
    Place("special_groups", 3, hint=tr("如 老年人、残疾人")),
    Place("migrant_workers", 3),
    Place("escalation", 12, hint=tr("有没有打架、自伤、上访、械斗的苗头")),
    Place("complex", 3),
    Place("complex_reason", 9),
)
# What the steps at the end have written is corrected here.
_ENDED = (
    Place("closed_on", 3, required=True),
    Place("termination", 6, required=True),
    Place("refusal", 6, required=True),
    Place("remedies_told", 3),
)
_ENDED_BY: dict[Outcome | None, tuple[str, ...]] = {
    Outcome.FAILED: ("closed_on", "termination", "remedies_told"),
    Outcome.TERMINATED: ("closed_on", "termination", "remedies_told"),
    Outcome.NOT_ACCEPTED: ("closed_on", "refusal", "remedies_told"),
    Outcome.TRANSFERRED: ("closed_on",),
}
_ARCHIVED = (
    Place("archived_on", 3, required=True),
    Place("retention", 3, required=True),
    Place("filed_by", 3),
    Place("reviewed_by", 3),
    Place("file_note", 12),
    Place("remark", 12),
)
# A party that stands for others: 某某等十二人, 三组全体28户.
_SEVERAL = re.compile(r"等.*[人户]|[\d〇零一二两三四五六七八九十百]+\s*户")
_WITHOUT_AGREEMENT = frozenset((Outcome.FAILED, Outcome.TERMINATED))
_TO_BE_TAKEN_IN = frozenset((CaseStatus.REGISTERED, CaseStatus.ACCEPTED))


def _places(dispute: Dispute) -> tuple[Place, ...]:
    """The fields of registering, and those of the steps that have been done since."""
    ended = _ENDED_BY.get(dispute.outcome, ())
    archived = dispute.archive is ArchiveState.ARCHIVED
    return (
        *_MAIN,
        *(place for place in _ENDED if place.name in ended),
        *(_ARCHIVED if archived else ()),
    )


class CaseForm(FormPage):
    """The dispute with any number of parties; `finding` is what it was registered out of."""

    def __init__(
        self,
        workplace: Workplace,
        case: CaseFile,
        *,
        new: bool,
        about: str = "",
        finding: Finding | None = None,
    ) -> None:
        title = tr("登记纠纷") if new else tr("编辑登记内容")
        sub = tr("带 * 的要填，其余可以以后再补；编号保存时自动给出") if new else about
        super().__init__(workplace, None if new else case, title, sub)
        self._case = case
        self._new = new
        self._refusing = False
        self._come_from(finding)
        self.sides = Parties(workplace, case, new=new)
        self.sides.came.connect(self._came)
        self.sides.went.connect(self.forget)
        self.sides.changed.connect(self._changed)
        self.sides.show_parties(case)
        self.add_applicant = self.sides.add_applicant
        self.add_respondent = self.sides.add_respondent
        self.add_third = self.sides.add_third
        self.add_card(self.sides)
        self.add_part(self.sides.known)
        self._add_dispute(case)
        self._add_acceptance(case)
        self.end_cards()
        self.touched = False

    def _come_from(self, finding: Finding | None) -> None:
        self._finding = finding
        if finding is not None:
            self.further = (replace(finding, dispute_id=self._case.dispute.id),)

    def _add_dispute(self, case: CaseFile) -> None:
        types = self.workplace.register.types
        choices = {
            "type": [(code, types.label(code)) for code in types.codes()],
            "mediator_ids": mediator_choices(self.workplace, case.dispute.mediator_ids),
        }
        self.dispute: RecordForm[Dispute] = RecordForm(Dispute, _places(case.dispute), choices)
        self.dispute.show_record(case.dispute)
        if self._new:
            self.dispute.boxes["people"].show_value(None)
        self.watch(case.dispute.id, self.dispute)
        self.add_card(words(tr("纠纷"), "heading"), self.dispute)

    def _add_acceptance(self, case: CaseFile) -> None:
        """Ask whether the case may be taken as long as that is not decided by working on it."""
        self.acceptance = AcceptanceCard(self.workplace.register.types)
        self.acceptance.changed.connect(self._changed)
        self.acceptance.refused.connect(self._refuse)
        self.dispute.boxes["type"].changed.connect(self._typed_anew)
        self._typed_anew()
        self.add_part(self.acceptance)
        open_still = case.dispute.status in _TO_BE_TAKEN_IN and not case.sessions
        self.acceptance.setVisible(open_still)

    @property
    def parties(self) -> list[PartyForm]:
        """The forms of the parties in their order."""
        return self.sides.forms

    def focus_first(self) -> None:
        """Put the cursor where writing begins."""
        self.sides.focus_first()

    def _came(self, record_id: str, form: object) -> None:
        made = cast("RecordForm[Any]", form)
        self.watch(record_id, made, part_name(made, record_id))
        self.order_tabs()

    def _keep_in_view(self) -> None:
        super()._keep_in_view()
        # What the form has grown by came last in the order of Tab.
        self.order_tabs()

    def _typed_anew(self) -> None:
        self.acceptance.show_type(self.dispute.boxes["type"].value() or "")

    # Not taking in

    def _refuse(self) -> None:
        self._refusing = True
        super().save()

    def save(self) -> None:
        self._refusing = False
        super().save()

    # Drafts

    def who(self) -> str:
        return tr("、").join(name for name in self.sides.names() if name)

    def typed(self) -> dict[str, Any]:
        told = super().typed()
        told |= {"parties": self.sides.shape(), "acceptance": self.acceptance.ticked()}
        return told | {"finding": self._finding.id if self._finding else ""}

    def retype(self, typed: Mapping[str, Any]) -> None:
        if "parties" in typed:
            self.sides.reshape(typed["parties"])
        super().retype(typed)
        self.acceptance.tick_again(typed.get("acceptance", ()))
        found = self.workplace.register.get("finding", typed.get("finding", ""))
        # What was registered out of the same finding meanwhile keeps it.
        if isinstance(found, Finding) and not found.dispute_id:
            self._come_from(found)

    # What is kept

    def _understood(self) -> bool:
        people = self.dispute.boxes["people"]
        several = [name for name in self.sides.names() if _SEVERAL.search(name)]
        if not super()._understood():
            return False
        if several and self._new and not people.value():
            told = tr("“{name}”不止一个人，请填实际涉及多少人。").format(name=several[0])
            people.tell(told)
            self._to(people)
            return False
        return True

    def _state(self, dispute: Dispute) -> Dispute:
        """Whether the dispute is taken in follows from its day of intake."""
        if self._refusing:
            dispute = replace(dispute, intake_on=None)
        if dispute.status is CaseStatus.REGISTERED and dispute.intake_on is not None:
            return replace(dispute, status=CaseStatus.ACCEPTED)
        if dispute.status is CaseStatus.ACCEPTED and dispute.intake_on is None:
            return replace(dispute, status=CaseStatus.REGISTERED)
        if dispute.termination is not None and dispute.outcome in _WITHOUT_AGREEMENT:
            return replace(dispute, outcome=lifecycle.outcome_for(dispute.termination))
        return dispute

    def after(self) -> CaseFile:
        refusal = self.acceptance.refusal if self._refusing else None
        self.then = f"{StepName.REFUSE.value}:{refusal.value}" if refusal else ""
        parties = self.sides.records()
        dispute = self._state(self.dispute.record())
        if self._new:
            year = (dispute.intake_on or today()).year
            dispute = replace(dispute, people=dispute.people or len(parties), year=year)
        return replace(self._case, dispute=dispute, parties=parties, agents=self.sides.agents())


def edit_form(place: Workplace, case: CaseFile, about: str, _part: str) -> FormPage:
    """The form for correcting what was registered."""
    return CaseForm(place, case, new=False, about=about)
