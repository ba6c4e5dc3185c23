"""What receiving a file will do to the register, before it is done: a step for each record."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mediation_desk.domain.fields import label_of
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KEEPING_ORDER, kind_of
from mediation_desk.domain.versions import NO_LINEAGES, Lineages
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.meeting import UNKNOWN, Outcome, Past, Step, step_for
from mediation_desk.words import tr

Current = Callable[[str, str], Record | None]

# Which records a record hangs on: field and kind. An empty field hangs on nothing.
PARENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "party": (("dispute_id", "dispute"),),
    "agent": (("dispute_id", "dispute"), ("party_id", "party")),
    "session": (("dispute_id", "dispute"),),
    "agreement": (("dispute_id", "dispute"),),
    "promise": (("dispute_id", "dispute"), ("agreement_id", "agreement")),
    "referral": (("dispute_id", "dispute"),),
    "risk": (("dispute_id", "dispute"),),
    "warning": (("dispute_id", "dispute"),),
    "urgent_report": (("dispute_id", "dispute"),),
    "attachment": (("dispute_id", "dispute"),),
    "handover": (("dispute_id", "dispute"), ("from_unit_id", "unit"), ("to_unit_id", "unit")),
    "return": (("dispute_id", "dispute"),),
    "prevention": (("dispute_id", "dispute"),),
    "finding": (("screening_id", "screening"),),
    "claim": (("unit_id", "unit"),),
    "claim_line": (("claim_id", "claim"), ("dispute_id", "dispute")),
}


PastOf = Callable[[str, str], Past]


def _unknown(_kind: str, _id: str) -> Past:
    return UNKNOWN


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps in an order in which they can be taken."""

    steps: tuple[Step, ...]

    def counts(self) -> dict[Outcome, int]:
        """How many records have each outcome, with 0 for those that do not occur."""
        counted = Counter(step.outcome for step in self.steps)
        return {outcome: counted[outcome] for outcome in Outcome}

    def adopted(self) -> tuple[Record, ...]:
        """The records to adopt."""
        return tuple(step.record for step in self.steps if step.record is not None)

    def changed(self) -> tuple[Record, ...]:
        """Those of them that will be other than they are, or about which a question arises."""
        same = {Outcome.UNCHANGED}
        steps = (step for step in self.steps if step.outcome not in same)
        return tuple(step.record for step in steps if step.record is not None)

    def lineages(self) -> Lineages:
        """The lineages of the records to adopt."""
        return {(step.kind, step.id): step.names for step in self.steps if step.names}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a plan is made over: the register's copies, and what is known of their past."""

    current: Current
    past: PastOf = _unknown


def plan(
    records: Iterable[Record],
    rejected: Iterable[Rejected],
    beside: Beside,
    lineages: Lineages = NO_LINEAGES,
) -> Plan:
    """The plan for the records of a file, with their lineages, over what the register holds now."""
    ordered = sorted(records, key=lambda record: KEEPING_ORDER[kind_of(record)])
    known: set[tuple[str, str]] = set()
    steps = [
        Step(entry.kind, entry.id, Outcome.REJECTED, reason=entry.reason) for entry in rejected
    ]
    expected = len(steps) + len(ordered)
    for record in ordered:
        step = _step(record, beside, known, lineages)
        if step.outcome is not Outcome.REJECTED:
            known.add((step.kind, step.id))
        steps.append(step)
    made = Plan(tuple(steps))
    if sum(made.counts().values()) != expected:
        raise AssertionError(made.counts())
    return made


def _step(record: Record, beside: Beside, known: set[tuple[str, str]], lineages: Lineages) -> Step:
    kind = kind_of(record)
    key = (kind, record.id)
    if key in known:
        reason = tr("同一条记录在文件中出现了两次。")
        return Step(kind, record.id, Outcome.REJECTED, reason=reason)
    lost = _without_parent(record, kind, beside.current, known)
    if lost:
        return Step(kind, record.id, Outcome.REJECTED, reason=lost)
    ours = beside.current(*key)
    past = beside.past(*key) if ours is not None else UNKNOWN
    return step_for(record, ours, lineages.get(key, ()), past)


def _without_parent(
    record: Record, kind: str, current: Current, known: set[tuple[str, str]]
) -> str:
    for name, parent in PARENTS.get(kind, ()):
        parent_id = getattr(record, name)
        if parent_id and (parent, parent_id) not in known and current(parent, parent_id) is None:
            return tr("它所属的{parent}不在文件中，登记册里也没有。").format(
                parent=label_of(type(record), name)
            )
    return ""
