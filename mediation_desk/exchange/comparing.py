"""A sheet that somebody touched: every difference becomes an edit, or is told why it is none."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from mediation_desk.domain.as_typed.plain_text import bare, is_broken
from mediation_desk.domain.codes import ProposalSort
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import canonical, kind_of
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.columns import LEDGER, SHEETS, WORKS, Column, Sheet
from mediation_desk.exchange.dress import alike, comparable
from mediation_desk.exchange.edits import CellReader, Changed, Edit, cell_text, value_json
from mediation_desk.exchange.finding_heads import Heads, find_heads, head_score
from mediation_desk.exchange.matching_rows import matched
from mediation_desk.exchange.reading_back import Beside
from mediation_desk.exchange.shelf import PREVENTION, PUBLICITY, SCREENING
from mediation_desk.exchange.telling import Telling
from mediation_desk.exchange.visible import (
    Compared,
    Ground,
    Rows,
    expected_rows,
    taken_as_recorded,
    warn,
)
from mediation_desk.words import tr

_BESIDE_THE_TABLE = re.compile(
    r"(?:合计|小计|总计|共计|累计|填表|制表|审核|负责人|单位负责|报送|签字|盖章|注:|备注:|说明:|第\d+页)"
)
_COUNTING_HEADS = {"序号", "行号", "No.", "NO", "No"}
_ANY_WORK = "work"  # of a sort that is not told
_SORTS = {SCREENING: "screening", PREVENTION: "prevention", PUBLICITY: "publicity"}
_KINDS = {sheet.title: kind for sheet, kind in zip(SHEETS, ("dispute", "session", "referral", ""),
                                                  strict=True)}  # fmt: skip


def compare(sheet: Sheet[Any], ground: Ground, title: str, rows: Rows | None) -> Compared:
    """Compare a sheet, which is called `title` in the file, whatever was done to it."""
    if rows is None:
        words = tr("工作簿中缺少“{sheet}”表。").format(sheet=sheet.title)
        return Compared([warn("W4", sheet.title, words, taken_as_recorded())])
    return _Comparison(sheet, ground, title, rows).run()


class _Comparison:
    def __init__(self, sheet: Sheet[Any], ground: Ground, title: str, rows: Rows) -> None:
        head = ground.shelf.head
        self._sheet = sheet
        self._ground = ground
        self._title = title
        self._rows = rows
        self._columns: Sequence[Column[Any]] = sheet.shown(personal=head.personal)
        self._heads = [column.head for column in self._columns]
        self._shown_rows = list(sheet.rows(ground.shelf))
        self._expected = list(expected_rows(sheet, ground.shelf))
        self._year = head.calibre.period.first.year
        self._found = Compared()
        self._told = Telling(title, self._found)
        self._labels = {bare(label): ids for label, ids in ground.shelf.labels().items()}
        beside = Beside(
            head.unit,
            head.pattern,
            self._year,
            ground.shelf.types,
            {bare(name): ids for name, ids in ground.shelf.mediators().items()},
            head.made_on,
        )
        self._reader = CellReader(beside, ground.full)

    def run(self) -> Compared:
        columns = {head: [row[at] for row in self._expected] for at, head in enumerate(self._heads)}
        heads = find_heads(self._heads, columns, self._rows, self._sheet.key[0])
        if heads is None:
            self._found.ignored = sum(1 for row in self._rows if row)
            self._told.no_heads(self._found.ignored)
            return self._found
        self._found.column_of = heads.column_of
        top = self._rows[0] if heads.row > 1 else []
        if top and bare(top[0]) != bare(self._sheet.heading):
            self._told.heading(top[0])
        self._told.heads(heads)
        self._body(heads)
        self._told.end()
        return self._found

    def _body(self, heads: Heads) -> None:
        numbers = [
            number
            for number, row in enumerate(self._rows[heads.row :], heads.row + 1)
            if row and not self._is_heads(number, row)
        ]
        columns = [heads.column_of.get(head) for head in self._heads]
        present = [at for at, column in enumerate(columns) if column is not None]
        got = [self._cells(self._rows[number - 1], columns) for number in numbers]
        pairs = self._matched(got, present)
        ours_of = dict(sorted(pairs.items()))
        for index, number in enumerate(numbers):
            if index in ours_of:
                self._pair(number, ours_of[index], got[index], heads)
            else:
                self._stranger(number, got[index], heads)
        lost = set(range(len(self._expected))) - set(ours_of.values())
        for at in sorted(lost):
            keys = map(self._heads.index, self._sheet.key)
            self._told.lost([self._expected[at][key] for key in keys])

    def _is_heads(self, number: int, row: Sequence[Cell]) -> bool:
        """Heads that were repeated for every printed page."""
        if head_score(self._heads, row) * 2 < len([cell for cell in row if cell != ""]):
            return False
        self._ignore(number, tr("重复的表头"), row)
        return True

    @staticmethod
    def _cells(row: Sequence[Cell], columns: Sequence[int | None]) -> list[Cell]:
        return [
            row[column - 1] if column is not None and column <= len(row) else ""
            for column in columns
        ]

    def _matched(self, got: list[list[Cell]], present: list[int]) -> dict[int, int]:
        """The place in the expected rows of each row that is one of them."""
        expected = self._as_followed(got)
        raw: dict[tuple[Cell, ...], list[int]] = {}
        for number in reversed(range(len(expected))):
            raw.setdefault(tuple(expected[number][at] for at in present), []).append(number)
        pairs: dict[int, int] = {}
        for index, row in enumerate(got):
            same = raw.get(tuple(row[at] for at in present))
            if same:
                pairs[index] = same.pop()
        if len(pairs) == len(got):
            return pairs
        keys = [present.index(at) for at in map(self._heads.index, self._sheet.key)
                if at in present]  # fmt: skip

        def dressed(rows: Sequence[Sequence[Cell]]) -> list[tuple[Any, ...]]:
            ready = map(self._dressed, rows)
            return [tuple(row[at] for at in present) for row in ready]

        return matched(dressed(expected), dressed(got), keys, pairs)

    def _as_followed(self, got: list[list[Cell]]) -> list[list[Cell]]:
        """The expected rows, under the new number of their dispute where the sheet has it too."""
        if self._sheet is LEDGER or not self._ground.relabelled:
            return self._expected
        at = self._heads.index(self._sheet.key[0])
        there = {bare(row[at]) for row in got}
        rows = []
        for shown, row in zip(self._shown_rows, self._expected, strict=True):
            label = self._ground.relabelled.get(_dispute_id(self._sheet.record(shown)), "")
            follows = label != "" and bare(label) in there
            rows.append([*row[:at], label, *row[at + 1 :]] if follows else row)
        return rows

    def _pair(self, number: int, ours: int, got: list[Cell], heads: Heads) -> None:
        shown, expected = self._shown_rows[ours], self._expected[ours]
        record = self._sheet.record(shown)
        self._found.row_of[record.id] = number
        before = self._told.said
        cells = dict(zip(self._heads, got, strict=True))
        for column, cell, kept in zip(self._columns, got, expected, strict=True):
            if column.head not in heads.column_of or alike(cell, kept, column.kind, self._year):
                continue
            at = place(self._title, number, heads.column_of[column.head])
            changed = Changed(cell, kept, at, _dispute_id(record))
            self._cell(column, shown, changed, cells)
        self._notes(number, record, heads)
        if before == self._told.said:
            self._found.same += 1
        else:
            self._found.changed += 1

    def _cell(
        self, column: Column[Any], row: Any, changed: Changed, cells: Mapping[str, Cell]
    ) -> None:
        if changed.place in self._ground.unvalued or is_broken(changed.cell):
            self._told.no_value(column.head, changed.place)
            return
        if self._follows(column, changed):
            return
        found = ((shown, shown.records(row)) for shown in column.shows)
        shown, records = next(((one, told) for one, told in found if told is not None), (None, ()))
        if shown is None or records is None:
            self._told.derived(column.head, changed)
            return
        for edit in self._reader.edits(shown, records, changed, cells):
            self._keep(edit, column.head)

    def _follows(self, column: Column[Any], changed: Changed) -> bool:
        """Whether a number only follows the one that was changed in the ledger."""
        if column.head != self._sheet.key[0]:
            return False
        if self._sheet is LEDGER:
            self._found.relabelled[changed.dispute_id] = changed.cell
            return False
        told = self._ground.relabelled.get(changed.dispute_id)
        return told is not None and bare(told) == bare(changed.cell)

    def _keep(self, edit: Edit, head: str) -> None:
        for other in reversed(self._found.edits[-len(self._columns) :]):
            # Two columns that show one field tell of one change.
            same = (other.kind, other.record_id, other.field, other.new)
            if edit.record_id and same == (edit.kind, edit.record_id, edit.field, edit.new):
                return
        self._found.edits.append(edit)
        self._told.edit(edit, head)

    def _notes(self, number: int, record: Record, heads: Heads) -> None:
        """What stands in columns that are not ours, kept as remarks on the dispute."""
        row = self._rows[number - 1]
        for column, head in heads.extra.items():
            cell = row[column - 1] if column <= len(row) else ""
            if cell == "" or _only_counts(head):
                continue
            at = place(self._title, number, column)
            dispute_id = _dispute_id(record)
            note = f"{head}：{cell_text(cell)}" if head else cell_text(cell)
            if not dispute_id:
                self._told.no_place(note, at)
                continue
            self._keep(
                Edit(
                    ProposalSort.EDIT,
                    "dispute",
                    dispute_id,
                    dispute_id,
                    "remark",
                    "",
                    value_json(note),
                    "",
                    cell_text(cell),
                    at,
                ),
                head or tr("备注"),
            )

    def _stranger(self, number: int, got: list[Cell], heads: Heads) -> None:
        row = self._rows[number - 1]
        first = bare(next(cell for cell in row if cell != ""))
        if _BESIDE_THE_TABLE.match(first):
            self._ignore(number, tr("不是表中的一行"), row)
            return
        if not any(cell != "" for cell in got):
            self._ignore(number, tr("不在表中的列里"), row)
        elif self._dressed(got) in self._known:
            self._ignore(number, tr("与表中另一行完全相同"), row)
        else:
            self._row(number, got, heads)

    @cached_property
    def _known(self) -> set[tuple[Any, ...]]:
        return {self._dressed(row) for row in self._expected}

    def _dressed(self, row: Sequence[Cell]) -> tuple[Any, ...]:
        """A row's cells in the one dress of their columns."""
        return tuple(
            comparable(cell, column.kind, self._year)
            for cell, column in zip(row, self._columns, strict=True)
        )

    def _ignore(self, number: int, why: str, row: Sequence[Cell]) -> None:
        self._found.ignored += 1
        self._told.ignored(number, why, row)

    def _row(self, number: int, got: list[Cell], heads: Heads) -> None:
        row = self._rows[number - 1]
        told = {head: cell_text(cell) for head, cell in zip(self._heads, got, strict=True)
                if cell != ""}  # fmt: skip
        for column, head in heads.extra.items():
            cell = row[column - 1] if column <= len(row) else ""
            if cell != "" and not _only_counts(head):
                told[head or tr("备注")] = cell_text(cell)
        for head, column in heads.column_of.items():
            if (cell_at := place(self._title, number, column)) in self._ground.unvalued:
                self._told.no_value(head, cell_at, tr("这一格当作没有填写，请让对方补填。"))
        ids = self._labels.get(bare(told.get(self._sheet.key[0], "")), ())
        shown = " ".join(told.values())
        at = place(self._title, number, 1)
        kind = _KINDS[self._sheet.title]
        if self._sheet is WORKS:
            kind = _SORTS.get(bare(told.get(WORKS.key[0], "")), _ANY_WORK)
        dispute_id = ids[0] if len(ids) == 1 and self._sheet is not LEDGER else ""
        edit = Edit(ProposalSort.ROW, kind, "", dispute_id, "", "", canonical(told), "", shown, at)
        self._found.edits.append(edit)
        self._found.strangers += 1
        self._told.row(edit)


def _only_counts(head: str) -> bool:
    """Whether a column only counts its rows."""
    return bare(head) in _COUNTING_HEADS


def _dispute_id(record: Record) -> str:
    return record.id if kind_of(record) == "dispute" else str(getattr(record, "dispute_id", ""))
