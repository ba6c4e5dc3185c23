"""A real register for each test, copied from one made once, because a password costs 0.15 s."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Random records, written for the tests of the domain.
sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "domain")]

import pytest
from builders import VILLAGE_CODE
from store_basics import PASSWORD, Keep

from mediation_desk.desk.setting_up import create, found_office, found_village
from mediation_desk.domain.codes import Sex, UnitKind
from mediation_desk.domain.record import Record
from mediation_desk.store import keys
from mediation_desk.store.connection import Connections
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates") / "village"
    founding = found_village(
        "丰都县", "双龙镇", "梨子园村", UnitKind.VILLAGE, VILLAGE_CODE, "陶素芬", Sex.FEMALE
    )
    create(folder, founding, PASSWORD).close()
    return folder


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates") / "office"
    create(folder, found_office("丰都县", "双龙镇", "500230124000", "罗晓"), PASSWORD).close()
    return folder


@pytest.fixture(scope="session")
def key(template: Path) -> bytes:
    return keys.unlock(template, PASSWORD)


@pytest.fixture(scope="session")
def office_key(office_template: Path) -> bytes:
    return keys.unlock(office_template, PASSWORD)


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """The folder of a closed register of 梨子园村."""
    return Path(shutil.copytree(template, tmp_path / "register"))


@pytest.fixture
def register(folder: Path, key: bytes) -> Iterator[Register]:
    with open_with_key(folder, key) as opened:
        yield opened


@pytest.fixture
def office(office_template: Path, office_key: bytes, tmp_path: Path) -> Iterator[Register]:
    folder = shutil.copytree(office_template, tmp_path / "office")
    with open_with_key(Path(folder), office_key) as opened:
        yield opened


@pytest.fixture
def keep(register: Register) -> Keep:
    """Keeps records in one act and tells its number."""

    def kept(*records: Record, reason: str = "登记") -> int:
        with register.change("陶素芬", reason) as change:
            for record in records:
                change.keep(record)
        return int(change.number)

    return kept


@pytest.fixture
def meddle(register: Register, key: bytes) -> Callable[..., list[Any]]:
    """Does with the tables what only somebody with the key, but not our program, can do."""

    def done(sql: str, *values: Any) -> list[Any]:
        connections = Connections(register.folder / FILE, key)
        try:
            connections.run("PRAGMA foreign_keys=OFF")
            return connections.rows(sql, values)
        finally:
            connections.close()

    return done
