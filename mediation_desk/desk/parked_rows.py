"""Rows of ledgers that wait for an answer: parked with what is needed to read them again."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from mediation_desk.desk.clock import today as now
from mediation_desk.desk.duplicates import suggest
from mediation_desk.desk.ledger_look import Reading, known_map, read_sheets
from mediation_desk.desk.ledger_plan import ReadCase, planned
from mediation_desk.desk.ledger_source import Source
from mediation_desk.desk.looking import IMPORT
from mediation_desk.desk.parking import Origin, carry_out
from mediation_desk.domain.as_typed.plain_text import kept
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.round_trip import LedgerMap, Proposal
from mediation_desk.exchange.ledgers.asking import Question
from mediation_desk.exchange.ledgers.cases import LedgerCase
from mediation_desk.exchange.ledgers.find import Table, find_tables
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.ledger import LedgerReading
from mediation_desk.exchange.ledgers.remembering import with_answers
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
        made = _proposal(reading.ledger, case, source, origin)
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


def _proposal(ledger: LedgerReading, case: LedgerCase, source: Source, origin: Origin) -> Proposal:
    asked = [question.ask for question in ledger.questions if question.key in case.asked]
    sheet, number = _row_of(case.place)
    table = _table_of(sheet, source.sheets[sheet], number)
    heads = {column.head: _at(source.sheets[sheet][number], column.number)
             for column in table.columns}  # fmt: skip
    shown = {head: kept(cell) for head, cell in heads.items() if cell != ""}
    mini = _mini(ledger, sheet, source, table, number)
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
        remark=tr("；").join(asked),
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
    return read_sheets(register, {mini["sheet"]: mini["rows"]}, unit, answers, today)


def parked_rows(register: Register, today: date, unit_id: str = "") -> list[ParkedRow]:
    """The rows that wait, of one unit or of all, each with its open questions."""
    found = []
    for entry in _open(register, unit_id):
        ledger, mini = _read(register, entry, {}, today), json.loads(entry.base)
        asked = tuple(_in_the_file(question, mini) for question in ledger.questions)
        found.append(ParkedRow(entry, asked))
    return found


def _ready(ledger: LedgerReading, entry: Proposal) -> Iterator[ReadCase]:
    for case in ledger.cases:
        same = case.file.dispute.id == entry.dispute_id
        if not case.waiting and (same or len(ledger.cases) == 1):
            yield ReadCase(entry.place, case.file, case.masked)
            return


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
        for entry in _open(register, unit_id):
            received += _receive(register, change, entry, answers, today, actor)
        return received


def _receive(
    register: Register,
    change: ChangeDoor,
    entry: Proposal,
    answers: Mapping[str, str],
    today: date,
    actor: str,
) -> bool:
    ledger = _read(register, entry, answers, today)
    ready = list(_ready(ledger, entry))
    if not ready:
        return False
    made = planned(register, entry.unit_id, ready, ledger.mediators)
    if made.outcomes[entry.place][0] is Outcome.REJECTED:
        return False
    origin = Origin(entry.unit_id, entry.package_id, entry.file_name)
    carry_out(register, change, made.plan, origin)
    suggest(register, change, made.plan, origin)
    keep_map(register, change, ledger.learned)
    taken = ProposalState.TAKEN
    change.keep(replace(entry, state=taken, decided_on=today, decided_by=actor))
    return True


def keep_map(register: Register, change: ChangeDoor, learned: LedgerMap) -> None:
    """Remember what was learned from a ledger, in an open act."""
    known = known_map(register, learned.unit_id)
    change.keep(next_of(known, learned) if known else learned)


def take(register: Register, change: ChangeDoor, entry: Proposal) -> None:
    """Receive one row in an open act; raises `DeskError` while something is open about it."""
    ledger = _read(register, entry, {}, now())
    ready = list(_ready(ledger, entry))
    if not ready:
        asked = tr("；").join(question.ask for question in ledger.questions[:3])
        words = tr("这一行还有问题没有回答：{asked}").format(asked=asked)
        raise DeskError(words + tr("请先回答，再采用这一行。"))
    made = planned(register, entry.unit_id, ready, ledger.mediators)
    origin = Origin(entry.unit_id, entry.package_id, entry.file_name)
    carry_out(register, change, made.plan, origin)
