"""How a row says its dispute ended: outcome, days, agreement, performance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.codes import (
    AgreementForm,
    CaseStatus,
    Confirmation,
    Outcome,
    Performance,
    RefusalReason,
    TerminationReason,
)
from mediation_desk.domain.handling import Agreement
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.missing import instead, of_this_row, usual
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.exchange.ledgers.words import NO_AGREEMENT, OPEN, VOID, choices
from mediation_desk.words import tr

WITHOUT_INTAKE = frozenset((Outcome.NOT_ACCEPTED, Outcome.TRANSFERRED))
_WITHOUT_AGREEMENT = frozenset((Outcome.FAILED, Outcome.TERMINATED))
_OF_THE_SETTLED = (
    *("amount", "content", "manner", "form", "agreed_on"),
    *("performance", "performed_on", "confirmation"),
)
# Saying that there is none of these is no news about a dispute that was not settled.
_NOTHING = {"form": {NO_AGREEMENT}, "confirmation": {Confirmation.NONE.value}, "performance": set()}


@dataclass(frozen=True, slots=True)
class Ending:
    """What a row says about how far its dispute came."""

    outcome: Outcome | None
    status: CaseStatus | None
    void: bool


def told_ending(row: Row) -> Ending:
    """How far a dispute came; a closed one without a result is asked about."""
    told = row.choice("status", choices("status"))
    void = told == VOID or bare(row.cell("number")).endswith("(作废)")
    status = CaseStatus.of(told) if told and told != VOID else None
    code = row.choice("outcome", choices("outcome"))
    closed = status is CaseStatus.CLOSED or bool(row.columns("closed_on"))
    if code is None and closed and not row.columns("outcome"):
        code = _missing_outcome(row)
    if code == OPEN:
        return Ending(None, status or CaseStatus.MEDIATING, void)
    if code is not None:
        return Ending(Outcome.of(code), CaseStatus.CLOSED, void)
    return Ending(None, None if status is CaseStatus.CLOSED else status, void)


def _missing_outcome(row: Row) -> str | None:
    if row.has("outcome"):
        return of_this_row(row, "outcome", tr("这件已结案，没有写调解结果，结果是什么？"))
    return usual(row, "outcome", tr("案件已结案，但台账没有写调解结果，按哪一种登记？"))


def day_of_intake(row: Row, ending: Ending) -> date | None:
    """The day of intake, which every accepted dispute has."""
    if row.columns("intake_on"):
        return row.day("intake_on")
    ended = ending.outcome is not None and ending.outcome not in WITHOUT_INTAKE
    open_ones = {CaseStatus.ACCEPTED, CaseStatus.MEDIATING}
    if not ended and ending.status not in open_ones:
        return None
    return instead(row, "intake_on", ("occurred_on", "agreed_on", "closed_on"))


def day_of_closing(row: Row, ending: Ending) -> date | None:
    """The day of closing, which every ended dispute has; of one still open it is a note."""
    if ending.outcome is None:
        row.note(row.head("closed_on"), row.text("closed_on"))
        return None
    if row.columns("closed_on"):
        return row.day("closed_on")
    return instead(row, "closed_on", ("agreed_on", "intake_on", "occurred_on"))


def reasons(row: Row, ending: Ending) -> dict[str, Any]:
    """Why mediation ended without agreement, or why a dispute was not taken in."""
    values: dict[str, Any] = {}
    if ending.outcome in _WITHOUT_AGREEMENT:
        code = row.choice("termination", choices("termination"))
        if code is None and not row.columns("termination"):
            code = usual(row, "termination", tr("没有调成的案件没有写原因，按哪一种登记？"))
        values["termination"] = TerminationReason.of(code) if code else None
    else:
        row.note(row.head("termination"), row.text("termination"))
    if ending.outcome is Outcome.NOT_ACCEPTED:
        code = row.choice("refusal", choices("refusal"), blocking=False)
        values["refusal"] = RefusalReason.of(code) if code else None
    else:
        row.note(row.head("refusal"), row.text("refusal"))
    return values


def performance(row: Row) -> dict[str, Any]:
    """How far a settled dispute's agreement was kept, and whether a court confirmed it."""
    code = row.choice("performance", choices("performance"))
    values: dict[str, Any] = {
        "performance": Performance.of(code) if code else None,
        "performed_on": row.day("performed_on", blocking=False),
    }
    if code := row.choice("confirmation", choices("confirmation"), blocking=False):
        values["confirmation"] = Confirmation.of(code)
    return values


def left_over(row: Row) -> dict[str, Any]:
    """What only a settled dispute has a place for: the money is the claim, the rest is noted."""
    values: dict[str, Any] = {}
    for slot in _OF_THE_SETTLED:
        text = row.text(slot)
        if slot == "amount" and text and not row.columns("claim"):
            values["claim_fen"] = row.amount("amount")
        elif text and choices_say_nothing(slot, text):
            continue
        else:
            row.note(row.head(slot), text)
    return values


def choices_say_nothing(slot: str, text: str) -> bool:
    """Whether a word such as 未申请 only says that there is nothing."""
    return slot in _NOTHING and choices(slot).exact(text) in _NOTHING[slot]


def agreement_of(row: Row, dispute_id: str, closed: date | None, parties: int) -> Agreement | None:
    """The agreement of a settled dispute; None while its form or its day is still asked."""
    code = row.choice("form", choices("form"))
    if code == NO_AGREEMENT or (code is None and not row.columns("form")):
        ask = tr("有的案件调解成功，但没有写协议形式，按哪一种登记？")
        code = usual(row, "form", ask, [form.value for form in AgreementForm])
    agreed = (row.day("agreed_on") if row.columns("agreed_on") else None) or closed
    amount = row.amount("amount") or 0
    if code is None or agreed is None:
        return None
    return Agreement(
        id=part_id(dispute_id, "agreement"),
        dispute_id=dispute_id,
        form=AgreementForm.of(code),
        agreed_on=agreed,
        content=row.text("content"),
        manner=row.text("manner"),
        amount_fen=amount,
        copies=parties + 1,
    )
