"""Numbers in the middle of a text, and two numbers that their masks would not tell apart."""

import pytest

from mediation_desk.domain.fields import Mask
from mediation_desk.domain.masks import masked_in_text, told_apart


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证号：990101196208170021；", "身份证号：990101********0021；"),
        ("99010119620817002x", "990101********002x"),
        ("十五位 990101620817002", "十五位 990101*****7002"),
        ("电话13900000001或023-70712345", "电话139****0001或023*****2345"),
        # What is no number of a person stays: money, days, case numbers, longer codes.
        ("3000元 2026-10-22 〔2026〕第12号", "3000元 2026-10-22 〔2026〕第12号"),
        ("1390000000112", "1390000000112"),
    ],
)
def test_numbers_in_a_text_are_masked(text: str, masked: str) -> None:
    assert masked_in_text(text) == masked


def test_only_the_digits_that_differ_are_in_sight() -> None:
    one, other = "990101196208170021", "990101196208190021"
    assert told_apart(one, other, Mask.IDENTITY) == ("990101*******70021", "990101*******90021")
    assert told_apart("13900000001", "13900000001", Mask.PHONE) == ("139****0001",) * 2
    assert told_apart("13900000001", "", Mask.PHONE) == ("139****0001", "")
