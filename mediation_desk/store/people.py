"""Who was a party before: parties of the same name or identity number, newest first."""

from typing import cast

from mediation_desk.domain.cases import Party
from mediation_desk.store.connection import Connections
from mediation_desk.store.rows import statements

# A name that half the county bears would otherwise be read whole; rowids grow with time, so these
# are the newest.
_MOST = 60
# As the indexes of numbers have it, to the letter.
_OF_NAME = "name = :name"
_OF_NUMBER = (
    "substr(id_number, 1, 6) || substr(id_number, -4) = "
    "substr(:number, 1, 6) || substr(:number, -4) AND id_number = :number "
    "AND length(id_number) > 10"
)
_OF_SHORT_NUMBER = "id_number = :number AND length(id_number) BETWEEN 1 AND 10"


def known_parties(
    connections: Connections, name: str, id_number: str, unit_id: str
) -> list[tuple[int, Party]]:
    """Parties called `name` or with `id_number`, each with its dispute's place in the list.

    Void records and copies that only came masked are left out; without `unit_id` all units are
    looked through.
    """
    wanted = [
        *([_OF_NAME] if name else []),
        *([_OF_NUMBER, _OF_SHORT_NUMBER] if id_number else []),
    ]
    if not wanted:
        return []
    made = statements("party")
    named = " UNION ".join(
        f"SELECT * FROM (SELECT rowid FROM party WHERE {which} ORDER BY rowid DESC LIMIT {_MOST})"
        for which in wanted
    )
    own = "AND d.unit_id = :unit " if unit_id else ""
    sql = (
        f"SELECT d.row, {made.reading.columns} {made.source} "
        # CROSS JOIN holds the order: a village's own disputes are nearly all there are.
        "CROSS JOIN dispute d ON d.id = r.dispute_id "
        f"WHERE r.rowid IN ({named}) AND r.personal_revision > 0 "
        f"AND r.void_reason = '' AND d.void_reason = '' {own}"
        "ORDER BY d.row DESC, r.position"
    )
    values = {"name": name, "number": id_number, "unit": unit_id}
    return [(row[0], cast(Party, made.made(row[1:]))) for row in connections.rows(sql, values)]
