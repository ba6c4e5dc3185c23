"""How the lines of a list are painted: text in one or more lines, and states as chips."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from mediation_desk.ui import theme
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.theme import Tone

PAD = 10
CHIP_HEIGHT = 24
# Where the text of a cell begins and ends.
LEFT = 13
# Marks that must not begin a line.
_NEVER_FIRST = "，。、；：！？）》」』”’…"
_LEFTWARDS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHTWARDS = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRED = int(Qt.AlignmentFlag.AlignCenter)


def paint_lines(view: QTableView, rows: "Rows[Any]", part: QRect) -> None:
    """Paint the lines of `rows` that lie in `part` of the view's port."""
    shown = rows.all_shown()
    first = view.rowAt(part.top())
    if first < 0:
        return
    last = view.rowAt(part.bottom())
    painter = QPainter(view.viewport())
    painter.setFont(view.font())
    places = list(_places(view, rows, part))
    chosen = view.selectionModel().currentIndex()
    marked = chosen.row() if view.selectionModel().isSelected(chosen) else -1
    look = theme.tokens()
    ground, line = theme.colour(look.blue_soft), theme.colour(look.faint_line)
    thin = int(look.thin.removesuffix("px"))
    left, wide = part.left(), part.width()
    for number in range(first, (len(shown) if last < 0 else last + 1)):
        top, high = view.rowViewportPosition(number), view.rowHeight(number)
        if number == marked:
            painter.fillRect(left, top, wide, high, ground)
        painter.fillRect(left, top + high - thin, wide, thin, line)
        for column, x, width in places:
            box = QRect(x, top, width, high)
            _paint_cell(painter, box, column, shown[number], chosen=number == marked)
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
    painter: QPainter, box: QRect, column: Column[Any], line: Any, *, chosen: bool
) -> None:
    text = column.text(line)
    if not text:
        return
    if column.tone is not None:
        paint_chip(painter, QRectF(box), text, column.tone(line), chosen=chosen)
        return
    metrics = painter.fontMetrics()
    room = box.adjusted(LEFT, 0, -LEFT, 0)
    way = _RIGHTWARDS if column.right else _LEFTWARDS
    painter.setPen(theme.colour(theme.tokens().ink))
    if metrics.horizontalAdvance(text) <= room.width():
        painter.drawText(room, way, text)
        return
    lines = broken(text, metrics, room.width(), (room.height() - PAD) // metrics.height())
    room.setTop(room.center().y() - (len(lines) * metrics.height()) // 2)
    room.setHeight(metrics.height())
    for part in lines:
        painter.drawText(room, way, part)
        room.translate(0, metrics.height())


def broken(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of this width, the last of them with … if need be."""
    lines: list[str] = []
    while len(lines) < most - 1 and metrics.horizontalAdvance(text) > width:
        fits = next(
            (n for n in range(len(text), 1, -1) if metrics.horizontalAdvance(text[:n]) <= width), 1
        )
        if text[fits] in _NEVER_FIRST and fits > 1:
            fits -= 1
        lines.append(text[:fits])
        text = text[fits:]
    return [*lines, metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]


def paint_chip(
    painter: QPainter, cell: QRectF, text: str, tone: Tone, *, chosen: bool = False
) -> None:
    """A state in a word on its soft ground, at the left of `cell`."""
    ink, soft = theme.tokens().of(tone)
    if chosen:
        # No soft ground stands out from that of a chosen row.
        soft = theme.tokens().card
    before = painter.font()
    painter.setFont(theme.font(10))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide = min(painter.fontMetrics().horizontalAdvance(text) + 2 * PAD, cell.width() - 8)
    high = theme.high(CHIP_HEIGHT)
    box = QRectF(cell.left() + 8, cell.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(soft))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(theme.colour(ink))
    painter.drawText(box, _CENTRED, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(before)
