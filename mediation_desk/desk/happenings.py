"""The log as people read it: keys, shown numbers, exports, backups, persons; and its checking."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mediation_desk.desk.key_log import key_log
from mediation_desk.desk.listing_out import EXPORT
from mediation_desk.desk.versions import noun_of
from mediation_desk.domain.cases import Dispute
from mediation_desk.domain.desk_log import LogAct, LogEntry
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.store.backups import Why
from mediation_desk.store.register import Register
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.exchange.one_sheet import WrittenList

EXPORTED, BACKED_UP = "导出、报送", "备份"
_KEYS = frozenset(
    (
        LogAct.PASSWORD,
        LogAct.CODE,
        LogAct.RECOVERED,
        LogAct.SEALED,
        LogAct.OPENED,
        LogAct.HELPED,
        LogAct.RENEWED,
    )
)
# What one can look for, in this order; the first is everything.
SORTS = (
    "",
    "密钥",
    LogAct.WRONG.label,
    LogAct.REVEALED.label,
    EXPORTED,
    BACKED_UP,
    LogAct.RESTORED.label,
    LogAct.PERSON.label,
    LogAct.IDLE.label,
)
_WIDTHS = (20, 14, 16, 60)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log: when, who, of which sort, and what."""

    at: datetime
    by: str
    sort: str
    told: str


def happenings(
    register: Register, period: Period | None = None, by: str = "", sort: str = ""
) -> list[Happening]:
    """What was done at this desk, the newest first; all, or of a period, a person, a sort."""
    found = (*_entries(register), *_keys(register), *_exports(register), *_backups(register))
    wanted = [
        one
        for one in found
        if (not by or one.by == by)
        and (not sort or one.sort == sort)
        and (period is None or period.first <= one.at.date() <= period.last)
    ]
    return sorted(wanted, key=lambda one: one.at, reverse=True)


def people(register: Register) -> list[str]:
    """Who stands in the log, by name."""
    return sorted({one.by for one in happenings(register) if one.by})


def _entries(register: Register) -> Iterator[Happening]:
    numbers: dict[str, str] = {}
    # Of one second the later one comes first, too: ids of one sitting count on.
    for entry in reversed(cast(list[LogEntry], register.all("log_entry"))):
        if entry.what in _KEYS:
            continue
        told = entry.told
        if entry.about_id:
            about = entry.about_kind, entry.about_id
            told = _about(register, *about, told, numbers)
        yield Happening(_moment(entry.at), entry.by, tr(entry.what.label), told)


def _about(
    register: Register, kind: str, record_id: str, field: str, numbers: dict[str, str]
) -> str:
    """Which field of which record, without anything that stands in it."""
    record = register.get(kind, record_id)
    dispute_id = str(getattr(record, "dispute_id", ""))
    if dispute_id and dispute_id not in numbers:
        found = register.get("dispute", dispute_id)
        unit = register.get("unit", found.unit_id) if isinstance(found, Dispute) else None
        pattern = register.settings.numbering_pattern
        known = isinstance(found, Dispute)
        numbers[dispute_id] = case_number(found, unit, pattern) if known else ""  # type: ignore[arg-type]
    # No name: the log may be taken along.
    parts = (numbers.get(dispute_id, ""), noun_of(kind), field)
    return " ".join(part for part in parts if part)


def _keys(register: Register) -> Iterator[Happening]:
    for act in key_log(register):
        yield Happening(_moment(act.at), act.actor, tr("密钥"), act.told)


def _exports(register: Register) -> Iterator[Happening]:
    for act in register.acts(EXPORT):
        yield Happening(_moment(act.at), act.actor, tr(EXPORTED), act.reason)


def _backups(register: Register) -> Iterator[Happening]:
    for backup in register.backups():
        # What was there before a backup was put back is itself kept as one.
        if backup.why is Why.RESTORE:
            told = tr("恢复前的登记簿留为备份 {name}").format(name=backup.name)
            yield Happening(backup.at, "", tr(LogAct.RESTORED.label), told)
            continue
        why = tr(backup.why.label) if backup.why else tr("缘由未记录")
        told = tr("{why}，备份 {name}").format(why=why, name=backup.name)
        yield Happening(backup.at, "", tr(BACKED_UP), told)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def row_of(one: Happening) -> tuple[str, str, str, str]:
    """A line as it stands in a table: the moment, who, the sort, what."""
    return one.at.strftime("%Y-%m-%d %H:%M:%S"), one.by, one.sort, one.told


HEADS = ("时间", "办理人", "事项", "说明")


# Checking


def checked_words(found: list[Problem]) -> tuple[str, list[str]]:
    """What checking the register and its log found, in a sentence, and each thing in its own."""
    if not found:
        return tr("核验过了：每一条修改、每一条操作记录都首尾相接，没有被改过、删过。"), []
    told = tr("核验发现{count}处问题，登记簿在程序以外被人动过，或者文件损坏了。")
    lines = [f"{one.message}{one.mend}" for one in found]
    return told.format(count=len(found)), lines


# Taking it along


def export_log(register: Register, shown: list[Happening], target: Path) -> "WrittenList":
    """Write what is shown to the workbook `target`; raises `DeskError` where that is impossible."""
    if not shown:
        raise DeskError(tr("没有可以导出的记录。请换一个期间或人员再试。"))
    # openpyxl takes 0.1 s to import and is not needed to start.
    from mediation_desk.exchange.cells import Kind  # noqa: PLC0415
    from mediation_desk.exchange.one_sheet import SheetForm, write_sheet  # noqa: PLC0415

    register.refuse_reader()
    first, last = shown[-1].at.date(), shown[0].at.date()
    form = SheetForm(
        tr("操作记录"),
        tr("操作记录"),
        (register.unit.name, tr("{first}至{last}").format(first=first, last=last)),
        [(tr(head), width, Kind.TEXT) for head, width in zip(HEADS, _WIDTHS, strict=True)],
    )
    return write_sheet(form, (list(row_of(one)) for one in shown), len(shown), target)
