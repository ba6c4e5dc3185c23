"""A paper as its content: headings and paragraphs, in which every number knows its source."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: its indicator, in words where it stands, its definition.

    `table`, `row` and `column` are the keys of a statistical table's cell, empty for what was
    counted from a ledger.
    """

    label: str
    place: str
    definition: str
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, and its source."""

    text: str
    source: Source


Piece = str | Number


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of words and numbers."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: its title, what it is counted by, and its parts in order."""

    title: str
    calibre: str
    parts: tuple[Heading | Paragraph, ...]

    def numbers(self) -> Iterator[Number]:
        """Every number in the order of reading; one said twice comes twice."""
        for part in self.parts:
            if isinstance(part, Paragraph):
                yield from (piece for piece in part.pieces if isinstance(piece, Number))
