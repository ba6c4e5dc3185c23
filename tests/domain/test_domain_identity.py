"""Identity numbers: check digit, birth date, sex, age."""

from datetime import date, timedelta

import pytest
from builders import TODAY, an_identity_number
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.codes import Sex
from mediation_desk.domain.identity import (
    age_on,
    birth_date,
    check_digit,
    identity_problems,
    normal_identity,
    sex_of,
)

BIRTHS = st.dates(date(1900, 1, 1), TODAY)
NUMBERS = st.builds(an_identity_number, BIRTHS, st.sampled_from(Sex), st.integers(0, 499))


@given(BIRTHS, st.sampled_from(Sex), st.integers(0, 499))
def test_a_right_number_tells_birth_and_sex_and_has_no_problem(born, sex, sequence):
    number = an_identity_number(born, sex, sequence)
    assert birth_date(number) == born
    assert sex_of(number) is sex
    assert identity_problems(number, TODAY) == []


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, more):
    wrong = str((int(number[place]) + more) % 10)
    assert identity_problems(number[:place] + wrong + number[place + 1 :], TODAY)


@given(NUMBERS)
def test_a_number_copied_with_marks_that_nobody_sees_is_the_same_number(number):
    assert normal_identity(f"\u202d{number[:6]}\u200b{number[6:]}\u202c") == number


@given(NUMBERS, st.integers(0, 15))
def test_two_neighbours_changed_round_are_always_found(number, place):
    pair = number[place : place + 2]
    turned = number[:place] + pair[::-1] + number[place + 2 :]
    assert bool(identity_problems(turned, TODAY)) is (pair[0] != pair[1])


@given(NUMBERS)
def test_a_number_typed_wide_or_with_spaces_is_the_same_number(number):
    wide = number.translate({ord(c): chr(ord(c) - ord("0") + ord("０")) for c in "0123456789"})
    typed = f" {wide[:6]} {wide[6:14]}　{wide[14:].replace('X', 'ｘ')} "
    assert normal_identity(typed) == number
    assert normal_identity(number.lower()) == number


@pytest.mark.parametrize("number", ["9900011968031400", "99000119680230001X", "x" * 18, "１" * 18])
def test_what_is_no_number_is_told_and_tells_nothing(number):
    assert [problem.rule for problem in identity_problems(number, TODAY)] == ["P2"]


def test_nobody_is_born_tomorrow():
    number = an_identity_number(TODAY + timedelta(days=1), Sex.MALE)
    assert "晚于今天" in identity_problems(number, TODAY)[0].message


def test_no_number_is_allowed():
    assert identity_problems("", TODAY) == []


def test_the_published_example_of_the_standard_has_check_digit_x():
    # GB 11643-1999, the remainder 2 is written X; the digits here are of nobody.
    seventeen = next(
        f"99000119680314{tail:03d}"
        for tail in range(1000)
        if check_digit(f"99000119680314{tail:03d}") == "X"
    )
    weights = [2**place % 11 for place in range(17, 0, -1)]
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, weights, strict=True))
    assert total % 11 == 2


@given(BIRTHS, BIRTHS)
def test_age_grows_by_one_on_the_birthday(born, day):
    if day < born:
        born, day = day, born
    age = age_on(born, day)
    years = day.year - born.year
    assert age in {years, years - 1}
    assert (age == years) is ((day.month, day.day) >= (born.month, born.day))
