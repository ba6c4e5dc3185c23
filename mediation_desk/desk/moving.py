"""Moving a register to another computer: making the transfer file, settling in, merging two."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from mediation_desk.desk import persons
from mediation_desk.desk.clock import now
from mediation_desk.desk.confirmed import note_before
from mediation_desk.desk.desk_key import known_office, own_key
from mediation_desk.desk.escrowing import seal_to_office
from mediation_desk.desk.key_log import MOVED, SETTLED, note
from mediation_desk.desk.looking import IMPORT
from mediation_desk.desk.merging import plan_whole
from mediation_desk.desk.outcomes import counts_words, outcome_counts
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.desk.sending import sent
from mediation_desk.desk.setting_up import password_too_short
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import Role
from mediation_desk.domain.desk_log import Access
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import KINDS, kind_of
from mediation_desk.domain.versions import Names
from mediation_desk.exchange import transfer_file
from mediation_desk.exchange.merging import Plan
from mediation_desk.exchange.placing import named_last
from mediation_desk.exchange.transfer_file import Head, Opened, open_transfer, read_head
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.moving import copied_anew, keep_beside, opened_beside, settle_in
from mediation_desk.store.register import Register, Why
from mediation_desk.words import tr

__all__ = ["Head", "read_head"]

_MADE, _RECEIPT = "transfers", "transfer_receipt"
_KEPT = 20
# Where a village stands with its office is told by its own files; numbers go on after the others'.
_OF_FILES = ("package", "receipt")
# What was set there and never here.
_SETTINGS = ("phrases", "saved_finds")
_OF_THE_DESK = ("desk_key", "earlier_desk_keys", "office")


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer file that was made here: of which state, and what says that it was taken."""

    id: str
    at: str
    state: list[object]
    receipt: str

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Taken:
    """A register that settled in, and the code to be told at the old computer."""

    register: Register
    receipt: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging does or did: in words, questions that are parked, numbers given twice.

    `act` is the batch, 0 where nothing was written; `kept` where the other register lies as it
    came; `other_key` whether the two desks have different keys.
    """

    head: Head
    words: str
    conflicts: int
    doubles: tuple[str, ...]
    other_key: bool
    receipt: str
    act: int = 0
    kept: Path | None = None


# Away


def file_name(register: Register, at: datetime) -> str:
    """The plain name of a transfer file."""
    words = tr("{unit}转移文件{day}").format(unit=register.unit.name, day=at.strftime("%Y-%m-%d"))
    return words + transfer_file.ENDING


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def transfers(register: Register) -> list[Transfer]:
    """The transfer files made here, the newest first."""
    stored = register.setting(_MADE)
    return [Transfer(**entry) for entry in json.loads(stored)] if stored else []


def make(register: Register, target: Path, password: str, actor: str) -> Head:
    """Write the whole register as a transfer file, read back, locked by a password of its own.

    Raises `DeskError`; then there is no file.
    """
    if short := password_too_short(password):
        raise DeskError(short)
    at, unit, state = now(), register.unit, register.state
    count = sum(1 for _ in register.all("dispute"))
    head = Head(
        new_id(), unit.id, unit.name, unit.code, actor, at.isoformat(timespec="seconds"), count
    )
    # Of a file whose entry was refused the receipt could never be taken here.
    with named_last(target):
        with copied_anew(register) as (file, key):
            receipt = transfer_file.write_transfer(target, head, file, key, password)
        made = Transfer(head.id, head.made_at, state, _digest(receipt))
        with note(register, MOVED, actor):
            every = [asdict(entry) for entry in (made, *transfers(register))][:_KEPT]
            register.set(_MADE, json.dumps(every))
    return head


class WrongReceipt(DeskError):
    """A receipt code of no transfer file that was made here."""


def taken_of(register: Register, code: str) -> Transfer:
    """The transfer whose receipt code this is; raises `WrongReceipt` if it is of none of them."""
    for entry in transfers(register):
        if entry.receipt == _digest(code):
            return entry
    happened = tr("回执码和这里做过的转移文件对不上。")
    raise WrongReceipt(happened + tr("请在新电脑上看收下转移文件时显示的回执码，再输一遍。"))


def last_receipt(register: Register) -> str:
    """The code of the transfer file that was taken here last, empty if none was."""
    return register.setting(_RECEIPT)


# There, where nothing was


def settle(folder: Path, path: Path, password: str, new: str, actor: str = "") -> Taken:
    """The register of a transfer file on this computer, with a password and a key of its own.

    Who knows the old password or the old sheet does not open it; what is needed to send goes on.
    """
    if short := password_too_short(new):
        raise DeskError(short)
    opened = open_transfer(path, password)
    register = settle_in(folder, opened.place, new)
    try:
        who = actor or register.person
        told = tr("{by}，{at}").format(by=opened.head.made_by, at=opened.head.made_at[:10])
        with note(register, SETTLED, who, told):
            if actor:
                register.set("person", actor)
            register.set(_RECEIPT, opened.receipt)
        people = persons.everyone(register)
        if people[0].id and actor not in {"", *(person.name for person in people)}:
            persons.add_person(register, actor, Access.WRITES, actor=actor)
        seal_to_office(register, who)
    except BaseException:
        register.close()
        raise
    return Taken(register, opened.receipt)


# There, where one is already


def _opened(register: Register, path: Path, password: str) -> Opened:
    opened = open_transfer(path, password)
    if opened.head.unit_id != register.unit.id:
        words = tr("这份转移文件是{unit}（代码{code}）的，不是本单位的，没有并入。").format(
            unit=opened.head.unit, code=opened.head.unit_code
        )
        raise DeskError(words + tr("请核对选错了没有。"))
    if register.role is not Role.VILLAGE:
        happened = tr("司法所的登记簿只能整本搬到新电脑，不能两本合成一本。")
        raise DeskError(happened + tr("请在新电脑上新建登记簿的那一页收下转移文件。"))
    return opened


def _records(other: Register) -> Iterator[Record]:
    for kind in KINDS:
        if kind not in _OF_FILES:
            yield from other.all(kind)


def _planned(register: Register, other: Register) -> tuple[Plan, list[Record]]:
    """What becomes of every record of the other register here."""
    records = list(_records(other))
    names: dict[tuple[str, str], Names] = {}
    ids: dict[str, list[str]] = {}
    for record in records:
        ids.setdefault(kind_of(record), []).append(record.id)
    for kind, wanted in ids.items():
        for record_id, lineage in other.lineages(kind, wanted).items():
            names[kind, record_id] = lineage
    return plan_whole(register, records, names), records


def _doubles(register: Register, records: list[Record]) -> tuple[str, ...]:
    """The numbers that another dispute has here: two computers gave the same."""
    unit = register.committee
    if unit is None:
        return ()
    taken, pattern = register.numbers(unit.id), register.settings.numbering_pattern
    return tuple(
        case_number(record, unit, pattern)
        for record in records
        if isinstance(record, Dispute)
        and record.unit_id == unit.id
        and record.number
        and not record.void_reason
        and taken.get((record.year, record.number), record.id) != record.id
    )


def _told(
    register: Register, other: Register, opened: Opened, made: Plan, records: list[Record]
) -> Merged:
    ours, theirs = own_key(register), own_key(other)
    return Merged(
        opened.head,
        counts_words(outcome_counts(made)),
        sum(len(step.clashes) for step in made.steps),
        _doubles(register, records),
        ours is not None and theirs is not None and ours.public != theirs.public,
        opened.receipt,
    )


def look_into(register: Register, path: Path, password: str) -> Merged:
    """What merging a transfer file into this register would do; nothing is written."""
    opened = _opened(register, path, password)
    with opened_beside(register, opened.place, password) as other:
        made, records = _planned(register, other)
        return _told(register, other, opened, made, records)


def merge(register: Register, path: Path, password: str, actor: str) -> Merged:
    """Merge the register of another computer of this unit into this one, as one batch.

    Where both went on from the same version they are merged field by field, and what both changed
    becomes a question. What lay there as a draft lies here too, and the other register is kept as
    it came. Raises `DeskError`; then nothing has changed.
    """
    opened = _opened(register, path, password)
    register.back_up(Why.IMPORT)
    with opened_beside(register, opened.place, password) as other:
        made, records = _planned(register, other)
        told = _told(register, other, opened, made, records)
        reason = tr("并入{by}{day}做的转移文件：{words}").format(
            by=opened.head.made_by, day=opened.head.made_at[:10], words=told.words
        )
        origin = Origin(register.unit.id, opened.head.id, path.name)
        with register.change(actor, reason, IMPORT) as change:
            carry_out(register, change, made, origin)
            _take_bytes(register, change, other)
            _take_drafts(register, other)
            _take_settings(register, other)
            register.set(_RECEIPT, opened.receipt)
            number = change.number
        kept = keep_beside(register, other)
    seal_to_office(register, actor)
    return replace(told, act=number, kept=kept)


def _take_bytes(register: Register, change: ChangeDoor, other: Register) -> None:
    for record in register.all("attachment"):
        sha256 = str(getattr(record, "sha256", ""))
        if sha256 and register.attachment_bytes(sha256) is None:
            content = other.attachment_bytes(sha256)
            if content is not None:
                change.keep_bytes(sha256, content)


def _take_drafts(register: Register, other: Register) -> None:
    """Both computers' drafts; of one that was gone on with on both, both states."""
    here = {entry.id: entry for entry in register.drafts()}
    for draft in other.drafts():
        ours = here.get(draft.id)
        if ours is None:
            register.keep_draft(draft)
        elif ours.typed != draft.typed:
            register.keep_draft(replace(draft, id=new_id()))


def _take_settings(register: Register, other: Register) -> None:
    names = list(_SETTINGS)
    if known_office(register) is None:
        names += _OF_THE_DESK
    for name in names:
        if not register.setting(name) and other.setting(name):
            register.set(name, other.setting(name))
    note_before(register, max((entry.number for entry in sent(other)), default=0))
