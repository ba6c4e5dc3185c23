"""Historical totals from paper: looked at by the rules, accepted with a remark, never repaired."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from mediation_desk.domain.paper_totals import PaperTotal
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.paper_totals import ReadTotals, read_totals, write_blank
from mediation_desk.figures.paper_totals import (
    TABLES,
    Number,
    PaperLine,
    PaperTable,
    Printed,
    in_time_problems,
    paper_problems,
)
from mediation_desk.store.register import Register
from mediation_desk.words import tr

__all__ = ["Seen", "blank", "keep", "kept", "lines_of", "look", "strike", "table_of"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A printed table that was read, and what the rules say about it.

    `unread` are cells without a number; as long as there are any nothing can be kept.
    """

    read: ReadTotals
    problems: tuple[Problem, ...]

    @property
    def unread(self) -> tuple[Problem, ...]:
        """The cells that hold no number."""
        return self.read.unread


def blank(table_id: str, target: Path) -> Path:
    """Write the blank workbook of a kind of printed table."""
    return write_blank(table_of(table_id), target)


def table_of(table_id: str) -> PaperTable:
    """A kind of printed table; raises `DeskError` for an unknown one."""
    if table_id not in TABLES:
        names = tr("、").join(TABLES)
        raise DeskError(
            tr("没有“{id}”这种历史数据表，只有{names}。").format(id=table_id, names=names)
        )
    return TABLES[table_id]


def look(register: Register, path: Path) -> Seen:
    """Read a filled-in workbook and hold it against the rules and the totals already kept."""
    read = read_totals(path)
    problems = paper_problems(read.table, read.lines)
    before = list(_printed(kept(register), read.table))
    for line in read.lines:
        now = Printed(read.source, read.period, line)
        problems += in_time_problems(read.table, now, before)
        for wider in before:
            if _widens(wider.period, read.period) and wider.line.name == line.name:
                others = [entry for entry in before if entry is not wider]
                problems += in_time_problems(read.table, wider, [*others, now])
    return Seen(read, tuple(problems))


def _widens(wide: Period, narrow: Period) -> bool:
    return wide != narrow and wide.first <= narrow.first and narrow.last <= wide.last


def keep(register: Register, seen: Seen, remark: str, actor: str, today: date) -> PaperTotal:
    """Keep a printed table exactly as it was read, with what it breaks and why it is accepted.

    Raises `DeskError` for cells without a number, for what breaks a rule without a remark, and
    for a table of this time and source that is kept already.
    """
    read = seen.read
    if seen.unread:
        words = tr("有{count}格不是数字，没有录入。请改好再来：{first}")
        first = seen.unread[0].sentence()
        raise DeskError(words.format(count=len(seen.unread), first=first))
    if seen.problems and not remark.strip():
        words = tr("有{count}处不符，没有录入。原件就是这样印的，请写明说明后再录入。")
        raise DeskError(words.format(count=len(seen.problems)))
    before = kept(register)
    for entry in before:
        same_time = (entry.period_from, entry.period_to) == (read.period.first, read.period.last)
        if same_time and entry.table == read.table.id and entry.source == read.source:
            words = tr("这个期间、这个来源的表已经录入（第{number}号）。要改，请先作废那一份。")
            raise DeskError(words.format(number=entry.number))
    made = PaperTotal(
        id=new_id(),
        unit_id=register.unit.id,
        number=1 + max((entry.number for entry in _all(register)), default=0),
        table=read.table.id,
        source=read.source,
        period_from=read.period.first,
        period_to=read.period.last,
        lines=_as_text(read.lines),
        findings="\n".join(problem.sentence() for problem in seen.problems),
        remark=remark.strip(),
        entered_on=today,
        entered_by=actor,
    )
    reason = tr("录入历史数据：{title}（{source}）").format(
        title=read.table.title, source=read.source
    )
    with register.change(actor, reason) as change:
        return change.keep(made)


def strike(register: Register, number: int, actor: str, reason: str) -> PaperTotal:
    """Void a kept table; it stays in the history. Raises `DeskError` without a reason."""
    if not reason.strip():
        raise DeskError(tr("请写明作废的原因。"))
    found = next((entry for entry in kept(register) if entry.number == number), None)
    if found is None:
        words = tr("没有第{number}号历史数据，或者已经作废。请先列出来看看。")
        raise DeskError(words.format(number=number))
    with register.change(actor, tr("作废第{number}号历史数据").format(number=number)) as change:
        return change.keep(replace(found, void_reason=reason.strip()))


def kept(register: Register) -> list[PaperTotal]:
    """The tables that are kept and not void, the earliest time first."""
    valid = [entry for entry in _all(register) if not entry.void_reason]
    return sorted(valid, key=lambda entry: (entry.period_from, entry.period_to, entry.number))


def _all(register: Register) -> list[PaperTotal]:
    return cast(list[PaperTotal], register.all("paper_total"))


def lines_of(total: PaperTotal) -> tuple[PaperLine, ...]:
    """The lines of a kept table, every number as it was printed."""
    return tuple(
        PaperLine(name, tuple(_number(value) for value in values))
        for name, values in json.loads(total.lines)
    )


def _as_text(lines: Iterable[PaperLine]) -> str:
    told = [
        [line.name, [None if value is None else str(value) for value in line.values]]
        for line in lines
    ]
    return json.dumps(told, ensure_ascii=False)


def _number(text: str | None) -> Number | None:
    if text is None:
        return None
    return Decimal(text) if "." in text or "E" in text else int(text)


def _printed(totals: Iterable[PaperTotal], table: PaperTable) -> Iterator[Printed]:
    for total in totals:
        if total.table == table.id:
            period = Period(total.period_from, total.period_to)
            for line in lines_of(total):
                yield Printed(total.source, period, line)
