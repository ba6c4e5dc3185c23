"""Opening a workbook from outside: a child process reads it, within limits of memory and time.

A child serves the files of one batch one after the other, because starting one takes longer than
to read most files. It goes as soon as a file was refused or took too long, and after some files in
any case. What a child cannot read that has read others before is read again by a fresh one, so
that no file answers for another. Where several come it reads the next ones before their turn; what
then raises doubts is opened once more by another child, and must still be what it was.

Every file is read by calamine and, in the guard's own pass, by its raw XML. openpyxl reads it too
as soon as anybody asks for the doubts, which is whenever the two differ, the raw reading is not
sure, or the sheets show anything else than the exact copy does.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mediation_desk.exchange.asked import LEDGER, READ, SUMS
from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.children import answers_of


class Opened:
    """A workbook in the hands of the child: its cells now, the second reader's doubts later.

    `sure` says that the raw XML tells the same of every cell.
    """

    def __init__(self, answers: Iterator[dict[str, Any]]) -> None:
        self._answers = answers
        answer = next(answers)
        self.sheets: dict[str, list[list[Cell]]] = answer["sheets"]
        self.sure = bool(answer.get("sure"))
        # Of the rows below the heads, by sheet; only of what the first reader could read.
        self.sums: dict[str, str] = answer.get("sums", {})
        # Whether somebody commented on a cell, which no reader tells and no sheet of ours has.
        self.noted = bool(answer.get("noted"))

    @cached_property
    def doubts(self) -> "Doubts":
        """What the second reader has against the first; waits for it."""
        answer = next(self._answers)
        differing = [(at, one, other) for at, one, other in answer["disagreements"]]
        unvalued, merges = frozenset(answer["unvalued"]), answer["merges"]
        return Doubts(tuple(differing), answer["refused"], unvalued, merges, answer["notes"])


class OpenedLedger(Opened):
    """A stranger's workbook: beside its cells what no reader tells, by sheet."""

    @cached_property
    def shapes(self) -> dict[str, dict[str, Any]]:
        """The shapes of the sheets as `sheet_shapes` tells them; waits for the doubts first."""
        _ = self.doubts
        found: dict[str, dict[str, Any]] = next(self._answers)["shapes"]
        return found


@dataclass(frozen=True, slots=True)
class Doubts:
    """Cells that the readers see differently (place, first, second), and who refused why.

    `unvalued` are the cells whose formulas have no value, as sheet!cell; `merges` the merged areas
    and `notes` the comments on cells of each sheet.
    """

    differing: tuple[tuple[str, str, str], ...] = ()
    refused: str = ""
    unvalued: frozenset[str] = frozenset()
    merges: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a workbook with both readers.

    Raises `WorkbookUnreadable`, at once or when the doubts are asked for.
    """
    with _answers(path, READ) as answers:
        yield Opened(answers)


@contextmanager
def opened_ledger(path: Path) -> Iterator["OpenedLedger"]:
    """Open a stranger's workbook, or a table that came as text, with both readers.

    Raises `WorkbookUnreadable` as `opened` does.
    """
    with _answers(path, LEDGER) as answers:
        yield OpenedLedger(answers)


def sums(path: Path) -> dict[str, str]:
    """The checksum of every sheet's cells as our own reader sees them."""
    with _answers(path, SUMS) as answers:
        found: dict[str, str] = next(answers)["sums"]
        return found


_answers = answers_of
