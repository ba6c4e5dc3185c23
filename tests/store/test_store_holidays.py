"""The table of holidays: what the library knows, what is typed beside it, when it is loaded."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from mediation_desk.domain.settings import Settings
from mediation_desk.domain.working_days import WorkCalendar
from mediation_desk.store.holidays import limits, of_library

USUAL = Settings()


def _calendar(typed: str = "") -> WorkCalendar:
    return limits(replace(USUAL, holidays=typed)).calendar


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2025, 10, 8), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 10, 10), True),
        (date(2026, 11, 28), False),
    ],
)
def test_the_library_knows_festivals_and_the_days_worked_for_them(day: date, worked: bool) -> None:
    assert _calendar().is_worked(day) is worked


def test_what_nobody_has_arranged_is_unknown() -> None:
    assert of_library(2003) is None
    assert of_library(2100) is None
    assert _calendar().unknown(date(2026, 12, 1), date(2026, 12, 31)) == ()
    assert _calendar().unknown(date(2099, 12, 1), date(2100, 1, 5)) == (2099, 2100)
    assert _calendar("2100年1月1日放假").unknown(date(2100, 1, 1), date(2100, 2, 1)) == ()


def test_what_was_typed_is_newer_than_the_library() -> None:
    calendar = _calendar("2026年11月30日放假\n2026年10月7日上班\n2026年2月14日休")
    assert not calendar.is_worked(date(2026, 11, 30))
    assert calendar.is_worked(date(2026, 10, 7))
    assert not calendar.is_worked(date(2026, 2, 14))
    assert not calendar.is_worked(date(2026, 2, 17))


def test_the_first_page_does_not_load_the_table() -> None:
    program = (
        "import sys; from mediation_desk.ui.pages import workbench; "
        "from mediation_desk.store.register import Register; "
        "sys.exit('chinese_calendar' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
