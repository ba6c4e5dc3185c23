"""Days as typed: 2026年10月3日, 20261003, 10月3日, 二〇二六年十月三日, counts of days."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.numerals import SIGNS, digits, number
from mediation_desk.domain.as_typed.plain_text import bare, folded, is_broken, says_nothing
from mediation_desk.words import tr

_DAY_ZERO = date(1899, 12, 30)
_DAYS_TO_1904 = 1462
_FIRST_YEAR = 1990
_LONGEST_AHEAD = timedelta(days=366)

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d+)?)?")
_FULL = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHORT_YEAR = re.compile(r"['’]?(\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})(?:日|号)?")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[-./])(\d{1,2})(?:日|号)?")
_ONLY_DAY = re.compile(r"(\d{1,2})(?:日|号)")
_MONTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})月?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_IN_CHINESE = re.compile(
    rf"(?:([{SIGNS}]{{4}})年)?([{SIGNS}]{{1,3}})月([{SIGNS}]{{1,3}})(?:日|号)?"
)
_TIME = re.compile(
    r"(?:星期[一二三四五六日天]|周[一二三四五六日天]|\((?:星期|周)?[一二三四五六日天]\)|上午|下午|中午|"
    r"晚上|早上|傍晚|凌晨|晚|早|\d{1,2}[:时点](?:\d{1,2}分?|半)?(?::\d{1,2}(?:\.\d+)?)?)+$"
)
_LUNAR = re.compile(r"农历|阴历|正月|腊月|冬月|闰|初[一二三四五六七八九十]")
_RANGE = re.compile(r"^(.*\d[日号]?)\s*(?:至|到|~|—+|-+)\s*(.*\d.*)$")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a day: today, and the year and month that the table's title tells."""

    today: date
    year: int | None = None
    month: int | None = None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _told(day: date | None, text: str, around: Around, note: str = "") -> Reading[date]:
    """The day if there is such a day and it is not ahead; else what to ask."""
    if day is None:
        words = tr("“{text}”不是有效的日期，正确的日期是哪一天？")
        return unread(words.format(text=text[:30]))
    if day > around.today:
        words = tr("日期“{text}”晚于今天，正确的日期是哪一天？")
        # A deadline may lie ahead, so it is still offered.
        return doubtful(day, words.format(text=text[:30]))
    return Reading(day, note=note)


def _serial(cell: float, around: Around) -> Reading[date]:
    """A day that lost its format: a count of days, or eight figures in a row."""
    text = f"{cell:g}" if cell < 1e6 else f"{cell:.0f}"
    ask = tr("“{text}”是哪一天？").format(text=text)
    if cell.is_integer() and (found := _COMPACT.fullmatch(f"{cell:.0f}")):
        note = tr("日期由数字“{text}”读出。").format(text=text)
        return _told(_made(*map(int, found.groups())), text, around, note)
    earliest = (date(_FIRST_YEAR, 1, 1) - _DAY_ZERO).days
    latest = (around.today + _LONGEST_AHEAD - _DAY_ZERO).days
    if not earliest <= cell <= latest:
        return unread(ask)
    day = _DAY_ZERO + timedelta(days=int(cell + 0.5 / 86400))
    other = day + timedelta(days=_DAYS_TO_1904)
    if around.year is not None and day.year != around.year == other.year:
        return doubtful(other, ask)
    note = tr("日期由表格软件的天数“{text}”换算为{day}。").format(text=text, day=day.isoformat())
    return _told(day, text, around, note)


def _of_iso(text: str) -> date | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # A table program may show the end of a day for the beginning of the next.
    near = moment + timedelta(seconds=1)
    return near.date() if near.time() < moment.time() else moment.date()


def _figures(text: str) -> str:
    """A day in Chinese numerals rewritten in figures, anything else as it is."""
    found = _IN_CHINESE.fullmatch(text)
    if not found:
        return text
    year = digits(found[1]) if found[1] else None
    month, day = number(found[2]), number(found[3])
    if month is None or day is None or (found[1] and year is None):
        return text
    return f"{year}年{month}月{day}日" if year else f"{month}月{day}日"


