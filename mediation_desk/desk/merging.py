"""What a file does to this register: the merge, guarded against records of others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from mediation_desk.desk.claims_on_their_way import (
    as_the_office_has_it,
    is_of_a_claim,
    rewritten,
)
from mediation_desk.desk.ownership import Owners
from mediation_desk.desk.parking import open_conflicts
from mediation_desk.domain.allowance import ClaimLine
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.fields import describe
from mediation_desk.domain.merging import with_personal
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.domain.versions import Lineage, Lineages, Names, together
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.meeting import Outcome, Past, Step
from mediation_desk.exchange.merging import PARENTS, Beside, PastOf, Plan, plan
from mediation_desk.exchange.returns import Returned
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# A record never moves from one unit or case to another; a copy that says so is not its owner's.
# Only a dispute does, by a hand-over.
_BELONGS = ("unit_id", "dispute_id", "screening_id", "agreement_id", "claim_id")
# Work beside disputes only points to one: a finding becomes a dispute after it was reported.
_POINTING = ("finding", "prevention", "legal_aid", "consultation")

# What the office wrote stays as it was once written.
_WRITTEN_ONCE = ("words", "returned_on", "returned_by")

# What a hand-over changes of a dispute: whose it is, and by which number its owner calls it.
_OF_THE_OWNER = frozenset(("unit_id", "year", "number"))


class _Ours:
    """The register's own copies of what a file brings and their versions, read in few questions."""

    def __init__(self, register: Register, records: Iterable[Record]) -> None:
        self._register = register
        ids: dict[str, list[str]] = defaultdict(list)
        for record in records:
            ids[kind_of(record)].append(record.id)
        self._found: dict[tuple[str, str], Record | None] = {
            (kind, id_): None for kind, wanted in ids.items() for id_ in wanted
        }
        self._names: dict[tuple[str, str], Names] = {}
        for kind, wanted in ids.items():
            here = [record.id for record in self._read(kind, wanted)]
            for id_, names in register.lineages(kind, here).items():
                self._names[kind, id_] = names
        self._open = open_conflicts(register)

    def _read(self, kind: str, ids: Sequence[str]) -> Iterator[Record]:
        for record in self._register.some(kind, ids):
            self._found[kind, record.id] = record
            yield record

    def __call__(self, kind: str, record_id: str) -> Record | None:
        """The register's copy of a record, or None."""
        key = (kind, record_id)
        if key not in self._found:
            self._found[key] = self._register.get(kind, record_id)
        return self._found[key]

    def past(self, kind: str, record_id: str) -> Past:
        """What the register knows of its copy."""
        key = (kind, record_id)
        versions = partial(self._register.versions, kind, record_id)
        asked = self._open.get(key, ())
        open_ = {entry.field_name: entry.theirs for entry in asked}
        raised = {entry.field_name: entry.theirs_version for entry in asked}
        return Past(self._names.get(key, ()), versions, open_, raised)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings: its records, their lineages, and of which unit they are.

    It is that unit's package, or what goes `back` to it.
    """

    unit_id: str
    records: Sequence[Record]
    rejected: Sequence[Rejected] = ()
    lineages: Lineages = field(default_factory=dict)
    back: bool = False


def merged(register: Register, incoming: Incoming) -> Plan:
    """The plan for a package over `register` as it is now.

    Records that belong to another unit or another case here are rejected, whatever revision the
    package gives them.
    """
    told = incoming.records, incoming.rejected, incoming.lineages
    return plan_of(register, Brought(incoming.head.unit.id, *told))


def merged_back(register: Register, returned: Returned) -> Plan:
    """The plan for what came back from the office over `register` as it is now."""
    told = returned.records, returned.rejected, returned.lineages
    return plan_of(register, Brought(returned.head.unit_id, *told, back=True))


def plan_whole(register: Register, records: Sequence[Record], lineages: Lineages) -> Plan:
    """The plan for the records of another computer of this very desk, which may write all of it."""
    ours = _Ours(register, records)
    return plan(records, (), Beside(ours, ours.past), lineages)


def plan_of(register: Register, brought: Brought) -> Plan:
    """The plan for what was brought, over `register` as it is now."""
    ours = _Ours(register, brought.records)
    owners = Owners(register, ours, brought.unit_id, brought.records, back=brought.back)
    beside = Beside(ours, _past_of(brought, ours, owners))
    made = plan(brought.records, brought.rejected, beside, brought.lineages)
    refused: set[tuple[str, str]] = set()
    if brought.back:
        steps = _of_the_office(brought, ours, _given_away(brought, ours, made.steps))
        made = replace(made, steps=tuple(steps))
    guarded = [_guarded(step, ours, owners, refused) for step in made.steps]
    if not brought.back:
        guarded = [_not_rewritten(step, ours) for step in guarded]
    return replace(made, steps=tuple(guarded))


def _past_of(brought: Brought, ours: _Ours, owners: Owners) -> PastOf:
    """What is known of our copies, and which disputes go to another with the hand-over in the file.

    Whose a case is, is decided by the hand-over alone: were it asked, the case could come to belong
    to both or to nobody.
    """
    theirs = {entry.id: entry for entry in brought.records if isinstance(entry, Dispute)}

    def past(kind: str, record_id: str) -> Past:
        known = ours.past(kind, record_id)
        copy = theirs.get(record_id) if kind == "dispute" else None
        mine = ours(kind, record_id) if copy is not None else None
        if copy is None or not isinstance(mine, Dispute) or copy.unit_id == mine.unit_id:
            return known
        return replace(known, follows=_OF_THE_OWNER) if owners.hands_over(copy, mine) else known

    return past


def _given_away(brought: Brought, ours: _Ours, steps: Iterable[Step]) -> Iterator[Step]:
    """What comes back of a dispute that the village handed over stands as its new owner has it."""
    theirs = {entry.id: entry for entry in brought.records if isinstance(entry, Dispute)}
    for step in steps:
        copy = theirs.get(step.id)
        mine = ours("dispute", step.id) if copy is not None else None
        merged = step.record is not None and step.record != copy
        if copy is None or mine is None or copy.unit_id == brought.unit_id or not merged:
            yield step
            continue
        told = brought.lineages.get(("dispute", step.id), ())
        # Under the name of its version stand its own values, whatever was typed here since.
        masked = mine.personal_revision and not copy.personal_revision
        stands = with_personal(copy, mine) if masked else copy
        reason = _left_out(cast(Record, step.record), stands, Lineage.of(told).undecided)
        yield Step(
            step.kind,
            step.id,
            Outcome.CONFLICT if reason else Outcome.UPDATED,
            stands,
            reason,
            together(told, ours.past("dispute", step.id).names),
        )


def _left_out(merged: Record, stands: Record, undecided: Collection[str]) -> str:
    """What was typed here of a case that had been given away already; empty if nothing was.

    What is `undecided` its new owner knows of, who is asked about it.
    """
    passed_over = {*undecided, *_OF_THE_OWNER, "id", "revision", "personal_revision"}
    labels = [
        tr(entry.label)
        for entry in describe(type(stands))
        if entry.name not in passed_over
        and getattr(merged, entry.name) != getattr(stands, entry.name)
    ]
    happened = tr("案件以前已经移交，本机后来改的没有并入：{labels}。")
    mend = tr("请告诉现在办理的单位，由它补记；本机改的内容可在修改记录里查到。")
    return happened.format(labels=tr("、").join(labels)) + mend if labels else ""


def _of_the_office(brought: Brought, ours: _Ours, steps: Iterable[Step]) -> Iterator[Step]:
    """What comes back of a claim stands as the office has it, who decides about it."""
    theirs = {
        (kind_of(entry), entry.id): entry for entry in brought.records if is_of_a_claim(entry)
    }
    for step in steps:
        key = (step.kind, step.id)
        copy, mine = theirs.get(key), ours(*key) if key in theirs else None
        if copy is None or mine is None or step.record is None or not rewritten(step.record, copy):
            yield step
            continue
        names = together(brought.lineages.get(key, ()), ours.past(*key).names)
        stands = as_the_office_has_it(copy, mine)
        yield Step(step.kind, step.id, Outcome.UPDATED, stands, names=names)


def _not_rewritten(step: Step, ours: _Ours) -> Step:
    """A village's file changes nothing of what it claimed but the day on which a case was typed."""
    record = step.record
    if record is None or not is_of_a_claim(record):
        return step
    if not rewritten(record, ours(step.kind, step.id)):
        return step
    reason = tr("补贴申报以后由司法所审核，申报表里的改动没有接收。请与报送单位核对。")
    return Step(step.kind, step.id, Outcome.REJECTED, reason=reason)


