"""The office's side of a case given back: writing it down, what is open, the file to a village."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk.recording import is_own
from mediation_desk.desk.trusting import seal_to
from mediation_desk.domain.casefile import CaseFile, sides
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import return_problems
from mediation_desk.domain.codes import Role
from mediation_desk.domain.masks import masked
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import new_id
from mediation_desk.domain.returning import Return
from mediation_desk.store.register import Register
from mediation_desk.words import tr

# More of those already mended than anybody looks back at.
_MENDED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A return beside its unit and the number of its dispute."""

    entry: Return
    unit: Unit
    number: str


def can_return(register: Register, dispute: Dispute) -> bool:
    """Whether this desk may give `dispute` back: the office, a case that others registered."""
    other = register.role is Role.OFFICE and not is_own(register, dispute)
    return other and not dispute.void_reason


def blank_return(dispute: Dispute, actor: str, today: date) -> Return:
    """A return to fill in."""
    return Return(
        id=new_id(),
        unit_id=dispute.unit_id,
        dispute_id=dispute.id,
        words="",
        returned_on=today,
        returned_by=actor,
    )


def return_findings(entry: Return, today: date) -> list[Problem]:
    """What is wrong with a return as it stands on the form."""
    return return_problems(entry, today)


def give_back(
    register: Register, entry: Return, actor: str, today: date, draft_id: str = ""
) -> CaseFile:
    """Keep a return in one act; it is told to the village by the next file made for it.

    Raises `DeskError` for a return with errors, or of a case that cannot be given back.
    """
    wrong = errors(return_findings(entry, today))
    if wrong:
        raise DeskError(wrong[0].message + wrong[0].mend)
    dispute = cast("Dispute | None", register.get("dispute", entry.dispute_id))
    if dispute is None or not can_return(register, dispute):
        raise DeskError(tr("这件纠纷不能退回：只有司法所能退回各村报来、没有作废的纠纷。"))
    with register.change(actor, tr("退回补正")) as change:
        change.keep(entry)
        # In the same act, else a power cut in between would offer a kept return as a draft.
        if draft_id:
            register.drop_draft(draft_id)
    return cast(CaseFile, register.case(dispute.id))


def _told(register: Register, entries: list[Return]) -> list[GivenBack]:
    """Returns with their numbers; what waits in a case that was voided waits for nobody."""
    units = {unit.id: unit for unit in register.units()}
    disputes = {
        entry.id: cast(Dispute, entry)
        for entry in register.some("dispute", {entry.dispute_id for entry in entries})
    }
    pattern = register.settings.numbering_pattern
    return [
        GivenBack(
            entry,
            units[entry.unit_id],
            case_number(disputes[entry.dispute_id], units[entry.unit_id], pattern),
        )
        for entry in entries
        if not (entry.open and disputes[entry.dispute_id].void_reason)
    ]


def given_back(register: Register) -> list[GivenBack]:
    """All that waits to be put right, by village; then what was put right, the latest first."""
    every = [entry for entry in cast(list[Return], register.all("return")) if not entry.void_reason]
    waiting = _told(register, [entry for entry in every if entry.open])
    waiting.sort(key=lambda told: (told.unit.code, told.entry.returned_on, told.entry.id))
    mended = [entry for entry in every if not entry.open]
    mended.sort(key=lambda entry: (entry.mended_on or entry.returned_on, entry.id), reverse=True)
    return [*waiting, *_told(register, mended[:_MENDED_SHOWN])]


def returns_name(unit: Unit, today: date) -> str:
    """The plain name of the file to a village."""
    return tr("{unit}退回意见{day}.xlsx").format(unit=unit.name, day=today.isoformat())


def write_returns(register: Register, unit_id: str, target: Path, actor: str, today: date) -> Path:
    """Write what waits to be put right by a village as one file; the same again if wanted.

    Raises `DeskError` if nothing waits, or when the place cannot be written.
    """
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.returns import ReturnLine, head_for  # noqa: PLC0415
    from mediation_desk.exchange.returns_writing import write_returns as write  # noqa: PLC0415

    waiting = [told for told in given_back(register) if told.unit.id == unit_id and told.entry.open]
    if not waiting:
        raise DeskError(tr("这个单位没有等待补正的退回意见。请先在纠纷里写退回意见。"))
    lines = [
        ReturnLine(told.number, _parties(register, told.entry.dispute_id), told.entry)
        for told in waiting
    ]
    head = head_for(new_id(), waiting[0].unit, register.unit.name, actor, today)
    return write(head, lines, target, seal_to(register, waiting[0].unit))


def _parties(register: Register, dispute_id: str) -> str:
    """The two sides of a dispute as they may be forwarded."""
    case = cast(CaseFile, register.case(dispute_id))
    shown = CaseFile(case.dispute, tuple(masked(party) for party in case.parties))
    return tr(" — ").join(side for side in sides(shown) if side)
