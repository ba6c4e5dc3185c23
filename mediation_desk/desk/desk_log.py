"""The log of what is done at the desk and changes no case: keys, shown numbers, persons."""

from mediation_desk.desk.clock import now
from mediation_desk.domain.desk_log import LogAct, LogEntry
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register


def entry(what: LogAct, by: str, told: str = "", at: str = "") -> LogEntry:
    """A line of the log, to be kept by whoever writes what it tells of."""
    moment = at or now().isoformat(timespec="seconds")
    return LogEntry(id=new_id(), what=what, at=moment, by=by, told=told)


def write_down(register: Register, *entries: LogEntry) -> None:
    """Write acts down that write nothing else; also those of who only reads."""
    if entries:
        register.log(entries[0].by, entries[0].what.label, entries)
