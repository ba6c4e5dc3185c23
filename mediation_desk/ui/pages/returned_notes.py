"""What the office wants put right, above the course of a dispute."""

from datetime import date

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QFrame

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.returning import Return
from mediation_desk.ui.days import short_day
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.dispute_forms import EDIT, MEND
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, framed, row, words
from mediation_desk.words import tr


def returned_note(
    entry: Return, day: date, wanted: SignalInstance | None = None, said: str = ""
) -> QFrame:
    """The office's words; with `wanted` the ways to put it right and to say so."""
    when = tr("{day} {by}").format(day=short_day(entry.returned_on, day), by=entry.returned_by)
    head = row(words(tr("司法所退回"), "strong"), words(when, "sub"), None, gap=8)
    if said:
        head.addWidget(Chip(said, Tone.NEUTRAL))
    told = words(entry.words, wrap=True)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    inside = column(head, told, gap=4)
    if wanted is not None:
        edit = StepButton(EDIT, tr("去改 (&1)"), wanted)
        mended = StepButton(f"{MEND}:{entry.id}", tr("已改正 (&2)"), wanted)
        inside.addLayout(row(None, edit, mended, gap=10))
    return framed(inside, "warn", margins=14)


def returned_notes(case: CaseFile, day: date, wanted: SignalInstance | None) -> list[QFrame]:
    """A note for everything that still waits to be put right; the first one has the keys."""
    if case.dispute.void_reason:
        return []
    said = tr("等待补正") if wanted is None else ""
    notes = [returned_note(entry, day, wanted, said) for entry in case.returns if entry.open]
    for note in notes[1:]:
        for button in note.findChildren(StepButton):
            button.setText(button.text().partition(" (")[0])
    return notes
