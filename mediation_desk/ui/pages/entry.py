"""One line of the course of a dispute."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.ui.theme import Tone

# Opens the tab of the scans instead of a form.
ATTACHMENTS = "attachments"

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened on a day, or is still to happen.

    `opens` names the form in which it is corrected, empty where there is none.
    """

    day: date | None
    title: str
    more: str = ""
    tone: Tone = Tone.BLUE
    opens: str = ""
    pending: bool = False


def short(text: str) -> str:
    """The beginning of a longer text in one line."""
    line = " ".join(text.split()).rstrip("。；")
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
