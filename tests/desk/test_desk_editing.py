"""Hand edits on the office's desk: proposed, taken or settled, never silently."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from builders import TODAY, a_party
from openpyxl import load_workbook

from mediation_desk.desk.deciding import decide, open_proposals, questions
from mediation_desk.desk.editing import in_words
from mediation_desk.desk.receiving import LookState, Received, receive_all
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import PartyRole, ProposalSort, ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER, SESSIONS, Sheet
from mediation_desk.store.register import Register

CLERK = "罗晓"
AUGUST = date(2026, 8, 1)
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]
TAKEN, KEPT = ProposalState.TAKEN, ProposalState.KEPT


class Typist:
    """Types into cells of a received workbook by head, and saves it beside the original."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._book = load_workbook(path, data_only=True)
        self._personal = "申请人住址" in [
            cell.value for cell in self._book[LEDGER.title][FIRST_ROW - 1]
        ]

    def put(self, head: str, value: object, row: int = 1, sheet: Sheet = LEDGER) -> "Typist":
        column = sheet.number_of(head, personal=self._personal)
        self._book[sheet.title].cell(FIRST_ROW - 1 + row, column).value = value
        return self

    def beside(self, head: str, value: object, row: int = 1, after: int = 0) -> "Typist":
        """A word in a column of one's own, `after` others."""
        grid = self._book[LEDGER.title]
        column = len(LEDGER.shown(personal=self._personal)) + 1 + after
        grid.cell(FIRST_ROW - 1, column).value = head
        grid.cell(FIRST_ROW - 1 + row, column).value = value
        return self

    def saved(self, name: str = "改过.xlsx") -> Path:
        path = self._path.with_name(name)
        self._book.save(path)
        return path


def take_in(office: Register, path: Path) -> Received:
    (got,) = receive_all(office, [path], CLERK, TODAY)
    assert got.look.state in {LookState.READY, LookState.SAME}, got.words
    return got


def dispute_in(office: Register) -> Dispute:
    (found,) = office.all("dispute")
    return cast(Dispute, found)


def proposals(office: Register) -> list[Proposal]:
    return cast(list[Proposal], office.all("proposal"))


def take(office: Register, *entries: Proposal) -> int:
    return decide(office, [entry.id for entry in entries], TAKEN, CLERK, TODAY)


@pytest.fixture
def masked(record: Keep, sent: Send) -> Path:
    record(date(2026, 8, 10))
    return sent(AUGUST)


@pytest.fixture
def full(record: Keep, sent: Send) -> Path:
    record(date(2026, 8, 10))
    return sent(AUGUST, unmasked_for="双龙司法所")


def test_an_edit_changes_nothing_until_somebody_takes_it(office: Register, full: Path) -> None:
    got = take_in(office, Typist(full).put("涉及当事人数", "7人").saved())
    assert "手工改动1处" in got.words
    assert dispute_in(office).people == 2
    (asked,) = questions(office)
    assert (asked.base, asked.ours, asked.theirs) == ("2", "2", "7")
    assert asked.place == f"案件台账!M{FIRST_ROW}"
    take(office, asked.proposal)
    assert dispute_in(office).people == 7
    assert not open_proposals(office)
    assert office.verify() == []


def test_every_note_and_every_row_is_asked_by_itself(office: Register, full: Path) -> None:
    typist = Typist(full).beside("村主任意见", "同意").beside("去向", "已搬走", after=1)
    for row in (3, 4):
        typist.put("申请人", "陈一", row=row).put("纠纷类型", "邻里纠纷", row=row)
    take_in(office, typist.saved())
    found = open_proposals(office)
    notes = {entry.theirs for entry in found if entry.field_name == "remark"}
    assert notes == {'"村主任意见：同意"', '"去向：已搬走"'}
    assert len([entry for entry in found if entry.sort is ProposalSort.ROW]) == 2


def test_the_same_file_again_asks_nothing_twice(office: Register, full: Path) -> None:
    path = Typist(full).put("涉及当事人数", 7).saved()
    take_in(office, path)
    before = list(office.dump())
    assert take_in(office, path).look.state is LookState.SAME
    assert list(office.dump()) == before


def test_an_edited_copy_of_a_package_received_before_is_still_asked(
    office: Register, full: Path
) -> None:
    take_in(office, full)
    got = take_in(office, Typist(full).put("涉及当事人数", 7).saved())
    assert got.look.state is LookState.READY
    (entry,) = open_proposals(office)
    assert (entry.base, entry.ours, entry.theirs) == ("2", "2", "7")
    assert office.verify() == []


def test_a_kept_edit_stays_decided_until_it_says_something_else(
    office: Register, full: Path
) -> None:
    path = Typist(full).put("涉及当事人数", 7).saved()
    take_in(office, path)
    (entry,) = open_proposals(office)
    decide(office, [entry.id], KEPT, CLERK, TODAY)
    assert take_in(office, path).look.state is LookState.SAME
    take_in(office, Typist(full).put("涉及当事人数", 9).saved())
    (again,) = open_proposals(office)
    assert (again.id, again.theirs) == (entry.id, "9")


