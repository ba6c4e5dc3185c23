"""The mediators that a ledger names: those the register knows, and those it does not yet."""

from collections.abc import Iterable

from mediation_desk.domain.as_typed import names
from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful
from mediation_desk.domain.as_typed.names import Named
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.words import tr


class Mediators:
    """Mediators by name; the ids of new ones stay the same when a ledger is read again."""

    def __init__(self, unit: Unit, known: Iterable[Mediator]) -> None:
        self._unit = unit
        mine = [entry for entry in known if entry.unit_id == unit.id and not entry.void_reason]
        self._ids = {entry.name: entry.id for entry in mine}
        self._new: dict[str, Mediator] = {}

    def id_of(self, name: str) -> str:
        """The id of the mediator with this name."""
        if name in self._ids:
            return self._ids[name]
        if name not in self._new:
            own = part_id(self._unit.id, "mediator", name)
            # Whether somebody may claim an allowance is not for a ledger to say.
            self._new[name] = Mediator(
                id=own, unit_id=self._unit.id, name=name, may_claim_allowance=False
            )
        return self._new[name].id

    @property
    def new(self) -> tuple[Mediator, ...]:
        """The mediators that the register does not know yet."""
        return tuple(self._new.values())

    def ids_of(self, row: Row) -> tuple[str, ...]:
        """The ids of those whom a row names as its mediators."""
        found = row.settled("mediators", row.cell("mediators"), _read, _shown, blocking=False)
        return tuple(self.id_of(person.name) for person in found or ())


def _shown(people: tuple[Named, ...]) -> str:
    return tr("、").join(person.name for person in people)


def _read(cell: Typed) -> Reading[tuple[Named, ...]]:
    """Who is named in a cell for mediators, where nobody is against anybody."""
    found = names.names(cell)
    if found.value is None:
        return Reading(None, found.certainty, found.question, found.note)
    people = found.value.first + found.value.second
    if found.sure and found.value.second:
        return doubtful(people, names.ask_who(cell))
    return Reading(people, found.certainty, found.question, found.note)
