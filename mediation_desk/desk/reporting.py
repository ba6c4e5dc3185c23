"""The office's table: on screen, with the cases behind each number, and as a workbook."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.domain.codes import Role
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.basis import Basis, BasisCase, BasisWork
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import Column
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.identities import table_problems
from mediation_desk.figures.ministry import Table, ministry_table, reporting_units
from mediation_desk.store.register import Register


def _units(register: Register, counts: Counts) -> tuple[Unit, ...]:
    if register.role is Role.VILLAGE:
        return (register.unit,)
    return reporting_units(register.units(), counts)


def _own(register: Register) -> tuple[str, ...]:
    """The units that are 本级 here: the committee whose cases this desk records itself."""
    committee = register.committee
    return (committee.id,) if committee else ()


def township_table(register: Register, calibre: Calibre) -> Table:
    """The 49-column table of this desk: a line for each unit; the own committee is 本级."""
    counts = register.counts(calibre)
    return ministry_table(counts, _units(register, counts), _own(register), calibre)


def cases_behind(
    register: Register, calibre: Calibre, unit_ids: Collection[str], column: Column
) -> tuple[DisputeRow, ...]:
    """The disputes that a number counts, newest first; of all units if none are named."""
    return register.rows_at(register.places_behind(calibre, column.figure, unit_ids))


def _basis(register: Register, calibre: Calibre) -> Basis:
    rows = register.rows_at(register.places_behind(calibre))
    agreements: dict[str, Agreement] = {}
    found = cast(
        list[Agreement], register.some("agreement", [row.dispute.id for row in rows], "dispute_id")
    )
    for entry in sorted(found, key=lambda agreement: (agreement.agreed_on, agreement.id)):
        if not entry.void_reason:
            agreements[entry.dispute_id] = entry
    types = register.types
    cases = []
    for row in reversed(rows):
        dispute, agreement = row.dispute, agreements.get(row.dispute.id)
        cases.append(
            BasisCase(
                unit_id=dispute.unit_id,
                number=row.number,
                type=types.official(dispute.type),
                source=dispute.source.value,
                outcome=dispute.outcome.value if dispute.outcome else "",
                form=agreement.form.value if agreement else "",
                complex=dispute.complex,
                people=dispute.people,
                amount_fen=agreement.amount_fen if agreement else 0,
                intake_on=dispute.intake_on,
                closed_on=dispute.closed_on,
            )
        )
    return Basis(tuple(cases), _works(register, calibre))


def _works(register: Register, calibre: Calibre) -> tuple[BasisWork, ...]:
    screenings = cast(list[Screening], register.all("screening"))
    preventions = cast(list[Prevention], register.all("prevention"))
    works = [
        BasisWork(entry.unit_id, entry.screened_on, prevented=entry.prevented)
        for entry in screenings
        if entry.screened_on in calibre.period and not entry.void_reason
    ]
    works += [
        BasisWork(
            entry.unit_id,
            entry.prevented_on,
            entry.kind.value,
            cases=entry.cases,
            persons=entry.persons,
        )
        for entry in preventions
        if entry.prevented_on in calibre.period and not entry.void_reason
    ]
    return tuple(sorted(works, key=lambda work: (work.on, work.unit_id, work.kind)))


def write_report(
    register: Register, calibre: Calibre, target: Path, actor: str, today: date
) -> tuple[Path, list[Problem]]:
    """Write the table to `target` with every row it was counted from; and what its checks found."""
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.report_writing import ReportHead  # noqa: PLC0415
    from mediation_desk.exchange.report_writing import write_report as write  # noqa: PLC0415

    counts = register.counts(calibre)
    units = _units(register, counts)
    table = ministry_table(counts, units, _own(register), calibre)
    head = ReportHead(register.unit, today, actor)
    return write(head, table, units, _basis(register, calibre), target), table_problems(table)
