"""Taking an import back: refused while something rests on it, though that wrote no line of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY, a_session
from test_desk_editing import Typist
from two_ways import CLERK, RECORDER, Ways, dispute_in, only, put

from mediation_desk.desk import taking_back
from mediation_desk.desk.built_on import why_not
from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.giving_back import GOING_BACK
from mediation_desk.desk.recording import keep_case
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.store.register import Register
from mediation_desk.store.undoing import CannotUndo


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    made = Ways(village, office, tmp_path)
    made.enrol()
    made.up()
    made.down()
    return made


def test_a_package_stays_while_a_later_one_only_found_its_records_there(ways: Ways) -> None:
    case = ways.record()
    second = ways.up()
    third = ways.sent()
    later = ways.take(ways.office, third)
    assert later.look.counts["unchanged"] > 0
    (batch,) = (entry for entry in taking_back.batches(ways.office) if entry.act == second.act)
    assert not batch.undoable
    assert "请先撤销它" in batch.why_not
    with pytest.raises(CannotUndo, match=f"请先撤销第{later.act}批"):
        taking_back.undo(ways.office, second.act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is not None
    taking_back.undo(ways.office, later.act, CLERK)
    taking_back.undo(ways.office, second.act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is None
    # The later one alone brings everything.
    ways.take(ways.office, third)
    assert ways.office.get("dispute", case.dispute.id) is not None


def test_a_late_package_that_found_all_there_keeps_the_one_that_brought_it(ways: Ways) -> None:
    case = ways.record()
    second, third = ways.sent(), ways.sent()
    first_come = ways.take(ways.office, third)
    late = ways.take(ways.office, second)
    with pytest.raises(CannotUndo, match=f"请先撤销第{late.act}批"):
        taking_back.undo(ways.office, first_come.act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is not None


def test_a_package_that_was_confirmed_before_the_next_was_made_goes_alone(ways: Ways) -> None:
    ways.record()
    second = ways.up()
    ways.down()
    case = ways.record()
    third = ways.up()
    taking_back.undo(ways.office, second.act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is not None
    assert not only(ways.office, "package", number=3, received=1).void_reason
    assert third.act > second.act


def test_what_came_back_stays_while_a_later_file_repeated_it(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    before = ways.office.case(case.dispute.id)
    assert before is not None
    after = replace(before, sessions=(*before.sessions, a_session(case.dispute.id, revision=0)))
    keep_case(ways.office, before, after, CLERK, "补", TODAY)
    first, second = ways.down(), ways.down()
    with pytest.raises(CannotUndo, match=f"请先撤销第{second.act}批"):
        taking_back.undo(ways.village, first.act, RECORDER)
    taking_back.undo(ways.village, second.act, RECORDER)
    taking_back.undo(ways.village, first.act, RECORDER)


def test_a_package_stays_while_a_hand_edit_of_its_case_is_asked_about(ways: Ways) -> None:
    case = ways.record()
    second = ways.up()
    ways.down()
    edited = Typist(ways.sent()).put("结案日期", "2026年8月9日").saved()
    later = ways.take(ways.office, edited)
    assert [entry.sort for entry in open_proposals(ways.office)] == [ProposalSort.EDIT]
    with pytest.raises(CannotUndo, match=f"请先撤销第{later.act}批"):
        taking_back.undo(ways.office, second.act, CLERK)
    taking_back.undo(ways.office, later.act, CLERK)
    taking_back.undo(ways.office, second.act, CLERK)
    assert ways.office.get("dispute", case.dispute.id) is None
    assert not open_proposals(ways.office)


def test_an_answer_stays_once_a_file_told_it_to_the_other_side(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    put(ways.office, [replace(dispute_in(ways.office, case.dispute.id), people=4)])
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=3)])
    came = ways.up().act

    def answer() -> int:
        (question,) = open_proposals(ways.office)
        return decide(ways.office, [question.id], ProposalState.TAKEN, CLERK, TODAY)

    taking_back.undo(ways.office, answer(), CLERK)
    again = answer()
    ways.back()
    made = max(ways.office.acts(GOING_BACK), key=lambda act: act.number)
    with pytest.raises(CannotUndo, match=f"第{made.number}批做的文件.*请直接更正"):
        taking_back.undo(ways.office, again, CLERK)
    # Nor what asked the question, although the answer could go before it.
    assert f"“{made.reason}”不能撤销" in why_not(ways.office, came)
    assert dispute_in(ways.office, case.dispute.id).people == 3
