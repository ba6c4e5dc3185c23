"""One demo township, its ten workbooks and its offices, built once by the real command line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_desks import CLERK, DAY, MONTH, copied, quickly_opened, with_the_keys_of
from desk_line import Line
from made_once import made_once
from office_suite import Suite

from mediation_desk.desk.demonstration import PASSWORD, WORKBOOKS, office_of


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """The command line on 23 October 2026."""
    line = Line(tmp_path_factory.mktemp("person"), PASSWORD, DAY)
    yield line
    line.end()


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return Suite(tmp_path_factory.mktemp("office-suite"))


@pytest.fixture(scope="session")
def new_office(line: Line) -> Callable[[Path], Path]:
    """Makes an empty register of the township's judicial office."""

    def make(folder: Path) -> Path:
        words = ["--role", "office", "--county", "丰都县", "--town", "双龙镇"]
        line("new", folder, *words, "--code", "500230124000", "--actor", CLERK).done()
        return quickly_opened(folder)

    return make


@pytest.fixture(scope="session")
def township(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo township; whoever writes into one of its registers takes a copy."""

    def make(place: Path) -> None:
        line.plain("demo", place / "双龙镇", "--today", DAY).done()
        for database in place.glob("*/*/register.db"):
            quickly_opened(database.parent)

    return made_once(tmp_path_factory, "township", make) / "双龙镇"


@pytest.fixture(scope="session")
def villages(township: Path) -> list[Path]:
    """The registers of the ten villages."""
    office = office_of(township)
    found = [entry for entry in sorted(township.iterdir()) if (entry / "register.db").exists()]
    found.remove(office)
    assert len(found) == 10, found
    return found


@pytest.fixture(scope="session")
def packages(
    line: Line, villages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """The ten villages' sealed workbooks of September, made by `export`."""

    def make(place: Path) -> None:
        commands = [
            ("export", village, "--period", MONTH, "--out", place / f"{village.name}.xlsx")
            for village in villages
        ]
        for answer in line.both(commands):
            answer.done()

    place = made_once(tmp_path_factory, "packages", make)
    return [place / f"{village.name}.xlsx" for village in villages]


@pytest.fixture(scope="session")
def empty_office(
    new_office: Callable[[Path], Path], township: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An office that has received nothing; whoever writes into it takes a copy."""

    def make(place: Path) -> None:
        with_the_keys_of(office_of(township), new_office(place / "司法所"))

    return made_once(tmp_path_factory, "empty", make) / "司法所"


@pytest.fixture(scope="session")
def office(
    line: Line, empty_office: Path, packages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An office that has received the ten workbooks; whoever writes into it takes a copy."""

    def make(place: Path) -> None:
        line("import", copied(empty_office, place / "司法所"), *packages).done()

    return made_once(tmp_path_factory, "merged", make) / "司法所"


@pytest.fixture(scope="session")
def full_office(line: Line, township: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's own office with its 24 months, the ten waiting workbooks received."""

    def make(place: Path) -> None:
        folder = copied(office_of(township), place / "司法所")
        line("import", folder, *sorted((township / WORKBOOKS).iterdir())).done()

    return made_once(tmp_path_factory, "full", make) / "司法所"
