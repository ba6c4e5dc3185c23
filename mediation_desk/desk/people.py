"""Known persons: who was a party in earlier cases, and how those cases ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from mediation_desk.desk.clock import today
from mediation_desk.domain.cases import Party
from mediation_desk.domain.codes import Outcome, Role
from mediation_desk.domain.derived import row_state
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.identity import normal_identity
from mediation_desk.store.register import Register

_MOST = 8


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case of a person: its number, its year, its type and how far it has come."""

    dispute_id: str
    number: str
    year: int
    type_label: str
    state: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who was a party before: as last written down, with the earlier cases."""

    name: str
    id_number: str
    last: Party
    cases: tuple[Earlier, ...]


def _who(party: Party) -> str:
    """Parties with one number are one person; without a number the name must do."""
    return party.id_number or party.name


def _people(
    found: Iterable[tuple[int, Party]], id_number: str
) -> dict[str, list[tuple[int, Party]]]:
    together: dict[str, list[tuple[int, Party]]] = {}
    for place, party in found:
        # The same name with another number is somebody else.
        if id_number and party.id_number not in {"", id_number}:
            continue
        together.setdefault(_who(party), []).append((place, party))
    return dict(list(together.items())[:_MOST])


def _earlier(line: DisputeRow, register: Register) -> Earlier:
    dispute = line.dispute
    state, _tone = row_state(dispute, line.form, today(), register.limits, line.entrusted)
    if dispute.outcome is Outcome.SETTLED and dispute.performance is not None:
        state = dispute.performance.label
    return Earlier(dispute.id, line.number, dispute.year, line.type_label, state)


def known(register: Register, text: str, id_number: str = "", but: str = "") -> list[KnownPerson]:
    """Who is called `text` or has `id_number`, at most eight people, newest first.

    A village looks through its own cases, the office through those of all units; `but` names a
    dispute that does not count as an earlier one. Who only came masked is not offered.
    """
    committee = register.committee
    own = committee.id if committee is not None and register.role is Role.VILLAGE else ""
    number = normal_identity(id_number)
    found = register.known_parties(text.strip(), number, own)
    people = _people(((place, party) for place, party in found if party.dispute_id != but), number)
    places = sorted({place for seen in people.values() for place, _party in seen}, reverse=True)
    lines = {line.row: _earlier(line, register) for line in register.rows_at(places)}
    known_ones = []
    for seen in people.values():
        last = seen[0][1]
        cases = tuple(dict.fromkeys(lines[place] for place, _party in seen if place in lines))
        known_ones.append(KnownPerson(last.name, last.id_number, last, cases))
    return known_ones
