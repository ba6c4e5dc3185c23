"""Hand edits of received workbooks: each becomes a proposal, and a proposal taken a change."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.codes import PartyRole, ProposalSort, ProposalState
from mediation_desk.domain.fields import Form, fields_by_name, label_of
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.masks import masked_in_text
from mediation_desk.domain.merging import text_of
from mediation_desk.domain.money import yuan
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import KINDS, NotARecord, from_plain, kind_of, to_plain
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.round_trip import Proposal
from mediation_desk.exchange.columns import SHEETS
from mediation_desk.exchange.edits import Edit
from mediation_desk.exchange.incoming import Incoming
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_NAMES = uuid.UUID("0c6f4c1e-5b7f-5f0b-9a35-6d2f0c1b7e44")
# The heads of our own sheets from left to right, each once.
_ORDER = list(dict.fromkeys(column.head for sheet in SHEETS for column in sheet.columns))
_HEADS = {head: place for place, head in enumerate(_ORDER)}


def proposals_from(register: Register, incoming: Incoming) -> list[Proposal]:
    """The proposals that the hand edits of a package raise over the register as it is now.

    Only what is new or differs from what was proposed before; what the register already says is
    settled. The same edit has the same id each time, wherever its row was moved to.
    """
    made = {entry.id: entry for entry in map(_proposal(incoming), incoming.edits)}
    before = {entry.id: entry for entry in register.some("proposal", list(made))}
    found = []
    for proposed in made.values():
        ours, settled = _standing(register, proposed)
        state = ProposalState.SETTLED if settled else ProposalState.OPEN
        entry = replace(proposed, ours=ours, state=state)
        old = before.get(entry.id)
        if old is None:
            found.append(entry)
        elif isinstance(old, Proposal) and _says_more(old, entry):
            kept = {"revision": old.revision, "personal_revision": old.personal_revision}
            found.append(replace(entry, **kept))
    return found


def replaced_problems(register: Register, made: Sequence[Proposal]) -> Iterator[Problem]:
    """What is told where an edit takes the place of another of its cell that nobody decided."""
    before = {entry.id: entry for entry in register.some("proposal", [one.id for one in made])}
    for entry in made:
        old = before.get(entry.id)
        if isinstance(old, Proposal) and old.open and old.theirs != entry.theirs:
            happened = tr("同一处还有没核对的改动，是“{file}”报来的；收下后由这一份的代替。")
            told = happened.format(file=old.file_name)
            mend = tr("以前一份为准的，请先核对它，再收这一份。")
            yield Problem("M5", Severity.WARNING, entry.field_name, told, mend, entry.place)


def _says_more(old: Proposal, new: Proposal) -> bool:
    """Whether an edit that was proposed before now says something else, or has been settled."""
    if old.theirs != new.theirs:
        return True
    return old.open and not new.open


def _proposal(incoming: Incoming) -> Any:
    head = incoming.head
    seen: Counter[tuple[str, ...]] = Counter()

    def made(edit: Edit) -> Proposal:
        row = edit.sort is ProposalSort.ROW
        note = (edit.kind, edit.field) == ("dispute", "remark")
        sheet = edit.place.rpartition("!")[0] if row else ""
        named = [head.id, edit.kind, edit.record_id, edit.field]
        # What is not there yet has no id; its content tells it apart, as it does notes on a case.
        named += [] if edit.record_id and not note else [edit.dispute_id, sheet, edit.new]
        seen[tuple(named)] += 1
        if row and seen[tuple(named)] > 1:
            named.append(str(seen[tuple(named)]))
        return Proposal(
            id=uuid.uuid5(_NAMES, "\n".join(named)).hex,
            unit_id=head.unit.id,
            package_id=head.id,
            sort=edit.sort,
            file_name=incoming.path.name,
            place=edit.place,
            dispute_id=edit.dispute_id,
            about_kind=edit.kind,
            about_id=edit.record_id,
            field_name=edit.field,
            base=edit.old,
            theirs=edit.new,
            remark=edit.why,
        )

    return made


def _standing(register: Register, proposal: Proposal) -> tuple[str, bool]:
    """What the register says now, as JSON, and whether that is what was proposed."""
    if proposal.sort is ProposalSort.ROW:
        return "", register.get("dispute", proposal.born("dispute")) is not None
    if not proposal.about_id:
        return "", _is_there(register, proposal)
    record = register.get(proposal.about_kind, proposal.about_id)
    if record is None or not proposal.field_name:
        return "", False
    ours = text_of(record, proposal.field_name)
    if is_note(proposal):
        return ours, json.loads(proposal.theirs) in json.loads(ours)
    return ours, not proposal.remark and ours == proposal.theirs


def _is_there(register: Register, proposal: Proposal) -> bool:
    """Whether a record with the proposed fields is in the register already."""
    values = json.loads(proposal.theirs)
    if not isinstance(values, dict) or proposal.about_kind not in KINDS:
        return False
    records = register.all(proposal.about_kind, dispute_id=proposal.dispute_id)
    return any(
        not record.void_reason and values.items() <= to_plain(record).items() for record in records
    )


def is_note(proposal: Proposal) -> bool:
    """Whether a proposal is a word in a column of somebody's own, which is added to the remark."""
    return (proposal.sort is ProposalSort.EDIT and proposal.about_kind == "dispute"
            and proposal.field_name == "remark")  # fmt: skip


