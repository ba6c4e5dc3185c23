"""Money in integer fen, and how it is written."""

import re
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿", "万亿")
_AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)


def parse_yuan(typed: str) -> int:
    """Fen for an amount in yuan as typed, such as `1,200.50` or empty for nothing.

    Raises `ValueError` for anything else, so that a doubtful amount is asked and not guessed.
    """
    text = typed.strip().removesuffix("元").strip()
    if not text:
        return 0
    if not _AMOUNT.fullmatch(text):
        raise ValueError(typed)
    return int(Decimal(text.replace(",", "")) * 100)


def yuan(fen: int) -> str:
    """`fen` in yuan with thousands marks, without decimals where there are none."""
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:02d}" if rest else "")


def ten_thousands(fen: int) -> Decimal:
    """`fen` in 万元, two decimals, rounded once (rule R10)."""
    return (Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def capital_yuan(fen: int) -> str:
    """`fen` in capital numerals as agreements and receipts carry it, such as 壹仟贰佰元整.

    Whoever wants to change such an amount would have to change the words as well.
    """
    whole, rest = divmod(abs(fen), 100)
    tenths, hundredths = divmod(rest, 10)
    said = f"{_capital(whole)}元" if whole else ""
    if not rest:
        said = f"{said or '零元'}整"
    else:
        # A zero stands for what is missing, or before tenths after a round number of yuan.
        gap = "零" if whole and (not tenths or not whole % 10) else ""
        said += gap + (f"{_DIGITS[tenths]}角" if tenths else "")
        said += f"{_DIGITS[hundredths]}分" if hundredths else "整"
    return f"负{said}" if fen < 0 else said


def _capital(number: int) -> str:
    """A whole number above zero; the digits go in groups of four."""
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(said)
            continue
        said += "零" if said and (gap or group < 1000) else ""
        said += _group(group) + _GROUPS[place]
        gap = False
    return said


def _group(number: int) -> str:
    said, gap = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return said
