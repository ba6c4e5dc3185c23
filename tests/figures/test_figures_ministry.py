"""The 49 columns, their lines and totals, and the figures they are made of."""

from collections.abc import Sequence

import pytest

from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount
from mediation_desk.figures.ministry import (
    COLUMNS,
    line,
    ministry_table,
    reporting_units,
    shown,
)

# domain.md §3.2 and the 18-type list of §3.3, written out again.
OFFICIAL = """
调解案件总数 件|涉及当事人数 人|调解成功 件|疑难复杂案件 件|协议涉及金额 万元
村调委会 件|居调委会 件|乡镇调委会 件|街道调委会 件|企事业单位调委会 件|社会团体和其他组织调委会 件
主动调解 件|依申请调解 件|接受委托移送调解 件
法院委托移送 件|检察院委托移送 件|公安机关委托移送 件|信访部门委托移送 件|其他部门委托移送 件
婚姻家庭纠纷 件|邻里纠纷 件|房屋宅基地纠纷 件|合同纠纷 件|生产经营纠纷 件|损害赔偿纠纷 件
山林土地纠纷 件|征地拆迁纠纷 件|环境污染纠纷 件|拖欠农民工工资纠纷 件|其他劳动争议纠纷 件
旅游纠纷 件|电子商务纠纷 件|其他消费纠纷 件|医疗纠纷 件|道路交通事故纠纷 件|物业纠纷 件|其他纠纷 件
口头协议 件|书面协议 件|排查纠纷 次|预防纠纷 件
防止民间纠纷引起自杀 件|防止民间纠纷引起自杀 人
防止民间纠纷转化为刑事案件 件|防止民间纠纷转化为刑事案件 人
防止群体性上访 件|防止群体性上访 人|防止群体性械斗 件|防止群体性械斗 人
"""
CALIBRE = Calibre(month(2026, 10))


def a_case(unit: Unit, **changes: object) -> CaseCount:
    values: dict[str, object] = {
        "type": "02", "source": "10", "outcome": "1", "form": "2", "complex": False, "cases": 1,
        "people": 2, "amount_fen": 100_00,
    }  # fmt: skip
    return CaseCount(unit_id=unit.id, **(values | changes))  # type: ignore[arg-type]


def filled(values: Sequence[int]) -> dict[int, int]:
    """The values that are not zero, by column number."""
    return {number: value for number, value in enumerate(values, 1) if value}


def test_the_columns_are_the_official_ones_in_order() -> None:
    official = [tuple(entry.split()) for entry in OFFICIAL.strip().replace("\n", "|").split("|")]
    assert [(column.label, column.unit) for column in COLUMNS] == official
    assert [column.number for column in COLUMNS] == list(range(1, 50))
    assert len({column.title for column in COLUMNS}) == 49


def test_every_column_has_a_figure_with_its_definition() -> None:
    assert [column.figure.id for column in COLUMNS] == [f"M{n:02}" for n in range(1, 50)]
    for column in COLUMNS:
        assert column.heads[0] in {"调解情况", "排查预防纠纷"}
        assert (column.label, column.unit) == (column.figure.label, column.figure.unit)
        assert column.figure.definition.endswith("。")
    assert len({column.figure.definition for column in COLUMNS}) == 49


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, {1: 1, 2: 2, 3: 1, 5: 10000, 6: 1, 13: 1, 21: 1, 39: 1}),
        ({"source": "11", "form": "1"}, {1: 1, 2: 2, 3: 1, 5: 10000, 6: 1, 13: 1, 21: 1, 38: 1}),
        ({"source": "20", "complex": True, "outcome": "", "form": "", "amount_fen": 0},
         {1: 1, 2: 2, 4: 1, 6: 1, 12: 1, 21: 1}),
        ({"source": "31", "outcome": "2", "form": "", "amount_fen": 0, "type": "99"},
         {1: 1, 2: 2, 6: 1, 14: 1, 15: 1, 37: 1}),
        ({"source": "39", "cases": 3, "people": 9, "type": "101"},
         {1: 3, 2: 9, 3: 3, 5: 10000, 6: 3, 14: 3, 19: 3, 29: 3, 39: 3}),
        ({"outcome": "1", "form": "", "amount_fen": 0}, {1: 1, 2: 2, 3: 1, 6: 1, 13: 1, 21: 1}),
        ({"outcome": "2"}, {1: 1, 2: 2, 5: 10000, 6: 1, 13: 1, 21: 1}),
    ],
)  # fmt: skip
def test_a_case_is_counted_in_its_columns(
    township: tuple[Unit, ...], changes: dict[str, object], columns: dict[int, int]
) -> None:
    counts = Counts((a_case(township[0], **changes),))
    assert filled(line(counts, township)) == columns


