"""The post of a simulated town: what befalls files, and files light enough to send many.

A light file holds the real exact copy, signed and sealed, as JSON of its cells, without the sheets
that people read; laying those out and starting a process to read them is most of a file's cost.
Every few files go as real workbooks, read by forks of the real child process.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from child_pool import ChildPool

from mediation_desk.exchange import reading, returns_writing, writing
from mediation_desk.exchange.cells import Tally
from mediation_desk.exchange.columns import EXACT
from mediation_desk.exchange.contents import PackageContents
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.laying import Laid
from mediation_desk.exchange.returns import ReturnsHead, encoded
from mediation_desk.exchange.returns_sheets import ReturnLine
from mediation_desk.exchange.returns_writing import GoingBack
from mediation_desk.exchange.sealing import Seal
from mediation_desk.exchange.writing import Written
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.ministry import line

# A light file begins as neither a workbook does nor a text.
_LIGHT = b"\x00"
_DOUBTS = {"disagreements": [], "refused": "", "unvalued": [], "merges": {}, "notes": {}}


def _light_package(
    contents: PackageContents, counts: Counts, target: Path, seal: Seal | None = None
) -> Written:
    laid = Laid(contents, Tally(), seal)
    unit = contents.head.unit
    assert line(counts, [unit]) == line(laid.counts, [unit]), "the table and the ledger differ"
    target.write_bytes(_LIGHT + json.dumps(laid.cells).encode())
    return Written(target, laid.digest, target.stat().st_size, 0, laid.cases)


def _light_returns(
    head: ReturnsHead,
    lines: Sequence[ReturnLine],
    target: Path,
    seal: Seal | None = None,
    going: GoingBack | None = None,
) -> str:
    going = going or GoingBack()
    records = chain((line.entry for line in lines), going.receipts, going.records)
    digest, cells = encoded(head, records, Tally(), seal, going.lineages, going.enclosed)
    target.write_bytes(_LIGHT + json.dumps(cells).encode())
    return digest


@dataclass
class Desk:
    """Writes and reads workbooks, real ones or light ones as `real` says."""

    pool: ChildPool
    real: bool = False

    @contextmanager
    def answers(self, path: Path, mode: str) -> Iterator[Iterator[dict[str, Any]]]:
        """What `reading._answers` gives of either kind of file."""
        content = path.read_bytes()
        if not content.startswith(_LIGHT):
            with self.pool.answers(path, mode) as found:
                yield found
            return
        try:
            cells = json.loads(content[1:])
        except ValueError as error:
            raise WorkbookUnreadable("文件不完整。请重新拷贝。") from error
        sheets = {"sheets": {EXACT: [[cell] for cell in cells]}}
        yield iter([sheets, _DOUBTS, {"shapes": {}}])

    def put_into(self, patch: pytest.MonkeyPatch) -> None:
        """Let the program write and read through this desk."""
        package, returns = writing.write_package, returns_writing.write_returns

        def write_package(*told: Any) -> Written:
            return (package if self.real else _light_package)(*told)

        def write_returns(*told: Any) -> str:
            return (returns if self.real else _light_returns)(*told)

        patch.setattr(writing, "write_package", write_package)
        patch.setattr(returns_writing, "write_returns", write_returns)
        patch.setattr(reading, "_answers", self.answers)


@dataclass
class Post:
    """Files on their way, each with the month in which it arrives; anything may befall them."""

    dice: random.Random
    told: dict[str, int]
    waiting: list[tuple[int, str, Path]] = field(default_factory=list)

    def send(self, path: Path, to: str, month: int) -> None:
        """Give a file to the post."""
        fate = self.dice.random()
        if fate < 0.14:
            self._say("lost")
            return
        if fate < 0.20:
            self._say("cut off")
            whole = path.read_bytes()
            path.write_bytes(whole[: self.dice.randrange(1, len(whole))])
        late = self.dice.choice((0, 0, 0, 1, 1, 2, 4))
        if late:
            self._say("delayed")
        self.waiting.append((month + late, to, path))
        if self.dice.random() < 0.1:
            self._say("doubled")
            self.waiting.append((month + self.dice.choice((0, 1, 3)), to, path))

    def _say(self, what: str) -> None:
        self.told[what] = self.told.get(what, 0) + 1

    def arrived(self, month: int) -> list[tuple[str, Path]]:
        """What arrives by a month, in any order."""
        come = [(to, path) for due, to, path in self.waiting if due <= month]
        self.waiting = [entry for entry in self.waiting if entry[0] > month]
        self.dice.shuffle(come)
        return come
