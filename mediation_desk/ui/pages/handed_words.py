"""What a case's file says of its hand-overs: given away it is only read, come it is marked."""

from typing import NamedTuple

from PySide6.QtWidgets import QFrame

from mediation_desk.desk.handing_over import HandedOver, hand_overs
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.store.register import Register
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.words import tr


class Handed(NamedTuple):
    """A mark beside the state, and why nothing can be done here any more.

    `number` is what the case was called here, where it has another number now or none yet.
    """

    mark: str = ""
    tone: Tone = Tone.NEUTRAL
    closed: str = ""
    number: str = ""


def handed_words(register: Register, case: CaseFile, *, mine: bool) -> Handed:
    """What is to be said of the hand-overs of a case; mostly nothing."""
    found: list[HandedOver] = hand_overs(register, case.dispute.id)
    if not found:
        return Handed()
    if mine:
        return Handed(tr("移交来"), Tone.BLUE)
    if any(entry.gone for entry in found):
        closed = tr("这件纠纷已经移交，由对方办理；这里只能查看，不能再改。")
        return Handed(tr("已移交"), Tone.NEUTRAL, closed, found[-1].number)
    return Handed()


def handed_notes(register: Register, case: CaseFile) -> list[QFrame]:
    """A note above the course for every hand-over: from where to where, when, and why."""
    return [
        framed(column(words(entry.words, wrap=True)), "note", margins=14)
        for entry in hand_overs(register, case.dispute.id)
    ]
