"""How often: at full counts when asked for, otherwise a slice that takes seconds."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_TESTS = Path(__file__).resolve().parents[1]
for part in ("acceptance", "exchange/ledgers", "papers"):
    sys.path.insert(0, str(_TESTS / part))

FULL = os.environ.get("MEDIATION_DESK_SOAK") == "full"


@pytest.fixture(scope="session")
def rounds() -> Callable[[int, int], int]:
    """Chooses between the full count and the slice."""
    return lambda full, slice_: full if FULL else slice_


@pytest.fixture(scope="session")
def told(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Prints a figure of a run so that it is seen even when everything passes."""
    from_worker = getattr(request.config, "workeroutput", None)
    if from_worker is not None:
        # Nobody reads what a worker prints; tests/conftest.py says it at the end.
        figures: list[str] = from_worker.setdefault("told", [])
        return figures.append
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def say(text: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\nsoak: {text}\n")

    return say
