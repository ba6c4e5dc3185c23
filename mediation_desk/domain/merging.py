"""Two copies of one record as one: field by field against the versions that both were made from.

Only a field that both sides changed differently is a clash; it keeps our value until somebody
decides. Personal values are merged field by field only where both copies have some that the other
lacks; else they are a block, so that a masked copy never takes part in merging them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from mediation_desk.domain.fields import describe, fields_by_name, once
from mediation_desk.domain.masks import masked_value, personal_fields
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, to_plain
from mediation_desk.domain.versions import Bases

_OF_THE_COPY = frozenset(("id", "revision", "personal_revision"))
_NONE = Bases()


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that differs and cannot be decided by rule: its values as JSON, empty if unknown."""

    name: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Common:
    """What two copies have in common: the latest versions that both were made from, as bases.

    `earlier` are all such versions, the newest first; what a clashing field said before is taken
    from them. `undecided` are fields that the other side holds open, `asked` those that we do, and
    `follows` those in which a rule, and nobody's choice, lets the other side's value stand.
    """

    bases: Bases = _NONE
    earlier: Sequence[Record] = ()
    undecided: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    follows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Personal:
    """How personal values are merged: those of `source` stand, or without one field by field.

    `bases` are then the latest versions of which both sides know them. There are none where a
    record `came_masked` and somebody typed into it since.
    """

    source: Record | None
    bases: Bases = _NONE
    came_masked: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """What two copies became; `compared` are the fields by which copies can be told apart.

    `by_field` says that personal values were merged too, not taken as a block.
    """

    record: Record
    clashes: tuple[Clash, ...]
    compared: tuple[str, ...]
    by_field: bool

    def equals(self, copy: Record) -> bool:
        """Whether nothing but the revision differs from `copy`."""
        return all(getattr(self.record, name) == getattr(copy, name) for name in self.compared)

    def at(self, revision: int) -> Record:
        """The merged record with its revision."""
        return replace(self.record, revision=revision)

    def content(self) -> str:
        """What tells this version from others, as one text."""
        plain = to_plain(self.record)
        return canonical({name: plain[name] for name in self.compared})


def text_of(record: Record, name: str) -> str:
    """The value of a field as JSON."""
    return canonical(to_plain(record)[name])


def is_personal(record: Record) -> bool:
    """Whether records like this one have personal values."""
    return bool(personal_names(type(record)))


@once
def personal_names(kind: type[Record]) -> frozenset[str]:
    """The names of the personal fields of a kind of record."""
    return frozenset(name for name, _ in personal_fields(kind))


@once
def _open_values(record: type[Record]) -> Callable[[Record], Any]:
    private = personal_names(record) | _OF_THE_COPY
    return attrgetter(*(e.name for e in describe(record) if e.name not in private), "revision")


def contradicts(one: Record, other: Record) -> bool:
    """Whether two copies that claim to be one version differ in more than personal values."""
    told = _open_values(type(one))
    return bool(told(one) != told(other))


def with_personal(record: Record, source: Record) -> Record:
    """`record` with the personal values of `source`."""
    if source is record:
        return record
    values = {name: getattr(source, name) for name in personal_names(type(record))}
    return replace(record, personal_revision=source.personal_revision, **values)


def later_personal(one: Record, other: Record) -> Record:
    """Whose personal values are the later ones, by their revisions alone."""
    ages = [(copy.personal_revision, copy.revision) for copy in (one, other)]
    return other if ages[1] > ages[0] else one


def three_way(ours: Record, theirs: Record, common: Common, personal: Personal) -> Merged:
    """Merge two copies of a record; the revision is left as ours.

    A field that is undecided on the other side keeps our value, and is a clash unless we knew
    theirs already.
    """
    private = personal_names(type(ours))
    values: dict[str, Any] = {}
    if personal.source is not None:
        values = {name: getattr(personal.source, name) for name in private}
        values["personal_revision"] = personal.source.personal_revision
    else:
        values["personal_revision"] = max(ours.personal_revision, theirs.personal_revision)
    compared = tuple(name for name in _fields(ours) if name not in values)
    clashes = []
    for name in compared:
        bases = personal.bases if name in private else common.bases
        takes = _unmasks(name, ours, theirs) if name in private and personal.came_masked else None
        if takes is None:
            takes = _takes(name, ours, theirs, replace(common, bases=bases))
        if takes is None:
            clashes.append(_clash(name, ours, theirs, (*bases.of(name), *common.earlier)))
        elif takes:
            values[name] = getattr(theirs, name)
    by_field = personal.source is None
    return Merged(replace(ours, **values), tuple(clashes), compared, by_field)


def _fields(record: Record) -> Iterator[str]:
    return (entry.name for entry in describe(type(record)) if entry.name not in _OF_THE_COPY)


def _unmasks(name: str, ours: Record, theirs: Record) -> bool | None:
    """Whether theirs is what ours is the mask of; None where neither is the other's mask.

    Of a record that came masked one value may have been typed since; the others are none.
    """
    mask = fields_by_name(type(ours))[name].personal
    mine, other = getattr(ours, name), getattr(theirs, name)
    if mask is None or mine == other:
        return None
    if mine == masked_value(mask, other):
        return True
    return False if other == masked_value(mask, mine) else None


def _takes(name: str, ours: Record, theirs: Record, common: Common) -> bool | None:
    """Whether their value stands; None if that has to be decided."""
    mine, other = getattr(ours, name), getattr(theirs, name)
    if mine == other:
        return False
    if name in common.follows:
        return True
    if name in common.undecided:
        known = [getattr(copy, name) for copy in common.earlier]
        return False if other in known else None
    known = [getattr(copy, name) for copy in common.bases.of(name)]
    if name in common.bases.apart and any(value != known[0] for value in known):
        # Both know both values; who asks no longer has decided, be it for what it had.
        return True if name in common.asked and mine in known else None
    if (mine in known) == (other in known):
        return None
    return mine in known


def _clash(name: str, ours: Record, theirs: Record, earlier: Sequence[Record]) -> Clash:
    mine, other = text_of(ours, name), text_of(theirs, name)
    told = (text_of(copy, name) for copy in earlier)
    base = next((text for text in told if text not in {mine, other}), "")
    return Clash(name, base, mine, other)
