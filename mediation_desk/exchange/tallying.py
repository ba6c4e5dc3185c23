"""Counting the rows of a package as figures want it, to check the register's own counts."""

from collections import Counter, defaultdict

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.prevention import Prevention, Publicity, Screening
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount

_Dimensions = tuple[str, str, str, str, bool]


def counts_of(*shelves: Shelf) -> Counts:
    """The counts of all rows that are marked as counted."""
    counting = Counting()
    for shelf in shelves:
        counting.add(shelf)
    return counting.counts()


class Counting:
    """Counts the rows of a package shelf by shelf."""

    def __init__(self) -> None:
        self._unit = ""
        self._cases: dict[_Dimensions, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._rounds = self._prevented = 0
        self._events: Counter[str] = Counter()
        self._persons: Counter[str] = Counter()

    def add(self, shelf: Shelf) -> None:
        """Count what is on this shelf as well."""
        self._unit = shelf.head.unit.id
        self._add_cases(shelf)
        for row in shelf.works():
            if row.counted:
                self._add_work(row.record)

    def _add_cases(self, shelf: Shelf) -> None:
        types = TypeTable(tuple(shelf.all(LocalType)))
        for dispute, agreement in shelf.counted_cases():
            outcome = str(dispute.outcome.value) if dispute.outcome else ""
            form = str(agreement.form.value) if agreement else ""
            # A type this program does not know stays outside the eighteen, so that R1 shows it.
            official = types.official(dispute.type) if types.knows(dispute.type) else dispute.type
            key = (official, str(dispute.source.value), outcome, form, dispute.complex)
            added = self._cases[key]
            added[0] += 1
            added[1] += dispute.people
            added[2] += agreement.amount_fen if agreement else 0

    def _add_work(self, record: Screening | Prevention | Publicity) -> None:
        if isinstance(record, Screening):
            self._rounds += 1
            self._prevented += record.prevented
        elif isinstance(record, Prevention):
            self._events[str(record.kind.value)] += record.cases
            self._persons[str(record.kind.value)] += record.persons

    def counts(self) -> Counts:
        """The counts of everything added."""
        unit = self._unit
        return Counts(
            tuple(
                CaseCount(unit, *key, cases, people, amount)
                for key, (cases, people, amount) in self._cases.items()
            ),
            (ScreeningCount(unit, self._rounds, self._prevented),),
            tuple(
                PreventionCount(unit, kind, count, self._persons[kind])
                for kind, count in self._events.items()
            ),
        )
