"""Finding what a row of counts satisfies, by the few codes that matter and each only once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, Generic, TypeVar

from mediation_desk.figures.figure import Kinds, Row, Where, allows, dimensions

Entry = TypeVar("Entry")
Found = TypeVar("Found")

# Where a row of counts holds the code of a dimension, if not under its own name.
_HELD = {"mediator": "mediators", "link": "links", "event": "kind", "committee": "unit_id"}


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
        names = sorted(names_in(where for where, _ in entries))
        # The attributes of a row on which it depends what is found.
        self.held = tuple(dict.fromkeys(_HELD.get(name, name) for name in names))
        self._key_of: Callable[[Any], object] = attrgetter(*self.held) if names else _nothing
        self._known: dict[object, tuple[Found, ...]] = {}
        # Most predicates name one dimension in common: by its codes few are left to look at.
        usual = Counter(name for where, _ in entries for name, _ in where).most_common(1)
        self._name = usual[0][0] if usual else ""
        self._always: list[int] = []
        self._by_code: dict[str, list[int]] = {}
        self._entries = entries
        for place, (where, _) in enumerate(entries):
            allowed = dict(where).get(self._name)
            if allowed is None:
                self._always.append(place)
            for code in allowed or ():
                self._by_code.setdefault(code, []).append(place)

    def found(self, row: Row) -> tuple[Found, ...]:
        """What is found for `row`, in the order of the entries."""
        key = self._key_of(row)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._together(tuple(self._looked_for(row)))
        return known

    def _looked_for(self, row: Row) -> Iterator[Entry]:
        codes = dimensions(row, self._kinds[row.unit_id])
        code = codes.get(self._name, "")
        several = (code,) if isinstance(code, str) else code
        likely = {place for one in several for place in self._by_code.get(one, ())}
        for place in sorted({*self._always, *likely}):
            where, found = self._entries[place]
            if allows(where, codes):
                yield found


def _nothing(_row: Row) -> object:
    return None
