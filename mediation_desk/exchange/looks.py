"""How sheets look: fonts, borders, widths, A4 landscape; and putting one cell in its look."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.cells import Kind, Tally, clean, letters
from mediation_desk.words import tr

SONG, HEI = "宋体", "黑体"
_INK, _BLUE, _GREY, _PALE = "FF1F2937", "FFDCE6F2", "FFF3F4F6", "FF9CA3AF"
_THIN = Side(style="thin", color=_PALE)
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a cell."""

    size: float = 10
    bold: bool = False
    font: str = SONG
    fill: str = ""
    across: str = "left"
    wrap: bool = False
    boxed: bool = True
    format: str = "General"


TITLE = Look(18, bold=True, font=HEI, across="center", boxed=False)
LINE = Look(10.5, boxed=False, wrap=True)
LABEL = Look(11, bold=True, font=HEI, fill=_GREY, wrap=True)
FACT = Look(11, wrap=True)
HEAD = Look(10.5, bold=True, font=HEI, fill=_BLUE, across="center", wrap=True)
SMALL_HEAD = Look(9.5, font=HEI, fill=_BLUE, across="center", wrap=True)
ORDINAL = Look(9, fill=_GREY, across="center")
NAME = Look(11, wrap=True)
TOTAL_NAME = Look(11, bold=True, font=HEI, fill=_GREY, wrap=True)
WHOLE = Look(11, across="right", format="0")
TEN_THOUSAND = Look(11, across="right", format="0.00")
CHECK = Look(9.5, across="center", wrap=True)

KINDS = {
    Kind.TEXT: Look(11, across="center", format="@", wrap=True),
    Kind.LONG: Look(11, format="@", wrap=True),
    Kind.WHOLE: Look(11, across="center", format="0"),
    Kind.MONEY: Look(11, across="right", format="#,##0.00"),
    Kind.DAY: Look(11, across="center", format="yyyy-mm-dd"),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula with the value it has now, for readers that do not calculate."""

    text: str
    value: str | int | float


@cache
def _font(look: Look) -> Font:
    return Font(name=look.font, size=look.size, bold=look.bold, color=_INK)


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@cache
def _alignment(look: Look) -> Alignment:
    return Alignment(horizontal=look.across, vertical="center", wrap_text=look.wrap)


# The looks that cells of a workbook already have. openpyxl looks for each font, border and fill
# of each cell among all of its workbook, which took half the time of writing a package.
_WORN: WeakKeyDictionary[Workbook, dict[Look, StyleArray]] = WeakKeyDictionary()


def dress(cell: SheetCell | MergedCell, look: Look) -> None:
    """Give `cell` its look."""
    book = cell.parent.parent
    assert book is not None
    worn = _WORN.setdefault(book, {})
    bare = not cell.has_style
    # There is no public way to let cells share how they look, short of styles that users see.
    shared: Any = cell
    if bare and look in worn:
        shared._style = copy(worn[look])  # noqa: SLF001
        return
    cell.font = _font(look)
    cell.alignment = _alignment(look)
    cell.number_format = look.format
    if look.boxed:
        cell.border = _BOX
    if look.fill:
        cell.fill = _fill(look.fill)
    if bare:
        worn[look] = copy(shared._style)  # noqa: SLF001


def put(sheet: Worksheet, row: int, column: int, value: str | float | Formula, look: Look) -> None:
    """Put a value into a cell; text is always text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)
    if isinstance(value, Formula):
        cell.value = value.text
    elif isinstance(value, str):
        cell.value = clean(value, Tally())
        cell.data_type = "s"
    else:
        cell.value = value
    dress(cell, look)


def put_across(
    sheet: Worksheet, row: int, first: int, last: int, value: str, look: Look, rows: int = 1
) -> None:
    """Put a text into the merged cells from column `first` to `last` over `rows` rows."""
    for line in range(row, row + rows):
        for column in range(first, last + 1):
            dress(sheet.cell(line, column), look)
    put(sheet, row, first, value, look)
    if last > first or rows > 1:
        # All of them are dressed, so that openpyxl need not draw borders around them once more.
        merged = CellRange(min_row=row, max_row=row + rows - 1, min_col=first, max_col=last)
        sheet.merged_cells.add(merged)


def own_pages(sheet: Worksheet, last_rows: Sequence[int], percent: int) -> None:
    """A new page after each of these rows, at a fixed scale; fitting would ignore the breaks."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = percent
    for row in last_rows:
        sheet.row_breaks.append(Break(id=row))


def pages_across(sheet: Worksheet, last_columns: Sequence[int], percent: int) -> None:
    """A new page after each of these columns, at a fixed scale; fitting would ignore the breaks."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.scale = percent
    for column in last_columns:
        sheet.col_breaks.append(Break(id=column))


def widths(sheet: Worksheet, sizes: Sequence[float]) -> None:
    """Set the columns' widths in characters."""
    for number, size in enumerate(sizes, 1):
        sheet.column_dimensions[letters(number)].width = size


def page(sheet: Worksheet, title_rows: str = "", *, landscape: bool = True) -> None:
    """A4, fitted to the page's width, with a foot line and repeated heads."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
    sheet.print_options.horizontalCentered = True
    if title_rows:
        sheet.print_title_rows = title_rows
    foot = sheet.oddFooter
    assert foot is not None
    foot.left.text, foot.center.text, foot.right.text = (
        sheet.title,
        tr("第&P页，共&N页"),
        tr("调解台"),
    )
