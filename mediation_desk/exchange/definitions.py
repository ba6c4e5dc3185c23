"""The sheet 指标说明: what each column counts and which checks stand on the table."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.looks import (
    CHECK,
    HEAD,
    LINE,
    NAME,
    TITLE,
    page,
    put,
    put_across,
    widths,
)
from mediation_desk.exchange.summary import CHECKS
from mediation_desk.figures.ministry import COLUMNS
from mediation_desk.words import tr

TITLE_OF_SHEET = tr("指标说明")
_FIRST = 5


def write_definitions(sheet: Worksheet, under: Sequence[str]) -> None:
    """Write the definition of every column of the table."""
    sheet.title = TITLE_OF_SHEET
    put_across(sheet, 1, 1, 5, tr("指标说明"), TITLE)
    sheet.row_dimensions[1].height = 32
    for row, text in enumerate(under, 2):
        put_across(sheet, row, 1, 5, text, LINE)
    heads = (tr("栏次"), tr("分组"), tr("指标"), tr("单位"), tr("怎样计算"))
    for column, head in enumerate(heads, 1):
        put(sheet, _FIRST - 1, column, head, HEAD)
    for row, entry in enumerate(COLUMNS, _FIRST):
        put(sheet, row, 1, entry.number, CHECK)
        put(sheet, row, 2, entry.heads[-1], NAME)
        put(sheet, row, 3, entry.label, NAME)
        put(sheet, row, 4, entry.unit, CHECK)
        put(sheet, row, 5, entry.figure.definition, NAME)
        sheet.row_dimensions[row].height = 30
    row = _FIRST + len(COLUMNS) + 1
    put_across(sheet, row, 1, 5, tr("勾稽校核"), HEAD)
    r14 = (("R14", tr("总计=下级与本级之和，并与全部依据重新计数相符")),)
    for offset, (rule, words) in enumerate((*CHECKS, *r14), 1):
        put(sheet, row + offset, 1, rule, CHECK)
        put_across(sheet, row + offset, 2, 5, words, NAME)
    widths(sheet, (7, 20, 26, 7, 78))
    sheet.freeze_panes = f"A{_FIRST}"
    page(sheet, f"{_FIRST - 1}:{_FIRST - 1}")
