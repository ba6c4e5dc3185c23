"""The blank ledger for villages without the program: what is filled in is read without asking."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import Unit
from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import address, height_of, letters, lines_needed
from mediation_desk.exchange.packing import Formulas, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.template_columns import (
    COLUMNS,
    MEDIATOR,
    TYPE,
    Sort,
    TemplateColumn,
    fill_in_rules,
)
from mediation_desk.exchange.writing import check_sums
from mediation_desk.words import tr

LEDGER, RULES, LISTS = tr("案件登记"), tr("填表说明"), "_lists"
GROUPS_ROW, HEADS_ROW = 3, 4
EXAMPLE_ROW, FIRST_ROW = 5, 6
_READY_ROWS = 40  # rows with lines around them; formats and lists go on to `_LAST_ROW`
_LAST_ROW = 500
_EARLIEST = date(2000, 1, 1)
_REPEATED = 2  # columns that stand on every page across
_ON_FIRST_PAGE = 12  # columns up to here stand on the first of two pages across
_PERCENT = 58

_EXAMPLE_FILL = "FFF3F4F6"
_FORMATS = {
    Sort.TEXT: "@",
    Sort.LONG: "@",
    Sort.IDENTITY: "@",
    Sort.PHONE: "@",
    Sort.PEOPLE: "@",
    Sort.CHOICE: "@",
    Sort.DAY: "yyyy-mm-dd",
    Sort.MONEY: "#,##0.00",
    Sort.WHOLE: "0",
}
_ACROSS = {Sort.MONEY: "right", Sort.LONG: "left", Sort.TEXT: "left"}


@dataclass(frozen=True, slots=True)
class Template:
    """Whose ledger it is, for which year, and what can be chosen there."""

    unit: Unit
    year: int
    types: TypeTable = field(default_factory=TypeTable)
    mediators: Sequence[str] = ()


def write_template(template: Template, target: Path) -> Path:
    """Write the blank ledger, read it back with our own reader, and move it into place.

    Raises `DeskError` when the place cannot be written.
    """
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = _title(template)
    ledger, rules, lists = book.worksheets[0], book.create_sheet(RULES), book.create_sheet(LISTS)
    ledger.title = LEDGER
    _heads(ledger, template)
    _rows(ledger)
    _choices(ledger, lists, template)
    _limits(ledger)
    _rules(rules)
    lists.sheet_state = "hidden"

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, {}, Formulas(), file)

    placed(target, write, check_sums)
    return target


def _title(template: Template) -> str:
    words = tr("{unit}{year}年人民调解案件登记台账")
    return words.format(unit=template.unit.name, year=template.year)


def _look(column: TemplateColumn, *, example: bool = False) -> looks.Look:
    across = _ACROSS.get(column.sort, "center")
    fill = _EXAMPLE_FILL if example else ""
    return looks.Look(10.5, across=across, wrap=True, format=_FORMATS[column.sort], fill=fill)


def _heads(sheet: Worksheet, template: Template) -> None:
    """Title, what to mind, the groups and the heads, each head with a note."""
    # The columns that every page across repeats have no part in the lines above the heads.
    looks.put_across(sheet, 1, _REPEATED + 1, _ON_FIRST_PAGE, _title(template), looks.TITLE)
    mind = tr("填报单位：{unit}　　带 * 的必须填写；填写方法见“填表说明”表。")
    mind = mind.format(unit=template.unit.name)
    looks.put_across(sheet, 2, _REPEATED + 1, _ON_FIRST_PAGE, mind, looks.LINE)
    _groups(sheet)
    for number, column in enumerate(COLUMNS, 1):
        row = HEADS_ROW if column.group else GROUPS_ROW
        head = f"{column.head}*" if column.required else column.head
        looks.put_across(sheet, row, number, number, head, looks.HEAD, HEADS_ROW - row + 1)
        sheet.cell(row, number).comment = Comment(column.note, tr("调解台"), height=90, width=260)
    sheet.row_dimensions[1].height = 34
    sheet.row_dimensions[2].height = 20
    sheet.row_dimensions[GROUPS_ROW].height = 22
    lines = max(lines_needed(column.head + "*", column.width) for column in COLUMNS)
    sheet.row_dimensions[HEADS_ROW].height = height_of(lines)
    sheet.freeze_panes = address(FIRST_ROW, _REPEATED + 1)
    looks.widths(sheet, [column.width for column in COLUMNS])
    looks.page(sheet, f"1:{HEADS_ROW}")
    looks.own_pages(sheet, (), _PERCENT)
    sheet.col_breaks.append(Break(id=_ON_FIRST_PAGE))
    sheet.print_title_cols = f"A:{letters(_REPEATED)}"


def _groups(sheet: Worksheet) -> None:
    """The heads over several columns."""
    first = 1
    for number, column in enumerate(COLUMNS, 1):
        last = number == len(COLUMNS) or COLUMNS[number].group != column.group
        if last and column.group:
            looks.put_across(sheet, GROUPS_ROW, first, number, column.group, looks.HEAD)
        if last:
            first = number + 1


def _rows(sheet: Worksheet) -> None:
    """The row that shows how to fill in, then lines to fill in; formats go on below them."""
    for number, column in enumerate(COLUMNS, 1):
        # Its days are text, so that nobody takes them for a case.
        look = _look(column, example=True)
        looks.put(sheet, EXAMPLE_ROW, number, column.example, look)
        for row in range(FIRST_ROW, FIRST_ROW + _READY_ROWS):
            looks.dress(sheet.cell(row, number), _look(column))
        # For the rows after the lines: identity numbers must be text before they are typed.
        sheet.column_dimensions[letters(number)].number_format = _FORMATS[column.sort]
    lines = max(
        lines_needed(str(column.example), column.width) for column in COLUMNS if column.example
    )
    sheet.row_dimensions[EXAMPLE_ROW].height = height_of(lines)
    for row in range(FIRST_ROW, FIRST_ROW + _READY_ROWS):
        sheet.row_dimensions[row].height = 33
    last = address(FIRST_ROW + _READY_ROWS - 1, len(COLUMNS))
    sheet.print_area = f"A1:{last}"


def _area(number: int) -> str:
    return f"{address(FIRST_ROW, number)}:{address(_LAST_ROW, number)}"


def _choices(sheet: Worksheet, lists: Worksheet, template: Template) -> None:
    """Drop-down lists; their words stand on a hidden sheet, since a list in place is too short."""
    types = [template.types.label(code) for code in template.types.codes()]
    own = {TYPE: types, MEDIATOR: list(template.mediators)}
    place = 0
    for number, column in enumerate(COLUMNS, 1):
        words = own.get(column.head, list(column.choices))
        if not words:
            continue
        place += 1
        for row, word in enumerate(words, 1):
            looks.put(lists, row, place, word, looks.LINE)
        source = f"'{LISTS}'!${letters(place)}$1:${letters(place)}${len(words)}"
        rule = DataValidation("list", formula1=source, allow_blank=True)
        rule.errorTitle, rule.error = tr("请从列表中选择"), column.note
        # Of mediators several may be named in one cell, which no list can offer.
        rule.showErrorMessage = column.head != MEDIATOR
        rule.add(_area(number))
        sheet.add_data_validation(rule)


def _limits(sheet: Worksheet) -> None:
    """What the table refuses at once, with the words of the column's note."""
    for number, column in enumerate(COLUMNS, 1):
        rule = _limit(column.sort)
        if rule is None:
            continue
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = tr("请检查这一格"), column.note
        rule.add(_area(number))
        sheet.add_data_validation(rule)


