"""What every record has: an identity, a revision and the reason if it was voided."""

import itertools
import uuid
from dataclasses import dataclass

from mediation_desk.domain.fields import field

_UNITS = uuid.UUID("6a1d3a52-6c0e-5d0b-9e35-0c9a4d7f1c11")
_SITTING = uuid.uuid4().hex[:12]
_COUNT = itertools.count()


def new_id() -> str:
    """An identity for a record, given where it is born (design.md §3).

    What was typed in one sitting begins alike and is counted on, so that it lies together in every
    index of every register that it comes to: a village's month touches a few pages, not hundreds.
    The end is random, so that two programs that began alike still give no identity twice.
    """
    return f"{_SITTING}{next(_COUNT) % 16**8:08x}{uuid.uuid4().hex[:12]}"


def unit_id(kind: str, code: str) -> str:
    """The identity of a unit, the same in every register, from its kind and 12-digit code."""
    return uuid.uuid5(_UNITS, f"{kind}:{code}").hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The part common to all records.

    `revision` counts the owner's changes and travels with the record. `personal_revision` is the
    revision whose personal fields this copy holds; 0 says that it only ever came masked.
    """

    id: str = field("标识")
    revision: int = field("版本", default=0)
    personal_revision: int = field("个人信息版本", default=0)
    void_reason: str = field("作废原因", default="")


IDENTITY_FIELDS = ("id", "revision", "personal_revision", "void_reason")
