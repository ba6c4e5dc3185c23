"""A process that has the whole program loaded and forks for every act, so that a kill costs little.

Run by itself it reads what to do from standard input, one line of JSON for an act and an empty one
for waiting until it is over. `Forker` is the other end.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

# Set where acts come to their ends: then one process opens the workbooks of all of them.
READER_KEPT = "SOAK_READER_KEPT"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


class Running:
    """An act in a process of its own."""

    def __init__(self, forker: "Forker", pid: int, told: Path) -> None:
        self._forker, self._pid, self._told = forker, pid, told
        self.started = time.monotonic()

    def lines(self) -> list[str]:
        """What it has told for good; a line that was cut off was not told."""
        if not self._told.exists():
            return []
        return self._told.read_text(encoding="utf-8").split("\n")[:-1]

    def wait_for(self, line: str) -> float:
        """The moment at which a line is told."""
        end = time.monotonic() + 300
        while line not in self.lines():
            assert time.monotonic() < end, self.lines()
            time.sleep(0.0005)
        return time.monotonic()

    def kill(self) -> list[str]:
        """Kill it as a power cut would; what it had told."""
        os.kill(self._pid, signal.SIGKILL)
        self.finish()
        return self.lines()

    def finish(self) -> int:
        """Let it come to its end; its exit code, below nothing where a signal ended it."""
        return int(self._forker.say(""))


class Forker:
    """Starts acts in forks of one warmed process."""

    def __init__(self, home: Path, **environment: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "MEDIATION_DESK_HOME": str(home), "TMPDIR": str(home),
                 "PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen", **environment},
        )  # fmt: skip

    def say(self, line: str) -> str:
        """Say a line and hear the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def start(self, act: str, place: Path, times: int, **more: Any) -> Running:
        """Start an act in the folder `place`; what it tells stands in a file beside it."""
        told = place.with_name(place.name + ".told")
        told.unlink(missing_ok=True)
        asked = {"act": act, "place": str(place), "times": times, "told": str(told), **more}
        return Running(self, int(self.say(json.dumps(asked))), told)

    def end(self) -> None:
        """End the process."""
        with self._process:
            self._process.kill()


def _done(asked: dict[str, Any]) -> int:
    """Do what was asked, in the fork; the exit code."""
    from desk_acts import ACTS, IN_PARTS  # noqa: PLC0415
    from failing_disk import failing  # noqa: PLC0415

    from mediation_desk.domain.problems import DeskError  # noqa: PLC0415

    handle = os.open(asked["told"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(line: str) -> None:
        os.write(handle, line.encode() + b"\n")

    try:
        with failing(asked, tell):
            (ACTS | IN_PARTS)[asked["act"]](Path(asked["place"]), tell, asked["times"])
    except DeskError as error:
        tell(f"refused {error}")
        return 1
    return 0


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _reader_waits(*, anew: bool) -> None:
    """See that a process waits to open workbooks for the next fork, a new one if need be."""
    from mediation_desk.exchange.children import _children  # noqa: PLC0415

    for child in list(_children._idle):
        if anew or child._process.poll() is not None:
            _children._idle.remove(child)
            child.end()
    _children.ready()


def _main() -> None:
    sys.path[:0] = [str(ROOT), str(HERE.parent), str(HERE)]
    # First of all, as in the program: openpyxl is told there not to write with lxml.
    import mediation_desk.exchange  # isort: skip # noqa: F401, PLC0415
    import desk_acts  # noqa: PLC0415
    from light_keys import lighten  # noqa: PLC0415

    from mediation_desk.exchange.children import reading_soon  # noqa: PLC0415

    desk_acts.warm()
    # Its registers are the tests' own.
    lighten()
    # What is loaded stays; else counting what is still used would copy it for every fork.
    gc.freeze()
    with reading_soon() if os.environ.get(READER_KEPT) else nullcontext():
        _serve()


def _serve() -> None:
    code = 0
    for line in sys.stdin:
        if os.environ.get(READER_KEPT):
            _reader_waits(anew=code not in {0, 1})
        pid = os.fork()
        if not pid:
            gc.disable()
            code = 2
            try:
                code = _done(json.loads(line))
            except BaseException:
                import traceback  # noqa: PLC0415

                traceback.print_exc()
            finally:
                os._exit(code)
        _say(pid)
        sys.stdin.readline()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        _say(code)


if __name__ == "__main__":
    _main()
