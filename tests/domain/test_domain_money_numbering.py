"""Money in fen and case numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest
from builders import a_dispute, a_unit
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.money import parse_yuan, ten_thousands, yuan
from mediation_desk.domain.numbering import case_number

FEN = st.integers(0, 10**13)


@given(FEN)
def test_an_amount_reads_as_it_was_written(fen):
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(f" {yuan(fen).replace(',', '')}元 ") == fen


@given(FEN)
def test_ten_thousands_are_rounded_once_half_up(fen):
    assert abs(ten_thousands(fen) * 1_000_000 - fen) <= 5_000
    assert ten_thousands(fen).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("fen", "shown"), [(2_873_800_000, "2873.80"), (5_000, "0.01"), (4_999, "0.00")]
)
def test_published_amounts_show_two_decimals(fen, shown):
    assert ten_thousands(fen) == Decimal(shown)
    assert str(ten_thousands(fen)) == shown


@pytest.mark.parametrize(
    "typed", ["-1", "1,20", "1.234", "十元", "1e3", "1 000", ".5", "１２", "¥5", "12,3456"]
)
def test_a_doubtful_amount_is_asked_and_not_guessed(typed):
    with pytest.raises(ValueError, match=typed.strip()):
        parse_yuan(typed)


def test_nothing_typed_is_nothing():
    assert parse_yuan("") == parse_yuan(" 元") == 0


@given(st.integers(1950, 2099), st.integers(1, 99_999))
def test_numbers_of_a_year_never_look_alike(year, number):
    unit = a_unit()
    one = case_number(a_dispute(year=year, number=number), unit)
    assert one != case_number(a_dispute(year=year, number=number + 1), unit)
    assert one != case_number(a_dispute(year=year + 1, number=number), unit)


def test_the_usual_number_looks_as_on_the_cover():
    dispute = a_dispute(number=15)
    assert case_number(dispute, a_unit()) == "(2026)梨民调字第015号"
    assert case_number(dispute, a_unit(number_word="")) == "(2026)梨子园村字第015号"
    assert case_number(replace(dispute, void_reason="重复"), a_unit()).endswith("（作废）")
    assert case_number(dispute, a_unit(), "{word}[{year}]{number:04d}") == "梨民调[2026]0015"
