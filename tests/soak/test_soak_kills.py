"""Killed in the middle of an import: the register is whole, with all of the batch or nothing."""

import os
import random
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk_line import ROOT
from soak_desks import CLERK, PASSWORD, TODAY, Mould, a_package, a_village, an_office, digest

from mediation_desk.desk.receiving import LookState, look, receive
from mediation_desk.store.opening import open_with_key

# All parties bear one name, so that the questions whether two may be one dispute grow squarely.
CASES, FEW_CASES = 400, 100
# The real command line; only the moments of its transactions are told.
_TOLD = """
import sys
from contextlib import contextmanager
from mediation_desk.store.connection import Connections
whole = Connections.transaction
@contextmanager
def told(self):
    print("begin", flush=True)
    with whole(self):
        yield
    print("end", flush=True)
Connections.transaction = told
from mediation_desk.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True)
class Story:
    """An office, a package for it, and the two states there may be."""

    office: Mould
    package: Path
    before: str
    after: str
    whole: float
    transaction: float


class Import:
    """An import that can be killed."""

    def __init__(self, office: Path, package: Path, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        secret = home / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        words = ["import", str(office), str(package), "--password-file", str(secret)]
        words += ["--today", TODAY.isoformat()]
        self.started = time.monotonic()
        self.said = b""
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TOLD, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT), "MEDIATION_DESK_HOME": str(home),
                 "TMPDIR": str(home), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    def wait_for(self, word: bytes) -> float:
        """The moment at which a word is said."""
        assert self._process.stdout is not None
        file = self._process.stdout.fileno()
        while word not in self.said:
            assert select.select([file], [], [], 60)[0], "nothing was said for a minute"
            said = os.read(file, 4096)
            assert said, (word, self.said)
            self.said += said
        return time.monotonic()

    def kill(self) -> None:
        """Kill it as a power cut would, and take in what it had said."""
        self._process.kill()
        with self._process:
            assert self._process.stdout is not None
            self.said += self._process.stdout.read()

    def finish(self) -> int:
        """Let it come to its end."""
        with self._process:
            assert self._process.stdout is not None
            self.said += self._process.stdout.read()
        return self._process.returncode


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, rounds: Callable[[int, int], int]) -> Story:
    place = tmp_path_factory.mktemp("kills")
    office, village = an_office(place / "office"), a_village(place / "empty", 0)
    package = a_package(village, place, rounds(CASES, FEW_CASES), "双龙司法所")
    with office.open(place / "measured") as register:
        before = digest(register)
    run = Import(place / "measured", package, place / "home")
    begun = run.wait_for(b"begin")
    ended = run.wait_for(b"end")
    assert run.finish() in {0, 1}
    whole = time.monotonic() - run.started
    with open_with_key(place / "measured", office.key) as register:
        after = digest(register)
        assert register.verify() == []
    assert before != after
    return Story(office, package, before, after, whole, ended - begun)


def _leaks(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and "尉迟".encode() in path.read_bytes()
    ]


def _killed(story: Story, place: Path, dice: random.Random, *, aimed: bool) -> str:
    """Kill one import, look at what is left, and import again; in which part it was hit."""
    office = story.office.copy(place / "office")
    run = Import(office, story.package, place / "home")
    if aimed:
        run.wait_for(b"begin")
        time.sleep(dice.uniform(0, 1.5 * story.transaction))
    else:
        time.sleep(dice.uniform(0, story.whole))
    run.kill()
    assert _leaks(place) == []
    with open_with_key(office, story.office.key) as register:
        assert register.verify() == []
        found = digest(register)
        assert found in {story.before, story.after}
        if b"end" in run.said:
            assert found == story.after, "what was said to be done is lost"
        if b"begin" not in run.said:
            assert found == story.before
        ahead = look(register, story.package, TODAY)
        expected = LookState.SAME if found == story.after else LookState.READY
        assert ahead.state is expected
        receive(register, ahead, CLERK)
        assert digest(register) == story.after
        assert register.verify() == []
    inside = b"begin" in run.said and b"end" not in run.said
    return "inside" if inside else "after" if b"end" in run.said else "before"


def test_a_kill_at_any_moment_leaves_all_or_nothing(
    story: Story,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    dice = random.Random(20261023)
    hit: Counter[str] = Counter()
    count = rounds(50, 2)
    for number in range(count):
        # Half of the kills fall anywhere, half where it would hurt or shortly after.
        hit[_killed(story, tmp_path / "round", dice, aimed=number % 2 == 0)] += 1
    assert hit["inside"] >= count // 5, hit
    told(
        f"{count} kills: {hit['before']} before, {hit['inside']} inside and {hit['after']} after "
        f"the transaction ({story.transaction:.2f} s of {story.whole:.2f} s); every register whole"
    )
