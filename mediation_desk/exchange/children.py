"""The child processes that open files from outside: starting, asking and ending them."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.asked import ASKED, READ
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.words import tr

HIDDEN_OPTION = "--read-workbook"
CONSOLE_PROGRAM = "mediation-desk"

_SECONDS = 60
_SECONDS_PER_MEGABYTE = 4
# After so much a child makes room for a fresh one, so that its memory does not grow.
_MOST_FILES = 100
_MOST_MEGABYTES = 50


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        # The packaged window program has no standard output on Windows; its console twin has.
        window = Path(sys.executable)
        console = window.with_name(CONSOLE_PROGRAM + window.suffix)
        program = console if console.exists() else window
        return [str(program), HIDDEN_OPTION]
    return [sys.executable, "-m", "mediation_desk.exchange.child"]


def _environment() -> dict[str, str]:
    """The environment of this process, in which the child finds the same program."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).resolve().parents[2])
        before = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, before)))
    return environment


class _Child:
    """One process; `sound` as long as nothing that it read gives reason to end it."""

    def __init__(self) -> None:
        self.sound = True
        self.files = 0
        self._owing = False
        self._megabytes = 0.0
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    @property
    def reusable(self) -> bool:
        """Whether it may read another file."""
        return self.sound and not self._owing

    @property
    def worn(self) -> bool:
        """Whether it has read enough."""
        return self.files >= _MOST_FILES or self._megabytes >= _MOST_MEGABYTES

    def open(self, path: Path, mode: str) -> None:
        """Ask for a file to be opened; the answer may come later."""
        self.files += 1
        self._megabytes += megabytes(path)
        self.ask(mode, path)

    def ask(self, ask: str, path: Path) -> None:
        """Ask something."""
        asked = json.dumps({"ask": ask, "path": str(path)}).encode("ascii")
        self._owing = True
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(asked + b"\n")
                self._process.stdin.flush()
        except OSError:
            # It is gone, which the missing answer tells.
            self.sound = False

    def answer(self) -> bytes:
        """The answer to what was asked; empty if the process came to its end instead."""
        text = self._process.stdout.readline() if self._process.stdout else b""
        self._owing = False
        return text

    def kill(self) -> None:
        """Stop it, whatever it does; who waits for an answer gets an empty one."""
        self.sound = False
        self._process.kill()

    def end(self) -> None:
        """End it and wait until it is gone."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()


def megabytes(path: Path) -> float:
    """The size of a file; 0 if there is none."""
    return path.stat().st_size / 1e6 if path.exists() else 0.0


class _Children:
    """The processes that wait: idle ones, and those that read a file before its turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeping = 0
        self._idle: list[_Child] = []
        self._ahead: dict[Path, _Child] = {}
        self._next: Path | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep children from one file to the next; without, each goes after its file."""
        with self._lock:
            self._keeping += 1
        try:
            yield
        finally:
            with self._lock:
                self._keeping -= 1
                self._next = None
                gone: list[_Child] = []
                if not self._keeping:
                    gone = [*self._idle, *self._ahead.values()]
                    self._idle.clear()
                    self._ahead.clear()
            for child in gone:
                child.end()

    def ready(self) -> None:
        """Start a child before there is a file to read."""
        with self._lock:
            if not self._idle:
                self._idle.append(_Child())

    def announce(self, *files: Path) -> None:
        """Tell of the file whose turn it is and of the next, which may be read before its turn."""
        with self._lock:
            stale = [self._ahead.pop(path) for path in list(self._ahead) if path not in files]
            self._next = files[1] if len(files) > 1 and files[1].is_file() else None
        for child in stale:
            child.end()

    def taken(self, path: Path, mode: str) -> _Child:
        """A child that has been asked for a file, perhaps a while ago."""
        with self._lock:
            child = self._ahead.pop(path, None) if mode == READ else None
            idle = self._idle.pop() if child is None and self._idle else None
        if child is None:
            child = idle or _Child()
            child.open(path, mode)
        return child

    def given_back(self, child: _Child) -> None:
        """Take a child whose file is done: it reads the next one ahead, waits, or goes."""
        with self._lock:
            if self._keeping and child.reusable:
                if child.worn:
                    child.end()
                    child = _Child()
                ahead, self._next = self._next, None
                if ahead is None:
                    self._idle.append(child)
                else:
                    child.open(ahead, READ)
                    self._ahead[ahead] = child
                return
        child.end()


_children = _Children()


@contextmanager
def reading_ahead() -> Iterator[Callable[..., None]]:
    """Lets a child read the next file while the one before it is still being received.

    To be told of the file whose turn it is and of the next one. There are never more than two
    children, so that memory does not grow with the files.
    """
    with _children.kept():
        yield _children.announce


@contextmanager
def reading_soon() -> Iterator[None]:
    """Lets a child start while what it is to read is still being written."""
    with _children.kept():
        _children.ready()
        yield


class _Turn:
    """The turn of one file, with the child that reads it.

    The time is limited from here on; what passed while the file waited does not count.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self._path, self._mode = path, mode
        self._seconds = _SECONDS + _SECONDS_PER_MEGABYTE * megabytes(path)
        self._late = threading.Event()
        self._begin(_children.taken(path, mode))

    def _begin(self, child: _Child) -> None:
        self._child = child
        self._timer = threading.Timer(self._seconds, self._too_late)
        self._timer.daemon = True
        self._timer.start()

    def _too_late(self) -> None:
        self._late.set()
        self._child.kill()

    def answers(self) -> Iterator[dict[str, Any]]:
        """What the child answers, each when it is asked for."""
        opening, *later = ASKED[self._mode]
        text = self._child.answer()
        if self._child.files > 1 and _failed(text):
            text = self._again(opening)
        yield self._told(text)
        for ask in later:
            self._child.ask(ask, self._path)
            yield self._told(self._child.answer())

    def _again(self, opening: str) -> bytes:
        """The answer of a fresh child."""
        self._timer.cancel()
        self._child.end()
        self._late.clear()
        self._begin(_Child())
        self._child.open(self._path, opening)
        return self._child.answer()

    def _told(self, text: bytes) -> dict[str, Any]:
        try:
            return told(text, late=self._late.is_set())
        except WorkbookUnreadable:
            self._child.sound = False
            raise

    def end(self, *, sound: bool) -> None:
        """End the turn; after what nobody expected the child goes as well."""
        self._timer.cancel()
        self._child.sound = self._child.sound and sound
        _children.given_back(self._child)


def _failed(text: bytes) -> bool:
    """Whether a child could not read a file for what may be its own reasons."""
    return not text or b'"memory"' in text[-100:]


def told(text: bytes, *, late: bool) -> dict[str, Any]:
    """An answer; raises `WorkbookUnreadable` for a refusal, and for a child that ended."""
    if text:
        answer: dict[str, Any] = json.loads(text)
        if "error" in answer:
            raise WorkbookUnreadable(answer["error"])
        return answer
    if late:
        happened = tr("读这个文件用时过长，已停止。")
    else:
        happened = tr("读这个文件的程序意外中止，文件可能有害或已损坏。")
    raise WorkbookUnreadable(happened + tr("请让对方从调解台重新导出后再发送。"))


@contextmanager
def answers_of(path: Path, mode: str) -> Iterator[Iterator[dict[str, Any]]]:
    """What a child answers to all that can be asked of a file that is opened in this mode."""
    turn = _Turn(path, mode)
    sound = False
    try:
        yield turn.answers()
        sound = True
    except DeskError:
        # What the child refused it has told of itself; of other refusals it knows nothing.
        sound = True
        raise
    finally:
        turn.end(sound=sound)
