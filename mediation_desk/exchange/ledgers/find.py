"""Where the tables of a workbook are: the rows of heads among titles, notes and empty cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.ledgers.heads import (
    Meaning,
    head_word,
    meaning_of_head,
    meaning_of_word,
    shown_head,
)
from mediation_desk.exchange.ledgers.slots import CORE
from mediation_desk.exchange.ledgers.titles import Title, title_above, title_between

Rows = Sequence[Sequence[Cell]]

_DEEPEST = 3  # rows of heads above each other
_LEAST = 3  # different values that heads must name
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its number from 0, its head as shown, and what that means."""

    number: int
    head: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heads start in row `first` (from 0) and take `depth` rows.

    `start` and `end` bound its columns where several tables stand side by side; the last of them
    is not in the table. `titled` is the row in which its title begins. Its title tells what that
    of the table `above` with the same heads tells, too, unless it says otherwise.
    """

    sheet: str
    first: int
    depth: int
    columns: tuple[Column, ...]
    start: int
    end: int
    title: Title
    titled: int
    above: "Table | None" = None

    def cells(self, row: Sequence[Cell]) -> list[Cell]:
        """The cells of `row` that lie in this table."""
        return list(row[self.start : self.end])


def at(row: Sequence[Cell], number: int) -> Cell:
    """A cell of a row, empty beyond its end."""
    return row[number] if number < len(row) else ""


def _could_be_head(cell: Cell) -> bool:
    return isinstance(cell, str) and len(kept(cell)) <= _LONGEST_HEAD


def _path(rows: Rows, column: int, carried: list[Cell]) -> tuple[Cell, ...]:
    own = [at(row, column) for row in rows]
    # A merged head stands in its first cell only, so it goes on to the right.
    path = [own[level] or carried[level] for level in range(len(own) - 1)]
    return (*path, own[-1]) if own[-1] else tuple(own[:-1])


def _columns(rows: Rows) -> list[Column]:
    """The columns that these rows, taken as heads, would make."""
    width = max(map(len, rows))
    carried: list[Cell] = [""] * len(rows)
    found = []
    for number in range(width):
        for level in range(len(rows) - 1):
            above = at(rows[level], number)
            # A new group above starts its parts anew.
            if above:
                carried[level:] = [above, *[""] * (len(rows) - level - 1)]
        path = _path(rows, number, carried)
        if any(bare(part) for part in path):
            found.append(Column(number, shown_head(path), meaning_of_head(path)))
    return found


def _slots(columns: Sequence[Column]) -> set[str]:
    return {
        column.meaning.slot
        for column in columns
        if column.meaning and column.meaning.sure and not column.meaning.tick
    }


def _worth(columns: Sequence[Column]) -> float:
    ticks = sum(1 for column in columns if column.meaning and column.meaning.tick)
    doubtful = sum(1 for column in columns if column.meaning and not column.meaning.sure)
    return len(_slots(columns)) + 0.5 * ticks + 0.25 * doubtful


def _enough(columns: Sequence[Column]) -> bool:
    slots = _slots(columns)
    ticked = any(column.meaning and column.meaning.tick for column in columns)
    return len(slots) + ticked >= _LEAST and bool(slots & CORE)


def _heads(rows: Rows, first: int) -> tuple[int, list[Column]] | None:
    """The heads that start in row `first`: how many rows they take, and their columns."""
    found = _heads_from(rows, first)
    if found is None or found[0] == 1:
        return found
    # A line above, such as one with the unit of money, would be taken for a group otherwise.
    below = _heads_from(rows, first + 1)
    return None if below and _worth(below[1]) >= _worth(found[1]) else found


def _heads_from(rows: Rows, first: int) -> tuple[int, list[Column]] | None:
    known = [cell for cell in rows[first] if isinstance(cell, str) and meaning_of_word(cell)]
    if not known or not all(map(_could_be_head, rows[first])):
        return None
    best: tuple[int, list[Column]] | None = None
    for depth in range(1, _DEEPEST + 1):
        taken = rows[first : first + depth]
        if len(taken) < depth or not any(taken[-1]) or not all(map(_could_be_head, taken[-1])):
            break
        columns = _columns(taken)
        if _enough(columns) and (best is None or _worth(columns) > _worth(best[1])):
            best = depth, columns
    return best


def _beside(columns: list[Column]) -> Iterator[list[Column]]:
    """The tables that stand side by side, parted by a column without a head."""
    parts: list[list[Column]] = [[]]
    for column in columns:
        if parts[-1] and column.number > parts[-1][-1].number + 1:
            parts.append([])
        parts[-1].append(column)
    if len(parts) > 1 and all(map(_enough, parts)) and _alike(parts):
        yield from parts
    else:
        yield columns


def _alike(parts: Sequence[Sequence[Column]]) -> bool:
    """Whether all parts tell the same of a case; one head said twice is still the same table."""
    shared = [_slots(part) & _slots(parts[0]) for part in parts[1:]]
    return all(len(slots) >= _LEAST and slots & CORE for slots in shared)


def find_tables(sheet: str, rows: Rows) -> list[Table]:
    """The tables of a sheet in the order of their heads.

    A row of heads that says the same as those before it is a repeated head of the same table, as
    each printed page has, unless a title above it says otherwise than what held so far.
    """
    found: list[Table] = []
    words: list[str] = []
    number = least = 0
    while number < len(rows):
        heads = _heads(rows, number) if rows[number] else None
        if heads is None:
            number += 1
            continue
        depth, columns = heads
        told = [head_word(column.head) for column in columns]
        titled, title = title_between(rows, least, number)
        if told != words:
            title = title_above(rows, number)
            found += _tables(sheet, number, depth, columns, title)
        elif title.differs(found[-1].title):
            above = found[-1]
            for table in _tables(sheet, number, depth, columns, title.below(above.title)):
                found.append(replace(table, titled=titled, above=above))
        words = told
        number += depth
        least = number
    return found


def _tables(
    sheet: str, first: int, depth: int, columns: list[Column], title: Title
) -> Iterator[Table]:
    parts = list(_beside(columns))
    for place, part in enumerate(parts):
        start = 0 if place == 0 else part[0].number
        # The last table also has what stands to the right of its heads.
        end = parts[place + 1][0].number if place + 1 < len(parts) else 1 << 14
        yield Table(sheet, first, depth, tuple(part), start, end, title, first)
