"""Any table as of any day: over the register as its history left it at the end of that day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from mediation_desk.desk import reporting
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.table import StatTable
from mediation_desk.store.register import Register
from mediation_desk.words import tr

T = TypeVar("T")


def as_of_day(register: Register, day: date) -> Register:
    """The register as it was at the end of a day, to be read and to be closed.

    Raises `DeskError` for a day before there was anything in it.
    """
    end = register.end_of_day(day)
    if not end:
        words = tr("登记簿在{day}还没有任何记录，不能按那一天统计。请换一个以后的日期。")
        raise DeskError(words.format(day=day.isoformat()))
    return register.as_of(end)


def on_day(register: Register, day: date | None, ask: Callable[[Register], T]) -> T:
    """What `ask` is answered by the register as it was on a day; as it stands without one."""
    if day is None:
        return ask(register)
    with as_of_day(register, day) as past:
        return ask(past)


def note_of(day: date) -> str:
    """What is printed on a table of another day."""
    return tr("按登记簿在{day}结束时的记录统计，以后的登记和改动没有计入。").format(
        day=day.isoformat()
    )


def table_on(register: Register, day: date | None, table_id: str, calibre: Calibre) -> StatTable:
    """A statistical table, of a day that it says itself; of now without one."""
    made = on_day(register, day, lambda seen: reporting.table(seen, table_id, calibre, day))
    return made if day is None else replace(made, notes=(note_of(day), *made.notes))


def cases_on(
    register: Register, day: date | None, shown: StatTable, row: int, column: int
) -> tuple[DisputeRow, ...]:
    """The disputes behind a cell of a table of that day, as they stand now.

    One that was taken back since is in no list any more.
    """
    rows = on_day(register, day, lambda seen: reporting.cases_behind(seen, shown, row, column))
    if day is None:
        return rows
    return register.rows_at(register.places_of([entry.dispute.id for entry in rows]))


def write_on(
    register: Register,
    day: date,
    table_id: str,
    calibre: Calibre,
    target: Path,
    actor: str,
    today: date,
) -> tuple[Path, list[Problem]]:
    """Write a table of another day as a workbook; it was not sent then, so nothing is frozen."""
    # Short enough for the one line under the title.
    note = tr("登记簿截至{day}").format(day=day.isoformat())
    with as_of_day(register, day) as past:
        return reporting.write(past, table_id, calibre, target, actor, today, note, day)
