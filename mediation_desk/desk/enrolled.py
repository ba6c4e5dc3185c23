"""Which units have a set-up file, and which have signed up with their key."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

from mediation_desk.desk.desk_key import own_key
from mediation_desk.desk.recording import own_ids
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.round_trip import Enrolment
from mediation_desk.exchange.sealing import fingerprint
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.store.register import Register


class EnrolmentState(Enum):
    """How far a unit has come."""

    NONE = "none"
    MADE = "made"
    ENROLLED = "enrolled"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A unit's enrolment: the last set-up file and the key that counts.

    `waiting` says that a newer file than the one the key came by was made and not yet used, as
    for a new computer. `fingerprint` is the key's, to be compared by phone.
    """

    unit: Unit
    state: EnrolmentState
    made_on: date | None = None
    made_by: str = ""
    enrolled_on: date | None = None
    fingerprint: str = ""
    waiting: bool = False


def enrolled(register: Register) -> list[Enrolled]:
    """All units that may be set up by this office, in the order of their codes."""
    own = own_ids(register)
    made: dict[str, list[Enrolment]] = defaultdict(list)
    for entry in cast(list[Enrolment], register.all("enrolment")):
        if not entry.void_reason:
            made[entry.unit_id].append(entry)
    return [
        _standing(register, unit, made[unit.id])
        for unit in register.units()
        if unit.kind in COMMITTEES and unit.id not in own and not unit.void_reason
    ]


def _standing(register: Register, unit: Unit, made: list[Enrolment]) -> Enrolled:
    if not made:
        return Enrolled(unit, EnrolmentState.NONE)
    # Several may be of one day; the history knows which came first.
    order = {entry.id: register.history("enrolment", entry.id)[0].sequence for entry in made}
    newest = sorted(made, key=lambda entry: order[entry.id], reverse=True)
    last = newest[0]
    counting = next((entry for entry in newest if entry.key), None)
    if counting is None:
        return Enrolled(unit, EnrolmentState.MADE, last.made_on, last.made_by)
    return Enrolled(
        unit,
        EnrolmentState.ENROLLED,
        last.made_on,
        last.made_by,
        counting.enrolled_on,
        fingerprint(counting.key),
        last is not counting,
    )


def office_fingerprint(register: Register) -> str:
    """The office's own key as two people compare it by phone; empty before its first file."""
    key = own_key(register)
    return fingerprint(key.public) if key is not None else ""
