"""What a package does to this register: the merge, guarded against records of others."""

from collections import defaultdict
from dataclasses import replace

from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.merging import Outcome, Plan, Step, plan
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# A record never moves from one unit or case to another; a copy that says so is not its owner's.
_BELONGS = ("unit_id", "dispute_id", "screening_id", "agreement_id")
# Work beside disputes only points to one: a finding becomes a dispute after it was reported.
_POINTING = ("finding", "prevention", "legal_aid", "consultation")


class _Ours:
    """The register's own copies of what a package brings, read in few questions."""

    def __init__(self, register: Register, incoming: Incoming) -> None:
        self._register = register
        ids: dict[str, list[str]] = defaultdict(list)
        for record in incoming.records:
            ids[kind_of(record)].append(record.id)
        self._found: dict[tuple[str, str], Record | None] = {
            (kind, id_): None for kind, wanted in ids.items() for id_ in wanted
        }
        for kind, wanted in ids.items():
            for record in register.some(kind, wanted):
                self._found[kind, record.id] = record

    def __call__(self, kind: str, record_id: str) -> Record | None:
        """The register's copy of a record, or None."""
        key = (kind, record_id)
        if key not in self._found:
            self._found[key] = self._register.get(kind, record_id)
        return self._found[key]


def merged(register: Register, incoming: Incoming) -> Plan:
    """The plan for a package over `register` as it is now.

    Records that belong to another unit or another case here are rejected, whatever revision the
    package gives them.
    """
    ours = _Ours(register, incoming)
    made = plan(incoming.records, incoming.rejected, ours)
    return replace(made, steps=tuple(_guarded(step, incoming, ours) for step in made.steps))


def _guarded(step: Step, incoming: Incoming, ours: _Ours) -> Step:
    if step.record is None or not _foreign(step.record, incoming, ours):
        return step
    reason = tr("这条记录在登记簿里属于别的单位或别的纠纷，没有接收。请与报送单位核对。")
    return Step(step.kind, step.id, Outcome.REJECTED, reason=reason)


def _foreign(record: Record, incoming: Incoming, ours: _Ours) -> bool:
    kind = kind_of(record)
    before = ours(kind, record.id)
    for name in _BELONGS:
        if name == "dispute_id" and kind in _POINTING:
            continue
        if before is not None and getattr(before, name, "") != getattr(record, name, ""):
            return True
    dispute_id = getattr(record, "dispute_id", "")
    dispute = ours("dispute", dispute_id) if dispute_id else None
    return dispute is not None and getattr(dispute, "unit_id", "") != incoming.head.unit.id
