from datetime import date, timedelta

import pytest
from builders import a_case
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.handling import Promise
from mediation_desk.domain.instalments import instalments, months_later, parts


@given(st.integers(1, 10**10), st.integers(2, 60))
def test_parts_add_up_exactly_and_only_the_last_differs(total: int, count: int) -> None:
    shares = parts(total, count)
    assert len(shares) == count
    assert sum(shares) == total
    assert len(set(shares[:-1])) <= 1
    assert shares[-1] >= shares[0] >= 0


def test_parts_are_whole_yuan_where_there_is_a_yuan_for_each() -> None:
    assert parts(1_000_000, 3) == (333_300, 333_300, 333_400)
    assert parts(100_050, 2) == (50_000, 50_050)
    assert parts(303, 3) == (100, 100, 103)
    assert parts(300, 3) == (100, 100, 100)
    assert parts(299, 3) == (99, 99, 101)
    assert parts(100, 3) == (33, 33, 34)


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (0, date(2026, 12, 31)),
        (1, date(2027, 1, 31)),
        (2, date(2027, 2, 28)),
        (3, date(2027, 3, 31)),
    ],
)
def test_the_last_day_of_a_month_stays_the_last_day(months: int, day: date) -> None:
    assert months_later(date(2026, 12, 31), months) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_every_part_is_due_in_its_own_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_each_part_is_a_promise_of_the_same_agreement() -> None:
    case = a_case()
    agreement, party = case.agreement, case.parties[1]
    whole = Promise(
        id="",
        dispute_id=case.dispute.id,
        agreement_id=agreement.id,
        party_id=party.id,
        what="支付赔偿款",
        amount_fen=1_000_000,
        due_on=date(2026, 11, 30),
    )
    made = instalments(whole, 3)
    assert [entry.what for entry in made] == [
        "第1期：支付赔偿款3,333元",
        "第2期：支付赔偿款3,333元",
        "第3期：支付赔偿款3,334元",
    ]
    assert [entry.due_on for entry in made] == [
        date(2026, 11, 30),
        date(2026, 12, 30),
        date(2027, 1, 30),
    ]
    assert len({entry.id for entry in made}) == 3
    assert {entry.party_id for entry in made} == {party.id}
