"""Power cuts over everything a desk does: nothing told is lost, nothing half-done has a name."""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from after_acts import judges
from desk_acts import ACTS
from forking import Forker
from judging import Judge, Moulds, assert_silent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, which Windows has not")

# Of all kills so many come before an act has begun its work.
_EARLY = 0.1
# Work that goes on and on is cut off within this time.
_LONGEST, _FEW = 0.6, 2


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judge]:
    return judges(Moulds(tmp_path_factory.mktemp("moulds")))


@pytest.fixture(scope="module")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    forker = Forker(tmp_path_factory.mktemp("forking") / "home")
    yield forker
    forker.end()


def _laid(judge: Judge, place: Path) -> Path:
    if place.exists():
        shutil.rmtree(place)
    place.mkdir()
    judge.lay(place)
    return place


def _measured(forker: Forker, name: str, judge: Judge, place: Path) -> tuple[float, float]:
    """How long an act takes to begin, and how long its work is."""
    run = forker.start(name, _laid(judge, place), judge.times)
    begun = run.wait_for("ready")
    assert run.finish() == 0, (name, run.lines())
    ended = time.monotonic()
    judge.left(place, run.lines())
    # What is done once is cut off anywhere up to its end.
    work = ended - begun
    return begun - run.started, min(work, _LONGEST) if judge.times > _FEW else work


@pytest.mark.parametrize("name", ACTS)
def test_a_power_cut_loses_nothing_and_leaves_nothing_half_done(
    name: str,
    acts: dict[str, Judge],
    forker: Forker,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    judge = acts[name]
    dice = random.Random(f"20261129 {name}")
    early, work = _measured(forker, name, judge, tmp_path / "round")
    found: Counter[str] = Counter()
    count = rounds(judge.share, 1)
    for _ in range(count):
        run = forker.start(name, _laid(judge, tmp_path / "round"), judge.times)
        if dice.random() < _EARLY:
            time.sleep(dice.uniform(0, early))
        else:
            run.wait_for("ready")
            time.sleep(dice.uniform(0, 1.05 * work))
        said = run.kill()
        assert_silent(tmp_path / "round" / "register", tmp_path / "round" / "medium", forker.home)
        found[judge.left(tmp_path / "round", said)] += 1
    told(f"{count} power cuts in {name} ({work:.2f} s): {dict(sorted(found.items()))}")
