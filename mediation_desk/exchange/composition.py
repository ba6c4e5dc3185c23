"""The sheet 纠纷类型: cases by type and by source with their shares, and the rate of success."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.exchange.columns import SUMMARY
from mediation_desk.exchange.looks import (
    CHECK,
    HEAD,
    LINE,
    NAME,
    TITLE,
    TOTAL_NAME,
    WHOLE,
    Formula,
    Look,
    page,
    put,
    put_across,
    widths,
)
from mediation_desk.exchange.packing import Formulas
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.ministry import Table
from mediation_desk.figures.types import Share, by_source, by_type, success_rate
from mediation_desk.words import tr

TITLE_OF_SHEET = tr("纠纷类型")
_PERCENT = Look(10, across="right", format="0.0")
_FIRST_TYPE = 20  # statistic column of the first type
_SOURCES = (12, 13, 14)
_WHOLE, _SETTLED = 1, 3

CellOf = Callable[[int], str]


def write_composition(
    sheet: Worksheet,
    formulas: Formulas,
    table: Table,
    counts: Counts,
    under: Sequence[str],
    cell_of: CellOf,
) -> None:
    """Write the sheet; `cell_of` names the summary's cell of a column in the grand total."""
    sheet.title = TITLE_OF_SHEET
    writer = _Composition(sheet, formulas, cell_of)
    put_across(sheet, 1, 1, 3, tr("纠纷类型、案件来源构成"), TITLE)
    sheet.row_dimensions[1].height = 32
    for row, text in enumerate(under, 2):
        put_across(sheet, row, 1, 3, text, LINE)
        sheet.row_dimensions[row].height = 30
    types = by_type(counts, table.calibre.types)
    row = writer.block(5, TITLE_OF_SHEET, types, _type_columns(table.calibre.types))
    sources = by_source(counts)
    row = writer.block(row + 1, tr("案件来源"), sources, [(number,) for number in _SOURCES])
    rate = success_rate(counts)
    put_across(sheet, row + 1, 1, 1, rate.label, TOTAL_NAME)
    words = tr("%（调解成功÷{whole}）").format(whole=rate.denominator)
    writer.percent(row + 1, 2, cell_of(_SETTLED), rate.percent)
    put(sheet, row + 1, 3, words, CHECK)
    widths(sheet, (34, 22, 26))
    page(sheet, landscape=False)


def _type_columns(types: str) -> list[tuple[int, ...]]:
    """The statistic columns behind each row of the 18- or the 15-type list."""
    groups: dict[str, list[int]] = {}
    for number, entry in enumerate(EIGHTEEN, _FIRST_TYPE):
        groups.setdefault(entry.label if types == "18" else entry.fifteen, []).append(number)
    return [tuple(numbers) for numbers in groups.values()]


class _Composition:
    """Rows of cases and shares that refer to the summary's cells."""

    def __init__(self, sheet: Worksheet, formulas: Formulas, cell_of: CellOf) -> None:
        self._sheet = sheet
        self._formulas = formulas
        self._cell_of = cell_of

    def block(
        self, top: int, title: str, shares: Sequence[Share], columns: Sequence[tuple[int, ...]]
    ) -> int:
        """One list with its heads; answers the row after it."""
        for column, head in enumerate((title, tr("件数"), tr("占比（%）")), 1):
            put(self._sheet, top, column, head, HEAD)
        for row, (share, numbers) in enumerate(zip(shares, columns, strict=True), top + 1):
            put(self._sheet, row, 1, share.label, NAME)
            cells = "+".join(self._there(number) for number in numbers)
            self._put(row, 2, Formula("=" + cells, share.cases), WHOLE)
            self.percent(row, 3, f"B{row}", share.percent)
        last = top + len(shares) + 1
        put(self._sheet, last, 1, tr("合计"), TOTAL_NAME)
        total = Formula(f"=SUM(B{top + 1}:B{last - 1})", sum(share.cases for share in shares))
        self._put(last, 2, total, WHOLE)
        put(self._sheet, last, 3, tr("分项四舍五入，合计不一定为100"), CHECK)
        return last + 1

    def percent(self, row: int, column: int, part: str, value: Decimal | None) -> None:
        """A share of all cases, one decimal; empty where there are none."""
        whole = self._there(_WHOLE)
        part = part if part.startswith("B") and column == 3 else f"'{SUMMARY}'!{part}"
        text = f'=IF({whole}=0,"",ROUND(100*{part}/{whole},1))'
        self._put(row, column, Formula(text, "" if value is None else float(value)), _PERCENT)

    def _there(self, number: int) -> str:
        return f"'{SUMMARY}'!{self._cell_of(number)}"

    def _put(self, row: int, column: int, formula: Formula, look: Look) -> None:
        kept = self._formulas.keep(self._sheet.title, row, column, formula)
        put(self._sheet, row, column, kept, look)
