"""From the start of the process to a page that can be used, against an empty window."""

import time
from functools import partial
from pathlib import Path
from statistics import median

from bench_measuring import Line, in_turn, ran
from store_registers import PASSWORD, build

from mediation_desk.store import keys

_MOST = 1.5


def measure(folder: Path, *, disputes: int, times: int) -> list[Line]:
    """Time and memory to the password page and to the workbench, and what the password takes.

    The workbench is reached by the raw key: the password is costly by intent and would hide it.
    """
    register = folder / "start"
    build(register, disputes).close()
    key = keys.unlock(register, PASSWORD).hex()
    desk = partial(ran, "child_desk_window.py", register, MEDIATION_DESK_HOME=str(folder / "home"))
    found = in_turn(
        times,
        {
            "empty": partial(ran, "child_empty_window.py"),
            "password": partial(desk, ""),
            "workbench": partial(desk, key),
        },
    )
    empty = found["empty"]
    whats = {
        "password": "start to the password page",
        "workbench": f"start to the workbench, {disputes:,} disputes",
    }
    # The password page is the first that can be used; the workbench is told beside it.
    lines = [
        Line(what, found[name].seconds, empty.seconds, most, found[name].peak, empty.peak)
        for (name, what), most in zip(whats.items(), (_MOST, _MOST), strict=True)
    ]
    return [*lines, _password(register, times)]


def _password(register: Path, times: int) -> Line:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        keys.unlock(register, PASSWORD)
        taken.append(time.perf_counter() - begun)
    return Line("from the password to the key (Argon2id)", median(taken))