def _guarded(step: Step, ours: _Ours, owners: Owners, refused: set[tuple[str, str]]) -> Step:
    reason = _why_not(step, ours, owners, refused)
    if not reason:
        return step
    refused.add((step.kind, step.id))
    return Step(step.kind, step.id, Outcome.REJECTED, reason=reason)


def _why_not(step: Step, ours: _Ours, owners: Owners, refused: set[tuple[str, str]]) -> str:
    """Why a record must not be taken from this file; empty if it may."""
    record = step.record
    if record is None:
        return ""
    for name, parent in PARENTS.get(step.kind, ()):
        key = (parent, getattr(record, name))
        if key in refused and ours(*key) is None:
            return tr("它所属的记录没有接收。")
    if isinstance(record, Return) and _rewritten(record, ours("return", step.id)):
        return tr("其中的退回意见与登记簿里的不同，没有接收。请与对方核对。")
    if isinstance(record, Dispute | HandOver):
        foreign = not _moves_rightly(step, record, ours, owners)
    else:
        foreign = _foreign(record, ours, owners)
        if step.noted and not foreign:
            foreign = _foreign(step.noted[0], ours, owners)
    return _of_another(record, owners) if foreign else ""


def _of_another(record: Record, owners: Owners) -> str:
    """Why nothing is taken of what belongs to another, with what the clerk can do about it."""
    if owners.forgotten(getattr(record, "dispute_id", record.id)):
        happened = tr("这件纠纷本所移交过，本所用备份恢复过，登记簿里没有这次移交，没有接收。")
        return happened + tr("请再移交一次，对方后来改的随下一份报送并入。")
    return tr("这条记录在登记簿里属于别的单位或别的纠纷，没有接收。请与报送单位核对。")


