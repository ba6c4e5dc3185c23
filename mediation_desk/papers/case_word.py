"""Described papers as one Word document that breaks its pages where Qt does.

Lines have exact pitches, columns fixed widths and rows least heights; nothing is left to the
settings of the program that opens it.
"""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mediation_desk.papers.described import (
    BOTTOM,
    HIGH,
    LEFT,
    PAD_SIDE,
    PAD_TOP,
    RIGHT,
    TEXT_HIGH,
    TEXT_WIDE,
    TOP,
    WIDE,
    Align,
    Block,
    Border,
    CasePaper,
    Cell,
    Face,
    Grid,
    Look,
    Numbering,
    PageBreak,
    Picture,
    Row,
    Words,
)
from mediation_desk.papers.drawing import read_picture, ready, upright_jpeg
from mediation_desk.papers.keeping import kept_whole, may_stay, without_ties
from mediation_desk.papers.laying_out import arranged
from mediation_desk.papers.measuring import WHOLE_LINES, lines_of

_FONTS = {Face.TEXT: "宋体", Face.HEAD: "黑体"}
_ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.MIDDLE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
# Borders that Word adds to the heights of rows must not push a last line to the next page.
_SPARE = 0.5
_TWIPS = 1440 / 25.4


def word_of(papers: Sequence[CasePaper], title: str) -> bytes:
    """The papers, each from a new page on; the pages of those that count are numbered."""
    ready()
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    _plain_style(document)
    writer = _Writer(document)
    for place, paper in enumerate(papers):
        writer.paper(paper, first=place == 0)
    writer.end()
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _plain_style(document: Any) -> None:
    usual = document.styles["Normal"]
    usual.paragraph_format.space_after = Pt(0)
    usual.font.name = _FONTS[Face.TEXT]
    properties = usual.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), _FONTS[Face.TEXT])
    # Signs that Chinese and Japanese write differently are taken from a Chinese font.
    language = OxmlElement("w:lang")
    for key in ("val", "eastAsia"):
        language.set(qn(f"w:{key}"), "zh-CN")
    properties.append(language)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            # Before this, Word hangs the air of a first column out over the text's edge, and
            # not every program does so with a table inside a cell.
            setting.set(qn("w:val"), "15")


