"""What travels back to a village as a workbook: sheets to read, an exact copy for the program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import Receipt
from mediation_desk.domain.versions import NO_LINEAGES, Lineages
from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import RowForm, Tally, Value
from mediation_desk.exchange.columns import EXACT, FIRST_ROW
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.returns import ReturnsHead, encoded
from mediation_desk.exchange.returns_sheets import (
    ADDED,
    GIVEN_BACK,
    RECEIPTS,
    AddedLine,
    BackSheet,
    ReturnLine,
    receipt_values,
)
from mediation_desk.exchange.sealing import Seal
from mediation_desk.exchange.writing import check_sums, exact_sheet, headings
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class GoingBack:
    """What such a file holds beside the returns: records, their versions, lines to read.

    `records` have been masked already where they have to be; those of `receipts` and of the
    return lines need not be among them. `enclosed` are the bytes of attachments by their hash.
    """

    receipts: Sequence[Receipt] = ()
    added: Sequence[AddedLine] = ()
    records: Sequence[Record] = ()
    lineages: Lineages = field(default_factory=lambda: NO_LINEAGES)
    enclosed: Iterable[tuple[str, bytes]] = ()


def write_returns(
    head: ReturnsHead,
    lines: Sequence[ReturnLine],
    target: Path,
    seal: Seal | None = None,
    going: GoingBack | None = None,
) -> str:
    """Write the file, read it back with our own reader, and move it into place; its digest.

    `seal` says by whom it is signed and for whom it is sealed. Raises `DeskError` when a text does
    not fit into a cell or the place cannot be written.
    """
    going = going or GoingBack()
    book = Workbook()
    book.properties.creator = tr("调解台")
    book.properties.title = tr("{unit}回件").format(unit=head.unit_name)
    records = chain((line.entry for line in lines), going.receipts, going.records)
    digest, cells = encoded(head, records, Tally(), seal, going.lineages, going.enclosed)
    tables = (
        (RECEIPTS, [receipt_values(receipt) for receipt in going.receipts]),
        (GIVEN_BACK, [line.values() for line in lines]),
        (ADDED, [line.values() for line in going.added]),
    )
    streams = {}
    for place, (table, rows) in enumerate(tables):
        sheet = book.create_sheet(table.title) if place else book.worksheets[0]
        streams[table.title] = _table(sheet, table, head, rows)
    # People open the file for what they have to put right; without any for what is told first.
    book.active = 1 if lines else 0
    streams[EXACT] = exact_sheet(book, cells)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, Formulas(), file)

    placed(target, write, check_sums)
    return digest


def _table(
    sheet: Worksheet, table: BackSheet, head: ReturnsHead, rows: Sequence[list[Value]]
) -> Stream:
    sheet.title = table.title
    headings(sheet, table.heading, _under(head, len(rows)), table.heads, table.widths)
    for number, kind in enumerate(table.kinds, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
    form = RowForm(table.title, table.heads, table.kinds, table.widths)
    return Stream(form, FIRST_ROW, iter(rows), len(rows))


def _under(head: ReturnsHead, count: int) -> tuple[str, str]:
    whose = tr("给：{unit}　　由：{office}　　第{number}份　　制作：{by}　　{on}　　共{count}条")
    whose = whose.format(
        unit=head.unit_name,
        office=head.office,
        number=head.number,
        by=head.made_by,
        on=head.made_on.isoformat(),
        count=count,
    )
    if head.wanted:
        numbers = tr("、").join(tr("第{number}份").format(number=entry) for entry in head.wanted)
        return whose, tr("请用调解台“报送”页打开本文件。还没有收到{numbers}报送，请补发。").format(
            numbers=numbers
        )
    how = tr("请用调解台“报送”页打开本文件；退回的逐条改正并点“已改正”，随下一份报表报回。")
    return whose, how
