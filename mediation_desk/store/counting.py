"""Counts and sums grouped by the dimensions of a case, and the cases behind a figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount
from mediation_desk.figures.figure import OF_CASES, Figure
from mediation_desk.store.connection import Connections, Row
from mediation_desk.store.same_cases import LEFT_OUT

_DATE = {DateBasis.INTAKE: "d.intake_on", DateBasis.CLOSING: "d.closed_on"}
# Should a dispute ever hold two agreements, the last one counts, as in its case file.
_LAST = (
    "SELECT 1 FROM agreement b WHERE b.dispute_id = a.dispute_id AND b.void_reason = '' "
    "AND (b.agreed_on, b.id) > (a.agreed_on, a.id)"
)
_FROM = (
    "FROM dispute d LEFT JOIN agreement a ON a.dispute_id = d.id AND a.void_reason = '' "
    f"AND NOT EXISTS ({_LAST}) "
)
# The SQL of each dimension that a figure's predicate may name.
_DIMENSION = {
    "type": "d.type",
    "source": "d.source",
    "outcome": "coalesce(d.outcome, '')",
    "form": "coalesce(a.form, '')",
    "complex": "CAST(d.complex AS TEXT)",
    "committee": "(SELECT u.kind FROM unit u WHERE u.id = d.unit_id)",
}


def _counted(calibre: Calibre) -> tuple[str, list[str]]:
    where = (
        f"WHERE {_DATE[calibre.basis]} BETWEEN ? AND ? AND d.intake_on IS NOT NULL "
        f"AND d.void_reason = '' AND coalesce(d.outcome, '') <> ? AND d.row NOT IN {LEFT_OUT}"
    )
    if not calibre.oral:
        where += " AND coalesce(a.form, '') <> '1'"
    period = calibre.period
    return where, [period.first.isoformat(), period.last.isoformat(), Outcome.NOT_ACCEPTED.value]


def _cases(connections: Connections, types: TypeTable, calibre: Calibre) -> tuple[CaseCount, ...]:
    where, values = _counted(calibre)
    group = "d.unit_id, d.type, d.source, coalesce(d.outcome,''), coalesce(a.form,''), d.complex"
    sums = "count(*), sum(d.people), coalesce(sum(a.amount_fen), 0)"
    sql = f"SELECT {group}, {sums} {_FROM}{where} GROUP BY {group} ORDER BY {group}"
    rows = connections.rows(sql, values)
    if any(row[1] not in BY_CODE for row in rows):
        rows = _rolled_up(types, rows)
    return tuple(
        CaseCount(unit, type_, source, outcome, form, bool(complex_), cases, people, amount)
        for unit, type_, source, outcome, form, complex_, cases, people, amount in rows
    )


def _rolled_up(types: TypeTable, rows: Iterable[Row]) -> list[Row]:
    """`rows` with the cases of local types counted under their official ones."""
    totals: dict[Row, list[int]] = defaultdict(lambda: [0, 0, 0])
    for unit, type_, *codes, cases, people, amount in rows:
        total = totals[unit, types.official(type_), *codes]
        for place, number in enumerate((cases, people, amount)):
            total[place] += number
    return [(*codes, *numbers) for codes, numbers in sorted(totals.items())]


def counts(connections: Connections, types: TypeTable, calibre: Calibre) -> Counts:
    """Everything a statistic of this calibre needs to know."""
    period = (calibre.period.first.isoformat(), calibre.period.last.isoformat())
    screenings = connections.rows(
        "SELECT unit_id, count(*), sum(prevented) FROM screening "
        "WHERE void_reason = '' AND screened_on BETWEEN ? AND ? GROUP BY unit_id ORDER BY unit_id",
        period,
    )
    preventions = connections.rows(
        "SELECT unit_id, kind, sum(cases), sum(persons) FROM prevention "
        "WHERE void_reason = '' AND prevented_on BETWEEN ? AND ? "
        "GROUP BY unit_id, kind ORDER BY unit_id, kind",
        period,
    )
    return Counts(
        _cases(connections, types, calibre),
        tuple(ScreeningCount(*row) for row in screenings),
        tuple(PreventionCount(*row) for row in preventions),
    )


def _spread(types: TypeTable, codes: Collection[str]) -> list[str]:
    """Official codes with the local ones that roll up to them."""
    local = [entry.code for entry in types.local if entry.rolls_up_to in codes]
    return sorted({*codes, *local})


def counted_rows(
    connections: Connections,
    types: TypeTable,
    calibre: Calibre,
    figure: Figure | None = None,
    unit_ids: Collection[str] = (),
) -> list[int]:
    """The places in the list of the disputes behind `figure`, newest first; all without one.

    A figure of screenings or preventions has no disputes behind it.
    """
    where, values = _counted(calibre)
    if figure is not None and figure.measure not in OF_CASES:
        return []
    narrowed: list[tuple[str, Collection[str]]] = [("d.unit_id", unit_ids)] if unit_ids else []
    for name, allowed in figure.where if figure else ():
        narrowed.append((_DIMENSION[name], _spread(types, allowed) if name == "type" else allowed))
    for expression, codes in narrowed:
        where += f" AND {expression} IN ({', '.join('?' * len(codes))})"
        values.extend(sorted(codes))
    sql = f"SELECT d.row {_FROM}{where} ORDER BY d.row DESC"
    return [row[0] for row in connections.rows(sql, values)]
