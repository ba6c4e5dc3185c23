"""Copies of which one side knows less: masked on the way, typed over, or put back from a backup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_case, a_session, moved
from two_ways import CLERK, RECORDER, Ways, dispute_in, give, put, put_back, said_of

from mediation_desk.desk import sending
from mediation_desk.desk.deciding import open_proposals
from mediation_desk.desk.handing_over import hand_over, hand_overs
from mediation_desk.desk.merging import Brought, plan_of
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sent_history import Answer, sent_history
from mediation_desk.desk.sequence import missing
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.masks import masked
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.versions import hidden
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.store.register import Register

REMARK = "所里意见：双方须先停止施工。"
TYPED = "村里补记：甲方当场认错，双方约定下周再谈。"


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village whose office has no key of it."""
    return Ways(village, office, tmp_path)


def _in_full(ways: Ways, name: str) -> Path:
    """The village's next package with everything in it, as somebody chose deliberately."""
    target, month = ways.folder / name, month_of(TODAY)
    return sending.send(ways.village, month, target, RECORDER, TODAY, "双龙司法所").path


def _of_august(register: Register) -> CaseFile:
    """A case that goes only while it is not known to be there; one of this month goes each time."""
    unit = register.committee
    assert unit is not None
    case = moved(a_case(unit_id=unit.id), date(2026, 8, 1))
    case = replace(case, dispute=replace(case.dispute, number=0))
    return keep_case(register, None, case, RECORDER, "登记", TODAY)


def _with_an_edit_after_a_backup(ways: Ways) -> tuple[CaseFile, Path]:
    """A case of which the office knows an edit that the backup does not."""
    case = ways.record(settled=False)
    backup = ways.village.back_up()
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=7)])
    ways.up()
    return case, backup


def _asked(ways: Ways) -> set[str]:
    return {entry.field_name for at in (ways.village, ways.office) for entry in open_proposals(at)}


def _newest(register: Register, dispute_id: str) -> str:
    return register.lineages("dispute", [dispute_id])[dispute_id][0]


def _remarked(ways: Ways, case: CaseFile) -> None:
    """The office, which knows the case in full, remarks something on it."""
    before = ways.office.case(case.dispute.id)
    assert before is not None
    after = replace(before, dispute=replace(before.dispute, remark=REMARK))
    keep_case(ways.office, before, after, CLERK, "备注", TODAY)


@pytest.mark.parametrize("sealed", [False, True])
def test_masked_files_that_crossed_do_not_let_a_full_one_wipe_what_the_other_side_wrote(
    ways: Ways, sealed: bool
) -> None:
    case = ways.record(settled=False)
    ways.take(ways.office, _in_full(ways, "first.xlsx"))
    _remarked(ways, case)
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=9)])
    down = ways.back()
    ways.up()
    ways.take(ways.village, down)
    if sealed:
        ways.enrol()
        ways.up()
    else:
        ways.take(ways.office, _in_full(ways, "second.xlsx"))
    now = dispute_in(ways.office, case.dispute.id)
    assert (now.remark, now.people) == (REMARK, 9)
    assert not _asked(ways)


