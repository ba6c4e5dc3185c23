"""One dispute, one claim: what was claimed, granted or paid of a dispute under whichever entry.

A dispute may stand in the register twice, because two villages took it in and the office found
them to be one; and it may have been claimed by a committee that handed it over. So everything is
asked of all entries that count as one dispute, and of all claims that are not void.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import cast

from mediation_desk.domain.allowance import Claim, ClaimLine, ClaimState, ReviewResult
from mediation_desk.domain.round_trip import SameCase
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class Claimed:
    """A case in a claim that is not void; `result` is the review of its lines."""

    claim: Claim
    dispute_id: str
    result: ReviewResult

    @property
    def standing(self) -> bool:
        """Whether nobody may claim it again: all but what was given back to be put right."""
        return self.result is not ReviewResult.RETURNED

    @property
    def paid(self) -> bool:
        """Whether money was paid for it."""
        return self.granted and self.claim.state is ClaimState.PAID

    @property
    def granted(self) -> bool:
        """Whether money is or will be paid for it."""
        return self.result is ReviewResult.GRANTED


class OneDispute:
    """Which entries of a register are one dispute, as a person has found."""

    def __init__(self, register: Register) -> None:
        self._above: dict[str, str] = {}
        for entry in cast(list[SameCase], register.all("same_case")):
            # Whether the entry that counts still stands does not matter: what was paid was paid.
            if not entry.void_reason:
                self._above[self.of(entry.other_id)] = self.of(entry.main_id)
        self._members: dict[str, set[str]] = defaultdict(set)
        for dispute_id in (*self._above, *self._above.values()):
            self._members[self.of(dispute_id)].add(dispute_id)

    def of(self, dispute_id: str) -> str:
        """The one entry that stands for all that are one dispute with this one."""
        while dispute_id != (above := self._above.get(dispute_id, dispute_id)):
            dispute_id = above
        return dispute_id

    def members(self, dispute_id: str) -> set[str]:
        """All entries that are one dispute with this one, itself among them."""
        return self._members.get(self.of(dispute_id), set()) | {dispute_id}


def claimed(register: Register, dispute_ids: Collection[str]) -> dict[str, list[Claimed]]:
    """By each of these disputes what was claimed for it under any of its entries."""
    one = OneDispute(register)
    members = {dispute_id: one.members(dispute_id) for dispute_id in dispute_ids}
    every = {entry for entries in members.values() for entry in entries}
    found: dict[str, list[Claimed]] = defaultdict(list)
    for entry in _of_lines(register, register.some("claim_line", every, "dispute_id")):
        found[entry.dispute_id].append(entry)
    return {
        dispute_id: [one_ for entry in sorted(entries) for one_ in found.get(entry, ())]
        for dispute_id, entries in members.items()
    }


def _of_lines(register: Register, lines: Iterable[object]) -> list[Claimed]:
    live = [line for line in cast(list[ClaimLine], list(lines)) if not line.void_reason]
    claims = {
        claim.id: claim
        for claim in cast(list[Claim], register.some("claim", {line.claim_id for line in live}))
        if not claim.void_reason
    }
    cases: dict[tuple[str, str], ReviewResult] = {}
    for line in sorted(live, key=lambda line: line.id):
        cases.setdefault((line.claim_id, line.dispute_id), line.result)
    return [
        Claimed(claims[claim_id], dispute_id, result)
        for (claim_id, dispute_id), result in cases.items()
        if claim_id in claims
    ]


def paid_twice(register: Register) -> list[tuple[Claimed, ...]]:
    """Disputes for which money was paid more than once.

    It happens only where two entries were found to be one dispute after both had been paid.
    """
    claims = [claim.id for claim in register.all("claim", state=ClaimState.PAID.value)]
    lines = register.some("claim_line", claims, "claim_id")
    one = OneDispute(register)
    found: dict[str, list[Claimed]] = defaultdict(list)
    for entry in _of_lines(register, lines):
        if entry.paid:
            found[one.of(entry.dispute_id)].append(entry)
    return [tuple(entries) for _, entries in sorted(found.items()) if len(entries) > 1]
