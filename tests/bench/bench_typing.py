"""What the window's thread works for each key, each page of the list and each page of the rail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from bench_measuring import FOLDER, ROOT, Line, environment
from store_registers import PASSWORD, build

from mediation_desk.store import keys

# What the issue allows at so many disputes; a smaller register is held to the first.
_LIMITS = ((10_000, 0.016), (100_000, 0.050))


def _limit(count: int) -> float:
    return next((limit for most, limit in _LIMITS if count <= most), 0.0)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


def measure(folder: Path, disputes: int, times: int) -> Iterator[Line]:
    """Lines for a register of `disputes`, everything but the typing done `times` times."""
    register = folder / f"typing-{disputes}"
    build(register, disputes).close()
    key = keys.unlock(register, PASSWORD).hex()
    command = [sys.executable, str(FOLDER / "child_typing.py"), str(register), key, str(times)]
    home = environment(MEDIATION_DESK_HOME=str(folder / "home"))
    done = subprocess.run(command, capture_output=True, check=False, env=home, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    for what, taken in json.loads(done.stdout).items():
        yield Line(
            f"{what}, p95 ({disputes:,} disputes)",
            _p95(taken),
            note=f"p50 {median(taken) * 1000:.1f} ms of {len(taken)}",
            limit=_limit(disputes),
        )
