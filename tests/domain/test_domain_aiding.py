from datetime import timedelta

import pytest
from builders import TODAY

from mediation_desk.domain.aiding import due_words


@pytest.mark.parametrize(
    ("left", "said", "tone"),
    [
        (-2, "逾期 2 天", "red"),
        (-1, "逾期 1 天", "red"),
        (0, "今天到期", "amber"),
        (1, "还有 1 天", "amber"),
        (2, "还有 2 天", "amber"),
        (3, "还有 3 天", "blue"),
    ],
)
def test_days_left_are_told_and_the_last_two_stand_out(left: int, said: str, tone: str) -> None:
    assert due_words(TODAY + timedelta(days=left), TODAY) == (said, tone)
