"""Identity numbers as typed or as a table program damaged them (defects.md 31, 32)."""

import re
from datetime import date

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.plain_text import is_broken, says_nothing
from mediation_desk.domain.identity import check_digit, identity_problems, normal_identity
from mediation_desk.domain.masks import masked_runs
from mediation_desk.words import tr

_MASKED = re.compile(r"\d{6}\*+[\dX]{4}")
_OLD = re.compile(r"\d{15}")
# Letters that stand where a digit must be.
_LIKE_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1", "Q": "0"})
_QUOTES = "'\"’‘“”`＇"
_BETWEEN = re.compile(r"[、,，;；/|\n]+")
_PUNCTUATION = re.compile(r"[\-_.·\s]")


def _from_old(old: str) -> str:
    """The 18 characters that a number of 15 digits, given out until 1999, became."""
    seventeen = f"{old[:6]}19{old[6:]}"
    return seventeen + check_digit(seventeen)


def identity(cell: Typed, today: date) -> Reading[str]:
    """The identity number in a cell.

    A number that lost its last digits is never filled up again: only the paper knows them.
    """
    if says_nothing(cell):
        return Reading(None)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，请对照证件填写身份证号。"))
    if isinstance(cell, float) and (cell >= 1e15 or not cell.is_integer()):
        return unread(_damaged(f"{cell:.0f}" if cell.is_integer() else repr(cell)))
    typed = str(int(cell)) if isinstance(cell, float | int) else cell
    if re.fullmatch(r"\s*\d(?:\.\d+)?[Ee]\+?\d+\s*", typed):
        return unread(_damaged(typed))
    return _checked(typed, today)


def _checked(typed: str, today: date) -> Reading[str]:
    number = _PUNCTUATION.sub("", normal_identity(typed).strip(_QUOTES))
    if _MASKED.fullmatch(number):
        return Reading(number)
    note = ""
    if _OLD.fullmatch(number):
        number = _from_old(number)
        note = tr("15位身份证号“{old}”已换算为18位。").format(old=masked_runs(typed.strip()))
    elif identity_problems(number, today):
        straight = number[:-1].translate(_LIKE_DIGITS) + number[-1:].translate(_LIKE_DIGITS)
        if straight != number and not identity_problems(straight, today):
            note = tr("身份证号“{typed}”中的字母已改为数字。").format(
                typed=masked_runs(typed.strip())
            )
            number = straight
    if problems := identity_problems(number, today):
        ask = tr("身份证号“{typed}”有误：{why}正确的号码是什么？")
        return unread(ask.format(typed=masked_runs(typed.strip()[:40]), why=problems[0].message))
    if number.endswith("000"):
        # One in eleven numbers that lost their end passes the check.
        return doubtful(number, _damaged(number))
    if not note and number != typed:
        note = tr("身份证号已去掉空格、引号等多余的符号。")
    return Reading(number, note=note)


def _damaged(typed: str) -> str:
    words = tr("身份证号“{typed}”被表格软件改成了数字，末几位可能已丢失。正确的号码是什么？")
    return words.format(typed=masked_runs(typed.strip()[:40]))


def identities(cell: Typed, today: date) -> list[Reading[str]]:
    """The numbers of a cell with several, one reading each."""
    if not isinstance(cell, str):
        return [identity(cell, today)]
    parts = [part for part in _BETWEEN.split(cell) if part.strip()]
    if len(parts) < 2:
        wide = [part for part in cell.split() if len(normal_identity(part)) in {15, 18}]
        parts = wide if len(wide) > 1 and "".join(wide) == "".join(cell.split()) else [cell]
    return [identity(part, today) for part in parts]
