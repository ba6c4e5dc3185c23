"""A hand-made ledger as it was received: its cells, whose it seems to be, of which month."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mediation_desk.domain.as_typed.days import period_of
from mediation_desk.domain.as_typed.plain_text import bare
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period, month
from mediation_desk.domain.problems import DeskError, Problem, Severity
from mediation_desk.words import tr

Rows = Sequence[Sequence[str | int | float]]

_OWN_SHEET = "_"
_MOST_TITLE = 4  # filled cells of a line that stands above a table
_TITLE_ROWS = 9
_MOST_DOUBTS = 20
_SHOWN_LINES, _SHOWN_WIDTH = 3, 40


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook or text that was read; `digest` is of its cells, whatever the file's name.

    `notes` are notes on cells by sheet and row. `start` shows the first lines of a text, whose
    separator and encoding were guessed.
    """

    path: Path
    sheets: Mapping[str, Rows]
    problems: tuple[Problem, ...]
    notes: Mapping[tuple[str, int], Sequence[str]]
    digest: str
    start: str = ""

    @property
    def titles(self) -> list[str]:
        """The lines above the tables and the names of the sheets."""
        found = []
        for name, rows in self.sheets.items():
            if name.startswith(_OWN_SHEET):
                continue
            found += list(_title(rows))
            found.append(name)
        return found


def _title(rows: Rows) -> Iterator[str]:
    for row in rows[:_TITLE_ROWS]:
        cells = [bare(cell) for cell in row if bare(cell)]
        if len(cells) > _MOST_TITLE:
            return
        yield from cells


def source_of(path: Path) -> Source:
    """Read a file as a ledger; raises `WorkbookUnreadable`."""
    # What reads workbooks is loaded only once one is opened.
    from mediation_desk.exchange.ledger_cells import prepared  # noqa: PLC0415
    from mediation_desk.exchange.reading import opened_ledger  # noqa: PLC0415
    from mediation_desk.exchange.table_text import TEXT_SHEET  # noqa: PLC0415

    with opened_ledger(path) as book:
        doubts, shapes = book.doubts, book.shapes
        made = prepared(book.sheets, shapes)
        text = list(book.sheets) == [TEXT_SHEET] and not shapes
        start = _start(book.sheets[TEXT_SHEET]) if text else ""
        problems = [*made.problems, *_refusal(doubts.refused), *_doubts(doubts.differing)]
        cells = json.dumps(book.sheets, ensure_ascii=True)
    digest = hashlib.sha256(cells.encode("ascii")).hexdigest()
    return Source(path, made.sheets, tuple(problems), made.notes, digest, start)


def _start(rows: Rows) -> str:
    lines = (" | ".join(str(cell) for cell in row) for row in rows[:_SHOWN_LINES])
    return tr("；").join(line[:_SHOWN_WIDTH] for line in lines)


def _refusal(refused: str) -> Iterator[Problem]:
    if refused:
        words = tr("两种读取方式中有一种读不了这个文件，内容由另一种读出。")
        mend = tr("请与对方核对几个数字。")
        yield Problem("W7", Severity.WARNING, "", words, mend)


def _doubts(differing: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    # An error in a cell is told by itself, and a broken day is read from its number.
    plain = [entry for entry in differing if not entry[2].startswith("#")]
    for at, one, other in plain[:_MOST_DOUBTS]:
        words = tr("两种读取方式的结果不同：“{one}”和“{other}”。").format(one=one, other=other)
        yield Problem("W5", Severity.WARNING, "", words, tr("请与对方核对这一格。"), at)


# Whose it is.


def units_named(texts: Iterable[str], units: Iterable[Unit]) -> list[Unit]:
    """The units whose name stands in one of `texts`; a name within another's is not meant."""
    told = [bare(text) for text in texts]
    found = [unit for unit in units if any(bare(unit.name) in text for text in told)]
    return [
        unit
        for unit in found
        if not any(unit.name != other.name and unit.name in other.name for other in found)
    ]


def named_unit(source: Source, units: Sequence[Unit]) -> Unit | None:
    """The one unit that title and file name agree on; None if they tell none or several."""
    in_title = units_named(source.titles, units)
    in_name = units_named([source.path.stem], units)
    if len(in_title) == 1 and not (in_name and in_name[0].id != in_title[0].id):
        return in_title[0]
    return in_name[0] if len(in_name) == 1 and not in_title else None


# Of which month.


def _months(texts: Iterable[str]) -> set[tuple[int, int]]:
    found = set()
    for text in texts:
        year, number = period_of(text)
        if year and number:
            found.add((year, number))
    return found


def month_mismatch(source: Source) -> str:
    """Why title and file name contradict each other about the month; empty if they do not."""
    title, name = _months(source.titles), _months([source.path.stem])
    if len(title) != 1 or len(name) != 1 or title == name:
        return ""
    words = tr("表题写的是{title}，文件名写的是{name}")
    return words.format(title=_label(*title), name=_label(*name))


def _label(told: tuple[int, int]) -> str:
    return month(*told).label()


def period_told(source: Source, days: Iterable[date], today: date) -> Period:
    """The period that a ledger is of: by its title, by its name, else by the days of its cases."""
    for texts in (source.titles, [source.path.stem]):
        found = _months(texts)
        if len(found) == 1:
            return month(*found.pop())
    told = sorted(day for day in days if day <= today) or [today]
    first, last = told[0], told[-1]
    if (first.year, first.month) == (last.year, last.month):
        return month(first.year, first.month)
    return Period(date(first.year, first.month, 1), month(last.year, last.month).last)


def refuse_without_table(source: Source) -> None:
    """Raise `DeskError` for a workbook in which no ledger of cases stands."""
    from mediation_desk.exchange.ledgers.find import find_tables  # noqa: PLC0415 - as above

    for name, rows in source.sheets.items():
        if not name.startswith(_OWN_SHEET) and find_tables(name, rows):
            return
    happened = tr("这个文件里没有调解台的程序内记录，也找不到案件台账的表头。")
    mend = tr("请核对发错了没有；手工台账的表头至少要有当事人、纠纷类型或情况、日期。")
    raise DeskError(happened + mend)
