"""The versions of the records of a case file in plain words: who, when, why, what differed."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from mediation_desk.domain.cases import Agent, Dispute, Party
from mediation_desk.domain.fields import Field, Form, Mask, describe
from mediation_desk.domain.handling import MediationSession, Promise
from mediation_desk.domain.masks import masked_identity, masked_phone
from mediation_desk.domain.money import yuan
from mediation_desk.domain.organisation import Adviser, Mediator
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import OF_A_DISPUTE, from_plain
from mediation_desk.domain.reporting import Act, Change
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# What hangs on a dispute.
KINDS = (*OF_A_DISPUTE, "prevention")
NOUNS = {
    "dispute": "纠纷登记",
    "party": "当事人",
    "agent": "代理人",
    "session": "调解记录",
    "agreement": "协议",
    "promise": "履行事项",
    "referral": "衔接移送",
    "risk": "风险等级",
    "warning": "预警",
    "urgent_report": "上报",
    "attachment": "附件",
    "return": "退回补正",
    "prevention": "防止激化",
}
# What stands beside disputes.
_OTHER_NOUNS = {
    "unit": "单位",
    "mediator": "调解员",
    "adviser": "法律顾问",
    "local_type": "本地纠纷类型",
    "screening": "排查",
    "finding": "排查发现",
    "publicity": "普法宣传",
    "legal_aid": "法律援助",
    "consultation": "法律咨询",
    "handover": "移交",
    "allowance_grade": "补贴等级",
    "claim": "补贴申报表",
    "claim_line": "补贴申报项",
    "print": "打印",
}
# What tells a reader nothing: identities, what only ties records together, a file's format.
_UNTOLD = frozenset(
    (
        "id",
        "revision",
        "personal_revision",
        "dispute_id",
        "agreement_id",
        "sha256",
        "media_type",
        "size",
        "position",
        "evidence",
        "desk_id",
    )
)


def noun_of(kind: str) -> str:
    """What people call a record of `kind`; the kind itself for what no file should bring."""
    return tr((NOUNS | _OTHER_NOUNS).get(kind, kind))


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a version: its label and its value before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One record as one act left it: who, when, why, and what differed from the version before.

    `at` is in ISO format. A `latest` version is the record as it stands.
    """

    kind: str
    record_id: str
    sequence: int
    noun: str
    name: str
    act: int
    actor: str
    at: str
    reason: str
    first: bool
    latest: bool
    void: bool
    changes: tuple[Told, ...]


class Speaker:
    """Says values as a reader of the file knows them, personal numbers masked."""

    def __init__(self, register: Register, dispute_id: str) -> None:
        self._register = register
        self._parties = {
            party.id: cast(Party, party).name
            for party in register.all("party", dispute_id=dispute_id)
        }
        self._staff: dict[str, str] = {}

    def _person(self, record_id: str) -> str:
        if record_id not in self._staff:
            found = self._register.some("mediator", [record_id])
            found = found or self._register.some("adviser", [record_id])
            known = cast("list[Mediator | Adviser]", found)
            self._staff[record_id] = known[0].name if known else tr("（已不在名册）")
        return self._staff[record_id]

    def _by_name(self, name: str, value: Any) -> str | None:
        """The words of a value that stands for another record or a local code."""
        if name == "type":
            return self._register.types.label(value) if value else ""
        if name == "adviser_id":
            return self._person(value)
        if name == "party_id":
            return self._parties.get(value, "")
        if name == "unit_id":
            known = {unit.id: unit.committee or unit.name for unit in self._register.units()}
            return known.get(value, "")
        return None

    def say(self, entry: Field, value: Any) -> str:
        """`value` of a described field in words; empty for nothing."""
        return _masked(entry, self.say_openly(entry, value))

    def say_openly(self, entry: Field, value: Any) -> str:
        """The same with identity and telephone numbers in full."""
        if value is None or value in ("", ()):
            return ""
        named = self._by_name(entry.name, value)
        if named is not None:
            return named
        if entry.form is Form.LIST:
            return tr("、").join(self._person(record_id) for record_id in value)
        return _plain_words(entry, value)


def _plain_words(entry: Field, value: Any) -> str:
    says: Mapping[Form, Callable[[Any], str]] = {
        Form.CODE: lambda code: tr(code.label),
        Form.MONEY: lambda fen: tr("{amount}元").format(amount=yuan(fen)),
        Form.YES_NO: lambda yes: tr("是") if yes else tr("否"),
    }
    return says.get(entry.form, str)(value)


