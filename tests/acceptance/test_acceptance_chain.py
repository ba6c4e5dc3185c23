"""From ten villages' registers to one township table, with every cell counted four ways."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo_desks import PASSWORD, SAME_CASES, copied, database_of, with_same_cases
from desk_line import Line
from office_suite import Suite, changed, rows_of, table_in, verdicts_in
from own_counts import Asked, Records, by_dump, by_sql, records_in

from mediation_desk.desk.reporting import township_table
from mediation_desk.domain.periods import Period
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.store.opening import open_register

SEPTEMBER = ("2026-09-01", "2026-09-30")
YEAR = ("2026-01-01", "2026-12-31")
ALL = ("2024-01-01", "2026-12-31")
OF_THE_CHAIN = (Asked(*SEPTEMBER), Asked(*SEPTEMBER, closing=True))
OF_THE_TOWN = (
    Asked(*YEAR),
    Asked(*YEAR, closing=True),
    Asked(*YEAR, written_only=True),
    Asked(*YEAR, closing=True, written_only=True),
    Asked(*ALL),
)
ASKED = [("chain", asked) for asked in OF_THE_CHAIN] + [("town", asked) for asked in OF_THE_TOWN]
EVERY_TABLE = pytest.mark.parametrize(
    ("which", "asked"), ASKED, ids=[f"{which}-{asked.name}" for which, asked in ASKED]
)
SUBORDINATE, OWN, BOTH = "下级上报总计", "本级上报总计", "总计"

Table = dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Reported:
    """A register, its dump and its reports as they came and as LibreOffice calculates them."""

    register: Path
    records: Records
    written: dict[Asked, Path]
    calculated: dict[Asked, Path]


def _written(line: Line, register: Path, tables: Sequence[Asked], place: Path) -> dict[Asked, Path]:
    made = {}
    for asked in tables:
        made[asked] = place / f"{register.parent.name}-{asked.name}.xlsx"
        line("report", register, *asked.line(), "--out", made[asked]).done()
    return made


@pytest.fixture(scope="session")
def calculated_packages(packages: list[Path], suite: Suite) -> list[Path]:
    """The ten workbooks as LibreOffice calculates them."""
    return suite.calculated(packages)


@pytest.fixture(scope="session")
def reported(
    line: Line,
    office: Path,
    full_office: Path,
    suite: Suite,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Reported]:
    place = tmp_path_factory.mktemp("reports")
    # Whoever reports writes: the report is frozen.
    office = copied(office, tmp_path_factory.mktemp("chain") / "司法所")
    town = with_same_cases(copied(full_office, tmp_path_factory.mktemp("town") / "司法所"))
    written = {
        "chain": (office, _written(line, office, OF_THE_CHAIN, place)),
        "town": (town, _written(line, town, OF_THE_TOWN, place)),
    }
    paths = [path for _, made in written.values() for path in made.values()]
    done = dict(zip(paths, suite.calculated(paths), strict=True))
    return {
        which: Reported(
            register,
            records_in(line.dump(register)),
            made,
            {asked: done[path] for asked, path in made.items()},
        )
        for which, (register, made) in written.items()
    }


def _lines(records: Records) -> dict[str, list[str]]:
    """Which units each line of the table is about."""
    committees = [unit for unit in records["unit"] if unit["kind"] in {"10", "20", "30"}]
    own = [unit["id"] for unit in committees if unit["kind"] == "30"]
    below = [unit["id"] for unit in committees if unit["kind"] != "30"]
    assert (len(own), len(below)) == (1, 10)
    lines = {unit["name"]: [unit["id"]] for unit in committees}
    return lines | {SUBORDINATE: below, OWN: own, BOTH: below + own}


def _by_figures(register: Path, asked: Asked) -> Table:
    basis = DateBasis.CLOSING if asked.closing else DateBasis.INTAKE
    period = Period(date.fromisoformat(asked.first), date.fromisoformat(asked.last))
    with open_register(register, PASSWORD) as opened:
        table = township_table(opened, Calibre(period, basis, not asked.written_only))
    totals = (table.subordinate_total, table.own_total, table.grand_total)
    return {entry.name: entry.values for entry in (*table.lines, *totals)}


def _in_fen(shown: tuple[Any, ...]) -> tuple[Any, ...]:
    """A line of a workbook with its 万元 as fen; nothing may be lost but the last bits."""
    fen = round(shown[4] * 1_000_000)
    assert abs(fen - shown[4] * 1_000_000) < 1e-3
    return (*shown[:4], fen, *shown[5:])


@EVERY_TABLE
def test_every_cell_is_the_same_in_four_ways(
    reported: dict[str, Reported], which: str, asked: Asked
) -> None:
    case = reported[which]
    ours = _by_figures(case.register, asked)
    lines = _lines(case.records)
    assert ours.keys() == lines.keys()
    with database_of(case.register) as connection:
        sql = {name: by_sql(connection, units, asked) for name, units in lines.items()}
    dumped = {name: by_dump(case.records, units, asked) for name, units in lines.items()}
    shown = table_in(rows_of(case.calculated[asked], "汇总表"))
    workbook = {name: _in_fen(values) for name, values in shown.items()}
    assert sql == ours
    assert dumped == ours
    assert workbook == ours


@EVERY_TABLE
def test_every_check_line_agrees_when_recalculated(
    reported: dict[str, Reported], which: str, asked: Asked
) -> None:
    rows = rows_of(reported[which].calculated[asked], "汇总表")
    verdicts = verdicts_in(rows)
    # Five checks for each of 13 lines, and R14 for each of 49 columns.
    assert len(verdicts) >= 5 * 13 + 49
    assert set(verdicts) == {"相符"}


def test_the_tables_are_worth_counting(reported: dict[str, Reported]) -> None:
    """Nearly every column has something in it, or agreement would prove little."""
    case = reported["town"]
    values = by_dump(case.records, _lines(case.records)[BOTH], Asked(*ALL))
    empty = [number for number, value in enumerate(values, 1) if not value]
    # No township has street, enterprise and social committees, and few types never occur there.
    assert {9, 10, 11} <= set(empty)
    assert len(empty) <= 10, empty
    # As many disputes may be taken in as closed in a year, but hardly of the same types.
    calibres = {asked: tuple(by_dump(case.records, _lines(case.records)[BOTH], asked))
                for asked in OF_THE_TOWN}  # fmt: skip
    assert len(set(calibres.values())) == len(calibres), calibres


def test_what_is_one_dispute_is_counted_once(reported: dict[str, Reported]) -> None:
    """Else the ways would agree on a figure in which nothing was left out."""
    case = reported["town"]
    apart = case.records | {"same_case": []}
    units = _lines(case.records)[BOTH]
    once, twice = (by_dump(records, units, Asked(*ALL)) for records in (case.records, apart))
    assert twice[0] - once[0] == SAME_CASES


def test_a_month_of_the_chain_is_the_villages_own(
    line: Line, villages: list[Path], reported: dict[str, Reported]
) -> None:
    """What arrived is what the villages have, counted in their own registers."""
    case = reported["chain"]
    lines = _lines(case.records)
    asked = OF_THE_CHAIN[0]
    there = {
        village.name: records_in(answer.done())
        for village, answer in zip(
            villages, line.both([("dump", village) for village in villages]), strict=True
        )
    }
    for name, records in there.items():
        assert by_dump(records, lines[name], asked) == by_dump(case.records, lines[name], asked)
    assert by_dump(case.records, lines[SUBORDINATE], asked)[0] > 0


def test_each_package_counts_its_own_month(
    packages: list[Path], calculated_packages: list[Path], reported: dict[str, Reported]
) -> None:
    lines = _lines(reported["chain"].records)
    for package, calculated in zip(packages, calculated_packages, strict=True):
        rows = rows_of(calculated, "汇总表")
        (shown,) = table_in(rows).values()
        expected = by_dump(reported["chain"].records, lines[package.stem], OF_THE_CHAIN[0])
        assert _in_fen(shown) == expected, package.stem
        assert set(verdicts_in(rows)) == {"相符"}


def test_a_false_result_beside_a_formula_does_not_survive(
    reported: dict[str, Reported], suite: Suite, tmp_path: Path
) -> None:
    """The test of the test: LibreOffice really calculates."""
    case, asked = reported["chain"], OF_THE_CHAIN[0]
    false = re.compile(r"(</f>)<v>-?[\d.]+</v>")
    forged = changed(
        case.written[asked],
        tmp_path / "forged.xlsx",
        lambda _, text: false.sub(r"\1<v>77777</v>", text),
    )
    assert table_in(rows_of(forged, "汇总表"))[BOTH][0] == 77777
    (calculated,) = suite.calculated([forged])
    assert rows_of(calculated, "汇总表") == rows_of(case.calculated[asked], "汇总表")


def test_another_formula_shows(reported: dict[str, Reported], suite: Suite, tmp_path: Path) -> None:
    """The other half: what LibreOffice shows is what the formulas say, and checks notice it."""
    written = reported["chain"].written[OF_THE_CHAIN[0]]
    formula = re.compile(r"<f>(COUNTIFS\([^<]*)</f>")
    bent = changed(
        written, tmp_path / "bent.xlsx", lambda _, text: formula.sub(r"<f>\1+1</f>", text, count=1)
    )
    (calculated,) = suite.calculated([bent])
    assert "不符" in verdicts_in(rows_of(calculated, "汇总表"))
