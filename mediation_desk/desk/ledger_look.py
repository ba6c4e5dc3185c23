"""Reading a ledger over a register: what is asked, and the outcome of every row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from mediation_desk.desk.ledger_plan import LedgerPlan, planned
from mediation_desk.desk.ledger_sorting import Sorting, text_of_case
from mediation_desk.desk.ledger_source import Source
from mediation_desk.desk.outcomes import IGNORED, NOTHING, parts_words
from mediation_desk.desk.receipts import rows_before
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import new_id
from mediation_desk.domain.round_trip import LedgerMap
from mediation_desk.exchange.ledgers.asking import Option, Question
from mediation_desk.exchange.ledgers.cases import LedgerCase
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.ledger import LedgerReading, read_ledger
from mediation_desk.exchange.ledgers.remembering import answers_of, with_answers
from mediation_desk.exchange.ledgers.rows import RowKind
from mediation_desk.exchange.meeting import Outcome
from mediation_desk.exchange.merging import Plan
from mediation_desk.store.register import Register
from mediation_desk.words import tr

UNIT, MONTHS, CONFIRM = "unit", "months", "confirm"
YES, NO = "yes", "no"
_SHOWN_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever receives a ledger says: whose it is, and answers by the key of a question."""

    unit_id: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row that is not blank, why, and what stands in it."""

    place: str
    outcome: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A ledger as it is read over a register; every row of it is in `rows` once."""

    ledger: LedgerReading
    questions: tuple[Question, ...]
    rows: tuple[RowOutcome, ...]
    waiting: tuple[LedgerCase, ...]
    made: LedgerPlan
    learned: LedgerMap

    def __post_init__(self) -> None:
        """Nothing that was read may be lost."""
        if len(self.rows) != self.ledger.accounting.read:
            raise AssertionError((len(self.rows), self.ledger.accounting))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger that was looked at.

    Until `questions` about the whole file are answered there is no `reading`. `damage` says why
    a workbook of ours is read by its visible sheets. `kept_rows` outlive the reading.
    """

    source: Source
    told: Told
    today: date
    units: tuple[Unit, ...]
    unit: Unit | None
    questions: tuple[Question, ...]
    reading: Reading | None = None
    damage: str = ""
    kept_rows: tuple[RowOutcome, ...] = ()

    @property
    def rows(self) -> tuple[RowOutcome, ...]:
        """What became of every row that is not blank, with its address."""
        return self.reading.rows if self.reading is not None else self.kept_rows

    def light(self) -> "Ledger":
        """What is told of it, without its cells and cases."""
        source = replace(self.source, sheets={}, notes={}, problems=())
        return replace(self, source=source, reading=None, kept_rows=self.rows)


def known_map(register: Register, unit_id: str) -> LedgerMap | None:
    """What was learned from a unit's ledgers before."""
    return cast("LedgerMap | None", register.get("ledger_map", part_id(unit_id, "ledger map")))


def read_sheets(
    register: Register,
    sheets: Mapping[str, Sequence[Sequence[str | int | float]]],
    unit: Unit,
    answers: Mapping[str, str],
    today: date,
    before: int = 0,
) -> LedgerReading:
    """Read sheets as a ledger of `unit` with all that the register knows."""
    mediators = cast(list[Mediator], register.all("mediator", unit_id=unit.id))
    return read_ledger(
        sheets,
        unit,
        known_map(register, unit.id),
        answers,
        today,
        types=register.types,
        mediators=mediators,
        ids=register.numbers(unit.id),
        before=before,
    )


def read_rows(register: Register, source: Source, unit: Unit, told: Told, today: date) -> Reading:
    """Read a ledger and plan what it does; nothing is written."""
    ledger = read_sheets(register, source.sheets, unit, told.answers, today)
    cases = tuple(_with_notes(case, source) for case in ledger.cases)
    ledger = replace(ledger, cases=cases)
    answers = {**answers_of(ledger.learned), **told.answers}
    sorting = Sorting(register, unit.id, answers, rows_before(register, unit.id, source.digest))
    taken = list(sorting.sorted(ledger.cases))
    made = planned(register, unit.id, taken, ledger.mediators)
    rows = [*_case_rows(sorting, made), *_other_rows(ledger)]
    asked = ledger.questions + tuple(sorting.questions.values())
    learned = with_answers(ledger.learned, sorting.used)
    return Reading(ledger, asked, tuple(rows), tuple(sorting.waiting), made, learned)


def read_alone(source: Source, today: date) -> Reading:
    """Read a ledger as a register would that knows nothing, not even whose it is."""
    nobody = Unit(id=new_id(), code="", name="", kind=UnitKind.VILLAGE)
    ledger = read_ledger(source.sheets, nobody, None, {}, today)
    waiting = tuple(case for case in ledger.cases if case.waiting)
    rows = [
        RowOutcome(case.place, outcome.value, reason, text_of_case(case.file))
        for case in ledger.cases
        for outcome, reason in [_alone(case)]
    ]
    made = LedgerPlan(Plan(()), {}, ())
    rows += _other_rows(ledger)
    return Reading(ledger, ledger.questions, tuple(rows), waiting, made, ledger.learned)


