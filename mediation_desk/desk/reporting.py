"""The office's table: on screen, with the cases behind each number, and as a workbook."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import cast

from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import Role
from mediation_desk.domain.finding import DisputeRow
from mediation_desk.domain.handling import Agreement
from mediation_desk.domain.organisation import Mediator, Unit
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.basis import Basis, BasisCase, BasisWork
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import Column
from mediation_desk.figures.counts import Counts
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.identities import table_problems
from mediation_desk.figures.ministry import Table, ministry_table, reporting_units
from mediation_desk.figures.table import StatTable
from mediation_desk.figures.tables import TABLES, layout_of, make
from mediation_desk.figures.tabulated.laying import Layout
from mediation_desk.figures.tabulated.official import OFFICIAL
from mediation_desk.store.register import Register
from mediation_desk.words import tr


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


def frame(register: Register) -> Frame:
    """The units and names that the tables of this desk need."""
    alone = register.role is Role.VILLAGE
    return Frame(
        units=(register.unit,) if alone else tuple(register.units()),
        own=frozenset(_own(register)),
        types=register.types,
        mediators=tuple(cast(list[Mediator], register.all("mediator"))),
        answer=_answer_term(register),
        alone=alone,
    )


def _answer_term(register: Register) -> str:
    term = register.limits.term("answer")
    words = tr("{days}个工作日") if term.working else tr("{days}天")
    return words.format(days=term.days)


def tables() -> tuple[Layout, ...]:
    """The kinds of statistical table, in the order in which they are offered."""
    return tuple(TABLES.values())


def table(
    register: Register, table_id: str, calibre: Calibre, day: date | None = None
) -> StatTable:
    """A statistical table of this desk, read on a day or today.

    Raises `DeskError` for an unknown id.
    """
    return made_of(register, layout_of(table_id), calibre, day)


def made_of(
    register: Register, layout: Layout, calibre: Calibre, day: date | None = None
) -> StatTable:
    """A table of a known kind."""
    counts = register.counts(calibre, layout.questions)
    return make(layout.id, counts, calibre, frame(register)).read_on(day or today())


def cases_behind(
    register: Register, shown: StatTable, row: int, column: int
) -> tuple[DisputeRow, ...]:
    """The disputes behind a cell of a table, newest first; none where it counts no cases."""
    behind = shown.behind(row, column)
    if behind is None:
        return ()
    places = register.places_behind(behind.calibre, behind.figure, behind.units)
    return register.rows_at(places)


def cases_counted(
    register: Register, calibre: Calibre, unit_ids: Collection[str], column: Column
) -> tuple[DisputeRow, ...]:
    """The disputes that a number of the 49 columns counts; of all units if none are named."""
    return register.rows_at(register.places_behind(calibre, column.figure, unit_ids))


def agreements_of(register: Register, dispute_ids: Collection[str]) -> dict[str, Agreement]:
    """The agreements that stand, by their disputes; of several the last one, as in figures."""
    found = cast(list[Agreement], register.some("agreement", dispute_ids, "dispute_id"))
    found.sort(key=lambda agreement: (agreement.agreed_on, agreement.id))
    return {entry.dispute_id: entry for entry in found if not entry.void_reason}


def _basis(register: Register, calibre: Calibre) -> Basis:
    rows = register.rows_at(register.places_behind(calibre))
    agreements = agreements_of(register, [row.dispute.id for row in rows])
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
    register: Register, calibre: Calibre, target: Path, actor: str, today: date, note: str = ""
) -> tuple[Path, list[Problem]]:
    """Write the table to `target` with every row it was counted from; and what its checks found."""
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.report_writing import ReportHead  # noqa: PLC0415
    from mediation_desk.exchange.report_writing import write_report as write  # noqa: PLC0415

    counts = register.counts(calibre)
    units = _units(register, counts)
    table = ministry_table(counts, units, _own(register), calibre)
    head = ReportHead(register.unit, today, actor, note)
    return write(head, table, units, _basis(register, calibre), target), table_problems(table)


def write_table(
    register: Register, shown: StatTable, target: Path, actor: str, today: date, note: str = ""
) -> Path:
    """Write a statistical table as a workbook."""
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.report_writing import ReportHead  # noqa: PLC0415
    from mediation_desk.exchange.table_writing import write_table as write  # noqa: PLC0415

    return write(ReportHead(register.unit, today, actor, note), shown, target)


def write(
    register: Register,
    table_id: str,
    calibre: Calibre,
    target: Path,
    actor: str,
    today: date,
    note: str = "",
    day: date | None = None,
) -> tuple[Path, list[Problem]]:
    """Write any statistical table as a workbook, and what its checks found.

    `note` says on it that it is of another `day`.
    """
    if table_id == OFFICIAL.id:
        return write_report(register, calibre, target, actor, today, note)
    shown = table(register, table_id, calibre, day or today)
    return write_table(register, shown, target, actor, today, note), []
