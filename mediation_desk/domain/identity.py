"""Resident identity numbers: check digit, birth date, sex and age (GB 11643-1999)."""

import re
import unicodedata
from datetime import date
from operator import mul

from mediation_desk.domain.codes import Sex
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.words import tr

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)


def normal_identity(typed: str) -> str:
    """The number without spaces, full-width digits and lower-case x (defects.md 32).

    Telephones put marks that nobody sees around what is copied out of them; those go as well.
    """
    wide = {ord("　"): "", ord("ｘ"): "X", ord("Ｘ"): "X"}
    wide |= {ord("０") + digit: str(digit) for digit in range(10)}
    seen = "".join(sign for sign in typed if unicodedata.category(sign) != "Cf")
    return "".join(seen.translate(wide).split()).upper()


def check_digit(first_seventeen: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits."""
    if len(first_seventeen) != len(_WEIGHTS):
        raise ValueError(first_seventeen)
    total = sum(map(mul, map(int, first_seventeen), _WEIGHTS))
    return _CHECKS[total % 11]


def birth_date(number: str) -> date | None:
    """The birth date inside an 18-character identity number, or None if it holds none."""
    if not _SHAPE.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> Sex | None:
    """The sex that an 18-character identity number tells."""
    if not _SHAPE.fullmatch(number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age_on(born: date, day: date) -> int:
    """Whole years from `born` to `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def identity_problems(number: str, today: date) -> list[Problem]:
    """What is wrong with an identity number as typed; an empty one is allowed (domain.md §4.6)."""
    if not number:
        return []
    wrong = ""
    if len(number) != 18 or not _SHAPE.fullmatch(number):
        wrong = tr("身份证号应为18位，最后一位可以是X。")
    elif (born := birth_date(number)) is None or born > today:
        wrong = tr("身份证号中的出生日期不存在或晚于今天。")
    elif check_digit(number[:17]) != number[17]:
        wrong = tr("身份证号的最后一位（校验码）不对。")
    if not wrong:
        return []
    mend = tr("请对照证件重新核对每一位。")
    return [Problem("P2", Severity.ERROR, "id_number", wrong, mend)]
