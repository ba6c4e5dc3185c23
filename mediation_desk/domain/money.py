"""Money in integer fen, and how it is written."""

import re
from decimal import ROUND_HALF_UP, Decimal

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
