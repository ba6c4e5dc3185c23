"""The one door for writing: what is kept and its history are one transaction."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.merging import with_personal
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, canonical, kind_of, to_plain
from mediation_desk.domain.versions import (
    NO_LINEAGES,
    NO_TEXTS,
    Lineages,
    Names,
    Texts,
    version_of,
)
from mediation_desk.store import beside, history, indexing, places
from mediation_desk.store.connection import Connections, NotAllowed, batches
from mediation_desk.store.history import Line
from mediation_desk.store.rows import SIDE_TABLE, statements
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)


class Stale(DeskError):
    """The record was changed elsewhere after it had been read."""


def _number(record: Record | None) -> tuple[str, int, int] | None:
    """The number of a dispute; by merging two may have come to share one."""
    return (record.unit_id, record.year, record.number) if isinstance(record, Dispute) else None


class ChangeDoor:
    """One act in progress; what is kept through it becomes durable together or not at all."""

    def __init__(self, connections: Connections, number: int, head: history.ActHead) -> None:
        self.number = number
        self._sql = connections
        self._head = head
        self._sequence, self._hash = history.last_link(connections)
        self._lines: list[tuple[Any, ...]] = []
        self._touched: set[str] = set()
        self._numbered: list[str] = []
        self._taken: dict[date, int] = {}
        self._new: set[int] = set()

    @property
    def version(self) -> str:
        """The name of the versions that this act makes."""
        return version_of(self._head.id)

    def _get(self, kind: str, record_id: str) -> Record | None:
        made = statements(kind)
        row = self._sql.one(f"{made.select} WHERE r.id = ?", (record_id,))
        return made.made(row) if row else None

    def keep(self, record: R) -> R:
        """Keep `record` as its owner's next revision; an unchanged one is left as it is.

        Raises `Stale` if it was changed since it was read.
        """
        current = self._get(kind_of(record), record.id)
        if current == record:
            return record
        if record.revision != (current.revision if current else 0):
            raise Stale(tr("这条记录刚被别处修改过。请重新打开后再改，您输入的内容请先记下。"))
        return self.renew(record, current)

    def renew(self, record: R, current: Record | None = None) -> R:
        """Keep `record` as its owner's next revision even if nothing else differs from `current`.

        So a decision to leave it as it is travels like a change.
        """
        revision = record.revision + 1
        # Who changes a record that only ever came masked has not got its personal values by that,
        # but what is typed there counts.
        masked = (
            current is not None
            and not current.personal_revision
            and with_personal(record, current) == record
        )
        personal = 0 if masked else revision
        kept = replace(record, revision=revision, personal_revision=personal)
        self.adopt((kept,))
        if isinstance(kept, Dispute) and _number(kept) != _number(current):
            self._numbered.append(kept.id)
        return kept

    def _check_numbers(self) -> None:
        """See that no number given here is taken; two disputes of one act may exchange theirs."""
        same = (
            "SELECT 1 FROM dispute mine JOIN dispute other ON other.unit_id = mine.unit_id "
            "AND other.year = mine.year AND other.number = mine.number AND other.id <> mine.id "
            # What was handed over has no number until the new owner gives it one.
            "WHERE mine.id = ? AND mine.number > 0"
        )
        if any(self._sql.one(same, (dispute_id,)) for dispute_id in self._numbered):
            words = tr("编号重复：这个编号本年度已经用过，作废的编号也不能再用。请换一个编号。")
            raise NotAllowed(words)

    def adopt(
        self,
        records: Iterable[Record],
        lineages: Lineages = NO_LINEAGES,
        texts: Texts = NO_TEXTS,
    ) -> None:
        """Keep records of another register with the revisions they bring, and with their versions.

        Where no lineage is told the record becomes a version of this act. `texts` are the JSON that
        these very records were read from, which the history keeps instead of making it again.
        """
        by_kind: dict[str, list[Record]] = {}
        for record in records:
            by_kind.setdefault(kind_of(record), []).append(record)
        for kind in KINDS:
            if kind in by_kind:
                self._put(kind, by_kind[kind], lineages, texts)

    def note(self, record: Record, names: Names) -> None:
        """Write down what another register has, so that the next merge can start from it.

        The record itself stays as it is and has to be adopted afterwards in the same act.
        """
        content = canonical(to_plain(record))
        self._write_line(
            Line(kind_of(record), record.id, record.revision, content, " ".join(names))
        )

    def _put(self, kind: str, records: list[Record], lineages: Lineages, texts: Texts) -> None:
        made = statements(kind)
        rows, beside = [], []
        stood = self._places(records) if kind == "dispute" else {}
        for record in records:
            own, long = made.rows(record)
            if isinstance(record, Dispute):
                own.append(self._place(record, stood.get(record.id)))
            rows.append(own)
            beside.append(long)
            lineage = " ".join(lineages.get((kind, record.id), ()))
            same, content = texts.get((kind, record.id), (None, ""))
            if same is not record:
                content = canonical(to_plain(record))
            self._write_line(Line(kind, record.id, record.revision, content, lineage))
            self._touch(kind, record)
        self._sql.many(made.upsert, rows)
        if made.beside:
            self._sql.many(made.upsert_beside, beside)

    def _touch(self, kind: str, record: Record) -> None:
        if kind == "dispute":
            self._touched.add(record.id)
        elif kind in indexing.FOUND_BY:
            self._touched.add(cast(Any, record).dispute_id)

    def _places(self, disputes: Iterable[Record]) -> dict[str, int]:
        """Where those of these disputes stand that are here already."""
        found: dict[str, int] = {}
        for part in batches(dispute.id for dispute in disputes):
            marks = ", ".join("?" * len(part))
            found.update(self._sql.rows(f"SELECT id, row FROM dispute WHERE id IN ({marks})", part))
        return found

    def _place(self, dispute: Dispute, stood: int | None) -> int:
        day = places.day_of(dispute)
        if stood is not None and places.is_of(stood, day):
            return stood
        if stood is not None:
            self._sql.run("DELETE FROM search WHERE rowid = ?", (stood,))
        if day not in self._taken:
            first = places.first_place(day)
            sql = "SELECT coalesce(max(row), ?) FROM dispute WHERE row BETWEEN ? AND ?"
            last = self._sql.one(sql, (first, first, places.last_place(day)))
            self._taken[day] = last[0] if last else first
        self._taken[day] += 1
        self._new.add(self._taken[day])
        return self._taken[day]

    def withdraw(self, kind: str, record_id: str) -> None:
        """Take a record out of the tables; it stays in the history. Only undoing does this."""
        if kind == "dispute":
            indexing.forget(self._sql, [record_id])
            self._touched.discard(record_id)
        if kind in SIDE_TABLE:
            self._sql.run(f'DELETE FROM "{SIDE_TABLE[kind]}" WHERE id = ?', (record_id,))
        elif kind in indexing.FOUND_BY:
            record = self._get(kind, record_id)
            if record is not None:
                self._touch(kind, record)
        self._sql.run(f'DELETE FROM "{kind}" WHERE id = ?', (record_id,))
        self._write_line(Line(kind, record_id, 0, ""))

    def keep_bytes(self, sha256: str, content: bytes) -> None:
        """Keep the bytes of an attachment under their hash."""
        sql = "INSERT INTO attachment_bytes (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING"
        with beside.noted(self._sql, "attachment_bytes", sha256):
            self._sql.run(sql, (sha256, content))

    def _write_line(self, line: Line) -> None:
        before = self._hash
        self._sequence += 1
        self._hash = history.link(before, self._head, line)
        told = (line.kind, line.record_id, line.revision, line.content)
        self._lines.append((self._sequence, self.number, *told, before, self._hash, line.lineage))

    def finish(self) -> None:
        """Write the act's lines and bring the search index up to date; nothing for an empty act."""
        head = self._head
        if not self._lines:
            return
        self._check_numbers()
        act = (self.number, head.id, head.kind, head.actor, head.reason, head.at, head.undoes)
        self._sql.run(
            "INSERT INTO act (number, id, kind, actor, reason, at, undoes) VALUES (?,?,?,?,?,?,?)",
            act,
        )
        self._sql.many(
            "INSERT INTO change (sequence, act, kind, record_id, revision, content, hash_before, "
            "hash, lineage) VALUES (?,?,?,?,?,?,?,?,?)",
            self._lines,
        )
        beside.keep_end(self._sql, self._sequence, self._hash)
        indexing.refresh(self._sql, self._touched, self._new)


@contextmanager
def change(
    connections: Connections, actor: str, reason: str, kind: str, undoes: int | None = None
) -> Iterator[ChangeDoor]:
    """Open the door for one act of `actor`; everything kept inside is one transaction."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    # By its beginning alone an act names versions, so that must be random.
    head = history.ActHead(uuid.uuid4().hex, kind, actor, reason, at, undoes)
    with connections.transaction():
        last = connections.one("SELECT max(number) FROM act")
        number = (last[0] or 0) + 1 if last else 1
        door = ChangeDoor(connections, number, head)
        yield door
        door.finish()
