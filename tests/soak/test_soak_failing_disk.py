"""Every write and every sync of every act fails once: one clear sentence, and nothing is lost."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from after_parts import judges_in_parts
from desk_acts import IN_PARTS
from failing_disk import BROKEN, FULL, READ_ONLY, Fault, What, built
from forking import READER_KEPT, Forker
from judging import Judge, Moulds, told_of

from mediation_desk.exchange.children import reading_soon

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, which Windows has not")

# Nothing of the program's or the system's own reaches the user.
_ENGLISH = re.compile(r"Errno|Error|Traceback|I/O|[A-Za-z]{2,} [A-Za-z]{2,}")
# With which error what fails, and whether everything after it fails as well.
_FAULTS = {
    What.WRITES: ((FULL, True), (BROKEN, False)),
    What.SYNCS: ((BROKEN, False), (FULL, True)),
}
_NEVER = 1_000_000
# So many syncs of these fail in the slice; something was once amiss where one did.
_AT_ONCE = 5
_EVERY_SYNC = {"move: file", "move: settle", "package: 2"}


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Judge]]:
    with reading_soon():
        yield judges_in_parts(Moulds(tmp_path_factory.mktemp("moulds")))


@pytest.fixture(scope="module")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    place = tmp_path_factory.mktemp("forking")
    forker = Forker(place / "home", LD_PRELOAD=str(built(place)), **{READER_KEPT: "1"})
    yield forker
    forker.end()


def assert_told(code: int, told: Sequence[str]) -> None:
    """An act that was not done was refused in two sentences: what happened, and what to do."""
    assert code in {0, 1}, f"not told in words: {told}"
    for said in told_of(told, "refused"):
        assert said.count("。") >= 2, f"no two sentences: {said}"
        assert not _ENGLISH.search(said), said


@dataclass
class Round:
    """An act on a failing disk, and what it came to."""

    forker: Forker
    name: str
    judge: Judge
    place: Path

    def come_to(self, fault: Fault) -> tuple[str, int]:
        """How an act ended, in a word, and how often what fails would have been asked for."""
        if self.place.exists():
            shutil.rmtree(self.place)
        self.place.mkdir()
        self.judge.lay(self.place)
        run = self.forker.start(self.name, self.place, 1, **fault.asked())
        code = run.finish()
        told = run.lines()
        assert_told(code, told)
        seen = next(int(line.split(" ")[1]) for line in told if line.startswith("seen "))
        self.judge.left(self.place, told)
        return "refused" if code else "done all the same" if seen >= fault.at else "done", seen


@pytest.mark.parametrize("name", IN_PARTS)
def test_a_disk_that_fails_anywhere_is_told_and_loses_nothing(
    name: str,
    acts: dict[str, Judge],
    forker: Forker,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    round_ = Round(forker, name, acts[name], tmp_path / "round")
    came: Counter[str] = Counter()
    counted = []
    for what, faults in _FAULTS.items():
        _, whole = round_.come_to(Fault(what, _NEVER, FULL, lasting=False))
        counted.append(f"{whole} {what.name.lower()}")
        for error, lasting in faults[: rounds(len(faults), 1)]:
            # In the slice the one in the middle.
            every = rounds(1, 0) or (what is What.SYNCS and name in _EVERY_SYNC)
            stride = rounds(1, max(1, whole // _AT_ONCE))
            for at in range(1, whole + 1, stride) if every else (whole // 2 + 1,):
                came[round_.come_to(Fault(what, at, error, lasting))[0]] += 1
    read_only = Fault(What.CHANGES, 1, READ_ONLY, lasting=True)
    came[f"read-only: {round_.come_to(read_only)[0]}"] += 1
    told(f"{name} on a failing disk, {', '.join(counted)}: {dict(came)}")
