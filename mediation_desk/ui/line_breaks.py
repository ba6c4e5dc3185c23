"""Where a line of text may end: dates, numbers with their measure, and case numbers stay whole."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

# Marks that must not begin a line, and those that must not end one.
_NEVER_FIRST = "，。、；：！？）》」』”’…·"
_NEVER_LAST = "（《「『“‘"
_WHOLE = re.compile(
    r"[(（]\d{4}[)）][^\W\d]{1,6}第\d+号"
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|(?:累计)?第\d+[号份项次条件季行]|（[^（）]{1,8}）"
    r"|[A-Za-z0-9.,:%+\-/]+[件个人年月日次项天元份条]?"
)
_JOINER = "\u2060"


def kept_whole(text: str, metrics: QFontMetrics, width: int) -> str:
    """`text` for Qt to wrap: marks of no width stand where no line may end, if there is room."""

    def joined(found: re.Match[str]) -> str:
        whole = found[0]
        return _JOINER.join(whole) if metrics.horizontalAdvance(whole) <= width else whole

    return _WHOLE.sub(joined, text)


def broken(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of this width, the last of them with … if need be."""
    lines: list[str] = []
    while len(lines) < most - 1 and len(text) > 1 and metrics.horizontalAdvance(text) > width:
        place = _end_of_line(text, _fitting(text, metrics, width))
        lines.append(text[:place].rstrip())
        text = text[place:].lstrip()
    return [*lines, metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]


def _fitting(text: str, metrics: QFontMetrics, width: int) -> int:
    """How many characters there is room for, one at least."""
    # Most characters are equally wide, so the place is near and few texts are measured.
    count = max(min(len(text) * width // metrics.horizontalAdvance(text), len(text) - 1), 1)
    while count > 1 and metrics.horizontalAdvance(text[:count]) > width:
        count -= 1
    while count < len(text) - 1 and metrics.horizontalAdvance(text[: count + 1]) <= width:
        count += 1
    return count


def _end_of_line(text: str, fits: int) -> int:
    """Where to break a text of which so much has room: not much before that."""
    whole = [found.span() for found in _WHOLE.finditer(text)]
    for place in range(fits, fits // 2, -1):
        if text[place:].lstrip()[:1] in _NEVER_FIRST or text[place - 1] in _NEVER_LAST:
            continue
        if not any(first < place < last for first, last in whole):
            return place
    return fits
