"""What was found in a received file is accepted with a remark, told wherever it is, and no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from builders import TODAY

from mediation_desk.__main__ import main
from mediation_desk.desk.accepting import accept, accepted
from mediation_desk.desk.coverage import Cell, Covered, coverage
from mediation_desk.desk.receiving import Received, look, receive_all
from mediation_desk.desk.reminding import reminder_text
from mediation_desk.desk.taking_back import undo
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import AcceptedFindings, Package
from mediation_desk.exchange.columns import ORDINALS, SUMMARY
from mediation_desk.store.register import Register

CLERK = "罗晓"
AUGUST, IN_TIME = date(2026, 8, 1), date(2026, 9, 4)
WHY = "原件如此，已与村里核实"
Keep = Callable[..., CaseFile]
Send = Callable[..., Path]


@pytest.fixture
def printed(record: Keep, sent: Send) -> Path:
    """August's package, whose summary somebody changed so that types no longer make the total."""
    record(date(2026, 8, 10))
    path = sent(AUGUST)
    book, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sheet = book[SUMMARY]
    # Saved by a program that keeps no results of formulas.
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = values[SUMMARY][cell.coordinate].value
    top = next(row for row in range(1, 60) if sheet.cell(row, 1).value == ORDINALS)
    sheet.cell(top + 1, 2).value = 7
    book.save(path)
    return path


def take(office: Register, path: Path, remark: str = "") -> Received:
    (got,) = receive_all(office, [path], CLERK, IN_TIME, remark=remark)
    assert got.act, got.words
    return got


def cell_of(office: Register) -> Cell:
    (row,) = coverage(office, [month(2026, 8)], TODAY)
    return row.cells[0]


def package_of(office: Register) -> Package:
    (package,) = office.all("package")
    assert isinstance(package, Package)
    return package


def test_a_summary_that_breaks_a_rule_is_accepted_with_a_remark_and_kept_as_it_came(
    office: Register, printed: Path
) -> None:
    take(office, printed)
    before, cell = package_of(office), cell_of(office)
    assert cell.state is Covered.PROBLEMS
    assert "R1" in cell.findings
    assert "2026年8月的报表有问题" in reminder_text(office, TODAY)
    made = accept(office, cell.package_id, f" {WHY} ", CLERK, TODAY)
    assert (made.remark, made.findings) == (WHY, before.findings)
    assert package_of(office) == before, "nothing is repaired"
    after = cell_of(office)
    assert (after.words, after.package_id) == ("附说明", "")
    assert f"已附说明接受（{CLERK} {TODAY}）：{WHY}" in after.note
    assert "处问题" in after.note
    assert "有问题" not in reminder_text(office, TODAY)
    assert WHY in look(office, printed, TODAY).words


def test_a_remark_on_receiving_is_kept_and_undone_with_the_import(
    office: Register, printed: Path
) -> None:
    got = take(office, printed, WHY)
    assert cell_of(office).state is Covered.ACCEPTED
    undo(office, got.act, CLERK)
    assert not office.all("accepted_findings")
    take(office, printed)
    assert cell_of(office).state is Covered.PROBLEMS


def test_another_remark_takes_the_place_of_the_first_which_stays_in_the_history(
    office: Register, printed: Path
) -> None:
    take(office, printed, WHY)
    package = package_of(office)
    accept(office, package.id, "改由县局核实", "侯文", TODAY)
    (kept,) = office.all("accepted_findings")
    assert isinstance(kept, AcceptedFindings)
    assert (kept.remark, kept.accepted_by) == ("改由县局核实", "侯文")
    assert len(office.history("accepted_findings", kept.id)) == 2


def test_what_is_found_later_is_not_accepted_with_it(office: Register, printed: Path) -> None:
    take(office, printed, WHY)
    package = package_of(office)
    with office.change(CLERK, "又发现") as change:
        change.keep(replace(package, findings=package.findings + "\n[W6] 第1条没有接收。"))
    assert not accepted(office, [package_of(office)])
    assert cell_of(office).state is Covered.PROBLEMS


def test_nothing_is_accepted_without_a_remark_or_without_a_finding(
    office: Register, printed: Path, sent: Send
) -> None:
    take(office, printed)
    package = package_of(office)
    for remark in ("", "  \n"):
        with pytest.raises(DeskError, match="请写明为什么"):
            accept(office, package.id, remark, CLERK, TODAY)
    with pytest.raises(DeskError, match="没有这份报送文件"):
        accept(office, "none", WHY, CLERK, TODAY)
    with office.change(CLERK, "改好了") as change:
        change.keep(replace(package, findings=""))
    with pytest.raises(DeskError, match="没有发现问题"):
        accept(office, package.id, WHY, CLERK, TODAY)
    assert not office.all("accepted_findings")


def test_a_remark_for_many_files_is_kept_only_where_something_was_found(
    office: Register, sent: Send
) -> None:
    take(office, sent(AUGUST), WHY)
    assert not office.all("accepted_findings")


def test_the_command_line_takes_the_remark_with_the_file(
    office: Register, printed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password"
    password.write_text("梨花-2026", encoding="utf-8")
    office.close()
    given = ["--password-file", str(password), "--actor", CLERK, "--today", str(IN_TIME)]
    assert main(["import", str(tmp_path / "office"), str(printed), "--remark", WHY, *given]) == 1
    told = capsys.readouterr().out
    assert "[R1]" in told
    assert f"已附说明接受，数字照原样：{WHY}" in told