def taken_into(record: Record, proposals: Sequence[Proposal]) -> Record:
    """`record` with the values of proposals about it, each of sort CONFLICT or EDIT.

    Raises `DeskError` for one that is no value of its field, or personal where the record only
    came masked, with what to do instead.
    """
    for proposal in proposals:
        record = _with_value(record, proposal)
    return record


def _with_value(record: Record, proposal: Proposal) -> Record:
    if proposal.sort is ProposalSort.EDIT:
        _may_be_written(record, proposal)
    value = json.loads(proposal.theirs)
    if is_note(proposal):
        before = cast(Dispute, record).remark
        value = before if value in before else "\n".join(filter(None, (before, value)))
    try:
        return from_plain(kind_of(record), to_plain(record) | {proposal.field_name: value})
    except NotARecord as error:
        raise DeskError(_by_hand(type(record), proposal)) from error


def _may_be_written(record: Record, proposal: Proposal) -> None:
    if proposal.remark:
        raise DeskError(_by_hand(type(record), proposal))
    described = fields_by_name(type(record))[proposal.field_name]
    if described.personal and record.personal_revision == 0:
        happened = tr("本机只有这条记录的脱敏内容，不能改它的“{label}”。")
        mend = tr("请把这件纠纷退回，让对方在调解台中改正。")
        raise DeskError(happened.format(label=described.label) + mend)


def apply(register: Register, change: ChangeDoor, proposal: Proposal) -> None:
    """Make what a proposal of sort EDIT or ROW tells of and the register has not, in an open act.

    Raises `DeskError` where it cannot be done as it stands, with what to do instead. A row of a
    hand-made ledger has no kind; its questions have to be answered first.
    """
    if proposal.sort is ProposalSort.ROW and not proposal.about_kind:
        # Reading rows loads what reads workbooks, which the window does not need to open.
        from mediation_desk.desk import parked_rows  # noqa: PLC0415

        parked_rows.take(register, change, proposal)
        return
    if proposal.sort is ProposalSort.ROW:
        take_row(register, change, proposal)
    else:
        take_edit(register, change, proposal)


def take_edit(register: Register, change: ChangeDoor, proposal: Proposal) -> None:
    """Write what a changed cell says into its record, or make the record that it speaks of."""
    if not proposal.about_id:
        change.keep(_new_record(register, proposal))
        return
    record = register.get(proposal.about_kind, proposal.about_id)
    if record is None:
        raise DeskError(tr("这条记录已不在登记簿里。请把这一条标为不采用。"))
    change.keep(taken_into(record, (proposal,)))


def _by_hand(record: type[Record], proposal: Proposal) -> str:
    label = label_of(record, proposal.field_name)
    happened = tr("表中的“{label}”不能直接采用").format(label=label)
    why = tr("（{why}）").format(why=proposal.remark) if proposal.remark else ""
    return (
        happened
        + why
        + tr("。请由登记的单位打开这件纠纷改正（可以退回给它），再把这一条标为不采用。")
    )


def _new_record(register: Register, proposal: Proposal) -> Record:
    case = register.case(proposal.dispute_id)
    values = json.loads(proposal.theirs)
    if case is None or proposal.remark or not isinstance(values, dict):
        raise DeskError(_by_hand(KINDS[proposal.about_kind], proposal))
    if proposal.about_kind == "party":
        return _new_party(case, proposal, values)
    if proposal.about_kind == "agreement":
        return _agreement(case, proposal, values)
    raise DeskError(_by_hand(KINDS[proposal.about_kind], proposal))


