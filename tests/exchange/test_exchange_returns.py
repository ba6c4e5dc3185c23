"""The file that takes returned cases to a village: what is written is what is read."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sample_packages import VILLAGE, made_head

from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.records import canonical
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import Enrolment, Receipt
from mediation_desk.exchange import exact
from mediation_desk.exchange.cells import Tally
from mediation_desk.exchange.columns import EXACT
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.hidden import AnotherKind, NoExactCopy
from mediation_desk.exchange.incoming import read_package
from mediation_desk.exchange.returns import encoded, head_for, read_returns
from mediation_desk.exchange.returns_sheets import GIVEN_BACK, RECEIPTS, ReturnLine, receipt_values
from mediation_desk.exchange.returns_writing import GoingBack, write_returns

DAY = date(2026, 11, 23)
Resave = Callable[[Path], Path]
# What looks like a formula, a markup, a long number, and what no sheet may hold.
TEXTS = ("=1+1", "<b>&amp;</b>\n第二行", "500230196803141234", "缺\x07盖章\ud83d日期", "好" * 3000)


def a_return(number: int, words: str, **changes: object) -> Return:
    values = {
        "id": f"{number:032x}",
        "revision": 1,
        "personal_revision": 1,
        "unit_id": VILLAGE.id,
        "dispute_id": "d" * 32,
        "words": words,
        "returned_on": DAY,
        "returned_by": "罗晓",
    }
    return Return(**(values | changes))


def lines(*entries: Return) -> list[ReturnLine]:
    return [
        ReturnLine(f"(2026)梨民调字第{n:03d}号", "秦某某 — 蒋某某", entry)
        for n, entry in enumerate(entries, 1)
    ]


@pytest.fixture
def head():
    return head_for("f" * 32, VILLAGE, "双龙司法所", "罗晓", DAY)


@pytest.fixture
def written(head, tmp_path: Path) -> Path:
    entries = [a_return(n, words) for n, words in enumerate(TEXTS)]
    path = tmp_path / "梨子村退回意见.xlsx"
    write_returns(head, lines(*entries), path)
    return path


def test_what_is_written_is_what_is_read(head, written: Path) -> None:
    got = read_returns(written)
    assert (got.head, got.problems, got.rejected) == (head, (), ())
    clean = [text.replace("\ud83d", "") for text in TEXTS]
    assert [entry.words for entry in got.records] == clean


def test_people_read_number_parties_words_day_and_clerk(written: Path) -> None:
    book = load_workbook(written)
    sheet = book[GIVEN_BACK.title]
    assert [cell.value for cell in sheet[4]] == ["编号", "当事人", "退回意见", "退回日期", "退回人"]
    first = [cell.value for cell in sheet[5]]
    assert first[:3] == ["(2026)梨民调字第001号", "秦某某 — 蒋某某", "=1+1"]
    assert sheet["C5"].data_type == "s"
    assert (first[3].date(), first[4]) == (DAY, "罗晓")
    assert "梨子村" in sheet["A2"].value
    assert book[EXACT].sheet_state == "veryHidden"
    assert not list(written.parent.glob(".*.part"))


def test_neither_kind_is_ever_taken_for_the_other(written: Path) -> None:
    with pytest.raises(AnotherKind, match="不是报送文件"):
        read_package(written, DAY)
    cells = exact.Encoder(made_head(), Tally()).finished()[1]
    package = written.with_name("package.xlsx")
    _with_copy(written, package, cells)
    with pytest.raises(AnotherKind, match="这是报送文件"):
        read_returns(package)


def _with_copy(source: Path, target: Path, cells: list[str]) -> None:
    """The workbook with another exact copy in it."""
    book = load_workbook(source)
    del book[EXACT]
    sheet = book.create_sheet(EXACT)
    for cell in cells:
        sheet.append([cell])
    book.save(target)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit_name": "别的村"}, "校验值不符"),
        ({"made_on": "2026-11-24"}, "校验值不符"),
        ({"mark": ["mediation-desk-returns"]}, "没有调解台的程序内记录"),
        ({"format": 3}, "更新版本"),
        ({"number": 2}, "校验值不符"),
        ({"span": 2}, "校验值不符"),
        ({"wanted": [3]}, "校验值不符"),
        ({"format": "1"}, "更新版本"),
    ],
)
def test_a_changed_description_is_refused(
    head, written: Path, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    cells = encoded(head, [a_return(1, "缺盖章。")], Tally())[1]
    cells[0] = canonical(json.loads(cells[0]) | change)
    _with_copy(written, tmp_path / "forged.xlsx", cells)
    with pytest.raises(NoExactCopy, match=said):
        read_returns(tmp_path / "forged.xlsx")


def test_a_cut_copy_and_none_at_all_are_refused(head, written: Path, tmp_path: Path) -> None:
    cells = encoded(head, [a_return(1, "缺盖章。")], Tally())[1]
    _with_copy(written, tmp_path / "cut.xlsx", [cells[0], cells[1][:-8]])
    with pytest.raises(NoExactCopy, match="已损坏"):
        read_returns(tmp_path / "cut.xlsx")
    _with_copy(written, tmp_path / "none.xlsx", [])
    with pytest.raises(NoExactCopy, match="没有调解台的程序内记录"):
        read_returns(tmp_path / "none.xlsx")
    (tmp_path / "half.xlsx").write_bytes(written.read_bytes()[:2000])
    with pytest.raises(WorkbookUnreadable):
        read_returns(tmp_path / "half.xlsx")


def test_records_of_another_unit_or_kind_are_not_taken(head, tmp_path: Path) -> None:
    foreign = a_return(1, "缺盖章。", unit_id="u" * 32)
    path = tmp_path / "foreign.xlsx"
    write_returns(head, lines(foreign), path)
    with pytest.raises(WorkbookUnreadable, match="属于另一个单位"):
        read_returns(path)
    own = Enrolment(id="e" * 32, unit_id=VILLAGE.id, made_on=DAY, invitation="")
    cells = encoded(head, [own, a_return(1, "缺盖章。")], Tally())[1]
    _with_copy(path, tmp_path / "own.xlsx", cells)
    got = read_returns(tmp_path / "own.xlsx")
    assert ([entry.kind for entry in got.rejected], len(got.records)) == (["enrolment"], 1)


def test_an_edited_sheet_is_told_and_the_words_stay_the_offices(written: Path) -> None:
    book = load_workbook(written)
    book[GIVEN_BACK.title]["C5"].value = "没有问题"
    edited = written.with_name("edited.xlsx")
    book.save(edited)
    got = read_returns(edited)
    (told,) = got.problems
    assert "被改动过" in told.message
    assert got.records[0].words == "=1+1"


def test_a_receipt_stands_in_its_sheet_and_a_changed_one_is_told(head, tmp_path: Path) -> None:
    receipt = Receipt(
        id="c" * 32,
        revision=1,
        unit_id=VILLAGE.id,
        package_id="p" * 32,
        number=3,
        digest="0123456789abcdef" * 4,
        file_name="梨子村2026年9月人民调解报表.xlsx",
        received_on=DAY,
        received_by="罗晓",
        added=12,
        rejected=1,
        remarks="(2026)梨民调字第003号当事人：它所属的纠纷不在文件中。",
    )
    path = tmp_path / "receipt.xlsx"
    write_returns(head, [], path, going=GoingBack(receipts=[receipt]))
    got = read_returns(path)
    assert (got.records, got.problems) == ((receipt,), ())
    book = load_workbook(path)
    told = [cell.value for cell in book[RECEIPTS.title][5]]
    assert (told[0], told[5], told[10], told[12]) == ("第3份", 12, 1, receipt.remarks)
    assert len(told) == len(receipt_values(receipt))
    book[RECEIPTS.title]["F5"].value = 13
    book.save(path)
    (problem,) = read_returns(path).problems
    assert "“回执”表被改动过" in problem.message


def test_sorted_and_saved_by_another_program_it_is_the_same(written: Path, resave: Resave) -> None:
    got = read_returns(resave(written))
    assert (len(got.records), got.problems) == (len(TEXTS), ())


def test_words_too_long_for_a_cell_leave_no_file(head, tmp_path: Path) -> None:
    target = tmp_path / "long.xlsx"
    with pytest.raises(DeskError, match="超过了一格"):
        write_returns(head, lines(a_return(1, "长" * 33_000)), target)
    assert not list(tmp_path.iterdir())
