"""Which acts brought a record and which changed it, as far as they were not taken back."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from mediation_desk.store.connection import Connections, Row, batches

# The plus keeps the database at the index of records instead of that of acts.
_LINES = (
    "SELECT c.record_id, c.act, a.kind, c.content FROM change c JOIN act a ON a.number = +c.act "
    "WHERE c.kind = ? AND c.record_id IN ({marks}) AND a.undoes IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.number) "
    "ORDER BY c.record_id, c.sequence"
)


class Touch(NamedTuple):
    """That an act left a record other than it was; `first` if it brought it."""

    record_id: str
    act: int
    act_kind: str
    first: bool


def touches(connections: Connections, kind: str, ids: Collection[str]) -> Iterator[Touch]:
    """The acts that brought or changed these records, those of each record from the first on.

    An act that only wrote a record down again, as when it came unchanged, did neither.
    """
    for part in batches(ids):
        marks = ", ".join("?" * len(part))
        rows = connections.rows(_LINES.format(marks=marks), (kind, *part))
        for record_id, lines in groupby(rows, key=lambda row: row[0]):
            yield from _of_record(record_id, lines)


def _of_record(record_id: str, lines: Iterable[Row]) -> Iterator[Touch]:
    before = ""
    for (number, kind), written in groupby(lines, key=lambda row: (row[1], row[2])):
        # A merged record has two lines; the last one is what the act left.
        *_, last = written
        if last[3] != before:
            yield Touch(record_id, number, kind, not before)
        before = last[3]


def written_in(connections: Connections, kind: str, acts: Collection[int]) -> list[tuple[int, str]]:
    """Which records of a kind these acts wrote: act and id."""
    found: list[tuple[int, str]] = []
    for part in batches(acts):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT act, record_id FROM change WHERE kind = ? AND act IN ({marks})"
        found += [(row[0], row[1]) for row in connections.rows(sql, (kind, *part))]
    return found
