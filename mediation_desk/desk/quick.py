"""An oral settlement on one screen: what is typed there, and the whole case file it makes."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mediation_desk.desk.recording import NOT_NUMBERED, own_committee, own_mediators
from mediation_desk.domain import lifecycle
from mediation_desk.domain.acceptance import QUESTIONS
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import (
    AgreementForm,
    Code,
    PartyRole,
    PreventionKind,
    SessionResult,
    Source,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.handling import Agreement, MediationSession, Promise
from mediation_desk.domain.prevention import Prevention
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import Record, new_id
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_LAST_TIME = "quick"
_FAMILY = "01"
# The findings that are told as advice, each under its head.
_HEADS = {
    "A3": tr("不是当场履行"),
    "C11": tr("土地承包要书面协议"),
    "D13": tr("协议里不能写的"),
}
_IN_WRITING = frozenset(("A3", "C11"))
_MUST = "C11"


class Performing(Code):
    """How an oral agreement is performed."""

    SPOT = "1", "当场履行"
    DUE = "2", "约定期限"
    OPEN = "3", "没有约定期限"


@dataclass(frozen=True, slots=True, kw_only=True)
class OralSettlement(Record):
    """What the one screen asks besides the parties; its `id` becomes that of the dispute.

    One day stands for intake, mediation and agreement: what is settled orally is settled at once.
    """

    type: str = field("纠纷类型", default="")
    source: Source = field("来源", default=Source.SPOKEN)
    day: date = field("调解日期")
    mediator_id: str = field("人民调解员", default="")
    place: str = field("调解地点", default="", personal=Mask.WITHHELD)
    facts: str = field("纠纷主要事实", default="", long=True, personal=Mask.WITHHELD)
    content: str = field("协议内容", default="", long=True, personal=Mask.WITHHELD)
    amount_fen: int = field("涉及金额", default=0, money=True)
    performing: Performing = field("履行", default=Performing.SPOT)
    due_on: date | None = field("履行期限", default=None)
    prevented: str = field("防止激化", default="")
    cases: int = field("防止件数", default=1)
    persons: int = field("防止人数", default=1)
    prevention_reason: str = field("防止激化的依据", default="", personal=Mask.WITHHELD)
    people: int = field("当事人数", default=0, note="不填按登记的当事人数")
    complex: bool = field("疑难复杂", default=False)
    complex_reason: str = field("疑难复杂理由", default="", personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True)
class Hint:
    """Advice beside the form; with `in_writing` it speaks for a written agreement."""

    head: str
    words: str
    in_writing: bool = False


def _part(typed: OralSettlement, name: str) -> str:
    """The id of a part of the case, always the same for the same typing."""
    return uuid.uuid5(uuid.UUID(typed.id), name).hex


def _placed(parties: Iterable[Party]) -> tuple[Party, ...]:
    counted = dict.fromkeys(PartyRole, 0)
    placed = []
    for party in parties:
        counted[party.role] += 1
        placed.append(replace(party, position=counted[party.role]))
    return tuple(placed)


def _session(typed: OralSettlement, actor: str) -> MediationSession:
    """The one mediation; its record is the paper's own text, facts and agreement."""
    agreed = tr("经调解，双方达成口头协议：{content}").format(content=typed.content)
    return MediationSession(
        id=_part(typed, "session"),
        dispute_id=typed.id,
        held_on=typed.day,
        place=typed.place,
        mediator_ids=(typed.mediator_id,) if typed.mediator_id else (),
        recorder=actor,
        narrative="\n".join(text for text in (typed.facts, agreed) if text),
        result=SessionResult.SETTLED,
    )


def _agreement(typed: OralSettlement) -> Agreement:
    return Agreement(
        id=_part(typed, "agreement"),
        dispute_id=typed.id,
        form=AgreementForm.ORAL,
        agreed_on=typed.day,
        content=typed.content,
        amount_fen=typed.amount_fen,
        on_the_spot=typed.performing is Performing.SPOT,
    )


def _promise(typed: OralSettlement) -> Promise:
    return Promise(
        id=_part(typed, "promise"),
        dispute_id=typed.id,
        agreement_id=_part(typed, "agreement"),
        what=typed.content,
        amount_fen=typed.amount_fen,
        due_on=typed.due_on if typed.performing is Performing.DUE else None,
    )


def _prevention(typed: OralSettlement, unit_id: str) -> Prevention:
    return Prevention(
        id=_part(typed, "prevention"),
        unit_id=unit_id,
        dispute_id=typed.id,
        prevented_on=typed.day,
        kind=PreventionKind.of(typed.prevented),
        cases=typed.cases,
        persons=typed.persons,
        reason=typed.prevention_reason,
    )


