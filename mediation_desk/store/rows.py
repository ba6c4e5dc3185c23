"""Records as rows and rows as records, by statements built once from the records' descriptions."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from mediation_desk.domain.fields import Field, Form, describe
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS

# Long text stands in a table of its own, so that lists and counts need not read past it.
SIDE_TABLE = {"dispute": "dispute_text"}

Turn = Callable[[Any], Any] | None
Turns = tuple[tuple[int, Callable[[Any], Any]], ...]
Put = Callable[[Record, Any], None]


def in_side_table(kind: str, entry: Field) -> bool:
    """Whether a field of `kind` lies in the side table for long text."""
    return kind in SIDE_TABLE and entry.form is Form.LONG_TEXT


def _to_column(entry: Field) -> Turn:
    if entry.form is Form.CODE:
        # The member's own attribute: `value` is a descriptor in Python and costs ten times as much.
        return attrgetter("_value_")
    if entry.form is Form.DAY:
        return date.isoformat
    if entry.form is Form.YES_NO:
        return int
    if entry.form is Form.LIST:
        return lambda value: json.dumps(value, ensure_ascii=False)
    return None


@lru_cache(maxsize=4096)
def _texts(stored: str) -> tuple[str, ...]:
    """A stored list; the same few mediators stand in thousands of rows."""
    return tuple(json.loads(stored))


def _from_column(entry: Field) -> Turn:
    if entry.codes is not None:
        return {member.value: member for member in entry.codes}.__getitem__
    if entry.form is Form.DAY:
        return date.fromisoformat
    if entry.form is Form.YES_NO:
        # Any other number is not of this program's making.
        return {0: False, 1: True}.__getitem__
    if entry.form is Form.LIST:
        return _texts
    return None


def _turns(entries: Iterable[Field], turn_of: Callable[[Field], Turn]) -> Turns:
    found = ((place, turn_of(entry)) for place, entry in enumerate(entries))
    return tuple((place, turn) for place, turn in found if turn is not None)


def _turned(row: Iterable[Any], turns: Turns) -> list[Any]:
    values = list(row)
    for place, turn in turns:
        if values[place] is not None:
            values[place] = turn(values[place])
    return values


@dataclass(frozen=True, slots=True)
class Reading:
    """Some columns of a kind of record and how records are made from them."""

    record: type[Record]
    columns: str
    turns: Turns
    puts: tuple[Put, ...]
    defaults: tuple[tuple[Put, Any], ...]

    def made(self, row: Iterable[Any]) -> Record:
        """The record of one row of these columns; what was not read keeps its default."""
        # Filling the slots takes a quarter of the time of a frozen class's own `__init__`, which
        # for a page of the list would be most of the time it takes.
        record = object.__new__(self.record)
        for put, value in zip(self.puts, _turned(row, self.turns), strict=True):
            put(record, value)
        for put, value in self.defaults:
            put(record, value)
        return record


def reading(kind: str, entries: Sequence[Field]) -> Reading:
    """How to read only `entries` of the records of `kind`; `r` is the table, `t` its side table."""
    record = KINDS[kind]
    columns = ", ".join(
        f'{"t" if in_side_table(kind, entry) else "r"}."{entry.name}"' for entry in entries
    )
    puts = {entry.name: getattr(record, entry.name).__set__ for entry in fields(record)}
    read = [puts.pop(entry.name) for entry in entries]
    defaults = [(puts[entry.name], entry.default) for entry in fields(record) if entry.name in puts]
    return Reading(record, columns, _turns(entries, _from_column), tuple(read), tuple(defaults))


@dataclass(frozen=True, slots=True)
class Statements:
    """The SQL of one kind of record and the turns between its values and its columns."""

    values: Callable[[Record], tuple[Any, ...]]
    in_row: Turns
    reading: "Reading"
    own: tuple[int, ...]
    beside: tuple[int, ...]
    source: str
    upsert: str
    upsert_beside: str

    @property
    def select(self) -> str:
        """The query for whole records; `r` is the table."""
        return f"SELECT {self.reading.columns} {self.source}"

    def rows(self, record: Record) -> tuple[list[Any], list[Any]]:
        """The column values of `record` in its table and (with the id) in its side table."""
        values = _turned(self.values(record), self.in_row)
        if not self.beside:
            return values, []
        return [values[place] for place in self.own], [values[place] for place in self.beside]

    def made(self, row: Iterable[Any]) -> Record:
        """The record of one `select`ed row."""
        return self.reading.made(row)


def _upsert(table: str, names: tuple[str, ...], key: str = "id") -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    sets = ", ".join(f'"{name}"=excluded."{name}"' for name in names if name != key)
    return (
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) '
        f'ON CONFLICT("{key}") DO UPDATE SET {sets}'
    )


@cache
def statements(kind: str) -> Statements:
    """The statements for records of `kind`."""
    entries = describe(KINDS[kind])
    names = tuple(entry.name for entry in entries)
    beside = [place for place, entry in enumerate(entries) if in_side_table(kind, entry)]
    own = tuple(place for place in range(len(names)) if place not in beside)
    if beside:
        beside.insert(0, names.index("id"))
    join = f' JOIN "{SIDE_TABLE[kind]}" t ON t.id = r.id' if beside else ""
    kept = tuple(names[place] for place in own)
    # A dispute's row number holds its place in date order and is given by the door for writing.
    kept += ("row",) if kind == "dispute" else ()
    long = tuple(names[place] for place in beside)
    return Statements(
        values=attrgetter(*names),
        in_row=_turns(entries, _to_column),
        reading=reading(kind, entries),
        own=own,
        beside=tuple(beside),
        source=f'FROM "{kind}" r{join}',
        upsert=_upsert(kind, kept),
        upsert_beside=_upsert(SIDE_TABLE[kind], long) if beside else "",
    )
