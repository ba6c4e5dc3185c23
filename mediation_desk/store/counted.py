"""Which disputes a calibre counts, as SQL, and the SQL of the dimensions of a case."""

from collections.abc import Collection
from dataclasses import dataclass

from mediation_desk.domain.codes import Outcome
from mediation_desk.domain.dispute_types import BY_CODE, TypeTable
from mediation_desk.domain.limits import Limits
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.figure import Where
from mediation_desk.store.connection import Connections
from mediation_desk.store.same_cases import LEFT_OUT

DATE = {DateBasis.INTAKE: "d.intake_on", DateBasis.CLOSING: "d.closed_on"}
# Should a dispute ever hold two agreements, the last one counts, as in its case file.
_LAST = (
    "SELECT 1 FROM agreement b WHERE b.dispute_id = a.dispute_id AND b.void_reason = '' "
    "AND (b.agreed_on, b.id) > (a.agreed_on, a.id)"
)
AGREED = (
    f"LEFT JOIN agreement a ON a.dispute_id = d.id AND a.void_reason = '' AND NOT EXISTS ({_LAST}) "
)
FROM = f"FROM dispute d {AGREED}"
TYPE, SOURCE, COMPLEX = "d.type", "d.source", "d.complex"
COMPLEX_CODE = "CAST(d.complex AS TEXT)"
OUTCOME, FORM = "coalesce(d.outcome, '')", "coalesce(a.form, '')"
PERFORMANCE, CONFIRMATION = "coalesce(d.performance, '')", "d.confirmation"
VISITED = (
    "EXISTS (SELECT 1 FROM session v WHERE v.dispute_id = d.id AND v.kind = '3' "
    "AND v.void_reason = '')"
)
SATISFIED = "coalesce(CAST(d.satisfied AS TEXT), '')"
# What a person found to be another entry of a dispute does not count beside it.
ONCE = f"AND d.row NOT IN {LEFT_OUT}"
# The SQL of each dimension that a figure's predicate may name.
_DIMENSION = {
    "type": TYPE,
    "subtype": TYPE,
    "source": SOURCE,
    "outcome": OUTCOME,
    "form": FORM,
    "complex": COMPLEX_CODE,
    "committee": "(SELECT u.kind FROM unit u WHERE u.id = d.unit_id)",
    "performance": PERFORMANCE,
    "confirmation": CONFIRMATION,
    "visited": f"CAST({VISITED} AS TEXT)",
    "satisfied": SATISFIED,
}


# A case may have several mediators, or none.
_MEDIATORS = (
    "SELECT m.value AS code FROM json_each(d.mediator_ids) m "
    "UNION ALL SELECT '' WHERE d.mediator_ids = '[]'"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is counted in: the register, its types, and the limits that answers are held to.

    `left_out` is the condition that leaves out other entries of a dispute.
    """

    connections: Connections
    types: TypeTable
    limits: Limits
    left_out: str = ONCE


def counted(ground: Ground, calibre: Calibre) -> tuple[str, list[str]]:
    """The condition under which a dispute counts, and its values."""
    where, values = alive(ground, calibre)
    period = calibre.period
    day = DATE[calibre.basis]
    days = [period.first.isoformat(), period.last.isoformat()]
    return f"WHERE {day} BETWEEN ? AND ? AND {where}", [*days, *values]


def alive(ground: Ground, calibre: Calibre) -> tuple[str, list[str]]:
    """The same without the period."""
    where = (
        "d.intake_on IS NOT NULL AND d.void_reason = '' "
        f"AND coalesce(d.outcome, '') <> ? {ground.left_out}"
    )
    if not calibre.oral:
        where += " AND coalesce(a.form, '') <> '1'"
    return where, [Outcome.NOT_ACCEPTED.value]


def satisfying(where: Where, types: TypeTable) -> tuple[str, list[str]]:
    """The condition of a figure's predicate, to stand behind another one.

    How letters were answered, the dimension link, is no matter of SQL (`store.linked`).
    """
    sql, values = "", list[str]()
    for name, allowed in where:
        codes = sorted(_stored(name, allowed, types))
        marks = ", ".join("?" * len(codes))
        if name == "mediator":
            sql += f" AND EXISTS (SELECT 1 FROM ({_MEDIATORS}) WHERE code IN ({marks}))"
        elif name != "link":
            sql += f" AND {_DIMENSION[name]} IN ({marks})"
        else:
            continue
        values += codes
    return sql, values


def _stored(name: str, allowed: Collection[str], types: TypeTable) -> set[str]:
    """The codes as disputes have them: with the local types behind official ones."""
    if name == "type":
        local = (entry.code for entry in types.local if entry.rolls_up_to in allowed)
        return {*allowed, *local}
    if name == "subtype" and "" in allowed:
        return {*allowed, *BY_CODE}
    return set(allowed)
