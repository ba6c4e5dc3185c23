"""The way back: receipts, what the office added, decided or undid, in whatever order files come."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY, a_session
from openpyxl import load_workbook
from two_ways import CLERK, RECORDER, Ways, dispute_in, only, put, said_of

from mediation_desk.desk import giving_back, taking_back, trusting
from mediation_desk.desk.agenda import agenda
from mediation_desk.desk.confirmed import standing
from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.looking import LookState
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.sending import sent
from mediation_desk.desk.sequence import missing, reached, told_back
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ProposalState, RiskLevel
from mediation_desk.domain.due import DueKind
from mediation_desk.domain.handling import RiskEntry
from mediation_desk.domain.masks import masked
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Package
from mediation_desk.exchange.reading import opened
from mediation_desk.exchange.returns import read_returns
from mediation_desk.exchange.returns_sheets import ADDED, RECEIPTS
from mediation_desk.store.register import Register

NARRATIVE = "司法所会同调解，双方仍有分歧。"


@pytest.fixture
def ways(village: Register, office: Register, tmp_path: Path) -> Ways:
    """A village that its office has set up, which has sent its first package."""
    made = Ways(village, office, tmp_path)
    made.enrol()
    made.up()
    return made


def add(ways: Ways, case: CaseFile) -> None:
    """Write a session and a risk entry to a village's case, at the office."""
    before = ways.office.case(case.dispute.id)
    assert before is not None
    session = a_session(case.dispute.id, narrative=NARRATIVE, revision=0)
    risk = RiskEntry(
        id=new_id(), dispute_id=case.dispute.id, assessed_on=TODAY, level=RiskLevel.ORANGE,
        reasons="双方有言语威胁。", owner=CLERK, reported_to="双龙镇", reported_on=TODAY,
    )  # fmt: skip
    after = replace(before, sessions=(*before.sessions, session), risks=(*before.risks, risk))
    keep_case(ways.office, before, after, CLERK, "司法所补充", TODAY)


def kinds(due_kinds: object, register: Register) -> list[str]:
    return [due.about for due in agenda(register, TODAY).dues if due.kind is due_kinds]


def test_receipts_travel_until_the_village_says_that_it_has_them(ways: Ways) -> None:
    ways.record()
    ways.up()
    (waits,) = giving_back.to_tell(ways.office)
    assert (waits.receipts, waits.returns, waits.words) == (2, 0, "回执2份")
    ways.down()
    assert [(entry.number, entry.added > 0) for entry in ways.village.all("receipt")]
    assert {entry.number for entry in ways.village.all("receipt")} == {1, 2}
    assert {entry.id for entry in ways.village.all("receipt")} == {
        entry.id for entry in ways.office.all("receipt")
    }
    # The office cannot know yet that its file came.
    assert giving_back.to_tell(ways.office)[0].receipts == 2
    ways.up()
    (waits,) = giving_back.to_tell(ways.office)
    assert waits.receipts == 1
    (third,) = read_back(ways).records
    assert (type(third).__name__, third.number) == ("Receipt", 3)
    assert ways.office.verify() == ways.village.verify() == []


def read_back(ways: Ways):
    """The next file to the village, as it is read there."""
    return trusting.read_back(ways.village, ways.back())


def test_a_receipt_tells_what_was_refused_and_why_on_sheet_and_first_page(ways: Ways) -> None:
    case = ways.record()
    ways.up()
    # The office has the party in another case, as if two registers had met.
    other = ways.record(ways.office)
    party = case.parties[0]
    put(ways.village, [replace(party, phone="13900000077")])
    here = ways.office.get("party", party.id)
    put(ways.office, [replace(here, dispute_id=other.dispute.id)])
    got = ways.up()
    assert got.look.counts["rejected"] == 1
    path = ways.back()
    book = load_workbook(path)
    rows = [[cell.value for cell in row] for row in book[RECEIPTS.title].iter_rows(min_row=5)]
    last = rows[-1]
    assert (last[0], last[10]) == ("第3份", 1)
    assert "当事人：这条记录在登记簿里属于别的单位或别的纠纷" in last[12]
    ways.take(ways.village, path)
    assert kinds(DueKind.NOT_TAKEN, ways.village) == ["第3份报送有1条没有被接收"]
    put(ways.office, [replace(ways.office.get("party", party.id), dispute_id=case.dispute.id)])
    assert ways.up().look.counts["rejected"] == 0
    ways.down()
    assert kinds(DueKind.NOT_TAKEN, ways.village) == []