def _limit(sort: Sort) -> DataValidation | None:
    if sort is Sort.DAY:
        return DataValidation(
            "date", operator="greaterThanOrEqual", formula1=str(_serial(_EARLIEST))
        )
    if sort is Sort.MONEY:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1="0")
    if sort is Sort.WHOLE:
        return DataValidation("whole", operator="greaterThanOrEqual", formula1="1")
    return None


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def _rules(sheet: Worksheet) -> None:
    """The sheet that explains how to fill in: rules, then every column."""
    looks.put_across(sheet, 1, 1, 3, tr("填表说明"), looks.TITLE)
    sheet.row_dimensions[1].height = 34
    looks.widths(sheet, [6, 24, 76])
    row = 2
    for number, text in enumerate(fill_in_rules(), 1):
        looks.put(sheet, row, 1, str(number), looks.Look(11, across="center"))
        looks.put_across(sheet, row, 2, 3, text, looks.Look(11, wrap=True))
        sheet.row_dimensions[row].height = height_of(lines_needed(text, 100)) + 6
        row += 1
    looks.put_across(sheet, row, 1, 2, tr("栏目"), looks.HEAD)
    looks.put(sheet, row, 3, tr("怎样填"), looks.HEAD)
    sheet.row_dimensions[row].height = 22
    for column in COLUMNS:
        row += 1
        head = tr("{group}：{head}").format(group=column.group, head=column.head)
        looks.put_across(sheet, row, 1, 2, head, looks.LABEL)
        told = tr("必填。{note}") if column.required else tr("{note}")
        looks.put(sheet, row, 3, told.format(note=column.note), looks.FACT)
        sheet.row_dimensions[row].height = height_of(lines_needed(column.note, 72)) + 6
    looks.page(sheet, landscape=False)
