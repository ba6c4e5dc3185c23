"""A table head of several levels: groups over columns, painted as one reads a printed form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.ui import theme

_GROUP = 26
_LABEL = 64
_NUMBER = 22
_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: its groups from the top, its label, its number, what it counts."""

    groups: tuple[str, ...]
    label: str
    number: str


class GroupedHeader(QHeaderView):
    """Paints the heads of a table; neighbours with the same group share one cell."""

    def __init__(self, heads: Sequence[Head], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heads = tuple(heads)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        levels = theme.high(_GROUP) * _LEVELS
        return QSize(super().sizeHint().width(), levels + theme.wide(_LABEL) + theme.high(_NUMBER))

    def _cell(self, first: int, last: int, top: int, height: int) -> QRect:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, top, right - left, height)

    def _runs(self, level: int) -> list[tuple[int, int, str]]:
        runs: list[tuple[int, int, str]] = []
        for number, head in enumerate(self._heads):
            path = head.groups[: level + 1]
            name = head.groups[level] if len(head.groups) > level else ""
            if name and runs and self._heads[runs[-1][0]].groups[: level + 1] == path:
                runs[-1] = (runs[-1][0], number, name)
            else:
                runs.append((number, number, name))
        return [run for run in runs if run[2]]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(look.hollow))
        painter.setFont(theme.font(10))
        group, label, numbered = theme.high(_GROUP), theme.wide(_LABEL), theme.high(_NUMBER)
        for level in range(_LEVELS):
            for first, last, name in self._runs(level):
                cell = self._cell(first, last, level * group, group)
                # A group reaching out of sight keeps its name in the part that is seen.
                seen = cell.intersected(self.viewport().rect())
                room = max(seen.width() - 6, 0)
                short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
                self._draw(painter, cell, short, seen)
        for number, head in enumerate(self._heads):
            top = group * min(len(head.groups), _LEVELS)
            bottom = group * _LEVELS + label
            self._draw(painter, self._cell(number, number, top, bottom - top), head.label)
            self._draw(painter, self._cell(number, number, bottom, numbered), head.number)

    def _draw(self, painter: QPainter, cell: QRect, text: str, place: QRect | None = None) -> None:
        if cell.right() < 0 or cell.left() > self.viewport().width():
            return
        look = theme.tokens()
        painter.setPen(QColor(look.line))
        painter.drawLine(cell.topRight(), cell.bottomRight())
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        painter.setPen(QColor(look.ink2))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText((place or cell).adjusted(3, 0, -3, 0), int(flags), text)
