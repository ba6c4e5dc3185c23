"""A process that has the whole command line loaded and forks itself for every command.

A command has its own words, environment, folder and streams, and ends as any process does; what it
saves is starting Python and loading the program, which takes longer than most commands. Run by
itself it reads commands from standard input, one line of JSON each. `Standing` is the other end.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[2]
# Elsewhere each command starts Python anew.
POSSIBLE = hasattr(os, "fork")


class Standing:
    """Runs commands in forks of processes that wait; one process for each at a time.

    They are started in the environment of the first command.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        self._all: list[subprocess.Popen[str]] = []

    def run(
        self, words: Sequence[str], environment: Mapping[str, str], seconds: float
    ) -> tuple[int, str, str]:
        """The exit code of a command and what it said on both streams.

        Raises `subprocess.TimeoutExpired` for a command that took longer.
        """
        process = self._started(environment) if self._idle.empty() else self._idle.get()
        out, err = (self._folder / f"{process.pid}.{stream}" for stream in ("out", "err"))
        told = {"words": words, "environment": dict(environment), "here": str(Path.cwd()),
                "out": str(out), "err": str(err), "seconds": seconds}  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        self._idle.put(process)
        if code == -signal.SIGKILL:
            raise subprocess.TimeoutExpired(list(words), seconds)
        return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")

    def _started(self, environment: Mapping[str, str]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, __file__],
            env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._all.append(process)
        return process

    def end(self) -> None:
        """End the processes."""
        for process in self._all:
            with process:
                process.kill()


def _stream(number: int, path: str, mode: int) -> None:
    handle = os.open(path, mode, 0o600)
    os.dup2(handle, number)
    os.close(handle)


def _command(told: dict[str, object]) -> int:
    """Run a command in this process, which is its own; its exit code."""
    from mediation_desk.__main__ import main  # noqa: PLC0415
    from mediation_desk.desk.crash_report import keep_values_out  # noqa: PLC0415

    _stream(0, os.devnull, os.O_RDONLY)
    for number, name in ((1, "out"), (2, "err")):
        _stream(number, str(told[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    environment, words = told["environment"], told["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(str(told["here"]))
    sys.argv = ["mediation_desk", *words]
    # Made anew, as the ones from before the fork may buffer for another stream.
    for name, number in (("stdout", 1), ("stderr", 2)):
        setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False, buffering=1))  # noqa: SIM115
    try:
        keep_values_out()
        return int(main())
    except SystemExit as stop:
        return int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()


def _answer(told: dict[str, object]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _command(told)
        finally:
            os._exit(code)
    late = threading.Timer(float(str(told["seconds"])), os.kill, (pid, signal.SIGKILL))
    late.start()
    _, state = os.waitpid(pid, 0)
    late.cancel()
    late.join()
    return os.waitstatus_to_exitcode(state)


def _load() -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from mediation_desk.offline import stay_offline  # noqa: PLC0415

    stay_offline()
    import mediation_desk  # noqa: PLC0415

    for found in pkgutil.walk_packages(mediation_desk.__path__, "mediation_desk."):
        # The window has a start of its own.
        if not found.name.startswith(("mediation_desk.ui", "mediation_desk.__main__")):
            importlib.import_module(found.name)
    # As in the tests themselves, whose files the commands open and the other way round.
    from light_keys import lighten  # noqa: PLC0415

    lighten()


def _serve() -> None:
    _load()
    # What is loaded stays; else counting what is still used would copy it for every fork.
    gc.freeze()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        answers.write(f"{_answer(json.loads(line))}\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
