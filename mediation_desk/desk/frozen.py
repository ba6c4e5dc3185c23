"""What was frozen of a report, read again: its table, its cases, and what is otherwise today."""

import json
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, cast

from mediation_desk.desk import adjusting, reporting
from mediation_desk.desk.adjusting import Adjustment, Frozen
from mediation_desk.domain.codes import ReportStep
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import Report, ReportUse
from mediation_desk.domain.settings import Settings
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.frozen import calibre_of, table_of
from mediation_desk.figures.table import StatTable
from mediation_desk.store.register import Register
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Kept:
    """A frozen report with everything that was done with it, the first ahead."""

    report: Report
    uses: tuple[ReportUse, ...]

    @property
    def sent(self) -> ReportUse | None:
        """When and to whom it was last sent upward; None if it was not."""
        return next((use for use in reversed(self.uses) if use.what is ReportStep.SENT), None)

    @property
    def state(self) -> str:
        """What was done with it, in one word."""
        if self.sent is not None:
            return tr("已上报")
        printed = any(use.what is ReportStep.PRINTED for use in self.uses)
        return tr("已打印") if printed else tr("已导出")


def counted_rows(register: Register, table: StatTable) -> list[DisputeRow]:
    """The disputes that a table counts in any of its cells, by unit, year and number."""
    calibres = {
        behind.calibre
        for row in range(len(table.rows))
        for column in range(len(table.columns))
        if (behind := table.behind(row, column)) is not None
    }
    places = {place for calibre in calibres for place in register.places_behind(calibre)}
    rows = register.rows_at(sorted(places, reverse=True))
    return sorted(
        rows,
        key=lambda row: (
            row.dispute.unit_id, row.dispute.year, row.dispute.number, row.dispute.id,
        ),
    )  # fmt: skip


def all_of(register: Register) -> list[Report]:
    """All frozen reports, the newest first, without what was done with them."""
    found = cast(list[Report], register.all("report"))
    # A list that was taken out in full is noted as a report too, without a number.
    found = [entry for entry in found if entry.number and not entry.void_reason]
    return sorted(found, key=lambda entry: -entry.number)


def kept_of(register: Register, report: Report) -> Kept:
    """A frozen report with what was done with it."""
    uses = cast(list[ReportUse], register.all("report_use", report_id=report.id))
    return Kept(report, tuple(sorted(uses, key=lambda use: (use.done_on, use.what.value, use.id))))


def reports(register: Register) -> list[Kept]:
    """All frozen reports, the newest first."""
    return [kept_of(register, report) for report in all_of(register)]


def report_with(register: Register, number: int) -> Kept:
    """The frozen report of that number; raises `DeskError` where there is none."""
    found = next((entry for entry in all_of(register) if entry.number == number), None)
    if found is None:
        words = tr("没有第{number}号已报报表。请用“已报报表”列表里的编号。")
        raise DeskError(words.format(number=number))
    return kept_of(register, found)


def calibre_in(report: Report) -> Calibre:
    """The calibre by which a report was counted."""
    return calibre_of(json.loads(report.calibre))


def settings_in(report: Report) -> Settings:
    """Local practice when a report was frozen; what was no setting yet has its default."""
    stored = json.loads(report.settings)
    known = {entry.name for entry in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})


def table_in(report: Report) -> StatTable:
    """The table as it was frozen."""
    return table_of(report.table, calibre_in(report), plain_in(report))


def plain_in(report: Report) -> dict[str, Any]:
    """What was frozen of the table, as JSON types."""
    return dict(json.loads(report.figures))


def cases_in(report: Report) -> list[dict[str, Any]]:
    """The cases that a report counted, with what counted of them."""
    return list(json.loads(report.cases))


def recounted(register: Register, report: Report) -> StatTable:
    """A frozen report counted again from the history, as of the moment it was frozen."""
    with register.as_of(report.sequence, settings_in(report)) as past:
        return reporting.table(past, report.table, calibre_in(report))


def adjustments(register: Register, report: Report) -> list[Adjustment]:
    """What counts otherwise today than it did in a frozen report, by whom and why."""
    count = partial(reporting.table, table_id=report.table, calibre=calibre_in(report))
    counted = {row.dispute.id for row in counted_rows(register, count(register))}
    cases = frozenset(entry["id"] for entry in cases_in(report))
    frozen = Frozen(table_in(report), report.sequence, settings_in(report), cases)
    return adjusting.adjustments(register, frozen, count, counted)
