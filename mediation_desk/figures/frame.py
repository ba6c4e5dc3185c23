"""What a table needs beside the counts: whose cases they are, and what things are called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.figure import Kinds, kinds_of
from mediation_desk.figures.ministry import reporting_units
from mediation_desk.figures.table import Level, TableRow
from mediation_desk.words import tr

TOTAL, SUBORDINATE, OWN = "total", "subordinate", "own"


@dataclass(frozen=True)
class Frame:
    """The units that report here, which of them are 本级, the types, the mediators by name.

    `answer` says within which time after closing an answer is in time whose letter names no day.
    """

    units: tuple[Unit, ...]
    own: frozenset[str] = frozenset()
    types: TypeTable = field(default_factory=TypeTable)
    mediators: tuple[Mediator, ...] = ()
    answer: str = ""
    alone: bool = False

    @cached_property
    def kinds(self) -> Kinds:
        """The kind code of each unit by its id."""
        return kinds_of(self.units)

    def reporting(self, counts: Counts) -> tuple[Unit, ...]:
        """The units that have a line, in code order: all committees, and whoever counted."""
        shown = self.units if self.alone else reporting_units(self.units, counts)
        return tuple(sorted(shown, key=lambda unit: (unit.code, unit.kind.value, unit.id)))


def unit_rows(units: Iterable[Unit]) -> tuple[TableRow, ...]:
    """A row for each unit."""
    return tuple(TableRow(unit.id, unit.name, Level.LINE, (unit.id,)) for unit in units)


def total_of(
    rows: Iterable[TableRow], key: str = TOTAL, label: str = "", level: Level = Level.TOTAL
) -> TableRow:
    """The row that adds up `rows`."""
    parts = tuple(rows)
    units = tuple(dict.fromkeys(unit for row in parts for unit in row.units))
    return TableRow(key, label or tr("合计"), level, units, adds=tuple(row.key for row in parts))
