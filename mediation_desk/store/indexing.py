"""Keeping the search index in step with the disputes it finds."""

from collections.abc import Collection, Iterable, Iterator

from mediation_desk.store.connection import Connections, batches
from mediation_desk.store.wording import body, number_token


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def forget(connections: Connections, ids: Collection[str]) -> None:
    """Take disputes out of the index; they must still be in their table."""
    for batch in batches(ids):
        rows = f"SELECT row FROM dispute WHERE id IN ({_marks(batch)})"
        connections.run(f"DELETE FROM search WHERE rowid IN ({rows})", batch)


def refresh(connections: Connections, ids: Iterable[str]) -> None:
    """Index disputes anew after a change to them or to their parties."""
    places = sorted(place for batch in batches(ids) for place in _places(connections, batch))
    # Rows in ascending order: for any other the index would write each one out by itself.
    for batch in batches(places):
        connections.many("DELETE FROM search WHERE rowid = ?", [(place,) for place in batch])
        sql = "INSERT INTO search (rowid, body) VALUES (?, ?)"
        connections.many(sql, list(_bodies(connections, batch)))


def _places(connections: Connections, ids: Collection[str]) -> list[int]:
    sql = f"SELECT row FROM dispute WHERE id IN ({_marks(ids)})"
    return [row[0] for row in connections.rows(sql, tuple(ids))]


def _bodies(connections: Connections, places: Collection[int]) -> Iterator[tuple[int, str]]:
    names: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    at = f"d.row IN ({_marks(places)})"
    sql = (
        "SELECT p.dispute_id, p.name, p.id_number, p.phone, p.representative "
        f"FROM dispute d JOIN party p ON p.dispute_id = d.id WHERE p.void_reason = '' AND {at}"
    )
    for dispute_id, name, id_number, phone, representative in connections.rows(sql, tuple(places)):
        names.setdefault(dispute_id, []).extend(filter(None, (name, representative)))
        texts.setdefault(dispute_id, []).extend(filter(None, (id_number, phone)))
    sql = (
        "SELECT d.row, d.id, d.unit_id, d.year, d.number, d.place, t.facts, t.requests "
        f"FROM dispute d JOIN dispute_text t ON t.id = d.id WHERE {at} ORDER BY d.row"
    )
    for row, id_, unit_id, year, number, *long in connections.rows(sql, tuple(places)):
        words = (str(year), str(number), f"{number:03d}", *long, *texts.get(id_, ()))
        yield row, body(unit_id, number_token(year, number), words, names.get(id_, ()))
