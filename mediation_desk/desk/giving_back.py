"""The office's way back to a village: cases to be put right, and the file that tells everything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.added_lines import added_lines, parties_of
from mediation_desk.desk.desk_key import succession
from mediation_desk.desk.going_back import Telling, telling
from mediation_desk.desk.recording import is_own, own_ids
from mediation_desk.desk.scans_back import contents_of, note_scans
from mediation_desk.desk.sequence import gaps, of_unit
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import return_problems
from mediation_desk.domain.codes import Role
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError, Problem, errors
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.returning import Return
from mediation_desk.exchange.placing import named_last
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.returns import ReturnsHead

GOING_BACK = "returns"
# More of those already mended than anybody looks back at.
_MENDED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A return beside the unit that has its dispute now, and the number that it has there.

    `place` is its year and number.
    """

    entry: Return
    unit: Unit
    number: str
    place: tuple[int, int]


def can_return(register: Register, dispute: Dispute) -> bool:
    """Whether this desk may give `dispute` back: the office, a case that others registered."""
    other = register.role is Role.OFFICE and not is_own(register, dispute)
    return other and not dispute.void_reason


def blank_return(dispute: Dispute, actor: str, today: date, words: str = "") -> Return:
    """A return to fill in, or with the words to begin with."""
    return Return(
        id=new_id(),
        unit_id=dispute.unit_id,
        dispute_id=dispute.id,
        words=words,
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
    """Returns with their numbers; without what waits in a case where it waits for nobody."""
    units = {unit.id: unit for unit in register.units()}
    disputes = {
        entry.id: cast(Dispute, entry)
        for entry in register.some("dispute", {entry.dispute_id for entry in entries})
    }
    pattern = register.settings.numbering_pattern
    found = []
    for entry in entries:
        dispute = disputes[entry.dispute_id]
        if entry.open and _settled(register, dispute):
            continue
        # Whom it was returned to may have handed the case over; who has it now puts it right.
        unit = units[dispute.unit_id]
        number = case_number(dispute, unit, pattern)
        found.append(GivenBack(entry, unit, number, (dispute.year, dispute.number)))
    return found


def _settled(register: Register, dispute: Dispute) -> bool:
    """Whether nobody else can put a dispute right any more: it is void, or this desk's own now."""
    return bool(dispute.void_reason) or is_own(register, dispute)


def given_back(register: Register) -> list[GivenBack]:
    """All that waits to be put right, by village; then what was put right, the latest first."""
    every = [entry for entry in cast(list[Return], register.all("return")) if not entry.void_reason]
    waiting = _told(register, [entry for entry in every if entry.open])
    waiting.sort(
        key=lambda told: (told.unit.code, told.entry.returned_on, told.place, told.entry.id)
    )
    mended = [entry for entry in every if not entry.open]
    mended.sort(key=_mended_on, reverse=True)
    shown = _told(register, mended[:_MENDED_SHOWN])
    shown.sort(key=lambda told: (told.place, told.entry.id))
    # Sorting keeps the order of what is alike: of one day, by case.
    shown.sort(key=lambda told: _mended_on(told.entry), reverse=True)
    return [*waiting, *shown]


def _mended_on(entry: Return) -> date:
    return entry.mended_on or entry.returned_on


def returns_name(unit: Unit, today: date) -> str:
    """The plain name of the file to a village."""
    return tr("{unit}回件{day}.xlsx").format(unit=unit.name, day=today.isoformat())


@dataclass(frozen=True, slots=True)
class ToTell:
    """What the next file to a unit would tell: how many of each, and in words."""

    unit: Unit
    receipts: int
    returns: int
    changes: int
    handed: int
    words: str


def to_tell(register: Register) -> list[ToTell]:
    """The units that something waits for since what they are known to have, by code."""
    waiting = Counter(told.unit.id for told in given_back(register) if told.entry.open)
    own, found = own_ids(register), []
    for unit in register.units():
        if unit.id in own or unit.void_reason:
            continue
        told = telling(register, unit)
        if told.anything:
            lines = len(added_lines(register, told)) - len(told.handed)
            found.append(_to_tell(told, waiting[unit.id], lines))
    return found


def _to_tell(told: Telling, returns: int, changes: int) -> ToTell:
    counts = len(told.receipts), returns, changes, len(told.handed)
    labels = (
        tr("回执{count}份"),
        tr("退回{count}条"),
        tr("司法所补充和修改{count}项"),
        tr("移交{count}件"),
    )
    parts = [label.format(count=count) for label, count in zip(labels, counts, strict=True)
             if count]  # fmt: skip
    if told.since.again:
        parts.append(tr("该村以前报来的全部内容"))
    return ToTell(told.unit, *counts, tr("，").join(parts) or tr("再告诉一次以前的内容"))


def write_returns(
    register: Register,
    unit_id: str,
    target: Path,
    actor: str,
    today: date,
    *,
    again: bool = False,
) -> Path:
    """Write what a unit has to be told as one file and note it as sent, both or neither.

    It holds everything since the file that the unit is known to have, and what still waits to be
    put right; with `again` also all that the unit sent itself. Raises `DeskError` if there is
    nothing, or when the place cannot be written.
    """
    unit = register.get("unit", unit_id)
    if not isinstance(unit, Unit) or register.role is not Role.OFFICE:
        raise DeskError(tr("登记簿里没有这个单位，不能做回件。请核对单位。"))
    reason = tr("做给{unit}的回件").format(unit=unit.name)
    with named_last(target), register.change(actor, reason, GOING_BACK) as change:
        told = telling(register, unit, again=again)
        going = {entry.id for entry in told.records}
        waiting = [entry for entry in given_back(register)
                   if entry.entry.open and entry.entry.id in going]  # fmt: skip
        if not told.anything:
            happened = tr("没有要告诉这个单位的：没有新的回执、退回意见、补充和移交。")
            raise DeskError(happened + tr("有了以后再做。"))
        change.keep(_written(register, told, waiting, target, actor, today))
        note_scans(register, unit.id, told.since.number, told.scans, told.left)
    return target


def _written(
    register: Register,
    told: Telling,
    waiting: Sequence[GivenBack],
    target: Path,
    actor: str,
    today: date,
) -> Package:
    """Write the file; its entry in the register."""
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.returns import head_for  # noqa: PLC0415
    from mediation_desk.exchange.returns_sheets import ReturnLine  # noqa: PLC0415
    from mediation_desk.exchange.returns_writing import GoingBack  # noqa: PLC0415
    from mediation_desk.exchange.returns_writing import write_returns as write  # noqa: PLC0415

    where, came = told.since, of_unit(register, told.unit.id)
    head = replace(
        head_for(new_id(), told.unit, register.unit.name, actor, today),
        number=where.number,
        previous=where.previous,
        span=where.number - where.base,
        wanted=tuple(gaps(came)),
        succession=succession(register),
    )
    lines = [
        ReturnLine(entry.number, parties_of(register, entry.entry.dispute_id), entry.entry)
        for entry in waiting
    ]
    shown = {entry.entry.id for entry in waiting}
    records, lineages = told.leaving()
    others = tuple(entry for entry in records if entry.id not in shown)
    scans = contents_of(register, told.scans)
    going = GoingBack(told.receipts, added_lines(register, told), others, lineages, scans)
    return _package(told, head, write(head, lines, target, told.seal, going))


def _package(told: Telling, head: "ReturnsHead", digest: str) -> Package:
    """The entry of a file that was made."""
    return Package(
        id=head.id,
        unit_id=told.unit.id,
        number=head.number,
        period_from=head.made_on,
        period_to=head.made_on,
        made_on=head.made_on,
        made_by=head.made_by,
        digest=digest,
        previous=head.previous,
        disputes=len({entry.id for entry in told.records if isinstance(entry, Dispute)}),
        signer=told.seal.key.public if told.seal else "",
        sealed=told.sealed,
        span=head.span,
        wanted=" ".join(map(str, head.wanted)),
    )
