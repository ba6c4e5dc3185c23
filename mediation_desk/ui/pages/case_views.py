"""The four tabs of a dispute's file: course, particulars, parties, agreement."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from mediation_desk.desk import recording
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import PartyKind
from mediation_desk.domain.derived import confirmation_until, effective_on
from mediation_desk.domain.fields import Field, Form, Mask, describe, fields_by_name
from mediation_desk.domain.handling import Agreement, Promise
from mediation_desk.domain.identity import age_on
from mediation_desk.domain.masks import masked_identity, masked_phone
from mediation_desk.domain.money import yuan
from mediation_desk.domain.problems import Severity
from mediation_desk.domain.record import Record
from mediation_desk.ui.advice import sentence
from mediation_desk.ui.pages.story import story
from mediation_desk.ui.pages.timeline import timeline
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, Scroll, column, framed, line, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_BASICS = (
    "type",
    "source",
    "intake_on",
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
    "performance",
    "confirmation",
    "archive",
)
_PARTY = (
    "sex",
    "born_on",
    "ethnicity",
    "id_number",
    "phone",
    "occupation",
    "address",
    "registered_address",
    "representative",
)


def shown(entry: Field, value: object) -> str:
    """A value of a described field in words; empty for nothing."""
    if value is None or value == "":
        return ""
    if entry.form is Form.CODE:
        return tr(value.label)  # type: ignore[attr-defined]
    if entry.form is Form.MONEY:
        return tr("{amount} 元").format(amount=yuan(value)) if value else ""  # type: ignore[arg-type]
    if entry.form is Form.YES_NO:
        return tr("是") if value else tr("否")
    return str(value)


def _pairs(pairs: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 104)
    grid.setColumnStretch(1, 1)
    for number, (label, value) in enumerate(pairs):
        name = words(label, "field", wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        said = words(value, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, number, 0)
        grid.addWidget(said, number, 1)
    return grid


def _page(*parts: object) -> Scroll:
    stack = column(*parts, None, gap=12)  # type: ignore[arg-type]
    stack.setContentsMargins(18, 14, 18, 14)
    return scrolled(stack)


def story_view(case: CaseFile, workplace: Workplace, *, mine: bool) -> QWidget:
    """What happened, and what the rules advise."""
    parts: list[object] = [timeline(story(case), today())]
    if mine and not case.dispute.void_reason:
        parts += _advice(case, workplace)
    return _page(*parts)


def _advice(case: CaseFile, workplace: Workplace) -> list[QFrame]:
    found = recording.case_findings(workplace.register, case, today())
    grave = [problem for problem in found if problem.severity is not Severity.HINT]
    hints = [problem for problem in found if problem.severity is Severity.HINT]
    cards = []
    for title, problems, name in ((tr("请补正"), grave, "warn"), (tr("提示"), hints, "note")):
        if problems:
            lines = [words(sentence(problem, case), "sub", wrap=True) for problem in problems]
            cards.append(framed(column(words(title, "strong"), *lines, gap=4), name, margins=14))
    return cards


def basics_view(case: CaseFile, workplace: Workplace, mediators: list[str]) -> QWidget:
    """The particulars of the dispute; what is empty is left out."""
    known = fields_by_name(Dispute)
    pairs = []
    for name in _BASICS:
        value = getattr(case.dispute, name)
        said = shown(known[name], value)
        if name == "type":
            said = workplace.register.types.label(str(value))
        if said and not (known[name].form is Form.YES_NO and not value):
            pairs.append((tr(known[name].label), said))
    pairs.insert(2, (tr("人民调解员"), tr("、").join(mediators)))
    return _page(_pairs(pair for pair in pairs if pair[1]))


def _masked(entry: Field, said: str, *, revealed: bool) -> str:
    if revealed or not said:
        return said
    if entry.personal is Mask.IDENTITY:
        return masked_identity(said)
    if entry.personal is Mask.PHONE:
        return masked_phone(said)
    return said


def _of_record(
    record: Record, names: Iterable[str], *, revealed: bool
) -> Iterable[tuple[str, str]]:
    known = fields_by_name(type(record))
    for name in names:
        said = shown(known[name], getattr(record, name))
        if said:
            yield tr(known[name].label), _masked(known[name], said, revealed=revealed)


def _party(party: Party, *, revealed: bool) -> QFrame:
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
    return framed(column(head, _pairs(_of_record(party, _PARTY, revealed=revealed))), "note")


def parties_view(case: CaseFile, reveal: QPushButton, *, revealed: bool) -> QWidget:
    """Everybody concerned; identity numbers and phones are masked until revealed."""
    told = tr("身份证号和电话已遮住。") if not revealed else tr("正在显示完整信息。")
    head = row(words(told, "sub", wrap=True), None, reveal)
    agents = [
        framed(_pairs(_of_record(agent, _names(agent), revealed=revealed)), "note")
        for agent in case.agents
    ]
    return _page(head, *(_party(party, revealed=revealed) for party in case.parties), *agents)


def _names(record: Record) -> list[str]:
    hidden = {"id", "revision", "personal_revision", "void_reason", "dispute_id", "party_id"}
    return [entry.name for entry in describe(type(record)) if entry.name not in hidden]


def _promise(promise: Promise, names: dict[str, str]) -> QFrame:
    if promise.kept_on is not None:
        chip = Chip(tr("已履行 {day}").format(day=promise.kept_on), Tone.GREEN)
    elif promise.due_on is not None and promise.due_on < today():
        chip = Chip(tr("逾期 {days} 天").format(days=(today() - promise.due_on).days), Tone.RED)
    else:
        chip = Chip(tr("未到期"), Tone.BLUE)
    who = names.get(promise.party_id, "")
    due = tr("{day} 前").format(day=promise.due_on) if promise.due_on else ""
    money = tr("{amount} 元").format(amount=yuan(promise.amount_fen)) if promise.amount_fen else ""
    more = " · ".join(part for part in (who, money, due) if part)
    head = row(words(promise.what, wrap=True), gap=8)
    head.setStretch(0, 1)
    head.addWidget(chip)
    return framed(column(head, words(more, "sub", wrap=True), gap=2), "note", margins=12)


def agreement_view(case: CaseFile, perform: QPushButton | None) -> QWidget:
    """The agreement, when it binds, and how far it has been kept."""
    agreement = case.agreement
    if agreement is None:
        return _page(words(tr("还没有达成协议。"), "sub"))
    names = ("form", "agreed_on", "content", "manner", "amount_fen", "on_the_spot", "copies")
    signed = ("parties_signed_on", "mediator_signed_on", "sealed_on")
    pairs = [*_of_record(agreement, (*names, *signed), revealed=True), *_effect(agreement)]
    parts: list[object] = [_pairs(pairs), line()]
    if case.promises:
        head = row(words(tr("履行"), "heading"), None)
        if perform is not None:
            head.addWidget(perform)
        who = {party.id: party.name for party in case.parties}
        parts += [head, *(_promise(promise, who) for promise in case.promises)]
    else:
        said = shown(fields_by_name(Dispute)["performance"], case.dispute.performance)
        parts.append(_pairs([(tr("履行情况"), said)]))
    return _page(*parts)


def _effect(agreement: Agreement) -> list[tuple[str, str]]:
    effective, until = effective_on(agreement), confirmation_until(agreement)
    if effective is None or until is None:
        return [(tr("生效"), tr("签名、盖章日期填齐后生效"))]
    return [(tr("生效日期"), str(effective)), (tr("可申请司法确认至"), str(until))]
