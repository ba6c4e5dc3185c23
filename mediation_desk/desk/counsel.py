"""Legal advisers (村居法律顾问): who they are, and what they did in the village."""

from dataclasses import dataclass
from typing import cast

from mediation_desk.domain.handling import MediationSession
from mediation_desk.domain.organisation import Adviser
from mediation_desk.domain.support import Consultation
from mediation_desk.store.pinyin import sorting_key
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class Counsel:
    """A legal adviser with the consultations given and the sessions taken part in."""

    adviser: Adviser
    consultations: int
    sessions: tuple[MediationSession, ...]


def _advisers(register: Register, unit_id: str) -> list[Adviser]:
    found = register.all("adviser", unit_id=unit_id) if unit_id else register.all("adviser")
    live = (entry for entry in cast(list[Adviser], found) if not entry.void_reason)
    return sorted(live, key=lambda entry: (entry.unit_id, sorting_key(entry.name)))


def adviser_names(register: Register) -> dict[str, str]:
    """The names of all legal advisers by id."""
    return {entry.id: entry.name for entry in cast(list[Adviser], register.all("adviser"))}


def counsel(register: Register, unit_id: str = "") -> list[Counsel]:
    """The legal advisers of a unit or of all, with what each of them did."""
    sessions = register.advised_sessions()
    given = cast(list[Consultation], register.all("consultation"))
    return [
        Counsel(
            adviser,
            sum(entry.adviser_id == adviser.id and not entry.void_reason for entry in given),
            tuple(session for session in sessions if adviser.id in session.adviser_ids),
        )
        for adviser in _advisers(register, unit_id)
    ]
