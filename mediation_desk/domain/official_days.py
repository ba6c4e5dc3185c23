"""Days as official papers write them: in figures, or in numerals where somebody signs."""

from datetime import date

from mediation_desk.words import tr

_DIGITS = "〇一二三四五六七八九"


def in_figures(day: date | None) -> str:
    """A day such as 2026年10月5日; empty for none."""
    if day is None:
        return ""
    return tr("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def in_numerals(day: date | None) -> str:
    """A day such as 二〇二六年十月五日, as it stands below an agreement; empty for none."""
    if day is None:
        return ""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return tr("{year}年{month}月{day}日").format(
        year=year, month=numeral(day.month), day=numeral(day.day)
    )


def numeral(number: int) -> str:
    """A number below a hundred as it is said: 十, 二十三."""
    tens, ones = divmod(number, 10)
    said = ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "")
    return said + (_DIGITS[ones] if ones or not tens else "")
