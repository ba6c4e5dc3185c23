"""Reading a hand-made ledger: cases, what is asked, and what became of every row."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.problems import Problem
from mediation_desk.domain.round_trip import LedgerMap
from mediation_desk.exchange.ledgers.asking import Asking, Question
from mediation_desk.exchange.ledgers.cases import Around, LedgerCase
from mediation_desk.exchange.ledgers.find import Rows
from mediation_desk.exchange.ledgers.ids import part_id
from mediation_desk.exchange.ledgers.mediators import Mediators
from mediation_desk.exchange.ledgers.reading_sheets import Reader
from mediation_desk.exchange.ledgers.rows import LedgerRow, RowKind

_IGNORED = frozenset((RowKind.PART, RowKind.HEAD, RowKind.TOTAL, RowKind.NOTE))


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of all rows that are not blank; the sum is asserted.

    A row on which two tables stand side by side counts once for each.
    """

    read: int
    cases: int
    parts: int
    heads: int
    totals: int
    notes: int
    rejected: int

    def __post_init__(self) -> None:
        """Nothing that was read may be lost."""
        told = self.cases + self.parts + self.heads + self.totals + self.notes + self.rejected
        if self.read != told:
            raise AssertionError(self)


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """A ledger that was read.

    `ignored` are heads, totals, notes and the rows that were joined to a case, `rejected` the
    rows that should be a case and cannot be one, all with their reasons. `mediators` are those
    whom the ledger names and the register does not know. `learned` is kept, so that the next
    ledger of the unit is read without asking again. `problems` are about no case, such as totals
    that do not add up.
    """

    cases: tuple[LedgerCase, ...]
    questions: tuple[Question, ...]
    ignored: tuple[LedgerRow, ...]
    rejected: tuple[LedgerRow, ...]
    accounting: Accounting
    learned: LedgerMap
    mediators: tuple[Mediator, ...]
    problems: tuple[Problem, ...] = ()


def read_ledger(
    sheets: Mapping[str, Rows],
    unit: Unit,
    known: LedgerMap | None,
    answers: Mapping[str, str],
    today: date,
    *,
    types: TypeTable | None = None,
    mediators: Iterable[Mediator] = (),
    ids: Mapping[tuple[int, int], str] | None = None,
    before: int = 0,
) -> LedgerReading:
    """Read a workbook of `unit` as a ledger made by hand.

    `known` is what was learned from the unit's ledgers before, `answers` are new ones by the key
    of their question. The same rows give the same ids each time; `ids` are the register's own
    disputes of the unit by year and number, for ledgers that were written by a program. Of a single
    row that is read again, `before` are the rows before it that were called the same.
    """
    asking = Asking({**_loaded(known.answers if known else ""), **answers})
    learned = _loaded(known.columns if known else "")
    people = Mediators(unit, mediators)
    around = Around(unit, types or TypeTable(), people, today, ids or {}, before)
    reader = Reader(around, asking, learned)
    for name, rows in sheets.items():
        reader.take(name, rows)
    return LedgerReading(
        tuple(reader.cases),
        asking.questions(),
        tuple(row for row in reader.rows if row.kind in _IGNORED),
        tuple(row for row in reader.rows if row.kind is RowKind.REJECTED),
        _accounting(reader),
        _learned(unit, known, reader),
        around.mediators.new,
        tuple(reader.problems),
    )


def _loaded(text: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads(text) if text else {}
    return loaded


def _dumped(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _accounting(reader: Reader) -> Accounting:
    def count(kind: RowKind) -> int:
        return sum(row.kind is kind for row in reader.rows)

    return Accounting(
        reader.read,
        len(reader.cases),
        count(RowKind.PART),
        count(RowKind.HEAD),
        count(RowKind.TOTAL),
        count(RowKind.NOTE),
        count(RowKind.REJECTED),
    )


def _learned(unit: Unit, known: LedgerMap | None, reader: Reader) -> LedgerMap:
    """One map for each unit; what earlier ledgers taught stays in it."""
    told = {key: slot for key, slot in reader.columns.items() if slot is not None}
    return LedgerMap(
        id=part_id(unit.id, "ledger map"),
        revision=known.revision if known else 0,
        unit_id=unit.id,
        heads=_dumped(list(reader.columns)),
        columns=_dumped({**_loaded(known.columns if known else ""), **told}),
        answers=_dumped({**_loaded(known.answers if known else ""), **reader.asking.used}),
    )
