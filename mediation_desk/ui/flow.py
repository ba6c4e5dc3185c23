"""Layouts that fold when there is little room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from mediation_desk.ui import theme

_COLUMNS = 12
_GAP = 14
_LINE_GAP = 8
# How often a part may take its share; the last gives every part a line of its own.
_TIMES = (1, 2, 3, 4, 6, 12)
# Columns that a folded line does not leave empty at its end.
_RAGGED = 4


class FlowLayout(QLayout):
    """Parts side by side, going on in the next line where the line is full."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._parts: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, part: QLayoutItem) -> None:
        self._parts.append(part)

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        wide = sum(part.sizeHint().width() + self.spacing() for part in self._shown())
        wide += margins.left() + margins.right()
        high = max((part.sizeHint().height() for part in self._shown()), default=0)
        return QSize(wide, high)

    def minimumSize(self) -> QSize:
        size = QSize()
        for part in self._shown():
            size = size.expandedTo(part.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [part for part in self._parts if not part.isEmpty()]

    def _lay(self, area: QRect, *, move: bool) -> int:
        area = area.marginsRemoved(self.contentsMargins())
        start = area.y() - self.contentsMargins().top()
        left, top, high = area.x(), area.y(), 0
        for part in self._shown():
            size = part.sizeHint()
            if size.width() > area.width() and part.hasHeightForWidth():
                size = QSize(area.width(), part.heightForWidth(area.width()))
            if left + size.width() > area.right() + 1 and high:
                left, top, high = area.x(), top + high + self.spacing(), 0
            if move:
                part.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            high = max(high, size.height())
        return top + high + self.contentsMargins().bottom() - start


def _gone(widget: QWidget) -> bool:
    """Whether a part was hidden, not only its page."""
    explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    return widget.isHidden() and widget.testAttribute(explicit)


class Headed(QWidget):
    """A part with room for words above it, which may be empty so that it stands as its neighbours.

    A line of nothing but empty heads does without them.
    """

    @property
    def headless(self) -> bool:
        """Whether the room above holds no words."""
        raise NotImplementedError

    def head_high(self, *, kept: bool) -> int:
        """By how much the part grows if an empty head is `kept`, or shrinks if it is not."""
        raise NotImplementedError

    def keep_head(self, *, kept: bool) -> None:
        """Show the empty head or not."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part, its share, and the width below which something of it would be cut off."""

    widget: QWidget
    span: int
    need: int

    @property
    def headless(self) -> bool:
        """Whether nothing but air stands above the part."""
        return isinstance(self.widget, Headed) and self.widget.headless

    def high(self, width: int, *, headed: bool) -> int:
        """The height the part takes at `width`, with or without an empty head."""
        wanted = (
            self.widget.heightForWidth(width)
            if self.widget.hasHeightForWidth()
            else self.widget.sizeHint().height()
        )
        if self.headless and isinstance(self.widget, Headed):
            wanted += self.widget.head_high(kept=headed)
        return wanted


def _span(parts: Sequence[_Placed]) -> int:
    return sum(placed.span for placed in parts)


def _filled(parts: list[_Placed]) -> list[_Placed]:
    """A folded line whose last part reaches the end, if only a little is missing."""
    missing = _COLUMNS - _span(parts)
    if missing > _RAGGED:
        return parts
    return [*parts[:-1], replace(parts[-1], span=parts[-1].span + missing)]


def _room(width: int, span: int) -> float:
    """What `span` of the twelve columns measure, the gap after them left out."""
    return (width + _GAP) * span / _COLUMNS - _GAP


def _widths(parts: Sequence[_Placed], width: int) -> list[float]:
    """How wide the parts of a line are; what one of them lacks, those with room to spare give."""
    rooms = [_room(width, placed.span) for placed in parts]
    lacks = [max(placed.need - room, 0) for placed, room in zip(parts, rooms, strict=True)]
    spare = [max(room - placed.need, 0) for placed, room in zip(parts, rooms, strict=True)]
    given = min(sum(lacks) / sum(spare), 1) if any(spare) else 0
    return [room + lack - own * given for room, lack, own in zip(rooms, lacks, spare, strict=True)]


class _Columns(QLayout):
    """Parts in twelve equal columns over the whole width, each line as high as its highest part."""

    def __init__(self, parent: QWidget, narrow: int) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self._parts: list[QLayoutItem] = []
        # What follows from the hints of the parts, until one of them changes: Qt asks many times
        # over for each letter that is typed.
        self._known: list[_Placed] = []
        self._lines: dict[int, list[list[_Placed]]] = {}
        self._highs: dict[int, int] = {}
        self.spans: dict[QWidget, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, part: QLayoutItem) -> None:
        self._parts.append(part)

    def invalidate(self) -> None:
        self._known, self._lines, self._highs = [], {}, {}
        super().invalidate()

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def move_last(self, before: QWidget) -> None:
        """Let the last part stand before another one."""
        place = next(n for n, part in enumerate(self._parts) if part.widget() is before)
        self._parts.insert(place, self._parts.pop())
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._highs:
            self._highs[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._highs[width]

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        parts = self._there()
        widest = max((placed.need for placed in parts), default=0)
        return QSize(widest, self.heightForWidth(max(self.geometry().width(), widest)))

    def minimumSize(self) -> QSize:
        # The height follows from the width.
        return QSize(max((placed.need for placed in self._there()), default=0), 0)

    def _there(self) -> list[_Placed]:
        if not self._known:
            widgets = [widget for part in self._parts if (widget := part.widget())]
            self._known = [
                _Placed(
                    widget,
                    self.spans[widget],
                    max(widget.minimumSizeHint().width(), widget.minimumWidth()),
                )
                for widget in widgets
                if not _gone(widget)
            ]
        return self._known

    def _rows(self, width: int) -> list[list[_Placed]]:
        """What stands side by side, folded until every line has the room it cannot miss."""
        if width not in self._lines:
            least = 2 if width < theme.wide(self._narrow) else 1
            for times in _TIMES[_TIMES.index(least) :]:
                self._lines[width] = self._folded(times)
                if all(_needed(parts) <= width for parts in self._lines[width]):
                    break
        return self._lines[width]

    def _folded(self, times: int) -> list[list[_Placed]]:
        """The lines if each part takes so many times its share."""
        rows: list[list[_Placed]] = []
        for placed in self._there():
            taken = replace(placed, span=min(placed.span * times, _COLUMNS))
            if not rows or _span(rows[-1]) + taken.span > _COLUMNS:
                rows.append([])
            rows[-1].append(taken)
        return [_filled(parts) for parts in rows] if times > 1 else rows

    def _lay(self, area: QRect, *, move: bool) -> int:
        top = area.y()
        for parts in self._rows(area.width()):
            left, high = float(area.x()), 0
            headed = not all(placed.headless for placed in parts)
            for placed, width in zip(parts, _widths(parts, area.width()), strict=True):
                # Lines end alike only if edges are rounded, not widths.
                start, end = round(left), round(left + width)
                wanted = placed.high(end - start, headed=headed)
                if move:
                    if isinstance(placed.widget, Headed) and placed.headless:
                        placed.widget.keep_head(kept=headed)
                    placed.widget.setGeometry(start, top, end - start, wanted)
                left += width + _GAP
                high = max(high, wanted)
            top += high + _LINE_GAP
        return max(top - _LINE_GAP - area.y(), 0)


def _needed(parts: Sequence[_Placed]) -> int:
    """The least width of a line."""
    return sum(placed.need for placed in parts) + _GAP * (len(parts) - 1)


class FieldGrid(QWidget):
    """Widgets in twelve columns; on a narrow page each takes a multiple of its share."""

    def __init__(self, narrow: int = 640) -> None:
        super().__init__()
        self._columns = _Columns(self, narrow)

    def add(self, widget: QWidget, span: int, before: QWidget | None = None) -> None:
        """Place `widget` over `span` of the twelve columns, after the others or `before` one."""
        self._columns.spans[widget] = span
        self._columns.addWidget(widget)
        if before is not None:
            self._columns.move_last(before)

    def respan(self, widget: QWidget, span: int) -> None:
        """Give `widget` another share of the twelve columns."""
        self._columns.spans[widget] = span
        self.lay_again()

    def lay_again(self) -> None:
        """Close the gaps after parts were shown or hidden."""
        self._columns.invalidate()
