"""Draws the course of a dispute: day, dot, what happened; a line opens what it tells of."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.pages.entry import Entry
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import column, words
from mediation_desk.words import tr

_DOT = 12
_TOP = 10
_DAY = 72


class _Dot(QWidget):
    """A dot with the line down to the next one; a ring for what is still to come."""

    def __init__(self, tone: Tone, *, first: bool, last: bool, pending: bool) -> None:
        super().__init__()
        self._tone = tone
        self._first, self._last = first, last
        self._pending = pending
        self.setFixedWidth(_DOT + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.width() / 2
        painter.setBrush(QColor(look.line))
        if not self._first:
            painter.drawRect(QRectF(middle - 1, 0, 2, _TOP - 3))
        if not self._last:
            top = _TOP + _DOT + 3
            painter.drawRect(QRectF(middle - 1, top, 2, max(self.height() - top, 0)))
        ink = QColor(look.of(self._tone)[0])
        ring = 1.5 if self._pending else 0.0
        if self._pending:
            painter.setPen(QPen(ink, 2 * ring))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(ink)
        left = middle - _DOT / 2 + ring
        painter.drawEllipse(QRectF(left, _TOP + ring, _DOT - 2 * ring, _DOT - 2 * ring))


def _day_words(entry: Entry, today: date) -> str:
    if entry.day is None or entry.day == date.min:
        return tr("无日期")
    return short_day(entry.day, today)


def _line(entry: Entry, today: date, *, first: bool, last: bool) -> Opening:
    made = Opening(entry.opens, entry.title)
    day = words(_day_words(entry, today), "sub")
    day.setFixedWidth(_DAY)
    day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    day.setContentsMargins(0, 5, 0, 0)
    text = column(words(entry.title, wrap=True), gap=1)
    if entry.more:
        text.addWidget(words(entry.more, "sub", wrap=True))
    text.addStretch(1)
    text.setContentsMargins(0, 4, 4, 8)
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(day)
    line.addWidget(_Dot(entry.tone, first=first, last=last, pending=entry.pending))
    line.addLayout(text, 1)
    return made


def timeline(
    entries: Sequence[Entry], today: date, wanted: SignalInstance | None = None
) -> QWidget:
    """All `entries` one below the other; those that open something tell `wanted` when chosen."""
    made = QWidget()
    stack = QVBoxLayout(made)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(0)
    last = len(entries) - 1
    for number, entry in enumerate(entries):
        line = _line(entry, today, first=number == 0, last=number == last)
        line.offer(wanted)
        stack.addWidget(line)
    return made
