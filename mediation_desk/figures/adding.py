"""Adding counts up into the cells of a table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, itemgetter

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
    Figure,
    Kinds,
    Measure,
    Row,
    Where,
    narrowed,
)
from mediation_desk.figures.finding_cells import Finder, names_in, remembered
from mediation_desk.figures.table import Kind, TableColumn, TableRow, Value, finished, period_of

_MEASURES: dict[type, frozenset[Measure]] = {
    **dict.fromkeys((CaseCount, SlotCount, MediatorCount), OF_CASES),
    **dict.fromkeys((HandlingCount, LinkCount), frozenset({Measure.CASES})),
    ScreeningCount: OF_SCREENINGS,
    PreventionCount: OF_PREVENTIONS,
    PublicityCount: OF_PUBLICITY,
    StaffCount: frozenset({Measure.STAFF}),
}
# Where a row of counts holds what by its name.
_PLACES: dict[type, dict[str, int]] = {
    kind: {name: place for place, name in enumerate(kind._fields)}  # type: ignore[attr-defined]
    for kind in _MEASURES
}
_slot = attrgetter("slot")
# A column, and where a row of counts holds what is added to it; the same by that place.
_Added = tuple[int, int]
_Adding = tuple[tuple[int, tuple[int, ...]], ...]
# The lines of one sort by the units they count.
_Lines = dict[str, list[list[int]]]
_Hit = tuple[int, _Adding]
_Judged = Callable[[Row], Sequence[_Hit]]


def add_up(
    rows: Sequence[TableRow],
    columns: Sequence[TableColumn],
    counted: Iterable[Sequence[Row]],
    kinds: Kinds,
    period: Period,
) -> tuple[tuple[Value, ...], ...]:
    """The values of all cells of a table over `period`; `kinds` are those of all units.

    Every row that is counted belongs to one of these units.
    """
    adder = _Adder(rows, columns, kinds, period)
    for some in counted:
        if some:
            adder.add(some)
    return finished(rows, columns, adder.values())


class _Adder:
    """Adds rows of counts; lines that differ by nothing but their units are judged together."""

    def __init__(
        self,
        rows: Sequence[TableRow],
        columns: Sequence[TableColumn],
        kinds: Kinds,
        period: Period,
    ) -> None:
        self._rows = rows
        self._kinds = kinds
        self._key = frozenset(kinds.items())
        self._period = period
        self._slots_in: dict[Period, frozenset[str]] = {}
        self._columns = [
            (number, column) for number, column in enumerate(columns) if column.kind is Kind.FIGURE
        ]
        self._sums = [[0] * len(columns) for _ in rows]
        sorts: dict[object, tuple[TableRow, _Lines]] = {}
        for row, sums in zip(rows, self._sums, strict=True):
            if not row.adds:
                _, lines = sorts.setdefault((row.where, row.period, row.figure), (row, {}))
                for unit in row.units:
                    lines.setdefault(unit, []).append(sums)
        self._sorts = tuple(sorts.values())

    def add(self, counted: Sequence[Row]) -> None:
        """Add rows of counts of one kind; those that add to the same cells are summed before."""
        held, judged = self._apart(counted) if self._is_apart(counted) else self._jointly(counted)
        apart = () if self._over_all_units() else ("unit_id",)
        sorts = [by_unit for _, by_unit in self._sorts]
        for rows in _bundled(counted, (*apart, *held)):
            first = rows[0]
            unit = first.unit_id
            sums: dict[int, int] = {}
            for place, adding in judged(first):
                lines = sorts[place].get(unit)
                if lines is None:
                    continue
                for what, columns in adding:
                    number = sums.get(what)
                    if number is None:
                        number = sums[what] = _sum_of(rows, what)
                    for line in lines:
                        for column in columns:
                            line[column] += number

    def _over_all_units(self) -> bool:
        """Whether every line counts all units, so that theirs may be summed together."""
        return all(by_unit.keys() >= self._kinds.keys() for _, by_unit in self._sorts)

    def _is_apart(self, counted: Sequence[Row]) -> bool:
        """Whether lines and columns narrow by different dimensions, and so need no joint look."""
        by_line = names_in(line.where for line, _ in self._sorts)
        by_column = names_in(_where(column, None) for _, column in self._columns)
        own = all(column.figure is not None for _, column in self._columns)
        return own and not isinstance(counted[0], SlotCount) and not by_line & by_column

    def _apart(self, counted: Sequence[Row]) -> tuple[tuple[str, ...], _Judged]:
        sorts = tuple((line.where, place) for place, (line, _) in enumerate(self._sorts))
        lines: Finder[int, int] = remembered(sorts, self._key, tuple)
        columns = remembered(tuple(self._adding(counted, None)), self._key, _by_what)

        def judged(row: Row) -> Sequence[_Hit]:
            adding = columns.found(row)
            return [(place, adding) for place in lines.found(row)] if adding else ()

        return (*lines.held, *columns.held), judged

    def _jointly(self, counted: Sequence[Row]) -> tuple[tuple[str, ...], _Judged]:
        slots = frozenset[str]()
        if isinstance(counted[0], SlotCount):
            slots = frozenset(map(_slot, counted))
        cells = tuple(
            (narrowed(where, line.where), (place, added))
            for place, (line, _) in enumerate(self._sorts)
            for where, added in self._adding(counted, line, slots)
        )
        finder = remembered(cells, self._key, _by_line)
        return finder.held, finder.found

    def _adding(
        self, counted: Sequence[Row], line: TableRow | None, slots: frozenset[str] = frozenset()
    ) -> list[tuple[Where, _Added]]:
        """The columns that such rows add to, with the predicate of each in `line`."""
        measures = _MEASURES[type(counted[0])]
        places = _PLACES[type(counted[0])]
        found: list[tuple[Where, _Added]] = []
        for number, column in self._columns:
            figure = _figure(column, line)
            if figure is None or figure.measure not in measures:
                continue
            where = _where(column, line)
            if slots and line is not None:
                period = period_of(line, column, self._period)
                where = narrowed(where, (("slot", self._within(period, slots)),))
            found.append((where, (number, places[ADDS[figure.measure]])))
        return found

    def _within(self, period: Period, slots: frozenset[str]) -> frozenset[str]:
        """Those stretches of time that lie in `period`; they are cut so that none lies across."""
        if period not in self._slots_in:
            first, last = period.first.isoformat(), period.last.isoformat()
            self._slots_in[period] = frozenset(slot for slot in slots if first <= slot <= last)
        return self._slots_in[period]

    def values(self) -> list[list[int]]:
        """The sums of all rows, those that add others up made last."""
        by_key = dict(zip((row.key for row in self._rows), self._sums, strict=True))
        for row in self._rows:
            if row.adds:
                parts = [by_key[key] for key in row.adds]
                by_key[row.key][:] = map(sum, zip(*parts, strict=True))
        return self._sums


def _by_line(cells: Sequence[tuple[int, _Added]]) -> tuple[_Hit, ...]:
    """Cells with those of one line together."""
    lines: dict[int, list[_Added]] = defaultdict(list)
    for place, added in cells:
        lines[place].append(added)
    return tuple((place, _by_what(adds)) for place, adds in lines.items())


def _by_what(added: Sequence[_Added]) -> _Adding:
    """The columns by what is added to them."""
    columns: dict[int, list[int]] = defaultdict(list)
    for column, what in added:
        columns[what].append(column)
    return tuple((what, tuple(places)) for what, places in columns.items())


def _sum_of(rows: Sequence[Row], what: int) -> int:
    if len(rows) == 1:
        return rows[0][what]  # type: ignore[return-value]
    return sum(map(itemgetter(what), rows))


def _bundled(counted: Sequence[Row], names: Sequence[str]) -> Iterable[Sequence[Row]]:
    """The rows that are alike in these attributes together."""
    if not names:
        return (counted,)
    key_of, bundles = attrgetter(*names), defaultdict[object, list[Row]](list)
    for row in counted:
        bundles[key_of(row)].append(row)
    return bundles.values()


def _figure(column: TableColumn, line: TableRow | None) -> Figure | None:
    return column.figure or (line.figure if line else None)


def _where(column: TableColumn, line: TableRow | None) -> Where:
    figure = _figure(column, line)
    return narrowed(figure.where, column.where) if figure else column.where
