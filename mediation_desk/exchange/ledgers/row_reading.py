"""One row of a ledger read value by value; what is not sure is asked and kept as a note."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from mediation_desk.domain.as_typed import amounts, counts, days, ticks
from mediation_desk.domain.as_typed.answer import Reading, Typed
from mediation_desk.domain.as_typed.plain_text import bare, kept, says_nothing
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.ledgers.asking import LEAVE_EMPTY, Asking, Option, Question
from mediation_desk.exchange.ledgers.find import Table, at
from mediation_desk.exchange.ledgers.heads import unit_of_head
from mediation_desk.exchange.ledgers.slots import NAMES, NOTE, TICK, label_of_slot
from mediation_desk.exchange.ledgers.words import Choices
from mediation_desk.words import tr

T = TypeVar("T")

_IDENTIFYING = ("number", "intake_on", "occurred_on", *NAMES)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds for a whole table: how it is read, what its title tells, what is still asked.

    `waits_for` are the open questions about columns, by their numbers.
    """

    table: Table
    slots: Mapping[int, str]
    around: days.Around
    money_unit: int
    asking: Asking
    waits_for: Mapping[int, str]


@dataclass(slots=True)
class Row:
    """A row that tells of a case, and what was found out while reading it."""

    sheet: Sheet
    number: int
    cells: Sequence[Cell]
    notes: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _filled: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A row waits while it is asked what one of its values is."""
        told = (key for number, key in self.sheet.waits_for.items() if bare(at(self.cells, number)))
        self.asked += told
        self.waits_for += self.asked

    @property
    def place(self) -> str:
        """The address of the row."""
        return self.at(self.sheet.table.start)

    def at(self, column: int) -> str:
        """The address of a cell of the row."""
        return place(self.sheet.table.sheet, self.number + 1, column + 1)

    def columns(self, slot: str) -> list[int]:
        """The numbers of the columns with this slot that hold something in this row."""
        if not self._filled:
            for number, name in self.sheet.slots.items():
                if bare(at(self.cells, number)):
                    self._filled.setdefault(name, []).append(number)
        return self._filled.get(slot, [])

    def cell(self, slot: str) -> Cell:
        """The first cell of a slot that holds something."""
        return next((at(self.cells, number) for number in self.columns(slot)), "")

    def place_of(self, slot: str) -> str:
        """The address of a slot's cell, of the row where it has none."""
        if slot == NOTE:
            return self.place
        filled = self.columns(slot)
        named = [number for number, name in self.sheet.slots.items() if name == slot]
        return self.at((filled or named or [self.sheet.table.start])[0])

    def has(self, slot: str) -> bool:
        """Whether the table has a column for this slot at all."""
        return any(
            name == slot or name.startswith(f"{slot}{TICK}") for name in self.sheet.slots.values()
        )

    @property
    def head_is_open(self) -> bool:
        """Whether it is still asked what a value of the row is, which may be what it lacks."""
        return any(bare(at(self.cells, number)) for number in self.sheet.waits_for)

    @property
    def identity(self) -> str:
        """What tells this row apart in the keys of questions, also after rows were moved."""
        told = "|".join(kept(self.cell(slot)) for slot in _IDENTIFYING)
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    # What is told.

    def note(self, head: str, text: str) -> None:
        """Keep a text that has no place of its own."""
        if text and (head, text) not in self.notes:
            self.notes.append((head, text))

    def remark(self, slot: str, words: str) -> None:
        """Tell that a value was changed on the way."""
        if words:
            problem = Problem("L1", Severity.HINT, slot, words, "", self.place_of(slot))
            self.remarks.append(problem)

    def ask(
        self,
        key: str,
        words: str,
        slot: str,
        options: Sequence[Option] = (),
        suggested: str = "",
        *,
        blocking: bool = True,
        at: str = "",
    ) -> None:
        """Ask about a value, or about the cell `at`; a blocking question holds the case back."""
        places = (at or self.place_of(slot),)
        question = Question(key, words, places, tuple(options), suggested, blocking)
        self.sheet.asking.ask(question)
        self.asked.append(key)
        if blocking:
            self.waits_for.append(key)

    def answer(self, key: str, options: Iterable[Option] = ()) -> str | None:
        """The answer to a question if it was given."""
        return self.sheet.asking.answer(key, options)

    # What is read.

    def text(self, slot: str) -> str:
        """The text of a slot; several columns with it stand below each other."""
        found = (kept(at(self.cells, number)) for number in self.columns(slot))
        return "\n".join(text for text in found if not says_nothing(text))

    def settled(
        self,
        slot: str,
        cell: Typed,
        read: Callable[[Typed], Reading[T]],
        show: Callable[[T], str] = str,
        *,
        read_answer: Callable[[Typed], Reading[T]] | None = None,
        blocking: bool = True,
    ) -> T | None:
        """The value of a cell, if need be by a typed answer; without one it is asked and noted."""
        reading = read(cell)
        if reading.sure:
            self.remark(slot, reading.note)
            return reading.value
        key = f"{slot}:{kept(cell)[:60]}:{self.identity}"
        given = self.answer(key)
        if given == LEAVE_EMPTY:
            self.note(self.head(slot), kept(cell))
            return None
        if given is not None:
            reading_of_answer = (read_answer or read)(given)
            if reading_of_answer.sure:
                return reading_of_answer.value
        suggested = show(reading.value) if reading.value is not None else ""
        self.ask(key, reading.question, slot, (), suggested, blocking=blocking)
        self.note(self.head(slot), kept(cell))
        return None

    def head(self, slot: str) -> str:
        """The head above a slot's cell, as the ledger words it."""
        wanted = self.columns(slot)[:1]
        for column in self.sheet.table.columns:
            if wanted == [column.number]:
                return column.head
        return label_of_slot(slot)

    def day(self, slot: str, *, blocking: bool = True) -> date | None:
        """A day."""
        around = self.sheet.around

        def read(cell: Typed) -> Reading[date]:
            return days.lately(days.day_of(cell, around), cell)

        return self.settled(slot, self.cell(slot), read, date.isoformat, blocking=blocking)

    def amount(self, slot: str) -> int | None:
        """A sum of money in fen, in the unit of its head or of the table."""
        unit = self.sheet.money_unit
        for column in self.sheet.table.columns:
            if column.number in self.columns(slot)[:1]:
                unit = unit_of_head(column.head) or unit

        def read(cell: Typed) -> Reading[int]:
            # What is typed as an answer is in yuan, whatever the table is in.
            return amounts.amount(cell, amounts.YUAN if cell is not own else unit)

        own = self.cell(slot)
        return self.settled(slot, own, read, lambda fen: f"{fen / 100:.2f}元")

    def count(self, slot: str) -> int | None:
        """A number of people."""
        return self.settled(slot, self.cell(slot), counts.count)

    def tick(self, slot: str) -> bool | None:
        """Yes, no or nothing."""
        return self.settled(slot, self.cell(slot), ticks.tick, lambda yes: tr("是") if yes else "")

    def ticked(self, slot: str) -> list[str]:
        """The codes of the columns of `slot` that are ticked."""
        found = []
        for number, name in self.sheet.slots.items():
            if not name.startswith(f"{slot}{TICK}"):
                continue
            code = name.partition(TICK)[2]
            cell = at(self.cells, number)
            reading = ticks.tick(cell)
            if reading.value:
                found.append(code)
            elif not reading.sure:
                self.note(label_of_slot(slot), kept(cell))
        return found

    def choice(
        self, slot: str, choices: Choices, *, blocking: bool = True, ask: str = ""
    ) -> str | None:
        """A code of a table; a word that is not known is asked once for the whole ledger."""
        codes = self.ticked(slot)
        if len(codes) == 1:
            return codes[0]
        cell = self.cell(slot)
        if codes:
            labels = tr("、").join(choices.labels[code] for code in codes)
            return self.word(slot, labels, choices, codes, blocking=blocking, ask=ask)
        if not bare(cell):
            return None
        return self.word(slot, cell, choices, blocking=blocking, ask=ask)

    def word(
        self,
        slot: str,
        cell: Cell,
        choices: Choices,
        among: Sequence[str] = (),
        *,
        blocking: bool = True,
        ask: str = "",
    ) -> str | None:
        """The code that a word stands for, by the table or by what was answered."""
        read = choices.read(cell)
        if read.code is not None and not among:
            return read.code
        codes = among or read.options
        options = [Option(code, choices.labels[code]) for code in codes]
        key = f"{slot}:{bare(cell)[:60]}"
        given = self.answer(key, [Option(code, label) for code, label in choices.labels.items()])
        if given is not None:
            return given
        words = ask or tr("“{text}”（{head}）是哪一种？")
        words = words.format(text=kept(cell)[:40], head=label_of_slot(slot))
        self.ask(key, words, slot, options, read.suggested, blocking=blocking)
        self.note(self.head(slot), kept(cell))
        return None

    def keep_unknown_columns(self) -> None:
        """Keep what stands in columns that mean nothing to us, and beyond the last head."""
        known = {column.number: column for column in self.sheet.table.columns}
        for number, cell in enumerate(self.cells):
            if not self.sheet.table.start <= number < self.sheet.table.end or not bare(cell):
                continue
            column = known.get(number)
            if column is None:
                self.note(tr("第{number}列").format(number=number + 1), kept(cell))
            elif self.sheet.slots[number] == NOTE:
                self.note(column.head, kept(cell))
