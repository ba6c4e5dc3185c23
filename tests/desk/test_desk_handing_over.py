"""A case handed over between a village and the township's committee, by real files."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import TODAY, a_session
from openpyxl import load_workbook
from two_ways import CLERK, REASON, RECORDER, Ways, dispute_in, give, only, put, said_of, set_up

from mediation_desk.desk import taking_back
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.handing_over import hand_over, hand_overs, receivers
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.recording import is_own, keep_case
from mediation_desk.desk.sending import calibre_of
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.due import DueKind
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.returns_sheets import ADDED
from mediation_desk.store.register import Register

_EDIT, _ROW = ProposalSort.EDIT, ProposalSort.ROW


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village that its office has set up, which has sent two packages."""
    return set_up(village, office, tmp_path)


def give_back(ways: Ways, dispute_id: str) -> None:
    """Hand a case of the township's committee over to the village."""
    hand_over(ways.office, dispute_id, ways.village.unit.id, "请村里跟进。", CLERK, TODAY)


def counted(register: Register) -> int:
    """How many cases all units of a register count this year, each once."""
    calibre = calibre_of(register, year(TODAY.year))
    return sum(row.cases for row in register.counts(calibre).cases)


def in_own_figures(register: Register) -> int:
    committee = register.committee
    assert committee is not None
    calibre = calibre_of(register, year(TODAY.year))
    return sum(row.cases for row in register.counts(calibre).of((committee.id,)).cases)


@pytest.mark.parametrize("settled", [True, False])
def test_a_case_goes_to_the_township_whole_and_counts_there(ways: Ways, settled: bool) -> None:
    case = ways.record(settled=settled)
    ways.scanned(ways.village, case.dispute.id, "协议书扫描件.png")
    ways.up()
    own = ways.record(ways.office)
    before = dispute_in(ways.village, case.dispute.id)
    give(ways, case)
    # The giver keeps it to read, without a part in any figure of its own.
    kept = dispute_in(ways.village, case.dispute.id)
    assert not is_own(ways.village, kept)
    assert in_own_figures(ways.village) == 0
    now = ways.village.case(case.dispute.id)
    with pytest.raises(DeskError, match="只能查看"):
        keep_case(ways.village, now, now, RECORDER, "改", TODAY)
    got = ways.up()
    assert got.look.state is LookState.READY, got.look
    assert any("移交来一件纠纷" in problem.message for problem in got.look.problems)
    # No sheet shows the case, and nobody takes it for a row that somebody struck out.
    assert not [problem for problem in got.look.problems if problem.rule.startswith("W")]
    assert not [e for e in ways.office.all("proposal") if e.sort in {_EDIT, _ROW}]
    taken = dispute_in(ways.office, case.dispute.id)
    assert is_own(ways.office, taken)
    assert (taken.year, taken.number) == (2026, own.dispute.number + 1)
    assert replace(taken, unit_id=before.unit_id, year=before.year, number=before.number,
                   revision=0, personal_revision=0) == replace(
                       before, revision=0, personal_revision=0)  # fmt: skip
    assert {party.name for party in ways.office.case(taken.id).parties} == {
        party.name for party in case.parties
    }
    (scan,) = ways.office.case(taken.id).attachments
    assert ways.office.attachment_bytes(scan.sha256)
    assert in_own_figures(ways.office) == 2 if settled else True
    assert counted(ways.office) == 2
    entry = only(ways.office, "handover")
    assert (entry.taken_on, entry.from_number) == (TODAY, before.number)
    assert ways.office.verify() == ways.village.verify() == []


