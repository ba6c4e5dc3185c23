"""Which days are worked: weekends, public holidays, and the days worked in their place.

The State Council arranges the holidays of a year only in the autumn before, so that a year may be
unknown; then weekends are all that is known of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.words import tr

_SATURDAY = 5
_ONE = timedelta(days=1)
# Nobody arranges the end of the calendar; a mistyped year must not run beyond it.
_LAST = date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's arrangement: the days off, and the days of weekends that are worked."""

    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Tells working days; `arranged` knows a year's arrangement, None while it is unknown."""

    arranged: Callable[[int], Arrangement | None]

    def is_worked(self, day: date) -> bool:
        """Whether `day` is a working day."""
        of_year = self.arranged(day.year)
        if of_year is not None and day in of_year.worked:
            return True
        return day.weekday() < _SATURDAY and (of_year is None or day not in of_year.off)

    def after(self, day: date, days: int) -> date:
        """The `days`-th working day after `day`, which itself does not count."""
        for _ in range(days):
            day = self.first_from(day + _ONE) if day < _LAST else day
        return day

    def first_from(self, day: date) -> date:
        """`day`, or the first working day after it."""
        while day < _LAST and not self.is_worked(day):
            day += _ONE
        return day

    def last_until(self, day: date) -> date:
        """`day`, or the last working day before it."""
        while day > date.min and not self.is_worked(day):
            day -= _ONE
        return day

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` of which no arrangement is known."""
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if self.arranged(year) is None)


def _nothing(_year: int) -> None:
    return None


WEEKENDS_ONLY = WorkCalendar(_nothing)


def unknown_words(years: Iterable[int]) -> str:
    """That only weekends are known of these years, in words; empty for none."""
    named = tr("、").join(str(year) for year in years)
    told = tr("{years}年放假安排还没有公布，先按双休日计算")
    return told.format(years=named) if named else ""
