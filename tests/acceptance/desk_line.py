"""The real command line in processes of its own, and what every one of its answers must be."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from standing_line import POSSIBLE, Standing

ROOT = Path(__file__).resolve().parents[2]
DONE, PROBLEMS, WRONG_USE = 0, 1, 2
_SECONDS = 120
# Stands in the way of every Python that our commands start, and notes who asks for a network.
_WATCH = """
import os, sys
_OF_A_NETWORK = ("_socket", "socket", "ssl", "_ssl", "asyncio", "http", "urllib.request", "ftplib",
                 "PySide6.QtNetwork")
def _watch(event, given):
    asked = given[0] if event == "import" else event
    # None stands where the program has closed the way (`mediation_desk.offline`).
    had = event == "import" and asked in _OF_A_NETWORK and sys.modules.get(asked, asked)
    if event.startswith("socket.") or had:
        with open(os.environ["WATCHED_NETWORK"], "a", encoding="utf-8") as file:
            file.write(f"{asked} {sys.argv}\\n")
sys.addaudithook(_watch)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    def done(self) -> str:
        """What a command said that had to succeed."""
        assert (self.code, self.err) == (DONE, ""), (self.code, self.err, self.out[-2000:])
        return self.out

    def refused(self, code: int = PROBLEMS) -> str:
        """The one plain sentence of a command that had to fail."""
        assert self.code == code, (self.code, self.err, self.out[-2000:])
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].endswith("。"), lines
        return lines[0]


def _run_anew(
    words: Sequence[str], environment: Mapping[str, str], seconds: float
) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "mediation_desk", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


class Line:
    """A person at a terminal with a home, a temporary folder and a password of their own."""

    def __init__(self, folder: Path, password: str, today: str) -> None:
        self.home, self.temporary = folder / "home", folder / "temporary"
        self.home.mkdir(parents=True)
        self.temporary.mkdir()
        self.today = today
        self._folder = folder
        self._watch, self._watched = folder / "watch", folder / "watched.txt"
        self._watch.mkdir()
        (self._watch / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
        self.password = self.password_file("right", password)
        self._standing = Standing(folder)

    def password_file(self, name: str, password: str) -> Path:
        """A file that holds a password."""
        path = self._folder / f"{name}.password"
        path.write_text(password + "\n", encoding="utf-8")
        return path

    def environment(self) -> dict[str, str]:
        """The environment of the commands: everything they keep lies in our folder."""
        return {
            **os.environ,
            "MEDIATION_DESK_HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": os.pathsep.join((str(self._watch), str(ROOT))),
            "WATCHED_NETWORK": str(self._watched),
            "PYTHONIOENCODING": "utf-8",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def plain(self, *words: object) -> Answer:
        """Run exactly these words."""
        told = list(map(str, words))
        run = self._standing.run if POSSIBLE else _run_anew
        answer = Answer(*run(told, self.environment(), _SECONDS))
        assert "Traceback" not in answer.out + answer.err, answer.err
        assert self.watched() == []
        return answer

    def end(self) -> None:
        """Leave nothing running."""
        self._standing.end()

    def watched(self) -> list[str]:
        """Who asked for a network since this was asked last."""
        if not self._watched.exists():
            return []
        asked = self._watched.read_text(encoding="utf-8").splitlines()
        self._watched.unlink()
        return asked

    def words(self, verb: str, *words: object, password: Path | None = None) -> list[object]:
        """The words of a command on a register, with its password and our day."""
        secret = password or self.password
        return [verb, *words, "--password-file", secret, "--today", self.today]

    def __call__(self, verb: str, *words: object, password: Path | None = None) -> Answer:
        """Run a verb that works on a register, on our day."""
        return self.plain(*self.words(verb, *words, password=password))

    def both(self, commands: Sequence[Sequence[object]]) -> list[Answer]:
        """Run several commands on different registers, two at a time."""
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda words: self(*map(str, words)), commands))

    def dump(self, register: Path) -> str:
        """All records of a register as it says them."""
        return self("dump", register).done()
