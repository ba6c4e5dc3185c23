"""Claims in any order: whatever is done to them and to the cases, nothing is paid twice."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "desk"))

from allowance_course import Course, a_township

from mediation_desk.store.opening import open_with_key

_STEPS = 70


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("claims") / "office"
    return folder, a_township(folder)


def test_no_dispute_is_paid_twice_and_totals_are_the_sum_of_their_lines(
    township: tuple[Path, bytes],
    tmp_path: Path,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
) -> None:
    folder, key = township
    done: Counter[str] = Counter()
    count = rounds(300, 4)
    for seed in range(count):
        copy = tmp_path / str(seed)
        shutil.copytree(folder, copy)
        with open_with_key(copy, key) as register:
            course = Course(register, seed)
            for _ in range(_STEPS):
                course.step()
            assert register.verify() == [], seed
        done.update(course.done)
        shutil.rmtree(copy)
    told(f"{count} townships, {sum(done.values())} acts on claims: {dict(done.most_common())}")
    # A course in which nothing is paid and nothing is one dispute would show nothing.
    assert {"claim", "grant", "pay", "same", "hand_over", "correct"} <= done.keys()
