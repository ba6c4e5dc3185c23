"""What takes long to make: made by one process of tests, and copied by the others."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_SECONDS = 600
_PAUSE = 0.05


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A copy of the folder `name` of this run, which the process that comes first fills.

    Raises `RuntimeError` where another process did not get to its end with it.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place, done, failed = (shared / f"{name}{end}" for end in ("", ".done", ".failed"))
    try:
        place.mkdir()
    except FileExistsError:
        _wait(done, failed)
    else:
        try:
            make(place)
        except BaseException:
            failed.touch()
            raise
        done.touch()
    return Path(shutil.copytree(place, factory.mktemp(name) / name))


def _wait(done: Path, failed: Path) -> None:
    until = time.monotonic() + _SECONDS
    while not done.exists():
        if failed.exists() or time.monotonic() > until:
            raise RuntimeError(f"another process did not make {done.stem}")
        time.sleep(_PAUSE)