def test_what_the_office_added_comes_to_the_village_in_full_and_only_sealed(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    add(ways, case)
    path = ways.back()
    secrets = [NARRATIVE, *(p.name for p in case.parties), *(p.id_number for p in case.parties)]
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not [text for text in secrets if text.encode() in content], name
    with opened(path) as book:
        rows = book.sheets[ADDED.title][4:]
    assert sorted(row[3] for row in rows) == ["新增调解记录", "新增风险等级"]
    assert {row[0] for row in rows} == {"(2026)梨民调字第001号"}
    got = ways.take(ways.village, path)
    assert got.look.state is LookState.READY
    there = ways.village.case(case.dispute.id)
    assert there.sessions[-1].narrative == NARRATIVE
    assert there.risks[0].level is RiskLevel.ORANGE
    ways.up()
    assert said_of(ways.village, case.dispute.id) == said_of(ways.office, case.dispute.id)
    # The village may go on with what the office began.
    put(ways.village, [replace(there.sessions[-1], place="镇司法所")])
    ways.up()
    assert ways.office.case(case.dispute.id).sessions[-1].place == "镇司法所"
    assert ways.office.verify() == ways.village.verify() == []


def test_without_the_villages_key_it_goes_without_names_and_fills_in_later(
    village: Register, office: Register, tmp_path: Path
) -> None:
    ways = Ways(village, office, tmp_path)
    case = ways.record(settled=False)
    ways.up()
    add(ways, case)
    path = ways.back()
    content = read_returns(path)
    told = [record for record in content.records if getattr(record, "dispute_id", "")]
    assert len(told) == 2
    assert all(record == masked(record) for record in told)
    assert ways.take(village, path).look.counts["rejected"] == 0
    assert village.case(case.dispute.id).sessions[-1].narrative == ""
    ways.enrol()
    ways.up()
    ways.down()
    assert village.case(case.dispute.id).sessions[-1].narrative == NARRATIVE
    assert ways.up().look.counts["conflict"] == 0


def test_the_office_adds_what_is_its_own_to_add_and_nothing_else(ways: Ways) -> None:
    case = ways.record()
    ways.up()
    here = ways.office.case(case.dispute.id)
    party = replace(here.parties[0], phone="13900000099")
    for after in (
        here,
        replace(here, parties=(party, *here.parties[1:])),
        replace(here, dispute=replace(here.dispute, people=9)),
        replace(here, parties=here.parties[1:]),
    ):
        with pytest.raises(DeskError, match="只能"):
            keep_case(ways.office, here, after, CLERK, "改", TODAY)
    remarked = replace(here, dispute=replace(here.dispute, remark="已电话回访。"))
    keep_case(ways.office, here, remarked, CLERK, "备注", TODAY)
    ways.down()
    assert dispute_in(ways.village, case.dispute.id).remark == "已电话回访。"
    # A village adds nothing to what it gave away or never had.
    other = ways.record(ways.office)
    with pytest.raises(DeskError, match="只能查看"):
        keep_case(ways.village, other, replace(other, sessions=()), RECORDER, "改", TODAY)


def test_both_sides_edits_meet_and_what_both_changed_is_asked_on_the_first_page(
    ways: Ways,
) -> None:
    case = ways.record()
    ways.up()
    ways.down()
    here, there = (dispute_in(desk, case.dispute.id) for desk in (ways.office, ways.village))
    put(ways.office, [replace(here, people=5, complex=True)])
    put(ways.village, [replace(there, people=4, special_groups="老年人")])
    got = ways.down()
    assert got.look.counts["conflict"] == 1
    now = dispute_in(ways.village, case.dispute.id)
    assert (now.people, now.complex, now.special_groups) == (4, True, "老年人")
    (asked,) = kinds(DueKind.QUESTION, ways.village)
    assert "(2026)梨民调字第001号" in asked
    (question,) = open_proposals(ways.village)
    decide(ways.village, [question.id], ProposalState.KEPT, RECORDER, TODAY)
    assert kinds(DueKind.QUESTION, ways.village) == []
    ways.up()
    assert dispute_in(ways.office, case.dispute.id).people == 4
    assert not open_proposals(ways.office)


def test_what_the_office_decides_travels_back_and_is_told(ways: Ways) -> None:
    case = ways.record()
    ways.up()
    ways.down()
    put(ways.office, [replace(dispute_in(ways.office, case.dispute.id), people=5)])
    put(ways.village, [replace(dispute_in(ways.village, case.dispute.id), people=4)])
    assert ways.up().look.counts["conflict"] == 1
    (question,) = open_proposals(ways.office)
    decide(ways.office, [question.id], ProposalState.TAKEN, CLERK, TODAY)
    path = ways.back()
    with opened(path) as book:
        told = [(row[2], row[3]) for row in book.sheets[ADDED.title][4:]]
    assert ("核对结果", "涉及当事人数：采用报来的内容") in told
    ways.take(ways.village, path)
    ways.up()
    assert said_of(ways.village, case.dispute.id) == said_of(ways.office, case.dispute.id)
    assert dispute_in(ways.village, case.dispute.id).people == 4
    assert not open_proposals(ways.village) + open_proposals(ways.office)


def test_a_receipt_that_the_office_took_back_no_longer_counts_in_the_village(ways: Ways) -> None:
    ways.record()
    got = ways.up()
    ways.down()
    assert len([entry for entry in ways.village.all("receipt") if not entry.void_reason]) == 2
    taking_back.undo(ways.office, got.act, CLERK)
    path = ways.back()
    ways.take(ways.village, path)
    (void,) = [entry for entry in ways.village.all("receipt") if entry.void_reason]
    assert (void.number, void.void_reason) == (2, "司法所撤销了这次接收")
    where = standing(ways.village, sent(ways.village), sealing=True)
    assert where.base == 1
    ways.up()
    assert len(ways.office.all("dispute")) == 1
    ways.down()
    assert not kinds(DueKind.LOST, ways.village)


def test_lost_and_reordered_files_are_noticed_on_both_sides_and_heal(ways: Ways) -> None:
    ways.down()
    ways.record()
    lost = ways.sent("lost")
    ways.record()
    got = ways.up()
    # The third package was made without a receipt for the second and holds it whole.
    assert any("不用补发" in problem.mend for problem in got.look.problems), got.look.problems
    assert len(ways.office.all("dispute")) == 2
    assert missing(ways.office) == []
    assert ways.take(ways.office, lost).look.state is LookState.OLDER
    first, second = ways.back("first"), ways.back("second")
    ways.record(settled=False)
    assert ways.take(ways.village, second).look.state is LookState.READY
    assert ways.take(ways.village, first).look.state is LookState.OLDER
    assert ways.take(ways.village, first).look.state is LookState.SAME
    assert told_back(ways.village).startswith("3 ")
    assert missing(ways.village) == []


def test_a_gap_that_nothing_made_good_is_told_and_asked_for(
    village: Register, office: Register, tmp_path: Path
) -> None:
    """Without receipts a village takes what it sent to be there, so that a lost one is a gap."""
    ways = Ways(village, office, tmp_path)
    ways.record()
    ways.up()
    ways.record()
    lost = ways.sent("lost")
    ways.record()
    got = ways.up()
    assert any("请让对方补发" in problem.mend for problem in got.look.problems)
    (told,) = missing(office)
    assert (told.numbers, "第2份" in told.words) == ((2,), True)
    assert any("第2份" in about for about in kinds(DueKind.LOST, office))
    ways.down()
    (seen,) = missing(village)
    assert (seen.numbers, seen.going) == ((2,), True)
    assert any("第2份" in about for about in kinds(DueKind.LOST, village))
    # The next package makes it good, and is enough while it is on its way.
    again = ways.sent("again")
    assert missing(village) == []
    assert ways.take(office, again).act
    assert missing(office) == []
    assert len(office.all("dispute")) == 3
    ways.take(office, lost)
    assert len(office.all("dispute")) == 3


def test_a_file_from_the_office_that_is_lost_is_missed_and_given_again(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    ways.down()
    ways.up()
    add(ways, case)
    ways.back("lost")
    # The village has not said that it has the second, so the third holds it whole.
    assert ways.down().look.counts["rejected"] == 0
    assert len(ways.village.case(case.dispute.id).sessions) == 1
    assert missing(ways.village) == []
    # An office that believed the second to be there would leave a gap; the village says so.
    gap = replace(
        max(ways.village.all("package", received=1), key=lambda entry: entry.number),
        id=new_id(), number=5, span=1, digest="5", revision=0, personal_revision=0, previous="4",
    )  # fmt: skip
    put(ways.village, [gap])
    (told,) = missing(ways.village)
    assert (told.numbers, "第4份" in told.words, told.going) == ((4,), True, False)
    assert reached(ways.village.all("package", received=1)).number == 3
    assert told_back(ways.village).startswith("3 ")


def test_an_office_restored_from_a_backup_starts_over_and_both_agree(
    ways: Ways, tmp_path: Path
) -> None:
    case = ways.record(settled=False)
    ways.up()
    ways.down()
    ways.up()
    # What the office wrote then is forgotten: its entry is taken out as a backup would.
    (gone,) = ways.office.all("package", received=0)
    newest = max(ways.office.all("package", received=1), key=lambda entry: entry.number)
    assert newest.returned == f"1 {gone.id}"
    put(ways.office, [replace(newest, returned="7 " + "f" * 32)])
    add(ways, case)
    path = ways.back()
    head = ways.take(ways.village, path).look.title
    assert "第8份" in head
    assert len(ways.village.case(case.dispute.id).sessions) == 1
    assert told_back(ways.village).startswith("8 ")


def test_writing_is_noted_or_nothing_is(ways: Ways, tmp_path: Path) -> None:
    path = ways.back()
    (entry,) = ways.office.all("package", received=0)
    assert isinstance(entry, Package)
    assert (entry.number, entry.previous, entry.span, entry.sealed) == (1, "", 1, True)
    (act,) = ways.office.acts(giving_back.GOING_BACK)
    assert act.actor == CLERK
    blocked = tmp_path / "no such folder" / "x.xlsx"
    with pytest.raises(DeskError):
        giving_back.write_returns(ways.office, ways.village.unit.id, blocked, CLERK, TODAY)
    assert ways.office.all("package", received=0) == [entry]
    assert only(ways.office, "package", received=0).digest == _digest(ways, path)


def _digest(ways: Ways, path: Path) -> str:
    ways.take(ways.village, path)
    return str(only(ways.village, "package", received=1).digest)


def test_a_batch_from_the_office_is_taken_back_and_told_so(ways: Ways) -> None:
    case = ways.record(settled=False)
    ways.up()
    add(ways, case)
    before = list(ways.village.dump())
    path = ways.back()
    got = ways.take(ways.village, path)
    taking_back.undo(ways.village, got.act, RECORDER)
    assert list(ways.village.dump()) == before
    assert told_back(ways.village) == ""
    ways.up()
    assert ways.down().look.counts["added"] >= 3
    assert len(ways.village.case(case.dispute.id).sessions) == 1
