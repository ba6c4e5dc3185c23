"""Where early warning looks: open disputes, agreements not kept, who appears again and again.

Each question finds candidates by an index; the rules of `domain` decide about them.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from mediation_desk.domain.appearing import Appearance
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.store.connection import Connections, Row, batches
from mediation_desk.store.same_cases import LEFT_OUT

# A township has some dozens; what an old ledger left open by the thousand alarms nobody.
_MOST = 2_000
# What was not kept for longer no longer alarms, so that an old ledger brought in does not.
_LOOK_BACK = timedelta(days=366)

_OPEN = "r.outcome IS NULL AND r.void_reason = '' AND (:unit = '' OR r.unit_id = :unit)"
_WATCHED = (
    f"SELECT r.row, r.id FROM dispute r WHERE {_OPEN} ORDER BY r.row DESC LIMIT :most",
    "SELECT r.row, r.id FROM promise p CROSS JOIN dispute r ON r.id = p.dispute_id WHERE "
    "p.kept_on IS NULL AND p.due_on >= :back AND p.void_reason = '' AND r.void_reason = '' "
    "AND r.outcome = '1' AND coalesce(r.performance, '') NOT IN ('1', '5') "
    "AND (:unit = '' OR r.unit_id = :unit) ORDER BY p.due_on DESC LIMIT :most",
    "SELECT r.row, r.id FROM dispute r WHERE r.outcome = '1' AND r.performance = '4' "
    "AND r.closed_on >= :back AND r.void_reason = '' AND (:unit = '' OR r.unit_id = :unit) "
    "ORDER BY r.row DESC LIMIT :most",
)
_LEVELLED = (
    "SELECT DISTINCT r.id FROM dispute r JOIN risk k ON k.dispute_id = r.id "
    f"WHERE k.void_reason = '' AND {_OPEN} LIMIT :most"
)
_ONCE = f"r.row NOT IN {LEFT_OUT}"
# Only what is compared is held for all of a year's parties; the rest is read for those found.
_OF_PARTIES = (
    "SELECT p.rowid, p.name, p.id_number FROM dispute r "
    "CROSS JOIN party p ON p.dispute_id = r.id WHERE r.intake_on >= :since "
    f"AND r.void_reason = '' AND p.void_reason = '' AND p.name <> '' AND {_ONCE} "
)
_FOUND = (
    "SELECT p.name, p.id_number, r.unit_id, r.id, r.type, r.intake_on FROM recent "
    "JOIN party p ON p.rowid = recent.row JOIN dispute r ON r.id = p.dispute_id WHERE "
)
# Names that came masked are nobody's: two 秦某某 are two persons.
_RECENT = f"{_OF_PARTIES} AND p.personal_revision > 0 AND (:unit = '' OR r.unit_id = :unit)"
_OFTEN = (
    f"WITH recent(row, name, number) AS MATERIALIZED ({_RECENT}) {_FOUND} recent.name IN "
    "(SELECT name FROM recent GROUP BY name HAVING count(*) >= :least) OR recent.number <> '' "
    "AND recent.number IN (SELECT number FROM recent GROUP BY number HAVING count(*) >= :least)"
)
# What a mask leaves of a number is the same for all copies, whole and masked.
_SEEN = "substr(p.id_number, 1, 6) || substr(p.id_number, -4)"
_LINKED = (
    "WITH recent(row, unit, seen) AS MATERIALIZED ("
    + _OF_PARTIES.replace("p.name, p.id_number", f"r.unit_id, {_SEEN}", 1)
    + f" AND length(p.id_number) > 10) {_FOUND} recent.seen IN "
    "(SELECT seen FROM recent GROUP BY seen HAVING count(DISTINCT unit) > 1)"
)


class Alarmed:
    """The part of a register that answers about what may grow into something worse."""

    _sql: Connections

    @property
    def types(self) -> TypeTable:
        """The dispute types, which give a type its words."""
        raise NotImplementedError

    def watched(self, unit_id: str, today: date) -> list[str]:
        """The disputes that early warning looks at, of one unit or of all; the newest first."""
        return watched(self._sql, unit_id, today)

    def appearances(self, unit_id: str, since: date, least: int) -> list[Appearance]:
        """Who was a party in at least `least` disputes since a day, of one unit or of all."""
        return appearances(self._sql, unit_id, since, least, self.types.label)

    def linked(self, since: date) -> list[Appearance]:
        """Who has disputes of several units since a day, as far as numbers tell."""
        return linked(self._sql, since, self.types.label)

    def levelled(self, unit_id: str) -> list[str]:
        """The open disputes that have a risk level, of one unit or of all."""
        return levelled(self._sql, unit_id)

    def last_mediated(self, dispute_ids: Collection[str]) -> dict[str, date]:
        """The day of the last mediation or visit of each of these disputes that had one."""
        return last_mediated(self._sql, dispute_ids)


def watched(connections: Connections, unit_id: str, today: date) -> list[str]:
    """The disputes that are open or whose agreement is not kept, the newest first."""
    back = today - _LOOK_BACK
    values = {"unit": unit_id, "most": _MOST, "back": back.isoformat()}
    found = {(row[0], row[1]) for sql in _WATCHED for row in connections.rows(sql, values)}
    return [dispute_id for _, dispute_id in sorted(found, reverse=True)]


def levelled(connections: Connections, unit_id: str) -> list[str]:
    """The open disputes that have a risk level."""
    values = {"unit": unit_id, "most": _MOST}
    return [row[0] for row in connections.rows(_LEVELLED, values)]


def _made(rows: list[Row], labels: Callable[[str], str]) -> list[Appearance]:
    return [
        Appearance(name, number, unit, dispute_id, labels(code), date.fromisoformat(day))
        for name, number, unit, dispute_id, code, day in rows
    ]


def appearances(
    connections: Connections,
    unit_id: str,
    since: date,
    least: int,
    labels: Callable[[str], str],
) -> list[Appearance]:
    """The parties whose name or number stands in at least `least` disputes since a day."""
    values = {"unit": unit_id, "since": since.isoformat(), "least": least}
    return _made(connections.rows(_OFTEN, values), labels)


def linked(connections: Connections, since: date, labels: Callable[[str], str]) -> list[Appearance]:
    """The parties whose number, as far as a mask lets see, stands in disputes of several units."""
    return _made(connections.rows(_LINKED, {"since": since.isoformat()}), labels)


def last_mediated(connections: Connections, dispute_ids: Collection[str]) -> dict[str, date]:
    """The day of the last mediation or visit of each of these disputes that had one."""
    found: list[Row] = []
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        sql = (
            f"SELECT dispute_id, max(held_on) FROM session WHERE dispute_id IN ({marks}) "
            "AND kind <> '2' AND void_reason = '' GROUP BY dispute_id"
        )
        found += connections.rows(sql, part)
    return {row[0]: date.fromisoformat(row[1]) for row in found}
