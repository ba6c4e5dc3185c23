"""All that the page of claims shows of one quarter and one unit, read in one go."""

from dataclasses import dataclass

from mediation_desk.desk.claim_review import findings, twice_words
from mediation_desk.desk.claim_sheets import sheet_of, sheets_of_quarter
from mediation_desk.desk.claiming import (
    Candidate,
    candidates,
    claimants,
    claims_of,
    grades,
    no_table,
    why_not_withdraw,
)
from mediation_desk.domain.allowance import Claim, ClaimState, ReviewResult
from mediation_desk.domain.claim_sheet import ClaimSheet, Total, total_of
from mediation_desk.domain.codes import Role
from mediation_desk.domain.organisation import Unit
from mediation_desk.store.register import Register


@dataclass(frozen=True, slots=True)
class UnitClaim:
    """A unit of the office with its newest claim of the quarter, if any."""

    unit: Unit
    claim: Claim | None
    total: Total


@dataclass(frozen=True, slots=True)
class Overview:
    """A quarter of a unit: its claims, the one that is shown, and what cannot be claimed.

    `open` are cases that may be claimed and stand in no claim yet; `against` says of each case of
    the claim what speaks against granting it; `twice` are disputes that were paid twice.
    """

    unit_id: str
    claims: tuple[Claim, ...]
    sheet: ClaimSheet | None
    open: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...]
    grades: tuple[str, ...]
    no_table: str
    can_withdraw: bool
    against: dict[str, tuple[str, ...]]
    units: tuple[UnitClaim, ...] = ()
    twice: tuple[str, ...] = ()


def overview(
    register: Register, unit_id: str, year: int, number: int, claim_id: str = ""
) -> Overview:
    """Everything about a unit's claims of a quarter; of several the newest unless one is named."""
    claims = claims_of(register, unit_id, year, number)
    shown = next((claim for claim in claims if claim.id == claim_id), None)
    shown = shown or (claims[-1] if claims else None)
    sheet = sheet_of(register, shown.id, full=True) if shown else None
    inside = {row.dispute_id for row in sheet.rows} if sheet else set()
    found = candidates(register, unit_id, year, number)
    beside = [entry for entry in found if entry.case.dispute.id not in inside]
    office = register.role is Role.OFFICE
    return Overview(
        unit_id,
        tuple(claims),
        sheet,
        tuple(entry for entry in beside if entry.claimable),
        tuple(entry for entry in beside if not entry.claimable),
        tuple(grade.name for grade in grades(register)),
        no_table(register),
        shown is not None and not why_not_withdraw(register, shown),
        _against(register, sheet) if office and sheet else {},
        tuple(_units(register, year, number)) if office else (),
        tuple(twice_words(register)) if office else (),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done with a claim: when, by whom and what, as the history has it."""

    at: str
    actor: str
    reason: str


def history_of(register: Register, claim_id: str) -> list[Step]:
    """Everything that was done with a claim and its lines, the latest first."""
    changes = list(register.history("claim", claim_id))
    for line in register.all("claim_line", claim_id=claim_id):
        changes += register.history("claim_line", line.id)
    acts = [register.act(number) for number in sorted({c.act for c in changes}, reverse=True)]
    return [Step(act.at, act.actor, act.reason) for act in acts if act is not None]


def _against(register: Register, sheet: ClaimSheet) -> dict[str, tuple[str, ...]]:
    """What speaks against granting the cases that are not refused already."""
    if sheet.claim.state in {ClaimState.DRAFT, ClaimState.PAID}:
        return {}
    asked = (ReviewResult.OPEN, ReviewResult.GRANTED)
    ids = {row.dispute_id for row in sheet.rows if row.result in asked}
    found = {id_: tuple(findings(register, sheet.claim, id_)) for id_ in ids}
    return {id_: told for id_, told in found.items() if told}


def _units(register: Register, year: int, number: int) -> list[UnitClaim]:
    """The units below with what they claim; those that claimed nothing stand last."""
    sheets = sheets_of_quarter(register, year, number, full=False)
    found = []
    for unit in claimants(register):
        mine = [sheet for sheet in sheets if sheet.claim.unit_id == unit.id]
        rows = [row for sheet in mine for row in sheet.rows]
        newest = mine[-1].claim if mine else None
        found.append(UnitClaim(unit, newest, total_of(unit.name, rows)))
    return sorted(found, key=lambda entry: (entry.claim is None, entry.unit.code))
