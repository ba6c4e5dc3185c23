"""From a row of a ledger to the draft of a case file, with what is still to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mediation_desk.domain.as_typed.answer import Reading, Typed
from mediation_desk.domain.as_typed.case_numbers import case_label
from mediation_desk.domain.as_typed.plain_text import bare, kept
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Dispute, Party
from mediation_desk.domain.checks import case_problems
from mediation_desk.domain.codes import (
    ArchiveState,
    CaseStatus,
    Difficulty,
    Outcome,
    RiskLevel,
    SessionKind,
    VisitForm,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import MediationSession, RiskEntry
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.ledgers import ending
from mediation_desk.exchange.ledgers.ids import case_id, part_id
from mediation_desk.exchange.ledgers.kind_of_case import kind_of_case
from mediation_desk.exchange.ledgers.mediators import Mediators
from mediation_desk.exchange.ledgers.parties import Told, parties_of, told_parties
from mediation_desk.exchange.ledgers.row_reading import Row
from mediation_desk.exchange.ledgers.words import choices, type_choices
from mediation_desk.words import tr

# Fields of a dispute in which no, 0 or the usual is said as well as left unsaid.
_NO_IS_SAID = (
    *("claim_fen", "complex", "migrant_workers", "satisfied"),
    *("difficulty", "archive", "confirmation"),
)


@dataclass(frozen=True, slots=True)
class LedgerCase:
    """The draft of a case out of a ledger.

    `notes` are the texts without a place of their own; they also stand in the dispute's remark.
    `remarks` tell what was changed on the way, `problems` what the rules say. It is `waiting`
    while a question that figures depend on is open; `asked` are the keys of all its questions. A
    `masked` case came without its personal values. A number of 0 was not told. Of the fields in
    which no, 0 or the usual is a value like any other, `told` are those of which the row said so;
    `times` counts the rows up to it that are called by the same number, or day and names.
    """

    place: str
    file: CaseFile
    notes: tuple[tuple[str, str], ...]
    remarks: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    asked: tuple[str, ...]
    waiting: bool
    masked: bool
    told: frozenset[str] = frozenset()
    times: int = 1


@dataclass(slots=True)
class Around:
    """What cases are built with: whose they are, known types and mediators, ids given before."""

    unit: Unit
    types: TypeTable
    mediators: Mediators
    today: date
    ids: Mapping[tuple[int, int], str]
    # How many rows with any key came before, where one row of a ledger is read alone.
    before: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    def id_of(self, key: str, number: tuple[int, int]) -> tuple[str, int]:
        """The id of the case with this key, the register's own where it knows the number.

        With how many with this key there are up to it.
        """
        self.seen[key] = times = self.seen.get(key, self.before) + 1
        known = self.ids.get(number) if times == 1 else None
        return known or case_id(self.unit.id, key, times), times


def case_of(row: Row, around: Around) -> LedgerCase:
    """The draft of the case that a row tells of."""
    kinds = type_choices(around.types)
    told = told_parties(row, kinds.labels.values())
    end = ending.told_ending(row)
    intake = ending.day_of_intake(row, end)
    values = kind_of_case(row, kinds) | _plain(row, around.mediators)
    year, number = _number(row, intake or values["occurred_on"], around)
    key = _key(row, told, intake, (year, number))
    dispute_id, times = around.id_of(key, (year, number))
    parties = parties_of(row, told, dispute_id)
    values["people"] = _people(row, told, len(parties))
    closed = ending.day_of_closing(row, end)
    values |= ending.reasons(row, end)
    settled = end.outcome is Outcome.SETTLED
    values |= ending.performance(row) if settled else ending.left_over(row)
    agreement = ending.agreement_of(row, dispute_id, closed, len(parties)) if settled else None
    visits = _visits(row, dispute_id, values["mediator_ids"])
    risks = _risks(row, dispute_id, intake)
    row.keep_unknown_columns()
    said = {name for name in _NO_IS_SAID if values.get(name) is not None}
    if agreement is not None and bare(row.cell("amount")) and not agreement.amount_fen:
        said.add("amount_fen")
    values = {name: value for name, value in values.items()
              if value is not None or name not in _NO_IS_SAID}  # fmt: skip
    dispute = Dispute(
        id=dispute_id,
        unit_id=around.unit.id,
        year=year,
        number=number,
        intake_on=intake,
        status=_status(end, intake),
        outcome=end.outcome,
        closed_on=closed,
        remark=_remark(row),
        void_reason=tr("台账中标为作废") if end.void else "",
        **values,
    )
    file = CaseFile(dispute, tuple(parties), sessions=visits, agreement=agreement, risks=risks)
    return replace(_finished(row, file, around), told=frozenset(said), times=times)


def _finished(row: Row, file: CaseFile, around: Around) -> LedgerCase:
    # A case without a number gets one when it is kept.
    number_is_told = file.dispute.number > 0
    found = (
        problem
        for problem in case_problems(file, around.types, around.today)
        if number_is_told or problem.field != "number"
    )
    return LedgerCase(
        row.place,
        file,
        tuple(row.notes),
        tuple(dict.fromkeys(row.remarks)),
        tuple(replace(problem, place=row.place) for problem in found),
        tuple(dict.fromkeys(row.asked)),
        bool(row.waits_for),
        any(map(_is_masked, file.parties)),
    )


def _is_masked(party: Party) -> bool:
    rest = party.name[1:]
    return "*" in party.id_number + party.phone or (bool(rest) and not rest.strip("某"))


def _remark(row: Row) -> str:
    told = (tr("{head}：{text}").format(head=head, text=text) for head, text in row.notes)
    return "\n".join(filter(None, (row.text("remark"), *told)))


def _status(end: ending.Ending, intake: date | None) -> CaseStatus:
    if end.outcome is not None:
        return CaseStatus.CLOSED
    status = end.status or CaseStatus.REGISTERED
    if intake is not None and status is CaseStatus.REGISTERED:
        return CaseStatus.ACCEPTED
    return status


def _number(row: Row, begun: date | None, around: Around) -> tuple[int, int]:
    year = begun.year if begun else row.sheet.around.year or around.today.year

    def read(cell: Typed) -> Reading[tuple[int, int, bool]]:
        return case_label(cell, year)

    found = row.settled("number", row.cell("number"), read)
    return (found[0], found[1]) if found else (year, 0)


def _key(row: Row, told: Told, intake: date | None, number: tuple[int, int]) -> str:
    """What stays the same of a case while people correct its row."""
    if number[1]:
        return f"number:{number[0]}:{number[1]}"
    slots = ("intake_on", "occurred_on")
    day = next((kept(row.cell(slot)) for slot in slots if row.columns(slot)), "")
    if intake and row.columns("intake_on"):
        day = intake.isoformat()
    who = told.names if day and told.names else [*told.names, row.text("title"), row.text("facts")]
    return "|".join(("row", day, *who))


def _plain(row: Row, mediators: Mediators) -> dict[str, Any]:
    """The values that are as they are typed, whatever the others say."""
    values: dict[str, Any] = {
        slot: row.text(slot)
        for slot in (
            *("place", "requests", "special_groups"),
            *("registrar", "complex_reason", "escalation"),
        )
    }
    values["occurred_on"] = row.day("occurred_on", blocking=False)
    values["claim_fen"] = row.amount("claim")
    values["complex"] = row.tick("complex")
    values["migrant_workers"] = row.tick("migrant_workers")
    values["satisfied"] = row.tick("satisfied")
    values["mediator_ids"] = mediators.ids_of(row)
    values["archived_on"] = row.day("archived_on", blocking=False)
    if code := row.choice("difficulty", choices("difficulty"), blocking=False):
        values["difficulty"] = Difficulty.of(code)
    if code := row.choice("archive", choices("archive"), blocking=False):
        values["archive"] = ArchiveState.of(code)
    return values


def _people(row: Row, told: Told, parties: int) -> int:
    people = row.count("people")
    if people is None and told.uncounted and not row.columns("people"):
        people = _asked_people(row, parties)
    return people or max(told.people, parties)


def _asked_people(row: Row, parties: int) -> int | None:
    key = f"people of:{row.identity}"
    given = row.answer(key)
    if given is not None and given.isdigit() and int(given) >= 1:
        return int(given)
    named = ("applicant.name", "respondent.name", "parties.name")
    slot = next((name for name in named if row.columns(name)), "people")
    words = tr("当事人写了“等”，一共涉及多少人？")
    row.ask(key, words, slot, suggested=str(parties))
    return None


def _visits(
    row: Row, dispute_id: str, mediator_ids: tuple[str, ...]
) -> tuple[MediationSession, ...]:
    code = row.choice("visit_form", choices("visit_form"), blocking=False)
    held = row.day("visited_on", blocking=False)
    if held is None:
        row.note(row.head("visit"), row.text("visit"))
        return ()
    visit = MediationSession(
        id=part_id(dispute_id, "visit"),
        dispute_id=dispute_id,
        kind=SessionKind.VISIT,
        held_on=held,
        mediator_ids=mediator_ids,
        narrative=row.text("visit"),
        visit_form=VisitForm.of(code) if code else None,
    )
    return (visit,)


def _risks(row: Row, dispute_id: str, intake: date | None) -> tuple[RiskEntry, ...]:
    code = row.choice("risk", choices("risk"), blocking=False)
    if code is None:
        return ()
    if intake is None:
        row.note(row.head("risk"), kept(row.cell("risk")))
        return ()
    entry_id = part_id(dispute_id, "risk")
    level = RiskLevel.of(code)
    return (RiskEntry(id=entry_id, dispute_id=dispute_id, assessed_on=intake, level=level),)
