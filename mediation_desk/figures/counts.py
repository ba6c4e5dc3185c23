"""Counts and sums by the dimensions of a case: all that a figure needs to know of the records."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from enum import Enum
from operator import itemgetter
from typing import NamedTuple


class Question(Enum):
    """What a table asks of the register; each is one grouping, answered in a field of `Counts`."""

    CASES = "cases"
    SCREENINGS = "screenings"
    PREVENTIONS = "preventions"
    HANDLING = "handling"
    LINKS = "links"
    SLOTS = "slots"
    MEDIATORS = "mediators"
    PUBLICITY = "publicity"
    STAFF = "staff"


# Every row of counts begins with its unit.
_unit = itemgetter(0)

BASIC = frozenset({Question.CASES, Question.SCREENINGS, Question.PREVENTIONS})


class CaseCount(NamedTuple):
    """Cases that are alike in every dimension, with their people and money.

    A named tuple, because a year of a township makes hundreds of them each time it is shown.

    `type` is a code of the 18-type list and `subtype` the local type that was counted under it,
    empty where the case has the official type itself; `outcome` is empty while the case is open
    and `form` is empty without an agreement. `amount_fen` is the amount of the agreements, not of
    the claims.
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
    subtype: str = ""


class HandlingCount(NamedTuple):
    """Cases alike in how their agreement was kept, confirmed, visited and liked.

    `performance` and `satisfied` are empty where nothing is recorded; `visited` and `satisfied`
    are "1" or "0".
    """

    unit_id: str
    outcome: str
    form: str
    performance: str
    confirmation: str
    visited: str
    satisfied: str
    cases: int


class LinkCount(NamedTuple):
    """Cases that came in by the same linkage channels and were answered alike.

    `links` holds a code for each channel, such as "31:2": the channel, a colon and how its letters
    were answered: "0" not yet, "1" late, "2" in time (`figures.linkage`).
    """

    unit_id: str
    outcome: str
    links: tuple[str, ...]
    cases: int


class SlotCount(NamedTuple):
    """Cases of one stretch of time, which `slot` names by its first day as ISO text."""

    unit_id: str
    slot: str
    outcome: str
    form: str
    complex: str
    cases: int
    people: int
    amount_fen: int


class MediatorCount(NamedTuple):
    """Cases that the same mediators handled together; `mediators` are their ids."""

    unit_id: str
    mediators: tuple[str, ...]
    outcome: str
    form: str
    complex: str
    cases: int
    people: int
    amount_fen: int


class ScreeningCount(NamedTuple):
    """Screening rounds (次) of a unit, the disputes they prevented and those they found."""

    unit_id: str
    rounds: int
    prevented: int
    found: int = 0


class PreventionCount(NamedTuple):
    """What a unit kept from happening, by kind: events (件) and persons (人)."""

    unit_id: str
    kind: str
    cases: int
    persons: int


class PublicityCount(NamedTuple):
    """Publicity or training events (场) of a unit, their audience and the material given out."""

    unit_id: str
    kind: str
    events: int
    audience: int
    materials: int


class StaffCount(NamedTuple):
    """Committees, mediators or advisers of a unit that are alike (`figures.staff`).

    `post` says what they are; `sex` and `term` are empty where they do not matter.
    """

    unit_id: str
    post: str
    sex: str
    term: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The answer of the register to one calibre, in no order; what was not asked for is empty."""

    cases: tuple[CaseCount, ...] = ()
    screenings: tuple[ScreeningCount, ...] = ()
    preventions: tuple[PreventionCount, ...] = ()
    handling: tuple[HandlingCount, ...] = ()
    links: tuple[LinkCount, ...] = ()
    slots: tuple[SlotCount, ...] = ()
    mediators: tuple[MediatorCount, ...] = ()
    publicity: tuple[PublicityCount, ...] = ()
    staff: tuple[StaffCount, ...] = ()

    def of(self, unit_ids: Collection[str]) -> "Counts":
        """The counts of these units alone."""
        chosen = frozenset(unit_ids)
        return Counts(
            *(
                tuple(row for row in getattr(self, entry.name) if row.unit_id in chosen)
                for entry in fields(self)
            )
        )

    def asked(self, questions: Iterable[Question]) -> "Counts":
        """The answers to these questions alone."""
        found = {question.value: getattr(self, question.value) for question in questions}
        return replace(Counts(), **found)

    def unit_ids(self) -> frozenset[str]:
        """The units that have anything to count."""
        found: set[str] = set()
        for entry in fields(self):
            found.update(map(_unit, getattr(self, entry.name)))
        return frozenset(found)
