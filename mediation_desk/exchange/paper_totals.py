"""Printed tables typed into a workbook: the blank one, and reading one that was filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.exchange import reading
from mediation_desk.exchange.cells import Cell, address, place
from mediation_desk.figures.paper_totals import TABLES, Number, PaperLine, PaperTable
from mediation_desk.words import tr

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SOURCE, _FROM, _TO = tr("来源"), tr("起始日期"), tr("截止日期")
_NAME, _ORDINALS = tr("单位或合计"), tr("栏次")
_TITLE_ROW, _FACTS_ROW, _NOTE_ROW, _HEADS_ROW, _ORDINALS_ROW = 1, 2, 3, 4, 5
_FIRST_ROW, _READY_ROWS = 6, 15
_NAME_WIDTH, _NUMBER_WIDTH, _HEADS_HIGH = 20.0, 9.0, 62.0
_FACT_COLUMNS = (1, 4, 7)


@dataclass(frozen=True, slots=True)
class ReadTotals:
    """A filled-in workbook: which table, of when, from where, its lines.

    `unread` are the cells that hold no number, each with its sheet!cell.
    """

    table: PaperTable
    source: str
    period: Period
    lines: tuple[PaperLine, ...]
    unread: tuple[Problem, ...]


def write_blank(table: PaperTable, target: Path) -> Path:
    """Write the blank workbook of a table, to be filled in as printed."""
    from openpyxl import Workbook  # noqa: PLC0415 - takes long to load

    from mediation_desk.exchange.packing import Formulas, pack  # noqa: PLC0415 - as above
    from mediation_desk.exchange.placing import placed  # noqa: PLC0415 - as above
    from mediation_desk.exchange.writing import check_sums  # noqa: PLC0415 - as above

    book = Workbook()
    book.properties.creator = tr("调解台")
    sheet = book.worksheets[0]
    sheet.title = tr("历史数据")
    _put_heads(sheet, table)
    _put_rows(sheet, table)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, {}, Formulas(), file)

    placed(target, write, check_sums)
    return target


def _put_heads(sheet: "Worksheet", table: PaperTable) -> None:
    from mediation_desk.exchange import looks  # noqa: PLC0415 - as above

    looks.put_across(sheet, _TITLE_ROW, 1, 10, table.title + tr("（历史数据）"), looks.TITLE)
    for column, label in zip(_FACT_COLUMNS, (_SOURCE, _FROM, _TO), strict=True):
        looks.put(sheet, _FACTS_ROW, column, label, looks.LABEL)
        looks.put(sheet, _FACTS_ROW, column + 1, "", looks.FACT)
        form = "@" if label == _SOURCE else "yyyy-mm-dd"
        sheet.cell(_FACTS_ROW, column + 1).number_format = form
    note = tr("照原件填，不要改数；原件没有的栏空着。合计行写“合计”或“总计”。金额填万元。")
    looks.put_across(sheet, _NOTE_ROW, 1, 10, note, looks.LINE)
    looks.put(sheet, _HEADS_ROW, 1, _NAME, looks.HEAD)
    looks.put(sheet, _ORDINALS_ROW, 1, _ORDINALS, looks.ORDINAL)
    for number, head in enumerate(table.columns, 1):
        looks.put(sheet, _HEADS_ROW, number + 1, head.title, looks.SMALL_HEAD)
        looks.put(sheet, _ORDINALS_ROW, number + 1, number, looks.ORDINAL)
    sheet.row_dimensions[_HEADS_ROW].height = _HEADS_HIGH
    looks.page(sheet, f"{_HEADS_ROW}:{_ORDINALS_ROW}")


def _put_rows(sheet: "Worksheet", table: PaperTable) -> None:
    from mediation_desk.exchange import looks  # noqa: PLC0415 - as above

    last = _FIRST_ROW + _READY_ROWS - 1
    for row in range(_FIRST_ROW, last + 1):
        looks.put(sheet, row, 1, "", looks.NAME)
        for number, head in enumerate(table.columns, 1):
            look = looks.TEN_THOUSAND if head.money else looks.WHOLE
            looks.put(sheet, row, number + 1, "", look)
    looks.widths(sheet, (_NAME_WIDTH, *[_NUMBER_WIDTH] * len(table.columns)))
    sheet.freeze_panes = address(_FIRST_ROW, 2)
    sheet.print_area = f"A1:{address(last, 1 + len(table.columns))}"


def read_totals(path: Path) -> ReadTotals:
    """Read a filled-in workbook.

    Raises `DeskError` where no table, source or time is found, with what to do.
    """
    with reading.opened(path) as book:
        for title, rows in book.sheets.items():
            table = _table_of(rows)
            if table is not None:
                return _read(table, title, rows)
    happened = tr("“{name}”里没有找到历史数据表。").format(name=path.name)
    raise DeskError(happened + tr("请先做一张空白表，照原件填好，再拿来录入。"))


def _table_of(rows: Sequence[Sequence[Cell]]) -> PaperTable | None:
    """The table whose heads stand in the row of the heads."""
    heads = rows[_HEADS_ROW - 1] if len(rows) >= _HEADS_ROW else ()
    for table in TABLES.values():
        if list(heads[1 : 1 + len(table.columns)]) == [entry.title for entry in table.columns]:
            return table
    return None


def _read(table: PaperTable, title: str, rows: Sequence[Sequence[Cell]]) -> ReadTotals:
    facts = _facts(rows[_FACTS_ROW - 1])
    source = str(facts.get(_SOURCE, "")).strip()
    if not source:
        raise DeskError(tr("没有写明来源。请在“来源”后面写上这张表从哪里来，如哪一期通报。"))
    first, last = (_day(facts.get(label, ""), label) for label in (_FROM, _TO))
    if first > last:
        raise DeskError(tr("起始日期晚于截止日期。请核对这两个日期。"))
    unread: list[Problem] = []
    lines = tuple(_lines(table, title, rows, unread))
    if not lines:
        raise DeskError(tr("表里还没有填数字。请从第{row}行填起。").format(row=_FIRST_ROW))
    return ReadTotals(table, source, Period(first, last), lines, tuple(unread))


def _facts(row: Sequence[Cell]) -> dict[str, Cell]:
    return {
        str(row[column - 1]): row[column] if column < len(row) else ""
        for column in _FACT_COLUMNS
        if column <= len(row)
    }


def _day(cell: Cell, label: str) -> date:
    try:
        return date.fromisoformat(str(cell)[:10])
    except ValueError as error:
        words = tr("“{label}”没有填，或者不是日期。请写成 2016-08-01 的样子。")
        raise DeskError(words.format(label=label)) from error


def _lines(
    table: PaperTable, title: str, rows: Sequence[Sequence[Cell]], unread: list[Problem]
) -> Iterator[PaperLine]:
    for number, row in enumerate(rows[_FIRST_ROW - 1 :], _FIRST_ROW):
        name = str(row[0]).strip() if row else ""
        cells = [
            row[place] if place < len(row) else "" for place in range(1, 1 + len(table.columns))
        ]
        if not name and all(cell == "" for cell in cells):
            continue
        values = []
        for column, cell in enumerate(cells, 2):
            value = _number(cell)
            if value is None and cell != "":
                words = tr("“{cell}”不是数字。").format(cell=str(cell)[:30])
                at = place(title, number, column)
                mend = tr("请填数字，原件没有的空着。")
                unread.append(Problem("P1", Severity.ERROR, str(column - 1), words, mend, at))
            values.append(value)
        yield PaperLine(name or tr("第{row}行").format(row=number), tuple(values))


def _number(cell: Cell) -> Number | None:
    try:
        value = Decimal(str(cell).strip())
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else value
