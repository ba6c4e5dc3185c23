"""Opening a workbook from outside: a child process reads it, within limits of memory and time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mediation_desk.exchange.cells import Cell
from mediation_desk.exchange.child import LEDGER, READ, SUMS
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.words import tr

HIDDEN_OPTION = "--read-workbook"
CONSOLE_PROGRAM = "mediation-desk"

_SECONDS = 60
_SECONDS_PER_MEGABYTE = 4


class Opened:
    """A workbook in the hands of the child: its cells now, the second reader's doubts later."""

    def __init__(self, answers: Iterator[dict[str, Any]]) -> None:
        self._answers = answers
        self.sheets: dict[str, list[list[Cell]]] = next(answers)["sheets"]

    @cached_property
    def doubts(self) -> "Doubts":
        """What the second reader has against the first; waits for it."""
        answer = next(self._answers)
        differing = [(at, one, other) for at, one, other in answer["disagreements"]]
        return Doubts(tuple(differing), answer["refused"], frozenset(answer["unvalued"]))


class OpenedLedger(Opened):
    """A stranger's workbook: beside its cells what no reader tells, by sheet."""

    @cached_property
    def shapes(self) -> dict[str, dict[str, Any]]:
        """The shapes of the sheets as `sheet_shapes` tells them; waits for the doubts first."""
        _ = self.doubts
        found: dict[str, dict[str, Any]] = next(self._answers)["shapes"]
        return found


@dataclass(frozen=True, slots=True)
class Doubts:
    """Cells that the readers see differently (place, first, second), and who refused why.

    `unvalued` are the cells whose formulas have no value, as sheet!cell.
    """

    differing: tuple[tuple[str, str, str], ...]
    refused: str
    unvalued: frozenset[str]


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a workbook with both readers.

    Raises `WorkbookUnreadable`, at once or when the doubts are asked for.
    """
    with _answers(path, READ) as answers:
        yield Opened(answers)


@contextmanager
def opened_ledger(path: Path) -> Iterator["OpenedLedger"]:
    """Open a stranger's workbook, or a table that came as text, with both readers.

    Raises `WorkbookUnreadable` as `opened` does.
    """
    with _answers(path, LEDGER) as answers:
        yield OpenedLedger(answers)


def sums(path: Path) -> dict[str, str]:
    """The checksum of every sheet's cells as our own reader sees them."""
    with _answers(path, SUMS) as answers:
        found: dict[str, str] = next(answers)["sums"]
        return found


def _command(path: Path, mode: str) -> list[str]:
    if getattr(sys, "frozen", False):
        # The packaged window program has no standard output on Windows; its console twin has.
        window = Path(sys.executable)
        console = window.with_name(CONSOLE_PROGRAM + window.suffix)
        program = console if console.exists() else window
        return [str(program), HIDDEN_OPTION, str(path), mode]
    return [sys.executable, "-m", "mediation_desk.exchange.child", str(path), mode]


def _environment() -> dict[str, str]:
    """The environment of this process, in which the child finds the same program."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).resolve().parents[2])
        before = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, before)))
    return environment


def _started(path: Path, mode: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        _command(path, mode),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


# Children that began before their turn, by their file; at most one beside the one at work.
_waiting: dict[Path, "subprocess.Popen[bytes]"] = {}


@contextmanager
def reading_ahead() -> Iterator[Callable[..., None]]:
    """Lets the child of the next file begin while the file before it is still being received.

    To be told of the file whose turn it is and of the next one. Each child has its own limits as
    ever, and there are never more than two, so that memory does not grow with the files.
    """

    def begin(*files: Path) -> None:
        for path in list(_waiting):
            if path not in files:
                _ended(_waiting.pop(path))
        for path in files[1:]:
            if path not in _waiting and path.is_file():
                _waiting[path] = _started(path, READ)

    try:
        yield begin
    finally:
        begin()


def _taken(path: Path, mode: str) -> "subprocess.Popen[bytes]":
    """The child that began for a file, or a new one."""
    child = _waiting.pop(path, None) if mode == READ else None
    return child or _started(path, mode)


def _ended(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    if child.stdout:
        child.stdout.close()
    child.wait()


@contextmanager
def _answers(path: Path, mode: str) -> Iterator[Iterator[dict[str, Any]]]:
    child = _taken(path, mode)
    # The time that it waited for its turn does not count.
    size = path.stat().st_size if path.exists() else 0
    timer = threading.Timer(_SECONDS + _SECONDS_PER_MEGABYTE * size / 1e6, child.kill)
    timer.start()
    try:
        yield _lines(child, timer)
    finally:
        timer.cancel()
        _ended(child)


def _lines(child: "subprocess.Popen[bytes]", timer: threading.Timer) -> Iterator[dict[str, Any]]:
    for text in child.stdout or ():
        answer = json.loads(text)
        if "error" in answer:
            raise WorkbookUnreadable(answer["error"])
        yield answer
    if timer.finished.is_set():
        happened = tr("读这个文件用时过长，已停止。")
    else:
        happened = tr("读这个文件的程序意外中止，文件可能有害或已损坏。")
    raise WorkbookUnreadable(happened + tr("请让对方从调解台重新导出后再发送。"))
