"""Cells that somebody merged: only the first holds the value, which stands for all of them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.exchange.cells import Cell

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Rows = list[list[Cell]]
# First row, first column, last row, last column, from 0.
Area = tuple[int, int, int, int]


def position(name: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, from 0."""
    found = _CELL.fullmatch(name)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def areas(names: Iterable[str]) -> Iterator[Area]:
    """The merged areas of a sheet that go over several rows, from names such as H5:H8."""
    for name in names:
        first, _, last = name.partition(":")
        one, other = position(first), position(last or first)
        if one and other and other[0] > one[0]:
            yield (*one, *other)


def put(rows: Rows, row: int, column: int, value: Cell) -> None:
    """Put a value into a cell, which may lie beyond what is filled."""
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def fill_down(rows: Rows, area: Area) -> int:
    """Fill the first value of an area down to its last row; how many cells were filled.

    An empty line within the area is no case that lacks a value.
    """
    top, left, bottom, _ = area
    value = at(rows[top], left) if top < len(rows) else ""
    if value == "":
        return 0
    filled = 0
    for number in range(top + 1, min(bottom, len(rows) - 1) + 1):
        if any(map(bare, rows[number])) and not bare(at(rows[number], left)):
            put(rows, number, left, value)
            filled += 1
    return filled


def filled(rows: Sequence[Sequence[Cell]], names: Iterable[str], first: int) -> Rows:
    """A copy of `rows` in which what is merged from row `first` (from 0) on is filled down."""
    made = [list(row) for row in rows]
    for area in areas(names):
        if area[0] >= first:
            fill_down(made, area)
    return made


def at(row: Sequence[Cell], column: int) -> Cell:
    """A cell of a row, empty beyond its end."""
    return row[column] if column < len(row) else ""
