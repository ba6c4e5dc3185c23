"""The office's report as a workbook: units as lines, both totals, and every row counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import basis as grounds_of
from mediation_desk.exchange import looks
from mediation_desk.exchange.basis import Basis, report_grounds
from mediation_desk.exchange.charting import add_charts, ministry_charts
from mediation_desk.exchange.columns import FIRST_ROW, SUMMARY
from mediation_desk.exchange.composition import write_composition
from mediation_desk.exchange.definitions import write_definitions
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.summary import SummaryLine, SummarySheet
from mediation_desk.exchange.writing import check_sums, headings
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.ministry import Table, line
from mediation_desk.words import tr

SUBORDINATE, OWN = tr("下级"), tr("本级")


@dataclass(frozen=True, slots=True)
class ReportHead:
    """Whose report it is, when it was made and by whom; `note` says that it is of another day."""

    unit: Unit
    made_on: date
    made_by: str
    note: str = ""


def write_report(
    head: ReportHead, table: Table, units: Sequence[Unit], basis: Basis, target: Path
) -> Path:
    """Write the report of `table`, whose lines are `units`, with the rows it was counted from.

    Raises `DeskError` when table and rows differ or when the place cannot be written.
    """
    counts = basis.counts()
    _verify(table, units, counts)
    book, formulas = Workbook(), Formulas()
    book.properties.creator = tr("调解台")
    names = _names(table)
    lines = list(_lines(table, names))
    under = (belongs(head, table.calibre), table.calibre.words())
    heading = tr("人民调解案件情况统计表")
    first = book.worksheets[0]
    first.title = SUMMARY
    summary = SummarySheet(first, formulas, report_grounds(basis), lines)
    summary.write(heading, under)
    total = len(lines) - 1
    write_composition(
        book.create_sheet(), formulas, table, counts, under, lambda n: summary.cell(total, n)
    )
    write_definitions(book.create_sheet(), under)
    add_charts(book, list(ministry_charts(table)), under)
    streams = {}
    by_id = {unit.id: unit for unit in units}
    for title, (heading, columns) in grounds_of.TABLES.items():
        sheet = book.create_sheet(title)
        _basis_sheet(sheet, heading, under, columns)
        rows = grounds_of.rows_of(title, basis, by_id, names)
        count = len(basis.cases if title == grounds_of.CASES else basis.works)
        streams[title] = Stream(grounds_of.form_of(title), FIRST_ROW, rows, count)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, formulas, file)

    placed(target, write, check_sums)
    return target


def _verify(table: Table, units: Sequence[Unit], counts: Counts) -> None:
    by_id = {unit.id: unit for unit in units}
    told = {entry.unit_id: entry.values for entry in table.lines}
    counted = {unit_id: line(counts, [by_id[unit_id]]) for unit_id in told if unit_id in by_id}
    if told != counted or not counts.unit_ids() <= told.keys():
        happened = tr("统计表与统计依据不一致，没有导出。")
        raise DeskError(happened + tr("请先运行登记册检查，再重新导出。"))


def _names(table: Table) -> dict[str, str]:
    """A name for each unit that no other has, because formulas find their rows by it."""
    names: dict[str, str] = {}
    for entry in table.lines:
        name, number = entry.name, 1
        while name in names.values():
            number += 1
            name = tr("{name}（{number}）").format(name=entry.name, number=number)
        names[entry.unit_id] = name
    return names


def _lines(table: Table, names: dict[str, str]) -> Iterator[SummaryLine]:
    for entry in table.lines:
        name = names[entry.unit_id]
        yield SummaryLine(name, OWN if entry.own else SUBORDINATE, entry.values, unit=name)
    subordinate, own, both = table.subordinate_total, table.own_total, table.grand_total
    yield SummaryLine(subordinate.name, "", subordinate.values, adds=(SUBORDINATE,))
    yield SummaryLine(own.name, "", own.values, adds=(OWN,))
    yield SummaryLine(both.name, "", both.values, adds=(SUBORDINATE, OWN))


def belongs(head: ReportHead, calibre: Calibre) -> str:
    """The line under a table's title."""
    words = tr("填报单位：{unit}　　期间：{period}　　填表人：{by}　　制表日期：{on}").format(
        unit=head.unit.name,
        period=calibre.period.label(),
        by=head.made_by,
        on=head.made_on.isoformat(),
    )
    return f"{words}　　{head.note}" if head.note else words


def _basis_sheet(
    sheet: Worksheet,
    heading: str,
    under: Sequence[str],
    columns: Sequence[grounds_of.BasisColumn],
) -> None:
    heads, sizes = [column.head for column in columns], [column.width for column in columns]
    headings(sheet, heading, under, heads, sizes)
    for number, column in enumerate(columns, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[column.kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
