"""A list as a workbook of one clean sheet: a title, whose it is, heads, and a line for each."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import Kind, RowForm, Value
from mediation_desk.exchange.columns import FIRST_ROW
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.writing import check_sums, headings
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A finished list: where it lies, its SHA-256, its rows and the characters removed."""

    path: Path
    digest: str
    rows: int
    cleaned: int


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What one sheet is called and says above its lines, and the heads, widths and kinds of those.

    `dressed` may change how the sheet is printed.
    """

    name: str
    title: str
    under: tuple[str, str]
    columns: Sequence[tuple[str, float, Kind]]
    dressed: Callable[[Worksheet], None] | None = None


def write_sheet(
    told: SheetForm, rows: Iterable[list[Value]], count: int, target: Path
) -> WrittenList:
    """Write `count` rows, read them back with our own reader, and move them into place.

    Raises `DeskError` when a text does not fit into a cell or when the place cannot be written.
    """
    heads, sizes, kinds = (list(part) for part in zip(*told.columns, strict=True))
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = told.title
    sheet = book.worksheets[0]
    sheet.title = told.name
    headings(sheet, told.title, told.under, heads, sizes)
    for number, kind in enumerate(kinds, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
    if told.dressed is not None:
        told.dressed(sheet)
    form = RowForm(told.name, heads, kinds, sizes)
    streams = {told.name: Stream(form, FIRST_ROW, rows, count)}

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return WrittenList(target, digest, count, form.tally.cleaned)
