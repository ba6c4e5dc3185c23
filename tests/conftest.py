"""What all tests share."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

# Before a test module loads openpyxl, which is told there not to write with lxml.
import mediation_desk.exchange  # isort: skip  # noqa: F401

import pytest
from builders import TODAY
from hypothesis import HealthCheck, settings
from light_keys import cost_as_ever, lighten
from made_once import made_once
from register_moulds import Mould, mould_of

from mediation_desk.desk import demonstration
from mediation_desk.desk.setting_up import found_office, found_village
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.store.register import Register

PASSWORD = "梨花-2026"
CLERK, RECORDER = "罗晓", "陶素芬"
# A busy machine is no failure.
settings.register_profile(
    "unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
# What the soak runs found, told by worker processes.
_TOLD: list[str] = []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended; what it told is kept for the end."""
    _TOLD.extend(getattr(node, "workeroutput", {}).get("told", ()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the figures of the soak runs that workers could not print."""
    for text in _TOLD:
        terminalreporter.write_line(f"soak: {text}")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The program's own style, whatever the system's is, and whichever test asks for Qt first."""
    # Most tests need no window.
    from mediation_desk.ui import app  # noqa: PLC0415

    return ["tests", *app.STYLE]


@pytest.fixture(scope="session", autouse=True)
def windows_application(qapp: Any) -> None:
    """Have it from the start: what draws a paper without one makes another, for no window."""


@pytest.fixture(scope="session", autouse=True)
def light_keys() -> Iterator[None]:
    """Keys that cost next to nothing to derive."""
    with pytest.MonkeyPatch.context() as patch:
        lighten(patch.setattr)
        yield


@pytest.fixture
def full_cost() -> Iterator[None]:
    """Keys that cost as much as on a desk."""
    with pytest.MonkeyPatch.context() as patch:
        cost_as_ever(patch.setattr)
        yield


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def village_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, "500230124200", RECORDER, Sex.FEMALE
    )
    return mould_of(tmp_path_factory.mktemp("moulds") / "village", founding, PASSWORD)


@pytest.fixture(scope="session")
def office_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    founding = found_office("丰都县", "双龙镇", "500230124000", CLERK)
    return mould_of(tmp_path_factory.mktemp("moulds") / "office", founding, PASSWORD)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo township; whoever writes into one of its registers takes a copy."""

    def make(place: Path) -> None:
        demonstration.build(place / "demo", TODAY)

    return made_once(tmp_path_factory, "demo", make) / "demo"


@pytest.fixture
def village(village_mould: Mould, tmp_path: Path) -> Iterator[Register]:
    """A real, encrypted register of 梨子园村."""
    with village_mould.open(tmp_path / "village") as register:
        yield register


@pytest.fixture
def office(office_mould: Mould, tmp_path: Path) -> Iterator[Register]:
    """A real, encrypted register of 双龙司法所, without any village's records."""
    with office_mould.open(tmp_path / "office") as register:
        yield register
