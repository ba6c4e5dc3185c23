"""The identities of domain.md §3.5 hold in every table, and a workbook that breaks one says so."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from demo_desks import PASSWORD, copied
from desk_line import PROBLEMS, Line
from office_suite import changed
from own_counts import records_in, without_receipts

from mediation_desk.desk.reporting import township_table
from mediation_desk.domain.periods import Period, month, year
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.identities import table_problems
from mediation_desk.figures.ministry import Table
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register

MONTHS = [month(2024 + (9 + place) // 12, (9 + place) % 12 + 1) for place in range(26)]
SUMMARY_PART = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def merged(full_office: Path) -> Iterator[Register]:
    with open_register(full_office, PASSWORD) as register:
        yield register


def _broken(values: Sequence[int]) -> list[str]:
    """The identities that a line breaks, written out by hand."""
    at = (None, *values)
    rules = {
        "R1": at[1] == sum(values[19:37]),
        "R2": at[1] == at[12] + at[13] + at[14],
        "R3": at[14] == at[15] + at[16] + at[17] + at[18] + at[19],
        "R4": at[1] == sum(values[5:11]),
        "R5": at[3] <= at[1],
        "R6": at[38] + at[39] == at[3],
        "R8": all(
            (at[cases] == 0) == (at[cases + 1] == 0) and at[cases + 1] >= at[cases]
            for cases in (42, 44, 46, 48)
        ),
    }
    return [rule for rule, holds in rules.items() if not holds]


def _assert_whole(table: Table) -> None:
    assert len(table.lines) == 11
    totals = (table.subordinate_total, table.own_total, table.grand_total)
    for entry in (*table.lines, *totals):
        assert _broken(entry.values) == [], (entry.name, table.calibre)
    for total in totals[:2]:
        parts = [entry.values for entry in table.lines if entry.own is total.own]
        assert total.values == tuple(map(sum, zip(*parts, strict=True))), table.calibre
    assert table_problems(table) == []


@pytest.mark.parametrize("basis", list(DateBasis))
@pytest.mark.parametrize("oral", [True, False], ids=["all", "written"])
def test_they_hold_in_every_month_and_year(merged: Register, basis: DateBasis, oral: bool) -> None:
    totals = []
    for period in (*MONTHS, *(year(number) for number in (2024, 2025, 2026))):
        table = township_table(merged, Calibre(period, basis, oral))
        _assert_whole(table)
        totals.append(table.grand_total.values)
    # The year to date is the sum of its months (R13), in every column.
    for number in (2024, 2025, 2026):
        mine = [values for period, values in zip(MONTHS, totals[:26], strict=True)
                if period.first.year == number]  # fmt: skip
        whole = township_table(merged, Calibre(year(number), basis, oral)).grand_total.values
        if number != 2024:  # the months begin within it
            assert tuple(map(sum, zip(*mine, strict=True))) == whole
    assert sum(values[0] for values in totals[:26]) > 130


def test_halves_add_up_to_the_whole(merged: Register) -> None:
    """Any cut-off day divides a period without losing or doubling a case."""
    whole = year(2026)
    for split in (month(2026, 5).last, month(2026, 9).first):
        # Both halves hold the day itself, so it is counted twice and taken off once.
        periods = (Period(whole.first, split), Period(split, whole.last), Period(split, split))
        parts = [township_table(merged, Calibre(period)).grand_total.values for period in periods]
        together = township_table(merged, Calibre(whole)).grand_total.values
        for one, other, twice, both in zip(*parts, together, strict=True):
            assert one + other - twice == both


def _first_total_plus_one(name: str, text: str) -> str:
    if name != SUMMARY_PART:
        return text
    raised, count = re.subn(
        r"(</f><v>)(\d+)(</v>)",
        lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}",
        text,
        count=1,
    )
    assert count == 1
    return raised


def test_a_workbook_that_breaks_one_is_received_with_that_finding(
    line: Line, empty_office: Path, packages: list[Path], tmp_path: Path
) -> None:
    broken = changed(packages[0], tmp_path / "改过.xlsx", _first_total_plus_one)
    plain, edited = (copied(empty_office, tmp_path / name) for name in ("plain", "edited"))
    line("import", plain, packages[0]).done()
    answer = line("import", edited, broken, "--json")
    assert (answer.code, answer.err) == (PROBLEMS, "")
    (received,) = json.loads(answer.out)
    rules = {problem["rule"] for problem in received["problems"]}
    assert {"R1", "R2", "R4"} <= rules
    places = {problem["place"] for problem in received["problems"] if problem["rule"] == "R1"}
    assert len(places) == 1
    assert re.fullmatch(r"汇总表![A-Z]+\d+", places.pop())
    dumps = (without_receipts(line.dump(folder)) for folder in (plain, edited))
    ours, theirs = map(records_in, dumps)
    told = [entry.pop("findings") for entry in theirs["package"]]
    for entry in ours["package"]:
        entry.pop("findings")
    assert theirs == ours, "the records are those of the exact copy, neither less nor repaired"
    assert len(ours["dispute"]) > 0
    assert len(told) == 1
    assert "[R1]" in told[0]
