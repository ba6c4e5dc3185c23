"""Periods of a statistic: any from-to pair, with the usual ones by name (domain.md §3.7)."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr


def days_after(day: date, days: int) -> date:
    """`days` after `day`; a mistyped year at the end of the calendar stays at its end."""
    return day + timedelta(days=min(days, (date.max - day).days))


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Whether `day` lies in the period; no day lies nowhere."""
        return isinstance(day, date) and self.first <= day <= self.last

    def label(self) -> str:
        """The period in words, by its usual name where it has one."""
        first, last = self.first, self.last
        if self == month(first.year, first.month):
            return tr("{year}年{month}月").format(year=first.year, month=first.month)
        if self == year(first.year):
            return tr("{year}年").format(year=first.year)
        if self == half(first.year, 1 + (first.month > 6)):
            name = tr("上半年") if first.month == 1 else tr("下半年")
            return tr("{year}年{half}").format(year=first.year, half=name)
        if self == quarter(first.year, (first.month + 2) // 3):
            number = (first.month + 2) // 3
            return tr("{year}年第{number}季度").format(year=first.year, number=number)
        return tr("{first}至{last}").format(first=first.isoformat(), last=last.isoformat())


def _months(year_: int, first_month: int, count: int) -> Period:
    last_month = first_month + count - 1
    days = calendar.monthrange(year_, last_month)[1]
    return Period(date(year_, first_month, 1), date(year_, last_month, days))


def month(year_: int, number: int) -> Period:
    """A calendar month."""
    return _months(year_, number, 1)


def quarter(year_: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return _months(year_, 3 * number - 2, 3)


def half(year_: int, number: int) -> Period:
    """A half-year, 1 or 2."""
    return _months(year_, 6 * number - 5, 6)


def year(number: int) -> Period:
    """A calendar year."""
    return _months(number, 1, 12)


def statistical_year(number: int) -> Period:
    """The year that ends on 30 November (domain.md §3.7)."""
    return Period(date(number - 1, 12, 1), date(number, 11, 30))


def month_of(day: date) -> Period:
    """The calendar month in which `day` lies."""
    return month(day.year, day.month)


def month_before(period: Period) -> Period:
    """The calendar month before the first day of `period`."""
    return month_of(period.first - timedelta(days=1))


def _a_year_earlier(day: date) -> date:
    """The same day a year ago; the last of February where there was no 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _ends_a_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _month_end(year_: int, number: int) -> date:
    return date(year_, number, calendar.monthrange(year_, number)[1])


def year_before(period: Period) -> Period:
    """The same time a year earlier (上年同期); whole months stay whole in leap years."""
    first, last = _a_year_earlier(period.first), _a_year_earlier(period.last)
    if period.first.day == 1 and _ends_a_month(period.last):
        last = _month_end(last.year, last.month)
    return Period(first, last)


def period_before(period: Period) -> Period:
    """The time just before (上期): as many months where it is whole months, else as many days."""
    last = period.first - timedelta(days=1)
    if period.first.day == 1 and _ends_a_month(period.last):
        months = 12 * (period.last.year - period.first.year)
        months += period.last.month - period.first.month
        whole = 12 * last.year + last.month - 1 - months
        return Period(date(whole // 12, whole % 12 + 1, 1), last)
    return Period(last - (period.last - period.first), last)


def months_of(period: Period) -> tuple[Period, ...]:
    """The period cut at the ends of its months; the first and the last part may be short."""
    found, first = [], period.first
    while first <= period.last:
        last = min(_month_end(first.year, first.month), period.last)
        found.append(Period(first, last))
        first = days_after(last, 1)
        if first == last:
            break
    return tuple(found)


_YEAR = re.compile(r"(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])", re.ASCII)
_HALF = re.compile(r"(\d{4})-?[Hh]([12])", re.ASCII)
_STATISTICAL = re.compile(r"(\d{4})-?(?:[Ss][Yy]|统计年度)", re.ASCII)
_PAIR = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.\.|:|~|至)(\d{4}-\d\d-\d\d)", re.ASCII)


def parse_period(typed: str) -> Period:
    """The period for `2026`, `2026-10`, `2026Q3`, `2026H1`, `2026SY` or `2026-01-01..2026-11-30`.

    `2026SY` (also 2026统计年度) is the year that ends on 30 November 2026.

    Raises `DeskError` saying which forms are understood.
    """
    text = typed.strip()
    try:
        for pattern, make in ((_QUARTER, quarter), (_HALF, half), (_MONTH, month)):
            if found := pattern.fullmatch(text):
                return make(int(found[1]), int(found[2]))
        for whole, named in ((_YEAR, year), (_STATISTICAL, statistical_year)):
            if found := whole.fullmatch(text):
                return named(int(found[1]))
        if found := _PAIR.fullmatch(text):
            pair = Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
            if pair.first <= pair.last:
                return pair
    except (ValueError, calendar.IllegalMonthError):
        pass
    words = tr("看不懂期间“{typed}”。").format(typed=typed)
    forms = tr(
        "请写成 2026、2026-10、2026Q3、2026H1、2026SY（统计年度）或 2026-01-01..2026-11-30。"
    )
    raise DeskError(words + forms)
