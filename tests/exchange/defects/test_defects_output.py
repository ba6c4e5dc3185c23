"""What our own files must not do to others (defects 73 to 80; most have tests of their own)."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sample_packages import counts_for, made_contents

from mediation_desk.desk import other_ledgers
from mediation_desk.exchange.columns import SHEETS
from mediation_desk.exchange.ledgers.layouts import LAYOUTS
from mediation_desk.exchange.writing import write_package
from mediation_desk.paths import resources

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = ROOT / "mediation_desk"
TODAY = made_contents(1).head.made_on


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One file of each kind that goes out."""
    folder = tmp_path_factory.mktemp("out")
    contents = made_contents(3)
    package = write_package(contents, counts_for(contents), folder / "a.xlsx").path
    blank = other_ledgers.write_blank(None, None, TODAY, folder / "b.xlsx")
    return [package, blank]


def test_defect_76_sheets_have_safe_names(written: list[Path]) -> None:
    titles = [sheet.title for sheet in SHEETS] + [layout.title for layout in LAYOUTS]
    for path in written:
        book = load_workbook(path)
        titles += book.sheetnames
        assert len({title.lower() for title in book.sheetnames}) == len(book.sheetnames)
        book.close()
    for title in titles:
        assert 0 < len(title) <= 31
        assert not re.search(r"[/\\?*\[\]:']", title), title


def test_defect_77_pages_look_alike_in_every_program(written: list[Path]) -> None:
    for path in written:
        book = load_workbook(path)
        for sheet in (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"):
            # As wide as the paper, or parted where the columns' groups end.
            fits = sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth
            assert fits or sheet.col_breaks.brk or sheet.page_setup.scale, sheet.title
            assert sheet.page_setup.paperSize == "9" or sheet.page_setup.paperSize == 9
            assert sheet.print_title_rows or sheet.max_row < 60, sheet.title
            for number in range(1, sheet.max_column + 1):
                held = any(
                    dimension.min <= number <= dimension.max and dimension.width
                    for dimension in sheet.column_dimensions.values()
                    if dimension.min
                )
                assert held, (sheet.title, get_column_letter(number))
            filled = {cell.row for row in sheet.iter_rows() for cell in row if cell.value}
            # Lines of the cover and above a table are single ones.
            table = int(re.findall(r"\d+", sheet.print_title_rows or "9999:")[0])
            low = [row for row in filled if row >= table and not sheet.row_dimensions[row].height]
            assert not low, (sheet.title, low)
        book.close()


def test_defect_78_no_word_document_is_written_yet() -> None:
    """The day a paper is written as Word this fails, and a fixture has to take its place."""
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "docx" not in told
    assert not [path for path in PROGRAM.rglob("*.py") if "import docx" in path.read_text("utf-8")]
    assert not list(resources().rglob("*.docx"))


def test_defect_79_no_text_file_is_ever_offered() -> None:
    for path in PROGRAM.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "csv.writer" not in text, path
        assert "DictWriter" not in text, path
