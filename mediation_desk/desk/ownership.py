"""Whose a dispute is and who may write of it: its present owner, and who had it before.

A case moves from one committee to another by a hand-over alone, and only its present owner can
hand it over. Whole as it stands it goes with the hand-over, so nothing that the former owner wrote
before can be new afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import cast

from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.store.register import Register

Current = Callable[[str, str], Record | None]

# What of a hand-over is written by who hands over; the receiver only adds that it was taken.
_OF_THE_GIVER = (
    "dispute_id",
    "from_unit_id",
    "to_unit_id",
    "from_year",
    "from_number",
    "handed_on",
    "handed_by",
    "reason",
)


class Owners:
    """Who may write what, for a file of `unit_id`: its package, or what goes `back` to it."""

    def __init__(
        self,
        register: Register,
        current: Current,
        unit_id: str,
        records: Iterable[Record],
        *,
        back: bool = False,
    ) -> None:
        self._register, self._current = register, current
        self._unit_id, self._back = unit_id, back
        self._brought: dict[str, Dispute] = {}
        self._in_file: dict[str, list[HandOver]] = defaultdict(list)
        for record in records:
            if isinstance(record, Dispute):
                self._brought[record.id] = record
            elif isinstance(record, HandOver) and not record.void_reason:
                self._in_file[record.dispute_id].append(record)
        self._here: dict[str, list[HandOver]] = {}
        self._ask(self._brought)

    def _ask(self, dispute_ids: Collection[str]) -> None:
        """Read the hand-overs of these disputes in one question."""
        for dispute_id in dispute_ids:
            self._here[dispute_id] = []
        found = cast(list[HandOver], self._register.some("handover", dispute_ids, "dispute_id"))
        for entry in sorted(found, key=lambda entry: entry.id):
            if not entry.void_reason:
                self._here[entry.dispute_id].append(entry)

    def _known(self, dispute_id: str) -> list[HandOver]:
        if dispute_id not in self._here:
            self._ask((dispute_id,))
        return self._here[dispute_id]

    def _all(self, dispute_id: str) -> list[HandOver]:
        return [*self._in_file[dispute_id], *self._known(dispute_id)]

    def may_write(self, dispute: Dispute) -> bool:
        """Whether the file may say something of what hangs on `dispute`, as it stands here."""
        if dispute.unit_id == self._unit_id or not self._back:
            return dispute.unit_id == self._unit_id
        brought = self._brought.get(dispute.id)
        moved = brought is not None and self.may_own(brought, dispute)
        return moved or any(self._on_its_way(entry) for entry in self._known(dispute.id))

    def _on_its_way(self, entry: HandOver) -> bool:
        """Whether the office may not know yet that the village gave the case away."""
        return entry.from_unit_id == self._unit_id and entry.taken_on is None

    @staticmethod
    def _moves(entries: Iterable[HandOver], giver: str, taker: str) -> bool:
        return any(entry.from_unit_id == giver and entry.to_unit_id == taker for entry in entries)

    def may_claim(self, dispute: Dispute) -> bool:
        """Whether the unit has or had `dispute`, so that it may have claimed an allowance for it.

        What the office says of a claim is for the village to take.
        """
        units = {dispute.unit_id} | {
            unit_id
            for entry in self._all(dispute.id)
            for unit_id in (entry.from_unit_id, entry.to_unit_id)
        }
        return self._back or self._unit_id in units

    def may_own(self, dispute: Dispute, before: Dispute | None) -> bool:
        """Whether `dispute` may stand here as it says whose it is, where `before` stood."""
        entries = self._all(dispute.id)
        ours = self._unit_id
        if before is None:
            mine = dispute.unit_id == ours
            return mine or any(ours in {e.from_unit_id, e.to_unit_id} for e in entries)
        if dispute.unit_id == before.unit_id:
            if self._back and before.unit_id != ours:
                return any(ours in {e.from_unit_id, e.to_unit_id} for e in entries)
            return self.may_write(before)
        if not self._moves(entries, before.unit_id, dispute.unit_id):
            return False
        return self._back or (before.unit_id == ours and self._takes(dispute.unit_id))

    def hands_over(self, dispute: Dispute, before: Dispute) -> bool:
        """Whether the file brings a hand-over, not yet taken here, by which `dispute` goes on.

        One that was taken long ago comes along with late files, when the case may be back again.
        """
        taken = {entry.id for entry in self._known(dispute.id) if entry.taken_on is not None}
        new = (entry for entry in self._in_file[dispute.id] if entry.id not in taken)
        moves = self._moves(new, before.unit_id, dispute.unit_id)
        return moves and self.may_own(dispute, before)

    def may_note(self, theirs: Dispute, before: Dispute | None) -> bool:
        """Whether the other side's copy may say so, of which something was merged into ours."""
        if self._back and before is not None and theirs.unit_id == self._unit_id:
            return self.may_write(before)
        return self.may_own(theirs, before)

    def _takes(self, unit_id: str) -> bool:
        committee = self._register.committee
        return committee is not None and committee.id == unit_id

    def forgotten(self, dispute_id: str) -> bool:
        """Whether the file tells of a hand-over of an own case from here of which nothing is known.

        So it is where this desk was put back from a backup older than what it handed over.
        """
        known = {entry.id for entry in self._known(dispute_id)}
        dispute = self._current("dispute", dispute_id)
        return not self._back and any(
            entry.id not in known
            and entry.to_unit_id == self._unit_id
            and entry.from_unit_id == getattr(dispute, "unit_id", "")
            and self._takes(entry.from_unit_id)
            for entry in self._in_file[dispute_id]
        )

    def may_hand(self, entry: HandOver, before: HandOver | None) -> bool:
        """Whether a hand-over may stand here, where `before` stood."""
        if before is not None:
            same = all(getattr(before, n) == getattr(entry, n) for n in _OF_THE_GIVER)
            return same and (self._back or self._unit_id in {entry.from_unit_id, entry.to_unit_id})
        if self._back:
            return True
        if entry.void_reason:
            # Made again after a backup, and void since the first one was known.
            return self._moves(self._known(entry.dispute_id), self._unit_id, entry.to_unit_id)
        dispute = self._current("dispute", entry.dispute_id)
        owner = getattr(dispute, "unit_id", self._unit_id)
        return entry.from_unit_id == owner == self._unit_id and self._takes(entry.to_unit_id)
