"""The claims of allowance that the demo's committees made for quarters that are settled by now."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.desk.demo.allowances import example_grades
from mediation_desk.domain.allowance import (
    Claim,
    ClaimLine,
    ClaimState,
    ReviewResult,
    grade_for,
    payees,
    quarter_before,
    quarter_of,
    reasons_against,
    shares,
)
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.record import Record
from mediation_desk.domain.settings import Settings
from mediation_desk.words import tr

_CLAIMS = uuid.UUID("7c2c5e0e-4f0b-5b62-8c0e-3f6f6b1f9d57")
# Days after the end of a quarter.
_CLAIMED, _REVIEWED, _REPORTED, _PAID = 6, 14, 19, 47
# The case that the office did not grant is one of this village, of the later quarter.
_REFUSED_IN = "梨子园村"
_WHY = tr("现场核实，当事人在调解之前已经自行和解，不属于调解成功的案件。")


def claims_of(
    cases: Iterable[CaseFile],
    unit: Unit,
    mediators: Iterable[Mediator],
    today: date,
    people: tuple[str, str],
) -> Iterator[Record]:
    """A committee's claims with their lines: of one quarter paid, of the one after it reported.

    The last whole quarter is left for whoever practises. `people` are who claimed and who reviewed.
    """
    staff = {entry.id: entry for entry in mediators}
    known, last = list(cases), quarter_before(*quarter_of(today))
    for back, state in ((2, ClaimState.PAID), (1, ClaimState.REPORTED)):
        claim = _claim(unit, quarter_before(*last, back), state, people)
        lines = list(_lines(claim, known, staff))
        if lines:
            yield claim
            refused = state is ClaimState.REPORTED and unit.name == _REFUSED_IN
            yield from _reviewed(claim, lines, lines[-1].dispute_id if refused else "")


def _claim(unit: Unit, of: tuple[int, int], state: ClaimState, people: tuple[str, str]) -> Claim:
    year, number = of
    id_ = uuid.uuid5(_CLAIMS, f"{unit.id} {year} {number}").hex
    blank = Claim(id=id_, unit_id=unit.id, year=year, quarter=number, state=state, made_on=date.min)
    end = blank.period.last
    return replace(
        blank,
        made_on=end + timedelta(days=_CLAIMED - 1),
        made_by=people[0],
        claimed_on=end + timedelta(days=_CLAIMED),
        reviewed_on=end + timedelta(days=_REVIEWED),
        reviewed_by=people[1],
        reported_on=end + timedelta(days=_REPORTED),
        paid_on=end + timedelta(days=_PAID) if state is ClaimState.PAID else None,
    )


def _lines(
    claim: Claim, cases: Sequence[CaseFile], staff: dict[str, Mediator]
) -> Iterator[ClaimLine]:
    """What each mediator claimed for each case of the quarter that the rules let be claimed."""
    grades, settings = example_grades(), Settings()
    for case in cases:
        dispute = case.dispute
        if dispute.closed_on is None or dispute.closed_on not in claim.period:
            continue
        grade = grade_for(case, grades)
        paid = payees(case, staff, equal=settings.allowance_equal)
        if grade is None or any(reasons_against(case, grade, paid, settings)):
            continue
        amounts = shares(grade.amount_fen, len(paid), equal=True)
        for mediator, amount in zip(paid, amounts, strict=True):
            yield ClaimLine(
                id=uuid.uuid5(_CLAIMS, f"{claim.id} {dispute.id} {mediator.id}").hex,
                unit_id=claim.unit_id,
                claim_id=claim.id,
                dispute_id=dispute.id,
                mediator_id=mediator.id,
                mediator=mediator.name,
                grade=grade.name,
                amount_fen=amount,
                entered_on=claim.made_on,
            )


def _reviewed(claim: Claim, lines: Iterable[ClaimLine], refused: str) -> Iterator[ClaimLine]:
    """The lines with what the office's first review said of them."""
    for line in lines:
        against = line.dispute_id == refused
        yield replace(
            line,
            result=ReviewResult.REFUSED if against else ReviewResult.GRANTED,
            reason=_WHY if against else "",
            checked_on=claim.reviewed_on,
            checked_by=claim.reviewed_by,
        )
