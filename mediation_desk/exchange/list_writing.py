"""A list of disputes as a workbook of one clean sheet."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from openpyxl import Workbook

from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import RowForm
from mediation_desk.exchange.columns import FIRST_ROW
from mediation_desk.exchange.list_columns import ListHead, columns
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.shelf import CaseRow
from mediation_desk.exchange.writing import check_sums, headings
from mediation_desk.words import tr

SHEET = tr("纠纷清单")


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A finished list: where it lies, its SHA-256, its rows and the characters removed."""

    path: Path
    digest: str
    rows: int
    cleaned: int


def write_list(head: ListHead, rows: Iterable[CaseRow], count: int, target: Path) -> WrittenList:
    """Write a list of `count` rows, read it back with our own reader, and move it into place.

    Raises `DeskError` when a text does not fit into a cell or when the place cannot be written.
    """
    shown = columns(head)
    heads, sizes = [column.head for column in shown], [column.width for column in shown]
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = head.title
    sheet = book.worksheets[0]
    sheet.title = SHEET
    headings(sheet, head.title, head.under, heads, sizes)
    for number, column in enumerate(shown, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[column.kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
    if head.personal:
        # Everything on one page would be too small to read.
        sheet.page_setup.fitToWidth = 2
        sheet.print_title_cols = "A:A"
    form = RowForm(SHEET, heads, [column.kind for column in shown], sizes)
    values = ([column.value(row) for column in shown] for row in rows)
    streams = {SHEET: Stream(form, FIRST_ROW, values, count)}

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return WrittenList(target, digest, count, form.tally.cleaned)