def test_a_second_copy_says_that_it_replaces_what_nobody_decided(
    office: Register, full: Path
) -> None:
    first = take_in(office, Typist(full).put("涉及当事人数", 7).saved("甲.xlsx"))
    assert not [entry for entry in first.look.problems if entry.rule == "M5"]
    second = take_in(office, Typist(full).put("涉及当事人数", 9).saved("乙.xlsx"))
    (told,) = (entry for entry in second.look.problems if entry.rule == "M5")
    assert "“甲.xlsx”报来的" in told.message
    assert told.place
    (left,) = open_proposals(office)
    decide(office, [left.id], KEPT, CLERK, TODAY)
    third = take_in(office, Typist(full).put("涉及当事人数", 8).saved("丙.xlsx"))
    assert not [entry for entry in third.look.problems if entry.rule == "M5"]


def test_what_the_register_says_already_is_settled(office: Register, full: Path) -> None:
    take_in(office, Typist(full).put("涉及当事人数", 7).saved())
    (entry,) = open_proposals(office)
    take(office, entry)
    other = Typist(full).put("涉及当事人数", 7).put("结案日期", "2026.8.30").saved("又改.xlsx")
    take_in(office, other)
    (left,) = open_proposals(office)
    assert left.field_name == "closed_on"
    assert len(proposals(office)) == 2


def test_an_edit_that_another_package_brought_before_is_settled_at_once(
    office: Register, full: Path, sent: Send
) -> None:
    take_in(office, Typist(full).put("涉及当事人数", 7).saved())
    take(office, *open_proposals(office))
    again = sent(AUGUST, "again.xlsx", unmasked_for="双龙司法所")
    take_in(office, Typist(again).put("涉及当事人数", 7).saved("又一份.xlsx"))
    assert not open_proposals(office)
    assert sorted(entry.state.label for entry in proposals(office)) == ["两边已一致", "已采用"]


def test_edits_of_one_record_are_taken_together(office: Register, full: Path) -> None:
    edited = Typist(full).put("受理日期", date(2026, 8, 6)).put("结案日期", "2026年10月7日").saved()
    take_in(office, edited)
    found = open_proposals(office)
    assert len(found) == 2
    take(office, *found)
    dispute = dispute_in(office)
    assert (dispute.intake_on, dispute.closed_on) == (date(2026, 8, 6), date(2026, 10, 7))
    assert dispute.revision == 2


def test_undoing_the_import_takes_the_questions_back(office: Register, full: Path) -> None:
    before = list(office.dump())
    got = take_in(office, Typist(full).put("涉及当事人数", 7).saved())
    undo(office, got.act, CLERK)
    assert list(office.dump()) == before


def test_what_is_no_value_is_told_and_cannot_be_taken(office: Register, full: Path) -> None:
    take_in(office, Typist(full).put("结案日期", "下个月").put("调解结果", "调成").saved())
    asked = questions(office)
    assert {entry.theirs for entry in asked} >= {'"下个月"', '"调成"'}
    assert all(entry.proposal.remark for entry in asked)
    for entry in asked:
        with pytest.raises(DeskError, match=r"不能直接采用.*打开这件纠纷改正"):
            take(office, entry.proposal)
    assert len(open_proposals(office)) == 2


def test_a_name_in_a_masked_package_is_no_name_to_write(office: Register, masked: Path) -> None:
    take_in(office, Typist(masked).put("申请人", "秦德芳").put("涉及当事人数", 5).saved())
    by_field = {entry.field_name: entry for entry in open_proposals(office)}
    assert by_field["name"].base == '"秦某某"'
    assert by_field["name"].theirs == '"秦德芳"'
    with pytest.raises(DeskError, match=r"脱敏.*退回"):
        take(office, by_field["name"])
    take(office, by_field["people"])
    dispute = dispute_in(office)
    assert (dispute.people, dispute.personal_revision) == (5, 0)


def test_a_masked_name_written_by_hand_is_never_taken(office: Register, full: Path) -> None:
    take_in(office, Typist(full).put("申请人", "蒲某某").saved())
    (entry,) = open_proposals(office)
    with pytest.raises(DeskError, match="脱敏的写法"):
        take(office, entry)


def test_a_name_added_becomes_a_party_and_one_struck_out_is_void(
    office: Register, village: Register, record: Keep, sent: Send
) -> None:
    case = record(date(2026, 8, 10))
    more = a_party(case.dispute.id, PartyRole.RESPONDENT, name="罗大山", position=2, revision=0)
    with village.change(CLERK, "添上") as change:
        change.keep(more)
    full = sent(AUGUST, unmasked_for="双龙司法所")
    left = next(party.name for party in case.parties if party.role is PartyRole.RESPONDENT)
    take_in(office, Typist(full).put("申请人", "秦德珍、秦大川").put("被申请人", left).saved())
    asked = {entry.proposal.field_name: entry for entry in questions(office)}
    assert "秦大川" in asked["name"].theirs
    take(office, *(entry.proposal for entry in asked.values()))
    held = office.case(dispute_in(office).id)
    assert held is not None
    assert [party.name for party in held.parties] == ["秦德珍", "秦大川", left]
    assert take_in(office, Typist(full).put("申请人", "秦德珍、秦大川").saved()).look.state


