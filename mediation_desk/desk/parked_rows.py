"""Rows of ledgers that wait for an answer: parked with what is needed to read them again."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from mediation_desk.desk.clock import today as now
from mediation_desk.desk.duplicates import suggest
from mediation_desk.desk.ledger_look import Reading, known_map, noted, read_sheets
from mediation_desk.desk.ledger_plan import ReadCase, planned
from mediation_desk.desk.ledger_sorting import (
    TWICE,
    KnownCases,
    Sorting,
    is_repeated,
    twice_options,
)
from mediation_desk.desk.ledger_source import Source
from mediation_desk.desk.looking import IMPORT
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.domain.as_typed.plain_text import kept
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import LedgerMap, Proposal, Receipt
from mediation_desk.exchange.ledgers.asking import Question
from mediation_desk.exchange.ledgers.cases import LedgerCase
from mediation_desk.exchange.ledgers.find import Table, find_tables
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.ledger import LedgerReading
from mediation_desk.exchange.ledgers.remembering import answers_of, with_answers
from mediation_desk.exchange.ledgers.rows import RowKind
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.register import Register
from mediation_desk.words import tr

R = TypeVar("R", bound=Record)

_TITLE_ROWS = 9
# The number of the row at the end of an address.
_ROW = re.compile(r"\d+\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row that waits, and what is still to be answered about it."""

    proposal: Proposal
    questions: tuple[Question, ...]


def is_parked_row(proposal: Proposal) -> bool:
    """Whether a proposal is a row of a hand-made ledger."""
    return proposal.sort is ProposalSort.ROW and not proposal.about_kind


def park(
    register: Register, change: ChangeDoor, reading: Reading, source: Source, origin: Origin
) -> None:
    """Keep the rows that wait, and settle those that wait no more, in an open act."""
    waiting = {case.file.dispute.id: case for case in reading.waiting}
    for entry in _open(register, origin.unit_id):
        if entry.dispute_id not in waiting and entry.dispute_id in _told(reading.ledger):
            change.keep(replace(entry, state=ProposalState.SETTLED))
    for case in waiting.values():
        made = _proposal(reading, case, source, origin)
        before = cast("Proposal | None", register.get("proposal", made.id))
        if before is None:
            change.keep(made)
        elif not before.open or before.base != made.base:
            change.keep(next_of(before, made))


def next_of(before: R, made: R) -> R:
    """`made` as what comes after `before`."""
    return replace(made, revision=before.revision, personal_revision=before.personal_revision)


def _told(ledger: LedgerReading) -> set[str]:
    return {case.file.dispute.id for case in ledger.cases}


def _proposal(reading: Reading, case: LedgerCase, source: Source, origin: Origin) -> Proposal:
    asked = [question for question in reading.questions
             if question.key in case.asked or case.place in question.places]  # fmt: skip
    sheet, number = _row_of(case.place)
    table = _table_of(sheet, source.sheets[sheet], number)
    heads = {column.head: _at(source.sheets[sheet][number], column.number)
             for column in table.columns}  # fmt: skip
    shown = {head: kept(cell) for head, cell in heads.items() if cell != ""}
    mini = _mini(reading.ledger, sheet, source, table, number)
    mini |= {"before": case.times - 1, "notes": list(source.notes.get((sheet, number + 1), ()))}
    twice = [entry for entry in asked if entry.key.startswith(TWICE)]
    mini["twice"] = [twice[0].key, twice[0].ask] if twice else ["", ""]
    return Proposal(
        id=part_id(case.file.dispute.id, "parked"),
        unit_id=origin.unit_id,
        package_id=origin.package_id,
        sort=ProposalSort.ROW,
        file_name=origin.file_name,
        place=case.place,
        dispute_id=case.file.dispute.id,
        base=json.dumps(mini, ensure_ascii=False),
        theirs=json.dumps(shown, ensure_ascii=False),
        remark=tr("；").join(question.ask for question in asked),
    )


def _at(row: Sequence[Any], number: int) -> Any:
    return row[number] if number < len(row) else ""


