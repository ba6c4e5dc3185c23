"""The code for scanners on the recovery sheet: read back from the printed page, as a scanner does.

The reader here knows the standard of such codes (ISO/IEC 18004) and nothing of who drew it.
"""

from datetime import date

import pytest
from PySide6.QtGui import QImage

from mediation_desk.domain.recovery_code import DRAWN, code_from, code_of, groups
from mediation_desk.papers.described import LEFT, TOP, WIDE
from mediation_desk.papers.drawing import QUIET, pages_of, picture
from mediation_desk.papers.laying_out import Squares
from mediation_desk.papers.measuring import MM
from mediation_desk.papers.recovery_sheet import recovery_sheet

# What draws must not make an application of its own, which tests of windows would then have.
pytestmark = pytest.mark.usefixtures("qapp")

_WIDE = 2000
_SIDE = 29
_MARKS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MASKS = (
    lambda down, across: (down + across) % 2,
    lambda down, _across: down % 2,
    lambda _down, across: across % 3,
    lambda down, across: (down + across) % 3,
    lambda down, across: (down // 2 + across // 3) % 2,
    lambda down, across: down * across % 2 + down * across % 3,
    lambda down, across: (down * across % 2 + down * across % 3) % 2,
    lambda down, across: ((down + across) % 2 + down * across % 3) % 2,
)
# Where the format is told, from the corner on: five bits, of which the last three are the mask.
_FORMAT = ((8, 0), (8, 1), (8, 2), (8, 3), (8, 4))
_FORMAT_MASK = 0b10101


def _seen(image: QImage, mark: Squares) -> list[list[bool]]:
    """What is dark where the squares should stand on the picture of the page."""
    dots = _WIDE / WIDE / MM
    one = mark.side / (_SIDE + 2 * QUIET)

    def dark(down: int, across: int) -> bool:
        left = (LEFT * MM + mark.left + (across + QUIET + 0.5) * one) * dots
        top = (TOP * MM + mark.top + (down + QUIET + 0.5) * one) * dots
        return image.pixelColor(round(left), round(top)).lightness() < 128

    return [[dark(down, across) for across in range(_SIDE)] for down in range(_SIDE)]


def _is_data(down: int, across: int) -> bool:
    finder = (
        (down < 9 and (across < 9 or across >= _SIDE - 8))
        or (down >= _SIDE - 8 and across < 9)
    )  # fmt: skip
    alignment = 20 <= down <= 24 and 20 <= across <= 24
    return not (finder or alignment or down == 6 or across == 6)


def _bits(seen: list[list[bool]]) -> str:
    told = int("".join(str(int(seen[down][across])) for down, across in _FORMAT), 2)
    mask = _MASKS[(told ^ _FORMAT_MASK) & 0b111]
    found, up, right = [], True, _SIDE - 1
    while right > 0:
        right -= right == 6
        for step in range(_SIDE):
            down = _SIDE - 1 - step if up else step
            both = [across for across in (right, right - 1) if _is_data(down, across)]
            found += [seen[down][across] ^ (not mask(down, across)) for across in both]
        up, right = not up, right - 2
    return "".join(str(int(bit)) for bit in found)


def _words(bits: str) -> str:
    assert bits[:4] == "0010", bits[:4]
    count, at, words = int(bits[4:13], 2), 13, ""
    while len(words) < count:
        size = 11 if count - len(words) > 1 else 6
        number, at = int(bits[at : at + size], 2), at + size
        words += _MARKS[number // 45] + _MARKS[number % 45] if size == 11 else _MARKS[number]
    return words


@pytest.mark.parametrize("turn", range(4))
def test_a_scanner_reads_the_code_from_the_printed_sheet(turn: int) -> None:
    code = code_from([(place * place + 7 * turn) % 29 for place in range(DRAWN)])
    sheet = recovery_sheet(code, "梨子园村", r"C:\Users\陶\MediationDesk", date(2026, 11, 29))
    (page,) = pages_of([sheet])[0]
    (mark,) = (mark for mark in page.marks if isinstance(mark, Squares))
    assert len(mark.rows) == _SIDE
    read = _words(_bits(_seen(picture(page, _WIDE), mark)))
    assert read == " ".join(groups(code))
    assert code_of(read) == code


def test_the_sheet_stays_one_page_wherever_the_register_lies() -> None:
    folder = r"C:\Users\双龙镇梨子园村人民调解委员会\AppData\Local\MediationDesk\登记簿二〇二六"
    sheet = recovery_sheet(
        code_from(range(DRAWN)), "梨子园社区居民委员会", folder, date(2026, 1, 1)
    )
    assert len(pages_of([sheet])[0]) == 1
