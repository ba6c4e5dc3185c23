"""The measurements run, at their smallest, so that they do not rot between two readings."""

import os
import random
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent


def _run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(BENCH), *arguments]
    return subprocess.run(
        command, cwd=BENCH.parents[1], capture_output=True, text=True, encoding="utf-8", check=False
    )


# What each part promises to measure.
_PARTS = {
    "start": ["start to the workbench", "start to the password page", "from the password"],
    "keep": [
        "keep one dispute",
        "list page of 50",
        "search, page, p95",
        "agenda of a day",
        "backup",
        "open by password",
        "backup beside its file",
    ],
    "exchange": ["export of 20 disputes", "import of 20 disputes"],
    "town": ["import of 3 workbooks of 5", "last tenth of 3"],
    "tables": ["all tables of a year of 200"],
    "papers": [
        "one paper as PDF",
        "a file of 25 pages as PDF",
        "a file of 25 pages as Word",
        "each of 2 files in a row",
        "each of 2 files archived",
    ],
    "typing": ["key in the search", "next lines of the list", "page statistics"],
}
# Each takes as long as fifty other tests, so that all take their turns from run to run.
_AT_ONCE = 2


def test_parts_measure_what_they_promise() -> None:
    full = os.environ.get("MEDIATION_DESK_SOAK") == "full"
    chosen = list(_PARTS) if full else random.sample(list(_PARTS), _AT_ONCE)
    for part in chosen:
        done = _run("--quick", part)
        assert done.returncode == 0, (part, done.stderr)
        for what in _PARTS[part]:
            line = next(line for line in done.stdout.splitlines() if line.startswith(what))
            assert any(unit in line.split() for unit in ("ms", "s")), line


def test_an_unknown_part_is_refused() -> None:
    done = _run("sleep")
    assert done.returncode == 2
    assert "there is no part sleep" in done.stderr
