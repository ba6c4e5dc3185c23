"""Numbers and counts around a hand-over: which case is meant, and how many a file reports."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_ways import CLERK, RECORDER, Ways, dispute_in, give, only, put, set_up

from mediation_desk.desk.handing_over import case_called, hand_over
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village that its office has set up, which has sent its first package."""
    return set_up(village, office, tmp_path)


def test_two_cases_of_one_number_are_not_mistaken_for_each_other(ways: Ways) -> None:
    first, second = ways.record(), ways.record()
    twin = replace(dispute_in(ways.village, second.dispute.id), number=first.dispute.number)
    # As a record of another computer comes, which no form checks.
    with ways.village.change(RECORDER, "收下") as change:
        change.adopt([replace(twin, revision=twin.revision + 1)])
    called = f"{twin.year}-{twin.number}"
    with pytest.raises(DeskError, match=rf"有2件纠纷，没有处理.*{twin.id}"):
        case_called(ways.village, called)
    assert case_called(ways.village, twin.id).id == twin.id


def test_both_sides_count_the_same_cases_in_a_package_of_a_hand_over(ways: Ways) -> None:
    ways.record()
    case = ways.record(settled=False)
    give(ways, case)
    ways.up()
    number = max(entry.number for entry in ways.village.all("package", received=0))
    there = only(ways.office, "package", number=number, received=1)
    here = only(ways.village, "package", number=number, received=0)
    assert there.disputes == here.disputes


def test_what_is_not_taken_is_told_with_its_case_and_cell(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    ways.down()
    mine, theirs = (dispute_in(at, case.dispute.id) for at in (ways.village, ways.office))
    put(ways.village, [replace(mine, people=5)])
    put(ways.office, [replace(theirs, people=4)])
    path = ways.sent()
    (told,) = (entry for entry in ways.take(ways.office, path).look.problems if entry.rule == "M1")
    assert told.message.startswith("(2026)梨民调字第001号纠纷登记：两边都改了")
    assert told.place == "案件台账!A5"


def test_a_case_handed_back_finds_its_number_given_away_and_gets_the_next(ways: Ways) -> None:
    case = ways.record(settled=False)
    give(ways, case)
    ways.up()
    other = dispute_in(ways.village, ways.record(settled=False).dispute.id)
    # As by a laptop that was put back from a backup and knows nothing of the first case.
    put(ways.village, [replace(other, number=case.dispute.number)])
    hand_over(ways.office, case.dispute.id, ways.village.unit.id, "还是村里办。", CLERK, TODAY)
    got = ways.down()
    assert got.act, got.look.words
    back = dispute_in(ways.village, case.dispute.id)
    assert (back.unit_id, back.number) == (other.unit_id, case.dispute.number + 1)
