"""A described paper on pages: every line, border and picture at its place.

Word lays the same description out by the same pitches and heights, so the pages agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mediation_desk.papers.described import (
    BORDER,
    PAD_SIDE,
    PAD_TOP,
    POINT,
    SLIVER,
    TEXT_HIGH,
    TEXT_WIDE,
    Block,
    Border,
    CasePaper,
    Grid,
    PageBreak,
    Picture,
    Row,
    Words,
)
from mediation_desk.papers.type_setting import UNITS, SetLine, set_lines

_MM = UNITS / POINT
_WIDE, _HIGH = TEXT_WIDE * _MM, TEXT_HIGH * _MM
_SIDE, _AIR = PAD_SIDE * _MM, PAD_TOP * _MM
# A row of so few lines is never torn apart; Word is told the same.
WHOLE_LINES = 6
# What must stay together goes on one page unless it is higher than so much of it.
_TOGETHER = 0.9


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


@dataclass(slots=True)
class Page:
    """What stands on one page; a number of 0 is not printed."""

    marks: list[Drawn | Stroke | Placed] = field(default_factory=list)
    number: int = 0


def lay_out(paper: CasePaper) -> list[Page]:
    """The pages of one paper; there is always at least one."""
    setter = _Setter()
    for group in together(paper.blocks):
        setter.begin(group)
        for block in group:
            setter.put(block)
    return setter.pages


def together(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in groups of which each wants to stand on one page."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not (isinstance(block, Words | Grid) and block.stay):
            yield group
            group = []
    if group:
        yield group


class _Setter:
    """Puts blocks below each other and turns the page when it is full."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self._top = 0.0
        self._below_table = False

    def _turn(self) -> None:
        self.pages.append(Page())
        self._top = 0.0

    def _mark(self, mark: Drawn | Stroke | Placed) -> None:
        self.pages[-1].marks.append(mark)

    def begin(self, group: Sequence[Block]) -> None:
        """Turn the page first if the group fits on a page but not on what is left of this."""
        whole = kept_whole(group)
        as_table = whole or isinstance(group[0], Grid)
        if self._below_table and as_table and self._top:
            self._top += (SLIVER if whole else SLIVER + BORDER) * UNITS
        self._below_table = whole or isinstance(group[-1], Grid)
        if len(group) < 2 or self._top == 0:
            return
        high = _together_height(group)
        if self._top + high > _HIGH and high <= _HIGH * _TOGETHER:
            self._turn()

    def put(self, block: Block) -> None:
        """Put one block."""
        if isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif self.pages[-1].marks:
            self._turn()

    def _words(self, block: Words) -> None:
        pitch = block.look.pitch * UNITS
        self._top += block.before * UNITS
        left = block.left * _MM
        for line in set_lines(block.text, block.look, _WIDE - left, block.first):
            if self._top + pitch > _HIGH:
                self._turn()
            self._mark(Drawn(line, left, self._top))
            self._top += pitch
        self._top += block.after * UNITS

    def _grid(self, grid: Grid) -> None:
        heads = [row for row in grid.rows if row.head]
        for row in grid.rows:
            self._row(grid, row, heads)

    def _row(self, grid: Grid, row: Row, heads: Sequence[Row]) -> None:
        cells = _set_cells(grid, row)
        high = _row_height(grid, row, cells)
        if _whole(cells) and self._top + high > _HIGH and self._top:
            self._turn()
            for head in heads:
                if head is not row:
                    self._row(grid, head, ())
        least = row.high * _MM
        while self._top + high > _HIGH:
            taken = self._part(grid, row, cells, _HIGH - self._top)
            cells = [lines[count:] for lines, count in zip(cells, taken, strict=True)]
            least = max(least - (_HIGH - self._top), 0.0)
            self._turn()
            high = max(_content(grid, row, cells), least)
        self._part(grid, row, cells, high)
        self._top += high

    def _part(self, grid: Grid, row: Row, cells: list[list[SetLine]], high: float) -> list[int]:
        """Draw as much of a row as fits into `high`; how many lines of each cell that were."""
        taken, start, left = [], 0, 0.0
        for cell, lines in zip(row.cells, cells, strict=True):
            wide = grid.wide(start, cell.span) * _MM
            pitch = cell.look.pitch * UNITS
            fitting = min(int((high - 2 * _AIR + 0.5) // pitch), len(lines))
            top = self._top + _AIR
            if len(lines) == fitting and cell.centred:
                top = self._top + (high - fitting * pitch) / 2
            for place, line in enumerate(lines[:fitting]):
                self._mark(Drawn(line, left + _SIDE, top + place * pitch))
            taken.append(fitting)
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
        self._mark(Placed(block.content, 0, self._top, _WIDE, _HIGH - self._top - 2 * UNITS))
        self._top = _HIGH


def _set_cells(grid: Grid, row: Row) -> list[list[SetLine]]:
    found, start = [], 0
    for cell in row.cells:
        wide = grid.wide(start, cell.span) * _MM - 2 * _SIDE
        found.append(set_lines(cell.text, cell.look, wide))
        start += cell.span
    return found


def _content(grid: Grid, row: Row, lines: Sequence[Sequence[SetLine]]) -> float:
    """How high the text of a row is with its air and its border, which Word adds to it."""
    pitches = (cell.look.pitch * UNITS for cell in row.cells)
    high = max(len(told) * pitch for told, pitch in zip(lines, pitches, strict=True))
    return high + 2 * _AIR + (0 if grid.border is Border.NONE else BORDER * UNITS)


def _row_height(grid: Grid, row: Row, lines: Sequence[Sequence[SetLine]]) -> float:
    return max(row.high * _MM, _content(grid, row, lines))


def kept_whole(group: Sequence[Block]) -> bool:
    """Whether a group is so many short texts that it stands on one page as a whole."""
    texts = all(isinstance(block, Words) and block.short for block in group)
    return texts and len(group) > 2 and sum(map(_height, group)) <= _HIGH * _TOGETHER


def _together_height(group: Sequence[Block]) -> float:
    last = _height(group[-1]) if kept_whole(group) else _beginning(group[-1])
    return sum(map(_height, group[:-1])) + last


def may_stay(group: Sequence[Block]) -> bool:
    """Whether a group can be kept together at all; a higher one flows on from page to page."""
    return _together_height(group) <= _HIGH * _TOGETHER


def lines_of(grid: Grid, row: Row) -> int:
    """How many lines the longest cell of a row has."""
    return max(map(len, _set_cells(grid, row)))


def _whole(lines: Sequence[Sequence[SetLine]]) -> bool:
    return max(map(len, lines)) <= WHOLE_LINES


def _beginning(block: Block) -> float:
    """How high the first line or row of a block is."""
    if isinstance(block, Words):
        return (block.look.pitch + block.before) * UNITS
    if isinstance(block, Grid) and not block.stay:
        return _row_height(block, block.rows[0], _set_cells(block, block.rows[0]))
    return _height(block)


def _height(block: Block) -> float:
    if isinstance(block, Words):
        lines = set_lines(block.text, block.look, _WIDE - block.left * _MM, block.first)
        air = block.before + block.after
        return (len(lines) * block.look.pitch + air) * UNITS
    if isinstance(block, Grid):
        return sum(_row_height(block, row, _set_cells(block, row)) for row in block.rows)
    return 0.0 if isinstance(block, PageBreak) else _HIGH
