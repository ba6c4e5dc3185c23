"""Hand edits: every change that means something is found, and nothing else is."""

import json
import random
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hand_edits import Hand, assert_found, read, rich_contents, rich_package
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from sample_packages import TODAY, counts_for

from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.exchange import telling
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER, SESSIONS, SHEETS, SUMMARY, WORKS
from mediation_desk.exchange.edits import Edit
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.writing import write_package

Change = Callable[[Workbook], object]


@pytest.mark.parametrize("seed", range(15))
def test_random_edits_are_found_exactly(tmp_path: Path, seed: int) -> None:
    contents, path = rich_package(seed, 10, tmp_path / "a.xlsx")
    records = read(path).records
    done = Hand(contents, path, random.Random(seed)).work(tmp_path / "b.xlsx")
    assert_found(read(tmp_path / "b.xlsx"), records, done)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A masked package in which the second case has several parties on a side."""
    return rich_package(2, 8, tmp_path_factory.mktemp("edits") / "a.xlsx")[1]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_package(3, 8, tmp_path_factory.mktemp("full") / "a.xlsx")[1]


def _after(package: Path, folder: Path, change: Change) -> Incoming:
    book = load_workbook(package, data_only=True)
    change(book)
    book.save(folder / "edited.xlsx")
    return read(folder / "edited.xlsx")


def _at(book: Workbook, head: str, row: int = 1, sheet: str = LEDGER.title) -> object:
    grid = book[sheet]
    column = next(cell.column for cell in grid[FIRST_ROW - 1] if cell.value == head)
    return grid.cell(FIRST_ROW - 1 + row, column)


def _put(head: str, value: object, row: int = 1, sheet: str = LEDGER.title) -> Change:
    return lambda book: setattr(_at(book, head, row, sheet), "value", value)


def _rules(incoming: Incoming) -> set[str]:
    return {problem.rule for problem in incoming.problems if problem.rule.startswith("W")}


def _one(incoming: Incoming) -> Edit:
    (edit,) = incoming.edits
    return edit


def test_every_column_says_which_field_it_shows() -> None:
    derived = {(sheet.title, column.head) for sheet in SHEETS for column in sheet.columns
               if column.derived}  # fmt: skip
    keys = {(sheet.title, head) for sheet in SHEETS for head in sheet.key} - {("案件台账", "编号")}
    assert derived - keys == {
        ("案件台账", "调解组织类别"), ("案件台账", "计入本期"), ("排查与普法", "计入本期"),
    }  # fmt: skip
    for sheet in SHEETS:
        for column in sheet.columns:
            for shown in column.shows:
                assert shown.field.name == shown.name


def test_an_edit_tells_old_new_and_cell(package: Path, tmp_path: Path) -> None:
    edit = _one(_after(package, tmp_path, _put("受理日期", "2026年10月30日")))
    assert (edit.sort, edit.kind, edit.field) == (ProposalSort.EDIT, "dispute", "intake_on")
    assert (edit.new, edit.new_shown) == ('"2026-10-30"', "2026年10月30日")
    assert edit.old == f'"{edit.old_shown}"'
    assert edit.place == f"案件台账!H{FIRST_ROW}"
    assert edit.record_id == edit.dispute_id


def test_a_changed_mask_is_about_the_real_name(tmp_path: Path) -> None:
    path = rich_package(4, 6, tmp_path / "a.xlsx")[1]  # sealed: sheets masked, records in full
    edit = _one(_after(path, tmp_path, _put("申请人", "郝大山")))
    record = next(entry for entry in read(path).records if entry.id == edit.record_id)
    assert isinstance(record, Party)
    assert edit.old == json.dumps(record.name, ensure_ascii=False)
    assert edit.old_shown == record.name[0] + "某某"
    assert (edit.new, edit.why) == ('"郝大山"', "")


def test_what_cannot_be_read_says_why(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _put("结案日期", "下个月")(book)
        _put("调解结果", "调成")(book)
        _put("人民调解员", "不认识的人")(book)
        _put("申请人", "蒲某某", row=3)(book)
        _put("涉及当事人数", None, row=3)(book)

    edits = {edit.field: edit for edit in _after(package, tmp_path, change).edits}
    assert set(edits) == {"closed_on", "outcome", "mediator_ids", "name", "people"}
    assert all(edit.why for edit in edits.values())
    assert json.loads(edits["closed_on"].new) == "下个月"


def test_what_the_program_works_out_is_told_and_is_no_edit(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _put("计入本期", "不计")(book)
        _put("次序", 77, row=2, sheet=SESSIONS.title)(book)
        _put("人员", "李明", row=2, sheet=WORKS.title)(book)
        book["封面"]["B8"] = "第99号"
        book[SUMMARY]["B9"] = 99

    incoming = _after(package, tmp_path, change)
    assert not [edit for edit in incoming.edits if edit.field != "screeners"]
    told = {problem.place for problem in incoming.problems if problem.rule == "W1"}
    assert {f"案件台账!V{FIRST_ROW}", f"调解记录!B{FIRST_ROW + 1}", "封面!B8", "汇总表!B9"} <= told


def test_a_formula_with_its_value_is_that_value_and_without_it_is_told(
    package: Path, tmp_path: Path
) -> None:
    people = read(package).records
    first = next(entry for entry in people if isinstance(entry, Dispute))
    book = load_workbook(package)
    _put("涉及当事人数", f"={first.people}+0")(book)
    book.save(tmp_path / "edited.xlsx")
    incoming = read(tmp_path / "edited.xlsx")
    assert not incoming.edits
    assert f"案件台账!M{FIRST_ROW}" in {p.place for p in incoming.problems if "公式" in p.message}


def test_swapped_numbers_are_two_edits_of_numbers(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        one, other = _at(book, "编号", 1), _at(book, "编号", 2)
        one.value, other.value = other.value, one.value

    incoming = _after(package, tmp_path, change)
    assert {(edit.field, edit.new) for edit in incoming.edits} == {("number", "2"), ("number", "1")}


def test_a_renumbered_row_keeps_its_other_edit(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _put("编号", "第88号", row=4)(book)
        _put("涉及当事人数", 19, row=4)(book)

    incoming = _after(package, tmp_path, change)
    assert {(edit.field, edit.new) for edit in incoming.edits} == {
        ("number", "88"),
        ("people", "19"),
    }
    assert "W3" not in _rules(incoming)


def test_a_number_that_other_sheets_follow_is_one_edit(package: Path, tmp_path: Path) -> None:
    label = "(2026)梨民调字第088号"

    def change(book: Workbook) -> None:
        old = _at(book, "编号", 4).value
        _put("编号", label, row=4)(book)
        for row in range(1, 20):
            cell = _at(book, "编号", row, SESSIONS.title)
            cell.value = label if cell.value == old else cell.value

    incoming = _after(package, tmp_path, change)
    assert _one(incoming).field == "number"
    assert not [problem for problem in incoming.problems if SESSIONS.title in problem.place]


def test_a_number_changed_in_one_sheet_alone_is_told(package: Path, tmp_path: Path) -> None:
    change = _put("编号", "(2026)梨民调字第088号", row=4, sheet=SESSIONS.title)
    incoming = _after(package, tmp_path, change)
    assert not incoming.edits
    assert f"调解记录!A{FIRST_ROW + 3}" in {problem.place for problem in incoming.problems}


def test_a_sheet_called_otherwise_is_known_by_its_heads(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _put("记录人", "何桂芳", row=2, sheet=SESSIONS.title)(book)
        book[SESSIONS.title].title = "记录（最终版）"
        book["汇总表"].title = "汇总 2"

    incoming = _after(package, tmp_path, change)
    assert (_one(incoming).field, _one(incoming).place) == ("recorder", "记录（最终版）!G6")
    assert sum("改名为" in problem.message for problem in incoming.problems) == 2


def test_another_committees_number_is_not_read(package: Path, tmp_path: Path) -> None:
    edit = _one(_after(package, tmp_path, _put("编号", "(2026)桃民调字第009号", row=4)))
    assert (edit.field, bool(edit.why)) == ("number", True)


def test_a_lost_column_loses_nothing(package: Path, tmp_path: Path) -> None:
    incoming = _after(package, tmp_path, lambda book: book[LEDGER.title].delete_cols(8, 3))
    assert not incoming.edits
    lost = [problem.message for problem in incoming.problems if problem.rule == "W4"]
    assert [word for word in ("受理日期", "结案日期", "案件状态") for m in lost if word in m]


def test_lost_heads_are_read_in_their_old_order(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book[LEDGER.title].delete_rows(FIRST_ROW - 1)
        grid = book[LEDGER.title]
        grid.cell(FIRST_ROW - 1, 13).value = 44

    incoming = _after(package, tmp_path, change)
    assert (_one(incoming).field, _one(incoming).new) == ("people", "44")


def test_a_column_called_otherwise_is_known_by_what_it_holds(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _at(book, "案件来源", 0).value = "从哪里来的"
        _at(book, "结案日期", 0).value = "办结\n时间"
        _put("涉及当事人数", 33)(book)

    incoming = _after(package, tmp_path, change)
    assert _one(incoming).field == "people"
    assert sum("仍按" in problem.message for problem in incoming.problems) == 2


def test_every_row_has_one_outcome(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        grid: Worksheet = book[LEDGER.title]
        last = grid.max_row
        for column, cell in enumerate(list(grid[FIRST_ROW]), 1):
            grid.cell(last + 2, column).value = cell.value  # a copy of a row
        for column, cell in enumerate(list(grid[FIRST_ROW - 1]), 1):
            grid.cell(last + 3, column).value = cell.value  # the heads again
        grid.cell(last + 4, 1).value = "合计"
        grid.cell(last + 5, 1).value = "(2026)梨民调字第077号"
        grid.delete_rows(FIRST_ROW + 3)
        book.create_sheet("其他")["A1"] = "别的"

    incoming = _after(package, tmp_path, change)
    counted = incoming.accounting
    assert (counted.strangers, counted.ignored) == (1, 4)
    assert len([problem for problem in incoming.problems if problem.rule == "W3"]) == 1
    assert _one(incoming).sort is ProposalSort.ROW


def test_a_local_type_that_does_not_fit_is_asked(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _put("纠纷类型", "合同纠纷")(book)
        _put("本地类型", "檐水纠纷")(book)

    edits = _after(package, tmp_path, change).edits
    assert edits
    assert all(edit.why for edit in edits)


def test_too_many_changes_are_no_edits_but_are_told(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_EDITS", 3)
    incoming = _after(
        package,
        tmp_path,
        lambda book: [_put("涉及当事人数", 50 + row, row)(book) for row in range(1, 6)],
    )
    assert not incoming.edits
    assert [problem for problem in incoming.problems if "多于3处" in problem.message]


def test_parties_are_told_apart_in_a_joined_cell(full: Path, tmp_path: Path) -> None:
    records = read(full).records
    shown = load_workbook(full)[LEDGER.title]
    column = LEDGER.number_of("申请人", personal=True)
    row = next(number for number in range(FIRST_ROW, shown.max_row + 1)
               if "、" in str(shown.cell(number, column).value))  # fmt: skip
    names = str(shown.cell(row, column).value).split("、")

    def change(book: Workbook) -> None:
        book[LEDGER.title].cell(row, column).value = "、".join([*names[:-1], "郝新新"])

    edit = _one(_after(full, tmp_path, change))
    party = next(entry for entry in records if entry.id == edit.record_id)
    assert (getattr(party, "name", ""), edit.new) == (names[-1], '"郝新新"')
    swapped = _after(
        full, tmp_path, lambda book: setattr(
            book[LEDGER.title].cell(row, column), "value", "，".join(reversed(names)))
    )  # fmt: skip
    assert not swapped.edits


def test_an_untouched_package_has_no_edits(tmp_path: Path) -> None:
    contents = rich_contents(5, 12)
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    incoming = read_package(path, TODAY)
    assert not incoming.edits
    assert not _rules(incoming)
    disputes = [entry for entry in incoming.records if isinstance(entry, Dispute)]
    assert incoming.rows == {entry.id: number for number, entry in enumerate(
        sorted(disputes, key=lambda entry: entry.number), FIRST_ROW)}  # fmt: skip
    assert disputes[0].intake_on != date.min


def _joined(head: str, first: int, last: int) -> Change:
    def change(book: Workbook) -> None:
        one, other = _at(book, head, first), _at(book, head, last)
        book[LEDGER.title].merge_cells(f"{one.coordinate}:{other.coordinate}")

    return change


def test_equal_cells_joined_before_printing_are_no_edit(package: Path, tmp_path: Path) -> None:
    book = load_workbook(package, data_only=True)
    told = [_at(book, "案件来源", row).value for row in range(1, 9)]
    row = next(place for place, pair in enumerate(pairwise(told), 1) if pair[0] == pair[1])
    assert told[row]
    assert _after(package, tmp_path, _joined("案件来源", row, row + 1)).edits == ()


def test_other_cells_joined_say_what_the_first_says(package: Path, tmp_path: Path) -> None:
    def told(row: int) -> object:
        return _at(load_workbook(package, data_only=True), "受理日期", row).value

    assert told(1) != told(2)
    edit = _one(_after(package, tmp_path, _joined("受理日期", 1, 2)))
    assert edit.field == "intake_on"
    assert edit.new != '""'
    assert edit.new_shown


def test_a_comment_on_a_cell_is_told_with_its_place(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        _at(book, "协议涉及金额(元)", 1).comment = Comment("实际是3000元", "x")

    incoming = _after(package, tmp_path, change)
    (told,) = [problem for problem in incoming.problems if "批注" in problem.message]
    assert (told.place, incoming.edits) == (f"案件台账!N{FIRST_ROW}", ())


def test_a_formula_without_a_value_in_a_typed_row_is_told(package: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book[LEDGER.title]
        row = sheet.max_row + 1
        _at(book, "申请人", row - FIRST_ROW + 1).value = "陈一"
        _at(book, "涉及当事人数", row - FIRST_ROW + 1).value = "=1+1"

    incoming = _after(package, tmp_path, change)
    assert [edit.sort for edit in incoming.edits] == [ProposalSort.ROW]
    assert [p.message for p in incoming.problems if "公式" in p.message]
