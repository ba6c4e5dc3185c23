"""Claims on their way: whole with their lines to the office, and back with what it reviewed.

A draft stays at home. What has been claimed is the office's to decide, so that its copy stands on
both desks but for the day on which a case was typed into the municipal system.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import cast

from mediation_desk.domain.allowance import Claim, ClaimLine, ClaimState
from mediation_desk.domain.record import Record
from mediation_desk.store.register import Register

# What either desk may write of a line at any time.
_ENTERED = "entered_on"
_OF_THE_COPY = frozenset(("id", "revision", "personal_revision", _ENTERED))


def leaving_claims(
    register: Register, unit_id: str, changed: Mapping[str, Collection[str]]
) -> Iterator[Record]:
    """The claims of a unit of which anything changed, each with all its lines."""
    lines = cast(list[ClaimLine], register.some("claim_line", changed.get("claim_line", ())))
    wanted = {line.claim_id for line in lines} | set(changed.get("claim", ()))
    for claim in cast(list[Claim], register.some("claim", wanted)):
        if claim.unit_id == unit_id and claim.state is not ClaimState.DRAFT:
            yield claim
            yield from register.all("claim_line", claim_id=claim.id)


def all_claims(register: Register, unit_id: str) -> dict[str, set[str]]:
    """All claims of a unit, as if they had just changed."""
    return {"claim": {claim.id for claim in register.all("claim", unit_id=unit_id)}}


def claimed_before(register: Register) -> dict[str, set[str]]:
    """What of claims a first package has to bring: the forms, and the disputes that they name."""
    claims = [claim for claim in cast(list[Claim], register.all("claim"))
              if claim.state is not ClaimState.DRAFT]  # fmt: skip
    lines = cast(list[ClaimLine], register.some("claim_line", [c.id for c in claims], "claim_id"))
    disputes = {line.dispute_id for line in lines}
    return {"claim": {claim.id for claim in claims}, "dispute": disputes} if claims else {}


def is_of_a_claim(record: Record | None) -> bool:
    """Whether a record is a claim or a line of one."""
    return isinstance(record, Claim | ClaimLine)


def rewritten(record: Record, before: Record | None) -> bool:
    """Whether a village's file would change what was claimed already."""
    if before is None or type(record) is not type(before):
        return False
    names = (name for name in record.__dataclass_fields__ if name not in _OF_THE_COPY)
    return any(getattr(record, name) != getattr(before, name) for name in names)


def as_the_office_has_it(copy: Record, mine: Record) -> Record:
    """The office's `copy` of what is `mine`, with the day of entry of whichever has one."""
    if isinstance(copy, ClaimLine) and isinstance(mine, ClaimLine):
        return replace(copy, entered_on=copy.entered_on or mine.entered_on)
    return copy
