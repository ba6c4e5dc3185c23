"""What people can see in a received workbook, against what its exact copy would show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.exchange.cells import Cell, place, plain, trimmed
from mediation_desk.exchange.columns import FIRST_ROW, Sheet
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.words import tr

Rows = list[list[Cell]]
Key = tuple[Cell, ...]

_HEADS_AMONG = 30  # heads are looked for in this many rows
_MOST_FINDINGS = 200  # of one sheet; the rest is told as a number
_SHOWN = 60


@dataclass(slots=True)
class Compared:
    """What became of the visible rows of one sheet.

    Every row read is the same, changed or a stranger. `row_of` tells where a row stands.
    """

    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    changed: int = 0
    strangers: int = 0
    row_of: dict[Key, int] = field(default_factory=dict)
    column_of: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows were read that are not blank."""
        return self.same + self.changed + self.strangers


def expected_rows(sheet: Sheet[Any], shelf: Shelf) -> Iterator[list[Cell]]:
    """The cells that the sheet of such a package holds."""
    form = sheet.form(personal=shelf.head.personal)
    for values in sheet.values(shelf):
        ready = form.cleaned(values)
        yield [plain(value, kind) for value, kind in zip(ready, form.kinds, strict=True)]


def warn(rule: str, at: str, message: str, mend: str = "", about: str = "") -> Problem:
    """A finding about the visible sheets; it never keeps the records from being received."""
    return Problem(rule, Severity.WARNING, about, message, mend, at)


def taken_as_recorded() -> str:
    """What every hand edit is answered with, until edits become proposals."""
    return tr("本次按程序内记录接收。")


def compare(sheet: Sheet[Any], shelf: Shelf, rows: Rows | None) -> Compared:
    """Compare a sheet, row by row, whatever order its rows are in."""
    columns = [column.head for column in sheet.shown(personal=shelf.head.personal)]
    expected = list(expected_rows(sheet, shelf))
    if rows is None:
        words = tr("工作簿中缺少“{sheet}”表。").format(sheet=sheet.title)
        return Compared([warn("W4", sheet.title, words, taken_as_recorded())])
    keys = [columns.index(head) for head in sheet.key]
    if rows[FIRST_ROW - 2 : FIRST_ROW - 1] == [columns] and rows[FIRST_ROW - 1 :] == [
        trimmed(row) for row in expected
    ]:
        # Nobody touched it, which is what nearly always comes.
        row_of = {_key(row, keys): number for number, row in enumerate(expected, FIRST_ROW)}
        column_of = {head: number for number, head in enumerate(columns, 1)}
        return Compared(same=len(expected), row_of=row_of, column_of=column_of)
    return _Comparison(sheet.title, columns, keys).run(expected, rows)


def _key(row: Sequence[Cell], keys: Sequence[int]) -> Key:
    return tuple(row[index] for index in keys)


class _Comparison:
    """One sheet that somebody has changed."""

    def __init__(self, title: str, columns: list[str], keys: list[int]) -> None:
        self._title = title
        self._columns = columns
        self._keys = keys
        self._found = Compared()
        self._hidden = 0

    def run(self, expected: list[list[Cell]], rows: Rows) -> Compared:
        heads = self._heads(rows)
        if heads is None:
            words = tr("“{sheet}”表中找不到原来的表头。").format(sheet=self._title)
            self._tell("W4", self._title, words, taken_as_recorded())
            return self._found
        waiting = {_key(row, self._keys): row for row in expected}
        for number, row in enumerate(rows[heads:], heads + 1):
            if row:
                self._row(number, row, waiting)
        for key in waiting:
            words = tr("“{sheet}”表中少了“{row}”这一行。").format(
                sheet=self._title, row=self._words(key)
            )
            self._tell("W3", self._title, words, taken_as_recorded())
        if self._hidden:
            words = tr("“{sheet}”表中还有{count}处改动没有列出。")
            message = words.format(sheet=self._title, count=self._hidden)
            self._found.problems.append(warn("W1", self._title, message, taken_as_recorded()))
        return self._found

    def _heads(self, rows: Rows) -> int | None:
        """The row number of the heads, found by their words; extra and lost ones are told."""
        wanted = {self._columns[index] for index in self._keys}
        for number, row in enumerate(rows[:_HEADS_AMONG], 1):
            if wanted <= {str(cell) for cell in row}:
                self._columns_at(number, row)
                return number
        return None

    def _columns_at(self, number: int, row: list[Cell]) -> None:
        for column, head in enumerate(row, 1):
            if head in self._columns and head not in self._found.column_of:
                self._found.column_of[str(head)] = column
            elif head != "":
                words = tr("多出的列“{head}”没有接收。").format(head=str(head)[:_SHOWN])
                self._tell("W4", place(self._title, number, column), words)
        for head in self._columns:
            if head not in self._found.column_of:
                words = tr("缺少列“{head}”。").format(head=head)
                self._tell("W4", place(self._title, number, 1), words, taken_as_recorded())

    def _row(self, number: int, row: list[Cell], waiting: dict[Key, list[Cell]]) -> None:
        column_of = self._found.column_of
        got = {
            head: row[column - 1] if column <= len(row) else ""
            for head, column in column_of.items()
        }
        key = tuple(got[self._columns[index]] for index in self._keys)
        kept = waiting.pop(key, None)
        if kept is None:
            self._found.strangers += 1
            words = tr("“{row}”这一行在程序内记录中没有，或者重复。").format(row=self._words(key))
            mend = tr("没有接收这一行；请让对方在调解台中登记后重新导出。")
            self._tell("W2", place(self._title, number, 1), words, mend)
            return
        self._found.row_of[key] = number
        edits = 0
        for head, value in zip(self._columns, kept, strict=True):
            if head in got and got[head] != value:
                edits += 1
                self._edit(number, head, value, got[head])
        if edits:
            self._found.changed += 1
        else:
            self._found.same += 1

    def _edit(self, number: int, head: str, kept: Cell, shown: Cell) -> None:
        words = tr("“{head}”在表中是“{shown}”，程序内记录是“{kept}”。").format(
            head=head, shown=_short(shown), kept=_short(kept)
        )
        at = place(self._title, number, self._found.column_of[head])
        self._tell("W1", at, words, taken_as_recorded(), head)

    def _tell(self, rule: str, at: str, message: str, mend: str = "", about: str = "") -> None:
        if len(self._found.problems) < _MOST_FINDINGS:
            self._found.problems.append(warn(rule, at, message, mend, about))
        else:
            self._hidden += 1

    @staticmethod
    def _words(key: Key) -> str:
        return " ".join(_short(cell) for cell in key if cell != "") or tr("没有编号")


def _short(cell: Cell) -> str:
    text = f"{cell:g}" if isinstance(cell, float) and abs(cell) < 1e6 else str(cell)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
