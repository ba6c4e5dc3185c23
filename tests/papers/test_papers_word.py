"""The Word file is one that Word takes: its parts in the order of the format, nothing left open."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from paper_cases import a_full_case
from test_papers_fields import COMMITTEE, source_of
from test_papers_layout import _crowded

from mediation_desk.domain.case_papers import WRITTEN, file_of
from mediation_desk.papers.case_papers import blank_paper, whole_file
from mediation_desk.papers.case_word import word_of
from mediation_desk.papers.described import TEXT_WIDE

pytestmark = pytest.mark.usefixtures("qapp")

# The order in which ECMA-376 wants what we write.
_ORDER = {
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore widowControl tabs overflowPunct autoSpaceDE "
        "autoSpaceDN snapToGrid spacing ind contextualSpacing jc outlineLvl rPr sectPr"
    ),
    "w:tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:rPr": "rStyle rFonts b bCs i sz szCs lang",
}


def _body(content: bytes) -> Any:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return parse_xml(packed.read("word/document.xml"))


@pytest.fixture(scope="module", params=["usual", "crowded", "blank"])
def body(qapp: Any, request: pytest.FixtureRequest) -> Any:
    if request.param == "blank":
        papers = [blank_paper(kind, COMMITTEE) for kind in WRITTEN]
    else:
        case = a_full_case() if request.param == "usual" else _crowded()
        papers = list(whole_file(source_of(case), file_of(case)).papers)
    return _body(word_of(papers, "卷宗"))


def _out_of_order(body: Any) -> Iterator[str]:
    for kind, told in _ORDER.items():
        order = told.split()
        for element in body.iter(qn(kind)):
            names = [str(child.tag).rpartition("}")[2] for child in element]
            if [name for name in order if name in names] != names:
                yield f"{kind}: {names}"


def test_every_property_stands_in_its_order(body: Any) -> None:
    assert set(_out_of_order(body)) == set()


def test_cells_and_the_document_end_in_a_paragraph(body: Any) -> None:
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))
    inside = list(body[0])
    assert inside[-1].tag == qn("w:sectPr")
    assert inside[-2].tag == qn("w:p")
    tables = [place for place, part in enumerate(inside) if part.tag == qn("w:tbl")]
    assert all(inside[place + 1].tag == qn("w:p") for place in tables)


def test_columns_are_fixed_and_fill_the_width_of_the_text(body: Any) -> None:
    for table in body.iter(qn("w:tbl")):
        assert table.find(qn("w:tblPr")).find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        columns = table.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
        wide = sum(int(column.get(qn("w:w"))) for column in columns)
        assert abs(wide - TEXT_WIDE / 25.4 * 1440) < 15


def test_every_line_has_an_exact_pitch_and_a_chinese_font(body: Any) -> None:
    for line in body.iter(qn("w:p")):
        properties = line.find(qn("w:pPr"))
        spacing = properties.find(qn("w:spacing"))
        assert spacing.get(qn("w:lineRule")) == "exact"
        for run in line.findall(qn("w:r")):
            fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
            assert fonts.get(qn("w:eastAsia")) in {"宋体", "黑体"}
