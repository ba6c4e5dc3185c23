"""Every cell of every table of a random township equals a count of its dump, for all calibres."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from own_cases import Recount
from own_counts import Asked, records_in
from random_township import FIRST, LAST, build
from same_tables import assert_same_tables

from mediation_desk.desk import reporting
from mediation_desk.domain.periods import Period, half, month, quarter, year
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.table import Kind, Level
from mediation_desk.store.register import Register

FULL, SLICE = 5_000, 300
PERIODS = (
    ("2026-05-01", "2026-05-31"), ("2026-02-01", "2026-02-28"), ("2025-07-01", "2025-09-30"),
    ("2026-01-01", "2026-06-30"), ("2026-01-01", "2026-12-31"), ("2025-12-01", "2026-11-30"),
    ("2025-11-20", "2026-03-10"), ("2026-03-10", "2026-03-10"), ("2026-02-15", "2026-03-31"),
    ("2024-11-01", "2026-12-31"),
)  # fmt: skip


@pytest.fixture(scope="module")
def township(
    rounds: Callable[[int, int], int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("random") / "司法所"
    with build(folder, rounds(FULL, SLICE), seed=20261129) as register:
        yield register


@pytest.fixture(scope="module")
def again(township: Register) -> Recount:
    committee = township.committee
    assert committee is not None
    days = township.settings.answer_days
    return Recount(records_in("\n".join(township.dump())), committee.id, days)


def _asked(full: int, slice_: int, rounds: Callable[[int, int], int]) -> list[tuple[Asked, str]]:
    """Calibres of the usual periods and of any two days."""
    dice, count = random.Random(5), rounds(full, slice_)
    every = list(product(PERIODS, (False, True), (False, True), ("18", "15")))
    while len(every) < full:
        first = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
        last = first + timedelta(days=dice.randrange((LAST - first).days + 1))
        pair = (first.isoformat(), last.isoformat())
        every.append((pair, dice.random() < 0.5, dice.random() < 0.5, dice.choice(("18", "15"))))
    chosen = every if count >= len(every) else dice.sample(every, count)
    return [(Asked(*pair, closing, written), types) for pair, closing, written, types in chosen]


def test_every_cell_is_what_the_dump_holds(
    township: Register,
    again: Recount,
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
) -> None:
    cells = 0
    asked = _asked(160, 16, rounds)
    for one, types in asked:
        cells += assert_same_tables(township, again, one, types)
    told(f"{cells} cells of {len(asked)} calibres")
    assert cells > 1_000 * len(asked)


def test_every_cell_opens_its_cases(
    township: Register, again: Recount, rounds: Callable[[int, int], int]
) -> None:
    for one, types in _asked(12, 2, rounds):
        assert_same_tables(township, again, one, types, behind=True)


def test_months_add_up_to_quarter_half_and_year(township: Register) -> None:
    """What counts cases or work of a time is the sum of the same over its parts (rule R13)."""

    def values(table_id: str, period: Period) -> Counter[tuple[str, str]]:
        table = reporting.table(township, table_id, Calibre(period, DateBasis.CLOSING))
        return Counter({
            (row.key, column.key): value
            for row, values in zip(table.rows, table.values, strict=True)
            for column, value in zip(table.columns, values, strict=True)
            if column.kind is Kind.FIGURE and row.level is not Level.PART
            and isinstance(value, int)
        })  # fmt: skip

    def added(table_id: str, parts: list[Period]) -> Counter[tuple[str, str]]:
        found = Counter[tuple[str, str]]()
        for part in parts:
            found.update(values(table_id, part))
        return found

    for table_id in ("ministry", "types", "matrix", "sources", "linkage", "rates", "works"):
        whole = values(table_id, year(2026))
        for parts in (
            [month(2026, number) for number in range(1, 13)],
            [quarter(2026, number) for number in range(1, 5)],
            [half(2026, number) for number in (1, 2)],
        ):
            assert added(table_id, parts) == whole, table_id
        assert sum(whole.values()) > 0


def test_the_township_has_something_to_leave_out(again: Recount) -> None:
    whole = Asked(date(2020, 1, 1).isoformat(), date(2030, 1, 1).isoformat())
    cases = again.cases(whole)
    assert again.twins
    assert len(cases) < len(again.of["dispute"]) * 0.9
    assert {state for case in cases for state in case.links.values()} == {"no", "late", "good"}
    assert any(len(case.links) > 1 for case in cases)
    assert {case.subtype for case in cases} > {"", "F1", "L1", "W1"}
    assert any(not case.mediators for case in cases)
    assert {case.outcome for case in cases} == {"", "1", "2", "3", "5"}
