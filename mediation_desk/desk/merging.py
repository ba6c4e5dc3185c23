"""What a file does to this register: the merge, guarded against records of others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.domain.returning import Return
from mediation_desk.exchange.exact import Rejected
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.exchange.merging import Outcome, Plan, Step, plan
from mediation_desk.exchange.returns import Returned
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# A record never moves from one unit or case to another; a copy that says so is not its owner's.
_BELONGS = ("unit_id", "dispute_id", "screening_id", "agreement_id")
# Work beside disputes only points to one: a finding becomes a dispute after it was reported.
_POINTING = ("finding", "prevention", "legal_aid", "consultation")

# What the office wrote stays as it was once written.
_WRITTEN_ONCE = ("words", "returned_on", "returned_by")


class _Ours:
    """The register's own copies of what a file brings, read in few questions."""

    def __init__(self, register: Register, records: Iterable[Record]) -> None:
        self._register = register
        ids: dict[str, list[str]] = defaultdict(list)
        for record in records:
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
    return _merged(register, incoming.records, incoming.rejected, incoming.head.unit.id)


def merged_back(register: Register, returned: Returned) -> Plan:
    """The plan for what came back from the office over `register` as it is now."""
    return _merged(register, returned.records, returned.rejected, returned.head.unit_id)


def _merged(
    register: Register, records: Sequence[Record], rejected: Iterable[Rejected], unit_id: str
) -> Plan:
    ours = _Ours(register, records)
    made = plan(records, rejected, ours)
    return replace(made, steps=tuple(_guarded(step, unit_id, ours) for step in made.steps))


def _guarded(step: Step, unit_id: str, ours: _Ours) -> Step:
    if step.record is None:
        return step
    if isinstance(step.record, Return) and _rewritten(step.record, ours("return", step.id)):
        reason = tr("其中的退回意见与登记簿里的不同，没有接收。请与对方核对。")
        return Step(step.kind, step.id, Outcome.REJECTED, reason=reason)
    if not _foreign(step.record, unit_id, ours):
        return step
    reason = tr("这条记录在登记簿里属于别的单位或别的纠纷，没有接收。请与报送单位核对。")
    return Step(step.kind, step.id, Outcome.REJECTED, reason=reason)


def _rewritten(entry: Return, before: Record | None) -> bool:
    """Whether what the office wrote would be another than it was."""
    return before is not None and any(
        getattr(before, name) and getattr(before, name) != getattr(entry, name)
        for name in _WRITTEN_ONCE
    )


def _foreign(record: Record, unit_id: str, ours: _Ours) -> bool:
    kind = kind_of(record)
    before = ours(kind, record.id)
    for name in _BELONGS:
        if name == "dispute_id" and kind in _POINTING:
            continue
        if before is not None and getattr(before, name, "") != getattr(record, name, ""):
            return True
    dispute_id = getattr(record, "dispute_id", "")
    dispute = ours("dispute", dispute_id) if dispute_id else None
    return dispute is not None and getattr(dispute, "unit_id", "") != unit_id
