"""Versions of a record: their names, what each was made from, and what two sides have in common.

What was written in a register is named for its act, what came from another keeps its name; a merge
is named for what went into it, so that two desks that merge the same make the same version. A
lineage is a version's name and then those of all versions it was made from; a name that begins
with `OPEN` is a field about which the two sides differ and nobody has decided yet.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mediation_desk.domain.record import Record

Names = tuple[str, ...]
# Lineages by kind and id of their records.
Lineages = Mapping[tuple[str, str], Names]
NO_LINEAGES: Lineages = MappingProxyType({})

OPEN = "?"
_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it was, the name of that version and all versions it was made from."""

    name: str
    ancestors: frozenset[str]
    record: Record


def version_of(act_id: str) -> str:
    """The name of what an act wrote; one act makes one version of a record."""
    return act_id[:_LENGTH]


def split(lineage: Iterable[str]) -> tuple[Names, frozenset[str]]:
    """The versions of a lineage, and the fields that are undecided."""
    told = tuple(lineage)
    fields = frozenset(name[len(OPEN) :] for name in told if name.startswith(OPEN))
    return tuple(name for name in told if not name.startswith(OPEN)), fields


def together(*lineages: Iterable[str]) -> Names:
    """Several lineages as one, each name once, in order, without undecided fields."""
    return tuple(dict.fromkeys(name for lineage in lineages for name in split(lineage)[0]))


def merged_name(one: str, other: str, content: str) -> str:
    """The name of the version that two versions became; the same whichever comes first."""
    told = "\n".join((*sorted((one, other)), content))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def shared(versions: Iterable[Version], names: Collection[str]) -> list[Version]:
    """Those of our versions that the other side knows, in the order given, each name once."""
    wanted, found = set(names), dict[str, Version]()
    for version in versions:
        if version.name in wanted:
            found.setdefault(version.name, version)
    return list(found.values())


def nearest(common: Sequence[Version]) -> list[Version]:
    """Of versions in common those from which no other one of them was made."""
    return [
        version
        for version in common
        if not any(version.name in other.ancestors for other in common if other is not version)
    ]