def _row_of(place: str) -> tuple[str, int]:
    """Sheet and row, from 0, of an address."""
    sheet, _, cell = place.rpartition("!")
    return sheet, int("".join(filter(str.isdigit, cell))) - 1


def _table_of(sheet: str, rows: Sequence[Sequence[Any]], number: int) -> Table:
    above = [table for table in find_tables(sheet, rows) if table.first <= number]
    return above[-1]


def _mini(
    ledger: LedgerReading, sheet: str, source: Source, table: Table, number: int
) -> dict[str, Any]:
    """The row under its heads and title, with the rows that continue it, and where they stood."""
    rows = source.sheets[sheet]
    parts = {
        _row_of(row.place)
        for row in (*ledger.ignored, *ledger.rejected)
        if row.kind is RowKind.PART or row.kind is RowKind.REJECTED
    }
    end = number + 1
    while (sheet, end) in parts:
        end += 1
    numbers = [*_above(table), *range(number, end)]
    kept_rows = [list(rows[kept_number]) for kept_number in numbers]
    return {"sheet": sheet, "rows": kept_rows, "numbers": numbers}


def _above(table: Table) -> list[int]:
    """The rows that tell how a table is read: of those above it with its heads only these too."""
    heads = table.first + table.depth
    if table.above is None:
        return list(range(max(0, table.first - _TITLE_ROWS), heads))
    return [*_above(table.above), *range(table.titled, heads)]


def _in_the_file(question: Question, mini: Mapping[str, Any]) -> Question:
    """A question about the few rows that were kept, with the places that they have in the file."""
    numbers = _numbers(mini)
    if not numbers:
        return replace(question, places=())

    def stood(cell: re.Match[str]) -> str:
        return str(numbers[int(cell[0]) - 1] + 1)

    return replace(question, places=tuple(_ROW.sub(stood, place) for place in question.places))


def _numbers(mini: Mapping[str, Any]) -> list[int]:
    """Where the rows stood; the oldest programs did not note it, later ones in another way."""
    if "above" not in mini:
        return list(mini.get("numbers", ()))
    above, first, row = (int(mini[name]) for name in ("above", "first", "row"))
    return [
        first + number if number < above else row + number - above
        for number in range(len(mini["rows"]))
    ]


def _open(register: Register, unit_id: str = "") -> list[Proposal]:
    equals: dict[str, str | int] = {
        "state": ProposalState.OPEN.value,
        "sort": ProposalSort.ROW.value,
    }
    if unit_id:
        equals["unit_id"] = unit_id
    found = cast(list[Proposal], register.all("proposal", **equals))
    return [entry for entry in found if entry.open and is_parked_row(entry)]


def _read(
    register: Register, entry: Proposal, answers: Mapping[str, str], today: date
) -> LedgerReading:
    unit = cast("Unit | None", register.get("unit", entry.unit_id))
    if unit is None:
        raise DeskError(tr("这一行所属的单位已不在登记簿里。请把它标为不采用。"))
    mini = json.loads(entry.base)
    before = int(mini.get("before", 0))
    return read_sheets(register, {mini["sheet"]: mini["rows"]}, unit, answers, today, before)


@dataclass(frozen=True, slots=True)
class _Again:
    """A parked row read again: the case where it can be received, and what is still asked.

    A row that is `repeated` was said to be no case of its own.
    """

    ledger: LedgerReading
    ready: tuple[ReadCase, ...]
    questions: tuple[Question, ...]
    repeated: bool = False


