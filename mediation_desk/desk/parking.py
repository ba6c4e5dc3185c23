"""Questions that arise when records are merged: parked in the same act, they block nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.merging import Clash
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.domain.versions import NO_TEXTS, Texts
from mediation_desk.exchange.cells import place
from mediation_desk.exchange.columns import LEDGER
from mediation_desk.exchange.meeting import Step
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that raises a question: of which unit, its package's id, its name.

    `rows` tells in which row of the ledger each dispute stands.
    """

    unit_id: str
    package_id: str
    file_name: str
    rows: Mapping[str, int] = field(default_factory=dict)

    def place(self, dispute_id: str) -> str:
        """The sheet and cell of a dispute, empty if it stands nowhere."""
        row = self.rows.get(dispute_id)
        return place(LEDGER.title, row, 1) if row else ""


def open_conflicts(register: Register) -> dict[Key, list[Proposal]]:
    """What both sides changed and nobody has decided, by kind and id of the record."""
    state, sort = ProposalState.OPEN.value, ProposalSort.CONFLICT.value
    found: dict[Key, list[Proposal]] = defaultdict(list)
    for entry in cast(list[Proposal], register.all("proposal", state=state, sort=sort)):
        if entry.open:
            found[entry.about_kind, entry.about_id].append(entry)
    return found


def carry_out(
    register: Register, change: ChangeDoor, made: Plan, origin: Origin, texts: Texts = NO_TEXTS
) -> None:
    """Take all steps of a plan: records with their versions, and the questions they raise.

    `texts` are records as the JSON in which they came.
    """
    for step in made.steps:
        if step.noted is not None:
            change.note(*step.noted)
    change.adopt(made.adopted(), made.lineages(), texts)
    if not any(step.clashes or step.settled for step in made.steps):
        return
    parked = open_conflicts(register)
    for step in made.steps:
        for proposal in _questions(step, parked.get((step.kind, step.id), []), origin):
            change.keep(proposal)


def _questions(step: Step, parked: list[Proposal], origin: Origin) -> Iterator[Proposal]:
    before = {entry.field_name: entry for entry in parked}
    for name in step.settled:
        if name in before:
            yield replace(before[name], state=ProposalState.SETTLED)
    for clash in step.clashes:
        if clash.name in before:
            # What it said before both sides changed it stays as it was asked first.
            yield replace(
                before[clash.name],
                package_id=origin.package_id,
                file_name=origin.file_name,
                ours=clash.ours,
                theirs=clash.theirs,
                theirs_version=step.brought,
            )
        else:
            yield _asked(step, cast(Record, step.record), clash, origin)


def _asked(step: Step, record: Record, clash: Clash, origin: Origin) -> Proposal:
    of_dispute = step.id if step.kind == "dispute" else getattr(record, "dispute_id", "")
    return Proposal(
        id=new_id(),
        unit_id=origin.unit_id,
        package_id=origin.package_id,
        sort=ProposalSort.CONFLICT,
        file_name=origin.file_name,
        place=origin.place(of_dispute),
        dispute_id=of_dispute,
        about_kind=step.kind,
        about_id=step.id,
        field_name=clash.name,
        base=clash.base,
        ours=clash.ours,
        theirs=clash.theirs,
        theirs_version=step.brought,
    )