def _new_party(case: CaseFile, proposal: Proposal, values: dict[str, str]) -> Party:
    role = PartyRole.of(values["role"])
    last = max((party.position for party in case.parties if party.role is role), default=0)
    return Party(
        id=proposal.born("party"), dispute_id=case.dispute.id, role=role, name=values["name"],
        position=last + 1,
    )  # fmt: skip


def _agreement(case: CaseFile, proposal: Proposal, values: dict[str, Any]) -> Record:
    """The case's agreement with a field of it; one is made where only its form was missing."""
    present: Record | None = case.agreement
    if present is None:
        agreed_on = case.dispute.closed_on
        if "form" not in values or agreed_on is None:
            happened = tr("这件纠纷还没有登记协议。")
            raise DeskError(happened + tr("请先登记协议（或先采用“协议形式”），再采用这一条。"))
        values = values | {"agreed_on": agreed_on.isoformat(), "dispute_id": case.dispute.id}
        plain: dict[str, Any] = {"id": proposal.born("agreement")}
    else:
        plain = to_plain(present)
    return cast(Agreement, from_plain("agreement", plain | values))


def take_row(register: Register, change: ChangeDoor, proposal: Proposal) -> None:
    """Register what a typed row tells of; a dispute keeps its number if that is free."""
    # Reading rows loads what reads workbooks, which the window does not need to open.
    from mediation_desk.exchange.added_rows import (  # noqa: PLC0415
        Typed,
        case_label_of,
        dispute_of_row,
        record_of_row,
    )

    typed = Typed(proposal.id, proposal.unit_id, proposal.dispute_id, json.loads(proposal.theirs))
    beside = _beside(register, proposal)
    if proposal.about_kind != "dispute":
        change.keep(record_of_row(proposal.about_kind, typed, beside))
        return
    told = case_label_of(typed, beside)
    year, wished = told or (beside.year, 0)
    disputes = cast(list[Dispute], register.all("dispute", unit_id=proposal.unit_id, year=year))
    taken = {entry.number for entry in disputes}
    free = told is not None and wished not in taken
    number = wished if free else register.next_number(proposal.unit_id, year)
    for record in dispute_of_row(typed, beside, year, number):
        change.keep(record)


def _beside(register: Register, proposal: Proposal) -> Any:
    from mediation_desk.exchange.reading_back import Beside  # noqa: PLC0415 - as in take_row

    unit = cast("Unit | None", register.get("unit", proposal.unit_id))
    package = cast("Package | None", register.get("package", proposal.package_id))
    if unit is None or package is None:
        raise DeskError(tr("这一行所属的报送文件已不在登记簿里。请把它标为不采用。"))
    return Beside(
        unit,
        register.settings.numbering_pattern,
        package.period_from.year,
        register.types,
        dict(_names(register, unit.id)),
        _latest(package),
    )


def _latest(package: Package) -> date:
    return max(package.made_on, package.period_to)


def _names(register: Register, unit_id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The mediators of a unit by name."""
    from mediation_desk.domain.as_typed.plain_text import bare  # noqa: PLC0415 - as in take_row

    found: dict[str, tuple[str, ...]] = {}
    for mediator in cast(list[Mediator], register.all("mediator", unit_id=unit_id)):
        if not mediator.void_reason:
            name = bare(mediator.name)
            found[name] = (*found.get(name, ()), mediator.id)
    yield from found.items()


def in_words(proposal: Proposal) -> str:
    """What is proposed to be new, as people read it: the cells of a row, a party, an agreement."""
    try:
        told = json.loads(proposal.theirs)
    except ValueError:
        return masked_in_text(proposal.theirs)
    if not isinstance(told, dict):
        return masked_in_text(str(told))
    pairs = [(str(head), str(cell)) for head, cell in told.items()]
    if proposal.sort is not ProposalSort.ROW and proposal.about_kind in KINDS:
        pairs = list(_fields_in_words(KINDS[proposal.about_kind], told))
    elif proposal.about_kind:
        # A row of our own sheets: in the order in which people read it there.
        pairs.sort(key=lambda pair: _HEADS.get(pair[0], len(_HEADS)))
    return tr("；").join(tr("{label}：{text}").format(label=label, text=masked_in_text(text))
                        for label, text in pairs)  # fmt: skip


def _fields_in_words(record: type[Record], told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        entry = fields_by_name(record)[name]
        if entry.codes is not None:
            yield entry.label, str(cast(Any, entry.codes).of(value).label)
        else:
            yield entry.label, yuan(value) if entry.form is Form.MONEY else str(value)
