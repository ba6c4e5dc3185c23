"""Twelve digits that are read out by phone, in groups of four; the last checks the others.

The check finds every wrong digit and every two neighbours that changed places (Damm's scheme).
"""

import re
import unicodedata

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.words import tr

DIGITS, GROUP = 12, 4
# Of these, all but the last say something.
TOLD = DIGITS - 1
# Damm's table for ten digits: a quasigroup with which what is right ends in 0.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_BETWEEN = re.compile(r"[\s\-_.,;:·、，。；：]+")


def _checked(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state


def spoken(number: int) -> str:
    """A number below 10**11 as it is read out."""
    digits = f"{number:0{TOLD}d}"
    # The place in its row of 0 is the digit that ends in 0, and that is the state itself.
    return in_groups(digits + str(_checked(digits)))


def in_groups(digits: str) -> str:
    """The digits with the gaps that make them easy to read out."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def heard(typed: str) -> str:
    """The digits as `spoken` gives them, out of what was typed; raises `DeskError` for a slip."""
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    if not digits.isascii() or not digits.isdigit() or len(digits) != DIGITS:
        words = tr("这里要填{count}个数字，现在读到{here}个字。请听清楚再输一遍。")
        raise DeskError(words.format(count=DIGITS, here=len(digits)))
    if _checked(digits):
        raise DeskError(tr("这{count}个数字里有一个写错了。请再念一遍核对。").format(count=DIGITS))
    return in_groups(digits)
