"""What a register holds that a backup of it does not, so that nobody restores unawares."""

from dataclasses import dataclass
from pathlib import Path

from mediation_desk.store.connection import READING, Connections

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be lost: by kind how many records were `added` and `changed` since.

    `newest` are the ids of the disputes written last, the newest first; `gained` counts records
    that the backup has otherwise, because the register itself was put back since.
    """

    counted: tuple[tuple[str, int, int], ...]
    newest: tuple[str, ...]
    drafts: int
    gained: int


def loss(connections: Connections, file: Path, key: bytes) -> Loss:
    """Compare an open register with the backup `file` by their histories."""
    backup = Connections(file, key, READING)
    try:
        common = _common(connections, backup)
        kept = {row[0] for row in backup.rows("SELECT id FROM draft")}
        gained = _count(backup, common)
    finally:
        backup.close()
    drafts = [row[0] for row in connections.rows("SELECT id FROM draft") if row[0] not in kept]
    return Loss(_by_kind(connections, common), _newest(connections, common), len(drafts), gained)


def _common(one: Connections, other: Connections) -> int:
    """The last line up to which two histories are the same; each line's hash covers all before."""

    def line(of: Connections, sequence: int) -> object:
        sql = "SELECT sequence, hash FROM change WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1"
        return of.one(sql, (sequence,))

    last = other.one("SELECT max(sequence) FROM change")
    low, high = 0, int(last[0] or 0) if last else 0
    while low < high:
        middle = (low + high + 1) // 2
        if line(one, middle) == line(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _count(connections: Connections, since: int) -> int:
    sql = "SELECT count(*) FROM (SELECT DISTINCT kind, record_id FROM change WHERE sequence > ?)"
    row = connections.one(sql, (since,))
    return int(row[0]) if row else 0


def _by_kind(connections: Connections, since: int) -> tuple[tuple[str, int, int], ...]:
    sql = (
        "SELECT kind, sum(NOT known), sum(known) FROM (SELECT kind, EXISTS (SELECT 1 FROM change e "
        "WHERE e.kind = c.kind AND e.record_id = c.record_id AND e.sequence <= ?1) AS known "
        "FROM change c WHERE sequence > ?1 GROUP BY kind, record_id) GROUP BY kind ORDER BY kind"
    )
    return tuple((row[0], int(row[1]), int(row[2])) for row in connections.rows(sql, (since,)))


def _newest(connections: Connections, since: int) -> tuple[str, ...]:
    sql = (
        "SELECT id FROM (SELECT CASE kind WHEN 'dispute' THEN record_id "
        "ELSE json_extract(content, '$.dispute_id') END AS id, sequence FROM change "
        "WHERE sequence > ? AND content <> '') WHERE id <> '' "
        "GROUP BY id ORDER BY max(sequence) DESC LIMIT ?"
    )
    return tuple(row[0] for row in connections.rows(sql, (since, _NAMED)))
