"""A checksum over a sheet's cells, by which a sheet is known to be what was meant."""

import hashlib
import json
from collections.abc import Iterable

from mediation_desk.exchange.cells import Cell, trimmed

# Of our own sheets: title, unit and period, calibre, heads; then the rows.
FIRST_ROW = 5


class Sum:
    """A running checksum over the cells of a sheet, the same in writer and reader."""

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


def sum_below_heads(rows: Iterable[list[Cell]]) -> str:
    """The checksum over the rows of one of our own sheets, those above and its heads left out."""
    total = Sum()
    for number, row in enumerate(rows, 1):
        if number >= FIRST_ROW:
            total.add(row)
    return total.text()
