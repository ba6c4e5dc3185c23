"""What a paper of the case file says and where: described once, drawn by Qt and written as Word.

Sizes of type and pitches of lines are in points, all else in millimetres.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

# The page of official papers: A4, the left edge wide enough to be bound.
WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 22.0, 24.0, 23.0
TEXT_WIDE, TEXT_HIGH = WIDE - LEFT - RIGHT, HIGH - TOP - BOTTOM
# The air between the border of a cell and its text.
PAD_SIDE, PAD_TOP = 1.6, 0.9
POINT = 25.4 / 72
# How many points a border is wide.
BORDER = 0.6
# Word needs a line between two tables; so much room it takes.
SLIVER = 1.0
_ONE_LINE = 40
_FEW_LINES = 150


class Face(Enum):
    """The two faces of a paper: that of texts, and that of titles and labels."""

    TEXT = "text"
    HEAD = "head"


class Align(Enum):
    """Where a line stands between the edges."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Border(Enum):
    """Which lines a table has: all, only those to write on, or none."""

    FULL = "full"
    RULED = "ruled"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Look:
    """Type and place of a text."""

    points: float = 14
    pitch: float = 25
    face: Face = Face.TEXT
    bold: bool = False
    align: Align = Align.LEFT

    def grown(self, by: float) -> "Look":
        """The same in larger type."""
        return replace(self, points=self.points * by, pitch=self.pitch * by)


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs of one look; `first` is the indent of first lines in characters.

    `before` and `after` are points of air; `stay` keeps it on the page of what follows.
    """

    text: str
    look: Look = Look()
    first: int = 0
    left: float = 0
    before: float = 0
    after: float = 0
    stay: bool = False

    @property
    def short(self) -> bool:
        """Whether it is one paragraph of a few lines."""
        return "\n" not in self.text and len(self.text) <= _FEW_LINES

    @property
    def signed(self) -> bool:
        """Whether somebody signs or puts a seal here."""
        return self.left > 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell over `span` columns.

    `squares` are the rows of a code for scanners, "1" for dark, drawn as large as the cell lets
    them be. Only what is drawn shows them; a paper with such a cell has no copy in Word.
    """

    text: str
    look: Look = Look(12, 20)
    span: int = 1
    squares: tuple[str, ...] = ()

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle of its row, as short texts do; others at its top."""
        return "\n" not in self.text and len(self.text) <= _ONE_LINE


@dataclass(frozen=True, slots=True)
class Row:
    """One row, at least so many millimetres high; a `head` row stands again on every page."""

    cells: tuple[Cell, ...]
    high: float = 9
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the widths of its columns are millimetres and fill the text's width.

    `stay` keeps it on the page of what follows, `whole` all of it on one page.
    """

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    border: Border = Border.FULL
    stay: bool = False
    whole: bool = False

    def wide(self, start: int, span: int) -> float:
        """How wide `span` columns from `start` on are."""
        return sum(self.widths[start : start + span])


@dataclass(frozen=True, slots=True)
class Picture:
    """A scan or photo on a page of its own, as large as fits below its caption."""

    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Words | Grid | Picture | PageBreak


class Numbering(Enum):
    """Whether the pages of a paper carry numbers in the file."""

    COUNTED = "counted"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class CasePaper:
    """One paper: what it is called in the contents, and its blocks from top to bottom."""

    title: str
    blocks: tuple[Block, ...]
    numbering: Numbering = Numbering.COUNTED
    # Which scans it shows, for the record of what was printed.
    scans: tuple[str, ...] = ()
    # Whether something that is no picture has to be put behind it by hand.
    enclosed: bool = False
    # Which scans it cannot show, each with the reason in words.
    damaged: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text on the paper in the order of reading."""
        for block in self.blocks:
            if isinstance(block, Words):
                yield block.text
            elif isinstance(block, Grid):
                yield from (cell.text for row in block.rows for cell in row.cells)
            elif isinstance(block, Picture):
                yield block.caption