def _moves_rightly(step: Step, record: Dispute | HandOver, ours: _Ours, owners: Owners) -> bool:
    """Whether a dispute belongs to whom it says after this, or a hand-over may say so."""
    before, theirs = ours(step.kind, step.id), step.noted[0] if step.noted else record
    if isinstance(record, HandOver):
        known = before if isinstance(before, HandOver) else None
        entries = [entry for entry in (record, theirs) if isinstance(entry, HandOver)]
        return all(owners.may_hand(entry, known) for entry in entries)
    stood = before if isinstance(before, Dispute) else None
    return owners.may_own(record, stood) and (
        isinstance(theirs, Dispute) and owners.may_note(theirs, stood)
    )


def _rewritten(entry: Return, before: Record | None) -> bool:
    """Whether what the office wrote would be another than it was."""
    return before is not None and any(
        getattr(before, name) and getattr(before, name) != getattr(entry, name)
        for name in _WRITTEN_ONCE
    )


def _foreign(record: Record, ours: _Ours, owners: Owners) -> bool:
    kind = kind_of(record)
    before = ours(kind, record.id)
    for name in _BELONGS:
        if name == "dispute_id" and kind in _POINTING:
            continue
        if before is not None and getattr(before, name, "") != getattr(record, name, ""):
            return True
    dispute_id = getattr(record, "dispute_id", "")
    dispute = ours("dispute", dispute_id) if dispute_id else None
    if isinstance(record, ClaimLine):
        return isinstance(dispute, Dispute) and not owners.may_claim(dispute)
    return isinstance(dispute, Dispute) and not owners.may_write(dispute)
