"""The sheet 汇总表: 49 columns in three bands on A4, all live formulas, with check lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.cells import address
from mediation_desk.exchange.columns import ORDINALS
from mediation_desk.exchange.formulas import FEN_IN_TEN_THOUSAND, Grounds
from mediation_desk.exchange.looks import (
    CHECK,
    HEAD,
    LINE,
    NAME,
    ORDINAL,
    SMALL_HEAD,
    TEN_THOUSAND,
    TITLE,
    TOTAL_NAME,
    WHOLE,
    Formula,
    Look,
    own_pages,
    page,
    put,
    put_across,
    widths,
)
from mediation_desk.exchange.packing import Formulas
from mediation_desk.figures.figure import Measure
from mediation_desk.figures.ministry import COLUMNS, Column, Values
from mediation_desk.words import tr

BANDS = (range(1, 20), range(20, 38), range(38, 50))
AGREES, DIFFERS = tr("相符"), tr("不符")
_HEAD_ROWS = 5
_FIRST_BAND = 4
_GAP = 1
_AMOUNT = 5
_WIDTH, _AMOUNT_WIDTH = 6.8, 9.5
_ON_ONE_PAGE = 4
_SCALE = 68  # percent at which the widest band fits on A4

# Rule id, left column, the columns whose sum it must equal, words (domain.md §3.5).
EQUALITIES = (
    ("R1", 1, tuple(range(20, 38)), tr("总数=各类之和")),
    ("R2", 1, (12, 13, 14), tr("总数=来源之和")),
    ("R3", 14, tuple(range(15, 20)), tr("移送=各部门之和")),
    ("R4", 1, tuple(range(6, 12)), tr("总数=各主体之和")),
)
PAIRS = ((42, 43), (44, 45), (46, 47), (48, 49))
CHECKS = (*((rule, words) for rule, _, _, words in EQUALITIES), ("R8", tr("件与人相配")))


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the table: name, level (empty in a village's own) and values.

    `unit` limits its formulas to one unit; `adds` names the levels whose lines it adds up instead.
    """

    name: str
    level: str
    values: Values
    unit: str = ""
    adds: tuple[str, ...] = ()


def shown_value(column: Column, value: int) -> int | float:
    """A raw value as its cell holds it, money in 万元 and not rounded."""
    if column.figure.measure is Measure.AMOUNT:
        return value / FEN_IN_TEN_THOUSAND
    return value


