"""Versions of a record: their names, what each was made from, and what two sides have in common.

What was written in a register is named for its act, what came from another keeps its name; a merge
is named for what went into it, so that two desks that merge the same make the same version.

A lineage is a version's name and then those of all versions it was made from. A name that ends in
`HIDDEN` is a version that came without its personal values; one that begins with `OPEN` is no
version but a field about which the two sides differ and nobody has decided yet.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from mediation_desk.domain.record import Record

Names = tuple[str, ...]
# Lineages by kind and id of their records.
Lineages = Mapping[tuple[str, str], Names]
NO_LINEAGES: Lineages = MappingProxyType({})
# Records with their values as JSON, as another register wrote them, by kind and id.
Texts = Mapping[tuple[str, str], tuple[Record, str]]
NO_TEXTS: Texts = MappingProxyType({})

HIDDEN, OPEN = "-", "?"
_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was, the name of that version and all versions it was made from.

    `telling` says that it has the personal values of just that version. `open` are fields about
    which nobody had decided in it: those of its ancestors are not merged in it yet.
    """

    name: str
    ancestors: frozenset[str]
    record: Record
    telling: bool
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bases:
    """What two copies start from: the nearest versions in common.

    `apart` has them for fields that were held open on the way, where they may be other ones.
    """

    nearest: Sequence[Record] = ()
    apart: Mapping[str, Sequence[Record]] = field(default_factory=dict)

    def of(self, name: str) -> Sequence[Record]:
        """The nearest versions for a field."""
        return self.apart.get(name, self.nearest)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A lineage taken apart: versions, of which of them personal values are known, open fields."""

    names: Names
    known: frozenset[str]
    undecided: frozenset[str]

    @staticmethod
    def of(told: Iterable[str]) -> "Lineage":
        """The lineage as it is written."""
        told = tuple(told)
        if len(told) == 1 and told[0].isalnum():
            # As nearly all are that come for the first time.
            return Lineage(told, frozenset(told), frozenset())
        names: dict[str, bool] = {}
        undecided = set()
        for name in told:
            if name.startswith(OPEN):
                undecided.add(name.removeprefix(OPEN))
                continue
            bare = name.removesuffix(HIDDEN)
            names[bare] = names.get(bare, False) or bare == name
        known = frozenset(name for name, knows in names.items() if knows)
        return Lineage(tuple(names), known, frozenset(undecided))


def written(names: Iterable[str], known: Iterable[str], undecided: Iterable[str] = ()) -> Names:
    """A lineage as it is written, of versions of which those `known` tell personal values."""
    telling = set(known)
    unique = dict.fromkeys(names)
    told = (name if name in telling else name + HIDDEN for name in unique)
    return (*told, *(OPEN + name for name in sorted(undecided)))


def decided(told: Names) -> Names:
    """A written lineage without its undecided fields."""
    if len(told) == 1 and told[0].isalnum():
        return told
    lineage = Lineage.of(told)
    return written(lineage.names, lineage.known)


def hidden(told: Iterable[str]) -> Names:
    """A written lineage as it goes with a copy that was masked on leaving."""
    return tuple(
        name if name.startswith(OPEN) or name.endswith(HIDDEN) else name + HIDDEN for name in told
    )


def together(*lineages: Iterable[str]) -> Names:
    """Several written lineages as one, in order, without undecided fields."""
    every = Lineage.of(name for lineage in lineages for name in lineage)
    return written(every.names, every.known)


def version_of(act_id: str) -> str:
    """The name of what an act wrote; one act makes one version of a record."""
    return act_id[:_LENGTH]


def merged_name(one: str, other: str, content: str) -> str:
    """The name of the version that two versions became; the same whichever comes first."""
    told = "\n".join((*sorted((one, other)), content))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def shared(
    versions: Iterable[Version],
    names: Iterable[str],
    fits: Callable[[Version], bool] = lambda _version: True,
) -> list[Version]:
    """Those of our versions that the other side knows, in the order given, each name once."""
    wanted, found = set(names), dict[str, Version]()
    for version in versions:
        if version.name in wanted and fits(version):
            found.setdefault(version.name, version)
    return list(found.values())


def bases(versions: Sequence[Version], common: Sequence[Version]) -> Bases:
    """What to start from, of all our versions and those of them that the other side knows too."""
    held = {name for version in versions for name in version.open}
    apart = {name: nearest(_of_a_field(name, common, versions)) for name in held}
    return Bases(nearest(common), apart)


def _of_a_field(name: str, common: Iterable[Version], versions: Sequence[Version]) -> list[Version]:
    """Versions with the ancestors that went into a field; what came while it was open did not."""
    merged: dict[str, frozenset[str]] = {}
    for version in versions:
        if name not in version.open:
            merged[version.name] = merged.get(version.name, frozenset()) | version.ancestors
    return [replace(version, ancestors=merged.get(version.name, frozenset())) for version in common]


def unheard(name: str, versions: Sequence[Version], names: Iterable[str]) -> bool:
    """Whether a field was decided in a version that is not among the `names` of the other side."""
    held = {version.name for version in versions if name in version.open}
    told = set(names)
    return any(
        version.name not in told and not version.ancestors.isdisjoint(held)
        for version in versions
        if name not in version.open
    )


def nearest(common: Sequence[Version]) -> list[Record]:
    """Of versions in common those from which no other one of them was made.

    Where merges crossed, each of two versions was made from the other; such versions are peers and
    count as one step.
    """
    behind = {version.name: _behind(version, common) for version in common}
    return [
        version.record
        for version in common
        if all(
            other.name in behind[version.name]
            for other in common
            if version.name in behind[other.name]
        )
    ]


def _behind(version: Version, common: Sequence[Version]) -> set[str]:
    """The versions in common that `version` was made from, over whatever ways."""
    found: set[str] = set()
    waiting = [version]
    while waiting:
        made_from = waiting.pop().ancestors
        new = [other for other in common if other.name in made_from and other.name not in found]
        found.update(other.name for other in new)
        waiting += new
    return found
