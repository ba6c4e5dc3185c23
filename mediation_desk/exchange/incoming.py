"""Receiving a package: the file is read, verified and compared; nothing is kept here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.checks import problems_of
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.fields import fields_by_name
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import LocalType, Unit
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.domain.record import Record
from mediation_desk.domain.returning import Return
from mediation_desk.domain.round_trip import HandOver
from mediation_desk.domain.versions import Lineages, Texts
from mediation_desk.exchange import exact, reading
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.columns import COVER, EXACT, FIRST_ROW, LEDGER, SHEETS, SUMMARY
from mediation_desk.exchange.comparing import compare
from mediation_desk.exchange.contents import Head
from mediation_desk.exchange.cover_facts import cover_facts, cover_problems, told_facts
from mediation_desk.exchange.edits import Edit
from mediation_desk.exchange.exact import ExactCopy, NoExactCopy, Rejected
from mediation_desk.exchange.finding_sheets import Sheets, found_sheets
from mediation_desk.exchange.guard import WorkbookUnreadable
from mediation_desk.exchange.laying import leaving
from mediation_desk.exchange.merged_cells import filled
from mediation_desk.exchange.sealing import DeskKey
from mediation_desk.exchange.shelf import Shelf
from mediation_desk.exchange.summary_reading import summary_problems
from mediation_desk.exchange.tallying import counts_of
from mediation_desk.exchange.telling import short
from mediation_desk.exchange.visible import Compared, Ground, Rows, as_summed, untouched, warn
from mediation_desk.figures.ministry import Values, line
from mediation_desk.words import tr

_MOST_DOUBTS = 20
_MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of all that was read: each sum is asserted.

    `lines` of the exact copy are accepted or rejected; visible `rows` that are not blank are the
    same as the record, changed by hand, strangers to it, or ignored for a reason that is told.
    """

    lines: int
    accepted: int
    rejected: int
    rows: int
    same: int
    changed: int
    strangers: int
    ignored: int = 0

    def __post_init__(self) -> None:
        """Nothing that was read may be lost."""
        if self.lines != self.accepted + self.rejected:
            raise AssertionError(self)
        if self.rows != self.same + self.changed + self.strangers + self.ignored:
            raise AssertionError(self)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A package that was read: its head, its records, and everything worth telling.

    `signer` is the public key that signed it, empty if nobody's; `sign_up` the invitation's
    signature over that key; `enclosed` are the bytes of attachments by their hash. `edits` are
    the hand changes in the visible sheets; `rows` tells where each dispute stands in the ledger;
    `nil` whether it reports that there was nothing to report; `texts` are the records as JSON.
    """

    path: Path
    head: Head
    digest: str
    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    problems: tuple[Problem, ...]
    accounting: Accounting
    signer: str = ""
    sign_up: str = ""
    sealed: bool = False
    lineages: Lineages = field(default_factory=dict)
    enclosed: Mapping[str, bytes] = field(default_factory=dict)
    read_on: date | None = None
    edits: tuple[Edit, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    nil: bool = False
    texts: Texts = field(default_factory=dict)


def read_package(path: Path, today: date, key: DeskKey | None = None) -> Incoming:
    """Read a received workbook, which the desk's `key` opens if it is sealed.

    Raises `WorkbookUnreadable`, `NoExactCopy` or `NotToBeTaken`, each with its own sentence;
    whatever else is wrong comes back as problems with their sheet!cell.
    """
    with reading.opened(path) as book:
        cells = book.sheets.get(EXACT)
        copy = exact.decoded([row[0] if row else "" for row in cells or ()], key)
        _refuse(copy, book.sheets, today)
        shelf = Shelf(copy.head, copy.records)
        seen = _looked_through(book, shelf, copy)
        values = line(counts_of(shelf), [copy.head.unit])
        visible = _visible_problems(copy, shelf, seen, values)
        # Where both independent readings agree in every cell, and all that they show is just what
        # the verified exact copy would show, openpyxl's reading could change nothing any more.
        doubts = [] if book.sure and seen.untouched and not visible else _doubts(book.doubts)
        problems = [
            *_rejections(copy.rejected),
            *_case_numbers(shelf),
            *_record_problems(shelf, copy.records, seen.tables[LEDGER.title], today),
            *visible,
            *doubts,
        ]
    return _incoming(path, copy, seen, problems, values, today)


def _visible_problems(
    copy: ExactCopy, shelf: Shelf, seen: "_Seen", values: Values
) -> list[Problem]:
    """What the sheets that people see show otherwise than the exact copy."""
    facts = cover_facts(copy.head, len(shelf.all(Dispute)), values)
    return [
        *seen.problems,
        *cover_problems(seen.sheets.rows(COVER), facts),
        *summary_problems(seen.sheets.rows(SUMMARY), values),
    ]


def _incoming(
    path: Path,
    copy: ExactCopy,
    seen: "_Seen",
    problems: list[Problem],
    values: Values,
    today: date,
) -> Incoming:
    return Incoming(
        path,
        copy.head,
        copy.digest,
        copy.records,
        copy.rejected,
        tuple(problems),
        _accounting(copy, seen),
        signer=copy.signer,
        sign_up=copy.sign_up,
        sealed=copy.sealed,
        lineages=copy.lineages,
        enclosed=copy.enclosed,
        read_on=today,
        edits=seen.edits,
        rows=seen.tables[LEDGER.title].row_of,
        nil=not any(values),
        texts=copy.texts,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """The visible sheets as they were found, and what each compared to by our title."""

    sheets: Sheets
    tables: dict[str, Compared]
    untouched: bool
    notes: tuple[Problem, ...] = ()

    @property
    def problems(self) -> Iterator[Problem]:
        yield from self.sheets.problems
        for table in self.tables.values():
            yield from table.problems
        yield from self.notes

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(edit for table in self.tables.values() for edit in table.edits)


def _as_shown(shelf: Shelf, copy: ExactCopy) -> Shelf:
    """What is sealed is in full; the sheets show it masked."""
    return Shelf(copy.head, leaving(copy.head, copy.records)) if copy.sealed else shelf


def _looked_through(book: reading.Opened, full: Shelf, copy: ExactCopy) -> _Seen:
    """Compare the visible sheets with what the records would show."""
    sheets = found_sheets(book.sheets, personal=copy.head.personal)
    tables: dict[str, Compared] = {}
    touched, shelf = False, None
    for sheet in SHEETS:
        called, rows = sheets.of.get(sheet.title, (sheet.title, None))
        told, summed = copy.shown.get(sheet.title), book.sums.get(called)
        found = as_summed(sheet, full, rows, told, summed)
        if found is None:
            shelf = shelf or _as_shown(full, copy)
            found = untouched(sheet, shelf, rows)
            if found is None:
                touched = True
                numbers = tables[LEDGER.title].relabelled if sheet is not LEDGER else {}
                # As people join equal cells before they print.
                merges = book.doubts.merges.get(called, ())
                rows = filled(rows, merges, FIRST_ROW - 1) if rows and merges else rows
                found = compare(sheet, _ground(shelf, copy, book, numbers), called, rows)
        tables[sheet.title] = found
    return _Seen(sheets, tables, not touched, tuple(_commented(book)))


def _commented(book: reading.Opened) -> Iterator[Problem]:
    """Comments on cells, for which no record has a place."""
    found = book.doubts.notes if book.noted else {}
    every = [(f"{title}!{cell}", text) for title, told in found.items()
             for cell, text in told.items()]  # fmt: skip
    for at, text in every[:_MOST_NOTES]:
        words = tr("这一格有批注“{text}”，批注不在记录里。").format(text=short(text))
        yield warn("W1", at, words, tr("没有接收，请按需要手工登记。"))
    if len(every) > _MOST_NOTES:
        words = tr("还有{count}处批注没有列出。").format(count=len(every) - _MOST_NOTES)
        yield warn("W1", "", words, tr("没有接收，请按需要手工登记。"))


def _ground(
    shelf: Shelf, copy: ExactCopy, book: reading.Opened, numbers: Mapping[str, Cell]
) -> Ground:
    full = {(type(record), record.id): record for record in copy.records}
    return Ground(shelf, full, book.doubts.unvalued, numbers)


def _accounting(copy: ExactCopy, seen: _Seen) -> Accounting:
    tables, ignored = seen.tables.values(), seen.sheets.ignored
    return Accounting(
        lines=copy.count,
        accepted=len(copy.records),
        rejected=len(copy.rejected),
        rows=sum(table.read for table in tables) + ignored,
        same=sum(table.same for table in tables),
        changed=sum(table.changed for table in tables),
        strangers=sum(table.strangers for table in tables),
        ignored=sum(table.ignored for table in tables) + ignored,
    )


def _refuse(copy: ExactCopy, sheets: dict[str, Rows], today: date) -> None:
    """Refuse a package whose parts contradict each other about whose and of when it is."""
    head = copy.head
    handed = {
        record.dispute_id
        for record in copy.records
        if isinstance(record, HandOver) and record.from_unit_id == head.unit.id
    }
    for record in copy.records:
        # Of a case with a history the register sees who may say what of it.
        if record.id in handed or isinstance(record, Return):
            continue
        owner = record.id if isinstance(record, Unit) else getattr(record, "unit_id", head.unit.id)
        if owner != head.unit.id:
            raise WorkbookUnreadable(_another_unit(head.unit.name))
    told = {label: cell for _, label, cell in told_facts(sheets.get(COVER, []))}
    unit = head.unit
    for label, fact in ((tr("单位"), unit.name), (tr("统计代码"), unit.code)):
        if label in told and bare(told[label]) != bare(fact):
            raise WorkbookUnreadable(_another_unit(str(told[label])))
    if head.calibre.period.first > today:
        happened = tr("这个文件的期间是{period}，还没有到。").format(
            period=head.calibre.period.label()
        )
        mend = tr("请核对两台电脑的日期，并让对方核对期间后重新导出。")
        raise WorkbookUnreadable(happened + mend)


def _another_unit(name: str) -> str:
    happened = tr("这个文件写明的单位是“{name}”，其中的记录却属于另一个单位，没有接收。").format(
        name=name
    )
    return happened + tr("请让对方从自己的调解台重新导出，不要改名或拼接文件。")


def _rejections(rejected: tuple[Rejected, ...]) -> Iterator[Problem]:
    for entry in rejected:
        words = tr("程序内记录第{line}条（{kind} {id}）没有接收：{reason}").format(
            line=entry.line, kind=entry.kind[:20], id=entry.id[:32], reason=entry.reason
        )
        yield Problem("W6", Severity.ERROR, "", words, "", f"{EXACT}!A2")


def _case_numbers(shelf: Shelf) -> Iterator[Problem]:
    """Numbers that two disputes share; they are labels, so both are received."""
    taken = Counter((entry.year, entry.number) for entry in shelf.all(Dispute))
    for dispute in shelf.disputes():
        if taken[dispute.year, dispute.number] > 1:
            label = case_number(dispute, shelf.head.unit, shelf.head.pattern)
            words = tr("编号“{label}”用了不止一次。").format(label=label)
            yield warn(
                "W8", LEDGER.title, words, tr("请让对方打开其中一件，在“更多”里换编号。"), "number"
            )


def _record_problems(
    shelf: Shelf, records: tuple[Record, ...], ledger: Compared, today: date
) -> Iterator[Problem]:
    """What the rules say about each record, with the ledger's cell of its case."""
    types = TypeTable(tuple(shelf.all(LocalType)))
    disputes = {entry.id: entry for entry in shelf.all(Dispute)}
    for record in records:
        if isinstance(record, Dispute) and record.id not in disputes:
            # Handed over: it has no number until its new owner gives it one.
            continue
        for problem in problems_of(record, today, types):
            own = record.id if isinstance(record, Dispute) else getattr(record, "dispute_id", "")
            dispute = disputes.get(own)
            if dispute is None:
                yield problem
                continue
            label = case_number(dispute, shelf.head.unit, shelf.head.pattern)
            words = tr("{label}：{message}").format(label=label, message=problem.message)
            at = _cell(record, problem.field, dispute.id, ledger)
            yield replace(problem, message=words, place=at)


def _cell(record: Record, field: str, dispute_id: str, ledger: Compared) -> str:
    row = ledger.row_of.get(dispute_id)
    if row is None:
        return LEDGER.title
    described = fields_by_name(type(record)).get(field)
    head = described.label if described and isinstance(record, Dispute) else ""
    return place(LEDGER.title, row, ledger.column_of.get(head, 1))


def _doubts(doubts: reading.Doubts) -> Iterator[Problem]:
    if doubts.refused:
        words = tr("两种读取方式中有一种读不了这个文件，内容由另一种读出。")
        yield warn("W7", "", words, tr("请与对方核对几个数字。"))
    for at, one, other in doubts.differing[:_MOST_DOUBTS]:
        words = tr("两种读取方式的结果不同：“{one}”和“{other}”。").format(one=one, other=other)
        yield warn("W5", at, words, tr("请与对方核对这一格。"))


__all__ = ["Accounting", "Incoming", "NoExactCopy", "WorkbookUnreadable", "read_package"]
