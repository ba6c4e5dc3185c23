"""A figure: a named, defined number whose predicate also finds the cases behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from mediation_desk.domain.organisation import Unit
from mediation_desk.figures.counts import (
    CaseCount,
    Counts,
    HandlingCount,
    LinkCount,
    MediatorCount,
    PreventionCount,
    PublicityCount,
    ScreeningCount,
    SlotCount,
    StaffCount,
)
from mediation_desk.words import tr


class Measure(Enum):
    """What a figure adds up; AMOUNT in fen. RATE is a part of a whole and adds up nothing."""

    CASES = "cases"
    PEOPLE = "people"
    AMOUNT = "amount"
    ROUNDS = "rounds"
    FOUND = "found"
    PREVENTED = "prevented"
    PREVENTION_CASES = "prevention cases"
    PREVENTION_PERSONS = "prevention persons"
    EVENTS = "events"
    AUDIENCE = "audience"
    MATERIALS = "materials"
    STAFF = "staff"
    RATE = "rate"


OF_CASES = frozenset({Measure.CASES, Measure.PEOPLE, Measure.AMOUNT})
OF_SCREENINGS = frozenset({Measure.ROUNDS, Measure.FOUND, Measure.PREVENTED})
OF_PREVENTIONS = frozenset({Measure.PREVENTION_CASES, Measure.PREVENTION_PERSONS})
OF_PUBLICITY = frozenset({Measure.EVENTS, Measure.AUDIENCE, Measure.MATERIALS})

# Where a row of counts holds each measure.
ADDS = {
    Measure.CASES: "cases",
    Measure.PEOPLE: "people",
    Measure.AMOUNT: "amount_fen",
    Measure.ROUNDS: "rounds",
    Measure.FOUND: "found",
    Measure.PREVENTED: "prevented",
    Measure.PREVENTION_CASES: "cases",
    Measure.PREVENTION_PERSONS: "persons",
    Measure.EVENTS: "events",
    Measure.AUDIENCE: "audience",
    Measure.MATERIALS: "materials",
    Measure.STAFF: "number",
}

# By which day a figure counts, in words.
BY_CALIBRE = tr("按受理日期或结案日期（随报表口径）")
BY_EVENT = tr("按发生日期")
AT_THE_END = tr("按统计期间的最后一天")

Row = (
    CaseCount
    | HandlingCount
    | LinkCount
    | SlotCount
    | MediatorCount
    | ScreeningCount
    | PreventionCount
    | PublicityCount
    | StaffCount
)
Where = tuple[tuple[str, frozenset[str]], ...]
Kinds = Mapping[str, str]
# A case has one code in most dimensions, and several where it has several mediators or channels.
Codes = Mapping[str, str | tuple[str, ...]]

_CODES: dict[type, Callable[[Any], dict[str, str | tuple[str, ...]]]] = {
    CaseCount: lambda row: {
        "type": row.type,
        "subtype": row.subtype,
        "source": row.source,
        "outcome": row.outcome,
        "form": row.form,
        "complex": "1" if row.complex else "0",
    },
    HandlingCount: lambda row: {
        "outcome": row.outcome,
        "form": row.form,
        "performance": row.performance,
        "confirmation": row.confirmation,
        "visited": row.visited,
        "satisfied": row.satisfied,
    },
    LinkCount: lambda row: {"outcome": row.outcome, "link": row.links},
    SlotCount: lambda row: {
        "slot": row.slot,
        "outcome": row.outcome,
        "form": row.form,
        "complex": row.complex,
    },
    MediatorCount: lambda row: {
        "mediator": row.mediators or ("",),
        "outcome": row.outcome,
        "form": row.form,
        "complex": row.complex,
    },
    ScreeningCount: lambda _: {},
    PreventionCount: lambda row: {"kind": row.kind},
    PublicityCount: lambda row: {"event": row.kind},
    StaffCount: lambda row: {"post": row.post, "sex": row.sex, "term": row.term},
}


def kinds_of(units: Iterable[Unit]) -> Kinds:
    """The kind code of each unit by its id."""
    return {unit.id: unit.kind.value for unit in units}


def dimensions(row: Row, committee: str) -> dict[str, str | tuple[str, ...]]:
    """The code of `row` in each dimension a predicate may name; `committee` is its unit's kind."""
    return {"committee": committee, **_CODES[type(row)](row)}


def narrowed(*wheres: Where) -> Where:
    """The predicate that holds where all of `wheres` hold."""
    allowed: dict[str, frozenset[str]] = {}
    for where in wheres:
        for name, codes in where:
            allowed[name] = allowed[name] & codes if name in allowed else codes
    return tuple(allowed.items())


def allows(where: Where, codes: Codes) -> bool:
    """Whether a row with these `codes` by dimension satisfies a predicate.

    Where a row has several codes in a dimension one of them has to be allowed.
    """
    for name, allowed in where:
        code = codes[name]
        if isinstance(code, str):
            if code not in allowed:
                return False
        elif not allowed.intersection(code):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the statistic, with its definition in words and its predicate as values.

    `where` allows codes by dimension: type, subtype, source, outcome, form, performance,
    satisfied (empty codes: open, without), complex, visited ("1", "0"), confirmation, link,
    mediator, committee (unit kind); kind (of prevention), event (of publicity), post, sex, term
    (of staff). A row counts when every named dimension has an allowed code. `dated` says by which
    day it counts. A rate is `part` of `whole`, both ids of figures.
    """

    id: str
    label: str
    unit: str
    definition: str
    measure: Measure
    where: Where = ()
    dated: str = BY_CALIBRE
    part: str = ""
    whole: str = ""

    def allows(self, codes: Codes) -> bool:
        """Whether a row with these `codes` by dimension counts."""
        return allows(self.where, codes)

    def narrowed(self, *wheres: Where) -> "Figure":
        """The same figure over fewer cases."""
        return replace(self, where=narrowed(self.where, *wheres))

    def value(self, counts: Counts, units: Sequence[Unit]) -> int:
        """The figure over these `units`; what other units counted is left out.

        One of cases may name no more dimensions than a `CaseCount` has; a rate adds up nothing.
        """
        kinds = kinds_of(units)
        return sum(
            getattr(row, ADDS[self.measure])
            for row in self._rows(counts)
            if row.unit_id in kinds and self.allows(dimensions(row, kinds[row.unit_id]))
        )

    def _rows(self, counts: Counts) -> tuple[Row, ...]:
        if self.measure in OF_SCREENINGS:
            return counts.screenings
        if self.measure in OF_PREVENTIONS:
            return counts.preventions
        if self.measure in OF_PUBLICITY:
            return counts.publicity
        return counts.staff if self.measure is Measure.STAFF else counts.cases
