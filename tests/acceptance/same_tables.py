"""A register's statistical tables beside the same counted again over its dump."""

from datetime import date

from own_cases import Counted, Recount
from own_counts import Asked
from own_tables import AGAIN

from mediation_desk.desk import reporting
from mediation_desk.domain.periods import Period
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.figure import OF_CASES
from mediation_desk.figures.table import Kind, StatTable
from mediation_desk.figures.tables import TABLES, make
from mediation_desk.store.register import Register


def calibre_of(asked: Asked, types: str) -> Calibre:
    """The program's words for what is asked."""
    basis = DateBasis.CLOSING if asked.closing else DateBasis.INTAKE
    period = Period(date.fromisoformat(asked.first), date.fromisoformat(asked.last))
    return Calibre(period, basis, not asked.written_only, types)


def assert_same_tables(
    register: Register, again: Recount, asked: Asked, types: str, *, behind: bool = False
) -> int:
    """Compare every cell of every table, and the cases behind it; how many cells there were."""
    cells = 0
    frame = reporting.frame(register)
    for table_id, count in AGAIN.items():
        calibre = calibre_of(asked, types)
        counts = register.counts(calibre, TABLES[table_id].questions)
        table = make(table_id, counts, calibre, frame)
        expected = count(again, asked, types)
        assert sorted(row.key for row in table.rows) == sorted(expected), table_id
        for row, values in zip(table.rows, table.values, strict=True):
            told = [cell.value if isinstance(cell, Counted) else cell for cell in expected[row.key]]
            assert list(values) == told, (table_id, row.label, calibre)
            cells += len(values)
        assert all(check.holds for check in table.checks), (table_id, table.checks)
        if behind:
            _assert_behind(register, table, expected)
    return cells


def _assert_behind(register: Register, table: StatTable, expected: dict[str, list[object]]) -> None:
    for number, row in enumerate(table.rows):
        for place, column in enumerate(table.columns):
            cell = expected[row.key][place]
            found = table.behind(number, place)
            if isinstance(cell, Counted):
                assert found is not None, (table.id, row.label, column.label)
                listed = register.places_behind(found.calibre, found.figure, found.units)
                mine = register.places_of([case.id for case in cell.cases])
                assert listed == mine, (table.id, row.label, column.label)
            elif column.kind is Kind.FIGURE and table.id != "ministry":
                assert found is None, (table.id, row.label, column.label)
            elif found is not None:
                assert found.figure.measure in OF_CASES
