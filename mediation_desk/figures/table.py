"""A statistical table: rows by columns, exact values, and behind every cell its cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from mediation_desk.domain.money import ten_thousands
from mediation_desk.domain.periods import Period, period_before, year_before
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.figure import OF_CASES, Figure, Measure, Where
from mediation_desk.figures.identities import Check
from mediation_desk.figures.types import share
from mediation_desk.words import tr

# What stands in place of a number that there cannot be.
NOTHING = tr("–")
_AHEAD = tr("还没有开始的月份没有数字，也写“–”。")


class Level(Enum):
    """What a row stands for: one line, a part of the line above it, or a sum."""

    LINE = "line"
    PART = "part"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Kind(Enum):
    """What a column holds: figures, percents, shares of the total row, or differences."""

    FIGURE = "figure"
    PERCENT = "percent"
    SHARE = "share"
    DIFFERENCE = "difference"


class Shift(Enum):
    """From which time a column counts: the row's own, a year before, or the time just before."""

    NONE = "none"
    YEAR = "year"
    BEFORE = "before"

    def of(self, period: Period) -> Period:
        """The period shifted."""
        if self is Shift.YEAR:
            return year_before(period)
        return period_before(period) if self is Shift.BEFORE else period


class Ratio(NamedTuple):
    """A part of a whole, kept exact; the percent is made when it is shown."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """One decimal, rounded half up; None of nothing."""
        return share(self.part, self.whole)


# Money in fen; None where a cell has nothing to say.
Value = int | Ratio | None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its key, its group heads from the top, its label and unit, and what it holds.

    A FIGURE column counts its `figure` (or that of the row) among the cases that satisfy `where`,
    in `period` (or that of the row, or of the table), moved by `shift`. PERCENT is the column
    `part` of the column `whole`, SHARE the column `part` of its value in the total row, DIFFERENCE
    is `part` less `whole`. Where `grows` is true the percent is that of the difference, as in
    同比 and 环比. Derived columns may name the `figure` that is a rate, for its definition.
    """

    key: str
    heads: tuple[str, ...]
    label: str
    unit: str
    figure: Figure | None = None
    where: Where = ()
    period: Period | None = None
    shift: Shift = Shift.NONE
    kind: Kind = Kind.FIGURE
    part: str = ""
    whole: str = ""
    grows: bool = False

    @property
    def title(self) -> str:
        """Label and unit together."""
        return f"{self.label}({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its key, label and level, and which units' cases it counts, by `where` narrowed.

    `period` and `figure` belong to the row where the columns have none. `adds` are the keys of the
    rows of which this one is the sum; without any the row is counted by itself. `lead` are the
    texts of further columns before the numbers, such as the unit of a mediator.
    """

    key: str
    label: str
    level: Level
    units: tuple[str, ...]
    where: Where = ()
    period: Period | None = None
    figure: Figure | None = None
    adds: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """What leads to the cases behind a cell: the figure, the units and the calibre."""

    figure: Figure
    units: tuple[str, ...]
    calibre: Calibre


@dataclass(frozen=True, slots=True)
class StatTable:
    """A table of one calibre. `corner` names the columns before the numbers, from the left.

    `ahead` are the cells, by places, of months that have not begun: they are counted like others,
    so that sums stay what they are, and shown without a number.
    """

    id: str
    title: str
    calibre: Calibre
    corner: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    values: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    ahead: frozenset[tuple[int, int]] = frozenset()

    def row(self, key: str) -> int:
        """The place of a row; raises `KeyError` where there is none."""
        return _place([entry.key for entry in self.rows], key)

    def column(self, key: str) -> int:
        """The place of a column; raises `KeyError` where there is none."""
        return _place([entry.key for entry in self.columns], key)

    def value(self, row: str, column: str) -> Value:
        """The exact value of a cell by its keys; raises `KeyError` where there is none."""
        return self.values[self.row(row)][self.column(column)]

    def shown(self, row: int, column: int) -> str:
        """A cell as it is printed, by places: 万元 with two decimals, percent with one."""
        value = self.values[row][column]
        if value is None:
            return ""
        if (row, column) in self.ahead:
            return NOTHING
        if isinstance(value, Ratio):
            percent = value.percent
            return NOTHING if percent is None else str(percent)
        if self.is_money(row, column):
            return f"{ten_thousands(value):.2f}"
        return str(value)

    def is_money(self, row: int, column: int) -> bool:
        """Whether a cell holds fen, which are shown in 万元."""
        entry = self.columns[column]
        if entry.kind in (Kind.PERCENT, Kind.SHARE):
            return False
        if entry.kind is Kind.DIFFERENCE:
            return self.is_money(row, self.column(entry.part))
        figure = self.figure(row, column)
        return figure is not None and figure.measure is Measure.AMOUNT

    def figure(self, row: int, column: int) -> Figure | None:
        """The figure a cell counts, without what its row and column narrow it to."""
        return self.columns[column].figure or self.rows[row].figure

    def behind(self, row: int, column: int) -> Behind | None:
        """What leads to the cases behind a cell; None where it counts no cases.

        Behind a percent stand the cases of its part.
        """
        line, head = self.rows[row], self.columns[column]
        if not line.units:
            # A sum of no units; elsewhere naming none means all.
            return None
        if head.kind in (Kind.PERCENT, Kind.SHARE) and not head.grows:
            return self.behind(row, self.column(head.part))
        figure = self.figure(row, column)
        if head.kind is not Kind.FIGURE or figure is None or figure.measure not in OF_CASES:
            return None
        if self.values[row][column] is None or (row, column) in self.ahead:
            return None
        calibre = replace(self.calibre, period=period_of(line, head, self.calibre.period))
        return Behind(figure.narrowed(head.where, line.where), line.units, calibre)

    def with_checks(self, checks: tuple[Check, ...]) -> "StatTable":
        """The same table with other check lines."""
        return replace(self, checks=checks)

    def read_on(self, day: date) -> "StatTable":
        """The same table as one reads it on a day: what has not begun by then shows no number."""
        timed = [entry.period for entry in self.rows] + [entry.period for entry in self.columns]
        if not any(timed):
            return self
        ahead = frozenset(
            (row, column)
            for row in range(len(self.rows))
            for column in range(len(self.columns))
            if not self._begun(row, column, day)
        )
        notes = (*self.notes, _AHEAD) if ahead else self.notes
        return replace(self, ahead=ahead, notes=notes)

    def _begun(self, row: int, column: int, day: date) -> bool:
        """Whether the time that a cell counts has begun; that of all it is made from."""
        head = self.columns[column]
        if head.kind is not Kind.FIGURE:
            parts = filter(None, (head.part, head.whole))
            return all(self._begun(row, self.column(part), day) for part in parts)
        return period_of(self.rows[row], head, self.calibre.period).first <= day

    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the table once, in the order of its columns and rows."""
        found: dict[str, Figure] = {}
        for figure in (
            *(entry.figure for entry in self.columns),
            *(entry.figure for entry in self.rows),
        ):
            if figure is not None:
                found.setdefault(figure.id, figure)
        return tuple(found.values())


