"""Days (defects 48 to 57)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from defect import (
    Defect,
    asked,
    with_values,
)
from defect_books import (
    SECOND,
    SHEET,
    book,
    cell,
    day_format,
    rewritten,
    row,
    rows,
)

_DAY = "0.dispute.intake_on"
# As a cell holds it, in no zone of time.
_AT_THE_END = datetime(2026, 10, 2, 23, 59, 59, 999000)  # noqa: DTZ001


def _day(number: int, name: str, typed: Any, **more: Any) -> Defect:
    expected = {_DAY: more.pop("gives", date(2026, 10, 3))}
    return Defect(number, name, with_values(受理日期=typed), values=expected, **more)


def _formatted(number: int) -> Callable[[], bytes]:
    return lambda: day_format(number)(book(rows(row(受理日期=date(2026, 10, 3)), SECOND)))


def _raw_day(text: str) -> Callable[[], bytes]:
    content = book(rows(row(受理日期=date(2026, 10, 3)), SECOND))
    return lambda: rewritten(content, SHEET, r'(<c r="B3"[^>]*>)<v>\d+</v>', rf"\1<v>{text}</v>")


def _of_1904() -> bytes:
    made = book(rows(row(受理日期=date(2026, 10, 3)), SECOND))
    made = rewritten(made, "xl/workbook.xml", "<workbookPr[^>]*/>", '<workbookPr date1904="1"/>')
    return rewritten(made, SHEET, r'(<c r="B3"[^>]*>)<v>\d+</v>', rf"\1<v>{46298 - 1462}</v>")


DAYS = [
    *(
        Defect(48, f"built-in format {n}", _formatted(n), values={_DAY: date(2026, 10, 3)})
        for n in (27, 30, 31, 36, 50, 57, 58)
    ),
    _day(49, "count of days", 46298, tells=(("L1", cell("受理日期"), "换算为2026-10-03"),)),
    *(
        _day(50, text, text)
        for text in (
            "2026.10.3",
            "2026/10/3",
            "20261003",
            "2026年10月3日",
            "二〇二六年十月三日",
            "2026-10-03 上午",
        )
    ),
    _day(50, "no year", "10月3日", tells=(("L1", cell("受理日期"), "按表题补为2026年10月"),)),
    Defect(51, "eight digits as a day", _raw_day("20261003"), values={_DAY: date(2026, 10, 3)}),
    Defect(52, "system of 1904", _of_1904, values={_DAY: date(2026, 10, 3)}),
    asked(
        52,
        "29 February 1900",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=_raw_day("60"),
        values={_DAY: None},
    ),
    asked(52, "negative", "intake_on:", "受理日期", blocking=True, content=_raw_day("-5")),
    _day(53, "end of the day before", _AT_THE_END),
    asked(
        54,
        "future",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=with_values(受理日期="2027年10月3日", 结案日期="2027年10月6日"),
    ),
    asked(
        54,
        "impossible",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=with_values(受理日期="2026年2月30日"),
    ),
    Defect(
        54,
        "closed before taken in",
        with_values(结案日期="2026年10月1日"),
        tells=(("D5", "台账!", "早于受理日期"),),
    ),
    asked(
        55,
        "two-digit year",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=with_values(受理日期="26.10.3"),
    ),
    asked(
        55,
        "month or day first",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=with_values(受理日期="10/3/2026"),
    ),
    asked(
        56,
        "lunar",
        "intake_on:",
        "受理日期",
        blocking=True,
        content=with_values(受理日期="农历八月十五"),
    ),
    Defect(
        57,
        "every finding has its cell",
        with_values(受理日期="10月3日", 申请人="张□三", 结案日期="2026年10月1日"),
        tells=(
            ("L1", cell("受理日期"), "。"),
            ("L8", cell("申请人"), "。"),
            ("D5", "台账!A3", "。"),
        ),
    ),
]
