"""Freezing reports: whatever is exported, printed or sent upward is kept as it stood."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from mediation_desk.desk import reporting
from mediation_desk.desk.frozen import (
    Kept,
    all_of,
    calibre_in,
    counted_rows,
    kept_of,
    plain_in,
    settings_in,
)
from mediation_desk.domain.codes import ReportStep
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.domain.record import new_id
from mediation_desk.domain.records import canonical
from mediation_desk.domain.reporting import Report, ReportUse
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.frozen import calibre_text, table_text, values_of
from mediation_desk.figures.table import StatTable
from mediation_desk.store.changing import ChangeDoor
from mediation_desk.store.connection import RESTORE
from mediation_desk.store.register import Register
from mediation_desk.words import tr

FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class Exported:
    """A written workbook, what its checks found, and the frozen report that it shows."""

    path: Path
    problems: list[Problem]
    kept: Kept


def freeze(
    register: Register,
    table_id: str,
    calibre: Calibre,
    actor: str,
    today: date,
    what: ReportStep = ReportStep.PRINTED,
    receiver: str = "",
) -> Kept:
    """Keep a table as it stands, because it leaves the house; what is kept already stays as it is.

    Raises `DeskError` for an unknown table.
    """
    with register.as_of(register.sequence()) as now:
        made = _frozen(now, table_id, calibre, actor, today)
    return _keep(register, made, what, actor, today, receiver)


def export(
    register: Register, table_id: str, calibre: Calibre, target: Path, actor: str, today: date
) -> Exported:
    """Write a table as a workbook and keep what it shows.

    Whatever is saved meanwhile, the file and the frozen report are of the same moment. Raises
    `DeskError` when the place cannot be written; nothing is kept then.
    """
    with register.as_of(register.sequence()) as now:
        made = _frozen(now, table_id, calibre, actor, today)
        path, problems = reporting.write(now, table_id, calibre, target, actor, today)
    kept = _keep(register, made, ReportStep.EXPORTED, actor, today)
    return Exported(path, problems, kept)


def export_again(
    register: Register, report: Report, target: Path, actor: str, today: date
) -> Exported:
    """Write a frozen report once more, out of the history, as it was and by whom."""
    calibre, on = calibre_in(report), report.frozen_on or today
    with register.as_of(report.sequence, settings_in(report)) as past:
        if values_of(reporting.table(past, report.table, calibre)) != plain_in(report)["values"]:
            raise DeskError(tr("从修改历史重算的数字与冻结的不一致，没有导出。") + tr(RESTORE))
        note = tr("第{number}号，冻结于{on}").format(number=report.number, on=on.isoformat())
        path, problems = reporting.write(
            past, report.table, calibre, target, report.frozen_by, on, note
        )
    kept = note_use(register, report, ReportStep.EXPORTED, actor, today)
    return Exported(path, problems, kept)


def _keep(
    register: Register,
    made: Report,
    what: ReportStep,
    actor: str,
    today: date,
    receiver: str = "",
) -> Kept:
    reason = tr("{what}统计报表：{title}").format(what=tr(what.label), title=made.title)
    with register.change(actor, reason, FREEZE) as change:
        before = all_of(register)
        kept = next((entry for entry in before if _alike(entry, made)), None)
        if kept is None:
            number = max((entry.number for entry in before), default=0) + 1
            kept = change.keep(replace(made, number=number))
        _use(change, kept, what, actor, today, receiver)
    return kept_of(register, kept)


def note_use(
    register: Register,
    report: Report,
    what: ReportStep,
    actor: str,
    today: date,
    receiver: str = "",
) -> Kept:
    """Write down that a frozen report was exported or printed again, or sent upward."""
    reason = tr("{what}统计报表：第{number}号").format(what=tr(what.label), number=report.number)
    with register.change(actor, reason, FREEZE) as change:
        _use(change, report, what, actor, today, receiver)
    return kept_of(register, report)


def _use(
    change: ChangeDoor, report: Report, what: ReportStep, actor: str, today: date, receiver: str
) -> None:
    change.keep(
        ReportUse(
            id=new_id(),
            report_id=report.id,
            what=what,
            done_on=today,
            done_by=actor,
            receiver=receiver.strip(),
        )
    )


def _frozen(register: Register, table_id: str, calibre: Calibre, actor: str, today: date) -> Report:
    table = reporting.table(register, table_id, calibre)
    told = calibre_text(calibre), canonical(asdict(register.settings)), table_text(table)
    cases = canonical(list(_cases(register, table)))
    return Report(
        id=new_id(),
        unit_id=register.unit.id,
        table=table_id,
        title=table.title,
        period_from=calibre.period.first,
        period_to=calibre.period.last,
        frozen_on=today,
        frozen_by=actor,
        sequence=register.sequence(),
        calibre=told[0],
        settings=told[1],
        figures=told[2],
        cases=cases,
        digest=digest(table_id, *told, cases),
    )


def _alike(kept: Report, made: Report) -> bool:
    """Whether the same figures of the same cases were kept, whatever other settings say now."""
    told = ((entry.table, entry.calibre, entry.figures, entry.cases) for entry in (kept, made))
    return next(told) == next(told)


def digest(*parts: str) -> str:
    """The hash over all that is frozen: which table, its calibre, settings, figures and cases."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def _cases(register: Register, table: StatTable) -> Iterator[dict[str, Any]]:
    """What counted of each case, without any name."""
    rows = counted_rows(register, table)
    agreements = reporting.agreements_of(register, [row.dispute.id for row in rows])
    for row in rows:
        dispute, agreement = row.dispute, agreements.get(row.dispute.id)
        yield {
            "id": dispute.id,
            "number": row.number,
            "unit": dispute.unit_id,
            "type": dispute.type,
            "source": dispute.source.value,
            "outcome": dispute.outcome.value if dispute.outcome else "",
            "form": agreement.form.value if agreement else "",
            "amount_fen": agreement.amount_fen if agreement else 0,
            "complex": dispute.complex,
            "people": dispute.people,
            "intake_on": str(dispute.intake_on or ""),
            "closed_on": str(dispute.closed_on or ""),
        }