@pytest.mark.parametrize(
    ("dimension", "places"),
    [
        ("source", {"20": [12], "10": [13], "11": [13], "31": [14, 15], "32": [14, 16],
                    "33": [14, 17], "34": [14, 18], "39": [14, 19]}),
        ("type", {"01": [20], "02": [21], "03": [22], "04": [23], "05": [24], "06": [25],
                  "07": [26], "08": [27], "09": [28], "101": [29], "102": [30], "11": [31],
                  "121": [32], "122": [33], "13": [34], "14": [35], "15": [36], "99": [37]}),
        ("form", {"1": [38], "2": [39]}),
    ],
)  # fmt: skip
def test_every_code_is_counted_in_its_column(
    township: tuple[Unit, ...], dimension: str, places: dict[str, list[int]]
) -> None:
    group = {number for columns in places.values() for number in columns}
    for code, columns in places.items():
        counts = Counts((a_case(township[0], **{dimension: code}),))
        assert sorted(group & set(filled(line(counts, township)))) == columns


@pytest.mark.parametrize(
    ("kind", "columns"),
    [("10", [6]), ("20", [7]), ("30", [8]), ("40", [9]), ("50", [10]), ("60", [11]), ("80", [])],
)
def test_a_case_is_counted_under_its_kind_of_committee(kind: str, columns: list[int]) -> None:
    unit = Unit(id="u", code="990100124000", name="某单位", kind=UnitKind(kind))
    values = line(Counts((a_case(unit),)), [unit])
    assert [number for number in range(6, 12) if values[number - 1]] == columns


def test_screenings_and_preventions_have_columns_of_their_own(township: tuple[Unit, ...]) -> None:
    unit = township[0].id
    preventions = tuple(PreventionCount(unit, str(n), n, 10 * n) for n in range(1, 5))
    counts = Counts((), (ScreeningCount(unit, 5, 6), ScreeningCount(unit, 1, 0)), preventions)
    assert filled(line(counts, township)) == {
        40: 6, 41: 6, 42: 1, 43: 10, 44: 2, 45: 20, 46: 3, 47: 30, 48: 4, 49: 40,
    }  # fmt: skip


def test_lines_stand_in_code_order_and_totals_keep_the_levels_apart(
    township: tuple[Unit, ...],
) -> None:
    village, town, community, quiet = township
    counts = Counts(
        (a_case(village), a_case(town, amount_fen=5_000), a_case(community), a_case(village)),
        (ScreeningCount(town.id, 2, 0),),
    )
    table = ministry_table(counts, township, {town.id}, CALIBRE)
    assert [entry.name for entry in table.lines] == ["双河镇", "双河社区", "梨园村", "尖石村"]
    assert [entry.own for entry in table.lines] == [True, False, False, False]
    assert table.lines[2].unit_id == quiet.id
    assert set(table.lines[2].values) == {0}
    assert (table.subordinate_total.name, table.own_total.name) == ("下级上报总计", "本级上报总计")
    assert table.subordinate_total.values[0] == 3
    assert table.own_total.values[0] == 1
    assert table.grand_total.values == line(counts, township)


def test_a_nil_table_has_totals_of_zero() -> None:
    table = ministry_table(Counts(), [], (), CALIBRE)
    assert table.lines == ()
    assert table.grand_total.values == (0,) * 49


def test_money_is_rounded_once_and_printed_in_ten_thousands(township: tuple[Unit, ...]) -> None:
    # Each line alone rounds to 0.00 万元; only the sum of the fen shows the money.
    counts = Counts(tuple(a_case(unit, amount_fen=49_99) for unit in township))
    table = ministry_table(counts, township, (), CALIBRE)
    assert {shown(COLUMNS[4], entry.values[4]) for entry in table.lines} == {"0.00"}
    assert shown(COLUMNS[4], table.subordinate_total.values[4]) == "0.02"
    assert shown(COLUMNS[0], table.subordinate_total.values[0]) == "4"


def test_a_unit_without_a_line_is_not_dropped_silently(township: tuple[Unit, ...]) -> None:
    counts = Counts((a_case(township[0]),))
    with pytest.raises(ValueError, match=township[0].id):
        ministry_table(counts, township[1:], (), CALIBRE)
    assert filled(line(counts, township[1:])) == {}
    assert COLUMNS[0].figure.value(counts, township[1:]) == 0


def test_offices_have_a_line_only_when_they_counted(township: tuple[Unit, ...]) -> None:
    office = Unit(id="office", code="990100124000", name="双河司法所", kind=UnitKind.OFFICE)
    everyone = (*township, office)
    assert reporting_units(everyone, Counts()) == township
    busy = Counts((), (ScreeningCount("office", 1, 0),))
    assert reporting_units(everyone, busy) == everyone


def test_counts_of_some_units_leave_out_the_others(township: tuple[Unit, ...]) -> None:
    one, two = township[0].id, township[1].id
    mine = Counts((a_case(township[0]),), (ScreeningCount(one, 1, 1),))
    counts = Counts(
        (*mine.cases, a_case(township[1])),
        (*mine.screenings, ScreeningCount(two, 1, 1)),
        (PreventionCount(two, "1", 1, 1),),
    )
    assert counts.of([one]) == mine
    assert counts.unit_ids() == {one, two}
