"""Layouts that fold when there is little room."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QWidget

from mediation_desk.ui import theme

_COLUMNS = 12


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
            if left + size.width() > area.right() + 1 and high:
                left, top, high = area.x(), top + high + self.spacing(), 0
            if move:
                part.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self.spacing()
            high = max(high, size.height())
        return top + high + self.contentsMargins().bottom() - start


@dataclass(frozen=True, slots=True)
class _Placed:
    widget: QWidget
    span: int


class FieldGrid(QWidget):
    """Widgets in twelve columns; on a narrow page each takes twice its share."""

    def __init__(self, narrow: int = 640) -> None:
        super().__init__()
        self._narrow = narrow
        self._folded: bool | None = None
        self._placed: list[_Placed] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, 1)

    def add(self, widget: QWidget, span: int) -> None:
        """Place `widget` after the others over `span` of the twelve columns."""
        self._placed.append(_Placed(widget, span))
        self._lay(folded=bool(self._folded))

    def respan(self, widget: QWidget, span: int) -> None:
        """Give `widget` another share of the twelve columns."""
        self._placed = [
            _Placed(widget, span) if placed.widget is widget else placed for placed in self._placed
        ]
        self.lay_again()

    def lay_again(self) -> None:
        """Close the gaps after parts were shown or hidden."""
        self._lay(folded=bool(self._folded))

    def _lay(self, *, folded: bool) -> None:
        self._folded = folded
        line = column = 0
        for placed in self._placed:
            self._grid.removeWidget(placed.widget)
            if placed.widget.isHidden() and placed.widget.testAttribute(
                Qt.WidgetAttribute.WA_WState_ExplicitShowHide
            ):
                continue
            span = min(placed.span * 2, _COLUMNS) if folded else placed.span
            if column + span > _COLUMNS:
                line, column = line + 1, 0
            self._grid.addWidget(
                placed.widget, line, column, 1, span, alignment=Qt.AlignmentFlag.AlignTop
            )
            column += span

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < theme.wide(self._narrow)
        if folded != self._folded:
            self._lay(folded=folded)
