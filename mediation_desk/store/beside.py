"""What stands beside the history: settings, drafts and scans, with a note of every row of theirs.

The history tells whether a record was changed by other hands. For these tables the register keeps
a note, written in the transaction that writes the row, of what each row held; and one of where the
history ends, because a chain without its last links is a whole chain too.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

from mediation_desk.store import history
from mediation_desk.store.connection import Connections

# The key of each table, and the columns that its notes cover; a scan's name is its content's hash.
_TABLES = {
    "setting": ("name", "name, content"),
    "draft": ("id", "id, place, about, title, stopped_at, typed, at"),
    "attachment_bytes": ("sha256", "sha256"),
}
# A setting of this name and the table's holds the notes of its rows.
NOTES = "rows of "
# Of scans there may be thousands: one value is kept for all of them.
_SUMMED = frozenset({"attachment_bytes"})
_SHORT = 16
_END = "change"
# Stands in the file's head once the notes are kept, so that they cannot be taken away unseen: first
# those of the tables, then that of the history's end as well.
_TABLES_KEPT, _KEPT = 1, 2


def _digest(values: object) -> str:
    plain = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(plain).hexdigest()


def _rows(connections: Connections, table: str, key: str | None = None) -> dict[str, str]:
    """What each row holds, as one value; the notes themselves are not noted."""
    name, columns = _TABLES[table]
    where, given = ("", ()) if key is None else (f" WHERE {name} = ?", (key,))
    found = connections.each(f"SELECT {columns} FROM {table}{where}", given)
    return {row[0]: _digest(row)[:_SHORT] for row in found if not str(row[0]).startswith(NOTES)}


def _sum(rows: dict[str, str]) -> int:
    # In whatever order they come, and a row is taken out as it was put in.
    total = 0
    for key in rows:
        total ^= int(_digest(key), 16)
    return total


def _noted(connections: Connections, table: str) -> str | None:
    row = connections.one("SELECT content FROM setting WHERE name = ?", (NOTES + table,))
    return str(row[0]) if row else None


def _note(connections: Connections, table: str, content: str) -> None:
    # In its place, so that no index changes with it.
    sql = (
        "INSERT INTO setting (name, content) VALUES (?, ?) "
        "ON CONFLICT(name) DO UPDATE SET content = excluded.content"
    )
    connections.run(sql, (NOTES + table, content))


@contextmanager
def noted(connections: Connections, table: str, key: str) -> Iterator[None]:
    """Write the row of that key inside, in a transaction, and its note with it."""
    before = _rows(connections, table, key)
    yield
    after = _rows(connections, table, key)
    known = _noted(connections, table)
    # Without notes this is a register that is being made; they are taken when it is opened.
    if before == after or known is None:
        return
    if table in _SUMMED:
        _note(connections, table, f"{int(known, 16) ^ _sum(before) ^ _sum(after):064x}")
        return
    notes = json.loads(known)
    notes.pop(key, None)
    _note(connections, table, json.dumps(notes | after, ensure_ascii=False))


def keep_end(connections: Connections, sequence: int, link: str) -> None:
    """Note, in the transaction that writes it, the last line of the history and its hash."""
    _note(connections, _END, f"{sequence} {link}")


def end(connections: Connections) -> tuple[int, str] | None:
    """The last line of the history and its hash as noted; None where that was never noted."""
    sequence, _, link = (_noted(connections, _END) or "").partition(" ")
    return (int(sequence), link) if sequence.isdecimal() else None


def _kept(connections: Connections) -> int:
    row = connections.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def begin(connections: Connections) -> None:
    """Take the notes of a register whose program kept none, or not yet all of them."""
    kept = _kept(connections)
    if kept >= _KEPT:
        return
    with connections.transaction():
        for table in _TABLES if kept < _TABLES_KEPT else ():
            rows = _rows(connections, table)
            summed = f"{_sum(rows):064x}"
            told = summed if table in _SUMMED else json.dumps(rows, ensure_ascii=False)
            _note(connections, table, told)
        keep_end(connections, *history.last_link(connections))
        connections.run(f"PRAGMA user_version = {_KEPT}")


def strays(connections: Connections) -> Iterator[tuple[str, str]]:
    """The rows, by table and key, that other hands changed, put in or took out.

    Of scans nobody knows which one; the key is empty then.
    """
    kept = _kept(connections)
    if kept < _TABLES_KEPT:
        return
    if kept >= _KEPT and end(connections) is None:
        yield "setting", NOTES + _END
    for table in _TABLES:
        known, rows = _noted(connections, table), _rows(connections, table)
        if known is None:
            yield "setting", NOTES + table
        elif table in _SUMMED:
            if known != f"{_sum(rows):064x}":
                yield table, ""
        else:
            notes = json.loads(known)
            yield from (
                (table, key) for key in sorted({*notes, *rows}) if notes.get(key) != rows.get(key)
            )
