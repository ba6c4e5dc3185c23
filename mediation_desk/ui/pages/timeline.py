"""Draws the course of a dispute: day, dot, what happened; a line opens what it tells of.

One widget draws all lines. A widget for each would take longer to make than a key press may last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.line_painting import lettering
from mediation_desk.ui.pages.entry import Entry
from mediation_desk.words import tr

_DOT = 12
_LEAST_DAY = 52
_GAP = 10
_ABOVE = 5
_BELOW = 8
_ROUND = 6
_SUB_POINTS = 10.5
_ENDLESS = 100_000
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TURN = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where one line stands: the whole of it, its title, and what is said below."""

    whole: QRect
    title: QRect
    more: QRect


def day_words(entry: Entry, today: date) -> str:
    """The day of a line, or that it has none."""
    if entry.day is None or entry.day == date.min:
        return tr("无日期")
    return short_day(entry.day, today)


def _height(text: str, font: QFont, room: int) -> int:
    """How high `text` stands in lines of the width `room`."""
    letters = lettering(font)
    if "\n" not in text and letters.wide(text) <= room:
        return letters.metrics.height()
    return letters.metrics.boundingRect(QRect(0, 0, room, _ENDLESS), _FLAGS, text).height()


class Timeline(QWidget):
    """All lines one below the other; `wanted` names the form of the line that was chosen."""

    wanted = Signal(str)
    # Keeps the line in view that somebody has gone to with the keys: x, y and margins around.
    moved = Signal(int, int, int, int)

    def __init__(self, entries: Sequence[Entry], today: date, *, opens: bool) -> None:
        super().__init__()
        self.entries = list(entries)
        self._today = today
        self._opens = opens
        self._known: dict[tuple[int, theme.Looks], list[_Laid]] = {}
        self._current = -1
        self._hot = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("经过"))
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setMouseTracking(True)

    @property
    def openable(self) -> list[int]:
        """The places of the lines that open something."""
        return [n for n, entry in enumerate(self.entries) if entry.opens and self._opens]

    def choose(self, place: int) -> None:
        """Open what the line at `place` tells of."""
        if place in self.openable:
            self.wanted.emit(self.entries[place].opens)

    # Where everything stands

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        laid = self._lay(width)
        return laid[-1].whole.bottom() + 1 if laid else 0

    def sizeHint(self) -> QSize:
        # A layout asks for the height apart, by the width there is; to measure it here for one
        # that nobody gives would be for nothing.
        return QSize(theme.wide(400), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        # How high it must be depends on its width, which the layout asks for apart.
        return QSize(theme.wide(200), theme.TARGET)

    def line_at(self, place: int) -> QRect:
        """Where the line at `place` stands in the widget."""
        return self._lay(self.width())[place].whole

    def _days_width(self) -> int:
        """How wide the days stand; those of other years are written with their year."""
        small = lettering(theme.font(_SUB_POINTS))
        longest = max((len(day_words(entry, self._today)) for entry in self.entries), default=0)
        return max(theme.wide(_LEAST_DAY), small.wide("0" * longest))

    def _lay(self, width: int) -> list[_Laid]:
        key = (width, theme.looks())
        if key not in self._known:
            self._known[key] = self._measured(width)
        return self._known[key]

    def _measured(self, width: int) -> list[_Laid]:
        left = self._days_width() + _DOT + 2 * _GAP
        room = max(width - left - _GAP, _DOT)
        top, found = 0, []
        for entry in self.entries:
            title = QRect(left, top + _ABOVE, room, _height(entry.title, theme.font(), room))
            more = QRect(left, title.bottom() + 1, room, 0)
            if entry.more:
                more.setHeight(_height(entry.more, theme.font(_SUB_POINTS), room))
            high = more.bottom() + 1 + _BELOW - top
            least = theme.TARGET if entry.opens and self._opens else 0
            whole = QRect(0, top, width, max(high, least))
            found.append(_Laid(whole, title, more))
            top = whole.bottom() + 1
        return found

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, laid in enumerate(self._lay(self.width())):
            if laid.whole.intersects(event.rect()):
                self._draw_ground(painter, place, laid.whole)
                self._draw_dot(painter, place, laid)
                self._draw_words(painter, self.entries[place], laid)

    def _draw_ground(self, painter: QPainter, place: int, whole: QRect) -> None:
        here = self.hasFocus() and place == self._current
        if not here and place != self._hot:
            return
        look = theme.tokens()
        painter.setPen(QPen(QColor(look.primary), 2) if here else Qt.PenStyle.NoPen)
        hot = place == self._hot
        painter.setBrush(QColor(look.blue_soft) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), _ROUND, _ROUND)

    def _draw_dot(self, painter: QPainter, place: int, laid: _Laid) -> None:
        entry, look = self.entries[place], theme.tokens()
        middle = self._days_width() + _GAP + _DOT / 2
        height = QFontMetrics(theme.font()).height()
        top = laid.title.top() + (height - _DOT) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.line))
        if place > 0:
            painter.drawRect(QRectF(middle - 1, laid.whole.top(), 2, top - 3 - laid.whole.top()))
        if place < len(self.entries) - 1:
            below = top + _DOT + 3
            painter.drawRect(QRectF(middle - 1, below, 2, laid.whole.bottom() + 1 - below))
        ink = QColor(look.of(entry.tone)[0])
        # What is still to come is only a ring.
        ring = 1.5 if entry.pending else 0.0
        painter.setPen(QPen(ink, 2 * ring) if entry.pending else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if entry.pending else ink)
        side = _DOT - 2 * ring
        painter.drawEllipse(QRectF(middle - _DOT / 2 + ring, top + ring, side, side))

    def _draw_words(self, painter: QPainter, entry: Entry, laid: _Laid) -> None:
        look = theme.tokens()
        painter.setFont(theme.font())
        painter.setPen(QColor(look.ink))
        painter.drawText(laid.title, _FLAGS, entry.title)
        painter.setFont(theme.font(_SUB_POINTS))
        painter.setPen(QColor(look.ink2))
        painter.drawText(laid.more, _FLAGS, entry.more)
        high = QFontMetrics(theme.font()).height()
        day = QRect(0, laid.title.top(), self._days_width(), high)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(day, right, day_words(entry, self._today))

    # Choosing

    def _under(self, event: QMouseEvent) -> int:
        spot = event.position().toPoint()
        openable = self.openable
        found = (n for n, laid in enumerate(self._lay(self.width())) if laid.whole.contains(spot))
        return next((place for place in found if place in openable), -1)

    def _show_hot(self, place: int) -> None:
        if place != self._hot:
            self._hot = place
            pointing = Qt.CursorShape.PointingHandCursor
            self.setCursor(pointing if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._show_hot(self._under(event))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_hot(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._current = self._under(event)
        event.setAccepted(self._current >= 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._under(event) == self._current:
            self.choose(self._current)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0 and (openable := self.openable):
            back = event.reason() is Qt.FocusReason.BacktabFocusReason
            self._go_to(openable[-1] if back else openable[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        openable = self.openable
        if key in _OPEN:
            self.choose(self._current)
        elif key in _TURN and openable:
            known = self._current in openable
            place = openable.index(self._current) + _TURN[key] if known else 0
            self._go_to(openable[min(max(place, 0), len(openable) - 1)])
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and openable:
            self._go_to(openable[0 if key is Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def _go_to(self, place: int) -> None:
        self._current = place
        line = self.line_at(place)
        self.setAccessibleDescription(self.entries[place].title)
        self.moved.emit(0, self.y() + line.center().y(), 0, line.height())
        self.update()
