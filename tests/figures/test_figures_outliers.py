"""Odd months are asked about; plausible ones and unreported ones are left alone."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.periods import Period, month
from mediation_desk.figures.outliers import MonthCount, questions


def _months(cases: Sequence[int], *, failed: int = 0, busiest: int = 1) -> list[MonthCount]:
    return [
        MonthCount(month(2026, number), True, count, max(count - failed, 0), failed, busiest)
        for number, count in enumerate(cases, 1)
    ]


def _rules(months: Sequence[MonthCount]) -> list[str]:
    return [question.rule for question in questions(months)]


def test_a_sudden_zero_is_asked_about_with_the_numbers_behind_it() -> None:
    (question,) = questions(_months([2, 3, 1, 2, 2, 2, 0], failed=1))
    assert question.rule == "Q1"
    assert question.month == month(2026, 7)
    assert "2026年7月一件纠纷也没有，前6个月平均每月2.0件" in question.words
    assert question.words.endswith("？")


def test_zero_is_usual_where_there_is_seldom_anything() -> None:
    assert _rules(_months([1, 0, 0, 1, 0, 0, 0], failed=1)) == []


def test_too_few_months_say_nothing_about_what_is_usual() -> None:
    assert _rules(_months([5, 5, 0], failed=1)[1:]) == []


def test_ten_times_as_many_as_usual_are_asked_about_and_nine_times_are_not() -> None:
    assert _rules(_months([1, 1, 1, 1, 1, 1, 10], failed=1)) == ["Q2"]
    assert _rules(_months([1, 1, 1, 1, 1, 1, 9], failed=1)) == []
    assert _rules(_months([2, 2, 2, 2, 2, 2, 19], failed=1)) == []
    assert _rules(_months([2, 2, 2, 2, 2, 2, 20], failed=1)) == ["Q2"]


def test_many_cases_without_any_failure_are_asked_about() -> None:
    assert _rules(_months([2, 2, 2, 2, 2])) == ["Q3"]
    assert _rules(_months([2, 2, 2, 2, 1])) == []
    with_one = [*_months([2, 2, 2, 2]), *_months([0, 0, 0, 0, 2], failed=1)[4:]]
    assert _rules(with_one) == []


def test_a_month_taken_in_on_one_day_is_asked_about() -> None:
    assert _rules(_months([1, 1, 1, 1, 1, 1, 5], failed=1, busiest=5)) == ["Q4"]
    assert _rules(_months([1, 1, 1, 1, 1, 1, 5], failed=1, busiest=4)) == []
    assert _rules(_months([1, 1, 1, 1, 1, 1, 4], failed=1, busiest=4)) == []


def test_of_a_month_that_was_not_reported_nothing_is_asked() -> None:
    told = _months([2, 2, 2, 2, 2, 2, 0])
    last = told[-1]
    unreported = MonthCount(last.month, False, 0, 0, 0)
    assert questions([*told[:-1], unreported]) == ()
    assert questions([]) == ()


_Counts = st.lists(st.integers(0, 60), min_size=1, max_size=12)


@given(_Counts, st.integers(0, 2))
def test_every_question_is_one_and_is_about_the_last_month(cases: list[int], failed: int) -> None:
    months = _months(cases, failed=failed)
    asked = questions(months)
    assert len({question.rule for question in asked}) == len(asked)
    for question in asked:
        assert isinstance(question.month, Period)
        assert question.month == months[-1].month
        assert "？" in question.words
