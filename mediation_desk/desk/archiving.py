"""A year's files of a unit taken out for twenty years: papers, records and a page to search in."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.attaching import file_name
from mediation_desk.desk.inspecting import units_here
from mediation_desk.desk.sending import EXPORT
from mediation_desk.domain.casefile import CaseFile, title
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.organisation import Unit
from mediation_desk.domain.periods import year as year_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import new_id
from mediation_desk.domain.reporting import Report
from mediation_desk.domain.retention import kept_until, retention_words
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.archive.folder import Written
    from mediation_desk.exchange.archive.holding import ArchivedFile

__all__ = ["Ahead", "Archiving", "archive", "archive_ahead", "archive_years", "wrong_files"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Archiving:
    """Which year of which unit is archived, who does it and who gets it; empty is the own one."""

    year: int
    actor: str
    today: date
    receiver: str
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What an archive will hold: its files, those not put away yet, those without a class."""

    count: int
    unfiled: int
    unclassed: int
    left_out: int


def archive_years(register: Register) -> list[int]:
    """The years in which something was closed, the latest first."""
    return register.years("dispute", "closed_on")


def archive_ahead(register: Register, year: int, unit_id: str = "") -> Ahead:
    """What the archive of a year will hold."""
    unit = _unit(register, unit_id)
    found = cast(list[Dispute], register.some("dispute", _closed(register, unit, year)))
    return Ahead(
        count=len(found),
        unfiled=sum(entry.archived_on is None for entry in found),
        unclassed=sum(entry.retention is None for entry in found),
        left_out=len(list(_left_out(register, unit, year))),
    )


def archive(
    register: Register, wanted: Archiving, place: Path, say: Say = lambda _: None
) -> "Written":
    """Write the archive of a year into `place` and note it in the history, both or neither.

    It holds everything in full, so whoever gets it is named. Raises `DeskError` without a
    receiver, without files, for copies that only came masked, or when it cannot be written.
    """
    from mediation_desk.exchange.archive.folder import write_archive  # noqa: PLC0415
    from mediation_desk.exchange.archive.holding import Archive, ArchiveHead  # noqa: PLC0415

    if not wanted.receiver.strip():
        happened = tr("年度档案含有完整的个人信息，没有导出。")
        raise DeskError(happened + tr("请写明交给谁保管，再导出一次。"))
    unit = _unit(register, wanted.unit_id)
    ids = _closed(register, unit, wanted.year)
    _check(register, unit, wanted.year, ids)
    head = ArchiveHead(
        unit,
        wanted.year,
        wanted.today,
        wanted.actor,
        wanted.receiver.strip(),
        tuple(_left_out(register, unit, wanted.year)),
    )
    people = [record for kind in ("mediator", "adviser")
              for record in register.all(kind, unit_id=unit.id)]  # fmt: skip
    reason = tr("导出{year}年调解档案（完整信息，交给{receiver}）").format(
        year=wanted.year, receiver=head.receiver
    )
    # It takes minutes, in which others at this desk want to write: the note is made afterwards.
    with register.sparing():
        written = write_archive(Archive(head, people, _files(register, unit, ids)), place, say)
    try:
        with register.change(wanted.actor, reason, EXPORT) as change:
            change.keep(_noted(unit, wanted.year, reason, ids, written.digest))
    except BaseException:
        shutil.rmtree(written.folder, ignore_errors=True)
        raise
    return written


def wrong_files(folder: Path) -> list[tuple[str, str]]:
    """The files in an archive that are not as they were written, each with what is wrong."""
    from mediation_desk.exchange.archive.folder import wrong_files as wrong  # noqa: PLC0415

    return wrong(folder)


def _unit(register: Register, unit_id: str) -> Unit:
    units = units_here(register)
    found = next((unit for unit in units if unit.id == unit_id), None)
    if unit_id:
        if found is None:
            raise DeskError(tr("登记簿里没有这个单位的案卷。请核对单位。"))
        return found
    if register.committee is None:
        raise DeskError(tr("本登记簿没有自己的调委会。请指明导出哪个单位的档案。"))
    return register.committee


def _closed(register: Register, unit: Unit, year: int) -> list[str]:
    """What was closed in the year, as files stand on a shelf: by year and number."""
    found = register.some("dispute", register.closed_ids(unit.id, year_of(year)))
    disputes = sorted(cast(list[Dispute], found), key=lambda entry: (entry.year, entry.number))
    return [entry.id for entry in disputes]


def _check(register: Register, unit: Unit, year: int, ids: list[str]) -> None:
    if not ids:
        words = tr("{unit}{year}年没有结案的纠纷，没有档案可以导出。请换一个年度。")
        raise DeskError(words.format(unit=unit.name, year=year))
    disputes = cast(list[Dispute], register.some("dispute", ids))
    masked = [entry for entry in disputes if not entry.personal_revision]
    if masked:
        words = tr("{unit}有{count}件只报来了遮住个人信息的内容，做不成档案。")
        told = words.format(unit=unit.name, count=len(masked))
        raise DeskError(told + tr("请由登记的单位自己导出档案。"))


def _left_out(register: Register, unit: Unit, year: int) -> Iterator[tuple[str, str]]:
    """The numbers of the year that no file in the archive bears, so that none seems lost."""
    pattern = register.settings.numbering_pattern
    every = cast(list[Dispute], register.all("dispute", unit_id=unit.id, year=year))
    for entry in sorted(every, key=lambda entry: entry.number):
        if entry.void_reason:
            why = tr("作废：{reason}").format(reason=entry.void_reason)
        elif entry.closed_on is None:
            why = tr("还没有结案")
        elif entry.closed_on.year != year:
            why = tr("{year}年结案，在那一年的档案里").format(year=entry.closed_on.year)
        else:
            continue
        yield case_number(entry, unit, pattern), why


def _files(register: Register, unit: Unit, ids: list[str]) -> "Iterator[ArchivedFile]":
    from mediation_desk.exchange.archive.holding import ArchivedFile  # noqa: PLC0415

    for id_ in ids:
        case = cast(CaseFile, register.case(id_))
        dispute, settings = case.dispute, register.settings
        scans = {
            scan.id: (file_name(scan), content)
            for scan in case.attachments
            if (content := register.attachment_bytes(scan.sha256)) is not None
        }
        yield ArchivedFile(
            case=case,
            number=case_number(dispute, unit, settings.numbering_pattern),
            title=title(case, register.types),
            type_label=register.types.label(dispute.type),
            retention=retention_words(dispute, settings),
            kept_until=kept_until(dispute, settings),
            write_papers=partial(_write_papers, register, case),
            scans=scans,
        )


def _write_papers(register: Register, case: CaseFile, target: Path) -> tuple[str, ...]:
    from mediation_desk.desk import case_papers, papers_out  # noqa: PLC0415

    try:
        made = case_papers.whole(register, case)
        papers_out.write(made, target)
    except DeskError as error:
        # Among a year's files it must be said which one is meant.
        raise DeskError(tr("{file}：{why}").format(file=target.stem, why=error)) from error
    return made.damaged


def _noted(unit: Unit, year: int, reason: str, ids: list[str], digest: str) -> Report:
    """What stands in the history: whose files of which year went to whom."""
    period = year_of(year)
    return Report(
        id=new_id(),
        unit_id=unit.id,
        title=reason,
        period_from=period.first,
        period_to=period.last,
        calibre=tr("{count}件").format(count=len(ids)),
        figures="",
        cases=" ".join(ids),
        digest=digest,
    )
