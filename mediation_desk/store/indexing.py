"""Keeping the search index in step with the disputes it finds."""

from collections.abc import Collection, Iterable
from itertools import islice

from mediation_desk.store.connection import Connections
from mediation_desk.store.wording import body

_BATCH = 500


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _marks(ids: Collection[str]) -> str:
    return ", ".join("?" * len(ids))


def forget(connections: Connections, ids: Collection[str]) -> None:
    """Take disputes out of the index; they must still be in their table."""
    for batch in _batches(ids):
        rows = f"SELECT row FROM dispute WHERE id IN ({_marks(batch)})"
        connections.run(f"DELETE FROM search WHERE rowid IN ({rows})", batch)


def refresh(connections: Connections, ids: Collection[str]) -> None:
    """Index disputes anew after a change to them or to their parties."""
    for batch in _batches(ids):
        marks = _marks(batch)
        names: dict[str, list[str]] = {}
        texts: dict[str, list[str]] = {}
        sql = (
            "SELECT dispute_id, name, id_number, phone, representative FROM party "
            f"WHERE void_reason = '' AND dispute_id IN ({marks})"
        )
        for dispute_id, name, id_number, phone, representative in connections.rows(sql, batch):
            names.setdefault(dispute_id, []).extend(filter(None, (name, representative)))
            texts.setdefault(dispute_id, []).extend(filter(None, (id_number, phone)))
        sql = (
            "SELECT d.row, d.id, d.unit_id, d.year, d.number, d.place, t.facts, t.requests "
            "FROM dispute d JOIN dispute_text t ON t.id = d.id "
            f"WHERE d.id IN ({marks})"
        )
        bodies = []
        for row, id_, unit_id, year, number, place, facts, requests in connections.rows(sql, batch):
            words = (str(year), f"{number:03d}", place, facts, requests, *texts.get(id_, ()))
            bodies.append((row, body(unit_id, words, names.get(id_, ()))))
        connections.many("DELETE FROM search WHERE rowid = ?", [(row,) for row, _ in bodies])
        connections.many("INSERT INTO search (rowid, body) VALUES (?, ?)", bodies)
