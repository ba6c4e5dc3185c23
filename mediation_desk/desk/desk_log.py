"""The log of what is done at the desk and changes no case: keys, shown numbers, persons."""

from collections.abc import Iterable
from dataclasses import replace

from mediation_desk.desk.clock import now
from mediation_desk.domain.desk_log import LogAct, LogEntry
from mediation_desk.domain.fields import fields_by_name
from mediation_desk.domain.record import Record, new_id
from mediation_desk.domain.records import kind_of
from mediation_desk.store.register import Register
from mediation_desk.words import tr


def entry(what: LogAct, by: str, told: str = "", at: str = "") -> LogEntry:
    """A line of the log, to be kept by whoever writes what it tells of."""
    moment = at or now().isoformat(timespec="seconds")
    return LogEntry(id=new_id(), what=what, at=moment, by=by, told=told)


def write_down(register: Register, *entries: LogEntry) -> None:
    """Write acts down that write nothing else; also those of who only reads."""
    if entries:
        register.log(entries[0].by, entries[0].what.label, entries)


def note_shown(register: Register, shown: Iterable[tuple[Record, str]], by: str) -> None:
    """Write down which masked fields are shown in full; never what stands in them."""
    write_down(register, *(_shown(record, name, by) for record, name in shown))


def _shown(record: Record, name: str, by: str) -> LogEntry:
    label = fields_by_name(type(record))[name].label
    return replace(
        entry(LogAct.REVEALED, by, tr(label)),
        about_kind=kind_of(record),
        about_id=record.id,
        about_field=name,
    )
