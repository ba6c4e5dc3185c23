"""What the short ledgers ask of the register: the records of a period, the newest first."""

from typing import cast

from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.periods import Period
from mediation_desk.domain.record import Record
from mediation_desk.store.connection import Connections
from mediation_desk.store.rows import statements


def _within(day: str, period: Period, unit_id: str) -> tuple[str, list[str]]:
    where = f'r."{day}" BETWEEN ? AND ?'
    values = [period.first.isoformat(), period.last.isoformat()]
    return (f"{where} AND r.unit_id = ?", [*values, unit_id]) if unit_id else (where, values)


def of_period(
    connections: Connections, kind: str, day: str, period: Period, unit_id: str
) -> list[Record]:
    """The records of `kind` whose `day` lies in `period`, of one unit or of all; void ones too."""
    made = statements(kind)
    where, values = _within(day, period, unit_id)
    sql = f'{made.select} WHERE {where} ORDER BY r."{day}" DESC, r.id'
    return [made.made(row) for row in connections.rows(sql, values)]


def years(connections: Connections, kind: str, day: str) -> list[int]:
    """The years that have records of `kind`, the latest first."""
    sql = (
        f'SELECT DISTINCT substr("{day}", 1, 4) FROM "{kind}" WHERE "{day}" <> \'\' ORDER BY 1 DESC'
    )
    return [int(row[0]) for row in connections.rows(sql, ())]


def advised_sessions(connections: Connections) -> list[MediationSession]:
    """The sessions in which a legal adviser took part, the newest first."""
    made = statements("session")
    sql = f"{made.select} WHERE r.adviser_ids <> '[]' AND r.void_reason = '' "
    rows = connections.rows(f"{sql} ORDER BY r.held_on DESC, r.id", ())
    return [cast(MediationSession, made.made(row)) for row in rows]


def rounds(connections: Connections, period: Period, unit_id: str) -> tuple[int, int, int]:
    """Screening rounds in `period`, what they found and what they prevented."""
    where, values = _within("screened_on", period, unit_id)
    sums = "count(*), coalesce(sum(r.found), 0), coalesce(sum(r.prevented), 0)"
    row = connections.one(
        f"SELECT {sums} FROM screening r WHERE r.void_reason = '' AND {where}", values
    )
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


def events(connections: Connections, period: Period, unit_id: str) -> dict[str, tuple[int, int]]:
    """Publicity and training events in `period` with their audience, by their kind."""
    where, values = _within("held_on", period, unit_id)
    sql = (
        "SELECT r.kind, count(*), sum(r.audience) FROM publicity r "
        f"WHERE r.void_reason = '' AND {where} GROUP BY r.kind"
    )
    return {row[0]: (row[1], row[2]) for row in connections.rows(sql, values)}
