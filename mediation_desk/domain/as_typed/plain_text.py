"""Typed text without what nobody sees or means: widths, blanks and invisible characters."""

import re
import unicodedata

from mediation_desk.domain.as_typed.answer import Typed

# A chart of fractions and ligatures would be unfolded too, but no ledger holds them.
_BLANKS = re.compile(r"\s+")
_NOTHING = frozenset(("", "-", "--", "—", "——", "－", "/", "\\", "无", "暂无", "没有", "无。"))
# What a formula leaves behind that could not be calculated.
_BROKEN = re.compile(
    r"#(?:VALUE!|N/A|REF!|NAME\?|DIV/0!|NUM!|NULL!)|=.*DISPIMG\(.*", re.IGNORECASE | re.DOTALL
)


def shown(cell: Typed) -> str:
    """The cell as text; whole numbers without the point that workbooks give them."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return repr(cell)


def kept(cell: Typed) -> str:
    """The text of a cell as it is worth keeping: without invisible signs and blanks around it."""
    text = shown(cell)
    # isprintable is far cheaper than looking at each sign, and true of nearly all texts.
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return seen.strip()


def folded(cell: Typed) -> str:
    """The text for comparing: half width, one blank for several, none around it."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", kept(cell))).strip()


def bare(cell: Typed) -> str:
    """The folded text without any blanks."""
    return folded(cell).replace(" ", "")


def says_nothing(cell: Typed) -> bool:
    """Whether a cell is empty or holds a mark that stands for nothing, such as 无 or a dash."""
    return bare(cell) in _NOTHING


def is_broken(cell: Typed) -> bool:
    """Whether a cell holds an error of the table program or a picture instead of a value."""
    return isinstance(cell, str) and _BROKEN.fullmatch(cell.strip()) is not None