def _registered(typed: OralSettlement, count: int, unit_id: str, actor: str) -> Dispute:
    dispute = Dispute(
        id=typed.id,
        unit_id=unit_id,
        year=typed.day.year,
        number=NOT_NUMBERED,
        type=typed.type,
        source=typed.source,
        facts=typed.facts,
        people=typed.people or count,
        complex=typed.complex,
        complex_reason=typed.complex_reason if typed.complex else "",
        mediator_ids=(typed.mediator_id,) if typed.mediator_id else (),
        registrar=actor,
    )
    return lifecycle.accept(dispute, typed.day)


def settled(typed: OralSettlement, parties: Iterable[Party], unit_id: str, actor: str) -> CaseFile:
    """The case file of an oral settlement: taken in, mediated and settled on one day."""
    both = _placed(parties)
    session, agreement = _session(typed, actor), _agreement(typed)
    dispute = lifecycle.with_session(_registered(typed, len(both), unit_id, actor), session)
    spot = agreement.on_the_spot
    return CaseFile(
        dispute=lifecycle.settle(dispute, agreement),
        parties=both,
        sessions=(session,),
        agreement=agreement,
        promises=() if spot else (_promise(typed),),
        preventions=(_prevention(typed, unit_id),) if typed.prevented else (),
    )


def in_writing(
    typed: OralSettlement, parties: Iterable[Party], unit_id: str, actor: str
) -> CaseFile:
    """The same as a case to be ended by a written agreement.

    Until its content is typed there is no agreement, and the case stays open.
    """
    case = settled(typed, parties, unit_id, actor)
    if case.agreement is None or not typed.content:
        open_one = _registered(typed, len(case.parties), unit_id, actor)
        return replace(case, dispute=open_one, sessions=(), agreement=None, promises=())
    narrative = typed.facts or typed.content
    sessions = tuple(replace(entry, narrative=narrative) for entry in case.sessions)
    copies = len(case.parties) + 1
    agreement = replace(case.agreement, form=AgreementForm.WRITTEN, copies=copies)
    return replace(case, sessions=sessions, agreement=agreement)


def _hint(problem: Problem) -> Hint:
    words = problem.message
    if problem.rule == "A3":
        words = tr("以后才履行的，建议改写书面协议，便于申请司法确认。")
    elif problem.rule == _MUST:
        words += problem.mend
    return Hint(_HEADS[problem.rule], words, problem.rule in _IN_WRITING)


def hints(case: CaseFile, types: TypeTable, found: Iterable[Problem]) -> list[Hint]:
    """What to mind about an oral settlement: findings that advise, and what family cases need.

    宁波市人民调解条例 Art 24 asks for writing where a case is difficult; here it is advice
    (domain.md §2.9). Abuse of those who cannot help themselves: 反家庭暴力法 Art 14, 35.
    """
    told = [_hint(problem) for problem in found if problem.rule in _HEADS]
    dispute = case.dispute
    if dispute.complex:
        words = tr("疑难复杂的纠纷建议改写书面协议，以后好作凭据。")
        told.append(Hint(tr("疑难复杂"), words, in_writing=True))
    # What must be written outweighs what had better be; one reason is enough to turn to it.
    reasons = sorted(
        (hint for hint in told if hint.in_writing), key=lambda hint: hint.head != _HEADS[_MUST]
    )
    told = reasons[:1] + [hint for hint in told if not hint.in_writing]
    if types.knows(dispute.type) and types.official(dispute.type) == _FAMILY:
        words = next(entry.advice for entry in QUESTIONS if entry.id == "dependent")
        told.append(Hint(tr("如有家庭暴力"), tr(words)))
    return told


def advises(problem: Problem) -> bool:
    """Whether `hints` tells of a finding, so that it need not stand beside a field as well."""
    return problem.rule in _HEADS


def remember(register: Register, typed: OralSettlement) -> None:
    """Offer what seldom changes again the next time."""
    last = {
        "type": typed.type,
        "source": typed.source.value,
        "mediator_id": typed.mediator_id,
        "place": typed.place,
    }
    register.set(_LAST_TIME, json.dumps(last, ensure_ascii=False))


def blank(register: Register, today: date, actor: str) -> tuple[OralSettlement, tuple[Party, ...]]:
    """An empty screen with what was chosen the last time, an applicant and a respondent.

    Raises `DeskError` if this register has no committee of its own.
    """
    own_committee(register)
    mediators = own_mediators(register)
    known = [entry.id for entry in mediators]
    mine = [entry.id for entry in mediators if entry.name == actor]
    last = json.loads(register.setting(_LAST_TIME) or "{}")
    kind = last.get("type", "")
    before = last.get("mediator_id", "")
    typed = OralSettlement(
        id=new_id(),
        type=kind if register.types.knows(kind) else "",
        source=Source.of(last.get("source", Source.SPOKEN.value)),
        day=today,
        mediator_id=before if before in known else next(iter((*mine, *known)), ""),
        place=last.get("place", ""),
    )
    sides = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    return typed, tuple(
        Party(id=new_id(), dispute_id=typed.id, role=role, name="") for role in sides
    )
