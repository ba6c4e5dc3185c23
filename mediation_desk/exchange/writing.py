"""A unit's monthly package as a workbook: clean tables for people, an exact copy for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange import looks, reading
from mediation_desk.exchange.cells import Kind, RowForm, Tally, Value, height_of, lines_needed
from mediation_desk.exchange.children import reading_soon
from mediation_desk.exchange.columns import EXACT, FIRST_ROW, SHEETS, SUMMARY, WORKS, Sheet
from mediation_desk.exchange.contents import Head, PackageContents
from mediation_desk.exchange.cover import write_cover
from mediation_desk.exchange.cycles import without_looking_for_cycles
from mediation_desk.exchange.formulas import package_grounds
from mediation_desk.exchange.laying import Laid
from mediation_desk.exchange.packing import Formulas, Stream, pack
from mediation_desk.exchange.placing import placed
from mediation_desk.exchange.sealing import Seal
from mediation_desk.exchange.summary import SummaryLine, SummarySheet
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.ministry import line
from mediation_desk.words import tr

_MOST_ON_A_PAGE = 24  # columns beside each other that can still be read on paper
_NO_WRAP = 1e6  # wider than any text, so that rows of the exact copy keep one line
_ONE_LINE = height_of(1)


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook in place: where, the digest of its exact copy, its size, characters removed.

    `disputes` is how many its ledger has.
    """

    path: Path
    digest: str
    size: int
    cleaned: int
    disputes: int


@without_looking_for_cycles()
def write_package(
    contents: PackageContents, counts: Counts, target: Path, seal: Seal | None = None
) -> Written:
    """Write a package, read it back with our own reader, and move it into place.

    It is signed and sealed as `seal` says; what was sealed is opened again for comparison.
    `counts` are the register's own, so that the table and the ledger check each other. Raises
    `DeskError` when they differ, when a text does not fit into a cell, when the place cannot be
    written; nothing is left under `target` then.
    """
    head = contents.head
    tally = Tally()
    laid = Laid(contents, tally, seal)
    values = line(counts, [head.unit])
    if values != line(laid.counts, [head.unit]):
        happened = tr("汇总数与台账不一致，没有导出。")
        raise DeskError(happened + tr("请先运行登记册检查，再重新导出。"))
    book, formulas = Workbook(), Formulas()
    book.properties.creator = tr("调解台")
    book.properties.title = f"{head.unit.name} {head.calibre.period.label()}"
    streams = _sheets(book, formulas, laid, SummaryLine(head.unit.name, "", values))
    streams[EXACT] = exact_sheet(book, laid.cells)

    def write(file: IO[bytes]) -> dict[str, str]:
        return pack(book, streams, formulas, file)

    sizes = []

    def check(aside: Path, expected: dict[str, str]) -> None:
        check_sums(aside, expected)
        sizes.append(aside.stat().st_size)

    with reading_soon():
        placed(target, write, check)
    cleaned = tally.cleaned + sum(stream.form.tally.cleaned for stream in streams.values())
    return Written(target, laid.digest, sizes[0], cleaned, laid.cases)


def check_sums(path: Path, expected: dict[str, str]) -> None:
    """Raise `DeskError` unless our own reader sees exactly the cells that were to be written."""
    if reading.sums(path) != expected:
        happened = tr("导出的文件读回后与原内容不一致，没有保存。")
        raise DeskError(happened + tr("请换一个位置再导出一次；如果再次出现，请联系技术人员。"))


def _sheets(
    book: Workbook, formulas: Formulas, laid: Laid, summed: SummaryLine
) -> dict[str, Stream]:
    head = laid.head
    cover, summary = book.worksheets[0], book.create_sheet(SUMMARY)
    streams = {}
    for sheet in SHEETS:
        form = laid.forms[sheet.title]
        _table(book.create_sheet(sheet.title), sheet, head)
        rows = laid.rows[sheet.title]
        streams[sheet.title] = Stream(form, FIRST_ROW, rows, rows.count, laid.sums[sheet.title])
    grounds = package_grounds(
        personal=head.personal,
        first=FIRST_ROW,
        cases=laid.cases,
        works=laid.rows[WORKS.title].count,
    )
    table = SummarySheet(summary, formulas, grounds, [summed])
    heading = tr("人民调解案件情况统计表")
    table.write(heading, (_belongs(head), head.calibre.words()))
    write_cover(cover, formulas, laid, table, summed)
    return streams


