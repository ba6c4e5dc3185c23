"""Deciding what came in and could not be decided by rule: the questions in words, and the answers.

A conflict that is taken writes their value into the record; one that is kept makes ours a new
version, so that the decision travels to the other side like any change.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from mediation_desk.desk.duplicates import suggest_taken
from mediation_desk.desk.editing import apply, in_words, is_note, taken_into
from mediation_desk.desk.recording import case_findings, is_own
from mediation_desk.desk.versions import Speaker, noun_of
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.codes import ProposalSort, ProposalState, Role
from mediation_desk.domain.fields import Field, Mask, fields_by_name
from mediation_desk.domain.masks import masked_in_text, told_apart
from mediation_desk.domain.merging import text_of
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.problems import DeskError, errors
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, from_plain, kind_of, to_plain
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.store import undoing
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

DECISION = undoing.DECISION

Say = Callable[[Field, Any], str]

_ANSWERS = (ProposalState.TAKEN, ProposalState.KEPT)


@dataclass(frozen=True, slots=True)
class Question:
    """An open proposal as people read it.

    `ours` is what the register says now, `revision` the record's revision with it; `changed` says
    that it said something else when the question arose.
    """

    proposal: Proposal
    unit: str
    number: str
    noun: str
    label: str
    base: str
    ours: str
    theirs: str
    place: str
    revision: int
    changed: bool


def open_proposals(register: Register, unit_id: str = "") -> list[Proposal]:
    """What waits to be decided, of one unit or of all."""
    equals = {"state": ProposalState.OPEN.value} | ({"unit_id": unit_id} if unit_id else {})
    found = cast(list[Proposal], register.all("proposal", **equals))
    return [entry for entry in found if entry.open]


def questions(register: Register, unit_id: str = "") -> list[Question]:
    """What waits to be decided, of one unit or of all, by unit, case, record and field."""
    asked = as_questions(register, open_proposals(register, unit_id))
    return sorted(asked, key=lambda entry: (entry.unit, entry.number, entry.noun, entry.label))


def as_questions(register: Register, proposals: Sequence[Proposal]) -> list[Question]:
    """Proposals, open or not, as people read them."""
    asking = _Asking(register)
    return [asking.question(entry) for entry in proposals]


_NUMBERS = (Mask.IDENTITY, Mask.PHONE)


class _Asking:
    """Says questions in words; what many of them share is read once."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._units = {unit.id: unit for unit in register.units()}
        self._speakers: dict[str, Speaker] = {}

    def question(self, proposal: Proposal) -> Question:
        """A proposal in words."""
        unit = self._units.get(proposal.unit_id)
        record = self._record(proposal)
        described = _field(proposal)
        now = text_of(record, proposal.field_name) if record and described else proposal.ours
        texts = (proposal.base, now, proposal.theirs)
        base, ours, theirs = self._said(proposal, record, described, texts)
        return Question(
            proposal=proposal,
            unit=unit.name if unit else "",
            number=self._number(proposal),
            noun=noun_of(proposal.about_kind) if proposal.about_kind else "",
            label=tr(described.label) if described else "",
            base=base,
            ours=ours,
            theirs=theirs,
            place=proposal.place,
            revision=record.revision if record else 0,
            changed=now != proposal.ours,
        )

    def _record(self, proposal: Proposal) -> Record | None:
        if proposal.about_kind not in KINDS:
            return None
        return self._register.get(proposal.about_kind, proposal.about_id)

    def _number(self, proposal: Proposal) -> str:
        found = self._register.get("dispute", proposal.dispute_id) if proposal.dispute_id else None
        if not isinstance(found, Dispute):
            return ""
        unit = self._units.get(found.unit_id)
        return case_number(found, unit, self._register.settings.numbering_pattern)

    def _said(
        self,
        proposal: Proposal,
        record: Record | None,
        described: Field | None,
        texts: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The values in words; of numbers that look alike when masked the digits that differ."""
        if record is None or described is None:
            # What a parked row needs to be read again is nothing to be shown.
            told = ("", "") if proposal.sort is ProposalSort.ROW else texts[:2]
            return (*map(masked_in_text, told), in_words(proposal))
        speaker = self._speaker(getattr(record, "dispute_id", record.id))
        said = tuple(_words(record, described, text, speaker.say) for text in texts)
        if said[1] == said[2] and described.personal in _NUMBERS:
            ours, theirs = (
                _words(record, described, text, speaker.say_openly) for text in texts[1:]
            )
            return (said[0], *told_apart(ours, theirs, described.personal))
        return said

    def _speaker(self, dispute_id: str) -> Speaker:
        if dispute_id not in self._speakers:
            self._speakers[dispute_id] = Speaker(self._register, dispute_id)
        return self._speakers[dispute_id]


def _field(proposal: Proposal) -> Field | None:
    kind = KINDS.get(proposal.about_kind)
    return fields_by_name(kind).get(proposal.field_name) if kind else None


def _words(record: Record, described: Field, text: str, say: Say) -> str:
    if not text:
        return ""
    try:
        value = getattr(_with(record, {described.name: text}), described.name)
    except (DeskError, ValueError):
        # What somebody typed into a sheet need not be a value; it is shown as it was typed.
        return masked_in_text(text)
    return say(described, value) or tr("（空）")


def _with(record: Record, texts: Mapping[str, str]) -> Record:
    """`record` with fields out of their JSON; raises `NotARecord` for what is no value of them."""
    values = {name: json.loads(text) for name, text in texts.items()}
    return from_plain(kind_of(record), to_plain(record) | values)


def decide(
    register: Register,
    proposal_ids: Collection[str],
    state: ProposalState,
    actor: str,
    today: date,
    remark: str = "",
    seen: Mapping[str, int] = MappingProxyType({}),
) -> int:
    """Answer questions in one act, all or nothing; its number, 0 for no questions.

    `seen` tells by proposal the revision of the record that the person saw. Raises `DeskError` for
    a question that was answered already or whose record changed in between, and for a hand edit
    that would leave its case with an error it had not.
    """
    if state not in _ANSWERS:
        raise ValueError(state)
    if not proposal_ids:
        return 0
    words = tr("采用报来的内容") if state is ProposalState.TAKEN else tr("保留登记簿的内容")
    reason = tr("核对不一致：{words}{count}项").format(words=words, count=len(proposal_ids))
    with register.change(actor, reason, DECISION) as change:
        asked = [_asked(register, proposal_id) for proposal_id in proposal_ids]
        wrong = _wrong(register, asked, today) if state is ProposalState.TAKEN else {}
        for entries in _by_record(asked):
            _answer(register, change, entries, state, seen)
        if state is ProposalState.TAKEN:
            _take_new(register, change, asked)
            _check_cases(wrong, _wrong(register, asked, today))
        for entry in asked:
            change.keep(
                replace(entry, state=state, decided_on=today, decided_by=actor, remark=remark)
            )
        if state is ProposalState.TAKEN:
            suggest_taken(register, change, asked)
        return change.number


def _take_new(register: Register, change: ChangeDoor, asked: Sequence[Proposal]) -> None:
    for entry in asked:
        if not entry.about_id:
            apply(register, change, entry)


_Wrong = dict[tuple[str, str], str]


def _wrong(register: Register, asked: Sequence[Proposal], today: date) -> _Wrong:
    """What keeps the cases that hand edits are about from being kept on a form, in words.

    By case and finding. What both sides recorded on their forms is decided as it is.
    """
    edits = [entry for entry in asked if entry.sort is ProposalSort.EDIT and entry.dispute_id]
    cases = (register.case(dispute_id) for dispute_id in {entry.dispute_id for entry in edits})
    return {
        (case.dispute.id, problem.message): problem.sentence()
        for case in cases
        if case is not None
        for problem in errors(case_findings(register, case, today))
    }


def _check_cases(before: _Wrong, after: _Wrong) -> None:
    """Raise `DeskError` if an answer would leave a case wrong that was not so before."""
    new = [words for key, words in after.items() if key not in before]
    if new:
        happened = tr("照表中的改动，案卷就不对了，没有采用：{why}").format(why=new[0])
        mend = tr(
            "相关的几处请一起采用；只是合并或清空了单元格的，请标为不采用，或退回给该单位改正。"
        )
        raise DeskError(happened + mend)


def _asked(register: Register, proposal_id: str) -> Proposal:
    found = register.get("proposal", proposal_id)
    if isinstance(found, Proposal) and found.open:
        if found.sort is ProposalSort.DUPLICATE:
            raise DeskError(tr("这一项不能在这里处理。请在它自己的页面里处理。"))
        return found
    raise DeskError(tr("这一项已经处理过或已撤销，没有再改。请刷新后再看。"))


def _by_record(asked: Sequence[Proposal]) -> list[list[Proposal]]:
    found: dict[tuple[str, str], list[Proposal]] = {}
    for entry in asked:
        if not entry.about_id:
            continue
        found.setdefault((entry.about_kind, entry.about_id), []).append(entry)
    return list(found.values())


def _answer(
    register: Register,
    change: ChangeDoor,
    entries: Sequence[Proposal],
    state: ProposalState,
    seen: Mapping[str, int],
) -> None:
    """What an answer does to the one record that `entries` are about."""
    first = entries[0]
    record = register.get(first.about_kind, first.about_id)
    if record is None:
        raise DeskError(tr("这一项所在的记录已经不在登记簿里。请刷新后再看。"))
    _check_not_given(register, first)
    for entry in entries:
        _check(record, entry, seen)
    if state is ProposalState.TAKEN:
        change.keep(taken_into(record, entries))
    elif any(entry.sort is ProposalSort.CONFLICT for entry in entries):
        change.renew(record, record)


def _check_not_given(register: Register, entry: Proposal) -> None:
    """Raise `DeskError` about a case that a village has handed over; who has it now answers."""
    dispute = register.get("dispute", entry.dispute_id) if entry.dispute_id else None
    village = register.role is Role.VILLAGE
    if village and isinstance(dispute, Dispute) and not is_own(register, dispute):
        raise DeskError(tr("这件纠纷已经移交，没有处理。请由现在办理的单位核对。"))


def _check(record: Record, entry: Proposal, seen: Mapping[str, int]) -> None:
    """Raise `DeskError` if the person who answers has not seen what the record says now."""
    if is_note(entry):
        return
    if entry.id in seen:
        same = seen[entry.id] == record.revision
    else:
        same = text_of(record, entry.field_name) in {entry.ours, entry.theirs}
    if not same:
        label = fields_by_name(type(record))[entry.field_name].label
        words = tr("“{label}”在这期间又改过，没有处理。请看过现在的内容再决定。")
        raise DeskError(words.format(label=tr(label)))
