"""Drafts: what was typed but not saved; they come and go without a trace in the history."""

from collections.abc import Iterator

from mediation_desk.domain.drafts import Draft
from mediation_desk.store.beside import noted
from mediation_desk.store.connection import Connections

_COLUMNS = "id, place, about, title, stopped_at, typed, at"


def keep(connections: Connections, draft: Draft) -> None:
    """Keep a draft, durable when this returns, in place of what it held before."""
    values = (
        draft.id, draft.place, draft.about, draft.title, draft.stopped_at, draft.typed, draft.at,
    )  # fmt: skip
    sql = f"INSERT OR REPLACE INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    if connections.writing:
        with noted(connections, "draft", draft.id):
            connections.run(sql, values)
        return
    with connections.transaction(), noted(connections, "draft", draft.id):
        connections.run(sql, values)


def drop(connections: Connections, draft_id: str) -> None:
    """Forget a draft that was given up, or within the very act that saves it as a record."""
    sql = "DELETE FROM draft WHERE id = ?"
    if connections.writing:
        with noted(connections, "draft", draft_id):
            connections.run(sql, (draft_id,))
        return
    with connections.transaction(), noted(connections, "draft", draft_id):
        connections.run(sql, (draft_id,))


def all_drafts(connections: Connections) -> list[Draft]:
    """All drafts, the one written last first."""
    return [
        Draft(*row)
        for row in connections.rows(f"SELECT {_COLUMNS} FROM draft ORDER BY at DESC, id")
    ]


def each_draft(connections: Connections, *, from_the_end: bool) -> Iterator[Draft]:
    """The drafts one by one as they lie in the file, for where not all of it can be read."""
    order = "DESC" if from_the_end else "ASC"
    for row in connections.each(f"SELECT {_COLUMNS} FROM draft ORDER BY rowid {order}"):
        yield Draft(*row)
