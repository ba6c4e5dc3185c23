"""The recovery code forgives what people do, and names the group that is wrong."""

from itertools import combinations
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.recovery_code import (
    ALPHABET,
    DRAWN,
    GROUP,
    GROUPS,
    cleaned,
    code_from,
    code_of,
    group_slip,
    groups,
)

# One number for each code: a list of them takes a loaded machine seconds to draw.
_CODES = st.integers(0, len(ALPHABET) ** DRAWN - 1).map(
    lambda number: code_from([number // len(ALPHABET) ** place % len(ALPHABET)
                              for place in range(DRAWN)])
)  # fmt: skip
_WIDE = {ord(mark): ord(mark) + 0xFEE0 for mark in ALPHABET}


def test_it_is_hard_enough_to_guess() -> None:
    assert DRAWN * log2(len(ALPHABET)) >= 128
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert not set("OILZSBU") & set(ALPHABET)


@given(_CODES)
def test_it_is_read_however_it_is_written(code: str) -> None:
    parts = groups(code)
    assert [len(part) for part in parts] == [GROUP] * GROUPS
    ways = (
        code,
        " ".join(parts),
        "\n".join("  ".join(parts[start : start + 3]) for start in (0, 3, 6)),
        "-".join(parts).lower(),
        " ".join(parts).translate(_WIDE).replace(" ", "　"),
        code.replace("0", "O").replace("1", "l").replace("V", "u"),
        " ".join(parts).replace("0", "o").replace("1", "I").replace("5", "s").replace("8", "b"),
        " ".join(code),
    )
    for way in ways:
        assert code_of(way) == code, way


@given(_CODES, st.integers(0, GROUPS * GROUP - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_told_by_its_group(code: str, at: int, mark: str) -> None:
    wrong = code[:at] + mark + code[at + 1 :]
    if wrong == code:
        assert code_of(wrong) == code
        return
    place = at // GROUP + 1
    slips = [group_slip(number, part) for number, part in enumerate(groups(wrong), 1)]
    assert [number for number, slip in enumerate(slips, 1) if slip] == [place]
    with pytest.raises(DeskError, match=f"第{place}组写错了。请"):
        code_of(wrong)


@given(_CODES)
def test_what_changed_places_is_told(code: str) -> None:
    parts = groups(code)
    for number, part in enumerate(parts, 1):
        for one, other in combinations(range(GROUP), 2):
            turned = list(part)
            turned[one], turned[other] = turned[other], turned[one]
            assert bool(group_slip(number, "".join(turned))) == (part[one] != part[other])
        assert [bool(group_slip(place, part)) for place in range(1, GROUPS + 1)].count(False) == 1


def test_what_is_missing_or_strange_is_told() -> None:
    code = code_from(range(DRAWN))
    parts = groups(code)
    assert "第1组要有4个字，现在是3个" in group_slip(1, parts[0][:3])
    assert "第2组里不会有“村”" in group_slip(2, "村" + parts[1][1:])
    with pytest.raises(DeskError, match="第4组要有4个字，现在是5个"):
        code_of(" ".join([*parts[:3], parts[3] + "7", *parts[4:]]))
    for typed in ("", "你好", code[:-4], code + "0000"):
        with pytest.raises(DeskError, match="恢复码有9组，每组4个字"):
            code_of(typed)
    assert cleaned(" o-i l ") == "011"