def _masked(entry: Field, said: str) -> str:
    if entry.personal is Mask.IDENTITY:
        return masked_identity(said)
    return masked_phone(said) if entry.personal is Mask.PHONE else said


def _name_of(record: Record, speaker: Speaker) -> str:
    """What tells a record from others of its kind."""
    if isinstance(record, (Party, Agent)):
        return record.name
    if isinstance(record, MediationSession):
        return tr("{day} {kind}").format(day=record.held_on, kind=tr(record.kind.label))
    if isinstance(record, Promise):
        return record.what
    for entry in describe(type(record)):
        if entry.form is Form.DAY and (day := getattr(record, entry.name)) is not None:
            return "" if isinstance(record, Dispute) else speaker.say(entry, day)
    return ""


def _differences(before: Record | None, after: Record, speaker: Speaker) -> Iterator[Told]:
    for entry in describe(type(after)):
        if entry.name in _UNTOLD:
            continue
        old = getattr(before, entry.name) if before is not None else None
        new = getattr(after, entry.name)
        if old == new or (before is None and not new):
            continue
        was, now = speaker.say(entry, old), speaker.say(entry, new)
        if before is None and entry.form is Form.YES_NO:
            was = ""
        yield Told(tr(entry.label), was, now)


def record_in(change: Change) -> Record | None:
    """The record as a change left it, or None where it was taken back."""
    return from_plain(change.kind, json.loads(change.values)) if change.values else None


def _ids(register: Register, dispute_id: str) -> Iterator[tuple[str, str]]:
    """Kind and id of every record of a case file, void ones included."""
    yield "dispute", dispute_id
    for kind in KINDS:
        for record in register.all(kind, dispute_id=dispute_id):
            yield kind, record.id


def _versions_of(
    history: list[Change], acts: Mapping[int, Act], speaker: Speaker
) -> Iterator[Version]:
    before: Record | None = None
    for change in history:
        record = record_in(change)
        if record is None:
            before = None
            continue
        act = acts[change.act]
        yield Version(
            kind=change.kind,
            record_id=change.record_id,
            sequence=change.sequence,
            noun=tr(NOUNS[change.kind]),
            name=_name_of(record, speaker),
            act=act.number,
            actor=act.actor,
            at=act.at,
            reason=act.reason,
            first=before is None,
            latest=change is history[-1],
            void=bool(record.void_reason),
            changes=tuple(_differences(before, record, speaker)),
        )
        before = record


def versions(register: Register, dispute_id: str) -> list[Version]:
    """All versions of all records of a case file, newest first."""
    speaker = Speaker(register, dispute_id)
    histories = [register.history(kind, id_) for kind, id_ in _ids(register, dispute_id)]
    numbers = {change.act for history in histories for change in history}
    acts = {number: act for number in numbers if (act := register.act(number)) is not None}
    found = [entry for history in histories for entry in _versions_of(history, acts, speaker)]
    return sorted(found, key=lambda entry: -entry.sequence)


def voided_on(register: Register, dispute: Dispute) -> date | None:
    """The day of the act that made `dispute` void; unknown where that was done elsewhere."""
    act = ""
    for change in register.history("dispute", dispute.id):
        record = record_in(change)
        if record is None or not record.void_reason:
            act = ""
        elif not act:
            done = register.act(change.act)
            if change.lineage or done is None:
                return None
            act = done.at
    return datetime.fromisoformat(act).astimezone().date() if act else None


def between(register: Register, dispute_id: str, now: Record | None, then: Record) -> list[Told]:
    """How `then` differs from `now`, in words; all that it holds where there is nothing now."""
    return list(_differences(now, then, Speaker(register, dispute_id)))


_KEPT_BEFORE = 10


def excerpt(told: Told, longest: int) -> Told:
    """`told` with long texts cut to where they differ, each at most `longest` characters."""
    before, after = told.before, told.after
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    same = sum(1 for _pair in pairs)
    start = max(same - _KEPT_BEFORE, 0) if max(len(before), len(after)) > longest else 0

    def cut(text: str) -> str:
        part = text[start : start + longest]
        return ("…" if start else "") + part + ("…" if start + longest < len(text) else "")

    return Told(told.label, cut(before), cut(after))
