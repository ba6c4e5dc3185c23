"""Everything in the office's register and every figure of its table opens the file it came from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import TODAY, a_case, a_unit, moved
from openpyxl import Workbook, load_workbook

from mediation_desk.desk.deciding import decide, open_proposals
from mediation_desk.desk.ledger_look import Told
from mediation_desk.desk.provenance import Source, behind, provenance
from mediation_desk.desk.receiving import receive_all
from mediation_desk.desk.recording import keep_case
from mediation_desk.desk.reporting import township_table
from mediation_desk.desk.sending import calibre_of
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.store.register import Register

CLERK, WHO = "罗晓", "陶素芬"
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


def take(office: Register, path: Path, on: date = TODAY, told: Told | None = None) -> int:
    (got,) = receive_all(office, [path], CLERK, on, told=told)
    assert got.act, got.words
    return got.act


def line_at(folder: Path, source: Source) -> list[str]:
    """The row of a file to which a source points."""
    book = load_workbook(folder / source.file_name)
    sheet, _, cell = source.place.rpartition("!")
    return [str(entry.value) for entry in book[sheet][book[sheet][cell].row]]


def changed(village: Register, case: CaseFile, kind: str, **values: object) -> None:
    column = "id" if kind == "dispute" else "dispute_id"
    (record,) = village.all(kind, **{column: case.dispute.id})
    with village.change(WHO, "更正") as change:
        change.keep(replace(record, **values))


def test_a_dispute_tells_every_file_that_brought_or_changed_it(
    office: Register, village: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    record(date(2026, 6, 1))
    case = record(date(2026, 8, 10))
    take(office, sent(AUGUST), date(2026, 9, 4))
    changed(village, case, "session", result=case.sessions[0].result, place="石板桥头")
    changed(village, case, "dispute", people=5)
    take(office, sent(SEPTEMBER), date(2026, 10, 4))
    # What came again without a change brought nothing.
    take(office, sent(SEPTEMBER, "again.xlsx"), date(2026, 10, 6))
    found = provenance(office, case.dispute.id)
    assert found.row.unit_name == "梨子园村"
    first, second = found.sources
    assert (first.file_name, first.number, first.did) == ("2026-08.xlsx", 1, "新登记")
    assert (first.received_on, first.received_by) == (date(2026, 9, 4), CLERK)
    assert (second.file_name, second.number) == ("2026-09.xlsx", 2)
    assert second.did == "改动了纠纷登记、调解记录"
    for source in found.sources:
        assert found.row.number in line_at(tmp_path, source)
    assert "先后来自2个文件，最近一个是“2026-09.xlsx”，累计第2份，案件台账!A" in found.words
    assert "2026-10-04 罗晓接收" in found.words


def test_what_was_undone_brought_nothing(
    office: Register, village: Register, record: Keep, sent: Send
) -> None:
    case = record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    changed(village, case, "dispute", people=5)
    act = take(office, sent(SEPTEMBER))
    assert len(provenance(office, case.dispute.id).sources) == 2
    undo(office, act, CLERK)
    (source,) = provenance(office, case.dispute.id).sources
    assert source.file_name == "2026-08.xlsx"
    # Taken again it is the same.
    take(office, village.folder.parent / "2026-09.xlsx")
    assert [entry.file_name for entry in provenance(office, case.dispute.id).sources] == [
        "2026-08.xlsx",
        "2026-09.xlsx",
    ]


def test_every_figure_opens_village_file_and_row(
    office: Register, village: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    kept = [record(date(2026, 8, 10)), record(date(2026, 6, 2)), record(date(2026, 8, 20))]
    take(office, sent(date(2026, 6, 1)))
    take(office, sent(AUGUST))
    assert len(office.all("dispute")) == len(kept)
    kept.append(record(date(2026, 9, 20), settled=False))
    changed(village, kept[1], "agreement", amount_fen=777_00)
    take(office, sent(SEPTEMBER))
    own = office.committee
    assert own is not None
    case = moved(a_case(unit_id=own.id), date(2026, 3, 9))
    mine = keep_case(office, None, case, CLERK, "登记", TODAY)
    calibre = calibre_of(office, year(2026))
    table = township_table(office, calibre)
    assert table.grand_total.values[0] == 5
    files = {}
    for column in COLUMNS:
        for entry in behind(office, calibre, (), column.figure):
            if entry.row.dispute.id == mine.dispute.id:
                assert entry.source is None
                assert entry.words == "本单位登记"
                continue
            assert entry.source is not None
            assert entry.row.unit_name == "梨子园村"
            assert entry.row.number in line_at(tmp_path, entry.source), column.title
            files[entry.row.dispute.id] = entry.source.file_name
    # The one whose amount came later is counted as the later file says.
    august, september = "2026-08.xlsx", "2026-09.xlsx"
    expected = [august, september, august, september]
    assert [files[case.dispute.id] for case in kept] == expected
    assert len(behind(office, calibre, (), COLUMNS[0].figure)) == 5
    assert len(behind(office, calibre, [own.id], COLUMNS[0].figure)) == 1


def test_a_ledger_kept_by_hand_is_told_with_its_sheet(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    unit = next(entry for entry in office.units() if entry.name == "梨子园村")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "九月"
    heads = (
        "序号 受理日期 申请人 被申请人 纠纷类型 纠纷简要情况 案件来源 调解结果 协议形式 "
        "结案日期 履行情况"
    ).split()
    case = (
        "1 2026年9月8日 周明 何强 邻里纠纷 争路 当事人申请(口头) 调解成功 口头协议 "
        "2026年9月9日 已履行"
    ).split()
    for cells in (["梨子园村2026年9月人民调解台账"], heads, case):
        sheet.append(cells)
    book.save(tmp_path / "手工.xlsx")
    take(office, tmp_path / "手工.xlsx", TODAY, Told(unit_id=unit.id))
    (party,) = office.all("party", name="周明")
    found = provenance(office, party.dispute_id)  # type: ignore[attr-defined]
    (source,) = found.sources
    assert (source.file_name, source.number) == ("手工.xlsx", 0)
    assert source.place.startswith("九月!")
    assert "周明" in line_at(tmp_path, source)
    assert "来自手工台账“手工.xlsx”，九月!" in found.words


def test_what_was_taken_out_of_the_sheets_tells_its_cell(
    office: Register, record: Keep, sent: Send, tmp_path: Path
) -> None:
    case = record(date(2026, 8, 10))
    path = sent(AUGUST)
    book = load_workbook(path, data_only=True)
    sheet = book[LEDGER.title]
    sheet.cell(FIRST_ROW, LEDGER.number_of("涉及当事人数", personal=False)).value = 7
    book.save(tmp_path / "改过.xlsx")
    take(office, tmp_path / "改过.xlsx")
    (asked,) = open_proposals(office)
    assert len(provenance(office, case.dispute.id).sources) == 1
    decide(office, [asked.id], ProposalState.TAKEN, CLERK, TODAY)
    _, source = provenance(office, case.dispute.id).sources
    assert (source.file_name, source.place) == ("改过.xlsx", asked.place)
    assert (source.number, source.did) == (1, "改动了纠纷登记")
    assert "7" in line_at(tmp_path, source)
    people = COLUMNS[1]
    (entry,) = behind(office, calibre_of(office, year(2026)), (), people.figure)
    assert entry.source == replace(source, did="")


@pytest.mark.parametrize("answer", [ProposalState.TAKEN, ProposalState.KEPT])
def test_a_question_brings_nothing_until_it_is_taken(
    office: Register, village: Register, record: Keep, sent: Send, answer: ProposalState
) -> None:
    case = record(date(2026, 8, 10))
    take(office, sent(AUGUST))
    changed(office, case, "dispute", people=6)
    changed(village, case, "dispute", people=7)
    take(office, sent(SEPTEMBER))
    (asked,) = open_proposals(office)
    assert [entry.file_name for entry in provenance(office, case.dispute.id).sources] == [
        "2026-08.xlsx"
    ]
    decide(office, [asked.id], answer, CLERK, TODAY)
    sources = provenance(office, case.dispute.id).sources
    taken = answer is ProposalState.TAKEN
    assert [entry.file_name for entry in sources[1:]] == (["2026-09.xlsx"] if taken else [])
    (entry,) = behind(office, calibre_of(office, year(2026)), (), COLUMNS[1].figure)
    assert entry.source is not None
    assert entry.source.act == sources[-1].act


def test_what_was_registered_here_came_from_no_file(village: Register, record: Keep) -> None:
    case = record(date(2026, 8, 10))
    found = provenance(village, case.dispute.id)
    assert found.sources == ()
    assert found.words == "在本单位登记。"
    with pytest.raises(DeskError, match="不在登记簿里"):
        provenance(village, "nobody")


def test_a_case_of_others_without_a_file_is_not_called_our_own(office: Register) -> None:
    case = a_case()
    with office.change(CLERK, "补录", "edit") as change:
        change.adopt([a_unit(revision=1), *(replace(r, revision=1) for r in case.records())])
    (entry,) = behind(office, calibre_of(office, year(2026)), (), COLUMNS[1].figure)
    assert (entry.source, entry.own) == (None, False)
    assert entry.words == "没有记下是哪个文件"


def test_a_batch_from_before_receipts_is_known_by_itself(office: Register) -> None:
    case = a_case()
    with office.change(CLERK, "接收 梨子园村 2026年8月", "import") as change:
        change.adopt([a_unit(revision=1), *(replace(r, revision=1) for r in case.records())])
    found = provenance(office, case.dispute.id)
    (source,) = found.sources
    assert source.file_name == "接收 梨子园村 2026年8月"
    assert source.place == ""
    assert source.received_by == CLERK
