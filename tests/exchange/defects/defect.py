"""A fixture for one of the numbered defects, and the usual ways to make one.

A fixture is one file, made by a script, and its expected report: the outcome, what is told and of
which cell, what is asked, and which values the cases have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from defect_books import SECOND, book, cell, row, rows
from openpyxl.workbook import Workbook

READY, ASKS, REFUSED = "ready", "asks", "refused"
BOTH = {"added": 2, "ignored": 2}


@dataclass(frozen=True)
class Defect:
    """A fixture of the defect `number`."""

    number: int
    name: str
    content: Callable[[], bytes]
    file: str = "台账.xlsx"
    state: str = READY
    counts: Mapping[str, int] = field(default_factory=lambda: BOTH)
    tells: tuple[tuple[str, str, str], ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    read_only: bool = False

    @property
    def title(self) -> str:
        return f"{self.number:02}-{self.name}"


def plain() -> bytes:
    return book(rows())


def with_values(**changes: Any) -> Callable[[], bytes]:
    """The usual ledger with other values in its first row."""
    return lambda: book(rows(row(**changes), SECOND))


def dressed(dress: Callable[[Workbook], None], **changes: Any) -> Callable[[], bytes]:
    return lambda: book(rows(row(**changes), SECOND), dress)


def refused(number: int, name: str, content: bytes, words: str, file: str = "台账.xlsx") -> Defect:
    return Defect(number, name, lambda: content, file, REFUSED, {}, words=words)


def asked(number: int, name: str, key: str, head: str, **more: Any) -> Defect:
    """A value of the first row that only a person knows: the row is kept, the value is asked."""
    content, blocking = more.pop("content"), more.pop("blocking", False)
    counts = {"added": 1, "conflict": 1, "ignored": 2} if blocking else BOTH
    return Defect(number, name, content, counts=counts, asks=((key, cell(head)),), **more)


ONE_READER = (("W7", "", "由另一种读出"),)
