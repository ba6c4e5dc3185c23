"""A village and an office make every statistical table of what they have, and open its cases."""

import json
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from builders import TODAY, a_case, an_open_case
from openpyxl import load_workbook

from mediation_desk.desk import reporting
from mediation_desk.domain.codes import Direction, ReferralChannel, Sex
from mediation_desk.domain.handling import Referral
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.explained import explained
from mediation_desk.figures.frozen import table_of, table_text
from mediation_desk.figures.table import Level
from mediation_desk.figures.tables import TABLES
from mediation_desk.store.register import Register

CALIBRE = Calibre(year(2026))


def _kept(register: Register) -> list[str]:
    """Two settled cases and an open one of this desk's own committee; their ids."""
    committee = register.committee
    assert committee is not None
    cases = [
        a_case(unit_id=committee.id, number=1, mediator_ids=("m1", "m2"), satisfied=True),
        a_case(unit_id=committee.id, number=2, type="L1", mediator_ids=("m1",)),
        an_open_case(unit_id=committee.id, number=3, type="07", mediator_ids=()),
    ]
    records: list[Record] = [
        LocalType(id="l1", code="L1", label="涉竹纠纷", rolls_up_to="07"),
        Mediator(id="m1", unit_id=committee.id, name="秦主任", sex=Sex.MALE, full_time=True),
        Mediator(id="m2", unit_id=committee.id, name="陶素芬", sex=Sex.FEMALE),
        *(record for case in cases for record in case.records()),
        Referral(id="r1", dispute_id=cases[0].dispute.id, direction=Direction.IN,
                 channel=ReferralChannel.POLICE, answered_on=date(2026, 10, 7)),
    ]  # fmt: skip
    with register.change("陶素芬", "登记") as change:
        for record in records:
            change.keep(record)
    return [case.dispute.id for case in cases]


@pytest.fixture(params=["village", "office"])
def register(request: pytest.FixtureRequest) -> Register:
    found: Register = request.getfixturevalue(request.param)
    return found


def _behind(register: Register, table_id: str, row: str, column: str) -> set[str]:
    table = reporting.table(register, table_id, CALIBRE)
    found = reporting.cases_behind(register, table, table.row(row), table.column(column))
    return {entry.dispute.id for entry in found}


def test_every_table_is_made_and_written(register: Register, tmp_path: Path) -> None:
    _kept(register)
    for layout in reporting.tables():
        table = reporting.table(register, layout.id, CALIBRE)
        assert (table.id, table.title, table.calibre) == (layout.id, layout.title, CALIBRE)
        assert all(check.holds for check in table.checks), layout.id
        assert len(table.values) == len(table.rows) > 0
        assert {len(values) for values in table.values} == {len(table.columns)}
        path = reporting.write_table(register, table, tmp_path / layout.id, "罗晓", TODAY)
        assert path.exists()


def test_an_empty_register_has_tables_of_zeros(register: Register) -> None:
    for layout in reporting.tables():
        table = reporting.table(register, layout.id, CALIBRE)
        assert all(check.holds for check in table.checks), layout.id
        if layout.id != "organisation":
            for values in table.values:
                assert all(value in (0, (0, 0)) for value in values), layout.id


def test_numbers_open_the_cases_behind_them(register: Register) -> None:
    first, second, open_ = _kept(register)
    committee = register.committee
    assert committee is not None
    assert _behind(register, "types", "07", "C01") == {second, open_}
    assert _behind(register, "types", "07.L1", "C01") == {second}
    assert _behind(register, "types", "07.", "C07") == {open_}
    assert _behind(register, "matrix", "total", "C08") == {open_}
    assert _behind(register, "linkage", "33", "L04") == {first}
    assert _behind(register, "linkage", "31", "L01") == set()
    assert _behind(register, "rates", committee.id, "C22") == {first}
    assert _behind(register, "mediators", "m1", "C01") == {first, second}
    assert _behind(register, "mediators", "nobody", "C01") == {open_}
    assert _behind(register, "mediators", "total", "M02") == {first, second, open_}
    assert _behind(register, "trend", "2026-09-01", "C01") == {first, second, open_}
    assert _behind(register, "trend", "2026-10-01", "before") == {first, second, open_}
    assert _behind(register, "change", "C01", "year") == set()
    # Behind a share stand the cases of its part; behind what counts no case stands none.
    assert _behind(register, "types", "07", "share") == {second, open_}
    assert _behind(register, "trend", "total", "year.more") == set()
    assert _behind(register, "organisation", "total", "S03") == set()


