"""A town converges: whatever befell its files in two years, in the end all registers agree."""

import os
import random
import shutil
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from child_pool import ChildPool
from town import Town
from town_agreement import differences, doubled, lost
from town_moulds import Moulds, moulds
from town_post import Desk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the pool of readers forks")

_FIRST = (
    "files", "real workbooks", "lost", "delayed", "doubled", "cut off", "edited by hand", "taken",
    "came again", "refused", "undone", "laptops put back", "handed over", "given back", "added",
    "merged", "conflict", "decided", "rejected", "numbers given anew",
)  # fmt: skip


def _numbered(seed: int, patch: pytest.MonkeyPatch) -> None:
    """Let every identity come from the seed, so that a run can be had again."""
    dice = random.Random(seed)
    patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4))


def _lived(made: Moulds, place: Path, seed: int) -> tuple[int, Counter[str], list[str]]:
    """One town's two years: rounds until all agreed, what happened, and what is wrong."""
    folder = place / f"seed{seed}"
    folder.mkdir()
    pool = ChildPool(folder)
    with pytest.MonkeyPatch.context() as patch:
        desk = Desk(pool)
        desk.put_into(patch)
        _numbered(seed, patch)
        town = Town(folder / "town", seed, made, desk)
        try:
            town.live()
            rounds = town.meet()
            wrong = [*differences(town), *(f"lost {record}" for record in lost(town))]
            wrong += [f"doubled {facts}" for facts in doubled(town)]
            if not rounds:
                wrong.append("they never came to rest")
            wrong += [problem.message for problem in town.office.verify()]
        finally:
            town.close()
            pool.close()
            shutil.rmtree(folder)
    return rounds, town.told, wrong


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Moulds:
    """A town in which nothing has happened yet."""
    return moulds(tmp_path_factory.mktemp("town"))


def test_a_town_converges_whatever_befalls_its_files(
    made: Moulds,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    count = rounds(200, 1)
    seeds = range(count) if count > 1 else [random.randrange(10**6)]
    every: Counter[str] = Counter()
    longest = 0
    run = partial(_lived, made, tmp_path)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for seed, (took, happened, wrong) in zip(seeds, pool.map(run, seeds), strict=True):
            assert not wrong, (seed, wrong[:10])
            told(f"town {seed}, agreed after {took}: {_words(happened)}")
            every += happened
            longest = max(longest, took)
    told(f"{count} towns of 10 villages and 24 months, agreed after at most {longest} rounds: "
         f"{_words(every)}; no record lost, none doubled")  # fmt: skip
    # A single town may well live without a merge.
    rare = ("merged", "conflict", "undone") if count > 1 else ()
    for what in ("lost", "doubled", "delayed", "cut off", "laptops put back", *rare):
        assert every[what], what


def _words(happened: Counter[str]) -> str:
    """What happened, the most telling first."""
    names = [*_FIRST, *sorted(happened.keys() - set(_FIRST))]
    return ", ".join(f"{happened[name]} {name}" for name in names if happened[name])
