"""Two copies of one record beside each other: what becomes of them, by the versions of both.

An older one changes nothing, one made from ours takes its place, and where both sides went on from
a version in common they are merged field by field. A field that both changed differently keeps our
value and becomes a question. Personal values are a block of their own, so that a masked copy never
wipes them.

Where no version in common is known, as in files of the first format, the higher revision wins.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from mediation_desk.domain.early_warning import raised_first
from mediation_desk.domain.fields import label_of
from mediation_desk.domain.merging import (
    Clash,
    Common,
    Merged,
    Personal,
    contradicts,
    is_personal,
    later_personal,
    personal_names,
    text_of,
    three_way,
    with_personal,
)
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.versions import (
    Bases,
    Lineage,
    Names,
    Version,
    bases,
    merged_name,
    shared,
    unheard,
    written,
)
from mediation_desk.words import tr


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

    `open` are the values of the other side, as JSON, of the fields that nobody has decided yet, and
    `raised` the versions that brought them. `follows` are the fields in which the other side's copy
    stands without a question, as whose a dispute is when it was handed over.
    """

    names: Names = ()
    versions: Callable[[], Sequence[Version]] = _no_versions
    open: Mapping[str, str] = field(default_factory=dict)
    raised: Mapping[str, str] = field(default_factory=dict)
    follows: frozenset[str] = frozenset()


UNKNOWN = Past()


# Not a dataclass: every record that comes gets one, and a frozen class fills itself slowly.
class Step(NamedTuple):
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


def step_for(
    record: Record, ours: Record | None, lineage: Names = (), past: Past = UNKNOWN
) -> Step:
    """What becomes of one record that came beside `ours`, the register's own."""
    if ours is None:
        return Step(kind_of(record), record.id, Outcome.ADDED, record, names=lineage)
    meeting = _Meeting(record, ours, lineage, past)
    return meeting.step() if lineage and past.names else meeting.by_revision()


