"""Whole processes timed and weighed in turn, so that what else a machine does hits all alike."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench_answering import peak_memory

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
_GLANCE = 0.02


@dataclass(frozen=True, slots=True)
class Ran:
    """One process that ended well.

    `seconds` from its start to its answer, `told` those it answered itself, `peak` the most memory
    it held by then and `below` the most of any process that it started, both in bytes; 0 where the
    system does not tell. `marks` are the times of parts of it.
    """

    seconds: float
    told: float
    peak: int
    below: int
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; nought stands for nothing to tell.

    `most` is a target as times the floor, `limit` one in seconds; memory is in bytes.
    """

    what: str
    seconds: float
    floor: float = 0.0
    most: float = 0.0
    peak: int = 0
    peak_floor: int = 0
    note: str = ""
    limit: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times the floor; 0 without one."""
        return self.seconds / self.floor if self.floor else 0.0

    @property
    def kept(self) -> bool | None:
        """Whether the target is kept; None without one."""
        if self.limit:
            return self.seconds <= self.limit
        return self.ratio <= self.most if self.most else None


def _below(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(name) for name in task.read_text().split()]
    return found + [deeper for child in found for deeper in _below(child)]


class _Watch(threading.Thread):
    """Looks now and then at the memory of the processes that a process has started."""

    def __init__(self, process: int, *, wanted: bool) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._done = threading.Event()
        self._most = 0
        if not wanted:
            self._done.set()
        self.start()

    def run(self) -> None:
        while not self._done.wait(_GLANCE):
            try:
                held = [peak_memory(child) for child in _below(self._process)]
            except OSError:
                continue
            self._most = max(self._most, *held, 0)

    def most(self) -> int:
        self._done.set()
        self.join()
        return self._most


def environment(**more: str) -> dict[str, str]:
    """The environment of a measured process: this program, no screen, nothing of the user's."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(FOLDER)]),
        "PYTHONDONTWRITEBYTECODE": "",
        "QT_QPA_PLATFORM": "offscreen",
        **more,
    }


def ran(script: str, *arguments: object, watch: bool = False, python: str = "", **more: str) -> Ran:
    """Run a script of this folder until it has answered and ended; raises when it fails."""
    command = [python or sys.executable, str(FOLDER / script), *map(str, arguments)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, env=environment(**more), cwd=ROOT
        )
        watching = _Watch(child.pid, wanted=watch)
        assert child.stdout is not None
        text = child.stdout.readline()
        seconds = time.perf_counter() - begun
        below = watching.most()
        child.stdout.close()
        if child.wait() or not text:
            complaints.seek(0)
            said = complaints.read()[-2000:]
            raise RuntimeError(f"{script} ended with {child.returncode}: {said}")
    told = json.loads(text)
    return Ran(seconds, told["seconds"], told["peak"], below, tuple(told["marks"]))


def typical(runs: Sequence[Ran]) -> Ran:
    """The medians of `runs`."""
    return Ran(
        median(run.seconds for run in runs),
        median(run.told for run in runs),
        int(median(run.peak for run in runs)),
        int(median(run.below for run in runs)),
        tuple(map(median, zip(*(run.marks for run in runs), strict=True))),
    )


def in_turn(times: int, variants: Mapping[str, Callable[[], Ran]]) -> dict[str, Ran]:
    """Every variant `times` times, one after the other and again, after a round for the caches."""
    for variant in variants.values():
        if times > 1:
            variant()
    kept: dict[str, list[Ran]] = {name: [] for name in variants}
    for _ in range(times):
        for name, variant in variants.items():
            kept[name].append(variant())
    return {name: typical(runs) for name, runs in kept.items()}
