"""Published tables reproduce: every printed number and every printed percentage."""

from decimal import Decimal

from huangshi_printed import PRINTED_NUMBERS, PRINTED_TYPES

from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.figures import types
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.identities import line_problems, table_problems
from mediation_desk.figures.ministry import COLUMNS, line, ministry_table, shown
from mediation_desk.figures.types import Comparison, Share


def test_huangshi_prints_its_numbers(huangshi: Counts, huangshi_unit: Unit) -> None:
    table = ministry_table(huangshi, [huangshi_unit], {huangshi_unit.id}, Calibre(month(2016, 8)))
    printed = {
        column.title: shown(column, value)
        for column, value in zip(COLUMNS, table.own_total.values, strict=True)
    }
    assert PRINTED_NUMBERS.items() <= printed.items()
    assert {
        "乡镇调委会(件)": "869",
        "防止群体性械斗(件)": "0",
        "排查纠纷(次)": "12",
        "预防纠纷(件)": "9",
    }.items() <= printed.items()
    assert table.grand_total.values == table.own_total.values
    assert table_problems(table) == []


def test_huangshi_prints_its_shares(huangshi: Counts) -> None:
    assert types.by_type(huangshi, "15") == tuple(
        Share(label, cases, Decimal(percent)) for label, cases, percent in PRINTED_TYPES
    )
    assert types.by_source(huangshi) == (
        Share("主动调解", 455, Decimal("52.4")),
        Share("依申请调解", 378, Decimal("43.5")),
        Share("接受委托移送调解", 36, Decimal("4.1")),
    )
    rate = types.success_rate(huangshi)
    assert (rate.part, rate.whole, rate.percent) == (842, 869, Decimal("96.9"))
    assert rate.denominator == "调解案件总数"


def test_huangshi_changes_on_year_and_month() -> None:
    assert types.compare(869, 1028) == Comparison(-159, Decimal("-15.5"))
    assert types.compare(869, 840) == Comparison(29, Decimal("3.5"))


def test_a_mountain_county_adds_up(county: Counts, huangshi_unit: Unit) -> None:
    values = line(county, [huangshi_unit])
    assert values[:5] == (5935, 11870, 5894, 0, 0)
    assert sum(values[19:37]) == 5935
    assert line_problems(values) == []
    by_label = {row.label: row.cases for row in types.by_type(county)}
    assert by_label["邻里纠纷"] == 1670
    assert by_label["山林土地纠纷"] == 1408
    assert by_label["其他纠纷"] == 961
    assert by_label["旅游纠纷"] == 0
    assert types.success_rate(county).percent == Decimal("99.3")
