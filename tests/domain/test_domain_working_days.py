"""Working days against a table typed by hand; typed arrangements; how limits count and move."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediation_desk.domain.arranged import NotUnderstood, arrangements
from mediation_desk.domain.limits import Limits, RestDay, Rule, Term
from mediation_desk.domain.periods import month
from mediation_desk.domain.setting_notes import settings_problems
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import WEEKENDS_ONLY, Arrangement, WorkCalendar

SPRING = Arrangement(
    frozenset(date(2026, 2, day) for day in range(15, 24)),
    frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
)
CALENDAR = WorkCalendar({2026: SPRING}.get)
DAYS = st.dates(date(2025, 12, 1), date(2027, 3, 1))
TERMS = st.builds(Term, st.integers(1, 60), st.booleans(), st.sampled_from(list(RestDay)))


def test_spring_festival_is_left_out_and_the_days_worked_for_it_count() -> None:
    friday = date(2026, 2, 13)
    assert CALENDAR.is_worked(date(2026, 2, 14))
    assert not CALENDAR.is_worked(date(2026, 2, 17))
    assert CALENDAR.after(friday, 1) == date(2026, 2, 14)
    assert CALENDAR.after(friday, 2) == date(2026, 2, 24)
    assert CALENDAR.after(friday, 6) == date(2026, 2, 28)
    assert CALENDAR.first_from(date(2026, 2, 15)) == date(2026, 2, 24)
    assert CALENDAR.last_until(date(2026, 2, 23)) == date(2026, 2, 14)


def test_of_an_unknown_year_only_weekends_are_known() -> None:
    friday = date(2027, 2, 5)
    assert CALENDAR.after(friday, 1) == WEEKENDS_ONLY.after(friday, 1) == date(2027, 2, 8)
    assert CALENDAR.unknown(date(2026, 12, 31), date(2027, 1, 2)) == (2027,)
    limits = Limits(replace(Settings(), visit_working=True), CALENDAR)
    told = limits.reckoned(Rule.VISIT, "协议生效", date(2026, 12, 30), limits.term("visit")).counted
    assert "2027年放假安排还没有公布，先按双休日计算" in told
    assert "个工作日" in told


def test_a_mistyped_year_ends_at_the_end_of_the_calendar() -> None:
    assert CALENDAR.after(date(9998, 12, 31), 5) == date(9998, 12, 31)
    assert CALENDAR.first_from(date.max) == date.max


@given(DAYS, TERMS)
def test_the_latest_start_is_the_latest_whose_term_is_over(until: date, term: Term) -> None:
    limits = Limits(Settings(), CALENDAR)
    start = limits.latest_start(until, term)
    assert limits.end(start, term) <= until
    following = [limits.end(start + timedelta(days=ahead), term) for ahead in range(1, 25)]
    assert all(end > until for end in following)


@given(DAYS, TERMS)
@example(date(2026, 10, 17), Term(1, rest=RestDay.BEFORE))
def test_nothing_is_due_before_it_began(start: date, term: Term) -> None:
    limits = Limits(Settings(), CALENDAR)
    end = limits.end(start, term)
    assert end > start
    if term.rest is RestDay.AFTER or term.working:
        assert CALENDAR.is_worked(end)


@pytest.mark.parametrize(
    ("rest", "end", "told"),
    [
        ("stay", date(2026, 2, 17), ""),
        ("after", date(2026, 2, 24), "这天是休息日，顺延到2026年2月24日"),
        ("before", date(2026, 2, 14), "这天是休息日，提前到2026年2月14日"),
    ],
)
def test_local_practice_says_what_a_last_day_of_rest_does(rest: str, end: date, told: str) -> None:
    limits = Limits(replace(Settings(), rest_day=rest), CALENDAR)
    due = limits.reckoned(Rule.VISIT, "协议生效", date(2026, 1, 18), limits.term("visit"))
    assert due.day == end
    assert told in due.counted
    assert "从协议生效（2026年1月18日）的第二天起数30天，最后一天是2026年2月17日" in due.counted
    # What courts count is a setting of its own, and stays unless it is chosen.
    assert limits.end(date(2026, 1, 18), limits.court_term(30)) == date(2026, 2, 17)
    courts = Limits(replace(Settings(), court_rest_day=True), CALENDAR)
    assert courts.end(date(2026, 1, 18), courts.court_term(30)) == date(2026, 2, 24)


def test_the_report_moves_with_the_days_of_rest_too() -> None:
    after = Limits(replace(Settings(), report_due_day=15, rest_day="after"), CALENDAR)
    assert after.report_day(month(2026, 1)) == date(2026, 2, 24)
    assert "次月15日" in after.report(month(2026, 1)).counted
    assert Limits(Settings(), CALENDAR).report_day(month(2026, 1)) == date(2026, 2, 5)


def test_a_notice_is_typed_as_it_stands() -> None:
    typed = "2027年2月5日至11日放假调休，共7天\n2027年2月14日（星期日）上班；"
    found = arrangements(typed + "2027-10-01~2027-10-03 休")
    assert found[2027].off == {
        *(date(2027, 2, day) for day in range(5, 12)),
        *(date(2027, 10, day) for day in range(1, 4)),
    }
    assert found[2027].worked == {date(2027, 2, 14)}
    assert arrangements("") == {}
    over = arrangements("2026年12月31日至2027年1月2日放假")
    assert {year: len(entry.off) for year, entry in over.items()} == {2026: 1, 2027: 2}


@pytest.mark.parametrize(
    "typed",
    ["春节放假", "2月5日放假", "2027年2月30日放假", "2027年2月5日", "2027年2月9日至5日放假",
     "2027年1月1日至12月31日放假"],
)  # fmt: skip
def test_what_is_no_arrangement_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        arrangements(typed)
    (problem,) = settings_problems(replace(Settings(), holidays=typed))
    assert (problem.rule, problem.field) == ("Z5", "holidays")
    assert typed in problem.message


def test_a_choice_that_there_is_not_is_refused() -> None:
    (problem,) = settings_problems(replace(Settings(), rest_day="maybe"))
    assert (problem.rule, problem.field) == ("Z4", "rest_day")