@pytest.mark.parametrize(
    ("head", "value", "rule"),
    [
        *(("受理日期", date(2026, 8, 3), "D5"), ("被申请人", None, "C1")),
        *(("受理日期", None, "D"), ("调解结果", None, "D"), ("结案日期", date(2026, 8, 1), "D")),
    ],
)
def test_an_edit_that_would_leave_its_case_wrong_is_not_taken(
    office: Register, full: Path, head: str, value: object, rule: str
) -> None:
    take_in(office, Typist(full).put(head, value).saved())
    before, asked = list(office.dump()), open_proposals(office)
    assert asked
    with pytest.raises(DeskError, match=rf"没有采用：\[{rule}.*退回给该单位"):
        take(office, *asked)
    assert list(office.dump()) == before
    decide(office, [entry.id for entry in asked], KEPT, CLERK, TODAY)
    assert not open_proposals(office)


def test_words_in_a_column_of_ones_own_become_a_remark(office: Register, full: Path) -> None:
    take_in(office, Typist(full).beside("领导批示", "尽快回访").saved())
    (entry,) = open_proposals(office)
    take(office, entry)
    assert dispute_in(office).remark.endswith("领导批示：尽快回访")
    assert take_in(
        office, Typist(full).beside("领导批示", "尽快回访").saved()
    ).look.state is LookState.SAME  # fmt: skip


NEW_CASE = {
    "编号": "(2026)梨民调字第009号", "申请人": "冉启明", "被申请人": "冉启亮，冉启刚",
    "纠纷类型": "邻里纠纷", "案件来源": "当事人申请(口头)", "受理日期": "2026.8.20",
    "结案日期": date(2026, 8, 21), "调解结果": "调解成功", "协议形式": "口头协议",
    "涉及当事人数": "3人", "协议涉及金额(元)": "1,200元", "疑难复杂": "否",
}  # fmt: skip


def typed_row(path: Path, **changes: object) -> Typist:
    typist = Typist(path)
    for head, value in (NEW_CASE | changes).items():
        typist.put(head, value, row=2)
    return typist


def row_of(office: Register) -> Proposal:
    (entry,) = [one for one in open_proposals(office) if one.sort is ProposalSort.ROW]
    return entry


def test_a_typed_row_becomes_a_dispute_with_its_number(office: Register, full: Path) -> None:
    take_in(office, typed_row(full).beside("备注栏", "集镇", row=2).saved())
    assert len(office.all("dispute")) == 1
    entry = row_of(office)
    assert entry.place == f"案件台账!A{FIRST_ROW + 1}"
    # Told in the order of the sheet; what nobody knows the place of comes last.
    heads = [part.partition("：")[0] for part in in_words(entry).split("；")]
    order = [column.head for column in LEDGER.columns]
    assert heads[:-1] == sorted(heads[:-1], key=order.index)
    assert len(heads) > 5
    assert heads[-1] == "备注栏"
    take(office, entry)
    (new,) = (one for one in cast(list[Dispute], office.all("dispute")) if one.number == 9)
    case = office.case(new.id)
    assert case is not None
    assert (new.people, new.intake_on, new.closed_on) == (3, date(2026, 8, 20), date(2026, 8, 21))
    assert [party.name for party in case.parties] == ["冉启明", "冉启亮", "冉启刚"]
    assert case.agreement is not None
    assert case.agreement.amount_fen == 120_000
    assert new.remark == "备注栏：集镇"
    assert take_in(office, typed_row(full).beside("备注栏", "集镇", row=2).saved()).act == 0
    assert office.verify() == []


def test_a_row_whose_number_is_taken_gets_the_next(office: Register, full: Path) -> None:
    take_in(office, typed_row(full, 编号="(2026)梨民调字第001号").saved())
    take(office, row_of(office))
    assert sorted(cast(Dispute, entry).number for entry in office.all("dispute")) == [1, 2]


def test_a_row_that_is_no_dispute_is_told_what_it_lacks(office: Register, full: Path) -> None:
    take_in(office, typed_row(full, 纠纷类型="吵架", 案件来源=None).saved())
    with pytest.raises(DeskError, match=r"纠纷类型.*案件来源.*照这一行登记"):
        take(office, row_of(office))
    assert len(office.all("dispute")) == 1


def test_a_typed_session_becomes_one_of_its_case(office: Register, full: Path) -> None:
    typist = Typist(full)
    rows = 1 + load_workbook(full)[SESSIONS.title].max_row - (FIRST_ROW - 1)
    label = load_workbook(full)[LEDGER.title].cell(FIRST_ROW, 1).value
    told = {"编号": label, "次序": 9, "记录类别": "回访", "日期": "2026-9-3", "回访形式": "电话"}
    for head, value in told.items():
        typist.put(head, value, row=rows, sheet=SESSIONS)
    take_in(office, typist.saved())
    before = len(office.all("session"))
    take(office, row_of(office))
    assert len(office.all("session")) == before + 1
