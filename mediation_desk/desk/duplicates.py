"""Entries that may be one dispute: suggested when they come, decided by a person, counted once.

Two villages may both have taken a quarrel in, or one village typed it twice. Nothing is merged:
both entries stay as they are, and one of them is left out of the figures.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mediation_desk.desk.counted_once import rows_of
from mediation_desk.desk.parking import Origin
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import ProposalSort, ProposalState, Role
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import Proposal, SameCase
from mediation_desk.domain.same_case import Entry, likeness
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

SAME_CASE = "same_case"

_NAMES = uuid.UUID("5d0a6a52-0a0e-5c8e-9a41-7b1c7f2f3a10")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries side by side that may be one dispute, the one that was taken in first ahead."""

    proposal: Proposal
    first: DisputeRow
    second: DisputeRow
    reason: str


# Suggesting


def suggest(register: Register, change: ChangeDoor, made: Plan, origin: Origin) -> None:
    """Park, in the act that receives a file, what may be one dispute with what the file brought."""
    brought = {
        record.id if isinstance(record, Dispute) else str(getattr(record, "dispute_id", ""))
        for record in made.changed()
        if isinstance(record, (Dispute, Party))
    }
    park(register, change, brought, origin)


def suggest_taken(register: Register, change: ChangeDoor, taken: Iterable[Proposal]) -> None:
    """The same for what was taken out of the sheets of files after somebody had looked at it."""
    for entry in taken:
        origin = Origin(entry.unit_id, entry.package_id, entry.file_name)
        park(register, change, [entry.dispute_id or entry.born("dispute")], origin)


def park(
    register: Register, change: ChangeDoor, dispute_ids: Collection[str], origin: Origin
) -> None:
    """Keep what may be one dispute with one of these, in an open act.

    Only the office asks: a village that entered a case twice voids one of them.
    """
    if register.role is Role.OFFICE:
        for proposal in suggestions(register, dispute_ids, origin):
            change.keep(proposal)


def suggestions(
    register: Register, dispute_ids: Collection[str], origin: Origin
) -> Iterator[Proposal]:
    """What may be one dispute with one of these, as far as nobody was asked before."""
    pairs = _unasked(register, register.alike(dispute_ids, register.settings.same_case_days))
    entries = _entries(register, {dispute_id for pair in pairs.values() for dispute_id in pair})
    for proposal_id, (about, other) in pairs.items():
        days = register.settings.same_case_days
        found = likeness(entries[about], entries[other], days)
        if found is not None:
            yield _proposal(proposal_id, about, other, origin, found.words)


def _proposal(
    proposal_id: str, about: str, other: str, origin: Origin, words: str, **decided: object
) -> Proposal:
    values: dict[str, object] = {
        "id": proposal_id,
        "unit_id": origin.unit_id,
        "package_id": origin.package_id,
        "sort": ProposalSort.DUPLICATE,
        "file_name": origin.file_name,
        "place": origin.place(about),
        "dispute_id": about,
        "about_kind": "dispute",
        "about_id": about,
        "other_id": other,
        "theirs": words,
    }
    return Proposal(**(values | decided))  # type: ignore[arg-type]


def _pair_id(one: str, other: str) -> str:
    """The id of the question about two entries, whichever of them came first."""
    return uuid.uuid5(_NAMES, "\n".join(sorted((one, other)))).hex


