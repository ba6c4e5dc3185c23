"""Wrong passwords in a row, counted beside the keys, so that guessing by hand takes long.

The file holds a number and a moment, nothing secret; whoever deletes it only starts the count anew.
Against a program that guesses on a copy of the register it is the key derivation that counts.
"""

import json
from datetime import datetime
from math import ceil
from pathlib import Path

FILE = "attempts.json"
# So many are free; then comes a pause, and a longer one after each further attempt.
FREE = 5
_FIRST_PAUSE, _PAUSE = 10, 30


def _pause(wrong: int) -> int:
    if wrong < FREE:
        return 0
    return _FIRST_PAUSE if wrong == FREE else _PAUSE


def _read(folder: Path) -> tuple[int, datetime | None]:
    try:
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return int(stored["wrong"]), datetime.fromisoformat(stored["at"]).astimezone()
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return 0, None


def waiting(folder: Path, now: datetime) -> int:
    """How many seconds are left until the next attempt; 0 if it may be made now."""
    wrong, last = _read(folder)
    if last is None:
        return 0
    left = _pause(wrong) - (now - last).total_seconds()
    # A clock that was set back must not lock the desk for days.
    return min(max(ceil(left), 0), _pause(wrong))


def count_wrong(folder: Path, now: datetime) -> tuple[int, int]:
    """Count one more; how many there are in a row now, and how many seconds to wait."""
    wrong = _read(folder)[0] + 1
    try:
        stored = json.dumps({"wrong": wrong, "at": now.isoformat()})
        (folder / FILE).write_text(stored, encoding="utf-8")
    except OSError:
        # A folder that cannot be written is told by whoever opens the register.
        return wrong, 0
    return wrong, _pause(wrong)


def forget(folder: Path) -> int:
    """Start the count anew, after the right password; how many wrong ones came before it."""
    wrong = _read(folder)[0]
    try:
        (folder / FILE).unlink(missing_ok=True)
    except OSError:
        # It is counted on, which costs nobody more than a pause.
        return 0
    return wrong
