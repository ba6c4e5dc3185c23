"""The tables from which charts are drawn, and those against which a table is compared."""

from dataclasses import dataclass, replace

from mediation_desk.desk.reporting import table
from mediation_desk.domain.codes import Role
from mediation_desk.domain.periods import Period, month_of, period_before
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.explained import Earlier, comparable, earlier_periods
from mediation_desk.figures.figure import Figure
from mediation_desk.figures.table import StatTable
from mediation_desk.store.register import Register

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table, by its places."""

    table: StatTable
    row: int
    column: int

    @property
    def shown(self) -> str:
        """The number as it is printed."""
        return self.table.shown(self.row, self.column)

    @property
    def number(self) -> int:
        """The exact number; 0 where the cell holds none or a share."""
        value = self.table.values[self.row][self.column]
        return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class Charted:
    """What is drawn for one calibre: the main figures of its time, its types, and twelve months.

    `units` is None at a desk that has no other units.
    """

    change: StatTable
    types: StatTable
    trend: StatTable
    units: StatTable | None

    def main(self, figure: Figure, column: str = "now") -> Cell:
        """A main figure of the time, or what it was before."""
        return Cell(self.change, self.change.row(figure.id), self.change.column(column))


def twelve_months(period: Period) -> Period:
    """The twelve whole months that end with the last month of a period."""
    last = month_of(period.last)
    first = last
    for _ in range(_MONTHS - 1):
        first = period_before(first)
    return Period(first.first, last.last)


def charted(register: Register, calibre: Calibre) -> Charted:
    """Count what the charts of one calibre show."""
    months = replace(calibre, period=twelve_months(calibre.period))
    alone = register.role is Role.VILLAGE
    return Charted(
        change=table(register, "change", calibre),
        types=table(register, "types", calibre),
        trend=table(register, "trend", months),
        units=None if alone else table(register, "unit_months", months),
    )


def earlier(register: Register, shown: StatTable) -> Earlier | None:
    """The tables against which 同比 and 环比 are told; None where the table has them itself."""
    if not comparable(shown):
        return None
    year, before = (
        table(register, shown.id, replace(shown.calibre, period=period))
        for period in earlier_periods(shown.calibre.period)
    )
    return Earlier(year, before)
