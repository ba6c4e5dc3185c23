"""What a village's package is before it is made: signed, sealed for whom, and what has no room."""

from dataclasses import dataclass
from typing import cast

from mediation_desk.desk.confirmed import scans_to_go, standing
from mediation_desk.desk.desk_key import seal_of
from mediation_desk.desk.sending import sent
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class Protection:
    """How the next package leaves: sealed to `office`, empty for neither signed nor sealed.

    `enclosed` says how many attachments go with it, `left` names those that have no room yet,
    `handed` how many cases are handed over by it.
    """

    office: str = ""
    enclosed: int = 0
    left: tuple[str, ...] = ()
    handed: int = 0


def protection(register: Register) -> Protection:
    """How the next package of this village leaves."""
    seal = seal_of(register)
    if seal is None:
        return Protection()
    before = sent(register)
    scans = scans_to_go(register, before)
    return Protection(
        seal.name,
        len(scans.going),
        tuple(entry.name for entry in scans.left),
        _handed(register, before),
    )


def _handed(register: Register, before: list[Package]) -> int:
    """How many cases go from here with the next package to their new owner."""
    since = standing(register, before, sealing=True).since
    ids = [record_id for _, record_id in register.changed_since(since, ("handover",))]
    found = cast(list[HandOver], register.some("handover", ids))
    own = register.unit.id
    return sum(entry.from_unit_id == own and entry.taken_on is None for entry in found)
