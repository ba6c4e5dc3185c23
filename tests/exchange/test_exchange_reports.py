"""The office's report: every number can be followed to its rows, and no name is in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sample_packages import counts_for, each_changed, made_contents
from sample_reports import made_report

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.basis import CASES, WORKS
from mediation_desk.exchange.report_writing import write_report
from mediation_desk.exchange.writing import write_package
from mediation_desk.figures.ministry import COLUMNS


def test_report_holds_table_definitions_and_basis(tmp_path: Path) -> None:
    head, table, units, basis = made_report()
    path = write_report(head, table, units, basis, tmp_path / "r.xlsx")
    book = load_workbook(path, data_only=True)
    assert book.sheetnames == ["汇总表", "纠纷类型", "指标说明", "图表", CASES, WORKS]
    for sheet in book:
        assert sheet["A3"].value == table.calibre.words()
    names = [sheet.value for sheet in book["汇总表"]["A"][8:16]]
    assert names == [
        "双龙镇",
        "双龙场社区",
        "梨子村",
        "梨子村（2）",
        "空白村",
        "下级上报总计",
        "本级上报总计",
        "总计",
    ]
    assert book[CASES].max_row == 4 + len(basis.cases)
    assert book[WORKS].max_row == 4 + len(basis.works)
    told = {cell.value for cell in book["指标说明"]["E"]}
    assert {column.figure.definition for column in COLUMNS} <= told


def test_every_figure_is_a_live_formula(tmp_path: Path) -> None:
    head, table, units, basis = made_report(20)
    path = write_report(head, table, units, basis, tmp_path / "r.xlsx")
    sheet = load_workbook(path)["汇总表"]
    tops = [row for row in range(1, 60) if sheet.cell(row, 1).value == "栏次"]
    live = [
        str(sheet.cell(top + 1 + line, column).value)
        for top in tops
        for line in range(len(table.lines) + 3)
        for column in range(3, 22)
        if isinstance(sheet.cell(top, column).value, int)
    ]
    assert len(live) == 49 * (len(table.lines) + 3)
    assert all(text.startswith("=") for text in live)


def test_table_that_its_rows_do_not_give_is_refused(tmp_path: Path) -> None:
    head, table, units, basis = made_report(20)
    with pytest.raises(DeskError, match="统计表与统计依据不一致"):
        write_report(head, table, units, replace(basis, cases=basis.cases[1:]), tmp_path / "r.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_empty_report_has_no_shares(tmp_path: Path) -> None:
    head, table, units, basis = made_report(0)
    path = write_report(head, table, units, basis, tmp_path / "r.xlsx")
    sheet = load_workbook(path, data_only=True)["纠纷类型"]
    assert {sheet.cell(row, 3).value for row in range(6, 24)} == {None}


def test_broken_identity_shows_in_the_workbook_itself(
    tmp_path: Path, resave: Callable[[Path], Path]
) -> None:
    contents = each_changed(
        made_contents(8),
        lambda entry: (
            replace(entry, type="88") if isinstance(entry, Dispute) and entry.number == 1 else entry
        ),
    )
    path = write_package(contents, counts_for(contents), tmp_path / "a.xlsx").path
    load_workbook(path).save(tmp_path / "bare.xlsx")
    for file in (path, resave(tmp_path / "bare.xlsx")):
        cover = load_workbook(file, data_only=True)["封面"]
        checks = [row[1].value for row in cover.iter_rows() if str(row[0].value)[:1] == "R"]
        assert checks == ["不符", "相符", "相符", "相符", "相符"]
