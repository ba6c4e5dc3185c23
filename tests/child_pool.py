"""A process that forks itself for each workbook, so that thousands can be read in minutes.

It runs the very code of the child process, with its limits, without starting Python and loading
the readers each time. Tells what each file cost.
"""

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mediation_desk.exchange import children, limits

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 60
_NEEDED = (
    "openpyxl",
    "python_calamine",
    *(
        f"mediation_desk.exchange.{name}"
        for name in ("readers", "sheet_shapes", "table_text", "unvalued")
    ),
)


@dataclass(slots=True)
class Cost:
    """The most that one file took: seconds, and bytes of memory of its process."""

    seconds: float = 0.0
    memory: int = 0
    files: int = 0

    def add(self, seconds: float, memory: int) -> None:
        self.seconds = max(self.seconds, seconds)
        self.memory = max(self.memory, memory)
        self.files += 1


class ChildPool:
    """Reads workbooks in forked children; `cost` is the highest of all files since `reset`."""

    def __init__(self, folder: Path) -> None:
        self._out = folder / "answers"
        self.cost = Cost()
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
        )

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    @contextmanager
    def answers(self, path: Path, mode: str) -> Iterator[Iterator[dict[str, Any]]]:
        """What `reading._answers` gives, from a forked child that is asked everything."""
        assert self._process.stdin
        assert self._process.stdout
        told = json.dumps({"path": str(path), "mode": mode, "out": str(self._out)})
        self._process.stdin.write(told.encode() + b"\n")
        self._process.stdin.flush()
        done = json.loads(self._process.stdout.readline())
        self.cost.add(done["seconds"], done["memory"])
        lines = self._out.read_bytes().splitlines(keepends=True)
        yield (children.told(line, late=done["killed"]) for line in [*lines, b""])


def _read(wanted: dict[str, str]) -> dict[str, Any]:
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        target = os.open(wanted["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(target, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os._exit(_answer(wanted))
    killed = False
    while True:
        ended, _, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            break
        if time.monotonic() - started > SECONDS and not killed:
            os.kill(pid, signal.SIGKILL)
            killed = True
        time.sleep(0.001)
    seconds = time.monotonic() - started
    return {"seconds": seconds, "memory": usage.ru_maxrss * 1024, "killed": killed}


def _answer(wanted: dict[str, str]) -> int:
    """Answer in this process all that can be asked, as the child does."""
    from mediation_desk.exchange import child  # noqa: PLC0415 - only in this process

    limits.limit_memory()
    gc.disable()
    with open(1, "wb", closefd=False) as out:
        for answer in child.Opened().answers(wanted["path"], wanted["mode"]):
            out.write(json.dumps(answer).encode("ascii") + b"\n")
    return 0


def _serve() -> None:
    # What the children need is loaded once, before any file is opened.
    for name in _NEEDED:
        importlib.import_module(name)

    for line in sys.stdin:
        sys.stdout.write(json.dumps(_read(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
