"""What a village's package is before it is made: signed, sealed for whom, and what has no room."""

from dataclasses import dataclass

from mediation_desk.desk.confirmed import scans_to_go
from mediation_desk.desk.desk_key import seal_of
from mediation_desk.desk.sending import sent
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class Protection:
    """How the next package leaves: sealed to `office`, empty for neither signed nor sealed.

    `enclosed` says how many attachments go with it, `left` names those that have no room yet.
    """

    office: str = ""
    enclosed: int = 0
    left: tuple[str, ...] = ()


def protection(register: Register) -> Protection:
    """How the next package of this village leaves."""
    seal = seal_of(register)
    if seal is None:
        return Protection()
    scans = scans_to_go(register, sent(register))
    return Protection(seal.name, len(scans.going), tuple(entry.name for entry in scans.left))