def test_the_village_reads_that_it_was_taken_and_by_which_number_it_went(ways: Ways) -> None:
    case = ways.record()
    give(ways, case)
    (told,) = hand_overs(ways.village, case.dispute.id)
    assert told.gone
    assert "已移交双龙镇调委会" in told.words
    assert "(2026)梨民调字第001号" in told.words
    assert REASON in told.words
    assert told.briefly == f"由梨子园村移交给双龙镇调委会（{TODAY}，原编号(2026)梨民调字第001号）"
    assert "还没有收到对方接收的回执" in told.words
    ways.up()
    path = ways.back()
    text = " ".join(
        str(cell.value) for row in load_workbook(path)[ADDED.title].iter_rows() for cell in row
    )
    assert ("由梨子园村移交给双龙镇调委会" in text, REASON in text) == (True, False)
    got = ways.take(ways.village, path)
    assert got.look.counts["rejected"] == got.look.counts["conflict"] == 0, got.look.problems
    (told,) = hand_overs(ways.village, case.dispute.id)
    assert f"对方已于{TODAY}接收" in told.words
    (other,) = hand_overs(ways.office, case.dispute.id)
    assert (other.gone, "由梨子园村移交来" in other.words) == (False, True)
    assert dispute_in(ways.village, case.dispute.id) == dispute_in(ways.office, case.dispute.id)


def test_it_goes_on_at_its_new_owner_and_comes_back_with_everything(ways: Ways) -> None:
    case = ways.record(settled=False)
    give(ways, case)
    ways.up()
    here = ways.office.case(case.dispute.id)
    session = a_session(case.dispute.id, narrative="镇里调解一次。", revision=0)
    keep_case(ways.office, here, replace(here, sessions=(session,)), CLERK, "调解", TODAY)
    ways.scanned(ways.office, case.dispute.id, "镇里拍的照片.png")
    give_back(ways, case.dispute.id)
    assert not is_own(ways.office, dispute_in(ways.office, case.dispute.id))
    got = ways.down()
    assert got.look.state is LookState.READY, got.look
    back = dispute_in(ways.village, case.dispute.id)
    # It has the number again that it had there before.
    assert (is_own(ways.village, back), back.number) == (True, case.dispute.number)
    (there,) = ways.village.case(case.dispute.id).sessions
    assert there.narrative == "镇里调解一次。"
    (scan,) = ways.village.case(case.dispute.id).attachments
    assert ways.village.attachment_bytes(scan.sha256)
    assert [entry.gone for entry in hand_overs(ways.village, case.dispute.id)] == [True, False]
    ways.up()
    assert said_of(ways.office, case.dispute.id) == said_of(ways.village, case.dispute.id)
    assert counted(ways.office) == counted(ways.village) == 1
    # Handed over once more it gets a number of the township once more, the same as before.
    give(ways, ways.village.case(case.dispute.id))
    ways.up()
    again = dispute_in(ways.office, case.dispute.id)
    assert (is_own(ways.office, again), again.number) == (True, 1)
    third = hand_overs(ways.office, case.dispute.id)
    assert [told.entry.revision for told in third] == [2, 2, 2]
    assert ways.office.verify() == ways.village.verify() == []


def test_a_case_of_the_township_goes_to_a_village_that_never_had_it(ways: Ways) -> None:
    case = ways.record(ways.office)
    ways.scanned(ways.office, case.dispute.id, "照片.png")
    give_back(ways, case.dispute.id)
    got = ways.down()
    assert got.look.counts["rejected"] == 0, got.look.problems
    there = ways.village.case(case.dispute.id)
    assert (there.dispute.number, is_own(ways.village, there.dispute)) == (1, True)
    assert [party.id_number for party in there.parties] == [
        party.id_number for party in case.parties
    ]
    assert ways.village.attachment_bytes(there.attachments[0].sha256)
    assert in_own_figures(ways.village) == 1
    ways.up()
    assert said_of(ways.office, case.dispute.id) == said_of(ways.village, case.dispute.id)
    assert (counted(ways.office), in_own_figures(ways.office)) == (1, 0)


