"""Which row of a sheet is which record: rows may be sorted, edited, renumbered, added or gone."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from math import log

Row = tuple[Hashable, ...]

_NEARLY = 0.8  # the weight of cells that agree, of all: a row in which little was edited
_SIMILAR = 0.6
_MOST_LOOKED_AT = 40  # rows that share a rare cell with the one looked for


def matched(
    expected: Sequence[Row], got: Sequence[Row], keys: Sequence[int], known: Mapping[int, int]
) -> dict[int, int]:
    """The place in `expected` of each place in `got` that is one of those rows.

    Rows are tuples of comparable cells; the cells at `keys` name a row; `known` are places found
    already. Equal rows come first, then nearly equal ones of the same name, then similar ones of
    any name, the likest first, and last whatever has the same name. A copy of a row that is there
    is nobody's.
    """
    return _Matching(expected, got, keys, known).run()


class _Matching:
    def __init__(
        self,
        expected: Sequence[Row],
        got: Sequence[Row],
        keys: Sequence[int],
        known: Mapping[int, int],
    ) -> None:
        self._expected = expected
        self._got = got
        self._keys = keys
        self._rest = [at for at in range(len(expected[0])) if at not in keys] if expected else []
        self._found = dict(known)
        taken = set(known.values())
        self._waiting = dict.fromkeys(at for at in range(len(expected)) if at not in taken)
        self._copies: set[int] = set()

    def run(self) -> dict[int, int]:
        self._equal()
        if not self._waiting or len(self._found) == len(self._got):
            return self._found
        self._count()
        self._named(_NEARLY)
        self._similar()
        self._named(0.0)
        return self._found

    def _open(self) -> Iterator[int]:
        places = range(len(self._got))
        return (place for place in places if place not in self._found and place not in self._copies)

    def _pair(self, place: int, ours: int) -> None:
        self._found[place] = ours
        del self._waiting[ours]

    def _equal(self) -> None:
        ours: dict[Row, list[int]] = defaultdict(list)
        for number in reversed(self._waiting):
            ours[self._expected[number]].append(number)
        there = set(self._expected)
        for place in list(self._open()):
            row = self._got[place]
            if ours.get(row):
                self._pair(place, ours[row].pop())
            elif row in there:
                self._copies.add(place)

    def _count(self) -> None:
        """How often each value stands in its column: a rare one tells more about its row."""
        self._often = [Counter(column) for column in zip(*self._expected, strict=True)]

    def _weight(self, at: int, value: Hashable) -> float:
        if value == "":
            return log(2)
        return log(1 + len(self._expected) / max(1, self._often[at][value]))

    def _likeness(self, row: Row, ours: Row, *, names: bool = False) -> float:
        """The weight of the cells that agree, of all that hold anything."""
        same = total = 0.0
        for at in range(len(ours)) if names else self._rest:
            if row[at] == "" and ours[at] == "":
                continue
            weight = self._weight(at, ours[at])
            total += weight
            same += weight if row[at] == ours[at] else 0.0
        return same / total if total else 0.0

    def _named(self, least: float) -> None:
        by_name: dict[Row, list[int]] = defaultdict(list)
        for number in self._waiting:
            by_name[self._name(self._expected[number])].append(number)
        for place in list(self._open()):
            row = self._got[place]
            told = [number for number in by_name[self._name(row)] if number in self._waiting]
            scored = [(self._likeness(row, self._expected[number]), -number) for number in told]
            score, number = max(scored, default=(-1.0, 0))
            if score >= least:
                self._pair(place, -number)

    def _name(self, row: Row) -> Row:
        return tuple(row[at] for at in self._keys)

    def _similar(self) -> None:
        holding: dict[tuple[int, Hashable], list[int]] = defaultdict(list)
        for number in self._waiting:
            for at, value in enumerate(self._expected[number]):
                if value != "":
                    holding[at, value].append(number)
        scored = []
        # Of a name of several cells one may have stayed; a name of one cell was changed as a whole.
        several = len(self._keys) > 1
        for place in self._open():
            row = self._got[place]
            near = {
                number
                for at, value in enumerate(row)
                if len(holding.get((at, value), ())) <= _MOST_LOOKED_AT
                for number in holding.get((at, value), ())
            }
            scored += [
                (self._likeness(row, self._expected[number], names=several), place, number)
                for number in near
            ]
        for score, place, number in sorted(scored, key=lambda entry: (-entry[0], *entry[1:])):
            if score >= _SIMILAR and place not in self._found and number in self._waiting:
                self._pair(place, number)
