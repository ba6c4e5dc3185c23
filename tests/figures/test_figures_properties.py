"""For any records: identities hold, stretches of time add up, levels add up to the whole."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.dispute_types import EIGHTEEN, TypeTable
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.periods import (
    Period,
    half,
    month,
    months_of,
    period_before,
    quarter,
    statistical_year,
    year,
    year_before,
)
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import CaseCount, Counts, SlotCount
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.slots import slots
from mediation_desk.figures.table import Level, Shift, StatTable
from mediation_desk.figures.tables import make

LOCAL = (
    LocalType(id="f1", code="F1", label="继承", rolls_up_to="01"),
    LocalType(id="w1", code="W1", label="工伤", rolls_up_to="102"),
)
UNITS = tuple(
    Unit(id=f"u{place}", code=f"99010012400{place}", name=f"单位{place}", kind=kind)
    for place, kind in enumerate((UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.COMMUNITY))
)
FRAME = Frame(UNITS, frozenset({"u0"}), TypeTable(LOCAL))
CALIBRE = Calibre(year(2026))
_SOME = settings(max_examples=60)
_NUMBERS = st.integers(0, 10**9)
_TYPES = st.one_of(
    st.tuples(st.sampled_from([entry.code for entry in EIGHTEEN]), st.just("")),
    st.sampled_from([(entry.rolls_up_to, entry.code) for entry in LOCAL]),
)


@st.composite
def case_counts(draw: st.DrawFn) -> CaseCount:
    type_, local = draw(_TYPES)
    unit = draw(st.sampled_from([unit.id for unit in UNITS]))
    source = draw(st.sampled_from("10 11 20 31 32 33 34 39".split()))
    outcome, form = draw(st.sampled_from(["", "1", "2", "3", "5"])), draw(st.sampled_from("012"))
    hard = draw(st.booleans())
    sums = draw(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS))
    return CaseCount(unit, type_, source, outcome, form.strip("0"), hard, *sums, local)


ANY_CASES = st.lists(case_counts(), max_size=30).map(lambda rows: Counts(tuple(rows)))


def _columns_of(table: StatTable, key: str) -> list[object]:
    return [row[table.column(key)] for row in table.values]


@_SOME
@given(ANY_CASES, st.sampled_from(["18", "15"]))
def test_the_identities_hold_for_any_records(counts: Counts, types: str) -> None:
    calibre = Calibre(year(2026), types=types)
    for table_id in ("ministry", "types", "sources", "matrix"):
        table = make(table_id, counts, calibre, FRAME)
        assert table.checks
        assert all(check.holds for check in table.checks), table_id
    whole = sum(row.cases for row in counts.cases)
    for table_id, key in (("ministry", "M01"), ("types", "C01"), ("sources", "C01")):
        assert make(table_id, counts, calibre, FRAME).value("total", key) == whole


@_SOME
@given(ANY_CASES)
def test_parts_add_up_to_the_line_above_them(counts: Counts) -> None:
    table = make("types", counts, CALIBRE, FRAME)
    parts: Counter[str] = Counter()
    for row, values in zip(table.rows, table.values, strict=True):
        if row.level is Level.PART:
            parts[row.key.partition(".")[0]] += values[0]  # type: ignore[operator]
    assert parts.keys() == {"01", "102"}
    assert all(table.value(key, "C01") == number for key, number in parts.items())


@_SOME
@given(ANY_CASES)
def test_the_merged_table_is_the_villages_and_the_own_level(counts: Counts) -> None:
    for table_id in ("ministry", "matrix"):
        table = make(table_id, counts, CALIBRE, FRAME)
        for place in range(len(table.columns)):
            lines = {
                row.key: values[place] for row, values in zip(table.rows, table.values, strict=True)
            }
            assert lines["subordinate"] == lines["u1"] + lines["u2"]  # type: ignore[operator]
            assert lines["own"] == lines["u0"]
            assert lines["total"] == lines["subordinate"] + lines["own"]  # type: ignore[operator]


@_SOME
@given(ANY_CASES)
def test_each_unit_alone_counts_what_its_line_says(counts: Counts) -> None:
    whole = make("ministry", counts, CALIBRE, FRAME)
    for unit in UNITS:
        alone = make("ministry", counts.of([unit.id]), CALIBRE, Frame((unit,), alone=True))
        assert alone.values[alone.row(unit.id)] == whole.values[whole.row(unit.id)]


# Time

DAYS = st.dates(date(2001, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    number = draw(st.integers(2001, 2060))
    first, length = draw(DAYS), draw(st.integers(0, 900))
    return draw(
        st.sampled_from([
            month(number, number % 12 + 1), quarter(number, number % 4 + 1),
            half(number, number % 2 + 1), year(number), statistical_year(number),
            Period(first, first + timedelta(days=length)),
        ])
    )  # fmt: skip


@_SOME
@given(periods())
def test_months_fill_their_period_without_gap(period: Period) -> None:
    parts = months_of(period)
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    for before, after in pairwise(parts):
        assert after.first - before.last == timedelta(days=1)
        assert after.first.day == 1
    assert all(part.first.month == part.last.month for part in parts)


@_SOME
@given(periods())
def test_the_time_before_ends_just_before_and_a_year_ago_is_a_year_ago(period: Period) -> None:
    before, year_ago = period_before(period), year_before(period)
    assert before.last == period.first - timedelta(days=1)
    if period.first.day == 1 and (period.last + timedelta(days=1)).day == 1:
        assert len(months_of(before)) == len(months_of(period))
        assert before.first.day == 1
        assert (year_ago.first.day, (year_ago.last + timedelta(days=1)).day) == (1, 1)
    else:
        assert before.last - before.first == period.last - period.first
    for now, then in ((period.first, year_ago.first), (period.last, year_ago.last)):
        assert (then.year, then.month) == (now.year - 1, now.month)
        assert abs(then.day - now.day) <= 1


@_SOME
@given(periods())
def test_stretches_do_not_overlap_and_make_up_what_is_compared(period: Period) -> None:
    cut = slots(period)
    for before, after in pairwise(cut):
        assert before.last < after.first
    for part in (period, *months_of(period)):
        for shift in Shift:
            wanted = shift.of(part)
            inside = [slot for slot in cut if slot.first in wanted or slot.last in wanted]
            assert (inside[0].first, inside[-1].last) == (wanted.first, wanted.last)
            days = sum((slot.last - slot.first).days + 1 for slot in inside)
            assert days == (wanted.last - wanted.first).days + 1


@_SOME
@given(
    st.integers(2002, 2059),
    st.lists(st.tuples(st.integers(0, 1200), st.sampled_from(["", "1", "2"])), max_size=60),
)
def test_months_add_up_to_quarter_half_and_year(
    number: int, happened: list[tuple[int, str]]
) -> None:
    first = date(number - 1, 1, 1)
    days = [(first + timedelta(days=after), outcome) for after, outcome in happened]

    def total(period: Period) -> tuple[object, ...]:
        stretches = slots(period)
        rows: Counter[tuple[str, str]] = Counter()
        for day, outcome in days:
            for slot in stretches:
                if day in slot:
                    rows[slot.first.isoformat(), outcome] += 1
        counted = tuple(
            SlotCount("u1", slot, outcome, "", "0", cases, 2 * cases, 0)
            for (slot, outcome), cases in rows.items()
        )
        table = make("trend", Counts(slots=counted), Calibre(period), FRAME)
        assert all(check.holds for check in table.checks)
        return (
            table.value("total", "C01"),
            table.value("total", "C03"),
            table.value("total", "year"),
        )

    def added(parts: list[Period]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*map(total, parts), strict=True)))  # type: ignore[arg-type]

    whole = total(year(number))
    assert added([month(number, of) for of in range(1, 13)]) == whole
    assert added([quarter(number, of) for of in range(1, 5)]) == whole
    assert added([half(number, of) for of in (1, 2)]) == whole
    assert whole[0] == sum(day.year == number for day, _ in days)
