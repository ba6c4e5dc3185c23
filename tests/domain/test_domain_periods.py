"""Periods: parsing, naming, belonging."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.periods import (
    Period,
    days_after,
    half,
    month,
    month_before,
    month_of,
    parse_period,
    quarter,
    statistical_year,
    year,
)
from mediation_desk.domain.problems import DeskError


def test_days_after_a_mistyped_year_end_with_the_calendar():
    assert days_after(date(2026, 1, 31), 30) == date(2026, 3, 2)
    assert days_after(date(9999, 12, 20), 30) == date.max


YEARS = st.integers(1950, 2099)
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(YEARS, st.integers(1, 12))
def test_a_month_is_read_with_one_digit_or_two(number, of):
    assert parse_period(f"{number}-{of}") == parse_period(f" {number}-{of:02d} ")
    assert parse_period(f"{number}-{of}") == month(number, of)


@given(YEARS)
def test_months_quarters_and_halves_fill_the_year_without_gap(number):
    months = [parse_period(f"{number}-{of}") for of in range(1, 13)]
    quarters = [parse_period(f"{number}Q{of}") for of in range(1, 5)]
    halves = [parse_period(f"{number}h{of}") for of in (1, 2)]
    assert quarters == [quarter(number, of) for of in range(1, 5)]
    assert halves == [half(number, of) for of in (1, 2)]
    for parts in (months, quarters, halves):
        assert (parts[0].first, parts[-1].last) == (date(number, 1, 1), date(number, 12, 31))
        for before, after in pairwise(parts):
            assert after.first - before.last == timedelta(days=1)
    assert parse_period(str(number)) == year(number)


@given(DAYS, DAYS)
def test_a_pair_is_read_as_written_and_not_backwards(first, last):
    typed = f"{first.isoformat()}..{last.isoformat()}"
    if first <= last:
        assert parse_period(typed) == Period(first, last)
        assert parse_period(typed.replace("..", "至")) == Period(first, last)
    else:
        with pytest.raises(DeskError):
            parse_period(typed)


@given(DAYS, DAYS, DAYS)
def test_both_ends_belong_to_a_period(first, last, day):
    period = Period(min(first, last), max(first, last))
    assert period.first in period
    assert period.last in period
    assert period.first - timedelta(days=1) not in period
    assert period.last + timedelta(days=1) not in period
    assert (day in period) is (period.first <= day <= period.last)
    assert None not in period


@given(DAYS)
def test_a_day_lies_in_its_month_and_the_month_before_ends_just_before(day):
    assert day in month_of(day)
    assert month_before(month_of(day)).last == month_of(day).first - timedelta(days=1)


@pytest.mark.parametrize(
    "typed",
    ["", "26", "2026-13", "2026-0", "2026Q5", "2026H3", "0000", "２０２６", "2026-10-01", "十月"],
)
def test_what_is_no_period_is_refused_with_the_forms_understood(typed):
    with pytest.raises(DeskError, match="2026Q3"):
        parse_period(typed)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (month(2026, 10), "2026年10月"),
        (quarter(2026, 3), "2026年第3季度"),
        (half(2026, 1), "2026年上半年"),
        (half(2026, 2), "2026年下半年"),
        (year(2026), "2026年"),
        (statistical_year(2026), "2025-12-01至2026-11-30"),
        (quarter(2026, 1), "2026年第1季度"),
        (month(2024, 2), "2024年2月"),
    ],
)
def test_usual_periods_have_their_usual_names(period, words):
    assert period.label() == words
