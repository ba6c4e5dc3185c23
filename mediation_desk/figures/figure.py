"""A figure: a named, defined number whose predicate also finds the cases behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from mediation_desk.domain.organisation import Unit
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount


class Measure(Enum):
    """What a figure adds up; AMOUNT in fen."""

    CASES = "cases"
    PEOPLE = "people"
    AMOUNT = "amount"
    ROUNDS = "rounds"
    PREVENTED = "prevented"
    PREVENTION_CASES = "prevention cases"
    PREVENTION_PERSONS = "prevention persons"


OF_CASES = frozenset({Measure.CASES, Measure.PEOPLE, Measure.AMOUNT})
OF_SCREENINGS = frozenset({Measure.ROUNDS, Measure.PREVENTED})
OF_PREVENTIONS = frozenset({Measure.PREVENTION_CASES, Measure.PREVENTION_PERSONS})

# Where a row of counts holds each measure.
ADDS = {
    Measure.CASES: "cases",
    Measure.PEOPLE: "people",
    Measure.AMOUNT: "amount_fen",
    Measure.ROUNDS: "rounds",
    Measure.PREVENTED: "prevented",
    Measure.PREVENTION_CASES: "cases",
    Measure.PREVENTION_PERSONS: "persons",
}

Row = CaseCount | ScreeningCount | PreventionCount
Where = tuple[tuple[str, frozenset[str]], ...]
Kinds = Mapping[str, str]


def kinds_of(units: Iterable[Unit]) -> Kinds:
    """The kind code of each unit by its id."""
    return {unit.id: unit.kind.value for unit in units}


def dimensions(row: Row, committee: str) -> dict[str, str]:
    """The code of `row` in each dimension a predicate may name; `committee` is its unit's kind."""
    if isinstance(row, CaseCount):
        return {
            "committee": committee,
            "type": row.type,
            "source": row.source,
            "outcome": row.outcome,
            "form": row.form,
            "complex": "1" if row.complex else "0",
        }
    if isinstance(row, PreventionCount):
        return {"committee": committee, "kind": row.kind}
    return {"committee": committee}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the statistic, with its definition in words and its predicate as values.

    `where` allows codes by dimension: type, source, outcome, form (empty codes: open, without
    agreement), complex ("1", "0"), committee (unit kind), kind (of prevention). A row counts when
    every named dimension has an allowed code.
    """

    id: str
    label: str
    unit: str
    definition: str
    measure: Measure
    where: Where = ()

    def allows(self, codes: Mapping[str, str]) -> bool:
        """Whether a row with these `codes` by dimension counts."""
        return all(codes[name] in allowed for name, allowed in self.where)

    def value(self, counts: Counts, units: Sequence[Unit]) -> int:
        """The figure over these `units`; what other units counted is left out."""
        kinds = kinds_of(units)
        return sum(
            getattr(row, ADDS[self.measure])
            for row in self._rows(counts)
            if row.unit_id in kinds and self.allows(dimensions(row, kinds[row.unit_id]))
        )

    def _rows(self, counts: Counts) -> tuple[Row, ...]:
        if self.measure in OF_CASES:
            return counts.cases
        return counts.screenings if self.measure in OF_SCREENINGS else counts.preventions