def test_only_the_present_owner_hands_over_and_only_to_whom_it_can_be_sealed(
    ways: Ways, office: Register
) -> None:
    case = ways.record()
    township, unit = office.committee, ways.village.unit
    assert [entry.id for entry in receivers(ways.village)] == [township.id]
    assert [entry.id for entry in receivers(office)] == [unit.id]
    with pytest.raises(DeskError, match="没有写移交原因"):
        hand_over(ways.village, case.dispute.id, township.id, " ", RECORDER, TODAY)
    with pytest.raises(DeskError, match="不能移交给这个单位"):
        hand_over(ways.village, case.dispute.id, unit.id, REASON, RECORDER, TODAY)
    ways.up()
    with pytest.raises(DeskError, match="不能移交"):
        hand_over(office, case.dispute.id, unit.id, REASON, CLERK, TODAY)
    give(ways, case)
    with pytest.raises(DeskError, match="不能移交"):
        give(ways, case)
    assert len(ways.village.all("handover")) == 1
    assert office.all("handover") == []


def test_without_keys_nothing_is_handed_over(
    village: Register, office: Register, tmp_path: Path
) -> None:
    bare = Ways(village, office, tmp_path)
    case = bare.record()
    assert receivers(village) == []
    with pytest.raises(DeskError, match="开户文件"):
        hand_over(village, case.dispute.id, office.committee.id, REASON, RECORDER, TODAY)


def test_a_number_that_went_with_a_case_is_not_given_again(ways: Ways) -> None:
    first, second = ways.record(), ways.record()
    give(ways, second)
    assert ways.record().dispute.number == 3
    give(ways, first)
    assert ways.record().dispute.number == 4
    ways.up()
    assert sorted(dispute_in(ways.office, case.dispute.id).number for case in (first, second)) == [
        1,
        2,
    ]


def test_a_package_from_before_that_comes_late_loses_nothing_and_takes_nothing_back(
    ways: Ways,
) -> None:
    case = ways.record(settled=False)
    late = ways.sent("late")
    session = a_session(case.dispute.id, narrative="村里第一次调解。", revision=0)
    now = ways.village.case(case.dispute.id)
    keep_case(ways.village, now, replace(now, sessions=(session,)), RECORDER, "调解", TODAY)
    later = ways.sent("later")
    give(ways, case)
    assert ways.up().act
    taken = dispute_in(ways.office, case.dispute.id)
    assert is_own(ways.office, taken)
    for path in (later, late):
        got = ways.take(ways.office, path)
        assert got.look.counts["rejected"] == got.look.counts["conflict"] == 0, got.look.problems
    assert dispute_in(ways.office, case.dispute.id) == taken
    assert len(ways.office.case(case.dispute.id).sessions) == 1


def test_the_former_owner_can_no_longer_write_of_it(ways: Ways) -> None:
    case = ways.record()
    give(ways, case)
    ways.up()
    ways.down()
    before = said_of(ways.office, case.dispute.id)
    party = ways.village.case(case.dispute.id).parties[0]
    put(ways.village, [replace(party, phone="13900000009")])
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=7)])
    got = ways.up()
    assert got.look.counts["rejected"] == 2, got.look.problems
    assert said_of(ways.office, case.dispute.id) == before
    # Nor can it take the case back by saying so.
    own = replace(dispute_in(ways.village, case.dispute.id), unit_id=ways.village.unit.id, number=1)
    put(ways.village, [own])
    assert ways.up().look.counts["rejected"]
    assert said_of(ways.office, case.dispute.id) == before


def test_taking_the_batch_back_gives_the_case_back_until_it_comes_again(ways: Ways) -> None:
    case = ways.record()
    ways.up()
    before = said_of(ways.office, case.dispute.id)
    give(ways, case)
    path = ways.sent("handing")
    act = ways.take(ways.office, path).act
    taking_back.undo(ways.office, act, CLERK)
    assert said_of(ways.office, case.dispute.id) == before
    assert ways.take(ways.office, path).act
    assert is_own(ways.office, dispute_in(ways.office, case.dispute.id))


