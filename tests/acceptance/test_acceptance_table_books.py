"""Exported tables: recalculated by LibreOffice they say what the screen says, and chart it."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from demo_desks import CLERK, DAY, PASSWORD, copied
from office_suite import Suite, rows_of

from mediation_desk.desk import reporting
from mediation_desk.domain.periods import Period, year
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.explained import explained
from mediation_desk.figures.table import StatTable
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

TODAY = date.fromisoformat(DAY)
CALIBRES = {
    "year": Calibre(year(2026)),
    "closed": Calibre(Period(date(2025, 12, 1), date(2026, 6, 30)), DateBasis.CLOSING, oral=False),
}
CHARTED = {"trend": 1, "types": 1, "sources": 1, "unit_months": 1, "ministry": 2}


@pytest.fixture(scope="module")
def office(full_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = copied(full_office, tmp_path_factory.mktemp("books") / "司法所")
    with open_register(folder, PASSWORD) as register:
        yield register


Books = dict[str, tuple[StatTable, Path]]


@pytest.fixture(scope="module")
def books(office: Register, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Every table but the Ministry's, for both calibres, as it was written."""
    place = tmp_path_factory.mktemp("written")
    found = {}
    for name, calibre in CALIBRES.items():
        for layout in reporting.tables():
            if layout.id != "ministry":
                table = reporting.table(office, layout.id, calibre)
                path = place / f"{layout.id}-{name}.xlsx"
                reporting.write_table(office, table, path, CLERK, TODAY)
                found[path.stem] = table, path
    return found


def _numbers(table: StatTable, rows: list[tuple[Any, ...]]) -> list[list[str]]:
    """The numbers of the table's rows as they are shown: 0.00, 0.0 or whole."""
    lead = len(table.corner)
    depth = max(len(column.heads) for column in table.columns)
    body = rows[3 + depth + 2 :][: len(table.rows)]
    return [
        [
            _shown(table, at, place, row[lead + place] if lead + place < len(row) else None)
            for place in range(len(table.columns))
        ]
        for at, row in enumerate(body)
    ]


def _shown(table: StatTable, row: int, column: int, cell: Any) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if table.is_money(row, column):
        # As a sheet shows it: half a unit goes up.
        return str(Decimal(str(cell)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    said = table.shown(row, column)
    return f"{cell:.1f}" if "." in said else f"{cell:.0f}"


def test_libreoffice_counts_what_the_screen_shows(books: Books, suite: Suite) -> None:
    wanted = [path for _table, path in books.values() if b"<f>" in _sheet(path)]
    assert len(wanted) > len(books) // 2
    for path in suite.calculated(wanted):
        table, _written = books[path.stem]
        found = _numbers(table, rows_of(path, "统计表"))
        shown = [
            [table.shown(row, column) for column in range(len(table.columns))]
            for row in range(len(table.rows))
        ]
        assert found == shown, path.stem


def _sheet(path: Path) -> bytes:
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml")


def test_sums_percents_and_differences_are_formulas(books: Books) -> None:
    told = _sheet(books["types-year"][1]).decode()
    assert re.search(r"<f>SUM\(B\d+:B\d+\)</f>", told)
    assert re.search(r"<f>IF\([A-Z]+\d+=0,", told)
    assert re.search(r"<f>[A-Z]+\d+-[A-Z]+\d+</f>", _sheet(books["change-year"][1]).decode())


def test_every_figure_is_explained_on_a_sheet_of_its_own(books: Books) -> None:
    for table, path in books.values():
        rows = rows_of(path, "指标说明")
        said = {str(row[3]) for row in rows}
        for column in range(len(table.columns)):
            assert explained(table, len(table.rows) - 1, column).definition in said, path.stem
        assert table.calibre.words() in {str(row[0]) for row in rows}


def _charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return [book.read(name).decode() for name in sorted(book.namelist())
                if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]  # fmt: skip


def test_charts_are_native_and_show_the_table(
    office: Register, books: Books, suite: Suite, tmp_path: Path
) -> None:
    ministry = tmp_path / "ministry-year.xlsx"
    reporting.write_report(office, CALIBRES["year"], ministry, CLERK, TODAY)
    paths = {name: path for name, (_table, path) in books.items() if name.endswith("-year")}
    paths[ministry.stem] = ministry
    for name, path in paths.items():
        assert len(_charts(path)) == CHARTED.get(name.removesuffix("-year"), 0), name
    kept = [paths[f"{name}-year"] for name in CHARTED]
    for path in suite.saved_as(kept):
        # Another program has read them as charts and written them again.
        assert len(_charts(path)) == CHARTED[path.stem.removesuffix("-year")]
    table, path = books["types-year"]
    cases = {row.label: values[0] for row, values in zip(table.rows, table.values, strict=True)}
    shown = [(row[0], row[1]) for row in rows_of(path, "图表")[5:] if row[0]]
    assert [number for _name, number in shown] == sorted(
        (number for _name, number in shown), reverse=True
    )
    assert {name: cases[name] for name, _number in shown} == dict(shown)
    assert all(number for _name, number in shown)


def test_units_by_months_grow_warmer(books: Books) -> None:
    assert b"<colorScale>" in _sheet(books["unit_months-year"][1])
