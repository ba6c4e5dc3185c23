"""A described paper on pages: every line, border and picture at its place.

Word lays the same description out by the same pitches and heights, so the pages agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mediation_desk.papers.described import (
    BORDER,
    SLIVER,
    Block,
    Border,
    CasePaper,
    Grid,
    Picture,
    Row,
    Words,
)
from mediation_desk.papers.keeping import (
    Group,
    as_whole,
    grouped,
    kept_whole,
    lacks_text,
    low,
    may_stay,
    parted,
    together_height,
    with_last_rows,
)
from mediation_desk.papers.measuring import (
    AIR,
    MM,
    PAGE_HIGH,
    PAGE_WIDE,
    SIDE,
    content_height,
    fitting,
    is_whole,
    lines_in,
    row_height,
    set_cells,
)
from mediation_desk.papers.type_setting import UNITS, SetLine

# Rounding must not turn a page.
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of text at its place."""

    line: SetLine
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A border from one point to another."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture and the room it is fitted into."""

    content: bytes
    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Squares:
    """A code for scanners, `side` wide and high with its quiet edge."""

    rows: tuple[str, ...]
    left: float
    top: float
    side: float


Mark = Drawn | Stroke | Placed | Squares


@dataclass(slots=True)
class Page:
    """What stands on one page; a number of 0 is not printed."""

    marks: list[Mark] = field(default_factory=list)
    number: int = 0


def lay_out(paper: CasePaper) -> list[Page]:
    """The pages of one paper; there is always at least one."""
    return _laid(paper.blocks)[1].pages


def arranged(blocks: Sequence[Block]) -> list[Group]:
    """The groups in which blocks stand: where signatures turn the page, the text's end goes along.

    Word is given the same groups, since each program parts a kept text at another place.
    """
    return _laid(blocks)[0]


def _laid(blocks: Sequence[Block]) -> "tuple[list[Group], _Setter]":
    found: list[Group] = []
    setter = _Setter()
    for group in grouped(blocks):
        made = group
        while found and lacks_text(made) and setter.turns(made):
            rest, end = parted(found[-1])
            joined = next((way for way in ([*end, *made], [*low(end), *made])
                           if end and kept_whole(way)), None)  # fmt: skip
            if joined is None:
                break
            made = joined
            found[-1:] = [rest] if rest else []
            setter = _all_set(found)
        whole = as_whole(made)
        if whole is not None and setter.turns(whole):
            made = whole
        setter.group(made)
        parts = with_last_rows(made) if setter.lonely_row else None
        if parts is None:
            found.append(made)
            continue
        # As no single line, no single row is sent ahead.
        found += parts
        setter = _all_set(found)
    return found, setter


def _all_set(groups: Sequence[Group]) -> "_Setter":
    setter = _Setter()
    for group in groups:
        setter.group(group)
    return setter


