"""A line by month, beside it the year before; every number stands under its month."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from mediation_desk.ui import theme
from mediation_desk.ui.charts.chart import Chart, Mark, in_room, least_room

_PLOT, _LINE, _TOP = 150, 30, 14
_SAMPLE, _PAD = 34, 8
_DOT, _REACH = 4.0, 14.0
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Series:
    """One line: what it is called, and a mark for each month; None where none is counted yet."""

    name: str
    marks: tuple[Mark | None, ...]


def scale_top(most: int) -> int:
    """The number at the top of the scale: even, round, and not below `most`."""
    ten = 1
    while True:
        for part in (2, 4, 6, 8, 10):
            if most <= part * ten:
                return part * ten
        ten *= 10


class TrendChart(Chart):
    """The first series as a whole line with dots, the second dashed with hollow squares."""

    def __init__(self, name: str, nothing: str) -> None:
        self._months: tuple[str, ...] = ()
        self._series: tuple[Series, ...] = ()
        # Of each mark its series and its month.
        self._at: tuple[tuple[int, int], ...] = ()
        self._gutter = 0.0
        super().__init__(name, nothing)

    def show_series(self, months: Sequence[str], series: Sequence[Series]) -> None:
        """Show these lines over `months`."""
        self._months, self._series = tuple(months), tuple(series)
        metrics = QFontMetricsF(theme.font(10.5))
        names = max((metrics.horizontalAdvance(one.name) for one in series), default=0.0)
        self._gutter = names + _SAMPLE + 3 * _PAD
        bold = QFontMetricsF(theme.font(10.5, bold=True))
        shown = (mark.shown for one in series for mark in one.marks if mark is not None)
        column = least_room(bold, (*months, *shown))
        self.setMinimumWidth(round(self._gutter + len(months) * column))
        found = [
            (which, month, mark)
            for which, one in enumerate(series)
            for month, mark in enumerate(one.marks)
            if mark is not None
        ]
        self._at = tuple((which, month) for which, month, _mark in found)
        self._take([mark for _which, _month, mark in found])

    def _first(self) -> int:
        # The latest month of the first line is what people come for.
        return max(sum(which == 0 for which, _month in self._at) - 1, 0)

    def least_high(self) -> int:
        return theme.high(_PLOT) + (1 + len(self._series)) * theme.high(_LINE)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth() + 200, self.minimumHeight())

    def beside(self, number: int, key: Qt.Key) -> int:
        which, month = self._at[number]
        step = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0)}
        down, along = step.get(key, (1, 0))
        wanted = (which + down, month + along)
        return self._at.index(wanted) if wanted in self._at else number

    # Where things stand

    @property
    def _column(self) -> float:
        return (self.width() - self._gutter) / max(len(self._months), 1)

    @property
    def _foot(self) -> float:
        """Where the plot ends and the lines of numbers begin."""
        return self.height() - (1 + len(self._series)) * theme.high(_LINE)

    def _cell(self, month: int, line: int) -> QRectF:
        high = theme.high(_LINE)
        left = self._gutter + month * self._column
        return QRectF(left, self._foot + line * high, self._column, high)

    def place(self, number: int) -> QRectF:
        which, month = self._at[number]
        return self._cell(month, which + 1)

    def _height(self, value: float) -> float:
        top = scale_top(max((mark.value for mark in self.marks), default=0))
        return self._foot - 6 - (self._foot - 6 - _TOP) * value / top

    def _point(self, month: int, mark: Mark) -> QPointF:
        return QPointF(self._gutter + (month + 0.5) * self._column, self._height(mark.value))

    def mark_at(self, at: QPointF) -> int:
        found = super().mark_at(at)
        if found >= 0:
            return found
        near = []
        for number, (_which, month) in enumerate(self._at):
            away = (self._point(month, self.marks[number]) - at).manhattanLength()
            near.append((away, number))
        away, number = min(near, default=(_REACH, -1))
        return number if away < _REACH else -1

    # Painting

    def draw(self, painter: QPainter, _seen: QRectF) -> None:
        self._draw_scale(painter)
        for which in reversed(range(len(self._series))):
            self._draw_line(painter, which)
        self._draw_numbers(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        look = theme.tokens()
        top = scale_top(max(mark.value for mark in self.marks))
        for value in (0, top // 2, top):
            y = self._height(value)
            painter.setPen(QPen(theme.colour(look.faint_line), 1))
            painter.drawLine(QPointF(self._gutter, y), QPointF(self.width(), y))
            painter.setPen(theme.colour(look.hint))
            high = theme.high(_LINE)
            room = QRectF(0, y - high / 2, self._gutter - _PAD, high)
            painter.drawText(room, _RIGHT, str(value))

    def _pen(self, which: int) -> QPen:
        look = theme.tokens()
        pen = QPen(theme.colour(look.ink2 if which else look.primary), 2 if which else 2.5)
        if which:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen

    def _draw_line(self, painter: QPainter, which: int) -> None:
        marks = self._series[which].marks
        points = [self._point(month, mark) for month, mark in enumerate(marks) if mark is not None]
        painter.setPen(self._pen(which))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        for point in points:
            self._draw_dot(painter, which, point)

    def _draw_dot(self, painter: QPainter, which: int, point: QPointF) -> None:
        look, pen = theme.tokens(), self._pen(which)
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour(look.card) if which else pen.color())
        if which:
            painter.drawRect(QRectF(point.x() - _DOT, point.y() - _DOT, 2 * _DOT, 2 * _DOT))
        else:
            painter.drawEllipse(point, _DOT, _DOT)

    def _draw_numbers(self, painter: QPainter) -> None:
        look, metrics = theme.tokens(), QFontMetricsF(painter.font())
        painter.setPen(theme.colour(look.ink2))
        for month, name in enumerate(in_room(metrics, self._months, self._column)):
            painter.drawText(self._cell(month, 0), _CENTRE, name)
        for which, one in enumerate(self._series):
            self._draw_sample(painter, which, one.name)
            painter.setFont(theme.font(10.5, bold=not which))
            for month, mark in enumerate(one.marks):
                painter.setPen(theme.colour(look.ink if mark and mark.value else look.hint))
                painter.drawText(self._cell(month, which + 1), _CENTRE, mark.shown if mark else "–")
            painter.setFont(theme.font(10.5))

    def _draw_sample(self, painter: QPainter, which: int, name: str) -> None:
        """How the line looks, before its name."""
        line = self._cell(0, which + 1)
        y = line.center().y()
        painter.setPen(self._pen(which))
        painter.drawLine(QPointF(_PAD, y), QPointF(_PAD + _SAMPLE, y))
        self._draw_dot(painter, which, QPointF(_PAD + _SAMPLE / 2, y))
        painter.setPen(theme.colour(theme.tokens().ink))
        room = QRectF(2 * _PAD + _SAMPLE, line.top(), self._gutter, line.height())
        painter.drawText(room, _LEFT, name)