class SummarySheet:
    """Lays the table out; `check_cell` answers where the check of a rule stands."""

    def __init__(
        self,
        sheet: Worksheet,
        formulas: Formulas,
        grounds: Grounds,
        lines: Sequence[SummaryLine],
    ) -> None:
        self._sheet = sheet
        self._formulas = formulas
        self._grounds = grounds
        self._lines = lines
        self._levels = any(line.level for line in lines)
        self._lead = 2 if self._levels else 1
        self._verified = bool(lines[-1].adds)
        self._height = _HEAD_ROWS + len(lines) + self._verified + _GAP

    def write(self, title: str, under: Sequence[str]) -> None:
        """Write the whole sheet with its `title` and the two lines `under` it."""
        most = self._lead + len(BANDS[0])
        put_across(self._sheet, 1, 1, most, title, TITLE)
        for row, text in enumerate(under, 2):
            put_across(self._sheet, row, 1, most, text, LINE)
        for number, band in enumerate(BANDS):
            self._band(_FIRST_BAND + number * self._height, band)
        self._checks(_FIRST_BAND + 2 * self._height)
        lead = (19, 6) if self._levels else (19,)
        sizes = [_WIDTH] * len(BANDS[0])
        sizes[_AMOUNT - 1] = _AMOUNT_WIDTH
        widths(self._sheet, (*lead, *sizes))
        self._sheet.row_dimensions[1].height = 32
        page(self._sheet)
        if len(self._lines) <= _ON_ONE_PAGE:
            self._sheet.page_setup.fitToHeight = 1
        else:
            ends = [_FIRST_BAND + number * self._height - 1 for number in (1, 2)]
            own_pages(self._sheet, ends, _SCALE)
            self._sheet.print_title_rows = f"1:{_FIRST_BAND - 1}"

    def cell(self, line: int, number: int) -> str:
        """The cell of a column's value in a line."""
        row, column = self._spot(line, number)
        return address(row, column)

    def check_cell(self, line: int, check: int) -> str:
        """The cell with the check number `check` of `CHECKS` for a line."""
        first = _FIRST_BAND + 2 * self._height + _HEAD_ROWS
        return address(first + line, self._lead + len(BANDS[2]) + 1 + check)

    def _spot(self, line: int, number: int) -> tuple[int, int]:
        index = next(index for index, band in enumerate(BANDS) if number in band)
        row = _FIRST_BAND + index * self._height + _HEAD_ROWS + line
        return row, self._lead + number - BANDS[index].start + 1

    def _band(self, top: int, band: range) -> None:
        self._lead_heads(top)
        self._heads(top, [COLUMNS[number - 1] for number in band])
        first = top + _HEAD_ROWS
        for index, line in enumerate(self._lines):
            self._sheet.row_dimensions[first + index].height = 21
            look = TOTAL_NAME if line.adds else NAME
            put(self._sheet, first + index, 1, line.name, look)
            if self._levels:
                put(self._sheet, first + index, 2, line.level, ORDINAL)
            for number in band:
                self._value(index, line, COLUMNS[number - 1])
        if self._verified:
            self._verify(first + len(self._lines), band)

    def _lead_heads(self, top: int) -> None:
        put_across(self._sheet, top, 1, 1, tr("单位"), HEAD, rows=_HEAD_ROWS - 1)
        put(self._sheet, top + _HEAD_ROWS - 1, 1, ORDINALS, ORDINAL)
        if self._levels:
            put_across(self._sheet, top, 2, 2, tr("级别"), HEAD, rows=_HEAD_ROWS - 1)
            put(self._sheet, top + _HEAD_ROWS - 1, 2, "", ORDINAL)

    def _heads(self, top: int, columns: Sequence[Column]) -> None:
        at = self._lead + 1
        for (head,), group in groupby(columns, key=lambda column: column.heads[:1]):
            last = at + len(list(group)) - 1
            put_across(self._sheet, top, at, last, head, HEAD)
            at = last + 1
        at = self._lead + 1
        for heads, group in groupby(columns, key=lambda column: column.heads):
            members = list(group)
            self._labels(top, at, members, heads[1] if len(heads) > 1 else "")
            at += len(members)
        for offset, column in enumerate(columns):
            place = self._lead + 1 + offset
            put(self._sheet, top + 3, place, column.unit, ORDINAL)
            put(self._sheet, top + 4, place, column.number, ORDINAL)
        for row, height in ((0, 20), (1, 20), (2, 58), (3, 15), (4, 15)):
            self._sheet.row_dimensions[top + row].height = height

    def _labels(self, top: int, at: int, columns: Sequence[Column], group: str) -> None:
        row, rows = top + 1, 2
        if group:
            put_across(self._sheet, row, at, at + len(columns) - 1, group, HEAD)
            row, rows = top + 2, 1
        for label, same in groupby(columns, key=lambda column: column.label):
            last = at + len(list(same)) - 1
            put_across(self._sheet, row, at, last, label, SMALL_HEAD, rows=rows)
            at = last + 1

    def _value(self, index: int, line: SummaryLine, column: Column) -> None:
        row, place = self._spot(index, column.number)
        text = self._added(line, column) if line.adds else self._counted(line, column)
        value = shown_value(column, line.values[column.number - 1])
        look = TEN_THOUSAND if column.figure.measure is Measure.AMOUNT else WHOLE
        self._put(row, place, Formula(text, value), look)

    def _counted(self, line: SummaryLine, column: Column) -> str:
        return self._grounds.formula(column.figure, line.unit)

    def _added(self, line: SummaryLine, column: Column) -> str:
        """The sum of the lines of some levels; no name is written twice."""
        cells = [
            self.cell(index, column.number)
            for index, other in enumerate(self._lines)
            if not other.adds and other.level in line.adds
        ]
        return "=SUM(" + ",".join(cells) + ")" if cells else "=0"

    def _verify(self, row: int, band: range) -> None:
        """R14: the grand total counted again from all rows, without going by units."""
        put(self._sheet, row, 1, tr("R14 合计校核"), TOTAL_NAME)
        put(self._sheet, row, 2, "", ORDINAL)
        last = len(self._lines) - 1
        for number in band:
            again = self._grounds.formula(COLUMNS[number - 1].figure)[1:]
            text = f'=IF(ABS({self.cell(last, number)}-({again}))<0.000001,"{AGREES}","{DIFFERS}")'
            place = self._spot(last, number)[1]
            self._put(row, place, Formula(text, AGREES), CHECK)

    def _checks(self, top: int) -> None:
        at = self._lead + len(BANDS[2]) + 1
        put_across(self._sheet, top, at, at + len(CHECKS) - 1, tr("勾稽校核"), HEAD)
        for offset, (rule, words) in enumerate(CHECKS):
            put_across(self._sheet, top + 1, at + offset, at + offset, words, SMALL_HEAD, rows=3)
            put(self._sheet, top + 4, at + offset, rule, ORDINAL)
        for index, line in enumerate(self._lines):
            row = top + _HEAD_ROWS + index
            for offset, (_, left, parts, _) in enumerate(EQUALITIES):
                self._put(row, at + offset, self._equality(index, line, left, parts), CHECK)
            self._put(row, at + len(EQUALITIES), self._pairs(index, line), CHECK)

    def _equality(
        self, index: int, line: SummaryLine, left: int, parts: tuple[int, ...]
    ) -> Formula:
        holds = line.values[left - 1] == sum(line.values[number - 1] for number in parts)
        cells = f"{self.cell(index, parts[0])}:{self.cell(index, parts[-1])}"
        text = f'=IF({self.cell(index, left)}=SUM({cells}),"{AGREES}","{DIFFERS}")'
        return Formula(text, AGREES if holds else DIFFERS)

    def _pairs(self, index: int, line: SummaryLine) -> Formula:
        holds, tests = True, []
        for cases, persons in PAIRS:
            few, many = line.values[cases - 1], line.values[persons - 1]
            holds = holds and many >= few and (few == 0) == (many == 0)
            left, right = self.cell(index, cases), self.cell(index, persons)
            tests.append(f"{right}>={left},({left}=0)=({right}=0)")
        text = f'=IF(AND({",".join(tests)}),"{AGREES}","{DIFFERS}")'
        return Formula(text, AGREES if holds else DIFFERS)

    def _put(self, row: int, column: int, formula: Formula, look: Look) -> None:
        kept = self._formulas.keep(self._sheet.title, row, column, formula)
        put(self._sheet, row, column, kept, look)