def _alone(case: LedgerCase) -> tuple[Outcome, str]:
    return (Outcome.CONFLICT, tr("要先回答问题")) if case.waiting else (Outcome.ADDED, "")


def _with_notes(case: LedgerCase, source: Source) -> LedgerCase:
    """A case with the notes on its row's cells in its remark."""
    sheet, _, cell = case.place.rpartition("!")
    number = int("".join(filter(str.isdigit, cell)) or 0)
    return noted(case, source.notes.get((sheet, number), ()))


def noted(case: LedgerCase, notes: Sequence[str]) -> LedgerCase:
    """A case with notes on cells in its remark."""
    if not notes:
        return case
    dispute = case.file.dispute
    words = [tr("批注：{text}").format(text=note) for note in notes]
    remark = "\n".join(filter(None, (dispute.remark, *words)))
    return replace(case, file=replace(case.file, dispute=replace(dispute, remark=remark)))


def _case_rows(sorting: Sorting, made: LedgerPlan) -> Iterator[RowOutcome]:
    for place, text in sorting.texts.items():
        told = sorting.outcomes.get(place)
        if told is None:
            outcome, reason = made.outcomes[place]
            told = outcome.value, reason
        yield RowOutcome(place, *told, text)


def _other_rows(ledger: LedgerReading) -> Iterator[RowOutcome]:
    for row in ledger.rejected:
        yield RowOutcome(row.place, Outcome.REJECTED.value, row.reason, row.text)
    for row in ledger.ignored:
        yield RowOutcome(row.place, IGNORED, row.reason, row.text)


def counts_of_rows(rows: Sequence[RowOutcome]) -> dict[str, int]:
    """How many rows have each outcome."""
    counted = Counter(row.outcome for row in rows)
    return {name: counted[name] for name in (*NOTHING, IGNORED)}


def words_of_rows(counts: Mapping[str, int]) -> str:
    """The conservation sentence about the rows of a ledger."""
    words = tr("共读{read}行 = {parts}")
    return words.format(read=sum(counts.values()), parts=parts_words(counts))


# What is told.


def problems_of(reading: Reading) -> Iterator[Problem]:
    """Everything worth telling about rows and cells: refusals, questions, changes on the way."""
    for row in reading.rows:
        if row.outcome == Outcome.REJECTED.value:
            words = tr("“{text}”没有接收：{reason}。").format(text=row.text[:30], reason=row.reason)
            yield Problem("M2", Severity.ERROR, "", words, tr("请补全这一行再收一次。"), row.place)
        elif row.outcome == Outcome.CONFLICT.value and row.reason != tr("要先回答问题"):
            yield Problem("M1", Severity.ERROR, "", row.reason, "", row.place)
    yield from _perhaps_cases(reading.ledger)
    for question in reading.questions:
        yield _asked(question)
    for case in reading.ledger.cases:
        yield from case.remarks
        yield from _not_asked(case)
    yield from reading.ledger.problems
    yield from reading.made.problems


def _perhaps_cases(ledger: LedgerReading) -> Iterator[Problem]:
    """Notes of several cells: a title is one, and who filled in more may have meant a case.

    Lines for signing say who signs behind a colon.
    """
    mend = tr("是案件的，请补全后再收。")
    for line in ledger.ignored:
        cells = line.text.split("　")
        if line.kind is RowKind.NOTE and len(cells) > 1 and not set(cells[0]) & set(":：例"):
            words = tr("“{text}”这一行没有作为案件：{reason}。")
            told = words.format(text=line.text[:30], reason=line.reason)
            yield Problem("L12", Severity.HINT, "", told, mend, line.place)


def _not_asked(case: LedgerCase) -> Iterator[Problem]:
    """What the rules say about a case, without what is missing because it is being asked."""
    asked = {key.partition(":")[0].split(".")[0].split()[0] for key in case.asked}
    for problem in case.problems:
        if not (case.waiting and problem.field in asked):
            yield problem


def _asked(question: Question) -> Problem:
    severity = Severity.WARNING if question.blocking else Severity.HINT
    mend = tr("回答以前，这些行先不接收。") if question.blocking else tr("不回答也能接收。")
    if question.options:
        labels = (option.label for option in question.options[:_SHOWN_ANSWERS])
        more = tr("等") if len(question.options) > _SHOWN_ANSWERS else ""
        mend = tr("（{labels}{more}）").format(labels=tr("／").join(labels), more=more) + mend
    places = question.places
    count = tr("（共{count}处）").format(count=len(places)) if len(places) > 1 else ""
    at = places[0] if places else ""
    return Problem("L11", severity, question.key, question.ask + count, mend, at)


def asked_about_file(
    key: str, words: str, options: Sequence[Option], suggested: str = ""
) -> Question:
    """A question about the whole file."""
    return Question(key, words, (), tuple(options), suggested)
