"""Receiving a county's month of village workbooks, against pandas joining the same sheets."""

import importlib.util
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from bench_measuring import Line, Ran, in_turn, ran
from bench_sample import town_of

_MOST, _MOST_GROWTH = 1.0, 1.3
_BARE, _DESK = "child_pandas.py", "child_desk_town.py"
# pandas is not for the environment that is measured: openpyxl loads numpy where it finds it.
_OTHER = "MEDIATION_DESK_BENCH_PYTHON"


def measure(folder: Path, *, files: tuple[int, ...], disputes: int, times: int) -> list[Line]:
    """Time and memory of receiving so many workbooks of `disputes` disputes each."""
    place = folder / "town"
    place.mkdir()
    town_of(place, max(files), disputes)
    found: list[Line] = []
    for count in files:
        variants = {"receive": partial(_received, place, count)}
        if python := _pandas():
            variants["pandas"] = partial(ran, _BARE, place / "sent", count, python=python)
        runs = in_turn(times, variants)
        found += _lines(count, disputes, runs)
    shutil.rmtree(place)
    return found


def _pandas() -> str:
    """A Python that has pandas; empty if there is none."""
    if _OTHER in os.environ:
        return os.environ[_OTHER]
    return sys.executable if importlib.util.find_spec("pandas") else ""


def _received(place: Path, count: int) -> Ran:
    copy = place / f"office{count}"
    shutil.copytree(place / "office", copy)
    try:
        return ran(_DESK, copy, place / "sent", count, watch=True)
    finally:
        shutil.rmtree(copy)


def _lines(count: int, disputes: int, runs: dict[str, Ran]) -> list[Line]:
    ours, bare = runs["receive"], runs.get("pandas")
    what = f"import of {count} workbooks of {disputes}"
    note = f"reader's process {ours.below >> 20} MiB" if ours.below else ""
    if bare is None:
        total = Line(what, ours.told, peak=ours.peak, note="no pandas here")
    else:
        total = Line(what, ours.told, bare.told, _MOST, ours.peak, bare.peak, note)
    first, last = ours.marks if ours.marks else (0.0, 0.0)
    growth = Line(f"last tenth of {count}", last, first, _MOST_GROWTH, note="the first tenth")
    return [total, growth]
