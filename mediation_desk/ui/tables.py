"""The look of a list: row heights, column widths, and chips painted into cells."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mediation_desk.ui import theme
from mediation_desk.ui.rows import CHIP, Rows
from mediation_desk.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_PAD = 10
# What the style sheet leaves free beside the text of a cell, and a little more.
_SIDES = 30
_CHIP = 24
# Where the text of a cell begins and ends.
_LEFT = 13
# Marks that must not begin a line.
_NEVER_FIRST = "，。、；：！？）》」』”’…"
_LEFTWARDS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHTWARDS = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ChipDelegate(QStyledItemDelegate):
    """Paints a cell that has a tone as a chip, every other as plain text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = index.data(CHIP)
        if not isinstance(tone, Tone):
            super().paint(painter, option, index)
            return
        text = str(index.data() or "")
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        view = bare.widget
        view.style().drawControl(view.style().ControlElement.CE_ItemViewItem, bare, painter, view)
        if text:
            chosen = bool(bare.state & QStyle.StateFlag.State_Selected)
            paint_chip(painter, QRectF(option.rect), text, tone, chosen=chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        chip = theme.high(_CHIP)
        high = max(size.height() + _PAD, chip)
        view = option.widget
        if isinstance(view, QTableView) and view.wordWrap() and index.data(CHIP) is None:
            # Qt reckons with the whole column and forgets the space the style sheet leaves free.
            room = view.columnWidth(index.column()) - _SIDES
            flags = int(Qt.TextFlag.TextWordWrap)
            text = str(index.data() or "")
            metrics = view.fontMetrics()
            high = max(chip, metrics.boundingRect(0, 0, room, 9999, flags, text).height() + 14)
        return QSize(size.width() + 2 * _PAD, high)


class LineDelegate(ChipDelegate):
    """Paints cells of one line by itself, in half the time that the style sheet takes.

    A list is painted anew with every key that is typed into its search.
    """

    def __init__(self, rows: "Rows[Any]", view: QTableView) -> None:
        super().__init__(view)
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme.tokens(), option.rect
        thin = int(look.thin.removesuffix("px"))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, theme.colour(look.blue_soft))
        painter.fillRect(
            box.x(), box.bottom() + 1 - thin, box.width(), thin, theme.colour(look.faint_line)
        )
        shown, line = self._rows.columns[index.column()], self._rows.row(index.row())
        text = shown.text(line)
        if shown.tone is not None:
            if text:
                paint_chip(painter, QRectF(box), text, shown.tone(line), chosen=chosen)
            return
        room = box.adjusted(_LEFT, 0, -_LEFT, 0)
        metrics = option.fontMetrics
        lines = [text]
        if metrics.horizontalAdvance(text) > room.width():
            most = (room.height() - _PAD) // metrics.height()
            lines = broken(text, metrics, room.width(), most)
        painter.setPen(theme.colour(look.ink))
        room.setTop(room.center().y() - (len(lines) * metrics.height()) // 2)
        room.setHeight(metrics.height())
        for part in lines:
            painter.drawText(room, _RIGHTWARDS if shown.right else _LEFTWARDS, part)
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
    painter.save()
    painter.setFont(theme.font(10))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide = min(painter.fontMetrics().horizontalAdvance(text) + 2 * _PAD, cell.width() - 8)
    high = theme.high(_CHIP)
    box = QRectF(cell.left() + 8, cell.center().y() - high / 2, wide, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(QColor(ink))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


class Table(QTableView):
    """A list of rows chosen as wholes; Enter or a double click opens the row."""

    opened = Signal(int)
    # Qt asks for it before the table is made up.
    _whole = False

    def __init__(
        self, rows: "Rows[Any]", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self._rows = rows
        self.setItemDelegate(ChipDelegate(self) if wrap else LineDelegate(rows, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.high(theme.ROW))
        fit = QHeaderView.ResizeMode.ResizeToContents if wrap else QHeaderView.ResizeMode.Fixed
        self.verticalHeader().setMinimumSectionSize(theme.high(theme.ROW) if wrap else 20)
        self.verticalHeader().setSectionResizeMode(fit)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(40)
        for number, column in enumerate(rows.columns):
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            elif column.width:
                self.setColumnWidth(number, theme.wide(column.width))
        self.doubleClicked.connect(self._open)

    def give_room(self) -> None:
        """Let every row have two lines if the column that stretches would else cut its text."""
        columns, metrics = self._rows.columns, self.fontMetrics()
        cut = any(
            metrics.horizontalAdvance(column.text(line)) > self.columnWidth(place) - 2 * _LEFT
            for place, column in enumerate(columns)
            if column.stretch
            for line in self._rows.all_shown()
        )
        high = theme.high(theme.ROW)
        if cut:
            high = max(high, 2 * metrics.height() + _PAD)
        if self.verticalHeader().defaultSectionSize() != high:
            self.verticalHeader().setDefaultSectionSize(high)

    def show_whole(self, *, whole: bool, least: int = 0) -> None:
        """Be as high as all rows, on a page that scrolls; or scroll by itself, `least` high."""
        self._whole = whole
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
        )
        self.setMinimumHeight(least)
        self.updateGeometries()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if not self._whole:
            return
        head, across = self.horizontalHeader(), self.horizontalScrollBar()
        high = self.verticalHeader().length() + 2 * self.frameWidth()
        high += 0 if head.isHidden() else head.sizeHint().height()
        high += across.sizeHint().height() if across.maximum() else 0
        if high != self.minimumHeight():
            self.setMinimumHeight(high)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