class _Meeting:
    """Two copies of a record beside each other."""

    def __init__(self, theirs: Record, ours: Record, lineage: Names, past: Past) -> None:
        self._theirs, self._ours, self._past = theirs, ours, past
        self._told, self._mine = Lineage.of(lineage), Lineage.of(past.names)
        self._versions: Sequence[Version] | None = None

    def step(self) -> Step:
        """The outcome by the versions of both."""
        follows = self._past.follows
        if self._told.names[0] == self._mine.names[0] and contradicts(self._theirs, self._ours):
            return self._disputed()
        if self._told.names[0] in self._mine.names:
            # Ours was made from theirs; it lacks at most personal values.
            if self._personal().source is self._ours:
                given_up = self._given_up()
                return self._as_is(self._ours, self._mine.names) if given_up else self._nothing()
            start, follows = Bases([self._theirs]), frozenset()
        elif self._mine.names[0] in self._told.names:
            # Theirs was made from ours; in the way is at most what is undecided there.
            start = Bases([self._ours])
        else:
            start = bases(self._all(), self._common())
        if not start.nearest and set(self._told.names).isdisjoint(self._mine.names):
            return self.by_revision()
        # Of one common start that is not held here nobody knows what it said: all is asked.
        earlier = [version.record for version in self._common()] if self._told.undecided else ()
        common = Common(start, earlier, self._told.undecided, self._asked(), follows)
        return self._merged(three_way(self._ours, self._theirs, common, self._personal()))

    def _disputed(self) -> Step:
        """The outcome where both claim to be one version and are not: nobody but a person knows."""
        merged = three_way(self._ours, self._theirs, Common(), Personal(self._ours))
        return self._written(self._ours, self._mine.names, merged.clashes, noted=False)

    def _all(self) -> Sequence[Version]:
        if self._versions is None:
            self._versions = self._past.versions()
        return self._versions

    def _common(self) -> list[Version]:
        return shared(self._all(), self._told.names)

    def _personal(self) -> Personal:
        if not self._ours.personal_revision and not self._theirs.personal_revision:
            return Personal(self._theirs if self._later_masks() else self._ours)
        theirs, mine = self._told.known, self._mine.known
        if not (is_personal(self._ours) and self._theirs.personal_revision) or theirs <= mine:
            return Personal(self._ours)
        if not self._ours.personal_revision:
            return Personal(self._theirs)
        if mine <= theirs:
            # They know ours; what they still ask about does not stand here for that.
            undecided = self._told.undecided & personal_names(type(self._ours))
            return Personal(None, Bases([self._ours])) if undecided else Personal(self._theirs)
        both = shared(self._all(), theirs & mine, lambda version: version.telling)
        return Personal(None, bases(self._all(), both), came_masked=theirs.isdisjoint(mine))

    def _given_up(self) -> bool:
        """Whether they gave up what they had said where we still ask: theirs is our very version.

        It is, where they took ours over; a copy of it from before they said so tells nothing.
        """
        raised = self._past.raised
        return (
            bool(raised)
            and self._told.names[0] == self._mine.names[0]
            and self._told.undecided.isdisjoint(raised)
            and set(raised.values()) <= set(self._told.names)
        )

    def _asked(self) -> frozenset[str]:
        """The fields that we ask about, but those we had decided before without their knowing."""
        told = self._told.names
        return frozenset(name for name in self._past.open if not unheard(name, self._all(), told))

    def _later_masks(self) -> bool:
        """Of copies that both came masked, whether theirs shows what stands now."""
        if self._told.names[0] in self._mine.names or self._mine.names[0] in self._told.names:
            return self._told.names[0] not in self._mine.names
        return self._theirs.revision > self._ours.revision

    def _merged(self, merged: Merged) -> Step:
        ours, theirs = self._ours, self._theirs
        ahead = theirs.revision > ours.revision
        same = theirs.revision == ours.revision and merged.equals(ours)
        if merged.equals(theirs) and (ahead or same):
            return self._taken(merged, theirs.revision, self._told.names)
        if merged.equals(ours) and self._stays(merged):
            return self._taken(merged, ours.revision, self._mine.names, noted=True)
        name = merged_name(self._mine.names[0], self._told.names[0], merged.content())
        revision = max(ours.revision, theirs.revision) + 1
        return self._taken(merged, revision, (name, *self._mine.names), noted=True)

    def _stays(self, merged: Merged) -> bool:
        """Whether ours remains the version it is: it was only filled in, or is still in question.

        Else it becomes a new one, so that the other side learns that theirs was seen.
        """
        filled = self._told.names[0] in self._mine.names and not merged.by_field
        return filled or bool(merged.clashes) or self._open_after(merged.record)

    def by_revision(self) -> Step:
        """The outcome where no version in common is known: the higher revision wins."""
        ours, theirs = self._ours, self._theirs
        if (ruled := self._by_rule()) is not None:
            return ruled
        source = later_personal(ours, theirs)
        if theirs.revision > ours.revision:
            return self._as_is(self._whole(with_personal(theirs, source), self._told.names))
        if theirs.revision < ours.revision:
            filled = self._whole(with_personal(ours, source), self._mine.names)
            return self._nothing() if filled == ours else self._as_is(filled, self._mine.names)
        both = ours.personal_revision == theirs.personal_revision
        personal = Personal(None if both else source)
        merged = three_way(ours, theirs, Common(), personal)
        if merged.clashes:
            return self._taken(
                merged, ours.revision, self._mine.names, noted=bool(self._told.names)
            )
        if merged.record == ours and not self._told.names:
            return self._nothing()
        return self._as_is(merged.record)

    def _by_rule(self) -> Step | None:
        """The outcome where a case goes with its hand-over, or a sign was raised twice; else None.

        A desk put back from a backup raises again by itself what it had raised.
        """
        ours, theirs = self._ours, self._theirs
        if not (self._told.names and self._mine.names):
            return None
        if self._past.follows:
            personal = Personal(later_personal(ours, theirs))
            return self._merged(
                three_way(ours, theirs, Common(follows=self._past.follows), personal)
            )
        first = raised_first(ours, theirs) if ours.revision == theirs.revision else None
        if first is None:
            return None
        copies = (ours, self._mine.names), (theirs, self._told.names)
        # Of equal ones both sides take the same version, whichever file comes first.
        return self._as_is(first, min(names for copy, names in copies if copy == first))

    def _nothing(self) -> Step:
        kind, id_ = kind_of(self._ours), self._ours.id
        if self._theirs.revision < self._ours.revision:
            return Step(kind, id_, Outcome.OLDER, reason=tr("登记簿中已有更新的版本。"))
        return Step(kind, id_, Outcome.UNCHANGED)

    def _as_is(self, record: Record, names: Names = ()) -> Step:
        """Take a record without asking anything."""
        return self._written(record, names or self._told.names, (), noted=False)

    def _taken(self, merged: Merged, revision: int, names: Names, *, noted: bool = False) -> Step:
        record = self._whole(merged.at(revision), names)
        return self._written(record, names, merged.clashes, noted=noted)

    def _whole(self, record: Record, names: Names) -> Record:
        """The outcome, which tells all personal values where both sides together do.

        Of a copy without a lineage nobody knows whether its personal values are others.
        """
        every = {*names, *self._told.names, *self._mine.names}
        both = self._told.names and self._mine.names
        whole = bool(both) and self._telling(names) >= every
        return replace(record, personal_revision=record.revision) if whole else record

    def _telling(self, names: Names) -> frozenset[str]:
        """The versions whose personal values the outcome has.

        A version made here is among them, unless one of the two came masked: the other side makes
        the same one with its own.
        """
        known = self._told.known | self._mine.known
        if not known.issuperset((self._told.names[0], self._mine.names[0])):
            return known
        return known | (set(names) - {*self._told.names, *self._mine.names})

    def _written(
        self, record: Record, names: Names, clashes: Sequence[Clash], *, noted: bool
    ) -> Step:
        outcome, reason = Outcome.UPDATED, ""
        open_ = self._past.open
        new = tuple(clash for clash in clashes if open_.get(clash.name) != clash.theirs)
        if new:
            outcome, reason = Outcome.CONFLICT, _differ(record, new)
        elif record == self._ours:
            outcome = Outcome.UNCHANGED
        every = (*names, *self._mine.names, *self._told.names)
        told = self._told
        own = (self._theirs, written(told.names, told.known, told.undecided)) if noted else None
        undecided = told.undecided if names[:1] == told.names[:1] else ()
        return Step(
            kind_of(record),
            record.id,
            outcome,
            record,
            reason,
            written(every, self._telling(names), undecided) if names else (),
            own,
            new,
            self._settled(record),
            self._told.names[0] if self._told.names else "",
        )

    def _settled(self, record: Record) -> tuple[str, ...]:
        """The open questions about which both sides say the same now."""
        return tuple(
            name for name in self._past.open if text_of(self._theirs, name) == text_of(record, name)
        )

    def _open_after(self, record: Record) -> bool:
        return len(self._settled(record)) < len(self._past.open)


def _differ(record: Record, clashes: Iterable[Clash]) -> str:
    labels = tr("、").join(label_of(type(record), clash.name) for clash in clashes)
    words = tr("两边都改了：{labels}。登记簿里暂时不变，已列入待核对。")
    return words.format(labels=labels)
