"""A table as text that never changes: what is kept of a report that was sent, and read again."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import Severity
from mediation_desk.domain.records import canonical
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.figure import Figure, Measure
from mediation_desk.figures.identities import Check
from mediation_desk.figures.table import (
    Kind,
    Level,
    Ratio,
    StatTable,
    TableColumn,
    TableRow,
    Value,
)

Plain = dict[str, Any]
# A counted cell by the keys of its row and its column.
Cells = dict[tuple[str, str], int]


def calibre_text(calibre: Calibre) -> str:
    """A calibre as canonical JSON."""
    return canonical(
        {
            "first": calibre.period.first.isoformat(),
            "last": calibre.period.last.isoformat(),
            "basis": calibre.basis.value,
            "oral": calibre.oral,
            "types": calibre.types,
        }
    )


def calibre_of(plain: Mapping[str, Any]) -> Calibre:
    """The calibre of what `calibre_text` wrote."""
    period = Period(date.fromisoformat(plain["first"]), date.fromisoformat(plain["last"]))
    return Calibre(period, DateBasis.of(plain["basis"]), plain["oral"], plain["types"])


def values_of(table: StatTable) -> list[list[Any]]:
    """The exact values as JSON types; a share is its part and its whole."""
    return [
        [list(value) if isinstance(value, Ratio) else value for value in row]
        for row in table.values
    ]


def table_text(table: StatTable) -> str:
    """A table as canonical JSON: what its lines and columns say, their figures, every value.

    What only leads to the cases behind a number is left out: they are kept beside it.
    """
    return canonical(
        {
            "title": table.title,
            "corner": list(table.corner),
            "columns": [_column(entry) for entry in table.columns],
            "rows": [_row(entry) for entry in table.rows],
            "values": values_of(table),
            "notes": list(table.notes),
            "checks": [_check(entry) for entry in table.checks],
            **_ahead(table),
        }
    )


def _ahead(table: StatTable) -> Plain:
    """The cells of months that had not begun; a table without any says what it always said."""
    return {"ahead": sorted(map(list, table.ahead))} if table.ahead else {}


def _figure(figure: Figure | None) -> Plain | None:
    if figure is None:
        return None
    return {
        "id": figure.id,
        "label": figure.label,
        "unit": figure.unit,
        "definition": figure.definition,
        "measure": figure.measure.value,
        "dated": figure.dated,
    }


def _column(column: TableColumn) -> Plain:
    return {
        "key": column.key,
        "heads": list(column.heads),
        "label": column.label,
        "unit": column.unit,
        "figure": _figure(column.figure),
        "kind": column.kind.value,
        "part": column.part,
        "whole": column.whole,
        "grows": column.grows,
    }


def _row(row: TableRow) -> Plain:
    return {
        "key": row.key,
        "label": row.label,
        "level": row.level.value,
        "figure": _figure(row.figure),
        "adds": list(row.adds),
        "lead": list(row.lead),
    }


def _check(check: Check) -> Plain:
    return asdict(check) | {"severity": check.severity.value}


def table_of(table_id: str, calibre: Calibre, plain: Mapping[str, Any]) -> StatTable:
    """The table of what `table_text` wrote, to be shown; no cases lie behind its cells."""
    return StatTable(
        table_id,
        plain["title"],
        calibre,
        tuple(plain["corner"]),
        tuple(_column_of(entry) for entry in plain["columns"]),
        tuple(_row_of(entry) for entry in plain["rows"]),
        tuple(tuple(map(_value, row)) for row in plain["values"]),
        tuple(plain["notes"]),
        tuple(_check_of(entry) for entry in plain["checks"]),
        frozenset((row, column) for row, column in plain.get("ahead", ())),
    )


def _value(plain: Any) -> Value:
    return Ratio(*plain) if isinstance(plain, list) else plain


def _figure_of(plain: Plain | None) -> Figure | None:
    return Figure(**(plain | {"measure": Measure(plain["measure"])})) if plain else None


def _column_of(plain: Plain) -> TableColumn:
    made = {
        "heads": tuple(plain["heads"]),
        "figure": _figure_of(plain["figure"]),
        "kind": Kind(plain["kind"]),
    }
    return TableColumn(**(plain | made))


def _row_of(plain: Plain) -> TableRow:
    made = {
        "level": Level(plain["level"]),
        "figure": _figure_of(plain["figure"]),
        "adds": tuple(plain["adds"]),
        "lead": tuple(plain["lead"]),
    }
    return TableRow(units=(), **(plain | made))


def _check_of(plain: Plain) -> Check:
    return Check(**(plain | {"severity": Severity(plain["severity"])}))


def parts(table: StatTable) -> frozenset[str]:
    """The keys of the rows that only divide the line above them."""
    return frozenset(row.key for row in table.rows if row.level is Level.PART)


def cells(table: StatTable, without: Collection[str] = ()) -> Cells:
    """The counted cells of a table that are not zero, without sums, shares and differences.

    The rows `without` are left out.
    """
    found: Cells = {}
    for row, values in zip(table.rows, table.values, strict=True):
        for column, value in zip(table.columns, values, strict=True):
            if row.adds or row.key in without or column.kind is not Kind.FIGURE:
                continue
            if isinstance(value, int) and value:
                found[row.key, column.key] = value
    return found


def difference(after: Cells, before: Cells) -> Cells:
    """By how much each cell differs; those that do not are left out."""
    found = {key: after.get(key, 0) - before.get(key, 0) for key in {*after, *before}}
    return {key: value for key, value in found.items() if value}
