"""A register of an office that knows its villages, and files read by forked children."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from child_pool import ChildPool
from register_moulds import Mould, mould_of

from mediation_desk.desk.enrolling import new_unit
from mediation_desk.desk.setting_up import found_office
from mediation_desk.domain.codes import UnitKind
from mediation_desk.exchange import reading
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import Register

CLERK = "王敏"
VILLAGES = {"梨子园村": "500230124200", "付家山村": "500230124201"}


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildPool]:
    made = ChildPool(tmp_path_factory.mktemp("pool"))
    yield made
    made.close()


@pytest.fixture
def forked(pool: ChildPool, monkeypatch: pytest.MonkeyPatch) -> ChildPool:
    """Workbooks are read by the child's own code in a forked process."""
    monkeypatch.setattr(reading, "_answers", pool.answers)
    return pool


@pytest.fixture(scope="session")
def township(tmp_path_factory: pytest.TempPathFactory) -> Mould:
    """An office's register with its villages, none of which has the program."""
    founding = found_office("丰都县", "双龙镇", "500230124000", CLERK)
    made = mould_of(tmp_path_factory.mktemp("township") / "office", founding, "梨花开满坡上")
    with (
        open_with_key(made.folder, made.key) as register,
        register.change(CLERK, "加上各村") as change,
    ):
        for name, code in VILLAGES.items():
            change.keep(new_unit(register, code, name, "", UnitKind.VILLAGE))
    return made


@pytest.fixture(scope="module")
def knowing(township: Mould, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """One register for looking only."""
    with township.open(tmp_path_factory.mktemp("office") / "office") as register:
        yield register


@pytest.fixture
def town(township: Mould, tmp_path: Path) -> Iterator[Register]:
    """A register to receive into."""
    with township.open(tmp_path / "town") as register:
        yield register
