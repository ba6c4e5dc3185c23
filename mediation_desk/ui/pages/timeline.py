"""Draws the course of a dispute: day, dot, what happened."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.pages.story import Entry
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import words

_DOT = 12
_TOP = 6


class _Dot(QWidget):
    """A dot with the line down to the next one."""

    def __init__(self, tone: Tone, *, last: bool) -> None:
        super().__init__()
        self._tone = tone
        self._last = last
        self.setFixedWidth(_DOT + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.width() / 2
        if not self._last:
            painter.setBrush(QColor(look.line))
            top = _TOP + _DOT + 3
            painter.drawRect(QRectF(middle - 1, top, 2, max(self.height() - top + 3, 0)))
        painter.setBrush(QColor(look.of(self._tone)[0]))
        painter.drawEllipse(QRectF(middle - _DOT / 2, _TOP, _DOT, _DOT))


def timeline(entries: Sequence[Entry], today: date) -> QWidget:
    """All `entries` one below the other."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, 78)
    grid.setColumnStretch(2, 1)
    for number, entry in enumerate(entries):
        day = words(short_day(entry.day, today), "sub")
        day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        day.setContentsMargins(0, 2, 0, 0)
        title = words(entry.title, wrap=True)
        grid.addWidget(day, 2 * number, 0)
        grid.addWidget(_Dot(entry.tone, last=number == len(entries) - 1), 2 * number, 1, 2, 1)
        grid.addWidget(title, 2 * number, 2)
        more = words(entry.more, "sub", wrap=True)
        more.setContentsMargins(0, 0, 0, 12)
        grid.addWidget(more, 2 * number + 1, 2)
    return made
