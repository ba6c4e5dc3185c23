"""Sums of money as typed: 1,200.50, ￥3000, 1.2万, 壹万贰仟元整; the result is integer fen."""

import re
from decimal import Decimal

from mediation_desk.domain.as_typed.answer import Reading, Typed, doubtful, unread
from mediation_desk.domain.as_typed.numerals import LONGEST_FIGURE, SIGNS, number
from mediation_desk.domain.as_typed.plain_text import bare, is_broken, says_nothing
from mediation_desk.domain.money import yuan
from mediation_desk.words import tr

YUAN, TEN_THOUSAND_YUAN = 100, 1_000_000  # fen
# More than a hundred million yuan has hardly ever been mediated in a village.
_MOST_FEN = 10**10
_UNITS = {
    "": 0, "元": YUAN, "圆": YUAN, "块": YUAN, "块钱": YUAN, "人民币": YUAN, "元人民币": YUAN,
    "千": 1000 * YUAN, "千元": 1000 * YUAN, "万": TEN_THOUSAND_YUAN, "万元": TEN_THOUSAND_YUAN,
    "w": TEN_THOUSAND_YUAN, "亿元": 10_000 * TEN_THOUSAND_YUAN, "角": 10, "分": 1,
}  # fmt: skip
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PLAIN = re.compile(
    rf"(?:人民币|rmb|cny)?[¥]?({_FIGURES})(元人民币|块钱|万元|千元|亿元|元|圆|块|千|万|w|)整?",
    re.IGNORECASE,
)
_MIXED = re.compile(r"(\d+)万(\d+)(?:元|圆)整?")
_CAPITAL = re.compile(
    rf"(?:人民币)?[:]?(?:([{SIGNS}]+)(?:元|圆))?(?:([{SIGNS}])角)?零?(?:([{SIGNS}])分)?[整正]?"
)
_WORDS_OF_TEN_THOUSAND = re.compile(rf"([{SIGNS}]+)(?:元|圆|块)?[整正]?")
_VAGUE = re.compile(
    r"^(?:约|大约|大概|近|共约|余|上)|(?:左右|上下|多|余|不等|以上|以内)(?:元|万元)?$|余元|多元"
)
_VAGUE_SIGNS = re.compile(r"约|大约|大概|近|共|左右|上下|多|余|不等|以上|以内")


def money_unit(text: str) -> int | None:
    """The unit, in fen, that a head or a line above a table names; None where it names none."""
    if re.search(r"万元|\(万\)|单位:万", text):
        return TEN_THOUSAND_YUAN
    if re.search(r"千元", text):
        return 1000 * YUAN
    if re.search(r"\(元|元\)|元/|单位:(?:人民币)?元|^元$", text):
        return YUAN
    return None


def _fen(figures: str, unit: int) -> int | None:
    fen = Decimal(figures.replace(",", "")) * unit
    return int(fen) if fen == int(fen) else None


def _capital(text: str) -> int | None:
    found = _CAPITAL.fullmatch(text)
    if not found or not any(found.groups()):
        bare_number = _WORDS_OF_TEN_THOUSAND.fullmatch(text)
        value = number(bare_number[1]) if bare_number else None
        return None if value is None else value * YUAN
    parts = [number(part) if part else 0 for part in found.groups()]
    if any(part is None for part in parts):
        return None
    whole, tenths, hundredths = (part or 0 for part in parts)
    return whole * YUAN + tenths * 10 + hundredths


def _exact(text: str, unit: int) -> int | None:
    """The sum that `text` says without doubt; figures without a unit are in `unit`."""
    if found := _PLAIN.fullmatch(text):
        return _fen(found[1], _UNITS[found[2].lower()] or unit)
    if found := _MIXED.fullmatch(text):
        return int(found[1]) * TEN_THOUSAND_YUAN + int(found[2]) * YUAN
    return _capital(text)


def amount(cell: Typed, unit: int = YUAN) -> Reading[int]:
    """The sum of a cell in fen; `unit` is what the head says that plain figures are in.

    None for an empty cell or 无. 约5000 is only suggested; what is no single sum is asked.
    """
    if says_nothing(cell):
        return Reading(None)
    text = bare(cell)
    if is_broken(cell):
        return unread(tr("这一格是公式错误，请写出金额。"))
    if len(text) > LONGEST_FIGURE:
        return unread(tr("“{text}”是多少元？").format(text=text[:40]))
    fen = _exact(text, unit)
    if fen is None:
        return _suggested(text, unit)
    if fen > _MOST_FEN:
        words = tr("金额“{text}”合{yuan}元，是这么多吗？")
        return doubtful(fen, words.format(text=text[:30], yuan=yuan(fen)))
    return Reading(fen)


def _suggested(text: str, unit: int) -> Reading[int]:
    question = tr("“{text}”是多少元？").format(text=text[:40])
    if _VAGUE.search(text):
        fen = _exact(_VAGUE_SIGNS.sub("", text), unit)
        if fen is not None:
            return doubtful(fen, question)
    return unread(question)
