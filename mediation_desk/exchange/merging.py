"""What receiving a file will do to the register, before it is done.

A record that comes is put beside the register's own by their versions: an older one changes
nothing, one made from ours takes its place, and where both sides went on from a version in common
they are merged field by field. A field that both changed differently keeps our value and becomes a
question. Personal values are a block of their own, so that a masked copy never wipes them.

Where no version in common is known, as in files of the first format, the higher revision wins.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from mediation_desk.domain.fields import label_of
from mediation_desk.domain.merging import Clash, Merged, filled, newer, text_of, three_way
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, kind_of
from mediation_desk.domain.versions import (
    NO_LINEAGES,
    Lineages,
    Names,
    Version,
    merged_name,
    nearest,
    shared,
    split,
    together,
)
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


def _no_versions() -> Sequence[Version]:
    return ()


@dataclass(frozen=True, slots=True)
class Past:
    """What the register knows of its own copy: lineage, all versions, the newest first.

    `open` are the values of the other side, as JSON, of the fields that nobody has decided yet.
    """

    names: Names = ()
    versions: Callable[[], Sequence[Version]] = _no_versions
    open: Mapping[str, str] = field(default_factory=dict)


_UNKNOWN = Past()
PastOf = Callable[[str, str], Past]


def _unknown(_kind: str, _id: str) -> Past:
    return _UNKNOWN


@dataclass(frozen=True, slots=True)
class Step:
    """One record's outcome.

    `record` is what to adopt and `names` its lineage; `noted` their copy with its lineage, to be
    written down before, where it was merged. `clashes` are the questions that stand after it;
    `settled` the fields of older questions about which both sides say the same now.
    """

    kind: str
    id: str
    outcome: Outcome
    record: Record | None = None
    reason: str = ""
    names: Names = ()
    noted: tuple[Record, Names] | None = None
    clashes: tuple[Clash, ...] = ()
    settled: tuple[str, ...] = ()
    brought: str = ""


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

    def changed(self) -> tuple[Record, ...]:
        """Those of them that will be other than they are, or about which a question arises."""
        same = {Outcome.UNCHANGED}
        steps = (step for step in self.steps if step.outcome not in same)
        return tuple(step.record for step in steps if step.record is not None)

    def lineages(self) -> Lineages:
        """The lineages of the records to adopt."""
        return {(step.kind, step.id): step.names for step in self.steps if step.names}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a plan is made over: the register's copies, what is known of their past, its role.

    A `keeper` is the desk whose own the records' personal values are.
    """

    current: Current
    past: PastOf = _unknown
    keeper: bool = False


def plan(
    records: Iterable[Record],
    rejected: Iterable[Rejected],
    beside: Beside,
    lineages: Lineages = NO_LINEAGES,
) -> Plan:
    """The plan for the records of a file, with their lineages, over what the register holds now."""
    ordered = sorted(records, key=lambda record: KEEPING_ORDER[kind_of(record)])
    known: set[tuple[str, str]] = set()
    steps = [
        Step(entry.kind, entry.id, Outcome.REJECTED, reason=entry.reason) for entry in rejected
    ]
    expected = len(steps) + len(ordered)
    for record in ordered:
        step = _step(record, beside, known, lineages)
        if step.outcome is not Outcome.REJECTED:
            known.add((step.kind, step.id))
        steps.append(step)
    made = Plan(tuple(steps))
    if sum(made.counts().values()) != expected:
        raise AssertionError(made.counts())
    return made


def _step(record: Record, beside: Beside, known: set[tuple[str, str]], lineages: Lineages) -> Step:
    kind = kind_of(record)
    key = (kind, record.id)
    if key in known:
        reason = tr("同一条记录在文件中出现了两次。")
        return Step(kind, record.id, Outcome.REJECTED, reason=reason)
    lost = _without_parent(record, kind, beside.current, known)
    if lost:
        return Step(kind, record.id, Outcome.REJECTED, reason=lost)
    ours = beside.current(*key)
    past = beside.past(*key) if ours is not None else _UNKNOWN
    return step_for(record, ours, lineages.get(key, ()), past, keeper=beside.keeper)


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


