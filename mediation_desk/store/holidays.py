"""Public holidays: those a maintained library knows, and those typed for the years after it."""

from functools import cache, partial

from mediation_desk.domain.arranged import arrangements
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import Arrangement, WorkCalendar


@cache
def of_library(year: int) -> Arrangement | None:
    """The arrangement of a year that the library knows."""
    # Loaded when the first working day is counted: the window opens without it.
    from chinese_calendar import holidays, workdays  # noqa: PLC0415

    off = frozenset(day for day in holidays if day.year == year)
    return Arrangement(off, frozenset(day for day in workdays if day.year == year)) if off else None


def _arranged(typed: dict[int, Arrangement], year: int) -> Arrangement | None:
    known, added = of_library(year), typed.get(year)
    if known is None or added is None:
        return added or known
    # What was typed is newer than what the program came with.
    off = (known.off - added.worked) | added.off
    return Arrangement(off, (known.worked - added.off) | added.worked)


def limits(settings: Settings) -> Limits:
    """How `settings` count deadlines, with the holidays that were typed there."""
    return Limits(settings, WorkCalendar(partial(_arranged, arrangements(settings.holidays))))