def test_what_both_wrote_while_masked_files_crossed_is_asked(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.take(ways.office, _in_full(ways, "first.xlsx"))
    _remarked(ways, case)
    mine = dispute_in(ways.village, case.dispute.id)
    put(ways.village, [replace(mine, people=9, remark="村里意见。")])
    down = ways.back()
    ways.up()
    ways.take(ways.village, down)
    ways.take(ways.office, _in_full(ways, "second.xlsx"))
    assert dispute_in(ways.office, case.dispute.id).remark == REMARK
    assert _asked(ways) == {"remark"}


def test_what_is_typed_into_a_record_that_came_masked_is_asked_about_not_replaced(
    ways: Ways,
) -> None:
    case = ways.record(settled=False)
    ways.up()
    before = ways.office.case(case.dispute.id)
    assert before is not None
    session = a_session(case.dispute.id, narrative="司法所会同调解。", revision=0)
    after = replace(before, sessions=(*before.sessions, session))
    keep_case(ways.office, before, after, CLERK, "司法所补充", TODAY)
    ways.down()
    here = ways.village.case(case.dispute.id)
    assert here is not None
    assert [entry.narrative for entry in here.sessions if entry.id == session.id] == [""]
    typed = tuple(
        replace(entry, narrative=TYPED) if entry.id == session.id else entry
        for entry in here.sessions
    )
    keep_case(ways.village, here, replace(here, sessions=typed), RECORDER, "补记", TODAY)
    ways.enrol()
    ways.up()
    ways.down()
    here = ways.village.case(case.dispute.id)
    assert here is not None
    assert TYPED in [entry.narrative for entry in here.sessions]
    assert "narrative" in _asked(ways)


def test_what_is_changed_beside_masked_values_does_not_pass_for_knowing_them(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    here = dispute_in(ways.office, case.dispute.id)
    assert not here.personal_revision
    put(ways.office, [replace(here, complex=True)])
    assert not dispute_in(ways.office, case.dispute.id).personal_revision
    ways.take(ways.office, _in_full(ways, "full.xlsx"))
    now = dispute_in(ways.office, case.dispute.id)
    assert (now.facts, now.complex) == (case.dispute.facts, True)
    assert not _asked(ways)


def test_what_is_typed_beside_masked_values_leaves_them_to_who_has_them(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    put(ways.office, [replace(dispute_in(ways.office, case.dispute.id), remark=REMARK)])
    ways.take(ways.office, _in_full(ways, "full.xlsx"))
    now = dispute_in(ways.office, case.dispute.id)
    assert (now.facts, now.place, now.remark) == (case.dispute.facts, case.dispute.place, REMARK)
    assert not _asked(ways)
    ways.enrol()
    ways.up()
    ways.down()
    mine = dispute_in(ways.village, case.dispute.id)
    assert (mine.facts, mine.remark) == (case.dispute.facts, REMARK)


@pytest.mark.parametrize("edits", [1, 2])
def test_what_a_laptop_lost_is_asked_for_however_often_it_went_on(ways: Ways, edits: int) -> None:
    ways.enrol()
    ways.up()
    ways.down()
    case, backup = _with_an_edit_after_a_backup(ways)
    with put_back(ways.village, backup) as again:
        ways.village = again
        for number in range(edits):
            found = dispute_in(again, case.dispute.id)
            put(again, [replace(found, occurred_on=date(2026, 9, 1 + number))])
        ways.up()
        ways.down()
        ways.up()
        assert dispute_in(ways.office, case.dispute.id).people == 7
        assert "people" in _asked(ways)


def test_whose_a_case_is_is_asked_of_nobody(ways: Ways) -> None:
    ways.enrol()
    ways.up()
    case, backup = _with_an_edit_after_a_backup(ways)
    with put_back(ways.village, backup) as again:
        ways.village = again
        give(ways, case)
        # The office has another second package; what went with it goes again after an answer.
        ways.up()
        ways.up()
        ways.down()
        ways.up()
        theirs = dispute_in(ways.office, case.dispute.id)
        township = ways.office.committee
        assert township is not None
        assert (theirs.unit_id, theirs.number) == (township.id, 1)
        # What the laptop lost is still asked about, of who has the case now.
        assert theirs.people == 7
        assert [entry.field_name for entry in open_proposals(ways.office)] == ["people"]


def test_what_went_with_a_refused_file_goes_again_though_the_next_one_was_taken(
    ways: Ways,
) -> None:
    ways.enrol()
    ways.up()
    backup = ways.village.back_up()
    ways.record()
    ways.up()
    with put_back(ways.village, backup) as again:
        ways.village = again
        case = _of_august(again)
        # The office has another second package; the third says that it begins where that ends.
        assert not ways.up().act
        assert ways.up().act
        assert ways.office.get("dispute", case.dispute.id) is None
        ways.down()
        ways.up()
        assert ways.office.get("dispute", case.dispute.id) is not None


def test_an_office_put_back_from_a_backup_is_sent_what_it_lost_though_it_gave_receipts(
    ways: Ways,
) -> None:
    ways.enrol()
    ways.up()
    backup = ways.office.back_up()
    case = _of_august(ways.village)
    ways.up()
    ways.down()
    with put_back(ways.office, backup) as again:
        ways.office = again
        ways.up()
        assert again.get("dispute", case.dispute.id) is None
        ways.down()
        assert [entry.numbers for entry in missing(ways.village) if entry.going] == [(2,)]
        (second,) = (e for e in sent_history(ways.village) if e.package.number == 2)
        assert (second.answer, second.receipt is None) == (Answer.LOST, False)
        ways.up()
        assert again.get("dispute", case.dispute.id) == dispute_in(ways.village, case.dispute.id)
        ways.down()
        assert not missing(ways.village)


def test_an_office_put_back_to_before_its_hand_over_is_told_to_hand_over_again(ways: Ways) -> None:
    ways.enrol()
    ways.up()
    case = _of_august(ways.village)
    give(ways, case)
    ways.up()
    backup = ways.office.back_up()
    village = ways.village.unit.id
    hand_over(ways.office, case.dispute.id, village, "村里办。", CLERK, TODAY)
    ways.down()
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=9)])
    with put_back(ways.office, backup) as again:
        ways.office = again
        refused = [entry.message for entry in ways.up().look.problems if entry.rule == "M2"]
        assert refused
        assert all("请再移交一次" in words for words in refused)
        hand_over(again, case.dispute.id, village, "再移交一次。", CLERK, TODAY)
        ways.down()
        ways.up()
        mine, theirs = (dispute_in(at, case.dispute.id) for at in (ways.village, again))
        assert (theirs.people, theirs.unit_id) == (9, village)
        assert mine == theirs


