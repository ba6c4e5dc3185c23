"""What our own files must not do to others (defects 73 to 80; most have tests of their own)."""

import io
import re
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sample_packages import counts_for, made_contents

from mediation_desk.desk import other_ledgers
from mediation_desk.exchange.columns import SHEETS
from mediation_desk.exchange.ledgers.layouts import LAYOUTS
from mediation_desk.exchange.writing import write_package
from mediation_desk.papers.paper import Heading, Number, Paper, Paragraph, Source
from mediation_desk.papers.word import word_of

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


def test_defect_78_word_keeps_chinese_fonts_and_widths() -> None:
    source = Source("受理", "《表》“合计”行“受理”栏", "全部案件。")
    parts = (Heading("一、调解"), Paragraph(("受理", Number("3", source), "件。")))
    content = word_of(Paper("双龙镇2026年人民调解工作情况", "按受理日期统计。", parts))
    body = Document(io.BytesIO(content)).element.body
    runs = [run for run in body.iter(qn("w:r")) if "".join(run.itertext()).strip()]
    assert len(runs) > 10
    for run in runs:
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        # Another font would be taken for Chinese, or the theme's for both.
        assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体", "仿宋"}
        assert not [name for name in list(fonts.attrib) if name.endswith("Theme")]
    (table,) = body.iter(qn("w:tbl"))
    assert table.find(qn("w:tblPr")).find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    assert all(cell.get(qn("w:w")) for cell in table.iter(qn("w:gridCol")))


def test_defect_79_no_text_file_is_ever_offered() -> None:
    for path in PROGRAM.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "csv.writer" not in text, path
        assert "DictWriter" not in text, path
