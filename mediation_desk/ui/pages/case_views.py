"""The tabs of a dispute's file that tell of the matter and of the people in it."""

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.codes import PartyKind
from mediation_desk.domain.fields import Form, describe, fields_by_name
from mediation_desk.domain.identity import age_on
from mediation_desk.ui.copying import KEPT_MS
from mediation_desk.ui.pages.case_parts import StepButton, of_person, page, pairs, shown
from mediation_desk.ui.pages.dispute_forms import EDIT
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_BASICS = (
    "type",
    "source",
    "intake_on",
    "informed_on",
    "extended_to",
    "occurred_on",
    "place",
    "facts",
    "requests",
    "people",
    "claim_fen",
    "special_groups",
    "migrant_workers",
    "difficulty",
    "complex",
    "complex_reason",
    "escalation",
    "registrar",
    "status",
    "outcome",
    "closed_on",
    "termination",
    "refusal",
    "remedies_told",
    "performance",
    "performed_on",
    "confirmation",
    "satisfied",
    "archive",
    "archived_on",
    "retention",
    "filed_by",
    "reviewed_by",
    "remark",
    "file_note",
)
_PARTY = (
    "sex",
    "born_on",
    "ethnicity",
    "id_number",
    "phone",
    "occupation",
    "address",
    "postcode",
    "registered_address",
    "representative",
)
_HIDDEN = {"id", "revision", "personal_revision", "void_reason", "dispute_id", "party_id"}


def basics_view(
    case: CaseFile, workplace: Workplace, mediators: list[str], wanted: SignalInstance | None
) -> QWidget:
    """The particulars of the dispute; what is empty is left out."""
    known = fields_by_name(Dispute)
    told = []
    for name in _BASICS:
        value = getattr(case.dispute, name)
        said = shown(known[name], value)
        if name == "type":
            said = workplace.register.types.label(str(value))
        if said and not (known[name].form is Form.YES_NO and value is False):
            told.append((tr(known[name].label), said))
    if mediators:
        told.insert(2, (tr("人民调解员"), tr("、").join(mediators)))
    if wanted is None or case.dispute.void_reason:
        return page(pairs(told))
    return page(pairs(told), row(StepButton(EDIT, tr("修改登记内容 (&E)"), wanted), None))


def _agent(agent: Agent, workplace: Workplace) -> QFrame:
    names = [
        entry.name for entry in describe(Agent) if entry.name not in {*_HIDDEN, "kind", "name"}
    ]
    head = row(words(agent.name, "strong", wrap=True), Chip(tr(agent.kind.label)), None, gap=8)
    return framed(column(head, pairs(of_person(agent, names, workplace))), "card", 12)


def _earlier(party: Party, workplace: Workplace) -> QWidget | None:
    """The earlier cases of somebody who was a party before, as one line each."""
    # Loaded with this tab, which few cases are looked at in.
    from mediation_desk.desk.people import known  # noqa: PLC0415

    if not party.name.strip() or party.kind is not PartyKind.NATURAL:
        return None
    found = known(workplace.register, party.name, party.id_number, but=party.dispute_id)
    same = [person for person in found if person.name == party.name]
    cases = [case for person in same for case in person.cases]
    if not cases:
        return None
    lines = [
        words(
            tr("{number} {type} · {state}").format(
                number=case.number, type=case.type_label, state=case.state
            ),
            "sub",
            wrap=True,
        )
        for case in cases
    ]
    head = words(tr("这个人以前（同名的请核对是不是同一人）"), "field", wrap=True)
    return framed(column(head, *lines, gap=2), "card", margins=12)


def _party(party: Party, case: CaseFile, workplace: Workplace) -> QFrame:
    age = ""
    if party.born_on is not None:
        age = tr("{age} 岁").format(age=age_on(party.born_on, today()))
    kind = "" if party.kind is PartyKind.NATURAL else tr(party.kind.label)
    head = row(
        words(party.name, "strong", wrap=True),
        Chip(tr(party.role.label), Tone.BLUE),
        words(" · ".join(part for part in (kind, age) if part), "sub"),
        None,
        gap=8,
    )
    agents = [_agent(agent, workplace) for agent in case.agents if agent.party_id == party.id]
    told = pairs(of_person(party, _PARTY, workplace))
    parts: list[QWidget] = [*agents]
    if (earlier := _earlier(party, workplace)) is not None:
        parts.append(earlier)
    return framed(column(head, told, *parts), "note")


def parties_view(case: CaseFile, workplace: Workplace) -> QWidget:
    """Everybody concerned; identity numbers and phones are masked until each is revealed."""
    told = tr(
        "身份证号和电话已遮住。要看哪一个，点它后面的“显示”；看过哪个有记录，"
        "复制的{seconds}秒后从剪贴板清除。"
    ).format(seconds=KEPT_MS // 1000)
    people = [_party(party, case, workplace) for party in case.parties]
    return page(words(told, "sub", wrap=True), *people)
