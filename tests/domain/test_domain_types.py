"""Dispute types: the eighteen, their roll-ups and local types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.dispute_types import (
    BY_CODE,
    EIGHTEEN,
    FIFTEEN,
    HEFEI_ONLY,
    TypeTable,
    local_type_problems,
)
from mediation_desk.domain.organisation import LocalType

AFFAIRS = LocalType(id="1", code="L01", label="村务管理纠纷", rolls_up_to="99")


def test_the_lists_have_their_official_lengths():
    assert len(EIGHTEEN) == len(BY_CODE) == 18
    assert len(FIFTEEN) == 15


def test_the_fifteen_split_as_published():
    split = {
        name: [entry.label for entry in EIGHTEEN if entry.fifteen == name]
        for name in ("劳动争议", "消费")
    }
    assert split == {
        "劳动争议": ["拖欠农民工工资纠纷", "其他劳动争议纠纷"],
        "消费": ["旅游纠纷", "电子商务纠纷", "其他消费纠纷"],
    }
    alone = [entry for entry in EIGHTEEN if entry.fifteen not in split]
    assert len({entry.fifteen for entry in alone}) == len(alone) == 13


def test_every_code_of_the_other_system_finds_a_type():
    told = {entry.hefei for entry in EIGHTEEN} | set(HEFEI_ONLY)
    assert told == {*(f"{code:02d}" for code in range(1, 18)), "99"}
    assert set(HEFEI_ONLY.values()) <= set(BY_CODE)


@given(st.sampled_from(EIGHTEEN))
def test_an_official_type_is_reported_as_itself(entry):
    table = TypeTable((AFFAIRS,))
    assert table.official(entry.code) == entry.code
    assert table.label(entry.code) == entry.label
    assert entry.short + "纠纷" == entry.label


def test_a_local_type_is_reported_under_its_official_one():
    table = TypeTable((AFFAIRS,))
    assert table.official("L01") == "99"
    assert table.label("L01") == "村务管理纠纷"
    assert table.knows("L01")
    assert table.codes()[-1] == "L01"


def test_a_void_local_type_is_not_offered_but_still_counted():
    table = TypeTable(
        (LocalType(id="1", code="L1", label="旧", rolls_up_to="02", void_reason="x"),)
    )
    assert "L1" not in table.codes()
    assert table.official("L1") == "02"


def test_an_unknown_type_is_shown_and_not_counted():
    table = TypeTable()
    assert table.label("77") == "77"
    assert not table.knows("77")
    with pytest.raises(KeyError):
        table.official("77")


@pytest.mark.parametrize(
    ("code", "above", "rules"),
    [
        ("L02", "99", []),
        ("L02", "", ["T1"]),
        ("L02", "L01", ["T1"]),
        ("L01", "99", ["T2"]),
        ("02", "99", ["T2"]),
        ("", "98", ["T1", "T2"]),
    ],
)
def test_a_local_type_needs_a_free_code_and_an_official_type_above(code, above, rules):
    candidate = LocalType(id="2", code=code, label="新类型", rolls_up_to=above)
    found = local_type_problems(candidate, (AFFAIRS,))
    assert [problem.rule for problem in found] == rules


def test_a_local_type_does_not_stand_in_its_own_way():
    assert local_type_problems(AFFAIRS, (AFFAIRS,)) == []
