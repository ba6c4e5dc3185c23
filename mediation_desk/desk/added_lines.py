"""What the office added, changed, decided or handed over, in lines that anybody may read.

They name cases, records and fields, never a personal value.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from mediation_desk.desk.going_back import Telling
from mediation_desk.desk.handing_over import hand_overs
from mediation_desk.desk.versions import noun_of, record_in
from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.fields import describe, fields_by_name
from mediation_desk.domain.masks import masked
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.record import IDENTITY_FIELDS, Record
from mediation_desk.domain.records import KINDS, kind_of
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.exchange.returns_sheets import AddedLine
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def parties_of(register: Register, dispute_id: str) -> str:
    """The two sides of a dispute as they may be forwarded."""
    case = cast(CaseFile, register.case(dispute_id))
    shown = CaseFile(case.dispute, tuple(masked(party) for party in case.parties))
    return tr(" — ").join(side for side in sides(shown) if side)


def added_lines(register: Register, told: Telling) -> list[AddedLine]:
    """The lines of what goes back to a unit: handed over, changed and decided."""
    return list(_Lines(register, told).lines())


class _Lines:
    """Words the lines; what several of one case share is read once."""

    def __init__(self, register: Register, told: Telling) -> None:
        self._register, self._told = register, told
        self._cases: dict[str, tuple[str, str]] = {}

    def lines(self) -> Iterator[AddedLine]:
        """All of them, by what they are."""
        for entry in self._told.handed:
            told = {each.entry.id: each for each in hand_overs(self._register, entry.dispute_id)}
            if entry.id in told:
                words = told[entry.id].briefly
                yield AddedLine(*self._case(entry.dispute_id), tr("移交"), words)
        for record in self._told.records:
            own = _case_of(record)
            key = kind_of(record), record.id
            elsewhere = own in self._told.whole or isinstance(record, Return)
            if key in self._told.written and not elsewhere and (words := self._changed(record)):
                yield AddedLine(*self._case(own), tr("补充修改"), words)
        for proposal in self._told.decided:
            yield self._decided(proposal)

    def _case(self, dispute_id: str) -> tuple[str, str]:
        """Number and parties of a case, empty for what hangs on none."""
        if dispute_id not in self._cases:
            self._cases[dispute_id] = self._known(dispute_id)
        return self._cases[dispute_id]

    def _known(self, dispute_id: str) -> tuple[str, str]:
        dispute = self._register.get("dispute", dispute_id) if dispute_id else None
        if not isinstance(dispute, Dispute):
            return "", ""
        units: Mapping[str, object] = {unit.id: unit for unit in self._register.units()}
        pattern = self._register.settings.numbering_pattern
        number = case_number(dispute, units.get(dispute.unit_id), pattern)  # type: ignore[arg-type]
        return number, parties_of(self._register, dispute_id)

    def _changed(self, record: Record) -> str:
        """What became of a record; empty if it says what it said, only in another version."""
        kind = kind_of(record)
        noun, before = noun_of(kind), self._before(kind, record.id)
        if before is None:
            return tr("新增{noun}").format(noun=noun)
        if record.void_reason and not before.void_reason:
            return tr("作废{noun}").format(noun=noun)
        labels = [
            tr(entry.label)
            for entry in describe(type(record))
            if entry.name not in IDENTITY_FIELDS
            and getattr(before, entry.name) != getattr(record, entry.name)
        ]
        words = tr("修改{noun}：{labels}") if labels else ""
        return words.format(noun=noun, labels=tr("、").join(labels))

    def _before(self, kind: str, record_id: str) -> Record | None:
        """The record as the unit is known to have it, or as it first came."""
        changes = [entry for entry in self._register.history(kind, record_id) if entry.values]
        old = [entry for entry in changes if entry.sequence <= self._told.since.sequence]
        came = [entry for entry in changes if entry.lineage]
        return record_in((old or came)[-1]) if old or came else None

    def _decided(self, proposal: Proposal) -> AddedLine:
        kind = KINDS.get(proposal.about_kind)
        described = fields_by_name(kind).get(proposal.field_name) if kind else None
        label = tr(described.label) if described else tr("表中的一行")
        taken = proposal.state is ProposalState.TAKEN
        answer = tr("采用报来的内容") if taken else tr("保留登记簿的内容")
        # What somebody remarked may name a person.
        words = tr("{label}：{answer}").format(label=label, answer=answer)
        return AddedLine(*self._case(proposal.dispute_id), tr("核对结果"), words)


def _case_of(record: Record) -> str:
    return record.id if isinstance(record, Dispute) else str(getattr(record, "dispute_id", ""))
