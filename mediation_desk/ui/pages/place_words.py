"""Where something was found in a workbook, and what was found, as one says it to people."""

import re

from mediation_desk.words import tr

# A finding as it is kept and printed: its place, if it has one, the mark of its rule, the words.
_KEPT = re.compile(r"(?:(?P<place>[^：\[]+)：)?\[(?P<rule>[^\]]+)\] (?P<said>.*)", re.DOTALL)


def place_words(place: str) -> str:
    """Where in a workbook something stands, for people: `案件台账!E5` is cell E5 of that sheet.

    The first cell of a row stands for the whole row.
    """
    sheet, _mark, cell = place.replace("$", "").partition("!")
    row_number = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not row_number.isdecimal():
        return place
    if cell == f"A{row_number}":
        return tr("{sheet} 第{row}行").format(sheet=sheet, row=row_number)
    return tr("{sheet} {cell} 格").format(sheet=sheet, cell=cell)


def finding_words(kept: str) -> str:
    """A kept finding without the mark of its rule, which only those need who look it up."""
    found = _KEPT.fullmatch(kept)
    if found is None:
        return kept
    place = found["place"]
    if not place:
        return found["said"]
    return tr("{place}：{said}").format(place=place_words(place), said=found["said"])
