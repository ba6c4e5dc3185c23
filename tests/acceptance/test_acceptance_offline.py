"""The program can open no socket, which is watched over the whole acceptance run (`desk_line`)."""

import subprocess
import sys

import pytest
from desk_line import Line

_LOADED = """
import sys
from pathlib import Path
from mediation_desk.__main__ import main
code = main({words!r})
assert code == 0, code
print(sorted(name for name in {names!r} if sys.modules.get(name) is not None))
print(hasattr(sys.modules["socket"], "socket"))
"""
_NAMES = ("_socket", "ssl", "_ssl", "asyncio", "multiprocessing", "http.client", "urllib.request",
          "PySide6.QtNetwork", "PySide6.QtWebSockets")  # fmt: skip


def test_the_whole_program_at_work_has_nothing_that_opens_sockets(line: Line) -> None:
    program = _LOADED.format(words=["self-test"], names=_NAMES)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=line.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "窗口：正常" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["[]", "False"]
    assert line.watched() == []


@pytest.mark.parametrize(
    "program",
    [
        "import socket",
        "import urllib.request",
        "import ssl",
        "import _socket",
        "from PySide6 import QtNetwork",
    ],
)
def test_the_watch_sees_whoever_asks_for_a_network(line: Line, program: str) -> None:
    subprocess.run([sys.executable, "-c", program], env=line.environment(), check=True)
    assert line.watched()


def test_who_asks_for_a_socket_in_the_program_gets_none(line: Line) -> None:
    program = (
        "from mediation_desk.offline import stay_offline; stay_offline(); import platform, uuid; "
        "platform.uname(); import socket; socket.socket()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=line.environment(), capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"has no attribute 'socket'" in done.stderr
    assert line.watched() == []
