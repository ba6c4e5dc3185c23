"""Case numbers as typed: (2026)梨民调字第015号, 2026-15, 第3号, 7."""

import re

from mediation_desk.domain.as_typed.answer import Reading, Typed, unread
from mediation_desk.domain.as_typed.plain_text import bare, says_nothing
from mediation_desk.words import tr

_VOID = "(作废)"
_WITH_YEAR = re.compile(
    r"\D*?[(\[〔【]?(20\d\d)[)\]〕】]?(?:年)?(?:[^\d]*?)(?:第|[-—./号]|字第|字)?0*(\d{1,6})号?"
)
_BARE = re.compile(r"(?:第|no\.?|№)?0*(\d{1,6})(?:号|件)?", re.IGNORECASE)
_LONGEST = 9_999


def case_label(cell: Typed, year: int | None) -> Reading[tuple[int, int, bool]]:
    """Year, number and whether void, out of a label; `year` stands in for one without a year."""
    if says_nothing(cell):
        return Reading(None)
    text = bare(cell).removesuffix(".0")
    void = text.endswith(_VOID)
    label = text.removesuffix(_VOID)
    if found := _WITH_YEAR.fullmatch(label):
        told, number = int(found[1]), int(found[2])
    elif (found := _BARE.fullmatch(label)) and year is not None:
        told, number = year, int(found[1])
    else:
        return unread(tr("编号“{text}”是哪一年的第几号？").format(text=text[:40]))
    if not 1 <= number <= _LONGEST:
        return unread(tr("编号“{text}”是哪一年的第几号？").format(text=text[:40]))
    return Reading((told, number, void))
