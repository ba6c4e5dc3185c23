"""A paper as a Word document, laid out as official documents are, its numbers linked."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mediation_desk.papers.paper import Heading, Number, Paper, Paragraph
from mediation_desk.words import tr

# The page, the type and the lines of official documents; who lacks a font is given its like.
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_TITLE, _HEADING, _BODY = "宋体", "黑体", "仿宋"
_BIG, _USUAL, _SMALL = Pt(22), Pt(16), Pt(10.5)
_LINE = Pt(28)
_WIDTHS = (Mm(12), Mm(18), Mm(46), Mm(80))


def word_of(paper: Paper) -> bytes:
    """The paper and, on a page of its own, where each of its numbers comes from.

    A number is a link to its line in that list, and the number of the line a link back.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(16)
    _say(title, paper.title, _TITLE, _BIG, bold=True)
    count = 0
    for part in paper.parts:
        count = _part(document, part, count)
    _sources(document, paper)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _part(document: Any, part: Heading | Paragraph, count: int) -> int:
    """Write one part; how many numbers have been written by then."""
    line = _body_line(document)
    if isinstance(part, Heading):
        line.paragraph_format.keep_with_next = True
        _say(line, part.text, _HEADING, _USUAL)
        return count
    for piece in part.pieces:
        if isinstance(piece, str):
            _say(line, piece, _BODY, _USUAL)
            continue
        count += 1
        _make_link(_say(line, piece.text, _BODY, _USUAL), _in_text(count), _in_list(count))
    return count


def _body_line(document: Any) -> Any:
    line = document.add_paragraph()
    layout = line.paragraph_format
    layout.first_line_indent = _USUAL * 2
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = _LINE
    layout.space_after = Pt(0)
    return line


def _say(line: Any, text: str, font: str, size: Any, *, bold: bool = False) -> Any:
    run = line.add_run(text)
    run.font.name = font
    # Without the east Asian name Word and WPS take another font for Chinese.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    run.font.size = size
    run.font.bold = bold
    return run


def _in_text(number: int) -> tuple[int, str]:
    """The place of a number in the text: its id, unlike any other's, and its name."""
    return 2 * number, f"number{number}"


def _in_list(number: int) -> tuple[int, str]:
    """The place of a number in the list of sources."""
    return 2 * number + 1, f"source{number}"


def _make_link(run: Any, here: tuple[int, str], there: tuple[int, str]) -> None:
    """Make a run of text the place `here` and a link to the place `there`."""
    own, name = here
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), there[1])
    link.set(qn("w:history"), "1")
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(own))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(own))
    element = run._element  # noqa: SLF001 - python-docx makes no links
    element.addprevious(start)
    element.addprevious(link)
    link.append(element)
    link.addnext(end)


def _sources(document: Any, paper: Paper) -> None:
    head = document.add_paragraph()
    head.paragraph_format.page_break_before = True
    _say(head, tr("附：数字出处（供核对，报出时可以删去）"), _HEADING, _USUAL)
    _say(document.add_paragraph(), paper.calibre, _BODY, _SMALL)
    numbers = list(paper.numbers())
    table = document.add_table(rows=1 + len(numbers), cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    heads = (tr("序号"), tr("数字"), tr("指标"), tr("出处和含义"))
    # The cells of a table are looked for anew each time they are asked for.
    rows = [list(row.cells) for row in table.rows]
    for cell, text in zip(rows[0], heads, strict=True):
        _say(cell.paragraphs[0], text, _HEADING, _SMALL)
    _repeat(table.rows[0])
    for place, number in enumerate(numbers, 1):
        _source_row(rows[place], place, number)


def _source_row(cells: list[Any], place: int, number: Number) -> None:
    source = number.source
    told = tr("{place}。{definition}").format(place=source.place, definition=source.definition)
    run = _say(cells[0].paragraphs[0], str(place), _BODY, _SMALL)
    _make_link(run, _in_list(place), _in_text(place))
    for cell, text in zip(cells[1:], (number.text, source.label, told), strict=True):
        _say(cell.paragraphs[0], text, _BODY, _SMALL)
    for cell, width in zip(cells, _WIDTHS, strict=True):
        cell.width = width


def _repeat(row: Any) -> None:
    """Let a row stand again at the top of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx cannot
