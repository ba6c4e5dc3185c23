"""Counts of people as typed: 5, 5人, 五人, 男3女2."""

import re

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.numerals import LONGEST_FIGURE, SIGNS, number
from mediation_desk.domain.as_typed.plain_text import bare, is_broken, says_nothing
from mediation_desk.words import tr

MOST_PEOPLE = 100_000
_PLAIN = re.compile(
    rf"(?:共|计|共计)?(\d+(?:\.0+)?|[{SIGNS}]+)(?:人|个人|名|余?人次|人次|户|件|次|份)?"
)
_ABOUT = re.compile(
    rf"(?:约|大约|近|上|超|共约)?(\d+|[{SIGNS}]+)(?:余|多|几)?(?:人|名|户)?(?:左右|以上)?"
)
_BY_SEX = re.compile(r"男(\d+)人?[,、;]?女(\d+)人?")


def _value(text: str) -> int | None:
    if text[:1].isascii():
        return int(float(text))
    return number(text)


def count(cell: Typed) -> Reading[int]:
    """How many people or pieces a cell tells."""
    if says_nothing(cell):
        return Reading(None)
    text = bare(cell)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，请写出人数。"))
    if len(text) > LONGEST_FIGURE:
        return unread(_ask(text))
    if found := _PLAIN.fullmatch(text):
        value = _value(found[1])
        if value is not None and value <= MOST_PEOPLE:
            return Reading(value)
    if found := _BY_SEX.fullmatch(text):
        return doubtful(int(found[1]) + int(found[2]), _ask(text))
    found = _ABOUT.fullmatch(text)
    return doubtful(_value(found[1]), _ask(text)) if found else unread(_ask(text))


def _ask(text: str) -> str:
    return tr("“{text}”是多少人？").format(text=text[:30])
