"""What a number is, in words, and what it changed, with the formula."""

from dataclasses import replace

from mediation_desk.domain.periods import month, year
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.explained import (
    Earlier,
    changes,
    comparable,
    earlier_periods,
    explained,
)
from mediation_desk.figures.figure import Figure, Measure
from mediation_desk.figures.table import (
    Kind,
    Level,
    Ratio,
    Shift,
    StatTable,
    TableColumn,
    TableRow,
    Value,
)

_CASES, _AMOUNT = COLUMNS[0].figure, COLUMNS[4].figure
_RATE = Figure("X1", "成功率", "%", "成功÷总数。", Measure.RATE)
_COLUMNS_OF = (
    TableColumn("all", ("情况",), "总数", "件", _CASES),
    TableColumn("won", ("情况",), "成功", "件", _CASES),
    TableColumn("rate", (), "成功率", "%", _RATE, kind=Kind.PERCENT, part="won", whole="all"),
    TableColumn("money", (), "金额", "万元", _AMOUNT),
    TableColumn("more", (), "增减", "件", kind=Kind.DIFFERENCE, part="all", whole="won"),
    TableColumn("share", (), "占比", "%", kind=Kind.SHARE, part="all"),
)


def _table(values: tuple[Value, ...], calibre: Calibre) -> StatTable:
    row = TableRow("u", "甲村", Level.LINE, ("u",), lead=("某镇",))
    return StatTable("t", "表", calibre, ("镇", "单位"), _COLUMNS_OF, (row,), (values,))


def _values(whole: int, won: int, fen: int) -> tuple[Value, ...]:
    return whole, won, Ratio(won, whole), fen, whole - won, Ratio(whole, whole)


_NOW = _table(_values(8, 6, 1_234_500), Calibre(month(2026, 3), DateBasis.CLOSING))


def test_a_number_is_told_with_its_definition_date_and_place() -> None:
    told = explained(_NOW, 0, 0)
    assert (told.id, told.name, told.row) == ("M01", "情况 · 总数", "某镇 · 甲村")
    assert (told.value, told.period) == ("8 件", "2026年3月")
    assert told.definition == _CASES.definition
    assert told.dated == "按结案日期（本表的口径）"
    assert not told.whole


def test_money_is_told_in_ten_thousands() -> None:
    assert explained(_NOW, 0, 3).value == "1.23 万元"


def test_a_rate_names_its_denominator_with_both_numbers() -> None:
    assert explained(_NOW, 0, 2).whole == "总数 8；6÷8×100＝75.0"
    assert explained(_NOW, 0, 5).whole == "合计 8；8÷8×100＝100.0"
    empty = _table(_values(0, 0, 0), _NOW.calibre)
    assert explained(empty, 0, 2).whole == "总数，为 0，不计算"
    assert explained(empty, 0, 2).value == "– %"


def test_a_number_made_of_others_says_how() -> None:
    assert explained(_NOW, 0, 4).definition.startswith("总数－成功。")
    assert explained(_NOW, 0, 5).definition.startswith("总数÷合计行的总数×100。")
    grown = TableColumn(
        "g", (), "增长率", "%", kind=Kind.PERCENT, part="all", whole="won", grows=True
    )
    table = replace(_NOW, columns=(*_COLUMNS_OF, grown), values=((*_NOW.values[0], Ratio(2, 6)),))
    assert explained(table, 0, 6).definition.startswith("（总数－成功）÷成功×100。")


def _earlier(year_: tuple[Value, ...], before: tuple[Value, ...]) -> Earlier:
    last_year, just_before = earlier_periods(_NOW.calibre.period)
    return Earlier(
        _table(year_, replace(_NOW.calibre, period=last_year)),
        _table(before, replace(_NOW.calibre, period=just_before)),
    )


def test_changes_say_both_times_and_the_formula() -> None:
    earlier = _earlier(_values(5, 5, 0), _values(0, 0, 2_000_000))
    assert list(changes(_NOW, earlier, 0, 0)) == [
        "同比（比2025年3月）：增加 3 件，增长率（8－5）÷5×100＝60.0%",
        "环比（比2026年2月）：增加 8 件；上期为 0，不计算增长率",
    ]
    assert list(changes(_NOW, earlier, 0, 2)) == [
        "同比（比2025年3月）：75.0－100.0＝-25.0 个百分点",
        "环比（比2026年2月）：上期或本期的分母为 0，不比较",
    ]
    assert list(changes(_NOW, earlier, 0, 3)) == [
        "同比（比2025年3月）：增加 1.23 万元；上年同期为 0，不计算增长率",
        "环比（比2026年2月）：减少 0.77 万元，增长率（1.23－2.00）÷2.00×100＝-38.3%",
    ]


def test_what_did_not_change_stays() -> None:
    earlier = _earlier(_values(8, 6, 0), _values(8, 6, 0))
    assert "持平" in next(changes(_NOW, earlier, 0, 0))


def test_of_a_year_both_comparisons_are_one() -> None:
    whole = replace(_NOW, calibre=Calibre(year(2026)))
    last = _table(_values(5, 5, 0), Calibre(year(2025)))
    (told,) = changes(whole, Earlier(last, last), 0, 0)
    assert told.startswith("同比（比2025年）")


def test_a_row_that_was_not_there_is_not_compared() -> None:
    earlier = _earlier(_values(5, 5, 0), _values(5, 5, 0))
    gone = replace(earlier.year, rows=(replace(earlier.year.rows[0], key="other"),))
    assert len(list(changes(_NOW, Earlier(gone, gone), 0, 0))) == 0


def test_tables_over_several_times_compare_themselves() -> None:
    assert comparable(_NOW)
    moved = replace(_COLUMNS_OF[0], shift=Shift.YEAR)
    assert not comparable(replace(_NOW, columns=(moved,)))
    assert not comparable(replace(_NOW, rows=(replace(_NOW.rows[0], period=month(2026, 1)),)))
