"""Days as people type them, and as the window writes them."""

import re
import unicodedata
from datetime import date, datetime

from mediation_desk.words import tr

_FORMS = (
    re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)


def parse_day(typed: str) -> date | None:
    """The day for `2026-10-22`, `2026.10.22`, `20261022` or `2026年10月22日`; None for nothing.

    Raises `ValueError` for anything else, so that a doubtful day is asked and not guessed.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError(typed)


def local_time(stamp: str) -> str:
    """A stored time stamp as day and minute where this computer stands."""
    return f"{datetime.fromisoformat(stamp).astimezone():%Y-%m-%d %H:%M}"


def moment_words(moment: datetime, today: date) -> str:
    """When something happened, as one says it: 今天 09:12, 昨天 17:40, 10-19 09:12."""
    local = moment.astimezone()
    days = (today - local.date()).days
    named = {0: tr("今天"), 1: tr("昨天")}.get(days) or short_day(local.date(), today)
    return f"{named} {local:%H:%M}"


def short_day(day: date | None, today: date) -> str:
    """A day for narrow places: without the year if it is this year's."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
