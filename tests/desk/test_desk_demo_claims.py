"""What the demo's committees claimed: of settled quarters, by the rules, the same on every desk."""

from datetime import date

import pytest

from mediation_desk.desk.demo import Township, demo_township
from mediation_desk.desk.demo.allowances import example_grades
from mediation_desk.desk.demo.claims import claims_of
from mediation_desk.domain.allowance import Claim, ClaimLine, ClaimState, ReviewResult
from mediation_desk.domain.organisation import Unit

TODAY = date(2026, 10, 23)
PEOPLE = ("陶素芬", "罗晓")


@pytest.fixture(scope="module")
def township() -> Township:
    return demo_township(TODAY)


def claimed(township: Township, unit: Unit, today: date = TODAY) -> list[Claim | ClaimLine]:
    return list(claims_of(township.cases_of(unit), unit, township.mediators, today, PEOPLE))


def lines_of(township: Township) -> list[ClaimLine]:
    units = (township.committee, *township.villages)
    return [
        entry for unit in units for entry in claimed(township, unit) if isinstance(entry, ClaimLine)
    ]


def test_one_quarter_is_paid_the_next_one_reported_and_the_last_one_left(
    township: Township,
) -> None:
    for unit in (township.committee, *township.villages):
        told = [
            (entry.year, entry.quarter, entry.state)
            for entry in claimed(township, unit)
            if isinstance(entry, Claim)
        ]
        assert told in (
            [(2026, 1, ClaimState.PAID), (2026, 2, ClaimState.REPORTED)],
            [(2026, 1, ClaimState.PAID)],
            [(2026, 2, ClaimState.REPORTED)],
        ), unit.name
    (village,) = (unit for unit in township.villages if unit.name == "梨子园村")
    days = [entry for entry in claimed(township, village) if isinstance(entry, Claim)]
    assert days[0].paid_on == date(2026, 5, 17)
    assert days[1].claimed_on == date(2026, 7, 6)


def test_each_line_is_of_a_case_closed_in_its_quarter_and_adds_up_to_its_grade(
    township: Township,
) -> None:
    cases = {case.dispute.id: case for case in township.cases}
    amounts = {grade.name: grade.amount_fen for grade in example_grades()}
    lines = lines_of(township)
    assert len({line.id for line in lines}) == len(lines) > 40
    by_case: dict[str, list[ClaimLine]] = {}
    for line in lines:
        by_case.setdefault(line.dispute_id, []).append(line)
    for dispute_id, mine in by_case.items():
        dispute = cases[dispute_id].dispute
        assert {line.mediator_id for line in mine} <= set(dispute.mediator_ids)
        assert sum(line.amount_fen for line in mine) == amounts[mine[0].grade]
        assert {line.unit_id for line in mine} == {dispute.unit_id}
        assert dispute.closed_on is not None
        assert date(2026, 1, 1) <= dispute.closed_on <= date(2026, 6, 30)


def test_one_case_was_refused_with_a_reason_that_names_nobody(township: Township) -> None:
    lines = lines_of(township)
    refused = [line for line in lines if line.result is ReviewResult.REFUSED]
    assert len({line.dispute_id for line in refused}) == 1
    assert {line.result for line in lines} == {ReviewResult.REFUSED, ReviewResult.GRANTED}
    (case,) = (one for one in township.cases if one.dispute.id == refused[0].dispute_id)
    assert all(line.reason for line in refused)
    assert not any(party.name in refused[0].reason for party in case.parties)


def test_the_same_day_gives_the_same_claims(township: Township) -> None:
    village = township.villages[0]
    again = demo_township(TODAY)
    assert claimed(township, village) == claimed(again, village)
    assert not claimed(township, village, date(1999, 1, 1))
