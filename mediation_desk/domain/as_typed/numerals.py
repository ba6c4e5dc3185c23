"""Chinese numerals, plain and capital, as they stand in sums of money, counts and days."""

import re

# No sum and no count is written with more signs; thousands of digits are no number to anybody.
LONGEST_FIGURE = 100

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        (
            "〇零○",
            "一壹弌",
            "二贰两貳",
            "三叁參叄",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
SIGNS = "".join((*_DIGITS, *_TENS, *_GROUPS))
_NUMERAL = re.compile(f"[{SIGNS}]+")
_ONLY_DIGITS = re.compile(f"[{''.join(_DIGITS)}]+")


def digits(text: str) -> str | None:
    """Digit by digit, as years are written: 二〇二六 is 2026; None for anything else."""
    if not _ONLY_DIGITS.fullmatch(text):
        return None
    return "".join(str(_DIGITS[sign]) for sign in text)


def number(text: str) -> int | None:
    """The number that numerals say, such as 壹万贰仟 or 二十三; None for what is no numeral.

    A numeral in a wrong order (十百, 一二) is none either, so that it is asked.
    """
    if not text or not _NUMERAL.fullmatch(text):
        return None
    total = group = 0
    digit: int | None = None
    unit_before = 10_000
    top = 10**12
    for sign in text:
        if sign in _DIGITS:
            if digit:  # two digits in a row say nothing
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            unit = _TENS[sign]
            # Only a ten at the start may stand without its one.
            if unit >= unit_before or (digit is None and (unit != 10 or group)):
                return None
            group += (digit if digit is not None else 1) * unit
            digit, unit_before = None, unit
        else:
            size = _GROUPS[sign]
            group += digit or 0
            if size >= top or not group:
                return None
            total += group * size
            top = size
            group, digit, unit_before = 0, None, 10_000
    return total + group + (digit or 0)
