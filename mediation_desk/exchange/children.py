"""The child processes that open files from outside: starting, asking and ending them."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.asked import ASKED, READ
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.lateness import limits_of_time
from mediation_desk.words import tr

HIDDEN_OPTION = "--read-workbook"
CONSOLE_PROGRAM = "mediation-desk"

_SECONDS = 60
_SECONDS_PER_MEGABYTE = 4
# After so much a child makes room for a fresh one, so that its memory does not grow.
_MOST_FILES = 100
_MOST_MEGABYTES = 50
# So many megabytes of files are read before their turn, so that their answers do not fill the
# memory; and so many bytes of answers may wait where the system allows it.
_MOST_AHEAD = 2.0
_PIPE_BYTES = 1 << 20


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


def _widen(pipe: IO[bytes] | None) -> None:
    """Let answers wait in a pipe until they are wanted, so that their child can go on."""
    if sys.platform != "linux" or pipe is None:
        return
    import fcntl  # noqa: PLC0415 - of this system only

    # Whoever has many pipes open may be refused; then the child waits instead.
    with suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class _Child:
    """One process; `sound` as long as nothing that it read gives reason to end it.

    `owed` is how many answers it still has to give, to be had in the order of what was asked.
    """

    def __init__(self) -> None:
        self.sound = True
        self.files = 0
        self.owed = 0
        self._megabytes = 0.0
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        _widen(self._process.stdout)

    @property
    def reusable(self) -> bool:
        """Whether it may read another file."""
        return self.sound and not self.owed

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
        self.owed += 1
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(asked + b"\n")
                self._process.stdin.flush()
        except OSError:
            # It is gone, which the missing answer tells.
            self.sound = False

    def answer(self) -> bytes:
        """The next answer; empty if the process came to its end instead."""
        text = self._process.stdout.readline() if self._process.stdout else b""
        self.owed -= 1
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
    """The processes that wait: idle ones, and one that reads files before their turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeping = 0
        self._idle: list[_Child] = []
        # In the order in which they were asked for.
        self._ahead: dict[Path, _Child] = {}

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
                gone: list[_Child] = []
                if not self._keeping:
                    gone = list(dict.fromkeys((*self._idle, *self._ahead.values())))
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
        """Tell which files come next, in this order; they are read before their turn."""
        with self._lock:
            if any(path not in files for path in self._ahead):
                self._drop(*self._ahead.values())
            new = dict.fromkeys(path for path in files if path not in self._ahead)
            wanted = [path for path in new if path.is_file()]
            child = next(iter(self._ahead.values()), None)
            if child is None and wanted:
                child = self._idle.pop() if self._idle else _Child()
            held = sum(map(megabytes, self._ahead))
            for path in wanted:
                held += megabytes(path)
                if child is None or child.worn or (child.owed and held > _MOST_AHEAD):
                    break
                child.open(path, READ)
                self._ahead[path] = child

    def _drop(self, *children: _Child) -> None:
        """End children with whatever they were asked for."""
        for child in dict.fromkeys(children):
            self._ahead = {path: one for path, one in self._ahead.items() if one is not child}
            child.end()

    def taken(self, path: Path, mode: str) -> _Child:
        """A child that has been asked for a file, perhaps a while ago."""
        with self._lock:
            child = self._ahead.get(path) if mode == READ else None
            if child is not None and next(iter(self._ahead)) != path:
                # Somebody else's answer would come first.
                self._drop(child)
                child = None
            if child is not None:
                del self._ahead[path]
                return child
        return self.another(path, mode)

    def another(self, path: Path, mode: str) -> _Child:
        """A child with nothing else to do, asked for a file."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        child = child or _Child()
        child.open(path, mode)
        return child

    def given_back(self, child: _Child) -> None:
        """Take a child whose file is done: it goes on reading ahead, waits, or goes."""
        with self._lock:
            if not self._keeping or not child.sound:
                self._drop(child)
            elif child.reusable:
                if child.worn:
                    child.end()
                    child = _Child()
                self._idle.append(child)


_children = _Children()


@contextmanager
def reading_ahead() -> Iterator[Callable[..., None]]:
    """Lets a child read the next files while those before them are still being received.

    To be told of the files that come next. One child reads them all, and another one looks once
    more at what raises doubts, so that memory does not grow with the files.
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
        self._limit = limits_of_time.after(self._seconds, self._too_late)

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
            if self._child.owed:
                self._opened_anew(opening, text)
            self._child.ask(ask, self._path)
            yield self._told(self._child.answer())

    def _again(self, opening: str) -> bytes:
        """The answer of a fresh child."""
        self._child.sound = False
        self._end_with_child()
        self._late.clear()
        self._begin(_Child())
        self._child.open(self._path, opening)
        return self._child.answer()

    def _opened_anew(self, opening: str, before: bytes) -> None:
        """Let another child open the file, as the one that did has gone on to the next ones."""
        self._end_with_child()
        self._begin(_children.another(self._path, opening))
        text = self._child.answer()
        self._told(text)
        if text != before:
            happened = tr("这个文件在读的时候被改动了，没有接收。")
            raise WorkbookUnreadable(happened + tr("请关闭正在改它的程序后再接收。"))

    def _told(self, text: bytes) -> dict[str, Any]:
        try:
            return told(text, late=self._late.is_set())
        except WorkbookUnreadable:
            self._child.sound = False
            raise

    def _end_with_child(self) -> None:
        limits_of_time.forget(self._limit)
        _children.given_back(self._child)

    def end(self, *, sound: bool) -> None:
        """End the turn; after what nobody expected the child goes as well."""
        self._child.sound = self._child.sound and sound
        self._end_with_child()


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