class _Writer:
    """Writes papers one after the other into a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbering: Numbering | None = None
        self._counted = False
        self._break = False
        # Whether nothing stands on the page yet.
        self._fresh = True

    def paper(self, paper: CasePaper, *, first: bool) -> None:
        """Write one paper; a new section where the numbering of the pages changes."""
        if first:
            section = self._document.sections[0]
            _set_page(section)
        elif paper.numbering is not self._numbering:
            section = self._document.add_section(WD_SECTION.NEW_PAGE)
            # The paragraph that ends a section must not need a page of its own.
            _make_sliver(self._document.paragraphs[-1])
            _set_page(section)
        else:
            section = None
        if section is not None:
            counted = paper.numbering is Numbering.COUNTED
            _footer(section, numbered=counted, restart=counted and not self._counted)
            self._counted = self._counted or counted
        self._numbering = paper.numbering
        self._break, self._fresh = section is None, True
        for group in arranged(paper.blocks):
            if kept_whole(group):
                self._kept(group)
                continue
            stay = may_stay(group)
            for block in group:
                self._block(block if stay else without_ties(block))

    def end(self) -> None:
        """Put a line of no height behind a last table, where Word would put a high one."""
        if self._after_table():
            self._sliver()

    def _kept(self, group: Sequence[Block]) -> None:
        """Put blocks into one row that is not torn apart; a long chain of “keep with next” is.

        LibreOffice gives it up after two paragraphs.
        """
        if self._break or self._after_table():
            self._sliver()
        table = self._document.add_table(rows=0, cols=1)
        _frame(table, Grid((TEXT_WIDE,), (), Border.NONE), side=0, top=0)
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        cell = row.cells[0]
        cell.width = Mm(TEXT_WIDE)
        # A new cell has a paragraph already, which a table in it would stand below.
        cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - python-docx cannot
        for block in group:
            if isinstance(block, Words):
                _write_words(cell, block)
            elif isinstance(block, Grid):
                _write_grid(cell.add_table(rows=0, cols=len(block.widths)), block)
                if block is group[-1]:
                    _make_sliver(cell.paragraphs[-1])
                else:
                    # The texts that follow are the paragraph that a cell has to end in.
                    cell._tc.remove(cell.paragraphs[-1]._p)  # noqa: SLF001 - as above
        self._fresh = False

    def _block(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self._break = self._break or not self._fresh
            return
        if isinstance(block, Words):
            self._words(block)
        elif isinstance(block, Grid):
            self._grid(block)
        else:
            self._picture(block)
        self._fresh = False

    def _words(self, words: Words) -> None:
        made = _write_words(self._document, words)
        made.paragraph_format.page_break_before = self._break
        self._break = False

    def _grid(self, grid: Grid) -> None:
        if self._break or self._after_table():
            # Word joins tables that touch; a line of no height keeps them apart.
            self._sliver()
        _write_grid(self._document.add_table(rows=0, cols=len(grid.widths)), grid)

    def _after_table(self) -> bool:
        body = self._document.element.body
        # The last element is the section's own.
        return len(body) < 2 or str(body[-2].tag).endswith("}tbl")

    def _sliver(self) -> None:
        made = self._document.add_paragraph()
        made.paragraph_format.page_break_before = self._break
        _make_sliver(made)
        self._break = False

    def _picture(self, block: Picture) -> None:
        self._break = self._break or not self._fresh
        self._words(Words(block.caption, stay=True))
        image = read_picture(block.content)
        high = TEXT_HIGH - 12
        wide = min(TEXT_WIDE, high * image.width() / image.height())
        made = self._document.add_paragraph()
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        jpeg = BytesIO(upright_jpeg(block.content))
        made.add_run().add_picture(jpeg, width=Mm(wide))


def _write_words(into: Any, words: Words) -> Any:
    """Write a text into the document or a cell; its first paragraph."""
    texts = words.text.split("\n")
    made = [into.add_paragraph() for _ in texts]
    for line, text in zip(made, texts, strict=True):
        _shape(line, words.look, first=words.first, left=words.left, widows=True)
        line.paragraph_format.keep_with_next = words.stay
        _say(line, text, words.look)
    made[0].paragraph_format.space_before = Pt(words.before)
    made[-1].paragraph_format.space_after = Pt(words.after)
    return made[0]


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(WIDE), Mm(HIGH)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM - _SPARE)
    section.footer_distance = Mm(BOTTOM * 0.4)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx cannot
        # A grid of its own would move lines off their exact pitches.
        section._sectPr.remove(grid)  # noqa: SLF001


def _footer(section: Any, *, numbered: bool, restart: bool) -> None:
    section.footer.is_linked_to_previous = False
    if restart:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        # Word takes a document for damaged whose parts are out of order.
        section._sectPr.find(qn("w:cols")).addprevious(start)  # noqa: SLF001 - python-docx cannot
    if not numbered:
        return
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run()
    run.font.size = Pt(10.5)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 - python-docx knows no fields


def _make_sliver(made: Any) -> None:
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    made.paragraph_format.line_spacing = Pt(1)
    _size(made, 1)


def _shape(made: Any, look: Look, *, first: int = 0, left: float = 0, widows: bool = False) -> None:
    """Give an empty paragraph its shape; made once for each look, which halves the time.

    `widows` is not to leave a single line of it on a page, as a row that is torn apart may.
    """
    made._p.insert(0, deepcopy(_shape_of(look, first, left, widows)))  # noqa: SLF001 - as above


@cache
def _scratch() -> Any:
    """A document to make parts in that are taken out of it again."""
    return Document()


@cache
def _shape_of(look: Look, first: int, left: float, widows: bool) -> Any:  # noqa: FBT001
    made = _scratch().add_paragraph()
    layout = made.paragraph_format
    layout.alignment = _ALIGNS[look.align]
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(look.pitch)
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = widows
    if first:
        layout.first_line_indent = Pt(first * look.points)
    if left:
        layout.left_indent = Mm(left)
    properties = made._p.get_or_add_pPr()  # noqa: SLF001 - python-docx cannot
    names = ("overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid")
    for place, name in enumerate(names):
        # These give signs more or less room than their own width.
        off = OxmlElement(f"w:{name}")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, *_AFTER_SPACES[place:])
    _size(made, look.points)
    # Alone it does not hold on to the document that it was made in.
    return deepcopy(properties)


# The order of a paragraph's properties in a valid document, from those above on.
_AFTER_SPACES = (
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _size(made: Any, points: float) -> None:
    """Give the mark at the paragraph's end a size, since an empty one is as high as that."""
    properties = made._p.get_or_add_pPr()  # noqa: SLF001 - python-docx cannot
    run, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(points * 2)))
    run.append(size)
    properties.insert_element_before(run, "w:sectPr", "w:pPrChange")


