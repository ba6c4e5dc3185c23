"""Hand edits: every change that means something is found, and nothing else is."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hand_edits import Hand, assert_found, rich_contents
from sample_packages import TODAY, counts_for

from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.writing import write_package

Resave = Callable[[Path], Path]


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_are_found_exactly(tmp_path: Path, seed: int) -> None:
    contents = rich_contents(seed, cases=10)
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    records = read_package(path, TODAY).records
    done = Hand(contents, path, random.Random(seed)).work(tmp_path / "b.xlsx")
    assert_found(read_package(tmp_path / "b.xlsx", TODAY), records, done)
