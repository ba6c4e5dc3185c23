"""What of a paper stays on one page: headings with their text, signatures with what is signed.

Nobody signs a page that says nothing: with the signatures go at least two lines of the text above.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from mediation_desk.papers.described import Block, Border, Cell, Face, Grid, Row, Words
from mediation_desk.papers.measuring import (
    FEWEST_LINES,
    PAGE_HIGH,
    beginning,
    height,
    is_whole,
    line_count,
    lines_in,
    lines_of,
    set_cells,
)
from mediation_desk.papers.type_setting import SetLine

Group = list[Block]
# What must stay together goes on one page unless it is higher than so much of it.
_TOGETHER = 0.9
# A table of no more than so much of a page is not torn apart.
_SMALL_TABLE = 0.25
# A paragraph of so few lines goes along whole; of a longer one the last lines do.
_SHORT_LINES = 8


def grouped(blocks: Sequence[Block]) -> list[Group]:
    """The blocks in groups of which each wants to stand on one page."""
    found: list[Group] = []
    for group in _together(blocks):
        for part in _pages_of(group):
            made = part
            while found and lacks_text(made) and (joined := _joined(found[-1], made)):
                made = joined
                found.pop()
            found.append(made)
    return found


def _together(blocks: Sequence[Block]) -> Iterator[Group]:
    group: Group = []
    for block in blocks:
        group.append(block)
        if not (isinstance(block, Words | Grid) and block.stay):
            yield group
            group = []
    if group:
        yield group


def _pages_of(group: Group) -> Iterator[Group]:
    """A group of more signatures than a page holds, as several of about the same height."""
    if not is_signed(group) or _fits(group):
        yield group
        return
    whole = sum(map(height, group))
    each = whole / ceil(whole / (PAGE_HIGH * _TOGETHER))
    part: Group = []
    for block in group:
        if part and sum(map(height, [*part, block])) > each:
            yield part
            part = []
        part.append(block)
    yield part


def _fits(group: Sequence[Block]) -> bool:
    return sum(map(height, group)) <= PAGE_HIGH * _TOGETHER


def _joined(before: Group, group: Group) -> Group | None:
    """Both groups as one, if the text before is short and no part of its own."""
    texts = [block for block in before if isinstance(block, Words)]
    if len(texts) < len(before) or is_signed(before):
        return None
    short = all(line_count(block) <= _SHORT_LINES for block in texts)
    return [*before, *group] if short and _fits([*before, *group]) else None


def is_signed(group: Sequence[Block]) -> bool:
    """Whether somebody signs in a group."""
    return any(isinstance(block, Words) and block.signed for block in group)


def lacks_text(group: Sequence[Block]) -> bool:
    """Whether a group has signatures, but neither a heading nor two lines of what is signed."""
    if not is_signed(group) or _is_heading(group[0]):
        return False
    lines = 0
    for block in group:
        if isinstance(block, Grid):
            return False
        if isinstance(block, Words) and block.signed:
            break
        if isinstance(block, Words) and block.first:
            lines += line_count(block)
    return lines < FEWEST_LINES


def _is_heading(block: Block) -> bool:
    return isinstance(block, Words) and block.look.face is Face.HEAD


def kept_whole(group: Sequence[Block]) -> bool:
    """Whether a group stands on one page as a whole: signatures, a few short texts, some tables."""
    if isinstance(group[-1], Grid) and group[-1].whole:
        return True
    if is_signed(group):
        return len(group) > 1 and _fits(group)
    texts = all(isinstance(block, Words) and block.short for block in group)
    return texts and len(group) > 2 and _fits(group)


def as_whole(group: Group) -> Group | None:
    """A small table, such as what is said of one party, as one that is not torn apart."""
    table = group[0]
    if len(group) > 1 or not isinstance(table, Grid) or any(row.head for row in table.rows):
        return None
    return [replace(table, whole=True)] if height(table) <= PAGE_HIGH * _SMALL_TABLE else None


def with_last_rows(group: Group) -> tuple[Group, Group] | None:
    """A group ending in a table without its last two rows, and these as a whole."""
    table = group[-1]
    # Of lines to write on, one more on the next page is none too few.
    if not isinstance(table, Grid) or table.border is Border.RULED:
        return None
    heads = tuple(row for row in table.rows if row.head)
    rows = tuple(row for row in table.rows if not row.head)
    last = replace(table, rows=(*heads, *rows[-FEWEST_LINES:]), whole=True)
    if len(rows) <= FEWEST_LINES or not _fits([last]):
        return None
    rest = replace(table, rows=(*heads, *rows[:-FEWEST_LINES]))
    return [*group[:-1], rest], [last]


def together_height(group: Sequence[Block]) -> float:
    """How much room a group needs to begin on a page."""
    last = height(group[-1]) if kept_whole(group) else beginning(group[-1])
    return sum(map(height, group[:-1])) + last


def may_stay(group: Sequence[Block]) -> bool:
    """Whether a group can be kept together at all; a higher one flows on from page to page."""
    return together_height(group) <= PAGE_HIGH * _TOGETHER


def parted(group: Group) -> tuple[Group, Group]:
    """A group without its end, and the end: the lines that go along with signatures below it."""
    last = group[-1]
    head: Block | None
    end: Block
    if isinstance(last, Words) and not last.signed:
        head, end = _text_parted(last)
    elif isinstance(last, Grid):
        head, end = _grid_parted(last)
    else:
        return group, []
    return [*group[:-1], *([head] if head else [])], [end]


def low(group: Group) -> Group:
    """The same with rows no higher than their text."""
    return [
        replace(block, rows=tuple(replace(row, high=0) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in group
    ]


def _text_parted(words: Words) -> tuple[Words | None, Words]:
    """A text without its last lines, which are whole paragraphs where these are short."""
    paragraphs = words.text.split("\n")
    end: list[str] = []
    lines = 0
    while paragraphs and lines < FEWEST_LINES:
        told = paragraphs.pop()
        found = lines_in(replace(words, text=told))
        if len(found) > FEWEST_LINES + 1:
            at = _start(told, found[-FEWEST_LINES])
            head = replace(words, text="\n".join([*paragraphs, told[:at]]), after=0, stay=False)
            first = replace(words, text=told[at:], first=0, before=0, stay=True)
            return head, first if not end else replace(first, text="\n".join([told[at:], *end]))
        end.insert(0, told)
        lines += len(found)
    if not paragraphs:
        return None, replace(words, stay=True)
    head = replace(words, text="\n".join(paragraphs), after=0, stay=False)
    return head, replace(words, text="\n".join(end), before=0, stay=True)


def _start(text: str, line: SetLine) -> int:
    """Where in a text a line begins; Qt counts rare characters twice."""
    return len(text.encode("utf-16-le")[: 2 * line.line.textStart()].decode("utf-16-le"))


def _grid_parted(grid: Grid) -> tuple[Grid | None, Grid]:
    """A table without its last rows, or without the last lines of a long one."""
    heads = tuple(row for row in grid.rows if row.head)
    rows = [row for row in grid.rows if not row.head]
    end: list[Row] = []
    lines = 0
    while rows and lines < FEWEST_LINES:
        row = rows.pop()
        if not is_whole(grid, row):
            above, below = _row_parted(row, set_cells(grid, row))
            rows.append(above)
            end.insert(0, below)
            break
        end.insert(0, row)
        lines += lines_of(grid, row)
    last = replace(grid, rows=(*heads, *end), stay=True)
    return (replace(grid, rows=(*heads, *rows)) if rows else None), last


def _row_parted(row: Row, cells: Sequence[Sequence[SetLine]]) -> tuple[Row, Row]:
    """A long row without the last lines of its longest cell, and these."""
    longest = max(map(len, cells))
    above: list[Cell] = []
    below: list[Cell] = []
    for cell, lines in zip(row.cells, cells, strict=True):
        first, rest = cell.text, ""
        if len(lines) == longest:
            first, rest = _cell_parted(cell.text, lines)
        above.append(replace(cell, text=first))
        below.append(replace(cell, text=rest))
    return replace(row, cells=tuple(above)), replace(row, cells=tuple(below), high=0)


def _cell_parted(text: str, lines: Sequence[SetLine]) -> tuple[str, str]:
    paragraphs = text.split("\n")
    line = lines[-FEWEST_LINES]
    # How many of the last lines are those of one paragraph tells in which it begins.
    own = [entry for entry in lines if entry.layout is line.layout]
    after = sum(entry.layout is not line.layout for entry in lines[-FEWEST_LINES:])
    place = len(paragraphs) - 1 - after
    at = _start(paragraphs[place], line) if line is not own[0] else 0
    first = [*paragraphs[:place], *([paragraphs[place][:at]] if at else [])]
    return "\n".join(first), "\n".join([paragraphs[place][at:], *paragraphs[place + 1 :]])


def without_ties(block: Block) -> Block:
    """A block that flows on by itself."""
    return replace(block, stay=False) if isinstance(block, Words | Grid) else block
