"""Records as rows and rows as records, by statements built once from the records' descriptions."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mediation_desk.domain.fields import Field, Form, describe
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS
from mediation_desk.store.connection import Row

# Long text stands in a table of its own, so that lists and counts need not read past it.
SIDE_TABLE = {"dispute": "dispute_text"}

Turn = Callable[[Any], Any] | None


def in_side_table(kind: str, entry: Field) -> bool:
    """Whether a field of `kind` lies in the side table for long text."""
    return kind in SIDE_TABLE and entry.form is Form.LONG_TEXT


def _to_column(entry: Field) -> Turn:
    if entry.form is Form.CODE:
        return lambda value: value.value
    if entry.form is Form.DAY:
        return date.isoformat
    if entry.form is Form.YES_NO:
        return int
    if entry.form is Form.LIST:
        return lambda value: json.dumps(value, ensure_ascii=False)
    return None


def _from_column(entry: Field) -> Turn:
    if entry.codes is not None:
        return {member.value: member for member in entry.codes}.__getitem__
    if entry.form is Form.DAY:
        return date.fromisoformat
    if entry.form is Form.YES_NO:
        return bool
    if entry.form is Form.LIST:
        return lambda value: tuple(json.loads(value))
    return None


@dataclass(frozen=True, slots=True)
class Statements:
    """The SQL of one kind of record and the turns between its values and its columns."""

    kind: str
    record: type[Record]
    names: tuple[str, ...]
    in_row: tuple[Turn, ...]
    from_row: tuple[Turn, ...]
    beside: tuple[str, ...]
    select: str
    upsert: str
    upsert_beside: str

    def row(self, record: Record) -> list[Any]:
        """The column values of `record` in the order of `names`."""
        values = []
        for name, turn in zip(self.names, self.in_row, strict=True):
            value = getattr(record, name)
            values.append(value if turn is None or value is None else turn(value))
        return values

    def made(self, row: Row) -> Record:
        """The record of one `select`ed row."""
        return self.record(
            **{
                name: value if turn is None or value is None else turn(value)
                for name, turn, value in zip(self.names, self.from_row, row, strict=True)
            }
        )

    def split(self, values: list[Any]) -> tuple[list[Any], list[Any]]:
        """Column values parted into those of the table and (with the id) of its side table."""
        if not self.beside:
            return values, []
        own: list[Any] = []
        long = [values[self.names.index("id")]]
        for name, value in zip(self.names, values, strict=True):
            (long if name in self.beside else own).append(value)
        return own, long


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
    beside = tuple(entry.name for entry in entries if in_side_table(kind, entry))
    own = tuple(name for name in names if name not in beside)
    columns = ", ".join(f'{"t" if name in beside else "r"}."{name}"' for name in names)
    join = f' JOIN "{SIDE_TABLE[kind]}" t ON t.id = r.id' if beside else ""
    # A dispute's row number holds its place in date order and is given by the door for writing.
    kept = (*own, "row") if kind == "dispute" else own
    return Statements(
        kind=kind,
        record=KINDS[kind],
        names=names,
        in_row=tuple(_to_column(entry) for entry in entries),
        from_row=tuple(_from_column(entry) for entry in entries),
        beside=beside,
        select=f'SELECT {columns} FROM "{kind}" r{join}',
        upsert=_upsert(kind, kept),
        upsert_beside=_upsert(SIDE_TABLE[kind], ("id", *beside)) if beside else "",
    )
