"""The cells of a statistical table on a sheet: numbers, and live formulas for what follows."""

from decimal import Decimal

from mediation_desk.exchange.cells import address
from mediation_desk.exchange.looks import Formula
from mediation_desk.exchange.packing import Formulas
from mediation_desk.figures.table import NOTHING, Kind, Level, Ratio, StatTable, Value
from mediation_desk.words import tr

_FEN_IN_TEN_THOUSAND = Decimal(1_000_000)


class Live:
    """What stands in each cell; a sum, a percent or a difference is a formula where it is one.

    A total that is not the sum of its lines, such as that of mediators who shared a case, stays a
    number. Money is written unrounded in 万元, so that sums are rounded once, when they are shown.
    """

    def __init__(self, table: StatTable, formulas: Formulas) -> None:
        self._table = table
        self._formulas = formulas
        self._top = self._left = 1
        self._rows = {row.key: place for place, row in enumerate(table.rows)}
        self._total = next(
            (place for place, row in enumerate(table.rows) if row.level is Level.TOTAL), None
        )

    def begin(self, top: int, left: int) -> None:
        """Say where on the sheet the first number stands."""
        self._top, self._left = top, left

    def value(self, row: int, column: int) -> str | float | Formula:
        """What to write into a cell, by places."""
        plain = self._plain(row, column)
        text = self._formula(row, column)
        if not text:
            return plain
        # What readers that do not calculate are shown.
        return self._formulas.keep(
            tr("统计表"), self._top + row, self._left + column, Formula(f"={text}", plain)
        )

    def _plain(self, row: int, column: int) -> str | float:
        value = self._table.values[row][column]
        if (row, column) in self._table.ahead:
            return NOTHING
        if isinstance(value, Ratio):
            percent = value.percent
            return NOTHING if percent is None else float(percent)
        if value is None:
            return ""
        if self._table.is_money(row, column):
            return float(Decimal(value) / _FEN_IN_TEN_THOUSAND)
        return value

    def _at(self, row: int, column: int) -> str:
        return address(self._top + row, self._left + column)

    def _formula(self, row: int, column: int) -> str:
        head, value = self._table.columns[column], self._table.values[row][column]
        if value is None or (row, column) in self._table.ahead:
            return ""
        if head.kind is Kind.FIGURE:
            return self._sum(row, column, value)
        part = self._at(row, self._table.column(head.part))
        if head.kind is Kind.DIFFERENCE:
            return f"{part}-{self._at(row, self._table.column(head.whole))}"
        if head.kind is Kind.SHARE:
            if self._total is None:
                return ""
            whole = self._at(self._total, self._table.column(head.part))
        else:
            whole = self._at(row, self._table.column(head.whole))
        above = f"({part}-{whole})" if head.grows else part
        return f'IF({whole}=0,"{NOTHING}",ROUND({above}*100/{whole},1))'

    def _sum(self, row: int, column: int, value: Value) -> str:
        """The sum of the rows that a row adds, if it is that sum."""
        adds = [self._rows[key] for key in self._table.rows[row].adds if key in self._rows]
        parts = [self._table.values[place][column] for place in adds]
        numbers = [part for part in parts if isinstance(part, int)]
        if not adds or len(numbers) != len(parts) or sum(numbers) != value:
            return ""
        first, last = min(adds), max(adds)
        if sorted(adds) == list(range(first, last + 1)):
            return f"SUM({self._at(first, column)}:{self._at(last, column)})"
        return "+".join(self._at(place, column) for place in adds)
