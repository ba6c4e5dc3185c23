"""Tables in memory that stand before a register's own, so that the same questions are put to them.

A temporary table hides the table of its name: what counts and lists a register does so over its
records as they once were, or over a few that are only thought of. Nothing of it lies on disk.
"""

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, from_plain
from mediation_desk.store import places
from mediation_desk.store.connection import Connections, Row, Values
from mediation_desk.store.links import POINTS_TO
from mediation_desk.store.rows import SIDE_TABLE, statements
from mediation_desk.words import tr

_PRAGMAS = (
    "PRAGMA foreign_keys=OFF",
    "PRAGMA cache_size=-8192",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=5000",
    "PRAGMA query_only=ON",
)
KIND_OF = {kind: kind for kind in KINDS} | {table: kind for kind, table in SIDE_TABLE.items()}
_WORD = re.compile(r"\w+")

# Fills an empty table that stands before the one of its name.
Fill = Callable[[Any, str], None]


@lru_cache(maxsize=1024)
def _named(sql: str) -> frozenset[str]:
    """The tables that a statement may read; a column of the same name costs only time."""
    words = frozenset(_WORD.findall(sql))
    if "search" in words:
        raise DeskError(tr("以前某一时点的登记簿不能按字查找。请在现在的登记簿里查找。"))
    return words & KIND_OF.keys()


class Shadows(Connections):
    """Connections whose tables of records are made by `fill` when they are first asked for.

    Their history ends at `end`. They are for reading alone.
    """

    def __init__(self, file: Path, key: bytes, end: int, fill: Fill) -> None:
        super().__init__(file, key, _PRAGMAS)
        self._end = end
        self._fill = fill
        self._here = threading.local()

    def _connect(self) -> Any:
        connection = super()._connect()
        self._here.tables = set()
        with writable(connection):
            for table, key, end in (
                ("change", "sequence", str(self._end)),
                ("act", "number", f"(SELECT act FROM main.change WHERE sequence = {self._end})"),
            ):
                connection.execute(
                    f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {key} <= {end}"
                )
        return connection

    def _shadow(self, sql: str) -> None:
        with self._own() as connection:
            for table in _named(sql) - self._here.tables:
                self._here.tables.add(table)
                with writable(connection):
                    self._fill(connection, table)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        self._shadow(sql)
        return super().rows(sql, values)

    def each(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a query one by one."""
        self._shadow(sql)
        return super().each(sql, values)

    def parts(self, sql: str, values: Values = ()) -> Iterator[list[Row]]:
        """The rows of a query some thousands at a time."""
        self._shadow(sql)
        return super().parts(sql, values)

    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        self._shadow(sql)
        return super().one(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Refuse to write into the past."""
        yield from _refused()


def _refused() -> Iterator[None]:
    raise DeskError(tr("这是登记簿以前的样子，只能看，不能改。请在现在的登记簿里修改。"))


@contextmanager
def writable(connection: Any) -> Iterator[None]:
    """Let what is done inside write into memory, seeing one state of the file."""
    connection.execute("PRAGMA query_only=OFF")
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")
        connection.execute("PRAGMA query_only=ON")


def as_they_were(sequence: int) -> Fill:
    """Fills tables with the records as the history left them at `sequence`, the end of an act.

    What was not written since then is taken from the register's own table, which is as the
    history left it (`verify` sees to that); all else is read from the history.
    """

    def fill(connection: Any, table: str) -> None:
        kind = KIND_OF[table]
        later = "SELECT record_id FROM main.change WHERE kind = ? AND sequence > ?"
        make(connection, table, f"id NOT IN ({later})", (kind, sequence))
        put(connection, table, _before(connection, kind, sequence))

    return fill


def make(connection: Any, table: str, which: str, values: Values) -> None:
    """Let a table in memory stand before the one of its name, with those of its rows."""
    connection.execute(
        f'CREATE TEMP TABLE "{table}" AS SELECT * FROM main."{table}" WHERE {which}', values
    )
    connection.execute(f'CREATE UNIQUE INDEX temp."shadow_{table}" ON "{table}" (id)')
    columns = [*POINTS_TO.get(table, ()), *(["row"] if table == "dispute" else [])]
    for column in columns:
        connection.execute(f'CREATE INDEX temp."shadow_{table}_{column}" ON "{table}" ("{column}")')


def _before(connection: Any, kind: str, sequence: int) -> Iterator[Record]:
    """The records of `kind` written after `sequence`, as they were there."""
    sql = (
        "SELECT (SELECT e.content FROM main.change e WHERE e.kind = ?1 AND e.record_id = "
        "c.record_id AND e.sequence <= ?2 ORDER BY e.sequence DESC LIMIT 1) FROM (SELECT DISTINCT "
        "record_id FROM main.change WHERE kind = ?1 AND sequence > ?2) c"
    )
    for (content,) in connection.execute(sql, (kind, sequence)).fetchall():
        # Nothing before it was written first, and an empty line where it had been taken back.
        if content:
            yield from_plain(kind, json.loads(content))


def put(connection: Any, table: str, records: Iterable[Record]) -> None:
    """Write `records` into the table that stands before the one of its name."""
    made = statements(KIND_OF[table])
    beside = table in SIDE_TABLE.values()
    place = _Places(connection)
    rows = []
    for record in records:
        own, long = made.rows(record)
        if isinstance(record, Dispute):
            own.append(place(record))
        rows.append(long if beside else own)
    connection.executemany(made.upsert_beside if beside else made.upsert, rows)


class _Places:
    """Gives disputes their places in the list: the present one as long as the day is the same."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._taken: dict[date, int] = {}

    def __call__(self, dispute: Dispute) -> int:
        day = places.day_of(dispute)
        sql = "SELECT row FROM main.dispute WHERE id = ?"
        found = self._connection.execute(sql, (dispute.id,)).fetchone()
        if found and places.is_of(found[0], day):
            return int(found[0])
        if day not in self._taken:
            sql = "SELECT max(row) FROM main.dispute WHERE row BETWEEN ? AND ?"
            span = (places.first_place(day), places.last_place(day))
            (last,) = self._connection.execute(sql, span).fetchone()
            self._taken[day] = last or places.first_place(day)
        self._taken[day] += 1
        return self._taken[day]
