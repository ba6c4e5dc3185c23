"""What a received workbook is told to be wrong with, cell by cell, and what it is refused for."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sample_packages import (
    TODAY,
    VILLAGE,
    counts_for,
    each_changed,
    made_contents,
    made_head,
    records_of,
)

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.record import unit_id
from mediation_desk.exchange.columns import EXACT, LEDGER, SESSIONS, SUMMARY
from mediation_desk.exchange.exact import NoExactCopy
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.incoming import Incoming, read_package
from mediation_desk.exchange.writing import write_package
from mediation_desk.figures.calibre import Calibre


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    contents = made_contents(6)
    path = tmp_path_factory.mktemp("package") / "a.xlsx"
    return write_package(contents, counts_for(contents), path).path


def _edited(package: Path, folder: Path, edit: Callable[[Workbook], object]) -> Path:
    """The package as somebody saved it after an edit; values stay where formulas were."""
    book = load_workbook(package, data_only=True)
    edit(book)
    path = folder / "edited.xlsx"
    book.save(path)
    return path


def _told(incoming: Incoming, rule: str) -> list[Problem]:
    return [problem for problem in incoming.problems if problem.rule == rule]


def _set(sheet: str, cell: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: setattr(book[sheet][cell], "value", value)


def test_resaving_alone_changes_nothing(package: Path, tmp_path: Path) -> None:
    incoming = read_package(_edited(package, tmp_path, lambda _: None), TODAY)
    assert incoming.records == read_package(package, TODAY).records
    assert not [p for p in incoming.problems if p.rule.startswith(("W", "R"))]


def test_edited_cell_is_found_with_its_place(package: Path, tmp_path: Path) -> None:
    path = _edited(package, tmp_path, _set(LEDGER.title, "B7", "王五"))
    incoming = read_package(path, TODAY)
    (found,) = _told(incoming, "W1")
    assert found.place == "案件台账!B7"
    assert "王五" in found.message
    assert "待处理" in found.mend
    assert incoming.records == read_package(package, TODAY).records
    assert (incoming.accounting.changed, incoming.accounting.strangers) == (1, 0)


def test_edited_number_and_day_are_found(package: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book[LEDGER.title].cell(6, LEDGER.number_of("涉及当事人数", personal=False)).value = 9
        book[SESSIONS.title].cell(8, SESSIONS.number_of("日期", personal=False)).value = date(
            2026, 1, 2
        )

    found = _told(read_package(_edited(package, tmp_path, edit), TODAY), "W1")
    assert [problem.place for problem in found] == ["案件台账!M6", "调解记录!D8"]
    assert "2026-01-02" in found[1].message


def test_sorted_rows_are_still_recognised(package: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[LEDGER.title]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        for number, row in enumerate(reversed(rows), 5):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    incoming = read_package(_edited(package, tmp_path, edit), TODAY)
    assert not [p for p in incoming.problems if p.rule.startswith("W")]
    assert incoming.accounting.same == incoming.accounting.rows


def test_added_copied_and_lost_rows_are_told(package: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[LEDGER.title]
        for column, cell in enumerate(list(sheet[5]), 1):
            sheet.cell(14, column).value = cell.value  # a copy below a gap
        sheet["A13"] = "手写第9号"
        sheet.delete_rows(8)

    incoming = read_package(_edited(package, tmp_path, edit), TODAY)
    strangers = _told(incoming, "W2")
    assert [problem.place for problem in strangers] == ["案件台账!A12", "案件台账!A13"]
    assert "手写第9号" in strangers[0].message
    (lost,) = _told(incoming, "W3")
    assert "第004号" in lost.message
    assert (incoming.accounting.strangers, incoming.accounting.ignored) == (1, 1)


def test_moved_extra_and_lost_columns_are_told(package: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[LEDGER.title]
        sheet.delete_cols(4)
        sheet.insert_cols(2)
        sheet["B4"] = "备注"

    found = _told(read_package(_edited(package, tmp_path, edit), TODAY), "W4")
    assert [problem.place for problem in found] == ["案件台账!B4", "案件台账!A4"]
    assert "备注" in found[0].message
    assert "第三人" in found[1].message


def test_lost_sheet_is_told(package: Path, tmp_path: Path) -> None:
    path = _edited(package, tmp_path, lambda book: book.remove(book[SESSIONS.title]))
    (found,) = _told(read_package(path, TODAY), "W4")
    assert "调解记录" in found.message


def test_broken_identity_is_told_and_not_repaired(package: Path, tmp_path: Path) -> None:
    path = _edited(package, tmp_path, _set(SUMMARY, "B9", 99))
    incoming = read_package(path, TODAY)
    broken = {problem.rule for problem in incoming.problems if problem.rule.startswith("R")}
    assert broken >= {"R1", "R2", "R4"}
    assert {p.place for p in incoming.problems if p.rule == "R1"} == {"汇总表!B9"}
    (differs,) = _told(incoming, "W1")
    assert differs.place == "汇总表!B9"
    assert load_workbook(path)[SUMMARY]["B9"].value == 99
    assert incoming.records == read_package(package, TODAY).records


def test_persons_without_events_break_rule_eight(package: Path, tmp_path: Path) -> None:
    book = load_workbook(package)
    place = next(
        cell.coordinate for row in book[SUMMARY].iter_rows(min_row=15) for cell in row
        if cell.value == 45
    )  # fmt: skip
    below = place[0] + str(int(place[1:]) + 1)
    incoming = read_package(_edited(package, tmp_path, _set(SUMMARY, below, 0)), TODAY)
    assert [problem.place for problem in _told(incoming, "R8")] != []


def test_rules_are_told_with_the_cell_of_the_case(tmp_path: Path) -> None:
    contents = made_contents(3)
    first = next(entry for entry in records_of(contents) if isinstance(entry, Dispute))
    wrong = replace(first, closed_on=date(2026, 9, 1))
    contents = each_changed(contents, lambda entry: wrong if entry is first else entry)
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    found = [p for p in read_package(path, TODAY).problems if p.place == "案件台账!I5"]
    assert found
    assert all("第001号" in problem.message for problem in found)


def test_number_used_twice_is_told(tmp_path: Path) -> None:
    contents = each_changed(
        made_contents(3),
        lambda entry: replace(entry, number=1) if isinstance(entry, Dispute) else entry,
    )
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    assert len(_told(read_package(path, TODAY), "W8")) == 3


def test_file_of_another_unit_is_refused(tmp_path: Path) -> None:
    other = Unit(
        id=unit_id("10", "500230118202"), revision=1, code="500230118202", name="桃树村",
        kind=UnitKind.VILLAGE,
    )  # fmt: skip
    contents = replace(made_contents(3), head=made_head(unit=other))
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    with pytest.raises(WorkbookUnreadable, match=r"桃树村.*另一个单位"):
        read_package(path, TODAY)


def test_cover_of_another_unit_is_refused(package: Path, tmp_path: Path) -> None:
    path = _edited(package, tmp_path, _set("封面", "B3", "桃树村"))
    with pytest.raises(WorkbookUnreadable, match=r"桃树村.*另一个单位"):
        read_package(path, TODAY)


def test_file_from_next_year_is_refused(tmp_path: Path) -> None:
    contents = made_contents(3, calibre=Calibre(month(2027, 1)))
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    with pytest.raises(WorkbookUnreadable, match=r"2027年1月.*还没有到"):
        read_package(path, TODAY)
    assert read_package(path, date(2027, 1, 1)).head.unit == VILLAGE


def _exact(package: Path, folder: Path, edit: Callable[[list[str]], None]) -> Path:
    def change(book: Workbook) -> None:
        sheet = book[EXACT]
        cells = [str(row[0].value) for row in sheet.iter_rows()]
        edit(cells)
        for number, text in enumerate(cells, 1):
            sheet.cell(number, 1).value = text

    return _edited(package, folder, change)


def test_lost_or_damaged_exact_copy_is_refused(package: Path, tmp_path: Path) -> None:
    def lose(book: Workbook) -> None:
        book.remove(book[EXACT])

    def flip(cells: list[str]) -> None:
        cells[1] = cells[1][:50] + ("A" if cells[1][50] != "A" else "B") + cells[1][51:]

    def cut(cells: list[str]) -> None:
        cells[1] = cells[1][:-40]

    def forge(cells: list[str]) -> None:
        cells[0] = cells[0].replace('"number":7', '"number":8')

    def newer(cells: list[str]) -> None:
        cells[0] = cells[0].replace('"format":2', '"format":3')

    def bomb(cells: list[str]) -> None:
        pressed = zlib.compress(bytes(600 << 20))
        cells[1] = base64.b64encode(pressed).decode()[:32_000]

    with pytest.raises(NoExactCopy, match="没有调解台的程序内记录"):
        read_package(_edited(package, tmp_path, lose), TODAY)
    for edit, words in (
        (flip, "已损坏"),
        (cut, "已损坏"),
        (forge, "与校验值不符"),
        (newer, "更新版本"),
        (bomb, "已损坏"),
    ):
        with pytest.raises(NoExactCopy, match=words):
            read_package(_exact(package, tmp_path, edit), TODAY)


def test_an_error_value_is_told(package: Path, tmp_path: Path) -> None:
    path = _edited(package, tmp_path, _set(LEDGER.title, "B7", "#N/A"))
    incoming = read_package(path, TODAY)
    assert [p.place for p in _told(incoming, "W1")] == ["案件台账!B7"]
