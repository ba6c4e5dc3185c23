"""One demo township, its ten workbooks and its offices, built once by the real command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from demo_desks import CLERK, DAY, MONTH, copied, with_the_keys_of
from desk_line import Line
from office_suite import Suite

from mediation_desk.desk.demonstration import PASSWORD, WORKBOOKS, office_of


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """The command line on 23 October 2026."""
    return Line(tmp_path_factory.mktemp("person"), PASSWORD, DAY)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    return Suite(tmp_path_factory.mktemp("office-suite"))


@pytest.fixture(scope="session")
def new_office(line: Line) -> Callable[[Path], Path]:
    """Makes an empty register of the township's judicial office."""

    def make(folder: Path) -> Path:
        words = ["--role", "office", "--county", "丰都县", "--town", "双龙镇"]
        line("new", folder, *words, "--code", "500230124000", "--actor", CLERK).done()
        return folder

    return make


@pytest.fixture(scope="session")
def township(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo township; whoever writes into one of its registers takes a copy."""
    folder = tmp_path_factory.mktemp("township") / "双龙镇"
    line.plain("demo", folder, "--today", DAY).done()
    return folder


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
    place = tmp_path_factory.mktemp("packages")
    made = [place / f"{village.name}.xlsx" for village in villages]
    commands = [
        ("export", village, "--period", MONTH, "--out", target)
        for village, target in zip(villages, made, strict=True)
    ]
    for answer in line.both(commands):
        answer.done()
    return made


@pytest.fixture(scope="session")
def empty_office(new_office: Callable[[Path], Path], township: Path, tmp_path_factory: Any) -> Path:
    """An office that has received nothing; whoever writes into it takes a copy."""
    folder = new_office(tmp_path_factory.mktemp("empty") / "司法所")
    return with_the_keys_of(office_of(township), folder)


@pytest.fixture(scope="session")
def office(
    line: Line, empty_office: Path, packages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An office that has received the ten workbooks; whoever writes into it takes a copy."""
    folder = copied(empty_office, tmp_path_factory.mktemp("merged") / "司法所")
    line("import", folder, *packages).done()
    return folder


@pytest.fixture(scope="session")
def full_office(line: Line, township: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's own office with its 24 months, the ten waiting workbooks received."""
    folder = copied(office_of(township), tmp_path_factory.mktemp("full") / "司法所")
    line("import", folder, *sorted((township / WORKBOOKS).iterdir())).done()
    return folder
