"""A statistical table as a workbook: its heads, rows, notes and check lines on one clean sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import address, height_of, letters, lines_needed
from mediation_desk.exchange.charting import add_charts, charts_of, warm
from mediation_desk.exchange.definitions import write_table_definitions
from mediation_desk.exchange.live_sums import Live
from mediation_desk.exchange.looks import Look
from mediation_desk.exchange.packing import Formulas, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.report_writing import ReportHead, belongs
from mediation_desk.exchange.summary import AGREES, DIFFERS
from mediation_desk.exchange.writing import check_sums
from mediation_desk.figures.table import Level, Ratio, StatTable, TableColumn
from mediation_desk.words import tr

SHEET = tr("统计表")
_HEAT = "unit_months"
_PERCENT = Look(11, across="right", format="0.0")
_NOTE = Look(10, boxed=False, wrap=True)
_PART = Look(10.5, wrap=True)
_FIRST = 4
_LEAST_ACROSS = 8
# More columns could not be read on one page.
_MOST_ACROSS = 14
# Percent at which so many fit on A4, and what bold type takes more.
_SCALE, _EDGE = 68, 2
_ROWS_OF_A_PAGE = 30
_LABEL_WIDTH, _LEAD_WIDTH, _NUMBER_WIDTH = 24.0, 13.0, 9.5


def write_table(head: ReportHead, table: StatTable, target: Path) -> Path:
    """Write the table, read it back with our own reader, and move it into place.

    Raises `DeskError` when the place cannot be written; nothing is left under `target` then.
    """
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = table.title
    sheet = book.worksheets[0]
    sheet.title = SHEET
    formulas = Formulas()
    _TableSheet(sheet, table, Live(table, formulas)).write(head)
    under = (belongs(head, table.calibre), table.calibre.words())
    write_table_definitions(book.create_sheet(), table, under)
    add_charts(book, list(charts_of(table)), under)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, {}, formulas, file)

    placed(target, write, check_sums)
    return target


@dataclass(frozen=True, slots=True)
class _TableSheet:
    """Lays one table out on a sheet."""

    sheet: Worksheet
    table: StatTable
    live: "Live"

    def write(self, head: ReportHead) -> None:
        """Write the whole sheet."""
        table, sheet = self.table, self.sheet
        pages = list(_pages(table.columns))
        # The title stands over what the first page shows.
        across = max(len(table.corner) + pages[0], _LEAST_ACROSS)
        looks.put_across(sheet, 1, 1, across, table.title, looks.TITLE)
        sheet.row_dimensions[1].height = 32
        for row, text in enumerate((belongs(head, table.calibre), table.calibre.words()), 2):
            looks.put_across(sheet, row, 1, across, text, looks.LINE)
        sheet.row_dimensions[3].height = 30
        first = self._heads()
        self.live.begin(first, len(table.corner) + 1)
        for row, _ in enumerate(table.rows, first):
            self._row(row, row - first)
        if table.id == _HEAT:
            self._warm(first)
        self._foot(first + len(table.rows) + 1, across)
        leads = [_LEAD_WIDTH] * (len(table.corner) - 1)
        looks.widths(sheet, [*leads, _LABEL_WIDTH, *[_NUMBER_WIDTH] * len(table.columns)])
        sheet.freeze_panes = sheet.cell(first, len(table.corner) + 1).coordinate
        looks.page(sheet, f"{_FIRST}:{first - 1}")
        if len(pages) > 1:
            looks.pages_across(sheet, [len(table.corner) + last for last in pages[:-1]], _SCALE)
            sheet.print_title_cols = f"A:{letters(len(table.corner))}"
        elif len(table.rows) <= _ROWS_OF_A_PAGE:
            # A foot alone on a second page is of no use to anybody.
            sheet.page_setup.fitToHeight = 1

    def _heads(self) -> int:
        """The heads of all columns; answers the first row under them."""
        table, sheet = self.table, self.sheet
        depth = max(len(column.heads) for column in table.columns)
        last = _FIRST + depth + 1
        for place, name in enumerate(table.corner, 1):
            looks.put_across(sheet, _FIRST, place, place, name, looks.HEAD, rows=depth + 2)
        lead = len(table.corner) + 1
        for level in range(depth):
            for text, first, end in _spans(
                [_head(column.heads, level) for column in table.columns]
            ):
                if text:
                    row = _FIRST + level
                    looks.put_across(sheet, row, lead + first, lead + end, text, looks.HEAD)
                    needed = lines_needed(text, _NUMBER_WIDTH * (end - first + 1) - _EDGE)
                    before = sheet.row_dimensions[row].height or 0
                    sheet.row_dimensions[row].height = max(before, height_of(needed))
        for place, column in enumerate(table.columns, lead):
            free = depth - len(column.heads)
            top = last - 1 - free
            looks.put_across(sheet, top, place, place, column.label, looks.SMALL_HEAD, free + 1)
            looks.put(sheet, last, place, column.unit, looks.ORDINAL)
        lines = max(lines_needed(column.label, _NUMBER_WIDTH) for column in table.columns)
        sheet.row_dimensions[last - 1].height = height_of(lines)
        return last + 1

    def _row(self, at: int, row: int) -> None:
        entry = self.table.rows[row]
        sums = entry.level in (Level.SUBTOTAL, Level.TOTAL)
        name = looks.TOTAL_NAME if sums else looks.NAME
        for place, text in enumerate(entry.lead, 1):
            looks.put(self.sheet, at, place, text, name)
        label = entry.label
        if entry.level is Level.PART:
            label, name = tr("　其中：{label}").format(label=label), _PART
        looks.put(self.sheet, at, len(self.table.corner), label, name)
        for place in range(len(self.table.columns)):
            look = self._look(row, place)
            value = self.live.value(row, place)
            looks.put(self.sheet, at, len(self.table.corner) + 1 + place, value, look)

    def _look(self, row: int, column: int) -> Look:
        if isinstance(self.table.values[row][column], Ratio):
            return _PERCENT
        return looks.TEN_THOUSAND if self.table.is_money(row, column) else looks.WHOLE

    def _warm(self, first: int) -> None:
        """The months of the units, but for sums."""
        lines = [n for n, row in enumerate(self.table.rows) if row.level is Level.LINE]
        left = len(self.table.corner) + 2
        right = len(self.table.corner) + len(self.table.columns)
        if lines and right >= left:
            top, bottom = first + lines[0], first + lines[-1]
            warm(self.sheet, address(top, left), address(bottom, right))

    def _foot(self, at: int, across: int) -> None:
        """The notes and the check lines under the table."""
        told = [tr("注：{note}").format(note=note) for note in self.table.notes]
        for check in self.table.checks:
            words = tr("勾稽 {rule}：{words}（{left}，{right}）{result}")
            result = AGREES if check.holds else DIFFERS
            told.append(
                words.format(
                    rule=check.rule,
                    words=check.words,
                    left=check.left,
                    right=check.right,
                    result=result,
                )
            )
        for row, text in enumerate(told, at):
            looks.put_across(self.sheet, row, 1, across, text, _NOTE)
            width = _LABEL_WIDTH + _NUMBER_WIDTH * (across - 1)
            self.sheet.row_dimensions[row].height = height_of(lines_needed(text, width))


def _pages(columns: Sequence[TableColumn]) -> Iterator[int]:
    """After which columns a new page begins, and the last one; what has one head stays together."""
    done = last = 0
    for _, group in groupby(columns, key=lambda column: column.heads[:1] or (column.key,)):
        size = len(list(group))
        if last > done and last + size - done > _MOST_ACROSS:
            yield last
            done = last
        last += size
    yield last


def _head(heads: Sequence[str], level: int) -> str:
    return heads[level] if level < len(heads) else ""


def _spans(texts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Equal neighbours together: text, first and last place."""
    place = 0
    for text, same in groupby(texts):
        count = len(list(same))
        yield text, place, place + count - 1
        place += count
