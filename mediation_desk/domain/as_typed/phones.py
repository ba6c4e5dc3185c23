"""Telephone numbers as typed or as a table program kept them: 13900000001.0, two in one cell."""

import re

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.plain_text import folded, is_broken, says_nothing
from mediation_desk.domain.masks import masked_runs
from mediation_desk.words import tr

_MASKED = re.compile(r"1\d{2}\*{4,}\d{2,4}")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\(?(0\d{2,3})\)?)?([2-9]\d{6,7})(-\d{1,6})?")
_BETWEEN = re.compile(r"[、,;/|]|\b和\b|或")
_NAMED = re.compile(r"^(?:电话|手机|联系电话|tel|TEL|座机)[:：]?")
_SETS = re.compile(r"\d[\d\- ()+*]*")


def _one(text: str) -> str | None:
    compact = text.replace(" ", "")
    if _MASKED.fullmatch(compact):
        return compact
    if found := _MOBILE.fullmatch(compact.replace("-", "")):
        return found[1]
    if found := _LANDLINE.fullmatch(compact.replace("--", "-")):
        return compact
    area = re.fullmatch(r"(0\d{2,3})-([2-9]\d{6,7})(-\d{1,6})?", compact)
    return compact if area else None


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(text)]
    found: list[str] = []
    for part in filter(None, parts):
        bare = _NAMED.sub("", part).strip()
        pieces = bare.split(" ")
        # Blanks stand inside one number or between two; whole numbers on both sides tell which.
        several = len(pieces) > 1 and all(_one(piece) for piece in pieces)
        found += pieces if several else [bare]
    return found


def phones(cell: Typed) -> Reading[tuple[str, ...]]:
    """The numbers in a cell, in order; None where there are none."""
    if says_nothing(cell):
        return Reading(None)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，请写出电话号码。"))
    if isinstance(cell, float) and not cell.is_integer():
        return unread(_ask(repr(cell)))
    text = folded(cell)
    trimmed = re.sub(r"(?<=\d)\.0+$", "", text)
    numbers = [_one(part) for part in _parts(trimmed)]
    if numbers and all(numbers):
        note = tr("电话号码由“{text}”整理而来。").format(text=masked_runs(text[:40]))
        ready = tuple(filter(None, numbers))
        return Reading(ready, note="" if "、".join(ready) == text else note)
    return _odd(trimmed)


def _odd(text: str) -> Reading[tuple[str, ...]]:
    """What is no number we know, or has one among other words."""
    if re.fullmatch(r"[\d、-]{5,}", text):
        # Wrong or of a kind we do not know, but nothing that anybody would have to guess.
        return Reading(
            (text,), note=tr("“{text}”不像电话号码。").format(text=masked_runs(text[:40]))
        )
    inside = [one for piece in _SETS.findall(text) if (one := _one(piece.strip(" -")))]
    return doubtful(tuple(inside), _ask(text)) if inside else unread(_ask(text))


def _ask(text: str) -> str:
    return tr("“{text}”不像电话号码，正确的号码是什么？").format(text=masked_runs(text[:40]))
