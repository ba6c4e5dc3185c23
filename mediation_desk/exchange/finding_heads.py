"""Where the columns of a sheet stand now: heads renamed, moved, set apart, added or gone."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.exchange.cells import Cell

_AMONG = 30  # heads are looked for in this many rows
_ADDED_TO_HEADS = re.compile(r"[*:]|\((?:必填|选填|可不填)\)")
_ENOUGH = 0.75
_AS_BEFORE, _AS_NAMED = 0.3, 0.4  # what its place and its words tell about a column


@dataclass(slots=True)
class Heads:
    """The columns found: `row` of the heads (0 if none), the column of each of our heads.

    `renamed` tells what our heads are called now, `extra` the heads of columns that are not ours.
    """

    row: int
    column_of: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def plain_head(cell: Cell) -> str:
    """A head by its words alone: without line breaks, blanks, stars and 必填."""
    return _ADDED_TO_HEADS.sub("", bare(cell))


def head_score(heads: Sequence[str], row: Sequence[Cell]) -> int:
    """How many of `heads` stand in a row."""
    return len({plain_head(head) for head in heads} & {plain_head(cell) for cell in row if cell})


def best_row(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """The number of the row in which most of `heads` stand, and how many; (0, 0) if in none."""
    scored = ((head_score(heads, row), -number) for number, row in enumerate(rows[:_AMONG], 1))
    score, number = max(scored, default=(0, 0))
    return (-number, score) if score else (0, 0)


def find_heads(
    heads: Sequence[str],
    expected: Mapping[str, Sequence[Cell]],
    rows: Sequence[Sequence[Cell]],
    key: str,
) -> Heads | None:
    """The columns of a sheet whose columns would hold `expected` below `heads`.

    A column whose head was renamed is known by what it holds and where it stands; a sheet that
    lost its heads, by the first row that `key` tells. None if neither is found.
    """
    number, score = best_row(heads, rows)
    if score < max(2, len(heads) // 3):
        return _without_heads(heads, expected, rows, key)
    found = Heads(number)
    ours = {plain_head(head): head for head in heads}
    for column, cell in enumerate(rows[number - 1], 1):
        head = ours.get(plain_head(cell))
        if head is not None and head not in found.column_of:
            found.column_of[head] = column
    _renamed(found, heads, expected, rows)
    found.missing = tuple(head for head in heads if head not in found.column_of)
    return found


def _without_heads(
    heads: Sequence[str],
    expected: Mapping[str, Sequence[Cell]],
    rows: Sequence[Sequence[Cell]],
    key: str,
) -> Heads | None:
    known = {bare(cell) for cell in expected[key]} - {""}
    at = heads.index(key)
    for number, row in enumerate(rows[:_AMONG], 1):
        if len(row) > at and bare(row[at]) in known:
            return Heads(number - 1, {head: column for column, head in enumerate(heads, 1)})
    return None


def _renamed(
    found: Heads,
    heads: Sequence[str],
    expected: Mapping[str, Sequence[Cell]],
    rows: Sequence[Sequence[Cell]],
) -> None:
    body, top = rows[found.row :], rows[found.row - 1]
    taken = set(found.column_of.values())
    width = max((len(row) for row in rows[found.row - 1 :]), default=0)
    values = {
        column: Counter(bare(row[column - 1]) for row in body if len(row) >= column)
        for column in range(1, width + 1)
        if column not in taken
    }
    called = {column: str(top[column - 1]) if column <= len(top) else "" for column in values}
    scores = [
        (_score(found, heads, head, column, called[column], _told(expected[head]), held), head,
         column)
        for head in heads
        if head not in found.column_of
        for column, held in values.items()
    ]  # fmt: skip
    for score, head, column in sorted(scores, key=lambda entry: (-entry[0], entry[2])):
        if score >= _ENOUGH and head not in found.column_of and column not in taken:
            found.column_of[head] = column
            found.renamed[head] = called[column]
            taken.add(column)
    for column, held in values.items():
        if column not in taken and (called[column] or held.total() > held[""]):
            found.extra[column] = called[column]


def _told(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(bare(cell) for cell in cells)


def _score(
    found: Heads,
    heads: Sequence[str],
    head: str,
    column: int,
    called: str,
    wanted: Counter[str],
    held: Counter[str],
) -> float:
    """How surely a column is the one that was under `head`: 1 for the same values in it."""
    wanted, held = wanted.copy(), held.copy()
    del wanted[""], held[""]
    most = max(wanted.total(), held.total())
    same = (wanted & held).total() / most if most else 0.5
    before = [other for other in heads[: heads.index(head)] if other in found.column_of]
    left = [other for other in found.column_of if found.column_of[other] < column]
    nearest = max(left, key=lambda other: found.column_of[other], default="")
    place = _AS_BEFORE if nearest == (before[-1] if before else "") else 0.0
    words = SequenceMatcher(None, plain_head(head), plain_head(called)).ratio()
    return same + place + _AS_NAMED * words
