"""A register that holds a few records that are only thought of, to see what they count for."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.settings import Settings
from mediation_desk.store.connection import Connections
from mediation_desk.store.register import Register
from mediation_desk.store.shadows import KIND_OF, Shadows, as_they_were, make, put, writable

# What every case stands among: it is there as it was at the moment.
AROUND = frozenset(("unit", "local_type", "mediator", "adviser"))


class _Imagined(Shadows):
    """Tables that hold what they are told, among units and people as they once were."""

    def __init__(self, file: Path, key: bytes, end: int) -> None:
        self._held: dict[str, list[Record]] = {}
        self._there = as_they_were(end)
        self._made: set[str] = set()
        super().__init__(file, key, end, self._fill_one)

    def _fill_one(self, connection: Any, table: str) -> None:
        if KIND_OF[table] in AROUND:
            self._there(connection, table)
            return
        make(connection, table, "0", ())
        self._made.add(table)
        put(connection, table, self._held.get(KIND_OF[table], ()))

    def hold(self, records: Iterable[Record]) -> None:
        """Hold these records in place of those held before."""
        self._held = {}
        for record in records:
            self._held.setdefault(kind_of(record), []).append(record)
        with self._own() as connection, writable(connection):
            for table in self._made:
                connection.execute(f'DELETE FROM temp."{table}"')
                put(connection, table, self._held.get(KIND_OF[table], ()))


class World:
    """A register for reading in which there is nothing but what it is told to hold.

    Units, people and local types are there as they were at `sequence`. For one thread alone.
    """

    def __init__(self, register: Register, sequence: int, settings: Settings) -> None:
        self._end = sequence
        self.register = register.seen_through(self._over, settings)

    def _over(self, file: Path, key: bytes) -> Connections:
        self._imagined = _Imagined(file, key, self._end)
        return self._imagined

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.register.close()

    def hold(self, records: Iterable[Record]) -> Register:
        """The register with these records and no others."""
        self._imagined.hold(records)
        return self.register