def _say(made: Any, text: str, look: Look) -> None:
    made.add_run(text)._r.insert(0, deepcopy(_type_of(look)))  # noqa: SLF001 - as above


@cache
def _type_of(look: Look) -> Any:
    run = _scratch().add_paragraph().add_run()
    run.font.name = _FONTS[look.face]
    # Without the east Asian name Word and WPS take another font for Chinese.
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - python-docx cannot
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), _FONTS[look.face])
    run.font.size = Pt(look.points)
    run.font.bold = look.bold
    return deepcopy(properties)


def _frame(table: Any, grid: Grid, side: float = PAD_SIDE, top: float = PAD_TOP) -> None:
    table.autofit = False
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx cannot
    borders = OxmlElement("w:tblBorders")
    drawn = {
        Border.FULL: ("top", "left", "bottom", "right", "insideH", "insideV"),
        Border.RULED: ("bottom", "insideH"),
        Border.NONE: (),
    }[grid.border]
    for name in drawn:
        line = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "5"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    margins = OxmlElement("w:tblCellMar")
    for name, size in (("top", top), ("left", side), ("bottom", top), ("right", side)):  # fmt: skip
        margin = OxmlElement(f"w:{name}")
        margin.set(qn("w:w"), str(round(size * _TWIPS)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout.addnext(margins)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width)


def _write_grid(table: Any, grid: Grid) -> None:
    _frame(table, grid)
    for row in grid.rows:
        _write_row(table, grid, row)


def _write_row(table: Any, grid: Grid, row: Row) -> None:
    made = table.add_row()
    made.height = Mm(row.high)
    properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx cannot
    if row.head:
        properties.append(OxmlElement("w:tblHeader"))
    if lines_of(grid, row) <= WHOLE_LINES:
        properties.append(OxmlElement("w:cantSplit"))
    cells, start = list(made.cells), 0
    for cell in row.cells:
        into = cells[start]
        if cell.span > 1:
            into = into.merge(cells[start + cell.span - 1])
        into.width = Mm(grid.wide(start, cell.span))
        _write_cell(into, cell, stay=grid.stay)
        start += cell.span


def _write_cell(into: Any, cell: Cell, *, stay: bool) -> None:
    if cell.centred:
        into.vertical_alignment = 1
    for extra in into.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - merging leaves them behind
    for place, text in enumerate(cell.text.split("\n")):
        made = into.add_paragraph() if place else into.paragraphs[0]
        _shape(made, cell.look)
        made.paragraph_format.keep_with_next = stay
        _say(made, text, cell.look)
