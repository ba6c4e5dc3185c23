"""A checksum over a sheet's cells, by which a sheet is known to be what was meant."""

import hashlib
import json
from collections.abc import Iterable

from mediation_desk.exchange.cells import Cell, trimmed

# Of our own sheets: title, unit and period, calibre, heads; then the rows.
FIRST_ROW = 5


class RowSum:
    """A running checksum over rows of cells, the same in writer and reader."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._blank = 0

    def add(self, row: list[Cell]) -> None:
        """Take in the next row; blank rows at the end do not count."""
        cells = trimmed(row)
        if not cells:
            self._blank += 1
            return
        self._digest.update(b"[]" * self._blank)
        self._blank = 0
        self._digest.update(json.dumps(cells).encode("ascii"))

    def text(self) -> str:
        """The checksum so far."""
        return self._digest.hexdigest()


def rows_sum(sheet: Iterable[list[Cell]]) -> str:
    """The checksum over the rows of one of our own sheets, those above and its heads left out."""
    total = Sum()
    for row in sheet:
        total.add(row)
    return total.rows


class Sum:
    """The checksum over all of a sheet: of what stands above the first row, and of the rows."""

    def __init__(self) -> None:
        self._number = 0
        self._above, self._below = RowSum(), RowSum()
        self._told = ""

    def add(self, row: list[Cell]) -> None:
        """Take in the next row of the sheet."""
        self._number += 1
        (self._above if self._number < FIRST_ROW else self._below).add(row)

    def tell_rows(self, told: str) -> None:
        """Take a checksum of the rows that was made before, in place of the rows."""
        self._told = told

    @property
    def rows(self) -> str:
        """The checksum of the rows."""
        return self._told or self._below.text()

    def text(self) -> str:
        """The checksum so far."""
        return self._above.text() + self.rows
