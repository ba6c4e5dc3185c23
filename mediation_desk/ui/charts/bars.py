"""A composition as bars, the longest first: what each is called, its bar, number and share."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mediation_desk.ui import theme
from mediation_desk.ui.charts.chart import Chart, Mark

_ROW = 32
# How thick a bar is, whatever the type; the least that is seen of it, and the least room for all.
_THICK, _LEAST, _ROOM = 14, 3, 60
_GAP, _EDGE = 12, 8
_MOST_LABEL = 190
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is called, its mark, and its share in percent as printed."""

    label: str
    mark: Mark
    share: str = ""


class BarChart(Chart):
    """Bars one below the other."""

    def __init__(self, name: str, nothing: str) -> None:
        self.bars: tuple[Bar, ...] = ()
        self._columns = (0.0, 0.0, 0.0)
        super().__init__(name, nothing)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, the longest first; those of the same length as they came."""
        self.bars = tuple(sorted(bars, key=lambda bar: -bar.mark.value))
        metrics = QFontMetricsF(theme.font(10.5))
        texts = (
            [bar.label for bar in self.bars],
            [bar.mark.shown for bar in self.bars],
            [bar.share for bar in self.bars],
        )
        label, number, share = (
            max(map(metrics.horizontalAdvance, column), default=0.0) for column in texts
        )
        self._columns = (min(label, theme.wide(_MOST_LABEL)), number, share)
        self.setMinimumWidth(round(sum(self._columns)) + 4 * _GAP + 2 * _EDGE + _ROOM)
        self._take([bar.mark for bar in self.bars])

    def least_high(self) -> int:
        return len(self.bars) * theme.high(_ROW)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth() + 4 * _ROOM, self.minimumHeight())

    def place(self, number: int) -> QRectF:
        high = theme.high(_ROW)
        return QRectF(0, number * high, self.width(), high)

    def draw(self, painter: QPainter, seen: QRectF) -> None:
        most = self.bars[0].mark.value or 1
        for number, bar in enumerate(self.bars):
            place = self.place(number)
            if place.intersects(seen):
                self._draw_bar(painter, place.adjusted(_EDGE, 0, -_EDGE, 0), bar, most)

    def _draw_bar(self, painter: QPainter, place: QRectF, bar: Bar, most: int) -> None:
        look, (label, number, share) = theme.tokens(), self._columns
        painter.setPen(theme.colour(look.ink))
        name = QRectF(place.left(), place.top(), label, place.height())
        short = painter.fontMetrics().elidedText(
            bar.label, Qt.TextElideMode.ElideRight, round(label) + 1
        )
        painter.drawText(name, _LEFT, short)
        beside = share + _GAP if share else 0
        painter.drawText(place.adjusted(0, 0, -beside, 0), _RIGHT, bar.mark.shown)
        painter.setPen(theme.colour(look.ink2))
        painter.drawText(place, _RIGHT, bar.share)
        left = name.right() + _GAP
        room = place.right() - beside - number - _GAP - left
        wide = max(room * bar.mark.value / most, _LEAST if bar.mark.value else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(look.primary))
        top = place.center().y() - _THICK / 2
        painter.drawRoundedRect(QRectF(left, top, wide, _THICK), 3, 3)
