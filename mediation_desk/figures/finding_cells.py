"""Finding what a row of counts satisfies, by the few codes that matter and each only once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from mediation_desk.figures.figure import Kinds, Row, Where, allows, dimensions

Entry = TypeVar("Entry")
Found = TypeVar("Found")

# Where a row of counts holds the code of a dimension, if not under its own name.
_HELD = {"mediator": "mediators", "link": "links", "event": "kind", "committee": "unit_id"}


# So many sorts of rows are remembered by one finder, and so many finders.
_MOST_KNOWN, _MOST_FINDERS = 20_000, 64


def names_in(wheres: Iterable[Where]) -> frozenset[str]:
    """The dimensions that any of these predicates names."""
    return frozenset(name for where in wheres for name, _ in where)


class Finder(Generic[Entry, Found]):
    """Answers which of many predicates a row of counts satisfies; `kinds` are those of all units.

    `entries` are the predicates, each with what is found where it holds; `together` puts all that
    was found for a row into the form that is wanted.
    """

    def __init__(
        self,
        entries: Sequence[tuple[Where, Entry]],
        kinds: Kinds,
        together: Callable[[Sequence[Entry]], tuple[Found, ...]],
    ) -> None:
        self._kinds = kinds
        self._together = together
        names = names_in(where for where, _ in entries)
        # The attributes of a row on which it depends what is found.
        self.held = _held(names)
        self._key_of = _key_of(self.held)
        self._known: dict[object, tuple[Found, ...]] = {}
        # Most predicates name one dimension in common: by its codes few are left to look at. What
        # else they ask is mostly the same, so that it is answered for all of them at once.
        usual = Counter(name for where, _ in entries for name, _ in where).most_common(1)
        self._name = usual[0][0] if usual else ""
        self._rest_of = _key_of(_held(names - {self._name}))
        self._rests: dict[Where, int] = {}
        self._satisfied: dict[object, frozenset[int]] = {}
        self._always: list[tuple[int, int]] = []
        self._by_code: dict[str, list[tuple[int, int]]] = {}
        self._entries = entries
        for place, (where, _) in enumerate(entries):
            self._sort_in(place, dict(where))

    def _sort_in(self, place: int, where: dict[str, frozenset[str]]) -> None:
        allowed = where.pop(self._name, None)
        rest = self._rests.setdefault(tuple(where.items()), len(self._rests))
        if allowed is None:
            self._always.append((place, rest))
        for code in allowed or ():
            self._by_code.setdefault(code, []).append((place, rest))

    def found(self, row: Row) -> tuple[Found, ...]:
        """What is found for `row`, in the order of the entries."""
        key = self._key_of(row)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._together(tuple(self._looked_for(row)))
        return known

    def _looked_for(self, row: Row) -> Iterator[Entry]:
        codes = dimensions(row, self._kinds[row.unit_id])
        key = self._rest_of(row)
        satisfied = self._satisfied.get(key)
        if satisfied is None:
            found = (rest for where, rest in self._rests.items() if allows(where, codes))
            satisfied = self._satisfied[key] = frozenset(found)
        code = codes.get(self._name, "")
        likely = self._by_code.get(code, []) if isinstance(code, str) else self._any(code)
        for place, rest in sorted(self._always + likely) if self._always else likely:
            if rest in satisfied:
                yield self._entries[place][1]

    def _any(self, codes: Iterable[str]) -> list[tuple[int, int]]:
        """Those of any of several codes, each once."""
        return sorted({place for code in codes for place in self._by_code.get(code, ())})


@lru_cache(maxsize=_MOST_FINDERS)
def remembered(
    entries: tuple[tuple[Where, Entry], ...],
    kinds: frozenset[tuple[str, str]],
    together: Callable[[Sequence[Entry]], tuple[Found, ...]],
) -> Finder[Entry, Found]:
    """The finder for these predicates, which the same table of another time has used before."""
    return Finder(entries, dict(kinds), together)


def _held(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_HELD.get(name, name) for name in sorted(names)))


def _key_of(held: Sequence[str]) -> Callable[[Any], object]:
    return attrgetter(*held) if held else _nothing


def _nothing(_row: Row) -> object:
    return None
