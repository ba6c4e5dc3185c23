"""A list whose lines say what, of which case, in which state, and offer one next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mediation_desk.ui import theme
from mediation_desk.ui.line_painting import Lettering, lettering
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_EDGE = 16
_GAP = 14
_AIR = 12
_ROUND = 7
_CHIP_SIDES = 20
_BUTTON_SIDES = 30
# Lines of text that what a line says first, and second, may take where there is little room.
_FIRST_MOST, _SECOND_MOST = 2, 3
# From so many on all lines are equally high: else a long list would be slow to turn with its page.
_MANY = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, its state with a tone, its next step, and what it stands for.

    `why` is told besides where the whole of the line is.
    """

    about: str
    detail: str
    said: str
    tone: Tone
    act: str
    what: object
    why: str = ""


class _LineDelegate(QStyledItemDelegate):
    """Paints a line; chips and buttons stand in columns of their own, as wide as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._act = 0
        self.equal = False

    def fit(self, lines: Sequence[Line]) -> None:
        """Make the buttons as wide as the longest of their words."""
        letters = lettering(theme.font())
        self._act = max((letters.wide(line.act) for line in lines), default=0) + _BUTTON_SIDES
        self.equal = len(lines) >= _MANY

    def high(self) -> int:
        """How high a line is that needs no room for more text."""
        return self._around(sum(letters.metrics.height() for letters in _letterings()))

    def high_of(self, line: Line, width: int) -> int:
        """How high this line is where it is so wide."""
        parts = zip(_letterings(), self._parts(line, width), strict=True)
        return self._around(sum(len(part) * letters.metrics.height() for letters, part in parts))

    @staticmethod
    def _around(text: int) -> int:
        return max(text, theme.high(theme.TARGET)) + 2 * _AIR - 4

    def _parts(self, line: Line, width: int) -> tuple[list[str], list[str]]:
        """What it says first and second, in lines of text, where the whole is so wide."""
        chip = lettering(theme.font(10)).wide(line.said) + _CHIP_SIDES
        room = width - self._act - chip - 2 * _EDGE - 2 * _GAP
        first, second = _letterings()
        most = (1, 1) if self.equal else (_FIRST_MOST, _SECOND_MOST)
        return first.cut(line.about, room, most[0]), second.cut(line.detail, room, most[1])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        rows, view = index.model(), option.widget
        line = rows.row(index.row()) if isinstance(rows, Rows) else None
        if self.equal or not isinstance(line, Line) or not isinstance(view, LineList):
            return QSize(200, self.high())
        return QSize(200, self.high_of(line, view.viewport().width()))

    def button(self, cell: QRect) -> QRect:
        """Where the button of a line stands."""
        high = theme.high(theme.TARGET)
        left = cell.right() - _EDGE - self._act + 1
        return QRect(left, cell.center().y() - high // 2, self._act, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows = index.model()
        line = rows.row(index.row()) if isinstance(rows, Rows) else None
        if not isinstance(line, Line):
            return
        look = theme.tokens()
        state, cell = option.state, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        chosen = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if chosen:
            painter.fillRect(cell, QColor(look.blue_soft))
        painter.fillRect(cell.left(), cell.top(), cell.width(), 1, QColor(look.faint_line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        button = self.button(cell)
        hot = bool(state & QStyle.StateFlag.State_MouseOver)
        self._paint_button(painter, button, line.act, hot=hot or chosen)
        self._paint_chip(painter, button, line, chosen=chosen)
        self._paint_words(painter, cell, line)
        painter.restore()

    def _paint_button(self, painter: QPainter, area: QRect, act: str, *, hot: bool) -> None:
        look = theme.tokens()
        painter.setPen(QPen(QColor(look.primary if hot else look.edge), 2 if hot else 1))
        painter.setBrush(QColor(look.card))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        painter.setPen(QColor(look.primary if hot else look.ink))
        painter.setFont(theme.font())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), act)

    def _paint_chip(self, painter: QPainter, button: QRect, line: Line, *, chosen: bool) -> None:
        """Paint the state left of the button."""
        ink, soft = theme.tokens().of(line.tone)
        if chosen:
            # As in a table: no soft ground stands out from that of a chosen line.
            soft = theme.tokens().card
        painter.setFont(theme.font(10))
        metrics = painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(line.said) + _CHIP_SIDES, metrics.height() + 6
        chip = QRect(button.left() - _GAP - wide, button.center().y() - high // 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(chip, high / 2, high / 2)
        painter.setPen(QColor(ink))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), line.said)

    def _paint_words(self, painter: QPainter, cell: QRect, line: Line) -> None:
        look = theme.tokens()
        parts = self._parts(line, cell.width())
        letterings = _letterings()
        high = sum(
            len(part) * letters.metrics.height()
            for letters, part in zip(letterings, parts, strict=True)
        )
        left, top = cell.left() + _EDGE, cell.center().y() - high // 2
        fonts, inks = (theme.font(), theme.font(10.5)), (look.ink, look.ink2)
        for font, ink, letters, part in zip(fonts, inks, letterings, parts, strict=True):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            for text in part:
                painter.drawStaticText(left, top, letters.shaped(text)[0])
                top += letters.metrics.height()


def _letterings() -> tuple[Lettering, Lettering]:
    """The types of what a line says first and second."""
    return lettering(theme.font()), lettering(theme.font(10.5))


class LineList(QListView):
    """Lines chosen with the arrow keys; Enter or the line's button opens it."""

    opened = Signal(object)
    # The keys came to this list, or to another line of it.
    come = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words: Column[Line] = Column("", lambda line: line.about, tip=_whole)
        self.lines: Rows[Line] = Rows([words], self)
        self._paints = _LineDelegate(self)
        self._whole, self._most = False, 0
        self.setModel(self.lines)
        self.setItemDelegate(self._paints)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Lines are as high as their words need at this width.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show `lines`; whoever stood on one of them still stands on it."""
        if list(lines) == list(self.lines.all_shown()):
            return
        before = self.lines.row(self.currentIndex().row())
        row = max(self.currentIndex().row(), 0)
        self._paints.fit(lines)
        self.setUniformItemSizes(self._paints.equal)
        self.lines.show(lines)
        if lines:
            same = [n for n, line in enumerate(lines) if before and line.what == before.what]
            self.setCurrentIndex(self.lines.index(same[0] if same else min(row, len(lines) - 1), 0))
        self._fit()

    def show_whole(self, *, whole: bool, most: int = 0) -> None:
        """Be as high as all lines, or as `most` of them; otherwise as high as there is room."""
        self._whole, self._most = whole, most
        self._fit()

    def _fit(self) -> None:
        if not self._whole:
            self.setMinimumHeight(self._paints.high())
            self.setMaximumHeight(16_777_215)
            return
        shown = self.lines.all_shown()[: self._most or None]
        if self._paints.equal:
            high = len(shown) * self._paints.high()
        else:
            width = self.viewport().width()
            high = sum(self._paints.high_of(line, width) for line in shown)
        self.setFixedHeight(high + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _open(self, row: int) -> None:
        line = self.lines.row(row)
        if line is not None:
            self.opened.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            # Under the mouse nothing may move.
            self.come.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.come.emit()

    def _on_button(self, event: QMouseEvent) -> int:
        """The line whose button is under the mouse, -1 if there is none."""
        where = event.position().toPoint()
        index = self.indexAt(where)
        on = index.isValid() and self._paints.button(self.visualRect(index)).contains(where)
        return index.row() if on else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = self._on_button(event) >= 0
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._on_button(event)
        if event.button() is Qt.MouseButton.LeftButton and row == self.currentIndex().row():
            self._open(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self._on_button(event) < 0:
            self._open(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()


def _whole(line: Line) -> str:
    return "\n".join(part for part in (line.about, line.detail, line.why) if part)
