"""How a field is described once, for forms, checks, masks, workbooks and papers alike."""

import dataclasses
import functools
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

_KEY = "description"
T = TypeVar("T")


def once(make: Callable[[type], T]) -> Callable[[type], T]:
    """Cache what `make` tells of a class; typed so, because mypy takes no record for hashable."""
    return functools.cache(make)


class Mask(Enum):
    """How a personal value is shown to those who need not know it (domain.md §9.7)."""

    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    WITHHELD = "withheld"


class Form(Enum):
    """What kind of value a field holds, which decides its editor, its cell and its column."""

    TEXT = "text"
    LONG_TEXT = "long text"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    YES_NO = "yes/no"
    CODE = "code"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Description:
    """What `field` says about a value: official label, whether personal, money or long."""

    label: str
    personal: Mask | None = None
    money: bool = False
    long: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its name in code, its description and its form."""

    name: str
    label: str
    form: Form
    optional: bool
    personal: Mask | None
    codes: type[Enum] | None
    note: str


def field(
    label: str,
    *,
    default: Any = dataclasses.MISSING,
    personal: Mask | None = None,
    money: bool = False,
    long: bool = False,
    note: str = "",
) -> Any:
    """Declare a dataclass field with its Chinese official `label`; money is integer fen."""
    described = Description(label, personal, money, long, note)
    return dataclasses.field(default=default, metadata={_KEY: described})


def _form(kind: Any, described: Description) -> tuple[Form, type[Enum] | None]:
    if typing.get_origin(kind) is tuple:
        return Form.LIST, None
    if issubclass(kind, Enum):
        return Form.CODE, kind
    if kind is int:
        return (Form.MONEY if described.money else Form.WHOLE), None
    plain = {bool: Form.YES_NO, date: Form.DAY}
    return plain.get(kind, Form.LONG_TEXT if described.long else Form.TEXT), None


@once
def describe(record: type) -> tuple[Field, ...]:
    """The fields of a `record` class in the order of its declaration."""
    hints = typing.get_type_hints(record)
    described = []
    for entry in dataclasses.fields(record):
        note: Description = entry.metadata[_KEY]
        hint = hints[entry.name]
        optional = typing.get_origin(hint) in {typing.Union, types.UnionType}
        if optional:
            hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        form, codes = _form(hint, note)
        described.append(
            Field(entry.name, note.label, form, optional, note.personal, codes, note.note)
        )
    return tuple(described)


@once
def fields_by_name(record: type) -> dict[str, Field]:
    """The fields of a `record` class by their name in code."""
    return {entry.name: entry for entry in describe(record)}


def label_of(record: type, name: str) -> str:
    """The official label of field `name`, for messages, forms and column heads."""
    return fields_by_name(record)[name].label
