"""What the short ledgers ask of the register: the records of a period, the newest first."""

from typing import cast

from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.periods import Period
from mediation_desk.domain.record import Record
from mediation_desk.store.connection import Connections
from mediation_desk.store.rows import statements


def of_period(
    connections: Connections, kind: str, day: str, period: Period, unit_id: str
) -> list[Record]:
    """The records of `kind` whose `day` lies in `period`, of one unit or of all; void ones too."""
    made = statements(kind)
    where, values = f'r."{day}" BETWEEN ? AND ?', [period.first.isoformat()]
    values.append(period.last.isoformat())
    if unit_id:
        where += " AND r.unit_id = ?"
        values.append(unit_id)
    sql = f'{made.select} WHERE {where} ORDER BY r."{day}" DESC, r.id'
    return [made.made(row) for row in connections.rows(sql, values)]


def years(connections: Connections, kind: str, day: str) -> list[int]:
    """The years that have records of `kind`, the latest first."""
    sql = f'SELECT DISTINCT substr("{day}", 1, 4) FROM "{kind}" ORDER BY 1 DESC'
    return [int(row[0]) for row in connections.rows(sql, ())]


def advised_sessions(connections: Connections) -> list[MediationSession]:
    """The sessions in which a legal adviser took part, the newest first."""
    made = statements("session")
    sql = f"{made.select} WHERE r.adviser_ids <> '[]' AND r.void_reason = '' "
    rows = connections.rows(f"{sql} ORDER BY r.held_on DESC, r.id", ())
    return [cast(MediationSession, made.made(row)) for row in rows]
