"""Runs Python in another process, with the program within reach and, if asked, without rights."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PATHS = (_ROOT, _ROOT / "tests", _ROOT / "tests" / "store")
_NOBODY = 65534
# Everything is imported before the rights go, since nobody may not read a developer's home.
_WITHOUT_RIGHTS = f"""
import os, json, nacl.pwhash, nacl.secret, mediation_desk.store.upgrading
from pathlib import Path
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.opening import create_register, open_register
if os.geteuid() == 0:
    os.setgroups([]); os.setgid({_NOBODY}); os.setuid({_NOBODY})
"""


def _command(code: str) -> tuple[list[str], dict[str, str]]:
    paths = os.pathsep.join(map(str, _PATHS))
    return [sys.executable, "-c", code], {**os.environ, "PYTHONPATH": paths}


def said(code: str, *, rights: bool = True) -> str:
    """What `code` prints in a process of its own."""
    command, environment = _command(code if rights else _WITHOUT_RIGHTS + code)
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def running(code: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has printed its first line and waits to be ended."""
    command, environment = _command(code)
    child = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline()
        yield child
    finally:
        child.kill()
        child.communicate()