def test_what_was_not_there_yet_is_not_counted(register: Register) -> None:
    _kept(register)

    def mediators(number: int) -> object:
        table = reporting.table(register, "organisation", Calibre(year(number)))
        return table.value("total", "S03")

    before = mediators(2026)
    later = Mediator(id="m3", unit_id=register.unit.id, name="新人", term_from=date(2027, 1, 1))
    with register.change("陶素芬", "登记") as change:
        change.keep(later)
    assert mediators(2026) == before
    assert mediators(2027) == before + 1  # type: ignore[operator]


def test_a_desk_of_one_committee_has_no_levels(village: Register, office: Register) -> None:
    for register, levels in ((village, 0), (office, 2)):
        table = reporting.table(register, "matrix", CALIBRE)
        assert [row.level for row in table.rows].count(Level.SUBTOTAL) == levels
        assert table.rows[0].level is Level.TOTAL


def test_an_unknown_table_is_refused_with_those_there_are(register: Register) -> None:
    with pytest.raises(DeskError) as refused:
        reporting.table(register, "typs", CALIBRE)
    assert all(table_id in str(refused.value) for table_id in TABLES)


def test_the_note_of_linkage_tells_the_days_of_the_settings(register: Register) -> None:
    table = reporting.table(register, "linkage", CALIBRE)
    assert "结案后7天内" in table.notes[0]
    register.keep_settings(replace(register.settings, answer_days=5, answer_working=True))
    table = reporting.table(register, "linkage", replace(CALIBRE, basis=DateBasis.CLOSING))
    assert "结案后5个工作日内" in table.notes[0]


@pytest.mark.parametrize(
    ("layout", "rows", "columns"),
    [
        ("trend", ("2026-11-01",), ("C01", "C03", "R01", "year.more", "year.rate", "before.more")),
        ("unit_months", ("total",), ("2026-11-01", "2026-12-01")),
    ],
)
def test_months_to_come_show_no_number_and_no_sum_changes(
    register: Register,
    tmp_path: Path,
    layout: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    _kept(register)
    then = date(2026, 10, 31)
    read = reporting.table(register, layout, CALIBRE, then)
    later = reporting.table(register, layout, CALIBRE, date(2026, 12, 1))
    places = {(read.row(row), read.column(column)) for row in rows for column in columns}
    assert places <= read.ahead
    assert not later.ahead
    assert (read.values, read.checks) == (later.values, later.checks)
    for row, column in product(range(len(read.rows)), range(len(read.columns))):
        if (row, column) in read.ahead:
            assert (read.shown(row, column), read.behind(row, column)) == ("–", None)
            assert explained(read, row, column).value == "还没有开始"
        else:
            assert read.shown(row, column) == later.shown(row, column)
    assert "还没有开始的月份" in "".join(read.notes)
    # Frozen, written and read again it says the same.
    assert table_of(layout, CALIBRE, json.loads(table_text(read))).ahead == read.ahead
    path, _ = reporting.write(register, layout, CALIBRE, tmp_path / "表.xlsx", "罗晓", then)
    sheets = load_workbook(path)
    depth = max(len(column.heads) for column in read.columns)
    for row, column in places:
        at = 3 + depth + 2 + row + 1, len(read.corner) + column + 1
        assert sheets["统计表"].cell(*at).value == "–"
    if layout == "trend":
        lines = {line[0].value: line[1].value for line in sheets["图表"].iter_rows(max_col=2)}
        assert (lines["2026年9月"], lines["2026年10月"], lines["2026年11月"]) == (3, 0, None)


def test_what_a_year_ago_was_counted_stands_beside_months_to_come(register: Register) -> None:
    _kept(register)
    read = reporting.table(register, "trend", CALIBRE, date(2026, 9, 30))
    # The month before October is over.
    assert read.shown(read.row("2026-10-01"), read.column("before")) == "3"
    assert read.shown(read.row("2026-10-01"), read.column("year")) == "0"
    assert read.shown(read.row("2026-11-01"), read.column("before")) == "–"
