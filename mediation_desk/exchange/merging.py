"""What receiving a package will do to the register, before it is done.

Each record is two values with a last writer each: what is not personal belongs to the higher
`revision`, what is personal to the higher (`personal_revision`, `revision`). So packages may come
in any order, a masked one never wipes personal values, an older one never brings back old ones.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from mediation_desk.domain.fields import describe, label_of
from mediation_desk.domain.masks import personal_fields
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, kind_of
from mediation_desk.exchange.exact import Rejected
from mediation_desk.words import tr

Current = Callable[[str, str], Record | None]

# Which records a record hangs on: field and kind. An empty field hangs on nothing.
PARENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "party": (("dispute_id", "dispute"),),
    "agent": (("dispute_id", "dispute"), ("party_id", "party")),
    "session": (("dispute_id", "dispute"),),
    "agreement": (("dispute_id", "dispute"),),
    "promise": (("dispute_id", "dispute"), ("agreement_id", "agreement")),
    "referral": (("dispute_id", "dispute"),),
    "risk": (("dispute_id", "dispute"),),
    "return": (("dispute_id", "dispute"),),
    "prevention": (("dispute_id", "dispute"),),
    "finding": (("screening_id", "screening"),),
}


class Outcome(Enum):
    """What becomes of one record of a package; every record has exactly one."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Step:
    """One record's outcome; `record` is what to adopt, only where added or updated."""

    kind: str
    id: str
    outcome: Outcome
    record: Record | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps in an order in which they can be taken."""

    steps: tuple[Step, ...]

    def counts(self) -> dict[Outcome, int]:
        """How many records have each outcome, with 0 for those that do not occur."""
        counted = Counter(step.outcome for step in self.steps)
        return {outcome: counted[outcome] for outcome in Outcome}

    def adopted(self) -> tuple[Record, ...]:
        """The records to adopt."""
        return tuple(step.record for step in self.steps if step.record is not None)


def plan(records: Iterable[Record], rejected: Iterable[Rejected], current: Current) -> Plan:
    """The plan for the records of a package over what the register holds now.

    `current` answers the register's own record by kind and id, or None.
    """
    ordered = sorted(records, key=lambda record: KEEPING_ORDER[kind_of(record)])
    known: set[tuple[str, str]] = set()
    steps = [
        Step(entry.kind, entry.id, Outcome.REJECTED, reason=entry.reason) for entry in rejected
    ]
    expected = len(steps) + len(ordered)
    for record in ordered:
        step = _step(record, current, known)
        if step.outcome is not Outcome.REJECTED:
            known.add((step.kind, step.id))
        steps.append(step)
    made = Plan(tuple(steps))
    if sum(made.counts().values()) != expected:
        raise AssertionError(made.counts())
    return made


def _step(record: Record, current: Current, known: set[tuple[str, str]]) -> Step:
    kind = kind_of(record)
    if (kind, record.id) in known:
        reason = tr("同一条记录在文件中出现了两次。")
        return Step(kind, record.id, Outcome.REJECTED, reason=reason)
    lost = _without_parent(record, kind, current, known)
    if lost:
        return Step(kind, record.id, Outcome.REJECTED, reason=lost)
    return step_for(record, current(kind, record.id))


def _without_parent(
    record: Record, kind: str, current: Current, known: set[tuple[str, str]]
) -> str:
    for name, parent in PARENTS.get(kind, ()):
        parent_id = getattr(record, name)
        if parent_id and (parent, parent_id) not in known and current(parent, parent_id) is None:
            return tr("它所属的{parent}不在文件中，登记册里也没有。").format(
                parent=label_of(type(record), name)
            )
    return ""


def step_for(record: Record, ours: Record | None) -> Step:
    """What becomes of one received record beside `ours`, the register's own."""
    kind = kind_of(record)
    if ours is None:
        return Step(kind, record.id, Outcome.ADDED, record)
    if record == ours:
        return Step(kind, record.id, Outcome.UNCHANGED)
    if clashes := _clashes(record, ours):
        labels = tr("、").join(label_of(type(record), name) for name in clashes)
        reason = tr("两边版本相同而内容不同：{labels}。保留登记册中的内容。").format(labels=labels)
        return Step(kind, record.id, Outcome.CONFLICT, reason=reason)
    merged = merge(ours, record)
    if merged != ours:
        return Step(kind, record.id, Outcome.UPDATED, merged)
    if record.revision < ours.revision:
        reason = tr("登记册中已有更新的版本。")
        return Step(kind, record.id, Outcome.OLDER, reason=reason)
    return Step(kind, record.id, Outcome.UNCHANGED)


def merge(ours: Record, theirs: Record) -> Record:
    """Both copies of one record as one; the same whichever comes first, unless they clash."""
    merged = theirs if theirs.revision > ours.revision else ours
    personal = theirs if _personal_age(theirs) > _personal_age(ours) else ours
    if personal is merged:
        return merged
    values = {name: getattr(personal, name) for name, _ in personal_fields(type(ours))}
    return replace(merged, personal_revision=personal.personal_revision, **values)


def _personal_age(record: Record) -> tuple[int, int]:
    return record.personal_revision, record.revision


def _clashes(record: Record, ours: Record) -> list[str]:
    """The fields in which two copies differ though both claim to be the same version."""
    personal = {name for name, _ in personal_fields(type(record))}
    both_open = record.personal_revision == ours.personal_revision
    clashing = []
    for name in _names(type(record)):
        if name == "personal_revision":
            continue
        comparable = both_open if name in personal else True
        if comparable and record.revision == ours.revision and _differ(record, ours, name):
            clashing.append(name)
    return clashing


def _names(record: type[Record]) -> tuple[str, ...]:
    return tuple(entry.name for entry in describe(record))


def _differ(one: Any, other: Any, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))