def _place(keys: Sequence[str], key: str) -> int:
    if key not in keys:
        raise KeyError(key)
    return keys.index(key)


def period_of(row: TableRow, column: TableColumn, period: Period) -> Period:
    """The time in which a cell of a table over `period` counts."""
    return column.shift.of(column.period or row.period or period)


def finished(
    rows: Sequence[TableRow],
    columns: Sequence[TableColumn],
    counted: Sequence[Sequence[int]],
) -> tuple[tuple[Value, ...], ...]:
    """The counted values with the derived columns made from them."""
    places = {column.key: place for place, column in enumerate(columns)}
    total = next((n for n, row in enumerate(rows) if row.level is Level.TOTAL), None)
    totals = counted[total] if total is not None else (0,) * len(columns)
    return tuple(
        tuple(
            value if column.kind is Kind.FIGURE else _derived(column, places, values, totals)
            for column, value in zip(columns, values, strict=True)
        )
        for values in counted
    )


def _derived(
    column: TableColumn, places: dict[str, int], values: Sequence[int], totals: Sequence[int]
) -> Value:
    part = values[places[column.part]]
    if column.kind is Kind.SHARE:
        return Ratio(part, totals[places[column.part]])
    whole = values[places[column.whole]]
    if column.kind is Kind.DIFFERENCE:
        return part - whole
    return Ratio(part - whole if column.grows else part, whole)
