"""A disk that refuses the n-th write or sync, for acts that run in processes of their own."""

import ctypes
import errno
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

_SOURCE = Path(__file__).with_suffix(".c")
_BUILT = "failing_disk.so"


class What(IntEnum):
    """What is counted, and fails; as in the C source."""

    WRITES = 1
    SYNCS = 2
    CHANGES = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """The number `at` of `what` fails with `error`, and, if `lasting`, all that come after it."""

    what: What
    at: int
    error: int
    lasting: bool

    def asked(self) -> dict[str, Any]:
        """As the process that forks is asked for it."""
        return {"fault": asdict(self)}


FULL, BROKEN, READ_ONLY = errno.ENOSPC, errno.EIO, errno.EROFS


def built(folder: Path) -> Path:
    """The shim, compiled into `folder`."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "a C compiler is needed; dev.py says how to get one"
    target = folder / _BUILT
    command = [compiler, "-shared", "-fPIC", "-O1", "-nostdlib", "-Wall", "-Werror"]
    subprocess.run([*command, "-fno-builtin", "-o", str(target), str(_SOURCE)], check=True)
    return target


@contextmanager
def failing(asked: dict[str, Any], tell: Callable[[str], None]) -> Iterator[None]:
    """Let the disk fail as asked, in a process that was started with the shim.

    Tells at the end how many of its like there were.
    """
    fault = asked.get("fault")
    if fault is None:
        yield
        return
    shim = ctypes.CDLL(None)
    place = asked["place"].encode() + b"/"
    shim.failing_disk_begin.argtypes = (
        ctypes.c_char_p, ctypes.c_int, ctypes.c_long, ctypes.c_int, ctypes.c_int,
    )  # fmt: skip
    shim.failing_disk_end.restype = ctypes.c_long
    shim.failing_disk_begin(place, fault["what"], fault["at"], fault["error"], fault["lasting"])
    try:
        yield
    finally:
        tell(f"seen {shim.failing_disk_end()}")
