"""A table head of several levels: groups over columns, painted as one reads a printed form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.ui import theme
from mediation_desk.ui.line_breaks import kept_whole

_GROUP = 26
_LINE = 22
_NUMBER = 22
_AIR, SIDE = 12, 3
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_POINTS = 10


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: its groups from the top, its label, and its number if it has one."""

    groups: tuple[str, ...]
    label: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """How high a head is: each level of groups, its labels, and a line of numbers if it has one."""

    groups: tuple[int, ...] = ()
    label: int = 0
    numbered: bool = False

    def top(self, level: int) -> int:
        """Where a level of groups begins; the one after the last is that of the labels."""
        return sum(self.groups[:level])

    @property
    def bottom(self) -> int:
        """Where the labels end."""
        return sum(self.groups) + self.label

    @property
    def high(self) -> int:
        """All together."""
        return self.bottom + self.numbered * theme.high(_NUMBER)


def label_high(text: str, width: int) -> int:
    """What a label needs at this width of its column."""
    metrics = QFontMetrics(theme.font(_POINTS))
    room = QRect(0, 0, width - 2 * SIDE, 9999)
    text = kept_whole(text, metrics, room.width())
    return metrics.boundingRect(room, _WRAPPED, text).height() + _AIR


def least_label_high() -> int:
    """What a label of one line needs."""
    return theme.high(_LINE) + _AIR


def least_group_high() -> int:
    """What the name of a group needs in one line."""
    return theme.high(_GROUP)


def runs(heads: Sequence[Head], level: int) -> list[tuple[int, int, str]]:
    """Neighbours with the same groups down to `level`: first, last, name."""
    found: list[tuple[int, int, str]] = []
    for number, head in enumerate(heads):
        path = head.groups[: level + 1]
        name = head.groups[level] if len(head.groups) > level else ""
        if name and found and heads[found[-1][0]].groups[: level + 1] == path:
            found[-1] = (found[-1][0], number, name)
        else:
            found.append((number, number, name))
    return [run for run in found if run[2]]


class GroupedHeader(QHeaderView):
    """Paints the heads of a table; neighbours with the same group share one cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heads: tuple[Head, ...] = ()
        self._runs: tuple[list[tuple[int, int, str]], ...] = ()
        self.levels = Levels()
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def show_heads(self, heads: Sequence[Head], levels: Levels) -> None:
        """Show these heads, as high as `levels` say."""
        self._heads, self.levels = tuple(heads), levels
        self._runs = tuple(runs(self._heads, level) for level in range(len(levels.groups)))
        # Qt asks for the height anew only when sections come or go.
        self.setFixedHeight(levels.high)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.levels.high)

    def _cell(self, first: int, last: int, top: int, height: int) -> QRect:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, top, right - left, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, room = theme.tokens(), self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.fillRect(room, theme.colour(look.hollow))
        painter.setFont(theme.font(_POINTS))
        for level, found in enumerate(self._runs):
            top, high = self.levels.top(level), self.levels.groups[level]
            for first, last, name in found:
                self._draw_group(painter, self._cell(first, last, top, high), name)
        for number, head in enumerate(self._heads):
            top, bottom = self.levels.top(len(head.groups)), self.levels.bottom
            cell = self._cell(number, number, top, bottom - top)
            if cell.right() < event.rect().left() or cell.left() > event.rect().right():
                continue
            self._draw(painter, cell, head.label, cell)
            if self.levels.numbered:
                low = self._cell(number, number, bottom, theme.high(_NUMBER))
                self._draw(painter, low, head.number, low)

    def _draw_group(self, painter: QPainter, cell: QRect, name: str) -> None:
        """A group reaching out of sight keeps its name in the part that is seen."""
        seen = cell.intersected(self.viewport().rect())
        if seen.isEmpty():
            return
        if seen.width() < cell.width():
            room = seen.width() - 2 * SIDE
            name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        self._draw(painter, cell, name, seen)

    @staticmethod
    def _draw(painter: QPainter, cell: QRect, text: str, place: QRect) -> None:
        look = theme.tokens()
        painter.setPen(theme.colour(look.line))
        painter.drawLine(cell.topRight(), cell.bottomRight())
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        painter.setPen(theme.colour(look.ink2))
        room = place.adjusted(SIDE, 0, -SIDE, 0)
        text = kept_whole(text, painter.fontMetrics(), room.width())
        painter.drawText(room, _WRAPPED, text)
