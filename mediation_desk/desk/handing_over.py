"""Handing a case over between a village and the township's committee: giving, taking, the words.

The case belongs to the receiver from the moment it is handed over; the giver keeps it to read. It
has no number until it arrives, where it gets the receiver's own next one, or the number that it
had there before. It is undone by handing it back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mediation_desk.desk.desk_key import seal_of
from mediation_desk.desk.recording import NOT_NUMBERED, is_own
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalState, Role, UnitKind
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.round_trip import HandOver, Proposal
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

HAND_OVER = "handover"
_TOWNSHIP_CODE = 9
_OF_TOWNSHIP = (UnitKind.TOWNSHIP, UnitKind.STREET)
_OF_VILLAGE = (UnitKind.VILLAGE, UnitKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over beside its case's present number, `gone` if it went from here, and in words.

    `briefly` is what anybody may read of it: without the reason, which may name somebody.
    """

    entry: HandOver
    number: str
    gone: bool
    words: str
    briefly: str


def receivers(register: Register) -> list[Unit]:
    """To whom a case can be handed over here: the township's committee, or the villages below.

    Only those to whom it can be sealed, because it goes with all its names.
    """
    own = register.committee
    if own is None:
        return []
    office = register.role is Role.OFFICE
    kinds = _OF_VILLAGE if office else _OF_TOWNSHIP
    return [
        unit
        for unit in register.units()
        if unit.kind in kinds
        and unit.id != own.id
        and unit.code[:_TOWNSHIP_CODE] == own.code[:_TOWNSHIP_CODE]
        and not unit.void_reason
        and _sealed(register, unit)
    ]


def _sealed(register: Register, unit: Unit) -> bool:
    if register.role is not Role.OFFICE:
        seal = seal_of(register)
    else:
        # The first page asks what was handed over and need not load all that reads workbooks.
        from mediation_desk.desk.trusting import seal_to  # noqa: PLC0415

        seal = seal_to(register, unit)
    return seal is not None and bool(seal.to)


def can_hand_over(register: Register, dispute: Dispute) -> bool:
    """Whether `dispute` may be handed over from here: an own one that is not void."""
    return is_own(register, dispute) and not dispute.void_reason