def _unasked(register: Register, pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    found = {_pair_id(*pair): pair for pair in sorted(pairs, reverse=True)}
    asked = {entry.id for entry in register.some("proposal", found)}
    return {id_: pair for id_, pair in sorted(found.items()) if id_ not in asked}


def _entries(register: Register, dispute_ids: Collection[str]) -> dict[str, Entry]:
    parties: dict[str, list[Party]] = defaultdict(list)
    for party in cast(list[Party], register.some("party", dispute_ids, "dispute_id")):
        parties[party.dispute_id].append(party)
    types = register.types
    found = {}
    for dispute in cast(list[Dispute], register.some("dispute", dispute_ids)):
        code = types.official(dispute.type) if types.knows(dispute.type) else dispute.type
        found[dispute.id] = Entry(dispute, parties[dispute.id], code, types.label(code))
    return found


# Asking


def open_pairs(register: Register, unit_id: str = "") -> list[Pair]:
    """What waits to be decided, of one unit or of all, the newest first."""
    state, sort = ProposalState.OPEN.value, ProposalSort.DUPLICATE.value
    found = cast(list[Proposal], register.all("proposal", state=state, sort=sort))
    asked = [entry for entry in found if entry.open]
    rows = rows_of(register, [id_ for entry in asked for id_ in (entry.about_id, entry.other_id)])
    pairs = []
    for entry in asked:
        both = [rows[id_] for id_ in (entry.about_id, entry.other_id) if id_ in rows]
        # What was voided since is no dispute any more.
        if len(both) < 2 or any(row.dispute.void_reason for row in both):
            continue
        if not unit_id or unit_id in {entry.unit_id, *(row.dispute.unit_id for row in both)}:
            first, second = sorted(both, key=lambda row: row.row)
            pairs.append(Pair(entry, first, second, entry.theirs))
    return sorted(pairs, key=lambda pair: pair.second.row, reverse=True)


# Deciding


def confirm_same(
    register: Register, main_id: str, other_id: str, actor: str, today: date, reason: str = ""
) -> SameCase:
    """Let two entries count as one dispute: `main_id` counts, `other_id` no longer does.

    Where the first counts as a third one already, that one counts for both. Raises `DeskError` for
    what cannot be one dispute, and on a village's desk, where one of the two is voided instead.
    """
    if register.role is not Role.OFFICE:
        raise DeskError(tr("村里同一件纠纷登记了两次的，请把其中一件作废，写明与哪一件重复。"))
    main_id = _counting(register, main_id)
    words = tr("认定为同一纠纷：{main}与{other}，只统计前一件")
    with register.change(actor, _named(register, words, main_id, other_id), SAME_CASE) as change:
        if main_id == other_id or _counting(register, other_id) != other_id:
            raise DeskError(tr("这两件已经认定过，没有再改。请在“已认定的同一纠纷”里查看。"))
        # What counted as one with an entry that was struck out since must not come back with it.
        for entry in _without_effect(register, (main_id, other_id)):
            change.keep(replace(entry, void_reason=tr("重新认定")))
        kept = change.keep(
            SameCase(
                id=new_id(),
                main_id=main_id,
                other_id=other_id,
                decided_on=today,
                decided_by=actor,
                reason=reason,
            )
        )
        answer = _Answer(ProposalState.TAKEN, actor, today, reason)
        for proposal in _answered(register):
            change.keep(answer.to(proposal))
        _remember(register, change, (main_id, other_id), answer)
        return kept


def not_same(
    register: Register, one_id: str, other_id: str, actor: str, today: date, reason: str = ""
) -> None:
    """Remember that two entries are two disputes, so that it is not asked again."""
    words = tr("不是同一纠纷：{main}与{other}")
    with register.change(actor, _named(register, words, one_id, other_id), SAME_CASE) as change:
        counting = {_counting(register, one_id), _counting(register, other_id)}
        if len(counting) == 1:
            raise DeskError(tr("这两件已经认定为同一纠纷。请先撤销认定，再说不是同一件。"))
        answer = _Answer(ProposalState.KEPT, actor, today, reason)
        _remember(register, change, (one_id, other_id), answer)


def separate(register: Register, same_id: str, actor: str, today: date, reason: str) -> None:
    """Let two entries count apart again; why stands in the history, and it is not asked again.

    Raises `DeskError` without a reason, or for what counts apart already.
    """
    if not reason.strip():
        raise DeskError(tr("请写明为什么不是同一纠纷。"))
    found = register.get("same_case", same_id)
    if not isinstance(found, SameCase) or found.void_reason:
        raise DeskError(tr("这项认定已经撤销过，没有再改。请刷新后再看。"))
    words = tr("撤销同一纠纷的认定：{main}与{other}，两件分别统计")
    pair = found.main_id, found.other_id
    with register.change(actor, _named(register, words, *pair), SAME_CASE) as change:
        change.keep(replace(found, void_reason=reason))
        _remember(register, change, pair, _Answer(ProposalState.KEPT, actor, today, reason))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was said about two entries, by whom and when."""

    state: ProposalState
    actor: str
    on: date
    reason: str

    def to(self, proposal: Proposal) -> Proposal:
        """The question with this answer."""
        return replace(
            proposal,
            state=self.state,
            decided_on=self.on,
            decided_by=self.actor,
            remark=self.reason,
        )


def _remember(
    register: Register, change: ChangeDoor, pair: tuple[str, str], answer: _Answer
) -> None:
    """Write the answer on the question about a pair, which is made if nobody was asked."""
    asked = register.get("proposal", _pair_id(*pair))
    if not isinstance(asked, Proposal):
        about = cast(Dispute, register.get("dispute", pair[0]))
        origin = Origin(about.unit_id, "", "")
        asked = _proposal(_pair_id(*pair), pair[0], pair[1], origin, "")
    change.keep(answer.to(asked))


def _answered(register: Register) -> list[Proposal]:
    """The open questions that an answer to another one has answered: both count as one now."""
    state, sort = ProposalState.OPEN.value, ProposalSort.DUPLICATE.value
    asked = cast(list[Proposal], register.all("proposal", state=state, sort=sort))
    return [
        entry
        for entry in asked
        if _counting(register, entry.about_id) == _counting(register, entry.other_id)
    ]


def _without_effect(register: Register, dispute_ids: Collection[str]) -> list[SameCase]:
    """What says that these count as another entry, though they do not."""
    found = cast(list[SameCase], register.some("same_case", dispute_ids, "other_id"))
    return [entry for entry in found if not entry.void_reason]


def _counting(register: Register, dispute_id: str) -> str:
    """The entry that counts for a dispute, which mostly is itself."""
    while main := register.counted_by([dispute_id]).get(dispute_id):
        dispute_id = main
    return dispute_id


def _named(register: Register, words: str, main_id: str, other_id: str) -> str:
    """`words` with the numbers of two disputes; raises `DeskError` for one that is none."""
    rows = rows_of(register, (main_id, other_id))
    if any(id_ not in rows or rows[id_].dispute.void_reason for id_ in (main_id, other_id)):
        raise DeskError(tr("其中一件已经作废或不在登记簿里，没有处理。请刷新后再看。"))
    return words.format(main=rows[main_id].number, other=rows[other_id].number)


def look_through(register: Register, period: Period, actor: str) -> int:
    """Look for what may be one dispute among those of a period, without a file having come.

    The office's own committee registers here, and no file brings what it types. How many
    questions arose; each is asked once.
    """
    count = 0
    with register.change(actor, tr("查找疑似同一纠纷"), SAME_CASE) as change:
        for unit in register.units():
            ids = register.dispute_ids(unit.id, period, ())
            for proposal in suggestions(register, ids, Origin(unit.id, "", "")):
                change.keep(proposal)
                count += 1
    return count
