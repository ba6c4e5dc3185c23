"""Which backups may go: the older they are, the fewer of them are worth their room."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

STAMP = "%Y%m%d-%H%M%S-%f"
# Read by hand: what Python has for it is loaded when first used, which the first page would feel.
_NAME = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{6})(?:\+\d+)?", re.ASCII)
# Of the last day all stay, then one for each day, week and month.
_ALL = timedelta(days=1)
_DAILY = timedelta(days=14)
_WEEKLY = timedelta(days=92)
_NEWEST = 5
# Their moment is unknown, because the clock stood before that of an older backup.
_UNDATED = 40


def moment(name: str) -> datetime | None:
    """When a backup of that name was made by this computer's clock; None for another folder."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    year, month, day, hour, minute, second, rest = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, rest)  # noqa: DTZ001 - as named
    except ValueError:
        return None


def dropped(names: Sequence[str], now: datetime, newest: int = _NEWEST) -> list[str]:
    """The names of those backups that may go at `now`, local time without zone.

    Of each day, week or month the last one stays. A week ends with its month, else the only
    backup of a month could give way to one of the next. What the clock says is still to come was
    made before somebody set it back, and stays.
    """
    known = sorted(name for name in names if moment(name) is not None)
    kept = set(known[-newest:])
    undated = [name for name in known if "+" in name and _at(name) > now]
    kept.update(undated[-_UNDATED:])
    spans: set[tuple[object, ...]] = set()
    for name in reversed(known):
        span = _span(name, now)
        if span is not None and (span not in spans or not span):
            kept.add(name)
            spans.add(span)
    return [name for name in known if name not in kept]


def _at(name: str) -> datetime:
    at = moment(name)
    assert at is not None
    return at


def _span(name: str, now: datetime) -> tuple[object, ...] | None:
    """What a backup stands for together with its like; empty: for itself, None: for nothing."""
    at = _at(name)
    age = now - at
    if age < timedelta(0):
        return None if "+" in name else ()
    if age <= _ALL:
        return ()
    if age <= _DAILY:
        return "day", at.date()
    if age <= _WEEKLY:
        return "week", at.isocalendar()[:2], at.month
    return "month", at.year, at.month