def case_called(register: Register, called: str) -> Dispute:
    """The own case of a number such as 2026-15, or of its whole label or id.

    Raises `DeskError` where there is none, and where several have come to share the number.
    """
    own = register.committee
    pattern = register.settings.numbering_pattern
    mine = cast(list[Dispute], register.all("dispute", unit_id=own.id)) if own else []
    wanted = called.strip()
    found = [
        dispute
        for dispute in mine
        if wanted
        in (dispute.id, f"{dispute.year}-{dispute.number}", case_number(dispute, own, pattern))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        words = tr("编号“{called}”有{count}件纠纷，没有处理。请改用它们的标识：{told}。")
        told = tr("；").join(_named(register, dispute) for dispute in found)
        raise DeskError(words.format(called=wanted, count=len(found), told=told))
    words = tr("本调委会没有编号为“{called}”的纠纷。请核对编号，如 2026-15。")
    raise DeskError(words.format(called=wanted))


def _named(register: Register, dispute: Dispute) -> str:
    """A case by its id, and the day and kind that tell it from another of its number."""
    day = dispute.intake_on.isoformat() if dispute.intake_on else tr("未填受理日期")
    return tr("{id}（{day}，{kind}）").format(
        id=dispute.id, day=day, kind=register.types.label(dispute.type)
    )


def hand_over(
    register: Register,
    dispute_id: str,
    to_unit_id: str,
    reason: str,
    actor: str,
    today: date,
    draft_id: str = "",
) -> HandOver:
    """Hand an own case over, open or closed, in one act; it goes with the next file.

    Raises `DeskError` for a case of others, without a reason, and to whom it cannot be sealed.
    """
    dispute = register.get("dispute", dispute_id)
    if not isinstance(dispute, Dispute) or not can_hand_over(register, dispute):
        happened = tr("这件纠纷不能移交：只能移交本调委会的、没有作废的纠纷。")
        raise DeskError(happened + tr("已经移交的，请由现在的单位办理。"))
    if not reason.strip():
        raise DeskError(tr("没有写移交原因。请写明为什么移交。"))
    to = next((unit for unit in receivers(register) if unit.id == to_unit_id), None)
    if to is None:
        raise DeskError(_no_receiver(register))
    entry = HandOver(
        id=new_id(),
        dispute_id=dispute.id,
        from_unit_id=dispute.unit_id,
        to_unit_id=to.id,
        from_year=dispute.year,
        from_number=dispute.number,
        handed_on=today,
        handed_by=actor,
        reason=reason.strip(),
    )
    told = tr("移交给{unit}：{reason}").format(unit=to.committee or to.name, reason=entry.reason)
    with register.change(actor, told, HAND_OVER) as change:
        change.keep(replace(dispute, unit_id=to.id, number=NOT_NUMBERED))
        # In the same act, else a power cut in between would offer a hand-over done as a draft.
        if draft_id:
            register.drop_draft(draft_id)
        return change.keep(entry)


def _no_receiver(register: Register) -> str:
    if register.role is Role.OFFICE:
        happened = tr("案件要连同当事人信息封存给接收单位，这个单位还不能接收。")
        return happened + tr("请先给它做开户文件，收到它开户后的第一份报送再移交。")
    happened = tr("案件要连同当事人信息封存给司法所，本村还不能移交给这个单位。")
    return happened + tr("请先打开司法所给的开户文件；村里只能移交给本乡镇的调委会。")


def _of_case(register: Register, dispute_id: str) -> list[HandOver]:
    """The hand-overs of a case that are not void, the first one first."""
    found = cast(list[HandOver], register.all("handover", dispute_id=dispute_id))
    born = {entry.id: register.history("handover", entry.id)[0].sequence for entry in found}
    live = (entry for entry in found if not entry.void_reason)
    return sorted(live, key=lambda entry: (entry.handed_on, born[entry.id]))


def take_handed(register: Register, change: ChangeDoor, actor: str, today: date) -> list[HandOver]:
    """Number what was handed over to the own committee, in the act that received it."""
    own = register.committee
    if own is None:
        return []
    waiting = cast(list[HandOver], register.all("handover", to_unit_id=own.id))
    taken = []
    # What was not taken yet before what was, so that the number comes by the latest hand-over.
    for entry in sorted(waiting, key=lambda e: (e.taken_on or date.max, e.id), reverse=True):
        dispute = register.get("dispute", entry.dispute_id)
        if entry.void_reason or not isinstance(dispute, Dispute):
            continue
        numberless = dispute.unit_id == own.id and not _has_number(register, dispute)
        if numberless:
            year, number = _number(register, entry, own, today)
            change.keep(replace(dispute, year=year, number=number))
        if numberless or entry.taken_on is None:
            # Written in any case, so that the giver hears of the number.
            now = replace(entry, taken_on=today, taken_by=actor)
            taken.append(change.renew(now, entry))
    return taken


def _has_number(register: Register, dispute: Dispute) -> bool:
    """Whether a case that came has a number that is its own.

    One that was taken, undone and comes again brings a number that may have been given since.
    """
    if dispute.number == NOT_NUMBERED:
        return False
    same = register.all(
        "dispute", unit_id=dispute.unit_id, year=dispute.year, number=dispute.number
    )
    return [entry.id for entry in same] == [dispute.id]


def settle_given(register: Register, change: ChangeDoor, taken: Iterable[str]) -> None:
    """End the questions about disputes that were given away and `taken`: who has them answers."""
    if register.role is not Role.VILLAGE:
        return
    for dispute in cast(list[Dispute], register.some("dispute", set(taken))):
        if is_own(register, dispute):
            continue
        for entry in cast(list[Proposal], register.all("proposal", dispute_id=dispute.id)):
            if entry.open:
                change.keep(replace(entry, state=ProposalState.SETTLED))


def void_twice(register: Register, change: ChangeDoor, taken: Iterable[str]) -> None:
    """Void what was handed over again after a backup, of disputes `taken` as their owner has them.

    Their owner took the hand-over that the backup had forgotten, and will never take this one.
    """
    own = register.committee
    every = cast(list[HandOver], register.some("handover", set(taken), "dispute_id"))
    mine = [entry for entry in every if own is not None and entry.from_unit_id == own.id]
    live = [entry for entry in mine if not entry.void_reason]
    known = {entry.dispute_id for entry in live if entry.taken_on is not None}
    for entry in live:
        if entry.taken_on is None and entry.dispute_id in known:
            change.keep(replace(entry, void_reason=tr("恢复备份以前已经移交过")))


def _number(register: Register, entry: HandOver, own: Unit, today: date) -> tuple[int, int]:
    """The number that the case had here before, or the next one of this year."""
    every = register.all("handover", dispute_id=entry.dispute_id)
    for before in cast(list[HandOver], every):
        had = before.from_unit_id == own.id and before.from_number != NOT_NUMBERED
        # A register put back from a backup may have given it to another case since.
        if had and not _is_given(register, own, before.from_year, before.from_number):
            return before.from_year, before.from_number
    return today.year, register.next_number(own.id, today.year)


def _is_given(register: Register, own: Unit, year: int, number: int) -> bool:
    """Whether an own case has a number, a void one too."""
    return bool(register.all("dispute", unit_id=own.id, year=year, number=number))


def hand_overs(register: Register, dispute_id: str) -> list[HandedOver]:
    """The hand-overs of a case in words for its card, the first one first; mostly none."""
    return [_told(register, entry) for entry in _of_case(register, dispute_id)]


def recently_taken(register: Register, since: date) -> list[HandedOver]:
    """What was handed over to the own committee and taken since a day, still there, by day."""
    own = register.committee
    found = cast(list[HandOver], register.all("handover", to_unit_id=own.id)) if own else []
    told = []
    for entry in sorted(found, key=lambda entry: (entry.taken_on or since, entry.id)):
        dispute = register.get("dispute", entry.dispute_id)
        if entry.void_reason or entry.taken_on is None or entry.taken_on < since:
            continue
        if isinstance(dispute, Dispute) and is_own(register, dispute) and not dispute.void_reason:
            told.append(_told(register, entry))
    return told


def _told(register: Register, entry: HandOver) -> HandedOver:
    dispute = cast(Dispute, register.get("dispute", entry.dispute_id))
    units = {unit.id: unit for unit in register.units()}
    pattern = register.settings.numbering_pattern
    own = register.committee
    old = replace(dispute, year=entry.from_year, number=entry.from_number, void_reason="")
    before = case_number(old, units.get(entry.from_unit_id), pattern)
    here = own is not None and dispute.unit_id == own.id
    now = case_number(dispute, units.get(dispute.unit_id), pattern) if dispute.number else ""
    own_id = own.id if own is not None else ""
    told = tr("{words}。移交原因：{reason}").format(
        words=_words(entry, units, before, own_id), reason=entry.reason
    )
    number = now if here else before
    gone = entry.from_unit_id == own_id
    return HandedOver(entry, number, gone, told, _words(entry, units, before, ""))


def _words(entry: HandOver, units: dict[str, Unit], before: str, own_id: str) -> str:
    """A hand-over as the unit `own_id` speaks of it, or as anybody would."""

    def called(unit_id: str) -> str:
        unit = units.get(unit_id)
        return unit.name if unit else tr("别的单位")

    waiting, taken = "", tr("；{day}已接收")
    if entry.from_unit_id == own_id:
        words = tr("已移交{taker}（{day}，原编号{number}）")
        waiting, taken = tr("；还没有收到对方接收的回执"), tr("；对方已于{day}接收")
    elif entry.to_unit_id == own_id:
        words, taken = tr("由{giver}移交来（{day}，原编号{number}）"), tr("；本单位{day}接收")
    else:
        words = tr("由{giver}移交给{taker}（{day}，原编号{number}）")
    told = words.format(
        giver=called(entry.from_unit_id),
        taker=called(entry.to_unit_id),
        day=entry.handed_on,
        number=before,
    )
    return told + (taken.format(day=entry.taken_on) if entry.taken_on else waiting)


def coming(register: Register, records: Sequence[Record], kept: set[str]) -> Iterator[Problem]:
    """What a file hands over to the own committee, told before it is taken.

    `kept` are the ids of the hand-overs that will be kept.
    """
    own = register.committee
    for entry in records:
        if not isinstance(entry, HandOver) or entry.id not in kept or own is None:
            continue
        if entry.to_unit_id == own.id and entry.taken_on is None:
            giver = register.get("unit", entry.from_unit_id)
            words = tr("{unit}移交来一件纠纷（{day}）：{reason}").format(
                unit=getattr(giver, "name", ""), day=entry.handed_on, reason=entry.reason
            )
            mend = tr("收下后编入本单位的编号，由本单位接着办理。")
            yield Problem("M4", Severity.HINT, "handover", words, mend)