def step_for(
    record: Record,
    ours: Record | None,
    lineage: Names = (),
    past: Past = _UNKNOWN,
    *,
    keeper: bool = False,
) -> Step:
    """What becomes of one record that came beside `ours`, the register's own."""
    told, undecided = split(lineage)
    if ours is None:
        return Step(kind_of(record), record.id, Outcome.ADDED, record, names=told)
    mine = together(past.names)
    if told and told[0] in mine:
        return _older(record, ours, past, keeper=keeper)
    common = shared(past.versions(), told) if told and mine else []
    # Made from what stands here now: nothing of ours is in the way but what is undecided there.
    bases = [ours] if told and mine and mine[0] in told else _records(nearest(common))
    merged = three_way(ours, record, bases, undecided, _records(common), keeper=keeper)
    meeting = _Meeting(record, ours, told, past, merged)
    return meeting.step() if bases else meeting.step_without_base(keeper=keeper)


def _records(versions: Iterable[Version]) -> list[Record]:
    return [version.record for version in versions]


def _older(record: Record, ours: Record, past: Past, *, keeper: bool) -> Step:
    """A version that ours was made from brings at most personal values that we lack."""
    kind = kind_of(record)
    merged = filled(ours, record, keeper=keeper)
    if merged != ours:
        names = together(past.names)
        return Step(kind, record.id, Outcome.UPDATED, merged, names=names)
    if record.revision < ours.revision:
        reason = tr("登记簿中已有更新的版本。")
        return Step(kind, record.id, Outcome.OLDER, reason=reason)
    return Step(kind, record.id, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two copies of a record of which neither is known to have been made from the other."""

    theirs: Record
    ours: Record
    told: Names
    past: Past
    merged: Merged

    def step(self) -> Step:
        """The outcome where versions in common are known."""
        ours, theirs, merged = self.ours, self.theirs, self.merged
        ahead = theirs.revision > ours.revision
        same = theirs.revision == ours.revision and merged.equals(ours)
        if merged.equals(theirs) and (ahead or same):
            return self._taken(merged.at(theirs.revision), self.told)
        noted = (theirs, self.told)
        if merged.equals(ours) and (merged.clashes or self._still_open()):
            names = together(self.past.names, self.told)
            return self._taken(merged.at(ours.revision), names, noted)
        record = merged.at(max(ours.revision, theirs.revision) + 1)
        name = merged_name(self.past.names[0], self.told[0], merged.content())
        return self._taken(record, together((name,), self.past.names, self.told), noted)

    def step_without_base(self, *, keeper: bool) -> Step:
        """The outcome where none is known: the higher revision wins."""
        ours, theirs, merged = self.ours, self.theirs, self.merged
        if theirs.revision > ours.revision:
            return self._taken(newer(ours, theirs, keeper=keeper), self.told, asking=False)
        if theirs.revision < ours.revision:
            return _older(theirs, ours, self.past, keeper=keeper)
        if merged.clashes:
            names = together(self.past.names, self.told)
            noted = (theirs, self.told) if self.told else None
            return self._taken(merged.at(ours.revision), names, noted)
        record = filled(ours, theirs, keeper=keeper)
        if record == ours and not self.told:
            return Step(kind_of(ours), ours.id, Outcome.UNCHANGED)
        return self._taken(record, self.told or self.past.names)

    def _taken(
        self,
        record: Record,
        names: Names,
        noted: tuple[Record, Names] | None = None,
        *,
        asking: bool = True,
    ) -> Step:
        outcome, reason = Outcome.UPDATED, ""
        clashes = self.merged.clashes if asking else ()
        new = [clash for clash in clashes
               if self.past.open.get(clash.name) != clash.theirs]  # fmt: skip
        if new:
            outcome, reason = Outcome.CONFLICT, _differ(self.ours, new)
        elif record == self.ours:
            outcome = Outcome.UNCHANGED
        return Step(
            kind_of(record),
            record.id,
            outcome,
            record,
            reason,
            together(names),
            noted,
            tuple(new),
            tuple(self._settled(record)),
            self.told[0] if self.told else "",
        )

    def _settled(self, record: Record) -> list[str]:
        """The open questions about which both sides say the same now."""
        return [
            name for name in self.past.open if text_of(self.theirs, name) == text_of(record, name)
        ]

    def _still_open(self) -> bool:
        return len(self._settled(self.merged.record)) < len(self.past.open)


def _differ(record: Record, clashes: Iterable[Clash]) -> str:
    labels = tr("、").join(label_of(type(record), clash.name) for clash in clashes)
    words = tr("两边都改了：{labels}。登记簿里暂时不变，已列入待核对。")
    return words.format(labels=labels)
