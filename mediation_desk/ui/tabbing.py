"""The order in which Tab goes through a form: as it is read, the acts of a card after its fields.

Qt goes by the order in which widgets were made, which is wrong as soon as a card is added.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

_LATE = "late"


def late(*acts: QWidget) -> None:
    """Let Tab reach `acts` after the fields of the card they stand on."""
    for act in acts:
        act.setProperty(_LATE, True)  # noqa: FBT003 - Qt's own signature


def tab_stops(layout: QLayout) -> list[QWidget]:
    """What Tab reaches inside `layout`; of each card the late ones at its end."""
    card = layout.parentWidget()
    found = list(_stops(layout))
    return sorted(found, key=lambda stop: stop.parent() is card and bool(stop.property(_LATE)))


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        part = layout.itemAt(number)
        widget = part.widget() if part is not None else None
        if widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            elif (inside := widget.layout()) is not None:
                yield from tab_stops(inside)
        elif part is not None and (inner := part.layout()) is not None:
            yield from _stops(inner)


def chain(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of `stops` to the next."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def step(stops: Sequence[QWidget], *, following: bool) -> bool:
    """Put the cursor on the next of `stops`, or on the one before; False where they end.

    Qt's own way also leads through the editors around the fields, which hand the cursor back to
    where it has been: after parts were shown or hidden it can go round in a circle.
    """
    at = QApplication.focusWidget()
    there = [stop for stop in stops if stop is at or _reached(stop)]
    place = next((number for number, stop in enumerate(there) if stop is at), None)
    wanted = -1 if place is None else place + (1 if following else -1)
    if not 0 <= wanted < len(there):
        return False
    tab, back = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
    there[wanted].setFocus(tab if following else back)
    return True


def _reached(stop: QWidget) -> bool:
    takes = bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and stop.isVisible() and stop.isEnabled()
