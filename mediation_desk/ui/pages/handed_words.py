"""What a case's file says of its hand-overs: given away it is only read, come it is marked."""

from typing import NamedTuple

from mediation_desk.desk.handing_over import hand_overs
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.store.register import Register
from mediation_desk.ui.theme import Tone
from mediation_desk.words import tr


class Handed(NamedTuple):
    """A mark beside the state, and the lines that say where the case came from or went."""

    mark: str = ""
    tone: Tone = Tone.NEUTRAL
    lines: tuple[str, ...] = ()


def handed_words(register: Register, case: CaseFile, *, mine: bool) -> Handed:
    """What is to be said of the hand-overs of a case; mostly nothing."""
    found = hand_overs(register, case.dispute.id)
    lines = tuple(entry.words for entry in found)
    if not found:
        return Handed()
    if mine:
        return Handed(tr("移交来"), Tone.BLUE, lines)
    if any(entry.gone for entry in found):
        only = tr("这件纠纷已经移交出去，由对方办理；这里只能查看，不能再改。")
        return Handed(tr("已移交"), Tone.NEUTRAL, (only, *lines))
    return Handed(lines=lines)
