"""The Ministry-style table: 49 columns by reporting unit (domain.md §3.2)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mediation_desk.domain.money import ten_thousands
from mediation_desk.domain.organisation import Unit
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import COLUMNS, COMMITTEES, Column
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount
from mediation_desk.figures.figure import (
    ADDS,
    OF_CASES,
    OF_PREVENTIONS,
    OF_SCREENINGS,
    Kinds,
    Measure,
    Row,
    dimensions,
    kinds_of,
)
from mediation_desk.words import tr

__all__ = ["COLUMNS", "Column", "Line", "Table", "line", "ministry_table", "shown"]

Values = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `values` are raw, the amount in fen; `own` is 本级."""

    unit_id: str
    name: str
    values: Values
    own: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one calibre: a line for each unit and the two totals at its foot."""

    calibre: Calibre
    lines: tuple[Line, ...]
    subordinate_total: Line
    own_total: Line

    @property
    def grand_total(self) -> Line:
        """Both levels together."""
        values = _added((self.subordinate_total.values, self.own_total.values))
        return Line("", tr("总计"), values, own=False)


def reporting_units(units: Iterable[Unit], counts: Counts) -> tuple[Unit, ...]:
    """Those of `units` that have a line: committees, and whoever else has something to count."""
    active = counts.unit_ids()
    return tuple(unit for unit in units if unit.kind in COMMITTEES or unit.id in active)


def line(counts: Counts, units: Sequence[Unit]) -> Values:
    """The 49 raw values over these `units`, the amount in fen; other units are left out."""
    return _added(_values_by_unit(counts, units).values())


def ministry_table(
    counts: Counts, units: Sequence[Unit], own: Collection[str], calibre: Calibre
) -> Table:
    """The table over `units`, one line each in code order, even where all is zero.

    Units whose id is in `own` make up 本级, all others 下级. Raises `ValueError` when `counts`
    hold a unit that would have no line, because the totals would silently lack it.
    """
    if strangers := counts.unit_ids() - {unit.id for unit in units}:
        raise ValueError(f"counts of units without a line: {sorted(strangers)}")
    values = _values_by_unit(counts, units)
    ordered = sorted(units, key=lambda unit: (unit.code, unit.kind.value, unit.id))
    lines = tuple(Line(unit.id, unit.name, values[unit.id], unit.id in own) for unit in ordered)
    return Table(
        calibre,
        lines,
        _total(tr("下级上报总计"), lines, own=False),
        _total(tr("本级上报总计"), lines, own=True),
    )


def shown(column: Column, value: int) -> str:
    """A raw value as it is printed: money in 万元 with two decimals, all else whole."""
    if column.figure.measure is Measure.AMOUNT:
        return f"{ten_thousands(value):.2f}"
    return str(value)


def _added(parts: Iterable[Values]) -> Values:
    return tuple(map(sum, zip((0,) * len(COLUMNS), *parts, strict=True)))


def _total(name: str, lines: Sequence[Line], *, own: bool) -> Line:
    return Line("", name, _added(entry.values for entry in lines if entry.own is own), own)


# What a row is judged by lies side by side in it; rows alike in that are added in the same places.
_JUDGED: dict[type, slice] = {
    CaseCount: slice(1, CaseCount._fields.index("cases")),
    ScreeningCount: slice(0),
    PreventionCount: slice(1, PreventionCount._fields.index("cases")),
}
_Places = tuple[tuple[int, int], ...]
_places: dict[type, dict[tuple[str, object], _Places]] = {kind: {} for kind in _JUDGED}


def _places_of(row: Row, committee: str, measures: frozenset[Measure]) -> _Places:
    """Where a row is added, each a column and the place of what is added to it."""
    codes = dimensions(row, committee)
    return tuple(
        (index, row._fields.index(ADDS[column.figure.measure]))
        for index, column in enumerate(COLUMNS)
        if column.figure.measure in measures and column.figure.allows(codes)
    )


def _add(
    rows: Sequence[Row], measures: frozenset[Measure], kinds: Kinds, values: dict[str, list[int]]
) -> None:
    """Add rows of one kind to the values of their units, each kind of row judged only once."""
    judged, known = _JUDGED[type(rows[0])], _places[type(rows[0])]
    for row in rows:
        unit_id = row[0]
        if unit_id not in kinds:
            continue
        key = kinds[unit_id], row[judged]
        places = known.get(key)
        if places is None:
            places = known[key] = _places_of(row, kinds[unit_id], measures)
        target = values[unit_id]
        for index, held in places:
            target[index] += row[held]  # type: ignore[operator]


def _values_by_unit(counts: Counts, units: Sequence[Unit]) -> dict[str, Values]:
    kinds = kinds_of(units)
    values = {unit_id: [0] * len(COLUMNS) for unit_id in kinds}
    sorts: tuple[tuple[frozenset[Measure], Sequence[Row]], ...] = (
        (OF_CASES, counts.cases),
        (OF_SCREENINGS, counts.screenings),
        (OF_PREVENTIONS, counts.preventions),
    )
    for measures, rows in sorts:
        if rows:
            _add(rows, measures, kinds, values)
    return {unit_id: tuple(entry) for unit_id, entry in values.items()}
