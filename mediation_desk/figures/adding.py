"""Adding counts up into the cells of a table: every row of counts is judged once for all cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mediation_desk.domain.periods import Period
from mediation_desk.figures.counts import (
    CaseCount,
    HandlingCount,
    LinkCount,
    MediatorCount,
    PreventionCount,
    PublicityCount,
    ScreeningCount,
    SlotCount,
    StaffCount,
)
from mediation_desk.figures.figure import (
    ADDS,
    OF_CASES,
    OF_PREVENTIONS,
    OF_PUBLICITY,
    OF_SCREENINGS,
    Codes,
    Kinds,
    Measure,
    Row,
    Where,
    allows,
    dimensions,
    narrowed,
)
from mediation_desk.figures.table import Kind, TableColumn, TableRow, Value, finished, period_of

_MEASURES: dict[type, frozenset[Measure]] = {
    **dict.fromkeys((CaseCount, SlotCount, MediatorCount), OF_CASES),
    **dict.fromkeys((HandlingCount, LinkCount), frozenset({Measure.CASES})),
    ScreeningCount: OF_SCREENINGS,
    PreventionCount: OF_PREVENTIONS,
    PublicityCount: OF_PUBLICITY,
    StaffCount: frozenset({Measure.STAFF}),
}
_JUDGED: dict[type, Callable[[Any], object]] = {
    CaseCount: lambda row: (*row[1:6], row[9]),
    HandlingCount: lambda row: row[1:7],
    LinkCount: lambda row: row[1:3],
    SlotCount: lambda row: row[1:5],
    MediatorCount: lambda row: row[1:5],
    ScreeningCount: lambda _: (),
    PreventionCount: lambda row: row.kind,
    PublicityCount: lambda row: row.kind,
    StaffCount: lambda row: (row.post, row.sex, row.term),
}


_Signature = tuple[Where, Period | None, str]
# Where the sums of one row of counts go: for each kind of row its places and their columns.
_Hit = tuple[int, tuple[tuple[int, str], ...]]


def add_up(
    rows: Sequence[TableRow],
    columns: Sequence[TableColumn],
    counted: Iterable[Sequence[Row]],
    kinds: Kinds,
    period: Period,
) -> tuple[tuple[Value, ...], ...]:
    """The values of all cells of a table over `period`; `kinds` are those of all units."""
    adder = _Adder(rows, columns, period)
    for some in counted:
        if some:
            adder.add(some, kinds)
    return finished(rows, columns, adder.values())


class _Adder:
    """Judges every row of counts once for all rows of the table that are alike but for units."""

    def __init__(
        self, rows: Sequence[TableRow], columns: Sequence[TableColumn], period: Period
    ) -> None:
        self._rows = rows
        self._period = period
        self._columns = columns
        self._sums = [[0] * len(columns) for _ in rows]
        self._alike: list[TableRow] = []
        self._lines_of: list[dict[str, list[list[int]]]] = []
        self._hits: dict[tuple[object, ...], tuple[_Hit, ...]] = {}
        found: dict[_Signature, int] = {}
        for row, sums in zip(rows, self._sums, strict=True):
            if row.adds:
                continue
            signature = (row.where, row.period, row.figure.id if row.figure else "")
            place = found.setdefault(signature, len(found))
            if place == len(self._alike):
                self._alike.append(row)
                self._lines_of.append({})
            for unit in row.units:
                self._lines_of[place].setdefault(unit, []).append(sums)

    def add(self, counted: Sequence[Row], kinds: Kinds) -> None:
        """Add rows of counts of one kind."""
        judged = _JUDGED[type(counted[0])]
        hits, lines_of, kind = self._hits, self._lines_of, type(counted[0])
        for row in counted:
            committee = kinds.get(row.unit_id)
            if committee is None:
                continue
            key = (kind, committee, judged(row))
            found = hits.get(key)
            if found is None:
                found = hits[key] = tuple(self._judge(row, committee))
            for place, adding in found:
                for sums in lines_of[place].get(row.unit_id, ()):
                    for column, name in adding:
                        sums[column] += getattr(row, name)

    def _judge(self, row: Row, committee: str) -> Iterator[_Hit]:
        codes, measures = dimensions(row, committee), _MEASURES[type(row)]
        for place, line in enumerate(self._alike):
            adding = tuple(
                (number, ADDS[figure.measure])
                for number, column in enumerate(self._columns)
                if column.kind is Kind.FIGURE
                and (figure := column.figure or line.figure) is not None
                and figure.measure in measures
                and _within(period_of(line, column, self._period), codes)
                and allows(narrowed(figure.where, column.where, line.where), codes)
            )
            if adding:
                yield place, adding

    def values(self) -> list[list[int]]:
        """The sums of all rows, those that add others up made last."""
        by_key = dict(zip((row.key for row in self._rows), self._sums, strict=True))
        for row in self._rows:
            if row.adds:
                parts = [by_key[key] for key in row.adds]
                by_key[row.key][:] = map(sum, zip(*parts, strict=True))
        return self._sums


def _within(period: Period, codes: Codes) -> bool:
    """Whether a stretch of time lies in `period`; what has none was counted in it."""
    slot = codes.get("slot")
    return not isinstance(slot, str) or period.first.isoformat() <= slot <= period.last.isoformat()
