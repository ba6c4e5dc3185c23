"""The sheet 指标说明: what each column counts and which checks stand on the table."""

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.cells import height_of, lines_needed
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
from mediation_desk.figures.explained import explained, unit_of
from mediation_desk.figures.ministry import COLUMNS
from mediation_desk.figures.table import StatTable
from mediation_desk.words import tr

TITLE_OF_SHEET = tr("指标说明")
_FIRST = 5
_WIDTHS = (9, 30, 7, 62, 34)


def write_table_definitions(sheet: Worksheet, table: StatTable, under: Sequence[str]) -> None:
    """Write what each number of a statistical table is, once for each figure."""
    sheet.title = TITLE_OF_SHEET
    put_across(sheet, 1, 1, 5, tr("指标说明"), TITLE)
    sheet.row_dimensions[1].height = 32
    for row, text in enumerate(under, 2):
        put_across(sheet, row, 1, 5, text, LINE)
    heads = (tr("编号"), tr("指标"), tr("单位"), tr("怎样计算"), tr("统计日期、分母"))
    for column, head in enumerate(heads, 1):
        put(sheet, _FIRST - 1, column, head, HEAD)
    for row, told in enumerate(_each_once(table), _FIRST):
        for column, (text, look) in enumerate(zip(told, _LOOKS, strict=True), 1):
            put(sheet, row, column, text, look)
        lines = max(lines_needed(text, width) for text, width in zip(told, _WIDTHS, strict=True))
        sheet.row_dimensions[row].height = height_of(lines)
    widths(sheet, _WIDTHS)
    sheet.freeze_panes = f"A{_FIRST}"
    page(sheet, f"{_FIRST - 1}:{_FIRST - 1}")


_LOOKS = (CHECK, NAME, CHECK, NAME, NAME)


def _each_once(table: StatTable) -> Iterator[tuple[str, ...]]:
    """Each number's id, name, unit, definition, date and denominator, in the table's order."""
    seen = set()
    last = len(table.rows) - 1
    of_rows = any(row.figure is not None for row in table.rows)
    for row in range(len(table.rows)) if of_rows else (last,):
        for column in range(len(table.columns)):
            told = explained(table, row, column)
            name = tr(" · ").join((told.row, told.name)) if of_rows else told.name
            # Many columns may count one figure in so many months.
            key = (told.id, told.definition, told.dated, told.whole)
            if key not in seen:
                seen.add(key)
                unit = unit_of(table, row, column)
                whole = told.whole.partition(tr("；"))[0]
                whole = tr("分母：{whole}").format(whole=whole) if whole else ""
                dated = tr("；").join(filter(None, (told.dated, whole)))
                yield told.id, name, unit, told.definition, dated


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
