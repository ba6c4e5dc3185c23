"""How the lines of a list are painted: text in one or more lines, and states as chips."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QTableView

from mediation_desk.ui import theme
from mediation_desk.ui.line_breaks import broken
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.theme import Tone

PAD = 10
CHIP_HEIGHT = 24
# Where the text of a cell begins and ends.
LEFT = 13
# How thick the frame around the line with the cursor is.
_FRAME = 2
# As many lines of a cell as a working day's lists show again and again.
_KEPT = 2048


class Lettering:
    """Lines of text in one type, shaped once: the same few stand in every list that is shown."""

    def __init__(self, font: QFont) -> None:
        self.metrics = QFontMetrics(font)
        self._wide: dict[str, int] = {}
        self._shaped: dict[str, tuple[QStaticText, int]] = {}
        self._cut: dict[tuple[str, int, int], list[str]] = {}

    def wide(self, text: str) -> int:
        """How wide `text` is in one line."""
        found = self._wide.get(text)
        if found is None:
            if len(self._wide) >= _KEPT:
                self._wide.clear()
            found = self._wide[text] = self.metrics.horizontalAdvance(text)
        return found

    def shaped(self, text: str) -> tuple[QStaticText, int]:
        """`text` as it is painted in this type, and how wide it is."""
        found = self._shaped.get(text)
        if found is None:
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            if len(self._shaped) >= _KEPT:
                self._shaped.clear()
            found = self._shaped[text] = made, self.wide(text)
        return found

    def cut(self, text: str, width: int, most: int) -> list[str]:
        """`text` in at most `most` lines of this width."""
        asked = text, width, most
        if asked not in self._cut:
            if len(self._cut) >= _KEPT:
                self._cut.clear()
            self._cut[asked] = broken(text, self.metrics, width, most)
        return self._cut[asked]


_LETTERINGS: dict[str, Lettering] = {}


def lettering(font: QFont) -> Lettering:
    """The lettering of a type, which lasts as long as the program."""
    key = font.key()
    if key not in _LETTERINGS:
        _LETTERINGS[key] = Lettering(font)
    return _LETTERINGS[key]


def paint_lines(view: QTableView, rows: "Rows[Any]", part: QRect) -> None:
    """Paint the lines of `rows` that lie in `part` of the view's port."""
    shown = rows.all_shown()
    first, last = view.rowAt(part.top()), view.rowAt(part.bottom())
    look, font = theme.tokens(), view.font()
    letters = lettering(font)
    painter = QPainter(view.viewport())
    painter.fillRect(part, theme.colour(look.card))
    painter.setFont(font)
    painter.setPen(theme.colour(look.ink))
    places = list(_places(view, rows, part))
    chosen = view.selectionModel().currentIndex()
    marked = chosen.row() if view.selectionModel().isSelected(chosen) else -1
    ground, line = theme.colour(look.blue_soft), theme.colour(look.faint_line)
    thin = int(look.thin.removesuffix("px"))
    left, wide = part.left(), part.width()
    for number in range(first, (len(shown) if last < 0 else last + 1)) if first >= 0 else ():
        top, high = view.rowViewportPosition(number), view.rowHeight(number)
        if number == marked:
            painter.fillRect(left, top, wide, high, ground)
        painter.fillRect(left, top + high - thin, wide, thin, line)
        for column, x, width in places:
            box = QRect(x, top, width, high)
            _paint_cell(painter, letters, box, column, shown[number], chosen=number == marked)
    painter.end()


def paint_cursor(view: QTableView) -> None:
    """Frame the line in which the keys work: chosen it looks the same when they are elsewhere."""
    current = view.currentIndex()
    if not view.hasFocus() or not current.isValid():
        return
    top, high = view.rowViewportPosition(current.row()), view.rowHeight(current.row())
    painter = QPainter(view.viewport())
    painter.setPen(QPen(theme.colour(theme.tokens().primary), _FRAME))
    painter.drawRect(1, top + 1, view.viewport().width() - _FRAME, high - _FRAME - 1)
    painter.end()


def _places(
    view: QTableView, rows: "Rows[Any]", part: QRect
) -> Iterator[tuple[Column[Any], int, int]]:
    """The columns that lie in `part`, with their left edges and widths."""
    for number, column in enumerate(rows.columns):
        if view.isColumnHidden(number):
            continue
        x, width = view.columnViewportPosition(number), view.columnWidth(number)
        if x <= part.right() and x + width >= part.left():
            yield column, x, width


def _paint_cell(
    painter: QPainter,
    letters: Lettering,
    box: QRect,
    column: Column[Any],
    line: Any,
    *,
    chosen: bool,
) -> None:
    text = column.text(line)
    if not text:
        return
    if column.tone is not None:
        paint_chip(painter, QRectF(box), text, column.tone(line), chosen=chosen)
        return
    shaped, wide = letters.shaped(text)
    left, room, high = box.left() + LEFT, box.width() - 2 * LEFT, letters.metrics.height()
    if wide <= room:
        x = left + room - wide if column.right else left
        painter.drawStaticText(x, box.top() + (box.height() - high) // 2, shaped)
        return
    lines = letters.cut(text, room, (box.height() - PAD) // high)
    top = box.top() + (box.height() - len(lines) * high) // 2
    for number, part in enumerate(lines):
        shaped, wide = letters.shaped(part)
        x = left + room - wide if column.right else left
        painter.drawStaticText(x, top + number * high, shaped)


def paint_chip(
    painter: QPainter, cell: QRectF, text: str, tone: Tone, *, chosen: bool = False
) -> None:
    """A state in a word on its soft ground, at the left of `cell`."""
    ink, soft = theme.tokens().of(tone)
    if chosen:
        # No soft ground stands out from that of a chosen row.
        soft = theme.tokens().card
    before, pen, font = painter.font(), painter.pen(), theme.font(10)
    letters = lettering(font)
    shaped, advance = letters.shaped(text)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide = min(advance + 2 * PAD, cell.width() - 8)
    high = theme.high(CHIP_HEIGHT)
    box = QRectF(cell.left() + 8, cell.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(soft))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(theme.colour(ink))
    middle = box.center()
    painter.drawStaticText(
        round(middle.x() - advance / 2), round(middle.y() - letters.metrics.height() / 2), shaped
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(pen)
    painter.setFont(before)
