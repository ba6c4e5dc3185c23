"""Every cell of every statistical table equals a count of the dump, and opens its cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_desks import PASSWORD, copied, with_same_cases
from desk_line import Line
from own_cases import Recount
from own_counts import Asked, records_in
from own_tables import AGAIN
from same_tables import assert_same_tables

from mediation_desk.desk import reporting
from mediation_desk.figures.tables import TABLES
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

PERIODS = (
    ("2026-07-01", "2026-07-31"),
    ("2026-04-01", "2026-06-30"),
    ("2026-01-01", "2026-12-31"),
    ("2025-12-01", "2026-11-30"),
    ("2025-11-20", "2026-03-10"),
)
CALIBRES = [
    Asked(*PERIODS[place % len(PERIODS)], closing, written)
    for place, (closing, written) in enumerate(
        (closing, written)
        for _ in PERIODS
        for closing in (False, True)
        for written in (False, True)
    )
]


@pytest.fixture(scope="module")
def office(full_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = with_same_cases(copied(full_office, tmp_path_factory.mktemp("tables") / "司法所"))
    with open_register(folder, PASSWORD) as register:
        yield register


@pytest.fixture(scope="module")
def again(office: Register) -> Recount:
    committee = office.committee
    return Recount(records_in("\n".join(office.dump())), committee.id if committee else "")


def test_every_table_is_counted_again():
    assert AGAIN.keys() == TABLES.keys()


@pytest.mark.parametrize("asked", CALIBRES, ids=lambda asked: asked.name)
def test_every_cell_is_what_the_dump_holds(office: Register, again: Recount, asked: Asked) -> None:
    for types in ("18", "15"):
        assert_same_tables(office, again, asked, types)


@pytest.mark.parametrize("asked", [CALIBRES[2], CALIBRES[15]], ids=lambda asked: asked.name)
def test_every_cell_opens_its_cases(office: Register, again: Recount, asked: Asked) -> None:
    assert_same_tables(office, again, asked, "18", behind=True)


def test_the_line_writes_each_table(line: Line, full_office: Path, tmp_path: Path) -> None:
    listed = line("report", full_office, "--list").done().splitlines()
    assert [row.split("\t") for row in listed] == [
        [layout.id, layout.title] for layout in reporting.tables()
    ]
    commands = [
        ("report", copied(full_office, tmp_path / f"{number}"), "--table", layout.id,
         "--period", "2026SY", "--basis", "结案", "--written-only", "--types", "15",
         "--out", tmp_path / f"{layout.id}.xlsx")
        for number, layout in enumerate(reporting.tables())
    ]  # fmt: skip
    for words, answer in zip(commands, line.both(commands), strict=True):
        assert str(words[-1]) in answer.done()
