"""Handling many records at once: they hold no cycles, so that none need be looked for meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_looking_for_cycles() -> Iterator[None]:
    """Let Python not look through thousands of new records for cycles; a fifth of the time.

    Where nobody looks anyway, as in the window's worker, nothing changes.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
