"""The recovery code: how it is written, read back as people type it, and checked group by group.

Nine groups of four characters; three of a group are drawn at random (131 bits in all), the fourth
checks them and the place of the group. Of letters and digits that look alike only one is used, so
that whichever was read can be understood.
"""

import re
import unicodedata
from collections.abc import Sequence

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.words import tr

# A prime number of characters: then a check character finds every slip of one character and every
# two that changed places.
ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
GROUPS, GROUP = 9, 4
DRAWN = GROUPS * (GROUP - 1)
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "B": "8",
                             "U": "V"})  # fmt: skip
_WEIGHTS = (2, 3, 4)
_OF_THE_PLACE = 7
_BETWEEN = re.compile(r"[\s\-_.,;:·、，。；：]+")


def code_from(drawn: Sequence[int]) -> str:
    """The code of numbers below `len(ALPHABET)` that were drawn at random, `DRAWN` of them."""
    size = GROUP - 1
    parts = [drawn[start : start + size] for start in range(0, DRAWN, size)]
    return "".join(_group(place, part) for place, part in enumerate(parts, 1))


def _group(place: int, drawn: Sequence[int]) -> str:
    total = sum(weight * number for weight, number in zip(_WEIGHTS, drawn, strict=True))
    check = -(total + _OF_THE_PLACE * place) % len(ALPHABET)
    return "".join(ALPHABET[number] for number in (*drawn, check))


def groups(code: str) -> list[str]:
    """A code as it is printed and typed."""
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]


def cleaned(typed: str) -> str:
    """What was typed, whatever its width, case, spaces and look-alikes were."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    return plain.upper().translate(_LOOK_ALIKE)


def group_slip(place: int, typed: str) -> str:
    """What is wrong with the group at `place`, counted from 1; empty if it is right."""
    group = cleaned(typed)
    strange = [mark for mark in group if mark not in ALPHABET]
    if strange:
        words = tr("第{place}组里不会有“{mark}”。请对着纸再看一遍。")
        return words.format(place=place, mark=strange[0])
    if len(group) != GROUP:
        words = tr("第{place}组要有{size}个字，现在是{count}个。请对着纸再看一遍。")
        return words.format(place=place, size=GROUP, count=len(group))
    if _group(place, [ALPHABET.index(mark) for mark in group[:-1]]) != group:
        return tr("第{place}组写错了。请对着纸再看一遍。").format(place=place)
    return ""


def code_of(typed: str) -> str:
    """The code in a text; raises `DeskError` that names the first group that is wrong."""
    found = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", typed)) if part]
    if len(found) != GROUPS:
        # Written without gaps, or with others than on the sheet.
        found = groups(cleaned(typed))
    if len(found) != GROUPS:
        words = tr(
            "恢复码有{groups}组，每组{size}个字，现在一共读到{count}个字。请对着纸再输一遍。"
        )
        count = sum(len(part) for part in found)
        raise DeskError(words.format(groups=GROUPS, size=GROUP, count=count))
    for place, part in enumerate(found, 1):
        if slip := group_slip(place, part):
            raise DeskError(slip)
    return "".join(cleaned(part) for part in found)
