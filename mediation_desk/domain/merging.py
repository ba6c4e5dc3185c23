"""Two copies of one record as one: field by field against the versions that both were made from.

Only a field that both sides changed differently is a clash; it keeps our value until somebody
decides. Personal values are one block unless both copies hold the latest: a masked copy, or one
made by a desk that had older ones, never takes part in merging them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mediation_desk.domain.fields import describe
from mediation_desk.domain.masks import personal_fields
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, to_plain

_OF_THE_COPY = frozenset(("id", "revision", "personal_revision"))


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that differs and cannot be decided by rule: its values as JSON, empty if unknown."""

    name: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What two copies became; `compared` are the fields by which copies can be told apart.

    `whole` says that it holds the latest personal values.
    """

    record: Record
    clashes: tuple[Clash, ...]
    compared: tuple[str, ...]
    whole: bool

    def equals(self, copy: Record) -> bool:
        """Whether nothing but the revision differs from `copy`."""
        return all(getattr(self.record, name) == getattr(copy, name) for name in self.compared)

    def at(self, revision: int) -> Record:
        """The merged record with its revision."""
        personal = revision if self.whole else self.record.personal_revision
        return replace(self.record, revision=revision, personal_revision=personal)

    def content(self) -> str:
        """What tells this version from others, as one text."""
        plain = to_plain(self.record)
        return canonical({name: plain[name] for name in self.compared})


def text_of(record: Record, name: str) -> str:
    """The value of a field as JSON."""
    return canonical(to_plain(record)[name])


def is_whole(copy: Record) -> bool:
    """Whether a copy holds the personal values of its own revision."""
    return copy.personal_revision == copy.revision


def _personal(ours: Record, theirs: Record, *, keeper: bool) -> tuple[Record | None, bool]:
    """Whose personal values stand, None for both by field; and whether they are the latest."""
    if is_whole(ours) and is_whole(theirs):
        return None, True
    if keeper and ours.personal_revision and not is_whole(theirs):
        return ours, True
    age = (theirs.personal_revision, theirs.revision) > (ours.personal_revision, ours.revision)
    return (theirs if age else ours), False


def _fields(record: type[Record]) -> Iterator[str]:
    return (entry.name for entry in describe(record) if entry.name not in _OF_THE_COPY)


def _personal_names(record: Record) -> list[str]:
    return [name for name, _ in personal_fields(type(record))]


def filled(ours: Record, theirs: Record, *, keeper: bool = False) -> Record:
    """Our copy with their personal values, where theirs are later.

    A `keeper` is the desk whose own the personal values are; nobody else's are later, unless made
    in full knowledge of them.
    """
    source, _ = _personal(ours, theirs, keeper=keeper)
    if source is not theirs:
        return ours
    values = {name: getattr(theirs, name) for name in _personal_names(ours)}
    return replace(ours, personal_revision=theirs.personal_revision, **values)


def newer(ours: Record, theirs: Record, *, keeper: bool = False) -> Record:
    """Their copy, which is the newer, with our personal values where ours are later."""
    source, whole = _personal(ours, theirs, keeper=keeper)
    if source is not ours:
        return theirs
    values = {name: getattr(ours, name) for name in _personal_names(ours)}
    personal = theirs.revision if whole else ours.personal_revision
    return replace(theirs, personal_revision=personal, **values)


def three_way(
    ours: Record,
    theirs: Record,
    bases: Sequence[Record],
    undecided: Collection[str] = (),
    earlier: Sequence[Record] = (),
    *,
    keeper: bool = False,
) -> Merged:
    """Merge by field against `bases`, the latest versions that both sides were made from.

    Fields that are `undecided` on the other side keep our value, and are a clash unless we knew
    theirs already. `earlier` are all versions in common, the newest first; what a clashing field
    said before is taken from them.
    """
    source, whole = _personal(ours, theirs, keeper=keeper)
    personal = _personal_names(ours)
    if source is None:
        personal = []
    values: dict[str, Any] = {name: getattr(source, name) for name in personal}
    compared = tuple(name for name in _fields(type(ours)) if name not in personal)
    clashing = []
    for name in compared:
        mine, other = getattr(ours, name), getattr(theirs, name)
        if name in undecided:
            chosen = False if mine == other or other in _known(earlier, name) else None
        else:
            chosen = _chosen(mine, other, _known(bases, name))
        if chosen is None:
            clashing.append(name)
        elif chosen:
            values[name] = getattr(theirs, name)
    if source is not None:
        values["personal_revision"] = source.personal_revision
    clashes = tuple(_clash(name, ours, theirs, (*bases, *earlier)) for name in clashing)
    return Merged(replace(ours, **values), clashes, compared, whole)


def _known(bases: Sequence[Record], name: str) -> list[Any]:
    """What the bases say; a masked one says nothing of personal values."""
    return [getattr(base, name) for base in bases if _tells(base, name)]


def _tells(copy: Record, name: str) -> bool:
    return is_whole(copy) or name not in _personal_names(copy)


def _chosen(ours: Any, theirs: Any, known: list[Any]) -> bool | None:
    """Whether theirs stands; None if that has to be decided."""
    if ours == theirs:
        return False
    if (ours in known) == (theirs in known):
        return None
    return ours in known


def _clash(name: str, ours: Record, theirs: Record, earlier: Sequence[Record]) -> Clash:
    mine, other = text_of(ours, name), text_of(theirs, name)
    told = [text_of(copy, name) for copy in earlier if _tells(copy, name)]
    base = next((text for text in told if text not in {mine, other}), "")
    return Clash(name, base, mine, other)
