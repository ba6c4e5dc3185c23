"""A record as people read it: every filled field with its official label."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from mediation_desk.domain.fields import Field, Form, describe
from mediation_desk.domain.money import yuan
from mediation_desk.domain.record import IDENTITY_FIELDS, Record
from mediation_desk.words import tr

_OF_THE_PROGRAM = {*IDENTITY_FIELDS, "dispute_id", "agreement_id"}


def told(record: Record, names: Mapping[str, str], types: str = "") -> Iterator[tuple[str, str]]:
    """Label and value of every filled field; ids of persons and units by their `names`.

    `types` is the name of the dispute's type, which the record only has as a code.
    """
    for entry in describe(type(record)):
        value = getattr(record, entry.name)
        if entry.name in _OF_THE_PROGRAM or value in (None, "", ()):
            continue
        if entry.name == "type" and types:
            yield tr(entry.label), types
        elif (entry.form is not Form.YES_NO or value) and (said := _said(entry, value, names)):
            yield tr(entry.label), said


def _said(entry: Field, value: Any, names: Mapping[str, str]) -> str:
    if entry.form is Form.LIST:
        ids = entry.name.endswith("_ids")
        return tr("、").join(filter(None, (names.get(one, "" if ids else one) for one in value)))
    if entry.name.endswith("_id"):
        # An id says nothing to people; whom it means is in the records beside the page.
        return names.get(value, "")
    if isinstance(value, Enum):
        return tr(value.label)  # type: ignore[attr-defined]
    if entry.form is Form.MONEY:
        return tr("{amount}元").format(amount=yuan(value))
    if isinstance(value, bool):
        return tr("是")
    return value.isoformat() if isinstance(value, date) else str(value)
