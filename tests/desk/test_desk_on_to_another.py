"""A case that goes on from one village to another by way of the township, by real files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from two_ways import CLERK, Ways, dispute_in, give, only, put, said_of, set_up

from mediation_desk.desk import giving_back
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.going_back import telling
from mediation_desk.desk.handing_over import hand_over, hand_overs
from mediation_desk.desk.recording import is_own
from mediation_desk.desk.sending import calibre_of
from mediation_desk.desk.setting_up import create, found_village
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import year
from mediation_desk.store.register import Register


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village that its office has set up, which has sent its first package."""
    return set_up(village, office, tmp_path)


@pytest.fixture
def other_village(ways: Ways, tmp_path: Path) -> Iterator[Ways]:
    """Another village of the same office."""
    founding = found_village(
        "丰都县", "双龙镇", "关都坝村", UnitKind.VILLAGE, "500230124201", "秦川"
    )
    with create(tmp_path / "other", founding, "梨花-2026") as register:
        made = Ways(register, ways.office, tmp_path / "files")
        made.folder.mkdir()
        made.enrol()
        made.up()
        yield made


def test_a_case_goes_on_from_one_village_to_another_by_way_of_the_township(
    ways: Ways, other_village: Ways
) -> None:
    case = ways.record()
    ways.scanned(ways.village, case.dispute.id, "照片.png")
    give(ways, case)
    ways.up()
    hand_over(
        ways.office, case.dispute.id, other_village.village.unit.id, "地在那个村。", CLERK, TODAY
    )
    got = other_village.down()
    assert got.look.counts["rejected"] == 0, got.look.problems
    there = other_village.village.case(case.dispute.id)
    assert is_own(other_village.village, there.dispute)
    assert other_village.village.attachment_bytes(there.attachments[0].sha256)
    assert len(hand_overs(other_village.village, case.dispute.id)) == 2
    assert other_village.up().look.counts["rejected"] == 0
    # The first village hears of its own part alone.
    got = ways.down()
    assert got.look.counts["rejected"] == got.look.counts["conflict"] == 0, got.look.problems
    counts = ways.office.counts(calibre_of(ways.office, year(TODAY.year)))
    assert sum(row.cases for row in counts.cases) == 1
    assert said_of(ways.office, case.dispute.id) == said_of(other_village.village, case.dispute.id)
    assert ways.office.verify() == other_village.village.verify() == ways.village.verify() == []


def test_what_was_returned_to_the_giver_goes_with_the_case_to_its_owner(
    ways: Ways, other_village: Ways
) -> None:
    case = ways.record()
    ways.up()
    entry = giving_back.blank_return(
        dispute_in(ways.office, case.dispute.id), CLERK, TODAY, "请补协议日期。"
    )
    giving_back.give_back(ways.office, entry, CLERK, TODAY)
    give(ways, case)
    ways.up()
    taker = other_village.village.unit.id
    hand_over(ways.office, case.dispute.id, taker, "地在那个村。", CLERK, TODAY)
    other_village.down()
    other_village.up()
    # Written again at the office, while the case itself is as the new owner has it.
    told = only(ways.office, "return", dispute_id=case.dispute.id)
    assert [one.entry.id for one in agenda(other_village.village, TODAY).returns] == [told.id]
    assert [one.unit.name for one in giving_back.given_back(ways.office)] == ["关都坝村"]
    assert not agenda(ways.office, TODAY).ever_returned
    # It goes with every file until it is put right, in case one was lost.
    assert told in telling(ways.office, other_village.village.unit).records
    put(ways.office, [replace(told, answer="已转新的村办理。")])
    got = other_village.down()
    assert got.act, got.look.words
    assert only(other_village.village, "return", id=told.id).answer == "已转新的村办理。"


def test_scans_that_come_after_their_case_went_on_reach_its_owner(
    ways: Ways, other_village: Ways
) -> None:
    ways.village.keep_settings(replace(ways.village.settings, package_megabytes=1))
    case = ways.record(settled=False)
    for name in ("一.png", "二.png"):
        ways.scanned(ways.village, case.dispute.id, name, 600_000)
    give(ways, case)
    ways.up()
    there = other_village.village
    hand_over(ways.office, case.dispute.id, there.unit.id, "地在那个村。", CLERK, TODAY)
    other_village.down()
    ways.down()
    ways.up()
    other_village.up()
    other_village.down()
    scans = there.all("attachment", dispute_id=case.dispute.id)
    assert [there.has_attachment_bytes(entry.sha256) for entry in scans] == [True, True]