def _without_year(text: str, around: Around) -> Reading[date] | None:
    found, only = _NO_YEAR.fullmatch(text), _ONLY_DAY.fullmatch(text)
    if not found and not only:
        return None
    year = around.year
    month = int(found[1]) if found else around.month
    day = int(found[2]) if found else int(only[1]) if only else 0
    if year is None or month is None:
        words = tr("“{text}”没有写年份，是哪年哪月哪日？")
        suggested = _made(around.today.year, month, day) if month else None
        return doubtful(suggested, words.format(text=text[:30]))
    note = tr("“{text}”按表题补为{year}年{month}月。").format(text=text, year=year, month=month)
    return _told(_made(year, month, day), text, around, note)


def _asked(text: str, around: Around) -> Reading[date]:
    """What to ask where a text says no single day."""
    ask = tr("“{text}”是哪一天？").format(text=text[:30])
    if _LUNAR.search(text):
        return unread(tr("“{text}”是农历，公历是哪一天？").format(text=text[:30]))
    if found := _SHORT_YEAR.fullmatch(text):
        year, month, day = map(int, found.groups())
        return doubtful(_made(2000 + year, month, day), ask)
    if found := _AMERICAN.fullmatch(text):
        month, day, year = map(int, found.groups())
        # Both orders are in use; only one of them may be possible.
        one, other = _made(year, month, day), _made(year, day, month)
        return doubtful(one if other is None else other if one is None else None, ask)
    if found := _RANGE.match(text):
        first = day_of(found[1], around)
        if first.value is not None:
            return doubtful(first.value, ask)
    if found := _MONTH.fullmatch(text):
        return unread(tr("“{text}”没有写哪一日，是哪一天？").format(text=text[:30]))
    return unread(ask)


def day_of(cell: Typed, around: Around) -> Reading[date]:
    """The day that a cell tells; a year or month that is missing comes from the title, noted."""
    if says_nothing(cell):
        return Reading(None)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，请写出日期。"))
    text = bare(cell)
    if isinstance(cell, int | float) or re.fullmatch(r"\d{5}(?:\.\d+)?|\d{8}\.0+", text):
        return _serial(float(cell), around)
    if day := _of_iso(folded(cell)):
        return _told(day, text, around)
    return _written(text, around)


def lately(reading: Reading[date], cell: Typed) -> Reading[date]:
    """A day of mediation; one from before there were such ledgers is a slip and is asked.

    Table programs show the number 60 as a day of the year 1900.
    """
    if reading.value is None or reading.value.year >= _FIRST_YEAR:
        return reading
    return unread(tr("“{text}”年代太早，是哪一天？").format(text=bare(cell)[:30]))


def _written(text: str, around: Around) -> Reading[date]:
    short = _figures(_TIME.sub("", text) or text).rstrip("。,、;")
    found = _FULL.fullmatch(short) or _COMPACT.fullmatch(short)
    if found:
        return _told(_made(*map(int, found.groups())), text, around)
    return _without_year(short, around) or _asked(short, around)


_YEAR = re.compile(rf"(?<!\d)(20\d\d|[{SIGNS}]{{4}})(?=年|[-./]\d)")
_MONTH_OF = re.compile(rf"(?:年|^|[^\d\-~—至到])(\d{{1,2}}|[{SIGNS}]{{1,2}})月(?!\d)")


def period_of(text: str) -> tuple[int | None, int | None]:
    """Year and month that a title such as 2026年10月纠纷台账 tells."""
    folded_text = bare(text)
    years = {
        value if value.isdigit() else digits(value) for value in _YEAR.findall(folded_text)
    } - {None}
    months = {
        int(value) if value.isdigit() else number(value) for value in _MONTH_OF.findall(folded_text)
    } - {None}
    year = int(years.pop() or 0) if len(years) == 1 else None
    month = months.pop() if len(months) == 1 else None
    return year, month if month and 1 <= month <= 12 else None
