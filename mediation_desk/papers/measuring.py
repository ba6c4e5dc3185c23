"""How high the parts of a paper are on its pages, in tenths of a point."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from mediation_desk.papers.described import (
    BORDER,
    PAD_SIDE,
    PAD_TOP,
    POINT,
    TEXT_HIGH,
    TEXT_WIDE,
    Block,
    Border,
    Cell,
    Grid,
    Look,
    PageBreak,
    Row,
    Words,
)
from mediation_desk.papers.type_setting import UNITS, SetLine, set_lines

MM = UNITS / POINT
PAGE_WIDE, PAGE_HIGH = TEXT_WIDE * MM, TEXT_HIGH * MM
SIDE, AIR = PAD_SIDE * MM, PAD_TOP * MM
# A row of so few lines is never torn apart; Word is told the same.
WHOLE_LINES = 6
# So many lines of a paragraph stay together at the foot and at the head of a page.
FEWEST_LINES = 2


@lru_cache(maxsize=512)
def _counts(text: str, look: Look, width: float, first: int) -> tuple[int, ...]:
    """How many lines each paragraph has; kept, as one text is measured again and again."""
    lines = set_lines(text, look, width, first)
    return tuple(len(list(part)) for _, part in groupby(lines, lambda line: id(line.layout)))


def paragraphs_of(block: Words) -> tuple[int, ...]:
    """How many lines each paragraph of a text has."""
    return _counts(block.text, block.look, PAGE_WIDE - block.left * MM, block.first)


def line_count(block: Words) -> int:
    """How many lines a text has."""
    return sum(paragraphs_of(block))


def lines_in(block: Words) -> list[SetLine]:
    """The lines of a text."""
    return set_lines(block.text, block.look, PAGE_WIDE - block.left * MM, block.first)


def _widths(grid: Grid, row: Row) -> Iterator[tuple[Cell, float]]:
    start = 0
    for cell in row.cells:
        yield cell, grid.wide(start, cell.span) * MM - 2 * SIDE
        start += cell.span


def set_cells(grid: Grid, row: Row) -> list[list[SetLine]]:
    """The lines of each cell of a row."""
    return [set_lines(cell.text, cell.look, wide) for cell, wide in _widths(grid, row)]


def _cell_counts(grid: Grid, row: Row) -> list[int]:
    return [sum(_counts(cell.text, cell.look, wide, 0)) for cell, wide in _widths(grid, row)]


def lines_of(grid: Grid, row: Row) -> int:
    """How many lines the longest cell of a row has."""
    return max(_cell_counts(grid, row))


def is_whole(grid: Grid, row: Row) -> bool:
    """Whether a row is never torn apart."""
    return lines_of(grid, row) <= WHOLE_LINES


def content_height(grid: Grid, row: Row, counts: Sequence[int]) -> float:
    """How high so many lines of each cell are with their air and border, which Word adds."""
    pitches = (cell.look.pitch * UNITS for cell in row.cells)
    high = max(count * pitch for count, pitch in zip(counts, pitches, strict=True))
    return high + 2 * AIR + (0 if grid.border is Border.NONE else BORDER * UNITS)


def row_height(grid: Grid, row: Row) -> float:
    """How high a row is: at least as high as it was described."""
    return max(row.high * MM, content_height(grid, row, _cell_counts(grid, row)))


def height(block: Block) -> float:
    """How high a block is."""
    if isinstance(block, Words):
        air = block.before + block.after
        return (line_count(block) * block.look.pitch + air) * UNITS
    if isinstance(block, Grid):
        return sum(row_height(block, row) for row in block.rows)
    return 0.0 if isinstance(block, PageBreak) else PAGE_HIGH


def beginning(block: Block) -> float:
    """How high the least part of a block is that can stand at the foot of a page."""
    if isinstance(block, Words):
        first = paragraphs_of(block)[0]
        least = first if first <= FEWEST_LINES + 1 else FEWEST_LINES
        return (least * block.look.pitch + block.before) * UNITS
    if isinstance(block, Grid) and not block.stay:
        return row_height(block, block.rows[0])
    return height(block)


def fitting(lines: Sequence[SetLine], room: int) -> int:
    """How many lines to put where there is room for so many; 0 is to begin on the next page.

    No single line of a paragraph is left behind or sent ahead.
    """
    if len(lines) <= room:
        return len(lines)
    torn = [line.layout is lines[room].layout for line in lines]
    above, below = sum(torn[:room]), sum(torn[room:])
    if not above:
        return room
    more = max(FEWEST_LINES - below, 0)
    return room - above if above - more < FEWEST_LINES else room - more
