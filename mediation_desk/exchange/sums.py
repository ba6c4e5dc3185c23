"""A checksum over a sheet's cells, by which a written file is known to be what was meant."""

import hashlib
import json

from mediation_desk.exchange.cells import Cell, trimmed


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