class _Setter:
    """Puts blocks below each other and turns the page when it is full."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self._top = 0.0
        self._below_table = False
        # Whether the last row of the table that was put stands alone on a page.
        self.lonely_row = False

    def _turn(self) -> None:
        self.pages.append(Page())
        self._top = 0.0

    def _mark(self, mark: Mark) -> None:
        self.pages[-1].marks.append(mark)

    def turns(self, group: Sequence[Block]) -> bool:
        """Whether the group fits on a page but not on what is left of this."""
        if self._top == 0 or not (len(group) > 1 or kept_whole(group)):
            return False
        high = self._air_before(group) + together_height(group)
        return self._top + high > PAGE_HIGH and may_stay(group)

    def _air_before(self, group: Sequence[Block]) -> float:
        """What Word needs to keep two tables apart."""
        whole = kept_whole(group)
        if not (self._below_table and self._top and (whole or isinstance(group[0], Grid))):
            return 0.0
        return (SLIVER if whole else SLIVER + BORDER) * UNITS

    def group(self, group: Sequence[Block]) -> None:
        """Put blocks that want to stand on one page."""
        self.lonely_row = False
        turns, air = self.turns(group), self._air_before(group)
        self._below_table = kept_whole(group) or isinstance(group[-1], Grid)
        self._top += air
        if turns:
            self._turn()
        for block in group:
            self._put(block)
        if kept_whole(group) and isinstance(group[-1], Grid):
            # The row in which Word keeps a table ends in a line.
            self._top += SLIVER * UNITS

    def _put(self, block: Block) -> None:
        if isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif self.pages[-1].marks:
            self._turn()

    def _words(self, block: Words) -> None:
        pitch, lines = block.look.pitch * UNITS, lines_in(block)
        self._top += block.before * UNITS
        while lines:
            room = max(int((PAGE_HIGH - self._top) / pitch + _TINY), 0)
            count = fitting(lines, room)
            for line in lines[:count]:
                self._mark(Drawn(line, block.left * MM, self._top))
                self._top += pitch
            lines = lines[count:]
            if lines:
                self._turn()
        self._top += block.after * UNITS

    def _grid(self, grid: Grid) -> None:
        heads = [row for row in grid.rows if row.head]
        turned = False
        for row in grid.rows:
            before = len(self.pages)
            self._row(grid, row, heads)
            turned = len(self.pages) > before
        self.lonely_row = turned and is_whole(grid, grid.rows[-1])

    def _row(self, grid: Grid, row: Row, heads: Sequence[Row]) -> None:
        cells = set_cells(grid, row)
        high = row_height(grid, row)
        if is_whole(grid, row) and self._top + high > PAGE_HIGH and self._top:
            self._turn_below(grid, row, heads)
        least = row.high * MM
        while self._top + high > PAGE_HIGH:
            room = PAGE_HIGH - self._top
            if any(_taken(row, cells, room)):
                taken = self._part(grid, row, cells, room)
                cells = [lines[count:] for lines, count in zip(cells, taken, strict=True)]
                least = max(least - room, 0.0)
            self._turn_below(grid, row, heads)
            high = max(content_height(grid, row, list(map(len, cells))), least)
        self._part(grid, row, cells, high)
        self._top += high

    def _turn_below(self, grid: Grid, row: Row, heads: Sequence[Row]) -> None:
        """Turn the page and let the heads of a table stand there again."""
        self._turn()
        for head in heads:
            if head is not row:
                self._row(grid, head, ())

    def _part(self, grid: Grid, row: Row, cells: list[list[SetLine]], high: float) -> list[int]:
        """Draw as much of a row as fits into `high`; how many lines of each cell that were."""
        taken, start, left = _taken(row, cells, high), 0, 0.0
        for cell, lines, count in zip(row.cells, cells, taken, strict=True):
            wide = grid.wide(start, cell.span) * MM
            pitch = cell.look.pitch * UNITS
            top = self._top + AIR
            if len(lines) == count and cell.centred:
                top = self._top + (high - count * pitch) / 2
            for place, line in enumerate(lines[:count]):
                self._mark(Drawn(line, left + SIDE, top + place * pitch))
            if cell.squares:
                side = min(wide, high)
                self._mark(Squares(cell.squares, left + (wide - side) / 2, self._top, side))
            self._border(grid.border, left, wide, high)
            start, left = start + cell.span, left + wide
        return taken

    def _border(self, border: Border, left: float, wide: float, high: float) -> None:
        top, right, bottom = self._top, left + wide, self._top + high
        if border is Border.NONE:
            return
        self._mark(Stroke(left, bottom, right, bottom))
        if border is Border.FULL:
            self._mark(Stroke(left, top, right, top))
            self._mark(Stroke(left, top, left, bottom))
            self._mark(Stroke(right, top, right, bottom))

    def _picture(self, block: Picture) -> None:
        if self._top:
            self._turn()
        caption = Words(block.caption)
        self._words(caption)
        self._mark(
            Placed(block.content, 0, self._top, PAGE_WIDE, PAGE_HIGH - self._top - 2 * UNITS)
        )
        self._top = PAGE_HIGH


def _taken(row: Row, cells: Sequence[Sequence[SetLine]], high: float) -> list[int]:
    """How many lines of each cell go into a part of a row that is so high."""
    return [
        fitting(lines, max(int((high - 2 * AIR + 0.5) // (cell.look.pitch * UNITS)), 0))
        for cell, lines in zip(row.cells, cells, strict=True)
    ]