def test_what_was_typed_of_a_case_given_away_before_the_backup_stands_nowhere_and_is_told(
    ways: Ways,
) -> None:
    ways.enrol()
    ways.up()
    case = ways.record(settled=False)
    ways.up()
    ways.down()
    backup = ways.village.back_up()
    give(ways, case)
    ways.up()
    ways.down()
    with put_back(ways.village, backup) as again:
        ways.village = again
        for number in range(4):
            mine = dispute_in(again, case.dispute.id)
            put(again, [replace(mine, facts=f"村里重写{number}。", people=3)])
        ways.up()
        (told,) = (e.message for e in ways.down().look.problems if e.rule == "M1")
        assert "没有并入：纠纷简要情况、涉及当事人数" in told
        mine, theirs = (dispute_in(at, case.dispute.id) for at in (again, ways.office))
        assert mine == theirs
        assert _newest(again, mine.id) == _newest(ways.office, mine.id)


def test_of_a_case_given_away_a_masked_copy_wipes_no_names(ways: Ways) -> None:
    ways.enrol()
    ways.up()
    case = ways.record(settled=False)
    give(ways, case)
    ways.up()
    ways.down()
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), facts=TYPED, people=3)])
    put(ways.office, [replace(dispute_in(ways.office, case.dispute.id), complex=True)])
    copy = dispute_in(ways.office, case.dispute.id)
    names = ways.office.lineages("dispute", [copy.id])[copy.id]
    brought = Brought(
        ways.village.unit.id,
        [masked(copy)],
        lineages={("dispute", copy.id): hidden(names)},
        back=True,
    )
    (step,) = plan_of(ways.village, brought).steps
    kept = step.record
    assert isinstance(kept, Dispute)
    assert (kept.facts, kept.people, kept.complex) == (TYPED, 2, True)
    assert (step.outcome, "涉及当事人数" in step.reason) == (Outcome.CONFLICT, True)


def test_what_was_handed_over_again_after_a_backup_does_not_wait_for_ever(ways: Ways) -> None:
    ways.enrol()
    ways.up()
    case = ways.record(settled=False)
    backup = ways.village.back_up()
    give(ways, case)
    ways.up()
    with put_back(ways.village, backup) as again:
        ways.village = again
        give(ways, case)
        ways.up()
        ways.down()
        (told,) = hand_overs(again, case.dispute.id)
        assert "对方已于" in told.words
        ways.up()
        ways.down()
        assert said_of(again, case.dispute.id) == said_of(ways.office, case.dispute.id)
