"""Every statistical table on paper: whole, on numbered A4 pages, with its calibre and checks."""

import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from builders import TODAY
from ui_tools import keep_a_case, settle_a_case

from mediation_desk.desk import reporting
from mediation_desk.domain.periods import year
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.table import Level, StatTable
from mediation_desk.store.register import Register
from mediation_desk.ui.printing import list_printer
from mediation_desk.ui.stat_printing import Signed, print_stat

TABLES = [layout.id for layout in reporting.tables()]
SIGNED = Signed("双龙司法所", "罗晓", TODAY)
# Some fonts answer with the codes of radicals; they look the same.
_ALIKE = str.maketrans("⻚⻓⻔⻋⺠⻰‒", "页长门车民龙–")


def _printed(table: StatTable, target: Path) -> tuple[int, str]:
    printer = list_printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    pages = print_stat(printer, table, SIGNED)
    done = subprocess.run(["pdftotext", "-raw", str(target), "-"], capture_output=True, check=True)
    text = unicodedata.normalize("NFKC", done.stdout.decode()).translate(_ALIKE)
    return pages, "".join(text.split())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("table_id", TABLES)
def test_every_table_is_printed_whole(office: Register, tmp_path: Path, table_id: str) -> None:
    settle_a_case(office, keep_a_case(office, days_ago=1), 1_234_500)
    calibre = Calibre(year(TODAY.year), DateBasis.CLOSING, oral=False, types="15")
    table = reporting.table(office, table_id, calibre)
    pages, text = _printed(table, tmp_path / "统计.pdf")
    assert text.count(f"共{pages}页") == pages
    # Once as the title and once at the foot of each page.
    assert text.count(_plain(table.title)) == pages + 1
    assert _plain(calibre.words()) in text
    assert text.count("相符") >= len([check for check in table.checks if check.holds])
    for note in table.notes:
        assert _plain(note) in text
    for row in table.rows:
        assert _plain(row.label) in text
    for head in table.columns:
        assert set(_plain(head.label)) <= set(text), head.label
    assert "填表人:罗晓" in text
    assert "填报单位:双龙司法所" in text


@pytest.mark.usefixtures("qapp")
def test_a_long_table_repeats_its_heads_and_tears_no_row(office: Register, tmp_path: Path) -> None:
    table = reporting.table(office, "ministry", Calibre(year(TODAY.year)))
    line = next(row for row in table.rows if row.level is Level.LINE)
    rows = tuple(replace(line, key=str(n), label=f"第{n:03d}村") for n in range(120))
    values = tuple(table.values[0] for _ in rows)
    many = replace(table, rows=(*rows, *table.rows[-3:]), values=(*values, *table.values[-3:]))
    pages, text = _printed(many, tmp_path / "统计.pdf")
    assert pages > 4
    # In two bands of columns each row stands once, and every page has a head.
    for n in range(120):
        assert text.count(f"第{n:03d}村") == 2
    assert text.count("单位") >= pages
    assert text.count(f"共{pages}页") == pages


@pytest.mark.usefixtures("qapp")
def test_groups_of_two_columns_are_not_torn(office: Register, tmp_path: Path) -> None:
    table = reporting.table(office, "matrix", Calibre(year(TODAY.year)))
    _pages, text = _printed(table, tmp_path / "统计.pdf")
    assert text.count(_plain("邻里纠纷（共")) == 1
    assert text.count("环境污染") == 1


@pytest.mark.usefixtures("qapp")
def test_paper_has_a4_across_and_no_larger_type(office: Register, tmp_path: Path) -> None:
    target = tmp_path / "统计.pdf"
    _printed(reporting.table(office, "types", Calibre(year(TODAY.year))), target)
    done = subprocess.run(["pdfinfo", str(target)], capture_output=True, check=True)
    size = next(line for line in done.stdout.decode().splitlines() if line.startswith("Page size"))
    assert "842 x 595" in size or "841" in size
