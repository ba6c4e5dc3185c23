"""Cases returned to a village as a workbook: one sheet to read, an exact copy for the program."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import IO

from openpyxl import Workbook

from mediation_desk.domain.record import Record
from mediation_desk.domain.versions import NO_LINEAGES, Lineages
from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import RowForm, Tally
from mediation_desk.exchange.columns import EXACT, FIRST_ROW
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.returns import (
    HEADS,
    KINDS,
    SHEET,
    WIDTHS,
    ReturnLine,
    ReturnsHead,
    encoded,
)
from mediation_desk.exchange.sealing import Seal
from mediation_desk.exchange.writing import check_sums, exact_sheet, headings
from mediation_desk.words import tr


def write_returns(
    head: ReturnsHead,
    lines: Sequence[ReturnLine],
    target: Path,
    seal: Seal | None = None,
    others: Sequence[Record] = (),
    lineages: Lineages = NO_LINEAGES,
) -> Path:
    """Write the file, read it back with our own reader, and move it into place.

    The exact copy holds the returns of `lines` and the records of `others`, which no sheet shows;
    `seal` says by whom it is signed and for whom it is sealed, `lineages` tells the versions.
    Raises `DeskError` when a text does not fit into a cell or the place cannot be written.
    """
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = tr("{unit}退回意见").format(unit=head.unit_name)
    sheet = book.worksheets[0]
    sheet.title = SHEET
    headings(sheet, tr("司法所退回补正意见"), _under(head, len(lines)), HEADS, WIDTHS)
    for number, kind in enumerate(KINDS, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
    form = RowForm(SHEET, HEADS, KINDS, WIDTHS)
    rows = (line.values() for line in lines)
    records = chain((line.entry for line in lines), others)
    cells = encoded(head, records, Tally(), seal, lineages)
    streams = {SHEET: Stream(form, FIRST_ROW, rows, len(lines)), EXACT: exact_sheet(book, cells)}

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    return target


def _under(head: ReturnsHead, count: int) -> tuple[str, str]:
    whose = tr("退回给：{unit}　　由：{office}　　制作：{by}　　日期：{on}　　共{count}条")
    whose = whose.format(
        unit=head.unit_name,
        office=head.office,
        by=head.made_by,
        on=head.made_on.isoformat(),
        count=count,
    )
    how = tr("请用调解台“报送”页打开本文件，逐条改正并点“已改正”；改正情况随下一份报表报回。")
    return whose, how
