"""What is due of the dispute that is shown, by when, under which rule and how that was counted."""

from collections.abc import Iterator

from PySide6.QtWidgets import QFrame

from mediation_desk.desk.agenda import dues_of
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.due import Due, left_words
from mediation_desk.domain.limits import full_day
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


def _line(due: Due) -> QFrame:
    said, tone = left_words(due, today())
    day = tr("{day}：").format(day=full_day(due.day)) if due.day is not None else ""
    head = row(words(day + due.about, "strong", wrap=True), Chip(said, Tone(tone)), gap=8)
    head.setStretch(0, 1)
    inside = column(head, words(due.why, "sub", wrap=True), gap=1)
    frame = QFrame()
    inside.setContentsMargins(6, 2, 6, 2)
    frame.setLayout(inside)
    return frame


def limits_card(case: CaseFile, workplace: Workplace) -> Iterator[QFrame]:
    """A card with every deadline of the dispute, the next one first; nothing where there is none.

    Cases of others are looked at only; their own desk keeps the days.
    """
    found = dues_of(workplace.register, case, today())
    if found:
        head = words(tr("期限"), "strong")
        head.setContentsMargins(6, 0, 0, 0)
        yield framed(column(head, *map(_line, found), gap=4), "note", margins=10)
