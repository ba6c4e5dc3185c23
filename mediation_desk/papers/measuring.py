"""How high the parts of a paper are on its pages, in tenths of a point."""

from collections.abc import Sequence

from mediation_desk.papers.described import (
    BORDER,
    PAD_SIDE,
    PAD_TOP,
    POINT,
    TEXT_HIGH,
    TEXT_WIDE,
    Block,
    Border,
    Grid,
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


def lines_in(block: Words) -> list[SetLine]:
    """The lines of a text."""
    return set_lines(block.text, block.look, PAGE_WIDE - block.left * MM, block.first)


def set_cells(grid: Grid, row: Row) -> list[list[SetLine]]:
    """The lines of each cell of a row."""
    found, start = [], 0
    for cell in row.cells:
        wide = grid.wide(start, cell.span) * MM - 2 * SIDE
        found.append(set_lines(cell.text, cell.look, wide))
        start += cell.span
    return found


def lines_of(grid: Grid, row: Row) -> int:
    """How many lines the longest cell of a row has."""
    return max(map(len, set_cells(grid, row)))


def is_whole(lines: Sequence[Sequence[SetLine]]) -> bool:
    """Whether a row with these lines is never torn apart."""
    return max(map(len, lines)) <= WHOLE_LINES


def content_height(grid: Grid, row: Row, lines: Sequence[Sequence[SetLine]]) -> float:
    """How high the text of a row is with its air and its border, which Word adds to it."""
    pitches = (cell.look.pitch * UNITS for cell in row.cells)
    high = max(len(told) * pitch for told, pitch in zip(lines, pitches, strict=True))
    return high + 2 * AIR + (0 if grid.border is Border.NONE else BORDER * UNITS)


def row_height(grid: Grid, row: Row, lines: Sequence[Sequence[SetLine]]) -> float:
    """How high a row is: at least as high as it was described."""
    return max(row.high * MM, content_height(grid, row, lines))


def height(block: Block) -> float:
    """How high a block is."""
    if isinstance(block, Words):
        air = block.before + block.after
        return (len(lines_in(block)) * block.look.pitch + air) * UNITS
    if isinstance(block, Grid):
        return sum(row_height(block, row, set_cells(block, row)) for row in block.rows)
    return 0.0 if isinstance(block, PageBreak) else PAGE_HIGH


def beginning(block: Block) -> float:
    """How high the least part of a block is that can stand at the foot of a page."""
    if isinstance(block, Words):
        lines = lines_in(block)
        first = sum(line.layout is lines[0].layout for line in lines)
        least = first if first <= FEWEST_LINES + 1 else FEWEST_LINES
        return (least * block.look.pitch + block.before) * UNITS
    if isinstance(block, Grid) and not block.stay:
        return row_height(block, block.rows[0], set_cells(block, block.rows[0]))
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
