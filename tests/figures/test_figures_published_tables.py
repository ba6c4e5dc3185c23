"""Published tables reproduce in the tables by type and by period, to the last printed digit."""

from decimal import Decimal

import pytest
from huangshi_printed import PRINTED_TYPES

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.periods import month, year
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import CaseCount, Counts, SlotCount
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.table import Level, Ratio, StatTable
from mediation_desk.figures.tables import make

# A mountain county, Q1-Q3 (domain.md T2): printed label, cases, our type, our local type.
T2 = (
    ("婚姻家庭继承", 646, "01", ""), ("邻里", 1670, "02", ""), ("房屋宅基地", 224, "03", ""),
    ("赔偿", 446, "06", ""), ("合同", 122, "04", ""), ("山林土地承包", 1408, "07", "L1"),
    ("征地拆迁", 317, "08", ""), ("劳动争议", 45, "102", ""), ("计划生育", 13, "99", "L2"),
    ("村务管理", 99, "99", "L3"), ("环境保护", 18, "09", "L4"), ("交通事故", 48, "14", ""),
    ("医患", 28, "13", ""), ("物业", 2, "15", ""), ("其他", 849, "99", ""),
)  # fmt: skip
T2_TYPES = TypeTable(
    tuple(
        LocalType(id=local, code=local, label=label, rolls_up_to=type_)
        for label, _, type_, local in T2
        if local
    )
)
# China Statistical Yearbook 2001, table 22-7 (domain.md T3): 1999 and 2000.
T3 = (
    ("婚姻", 868_585, 871_710, "01", "F1"), ("继承", 270_751, 276_601, "01", "F2"),
    ("赡养", 372_193, 390_002, "01", "F3"), ("其他家庭", 411_646, 412_801, "01", "F4"),
    ("房屋宅基地", 538_843, 532_656, "03", ""), ("债务", 480_341, 451_049, "04", "D1"),
    ("生产经营", 529_318, 495_783, "05", ""), ("邻里", 764_541, 740_161, "02", ""),
    ("损害赔偿", 387_208, 364_585, "06", ""), ("其他", 565_220, 495_271, "99", ""),
)  # fmt: skip
T3_TYPES = TypeTable(
    tuple(
        LocalType(id=local, code=local, label=label, rolls_up_to=type_)
        for label, _, _, type_, local in T3
        if local
    )
)


def cases(unit: Unit, type_: str, local: str, number: int, outcome: str = "1") -> CaseCount:
    form = "2" if outcome == "1" else ""
    return CaseCount(unit.id, type_, "20", outcome, form, False, number, 2 * number, 0, local)


def printed(table: StatTable) -> dict[str, list[str]]:
    """The rows as they are printed."""
    columns = range(len(table.columns))
    return {
        row.label: [table.shown(number, place) for place in columns]
        for number, row in enumerate(table.rows)
    }


def holds(table: StatTable) -> bool:
    return bool(table.checks) and all(check.holds for check in table.checks)


def test_huangshi_prints_its_types_with_their_shares(huangshi: Counts, huangshi_unit: Unit) -> None:
    frame = Frame((huangshi_unit,))
    table = make("types", huangshi, Calibre(month(2016, 8), types="15"), frame)
    rows = printed(table)
    for label, number, percent in PRINTED_TYPES:
        assert rows[label][:2] == [str(number), str(Decimal(percent).quantize(Decimal("0.1")))]
    assert rows["合计"] == ["869", "100.0", "842", "20", "0", "0", "7", "96.9"]
    assert holds(table)


def test_huangshi_prints_its_sources(huangshi: Counts, huangshi_unit: Unit) -> None:
    table = make("sources", huangshi, Calibre(month(2016, 8)), Frame((huangshi_unit,)))
    rows = printed(table)
    assert rows["主动调解"][:2] == ["455", "52.4"]
    assert rows["依申请调解"][:2] == ["378", "43.5"]
    assert rows["接受委托移送调解"][:2] == ["36", "4.1"]
    assert holds(table)


def test_huangshi_prints_its_changes(huangshi_unit: Unit) -> None:
    slots = tuple(
        SlotCount(huangshi_unit.id, first, "1", "2", "0", number, 2 * number, 0)
        for first, number in (("2015-08-01", 1028), ("2016-07-01", 840), ("2016-08-01", 869))
    )
    calibre, frame = Calibre(month(2016, 8)), Frame((huangshi_unit,))
    expected = ["869", "1028", "-159", "-15.5", "840", "29", "3.5"]
    assert printed(make("change", Counts(slots=slots), calibre, frame))["受理（件）"] == expected
    trend = printed(make("trend", Counts(slots=slots), calibre, frame))
    for label in ("2016年8月", "合计"):
        assert [trend[label][0], *trend[label][4:]] == expected


def test_a_mountain_county_prints_its_types_and_its_local_ones(huangshi_unit: Unit) -> None:
    failed = {"山林土地承包": 30, "其他": 11}
    rows = []
    for label, number, type_, local in T2:
        lost = failed.get(label, 0)
        rows.append(cases(huangshi_unit, type_, local, number - lost))
        if lost:
            rows.append(cases(huangshi_unit, type_, local, lost, "2"))
    frame = Frame((huangshi_unit,), types=T2_TYPES)
    table = make("types", Counts(tuple(rows)), Calibre(year(2013)), frame)
    told = printed(table)
    assert told["合计"] == ["5935", "100.0", "5894", "41", "0", "0", "0", "99.3"]
    local_ones = {"山林土地承包": 1408, "计划生育": 13, "村务管理": 99, "环境保护": 18}
    assert {label: int(told[label][0]) for label in local_ones} == local_ones
    assert told["山林土地承包"][3] == "30"
    assert table.value("99.", "C01") == 849
    assert table.value("99", "C01") == 13 + 99 + 849
    labels = {"01": 646, "02": 1670, "03": 224, "06": 446, "04": 122, "08": 317, "102": 45,
              "14": 48, "13": 28, "15": 2}  # fmt: skip
    assert {key: table.value(key, "C01") for key in labels} == labels
    assert holds(table)


@pytest.mark.parametrize(
    ("place", "total", "family"), [(0, 5_188_646, 1_923_175), (1, 5_030_619, 1_951_114)]
)
def test_the_yearbook_sums_on_both_levels(
    place: int, total: int, family: int, huangshi_unit: Unit
) -> None:
    rows = tuple(cases(huangshi_unit, line[3], line[4], line[1 + place]) for line in T3)
    frame = Frame((huangshi_unit,), types=T3_TYPES)
    table = make("types", Counts(rows), Calibre(year(1999 + place)), frame)
    assert table.value("total", "C01") == total
    assert table.value("01", "C01") == family
    told = {row.label: values[0] for row, values in zip(table.rows, table.values, strict=True)}
    for label, *numbers in (line[:3] for line in T3[:4]):
        assert told[label] == numbers[place]
    assert table.value("01.", "C01") == 0
    assert table.value("04.D1", "C01") == T3[5][1 + place]
    parts = [row for row in table.rows if row.level is Level.PART and row.key.startswith("01.")]
    assert [row.label for row in parts] == ["婚姻", "继承", "赡养", "其他家庭", "未细分"]
    assert sum(table.value(row.key, "C01") for row in parts) == family  # type: ignore[misc]
    assert table.value("01", "share") == Ratio(family, total)
    assert holds(table)
