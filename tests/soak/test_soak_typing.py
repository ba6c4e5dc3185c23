"""Killed while somebody types: all that was typed up to a second before is in the drafts."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from desk_line import ROOT
from soak_desks import PASSWORD, Mould, a_village

from mediation_desk.store.opening import open_with_key

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="keys are pressed on an X11 screen"
)

# A virtual keyboard drops now and then a character that is on none of its keys.
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# What a mediator must not lose is younger than this.
SECOND = 1.0
# The real program; it only says what it shows.
_TOLD = """
import sys
from mediation_desk.ui.pages.disputes import DisputesPage
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
def telling(kind, name, said):
    whole = getattr(kind, name)
    def told(self, *given):
        whole(self, *given)
        print(said, flush=True)
    setattr(kind, name, told)
telling(UnlockPage, "showEvent", "asks")
telling(Shell, "begin", "desk")
telling(DisputesPage, "_open", "form")
from mediation_desk.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """An X11 screen that nobody sees."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "the virtual screen did not start"
        yield f":{number}"
        server.terminate()


class Program:
    """The program in its window, with a keyboard."""

    def __init__(self, register: Path, home: Path, screen: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._screen = {**os.environ, "DISPLAY": screen}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TOLD, "--register", str(register)],
            stdout=subprocess.PIPE,
            text=True,
            env={**self._screen, "PYTHONPATH": str(ROOT), "MEDIATION_DESK_HOME": str(home),
                 "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1"},
        )  # fmt: skip

    def wait_for(self, word: str) -> None:
        """Wait until a word is said."""
        assert self._process.stdout is not None
        said = ""
        while word not in said:
            line = self._process.stdout.readline()
            assert line, f"the program ended before it said “{word}”"
            said += line

    def _press(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._screen, capture_output=True, text=True, check=True
        )
        return done.stdout

    def activate(self) -> None:
        """Give the window the keyboard; there is no window manager that would."""
        pid = str(self._process.pid)
        window = self._press("search", "--sync", "--onlyvisible", "--pid", pid).split()[-1]
        self._press("windowfocus", "--sync", window)

    def key(self, name: str) -> None:
        """Press a key."""
        self._press("key", "--delay", "0", name)

    def type(self, text: str) -> None:
        """Type a text."""
        self._press("type", "--delay", "0", "--", text)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._process.kill()
        with self._process:
            pass


@dataclass
class Typed:
    """What was typed into one field, and when."""

    text: str = ""
    moments: list[tuple[float, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Some more of it, just typed."""
        self.text += text
        self.moments.append((time.monotonic(), self.text))

    def at(self, moment: float) -> str:
        """What had been typed by then."""
        return next((text for then, text in reversed(self.moments) if then <= moment), "")

    def age_of_lost(self, kept: str, moment: float) -> float:
        """How long before `moment` the first lost stroke was typed; 0 if nothing is lost."""
        lost = (then for then, text in self.moments if then <= moment and len(text) > len(kept))
        return moment - next(lost, moment)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    return a_village(tmp_path_factory.mktemp("typing") / "village", 0)


def _write(program: Program, fields: tuple[Typed, Typed], dice: random.Random) -> float:
    """Type a name and a number by turns until the moment of the kill, and tell it."""
    name, number = fields
    end = time.monotonic() + dice.uniform(0.3, 6)
    while time.monotonic() < end:
        part = "".join(dice.choices(LETTERS, k=dice.randint(1, 3)))
        program.type(part)
        name.add(part)
        time.sleep(dice.uniform(0.02, 0.25))
        if dice.random() < 0.2:
            # Tab marks all of a field, and End leaves it as it is.
            program.key("Tab")
            program.key("End")
            part = "".join(dice.choices("0123456789", k=dice.randint(1, 4)))
            program.type(part)
            number.add(part)
            program.key("shift+Tab")
            program.key("End")
        if dice.random() < 0.1:
            # Somebody stops to think: then nothing at all may be lost.
            time.sleep(dice.uniform(0.5, 1.5))
    program.kill()
    return time.monotonic()


def _kept(register: Path, key: bytes) -> tuple[str, str]:
    """Name and number of the first party in the draft."""
    with open_with_key(register, key) as opened:
        assert opened.verify() == []
        drafts = opened.drafts()
    assert len(drafts) <= 1
    for draft in drafts:
        for part in json.loads(draft.typed)["typed"].values():
            if isinstance(part, dict) and part.get("name"):
                return part["name"], part["id_number"]
    return "", ""


def _killed(village: Mould, place: Path, screen: str, dice: random.Random) -> tuple[int, float]:
    """One kill: how many characters were safe, and the age of the oldest that was lost."""
    register = village.copy(place / "register")
    program = Program(register, place / "home", screen)
    fields = Typed(), Typed()
    try:
        program.wait_for("asks")
        program.activate()
        program.type(PASSWORD)
        program.key("Return")
        program.wait_for("desk")
        program.key("ctrl+n")
        program.wait_for("form")
        moment = _write(program, fields, dice)
    finally:
        program.kill()
    kept = _kept(register, village.key)
    for typed, found in zip(fields, kept, strict=True):
        due = typed.at(moment - SECOND)
        assert found.startswith(due), f"typed a second before: {due!r}, kept: {found!r}"
        assert typed.text.startswith(found), "something was kept that was never typed"
    lost = [typed.age_of_lost(found, moment) for typed, found in zip(fields, kept, strict=True)]
    return sum(map(len, kept)), max(lost)


def test_what_was_typed_a_second_before_a_kill_is_kept(
    village: Mould,
    screen: str,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
    tmp_path: Path,
) -> None:
    dice = random.Random(20261123)
    count = rounds(30, 2)
    results = [_killed(village, tmp_path, screen, dice) for _ in range(count)]
    oldest = max(lost for _kept, lost in results)
    safe = sum(kept for kept, _lost in results)
    told(
        f"{count} kills of the window while a form was typed in: {safe} characters safe, the "
        f"oldest stroke lost was {oldest * 1000:.0f} ms old"
    )
