"""The history: one line for each kept record, each chained by hash to the line before."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, from_plain
from mediation_desk.domain.reporting import Act, Change
from mediation_desk.store.connection import Connections, Row, batches

GENESIS = "0" * 64
_ACT_COLUMNS = (
    "a.number, a.id, a.kind, a.actor, a.reason, a.at, "
    "(SELECT u.number FROM act u WHERE u.undoes = a.number)"
)
_CHANGE_COLUMNS = "sequence, act, kind, record_id, revision, content, hash_before, hash, lineage"


@dataclass(frozen=True)
class ActHead:
    """What of an act its changes' hashes cover: who, when, why."""

    id: str
    kind: str
    actor: str
    reason: str
    at: str
    undoes: int | None

    @cached_property
    def digest(self) -> str:
        """The hash of the act itself, taken once for all its lines."""
        act = [self.id, self.kind, self.actor, self.reason, self.at, self.undoes]
        return hashlib.sha256(canonical(act).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, as its hash covers it; `lineage` is empty for own versions."""

    kind: str
    record_id: str
    revision: int
    content: str
    lineage: str = ""


def link(before: str, head: ActHead, line: Line) -> str:
    """The hash of one line of the history."""
    # One field a line; what is typed by people stands last, so that no text can pass for a field.
    # A lineage stands first, where else only a hash can: lines from before it keep their hash.
    lineage = f"lineage {line.lineage}\n" if line.lineage else ""
    told = f"{line.kind}\n{line.record_id}\n{line.revision}\n{line.content}"
    return hashlib.sha256(f"{lineage}{before}\n{head.digest}\n{told}".encode()).hexdigest()


def last_link(connections: Connections) -> tuple[int, str]:
    """The sequence and hash of the newest line."""
    row = connections.one("SELECT sequence, hash FROM change ORDER BY sequence DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, GENESIS)


def end_of_act(connections: Connections, sequence: int) -> int:
    """The last line of the act in which `sequence` lies; within an act nothing is settled.

    A merge first notes what another register has, and then writes what it made of it.
    """
    sql = "SELECT max(sequence) FROM change WHERE act = (SELECT act FROM change WHERE sequence = ?)"
    row = connections.one(sql, (sequence,))
    return int(row[0]) if row and row[0] is not None else sequence


def end_of_day(connections: Connections, day: date) -> int:
    """The last line written on `day` or before it by this computer's clock; 0 if there is none.

    The history goes by its order: what was written before an act of that day belongs to it, even
    if the clock was wrong then.
    """
    sql = (
        "SELECT max(sequence) FROM change WHERE act = "
        "(SELECT max(number) FROM act WHERE substr(at, 1, 10) <= ?)"
    )
    row = connections.one(sql, (day.isoformat(),))
    return int(row[0]) if row and row[0] is not None else 0


def _act(row: Row) -> Act:
    return Act(*row)


def acts(connections: Connections, kind: str = "") -> list[Act]:
    """All acts, newest first, or those of one kind."""
    where = " WHERE a.kind = ?" if kind else ""
    sql = f"SELECT {_ACT_COLUMNS} FROM act a{where} ORDER BY a.number DESC"
    return [_act(row) for row in connections.rows(sql, (kind,) if kind else ())]


def act(connections: Connections, number: int) -> Act | None:
    """The act of that number."""
    row = connections.one(f"SELECT {_ACT_COLUMNS} FROM act a WHERE a.number = ?", (number,))
    return _act(row) if row else None


def newest_act(connections: Connections) -> tuple[int, datetime] | None:
    """Number and moment of the newest act."""
    row = connections.one("SELECT number, at FROM act ORDER BY number DESC LIMIT 1")
    return (row[0], datetime.fromisoformat(row[1])) if row else None


def registered_on(connections: Connections, dispute_ids: Collection[str]) -> dict[str, date]:
    """The day on which each of these disputes was first written down here."""
    found: list[Row] = []
    for part in batches(dispute_ids):
        marks = ", ".join("?" * len(part))
        sql = (
            "SELECT c.record_id, min(a.at) FROM change c JOIN act a ON a.number = c.act "
            f"WHERE c.kind = 'dispute' AND c.record_id IN ({marks}) GROUP BY c.record_id"
        )
        found += connections.rows(sql, part)
    return {row[0]: date.fromisoformat(row[1][:10]) for row in found}


def changes_of_act(connections: Connections, number: int) -> list[Change]:
    """What an act changed, in order."""
    sql = f"SELECT {_CHANGE_COLUMNS} FROM change WHERE act = ? ORDER BY sequence"
    return [Change(*row) for row in connections.rows(sql, (number,))]


def changes_of_record(connections: Connections, kind: str, record_id: str) -> list[Change]:
    """The history of one record, oldest first."""
    sql = f"SELECT {_CHANGE_COLUMNS} FROM change WHERE kind = ? AND record_id = ? ORDER BY sequence"
    return [Change(*row) for row in connections.rows(sql, (kind, record_id))]


def record_before(connections: Connections, change: Change) -> Record | None:
    """The record as it was before the act of `change`, or None if there was none."""
    sql = (
        f"SELECT {_CHANGE_COLUMNS} FROM change WHERE kind = ? AND record_id = ? "
        "AND sequence < ? AND act <> ? ORDER BY sequence DESC LIMIT 1"
    )
    row = connections.one(sql, (change.kind, change.record_id, change.sequence, change.act))
    return record_in(Change(*row)) if row else None


def record_in(change: Change) -> Record | None:
    """The record as a change left it, or None where the change took it back."""
    return from_plain(change.kind, json.loads(change.values)) if change.values else None


def taken_back(connections: Connections, kind: str) -> list[Record]:
    """What acts that were undone had written of records of `kind`, in order."""
    columns = ", ".join(f"c.{name}" for name in _CHANGE_COLUMNS.split(", "))
    # CROSS JOIN holds the order: few acts are taken back, and of some kinds there are many changes.
    sql = (
        f"SELECT {columns} FROM act a CROSS JOIN change c ON c.act = a.undoes "
        "WHERE a.undoes IS NOT NULL AND c.kind = ? ORDER BY c.sequence"
    )
    found = (record_in(Change(*row)) for row in connections.rows(sql, (kind,)))
    return [record for record in found if record is not None]


def written_here_since(connections: Connections, sequence: int) -> Iterable[tuple[str, str]]:
    """Kind and id of the records of which this register made a version after a place in it.

    Not of those only adopted as they came. A second line of an act is a merge of what the first
    one noted.
    """
    sql = (
        "SELECT DISTINCT kind, record_id FROM change c WHERE sequence > ? AND (lineage = '' OR "
        "EXISTS (SELECT 1 FROM change e WHERE e.kind = c.kind AND e.record_id = c.record_id "
        "AND e.act = c.act AND e.sequence < c.sequence))"
    )
    return [(row[0], row[1]) for row in connections.rows(sql, (sequence,))]


def changed_since(
    connections: Connections, sequence: int, kinds: Collection[str] = ()
) -> Iterable[tuple[str, str]]:
    """Kind and id of the records changed after a place in the history, all or those of `kinds`."""
    sql = "SELECT DISTINCT kind, record_id FROM change WHERE sequence > ?"
    if kinds:
        sql += f" AND kind IN ({', '.join('?' * len(kinds))})"
    return [(row[0], row[1]) for row in connections.rows(sql, (sequence, *kinds))]


def touched_since(
    connections: Connections, sequence: int, kinds: Collection[str]
) -> list[tuple[int, str, str]]:
    """Act, kind and id of the records of `kinds` written after a place in it, in order."""
    marks = ", ".join("?" * len(kinds))
    sql = (
        f"SELECT act, kind, record_id FROM change WHERE sequence > ? AND kind IN ({marks}) "
        "GROUP BY act, kind, record_id ORDER BY max(sequence)"
    )
    return [(row[0], row[1], row[2]) for row in connections.rows(sql, (sequence, *kinds))]