def _again(
    register: Register,
    entry: Proposal,
    answers: Mapping[str, str],
    today: date,
    known: KnownCases,
) -> _Again:
    """Read a row by all rules that held in its file: what is asked there is asked here."""
    ledger, mini = _read(register, entry, answers, today), json.loads(entry.base)
    learned = known_map(register, entry.unit_id)
    told = {**(answers_of(learned) if learned else {}), **answers}
    asked = [_in_the_file(question, mini) for question in ledger.questions]
    key, ask = mini.get("twice", ("", ""))
    if key and is_repeated(told.get(key, "")):
        return _Again(ledger, (), (), repeated=True)
    waits = bool(key) and key not in told
    if waits:
        asked.append(Question(key, ask, (entry.place,), twice_options()))
    sorting = Sorting(register, entry.unit_id, told, {}, known)
    cases = [case for case in ledger.cases
             if case.file.dispute.id == entry.dispute_id or len(ledger.cases) == 1]  # fmt: skip
    placed = [replace(noted(case, mini.get("notes", ())), place=entry.place) for case in cases[:1]]
    ready = tuple(sorting.sorted(placed, _claimed(register, entry)))
    asked += sorting.questions.values()
    return _Again(ledger, () if waits else ready, tuple(asked))


def _claimed(register: Register, entry: Proposal) -> set[str]:
    """The disputes that other rows of the same file were taken for."""
    receipts = cast(list[Receipt], register.all("receipt", package_id=entry.package_id))
    rows = [json.loads(receipt.rows) for receipt in receipts if receipt.rows]
    return {dispute_id for told in rows for dispute_id in told} - {entry.dispute_id}


def parked_rows(register: Register, today: date, unit_id: str = "") -> list[ParkedRow]:
    """The rows that wait, of one unit or of all, each with its open questions."""
    found = []
    known: dict[str, KnownCases] = {}
    for entry in _open(register, unit_id):
        if entry.unit_id not in known:
            known[entry.unit_id] = KnownCases(register, entry.unit_id)
        again = _again(register, entry, {}, today, known[entry.unit_id])
        found.append(ParkedRow(entry, again.questions))
    return found


def answer(
    register: Register, unit_id: str, answers: Mapping[str, str], actor: str, today: date
) -> int:
    """Remember answers about a unit's ledgers and receive the rows that wait no more.

    The number of the rows that were received.
    """
    with register.change(actor, tr("回答台账中的问题，接收等待的行"), IMPORT) as change:
        known = known_map(register, unit_id)
        if known is None:
            words = tr("这个单位还没有收过台账。请先接收它的台账。")
            raise DeskError(words)
        change.keep(with_answers(known, answers))
        received = 0
        cases = KnownCases(register, unit_id)
        for entry in _open(register, unit_id):
            again = _again(register, entry, answers, today, cases)
            if again.repeated:
                change.keep(replace(entry, state=ProposalState.SETTLED))
            elif again.ready and _receive(register, change, entry, again, today, actor):
                received += 1
                cases.add(again.ready[0].file)
        return received


def _receive(
    register: Register,
    change: ChangeDoor,
    entry: Proposal,
    again: _Again,
    today: date,
    actor: str,
) -> bool:
    made = planned(register, entry.unit_id, again.ready, again.ledger.mediators)
    if made.outcomes[entry.place][0] is Outcome.REJECTED:
        return False
    origin = Origin(entry.unit_id, entry.package_id, entry.file_name)
    carry_out(register, change, made.plan, origin)
    suggest(register, change, made.plan, origin)
    keep_map(register, change, again.ledger.learned)
    taken = ProposalState.TAKEN
    change.keep(replace(entry, state=taken, decided_on=today, decided_by=actor))
    return True


def keep_map(register: Register, change: ChangeDoor, learned: LedgerMap) -> None:
    """Remember what was learned from a ledger, in an open act."""
    known = known_map(register, learned.unit_id)
    change.keep(next_of(known, learned) if known else learned)


def take(register: Register, change: ChangeDoor, entry: Proposal) -> None:
    """Receive one row in an open act; raises `DeskError` while something is open about it."""
    again = _again(register, entry, {}, now(), KnownCases(register, entry.unit_id))
    if not again.ready:
        asked = tr("；").join(question.ask for question in again.questions[:3])
        words = tr("这一行还有问题没有回答：{asked}").format(asked=asked)
        raise DeskError(words + tr("请先回答，再采用这一行。"))
    made = planned(register, entry.unit_id, again.ready, again.ledger.mediators)
    origin = Origin(entry.unit_id, entry.package_id, entry.file_name)
    carry_out(register, change, made.plan, origin)
