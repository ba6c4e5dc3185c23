"""The sum that is told of everything read: its parts are all that was counted."""

import re

import pytest

from mediation_desk.desk.outcomes import IGNORED, NOTHING, counts_words


@pytest.mark.parametrize("name", [*NOTHING, IGNORED])
def test_every_outcome_stands_in_the_sum(name: str) -> None:
    told = counts_words(NOTHING | {"added": 165, "unchanged": 803} | {name: 3})
    read, *parts = map(int, re.findall(r"\d+", told))
    assert read == sum(parts)