def test_a_hand_over_that_was_lost_goes_again(ways: Ways) -> None:
    ways.down()
    case = ways.record()
    give(ways, case)
    ways.sent("lost")
    ways.up()
    assert is_own(ways.office, dispute_in(ways.office, case.dispute.id))
    other = ways.record(ways.office)
    give_back(ways, other.dispute.id)
    ways.back("lost as well")
    ways.down()
    assert is_own(ways.village, dispute_in(ways.village, other.dispute.id))


def test_who_gave_a_case_away_is_asked_nothing_about_it(ways: Ways) -> None:
    case = ways.record()
    ways.up()
    ways.down()
    for desk, people, phone in ((ways.office, 5, "13900000005"), (ways.village, 4, "13900000004")):
        party = desk.get("party", case.parties[0].id)
        put(desk, [replace(party, phone=phone)])
        put(desk, [replace(dispute_in(desk, case.dispute.id), people=people)])
    ways.down()
    question, _of_the_party = open_proposals(ways.village)
    give(ways, ways.village.case(case.dispute.id))
    dues = agenda(ways.village, TODAY).dues
    assert not [due for due in dues if due.kind is DueKind.QUESTION]
    with pytest.raises(DeskError, match="已经移交"):
        decide(ways.village, [question.id], ProposalState.KEPT, RECORDER, TODAY)
    ways.up()
    # The office asks itself, for both values went along; then the village's question is over.
    (asked,) = [entry for entry in open_proposals(ways.office) if entry.field_name == "people"]
    assert (asked.ours, asked.theirs) == ("5", "4")
    ways.down()
    assert open_proposals(ways.village) == []
    assert dispute_in(ways.village, case.dispute.id) == dispute_in(ways.office, case.dispute.id)
    decide(ways.office, [asked.id], ProposalState.TAKEN, CLERK, TODAY)
    assert dispute_in(ways.office, case.dispute.id).people == 4


def test_a_case_that_came_is_new_on_the_first_page_for_a_week(ways: Ways) -> None:
    case = ways.record(settled=False)
    give(ways, case)
    ways.up()

    def told(after: int) -> list[str]:
        dues = agenda(ways.office, TODAY + timedelta(days=after)).dues
        return [due.about for due in dues if due.kind is DueKind.HANDED]

    assert told(0) == told(7) == ["移交来的纠纷 (2026)双镇民调字第001号"]
    assert told(8) == []


def test_what_the_office_adds_while_the_hand_over_is_on_its_way_is_kept(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    here = ways.office.case(case.dispute.id)
    session = a_session(case.dispute.id, narrative="司法所先去看过。", revision=0)
    keep_case(ways.office, here, replace(here, sessions=(session,)), CLERK, "补充", TODAY)
    put(ways.office, [replace(dispute_in(ways.office, case.dispute.id), complex=True)])
    give(ways, case)
    got = ways.down()
    assert got.look.counts["rejected"] == 0, got.look.problems
    kept = ways.village.case(case.dispute.id)
    assert [entry.narrative for entry in kept.sessions] == ["司法所先去看过。"]
    assert (kept.dispute.complex, is_own(ways.village, kept.dispute)) == (True, False)
    ways.up()
    taken = ways.office.case(case.dispute.id)
    assert is_own(ways.office, taken.dispute)
    assert (len(taken.sessions), taken.dispute.complex) == (1, True)


def test_a_case_taken_again_after_an_undoing_gets_a_number_of_its_own(ways: Ways) -> None:
    case = ways.record()
    give(ways, case)
    act = ways.up().act
    ways.down()
    taking_back.undo(ways.office, act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is None
    assert ways.record(ways.office).dispute.number == 1
    # The village learns that its package was taken back, and sends the hand-over as it knows it.
    ways.down()
    ways.up()
    taken = dispute_in(ways.office, case.dispute.id)
    assert (is_own(ways.office, taken), taken.number) == (True, 2)
    ways.down()
    assert dispute_in(ways.village, case.dispute.id) == taken
