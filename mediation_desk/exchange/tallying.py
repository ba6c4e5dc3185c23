"""Counting the rows of a package as figures want it, to check the register's own counts."""

from collections import Counter, defaultdict

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.figures.counts import CaseCount, Counts, PreventionCount, ScreeningCount

_Dimensions = tuple[str, str, str, str, bool]


def counts_of(shelf: Shelf) -> Counts:
    """The counts of all rows that are marked as counted."""
    unit_id = shelf.head.unit.id
    types = TypeTable(tuple(shelf.all(LocalType)))
    sums: dict[_Dimensions, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in shelf.cases():
        if not row.counted:
            continue
        dispute, agreement = row.case.dispute, row.case.agreement
        outcome = str(dispute.outcome.value) if dispute.outcome else ""
        form = str(agreement.form.value) if agreement else ""
        # A type this program does not know stays outside the eighteen, so that R1 shows it.
        official = types.official(dispute.type) if types.knows(dispute.type) else dispute.type
        key = (official, str(dispute.source.value), outcome, form, dispute.complex)
        added = sums[key]
        added[0] += 1
        added[1] += dispute.people
        added[2] += agreement.amount_fen if agreement else 0
    cases = tuple(CaseCount(unit_id, *key, *added) for key, added in sums.items())
    return _with_works(cases, shelf)


def _with_works(cases: tuple[CaseCount, ...], shelf: Shelf) -> Counts:
    unit_id = shelf.head.unit.id
    rounds = prevented = 0
    events: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for row in shelf.works():
        record = row.record
        if not row.counted:
            continue
        if isinstance(record, Screening):
            rounds += 1
            prevented += record.prevented
        elif isinstance(record, Prevention):
            events[str(record.kind.value)] += record.cases
            persons[str(record.kind.value)] += record.persons
    preventions = tuple(
        PreventionCount(unit_id, kind, events[kind], persons[kind]) for kind in events
    )
    return Counts(cases, (ScreeningCount(unit_id, rounds, prevented),), preventions)