def _belongs(head: Head) -> str:
    """The line under a heading: whose table, which period, by whom and when."""
    unit = head.unit.committee or head.unit.name
    return tr("单位：{unit}　　期间：{period}　　填表人：{by}　　制表日期：{on}").format(
        unit=unit,
        period=head.calibre.period.label(),
        by=head.made_by,
        on=head.made_on.isoformat(),
    )


def _table(sheet: Worksheet, table: Sheet[Any], head: Head) -> None:
    """Headings, column heads and the sample row whose styles all rows take."""
    columns = table.shown(personal=head.personal)
    under = (_belongs(head), head.calibre.words())
    heads, sizes = [column.head for column in columns], [column.width for column in columns]
    headings(sheet, table.heading, under, heads, sizes)
    for number, column in enumerate(columns, 1):
        looks.dress(sheet.cell(FIRST_ROW, number), looks.KINDS[column.kind])
    sheet.freeze_panes = f"B{FIRST_ROW}"
    looks.page(sheet, f"{FIRST_ROW - 1}:{FIRST_ROW - 1}")
    if len(columns) > _MOST_ON_A_PAGE:
        sheet.page_setup.fitToWidth = 2
        sheet.print_title_cols = "A:A"


def headings(
    sheet: Worksheet,
    title: str,
    under: Sequence[str],
    heads: Sequence[str],
    sizes: Sequence[float],
) -> None:
    """A sheet's title, the two lines under it, its column heads in row 4 and their widths."""
    across = min(len(heads), _MOST_ON_A_PAGE - 2)
    looks.put_across(sheet, 1, 1, across, title, looks.TITLE)
    for row, text in enumerate(under, 2):
        looks.put_across(sheet, row, 1, across, text, looks.LINE)
    for number, text in enumerate(heads, 1):
        looks.put(sheet, FIRST_ROW - 1, number, text, looks.HEAD)
    sheet.row_dimensions[1].height = 32
    lines = max(map(lines_needed, heads, sizes))
    sheet.row_dimensions[FIRST_ROW - 1].height = height_of(lines)
    looks.widths(sheet, sizes)


class _ExactForm(RowForm):
    """The rows of an exact copy: below the description all is base64, which needs no care.

    To look through it costs a twentieth of the time of an export.
    """

    def cleaned(self, values: Sequence[Value]) -> list[Value]:
        """The values, which can stand in the sheet as they are."""
        return list(values) if _is_coded(values) else super().cleaned(values)

    def xml(self, number: int, values: Sequence[Value]) -> str:
        """One `<row>` element."""
        if not _is_coded(values):
            return super().xml(number, values)
        cell = (
            f'<c r="A{number}" s="{self.styles[0]}" t="inlineStr"><is><t>{values[0]}</t></is></c>'
        )
        return f'<row r="{number}" ht="{_ONE_LINE:g}" customHeight="1">{cell}</row>'


def _is_coded(values: Sequence[Value]) -> bool:
    """Whether this is a row of base64, and not the description."""
    return not str(values[0]).startswith("{")


def exact_sheet(book: Workbook, cells: Sequence[str]) -> Stream:
    """Add the very hidden sheet of an exact copy; the rows it will have."""
    sheet = book.create_sheet(EXACT)
    sheet.sheet_state = "veryHidden"
    looks.dress(sheet.cell(1, 1), looks.Look(format="@", boxed=False))
    form = _ExactForm(EXACT, [EXACT], [Kind.TEXT], [_NO_WRAP])
    return Stream(form, 1, ([cell] for cell in cells), len(cells))
