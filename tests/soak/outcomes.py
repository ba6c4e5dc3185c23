"""Outcomes of acts that were cut off, and whether one like it was judged before."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from mediation_desk.store.register import Register

# What can differ where nothing else does: what is drawn by lot, digests, times and process numbers.
_DRAWN = re.compile(
    r"[0-9a-f]{16,}|\d{4}-\d\d-\d\dT[\d:.+-]+|\d{5,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]+"
)
# The index stands in tables that verifying compares with the records.
_ROWS = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY 1"


class Outcomes:
    """What acts came to, so that what follows is tried once only after outcomes that are alike.

    Alike are two that told the same, left files of the same names, and in the register the same
    rows, but for what is drawn by lot. Whether it is whole is judged every time.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()

    def first(self, place: Path, told: Sequence[str], register: Register | None = None) -> bool:
        """Whether nothing like this has come before."""
        said = [line for line in told if not line.startswith("seen ")]
        names = sorted(str(path.relative_to(place)) for path in place.rglob("*"))
        total = hashlib.sha256(_DRAWN.sub("", repr((said, names))).encode())
        for (table,) in register._sql.rows(_ROWS) if register else ():
            for row in register._sql.rows(f'SELECT * FROM "{table}"') if register else ():
                total.update(_DRAWN.sub("", repr((table, row))).encode())
        new = total.hexdigest() not in self._known
        self._known.add(total.hexdigest())
        return new
