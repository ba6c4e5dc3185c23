"""Holidays as somebody types them for a year that the program does not know yet.

One line for each stretch of days, as the State Council's notice has it:
2027年2月5日至11日放假, 2027年2月14日上班.
"""

import re
from collections import defaultdict
from datetime import date, timedelta

from mediation_desk.domain.working_days import Arrangement

_DAY = r"(?:(?:(\d{4})[-./年])?(\d{1,2})[-./月])?(\d{1,2})日?"
_LINE = re.compile(
    rf"{_DAY}(?:\s*[（(][^）)]*[）)])?(?:\s*(?:至|到|~|—|–|－)+\s*{_DAY})?"
    r"(?:\s*[（(][^）)]*[）)])?\s*(放假|休息|休|补班|上班|班)[调休补共\d天]*",
    re.ASCII,
)
_OFF = frozenset(("放假", "休息", "休"))
_SPLIT = re.compile(r"[\n;；,，。、]+")
# The notice adds how many days that makes.
_SUM = re.compile(r"共\d+天")
# No holiday is longer.
_LONGEST = 20


class NotUnderstood(ValueError):
    """A line that names no days; its text is the line."""


def _stretch(line: str) -> tuple[bool, list[date]]:
    found = _LINE.fullmatch(line)
    if found is None or found[1] is None:
        raise NotUnderstood(line)
    try:
        first = date(int(found[1]), int(found[2]), int(found[3]))
        last = first
        if found[6] is not None:
            year, month = int(found[4] or first.year), int(found[5] or first.month)
            last = date(year, month, int(found[6]))
    except ValueError as error:
        raise NotUnderstood(line) from error
    days = (last - first).days
    if not 0 <= days < _LONGEST:
        raise NotUnderstood(line)
    return found[7] in _OFF, [first + timedelta(days=number) for number in range(days + 1)]


def arrangements(typed: str) -> dict[int, Arrangement]:
    """The arrangements that were typed, by year; raises `NotUnderstood` for the first bad line."""
    days: dict[bool, dict[int, set[date]]] = {True: defaultdict(set), False: defaultdict(set)}
    parts = (part.strip() for part in _SPLIT.split(typed))
    for line in (part for part in parts if part and not _SUM.fullmatch(part)):
        off, stretch = _stretch(line)
        for day in stretch:
            days[off][day.year].add(day)
    return {
        year: Arrangement(frozenset(days[True][year]), frozenset(days[False][year]))
        for year in sorted({*days[True], *days[False]})
    }
