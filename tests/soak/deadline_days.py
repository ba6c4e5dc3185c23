"""Days counted anew, apart from the program: its own table of holidays, its own arithmetic."""

from datetime import date, timedelta

_OFF = {
    2025: "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
    2026: "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 "
    "10-01..10-07",
}
_WORKED = {
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}
ONE = timedelta(days=1)


def _days(year: int, told: str) -> set[date]:
    found = set()
    for part in told.split():
        first, _, last = part.partition("..")
        day, end = (date.fromisoformat(f"{year}-{text}") for text in (first, last or first))
        while day <= end:
            found.add(day)
            day += ONE
    return found


OFF = {day for year, told in _OFF.items() for day in _days(year, told)}
WORKED = {day for year, told in _WORKED.items() for day in _days(year, told)}


def works(day: date) -> bool:
    """Whether people work on that day; of 2027 nothing but its weekends is known."""
    if day in WORKED:
        return True
    return day not in OFF and day.isoweekday() <= 5


def ended(start: date, days: int, *, working: bool, rest: str) -> date:
    """The last day of a term that begins on the day after `start`."""
    day = start
    left = days
    while left:
        day += ONE
        left -= 1 if works(day) or not working else 0
    return moved(start, day, rest)


def moved(start: date, day: date, rest: str) -> date:
    """What becomes of a last day of rest: it stays, or goes on to the next or back to the last."""
    if rest == "stay" or works(day):
        return day
    step = ONE if rest == "after" else -ONE
    other = day
    while not works(other):
        other += step
    return other if other > start else day
