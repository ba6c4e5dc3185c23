"""A list of disputes as a workbook of one clean sheet."""

from collections.abc import Iterable
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.list_columns import ListHead, columns
from mediation_desk.exchange.one_sheet import SheetForm, WrittenList, write_sheet
from mediation_desk.exchange.shelf import CaseRow
from mediation_desk.words import tr

SHEET = tr("纠纷清单")


def _over_two_pages(sheet: Worksheet) -> None:
    """Print names and numbers over two pages; on one they would be too small to read."""
    sheet.page_setup.fitToWidth = 2
    sheet.print_title_cols = "A:A"


def write_list(head: ListHead, rows: Iterable[CaseRow], count: int, target: Path) -> WrittenList:
    """Write a list of `count` rows, read it back with our own reader, and move it into place.

    Raises `DeskError` when a text does not fit into a cell or when the place cannot be written.
    """
    shown = columns(head)
    told = SheetForm(
        SHEET,
        head.title,
        head.under,
        [(column.head, column.width, column.kind) for column in shown],
        _over_two_pages if head.personal else None,
    )
    values = ([column.value(row) for column in shown] for row in rows)
    return write_sheet(told, values, count, target)
