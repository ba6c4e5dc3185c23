"""The parts of the command line, each loaded for its own verbs only."""

import subprocess
import sys
from pathlib import Path

from mediation_desk.cli import _PARTS, parser

_ROOT = Path(__file__).resolve().parents[2]
# Says which of the program's modules a command loaded.
_LOADED = """
import sys
from mediation_desk.__main__ import main
main(["agenda", "--help"])
print(*(name for name in sys.modules if name.startswith("mediation_desk.cli.")))
"""


def _verbs(verb: str = "") -> list[str]:
    return list(next(action.choices for action in parser(verb)._actions if action.choices))


def test_each_part_adds_the_verbs_it_is_loaded_for() -> None:
    for _part, verbs in _PARTS:
        for verb in verbs.split():
            assert _verbs(verb) == verbs.split()
    assert _verbs() == [verb for _part, verbs in _PARTS for verb in verbs.split()]
    assert _verbs("nothing") == _verbs()


def test_a_job_loads_no_other_part() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    parts = {name.split(".")[-1] for name in done.stdout.splitlines()[-1].split()}
    assert parts == {"agenda", "asking"}
