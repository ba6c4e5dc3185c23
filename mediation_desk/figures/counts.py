"""Counts and sums by the dimensions of a case: all that a figure needs to know of the records."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple


class CaseCount(NamedTuple):
    """Cases that are alike in every dimension, with their people and money.

    A named tuple, because a year of a township makes hundreds of them each time it is shown.

    `type` is a code of the 18-type list; `outcome` is empty while the case is open and `form` is
    empty without an agreement. `amount_fen` is the amount of the agreements, not of the claims.
    """

    unit_id: str
    type: str
    source: str
    outcome: str
    form: str
    complex: bool
    cases: int
    people: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ScreeningCount:
    """Screening rounds (次) of a unit and the disputes they prevented."""

    unit_id: str
    rounds: int
    prevented: int


@dataclass(frozen=True, slots=True)
class PreventionCount:
    """What a unit kept from happening, by kind: events (件) and persons (人)."""

    unit_id: str
    kind: str
    cases: int
    persons: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The answer of the register to one calibre."""

    cases: tuple[CaseCount, ...] = ()
    screenings: tuple[ScreeningCount, ...] = ()
    preventions: tuple[PreventionCount, ...] = ()

    def of(self, unit_ids: Collection[str]) -> "Counts":
        """The counts of these units alone."""
        chosen = frozenset(unit_ids)
        return Counts(
            tuple(row for row in self.cases if row.unit_id in chosen),
            tuple(row for row in self.screenings if row.unit_id in chosen),
            tuple(row for row in self.preventions if row.unit_id in chosen),
        )

    def unit_ids(self) -> frozenset[str]:
        """The units that have anything to count."""
        found = {row.unit_id for row in self.cases}
        found.update(row.unit_id for row in self.screenings)
        found.update(row.unit_id for row in self.preventions)
        return frozenset(found)
