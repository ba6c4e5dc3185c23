"""What all charts share: marks that can be walked with the arrows, told, pointed at and opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QToolTip, QWidget

from mediation_desk.ui import theme
from mediation_desk.words import tr

_EMPTY_HIGH = 60
_RING, _AIR = 2, 24
# The air on each side of a number in a column that has no more.
_BESIDE = 4
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, point or cell: its number, as printed, and in words what it tells.

    `what` finds the cases behind it; None where there is nothing to open.
    """

    value: int
    shown: str
    words: str
    what: object = None


def in_room(metrics: QFontMetricsF, names: Sequence[str], room: float) -> list[str]:
    """The names of months, or where one of them has no room the numbers of all of them alone."""
    widest = max(map(metrics.horizontalAdvance, names), default=0.0)
    return list(names) if widest + _BESIDE <= room else [_short(name) for name in names]


def _short(name: str) -> str:
    return name.removesuffix(tr("月"))


def least_room(metrics: QFontMetricsF, said: Iterable[str]) -> float:
    """What a column of these numbers and names of months needs at the least."""
    return max((metrics.horizontalAdvance(_short(one)) for one in said), default=0.0) + 2 * _BESIDE


class Chart(QWidget):
    """Paints marks. A click, Enter or Space opens what is behind one; the arrows lead to others."""

    opened = Signal(object)

    def __init__(self, name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._current, self._pointed = 0, -1
        self.marks: tuple[Mark, ...] = ()
        self._heard: list[QLabel] = []
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self._take(())

    def _take(self, marks: Sequence[Mark]) -> None:
        """Show these marks in place of all before; nobody can go where there are none."""
        self.marks = tuple(marks)
        self._current, self._pointed = self._first(), -1
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if self.marks else policy.NoFocus)
        self.setMinimumHeight(self.least_high() if self.marks else theme.high(_EMPTY_HIGH))
        self._tell()
        self._let_hear()
        self.updateGeometry()
        self.update()

    # What each kind of chart says of itself

    def least_high(self) -> int:
        """The least height that shows all."""
        raise NotImplementedError

    def place(self, number: int) -> QRectF:
        """Where a mark stands."""
        raise NotImplementedError

    def draw(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what lies in `seen`."""
        raise NotImplementedError

    def beside(self, number: int, key: Qt.Key) -> int:
        """The mark to which an arrow leads from this one."""
        back = key in {Qt.Key.Key_Up, Qt.Key.Key_Left}
        return number - 1 if back else number + 1

    def _first(self) -> int:
        """The mark at which one begins."""
        return 0

    # Telling

    @property
    def current(self) -> Mark | None:
        """The mark at which one stands."""
        return self.marks[self._current] if self.marks else None

    def _tell(self) -> None:
        """Let whoever hears the screen hear at which mark one stands."""
        told = self.current.words if self.current else self._nothing
        self.setAccessibleDescription(told)

    def _let_hear(self) -> None:
        """Give whoever hears the screen a part for each mark, where it stands; others need none."""
        if not QAccessible.isActive():
            return
        for gone in self._heard[len(self.marks) :]:
            # At once, or it would be heard until Qt deletes it.
            gone.setParent(None)
            gone.deleteLater()
        del self._heard[len(self.marks) :]
        while len(self._heard) < len(self.marks):
            made = QLabel(self)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            made.show()
            self._heard.append(made)
        for number, (heard, mark) in enumerate(zip(self._heard, self.marks, strict=True)):
            heard.setAccessibleName(mark.words)
            heard.setGeometry(self.place(number).toAlignedRect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._let_hear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._let_hear()

    def whole_words(self) -> str:
        """The whole chart in words, as whoever cannot see it would be told."""
        return "\n".join(mark.words for mark in self.marks) or self._nothing

    def mark_at(self, at: QPointF) -> int:
        """The number of the mark at a point, -1 for none."""
        hit = (number for number in range(len(self.marks)) if self.place(number).contains(at))
        return next(hit, -1)

    def go_to(self, number: int) -> None:
        """Stand at this mark, and let it be in view."""
        if not 0 <= number < len(self.marks):
            return
        self._current = number
        self._tell()
        if self._heard:
            event = QAccessibleEvent(self._heard[number], QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)
        self.update()
        view = self.parentWidget()
        while view is not None and not isinstance(view, QScrollArea):
            view = view.parentWidget()
        inner = view.widget() if view is not None else None
        if view is not None and inner is not None:
            at = self.mapTo(inner, self.place(number).center().toPoint())
            view.ensureVisible(at.x(), at.y(), _AIR, _AIR)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.marks) and self.marks[number].what is not None:
            self.opened.emit(self.marks[number].what)

    # What people do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        arrows = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}
        if key in _OPENING:
            self._open(self._current)
        elif key in arrows:
            self.go_to(self.beside(self._current, key))
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self.marks) - 1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pointed = self.mark_at(event.position())
        if pointed == self._pointed:
            return
        self._pointed = pointed
        opens = pointed >= 0 and self.marks[pointed].what is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self.mark_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and number >= 0:
            self.go_to(number)
            self._open(number)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.mark_at(QPointF(event.pos()))
            if number < 0:
                QToolTip.hideText()
            else:
                place = self.place(number).toAlignedRect()
                QToolTip.showText(event.globalPos(), self.marks[number].words, self, place)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.go_to(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(10.5))
        if not self.marks:
            painter.setPen(theme.colour(look.ink2))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._nothing)
            return
        self.draw(painter, QRectF(event.rect()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._pointed >= 0:
            self._ring(painter, self._pointed, look.edge)
        if self.hasFocus():
            self._ring(painter, self._current, look.ink)

    def _ring(self, painter: QPainter, number: int, ink: str) -> None:
        painter.setPen(QPen(theme.colour(ink), _RING))
        half = _RING / 2
        place = self.place(number).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(place, 3, 3)
