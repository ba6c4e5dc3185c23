"""Which unit has reported which month: received, nil, with problems, missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import Period
from mediation_desk.domain.reporting import Package
from mediation_desk.figures.columns import COMMITTEES
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit's month in a word and a tone, and whether anything was received of it."""

    words: str
    tone: str
    received: bool = False


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One unit with a cell for each month asked for."""

    unit: Unit
    cells: tuple[Cell, ...]


def _cell(packages: Sequence[Package], month: Period, due: date, today: date) -> Cell:
    of_month = [
        entry
        for entry in packages
        if (entry.period_from, entry.period_to) == (month.first, month.last)
    ]
    if of_month:
        last = max(of_month, key=lambda entry: entry.number)
        if last.findings:
            return Cell(tr("有问题"), "amber", received=True)
        words, tone = (tr("零报告"), "neutral") if last.nil else (tr("已收"), "green")
        return Cell(words, tone, received=True)
    if today > due:
        return Cell(tr("未报"), "red")
    return Cell(tr("未到期"), "neutral")


def coverage(register: Register, months: Sequence[Period], today: date) -> tuple[CoverageRow, ...]:
    """A row for each reporting unit and a cell for each month, in the order of unit codes.

    A month is due on the day of the next month that the settings name.
    """
    first_days = [month.first.isoformat() for month in months]
    found = cast(list[Package], register.some("package", first_days, "period_from"))
    packages = [entry for entry in found if entry.received]
    own = register.committee
    due_day = timedelta(days=register.settings.report_due_day)
    rows = []
    for unit in register.units():
        if unit.kind not in COMMITTEES or (own is not None and unit.id == own.id):
            continue
        mine = [entry for entry in packages if entry.unit_id == unit.id]
        cells = [_cell(mine, month, month.last + due_day, today) for month in months]
        rows.append(CoverageRow(unit, tuple(cells)))
    return tuple(rows)
