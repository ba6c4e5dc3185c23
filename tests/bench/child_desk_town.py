"""Receives many workbooks: `python child_desk_town.py REGISTER FOLDER COUNT`."""

import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import mean

from bench_answering import answer
from bench_opening import TODAY, opened

from mediation_desk.desk import receiving

# Files that are told of within so short a time became durable in one.
_AT_ONCE = 0.002


def _each(marks: list[float]) -> list[float]:
    """The seconds that each file took, where some are told of at once."""
    groups = [[marks[0]]]
    for mark in marks[1:]:
        if mark - groups[-1][-1] > _AT_ONCE:
            groups.append([])
        groups[-1].append(mark)
    found: list[float] = []
    for before, group in pairwise(groups):
        found += [(group[0] - before[0]) / len(group)] * len(group)
    # Of the last ones nothing is read any more meanwhile.
    return found[: -len(groups[-1])] or found


folder, count = Path(sys.argv[2]), int(sys.argv[3])
paths = sorted(folder.glob("*.xlsx"))[:count]
with opened(Path(sys.argv[1])) as office:
    begun = time.perf_counter()
    marks: list[float] = []

    def done(_received: receiving.Received) -> None:
        marks.append(time.perf_counter())

    results = receiving.receive_all(office, paths, "罗晓", TODAY, done=done)
    for result in results:
        if not result.act:
            raise RuntimeError(result.words)
    # The first file pays for loading what reads, and for the backup, and is none of these.
    each, tenth = _each(marks), max(count // 10, 1)
    told = (mean(each[:tenth]), mean(each[-tenth:])) if each else (0.0, 0.0)
    answer(marks[-1] - begun, told)
