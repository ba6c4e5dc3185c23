"""Who was a party before: parties of the same name or identity number, newest first."""

from typing import cast

from mediation_desk.domain.cases import Party
from mediation_desk.store.connection import Connections
from mediation_desk.store.rows import statements

# A name that half the county bears would otherwise be read whole; rowids grow with time, and the
# index of a name lies in their order, so these are the newest.
_SEEN = 60


def known_parties(
    connections: Connections, name: str, id_number: str, unit_id: str
) -> list[tuple[int, Party]]:
    """Parties called `name` or with `id_number`, each with its dispute's place in the list.

    Void records and copies that only came masked are left out; without `unit_id` all units are
    looked through.
    """
    wanted = [pair for pair in (("name", name), ("id_number", id_number)) if pair[1]]
    if not wanted:
        return []
    made = statements("party")
    named = " UNION ".join(
        f'SELECT * FROM (SELECT rowid FROM party WHERE "{column}" = ? '
        f"ORDER BY rowid DESC LIMIT {_SEEN})"
        for column, _value in wanted
    )
    own = "AND d.unit_id = ? " if unit_id else ""
    sql = (
        f"SELECT d.row, {made.reading.columns} {made.source} "
        "JOIN dispute d ON d.id = r.dispute_id "
        f"WHERE r.rowid IN ({named}) AND r.personal_revision > 0 "
        f"AND r.void_reason = '' AND d.void_reason = '' {own}"
        "ORDER BY d.row DESC, r.position"
    )
    values = [value for _column, value in wanted] + ([unit_id] if unit_id else [])
    return [(row[0], cast(Party, made.made(row[1:]))) for row in connections.rows(sql, values)]
