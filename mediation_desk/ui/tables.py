"""The look of a list: row heights, column widths, and chips painted into cells."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
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
from mediation_desk.ui.line_painting import (
    CHIP_HEIGHT,
    LEFT,
    PAD,
    paint_chip,
    paint_cursor,
    paint_lines,
)
from mediation_desk.ui.rows import CHIP, Rows
from mediation_desk.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
# What the style sheet leaves free beside the text of a cell, and a little more.
_SIDES = 30


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
        chip = theme.high(CHIP_HEIGHT)
        high = max(size.height() + PAD, chip)
        view = option.widget
        if isinstance(view, QTableView) and view.wordWrap() and index.data(CHIP) is None:
            # Qt reckons with the whole column and forgets the space the style sheet leaves free.
            room = view.columnWidth(index.column()) - _SIDES
            flags = int(Qt.TextFlag.TextWordWrap)
            text = str(index.data() or "")
            metrics = view.fontMetrics()
            high = max(chip, metrics.boundingRect(0, 0, room, 9999, flags, text).height() + 14)
        return QSize(size.width() + 2 * PAD, high)


class Table(QTableView):
    """A list of rows chosen as wholes; Enter or a double click opens the row."""

    opened = Signal(int)
    # Qt asks for them before the table is made up.
    _whole, _least = False, 0

    def __init__(
        self, rows: "Rows[Any]", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self._rows = rows
        self.setItemDelegate(ChipDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if wrap:
            # A line may be higher than all the list is on a low screen.
            self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(wrap)
        # What lies behind lines that paint their own ground need not be painted.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not wrap)
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
            metrics.horizontalAdvance(column.text(line)) > self.columnWidth(place) - 2 * LEFT
            for place, column in enumerate(columns)
            if column.stretch
            for line in self._rows.all_shown()
        )
        high = theme.high(theme.ROW)
        if cut:
            high = max(high, 2 * metrics.height() + PAD)
        if self.verticalHeader().defaultSectionSize() != high:
            self.verticalHeader().setDefaultSectionSize(high)

    def show_whole(self, *, whole: bool, least: int = 0) -> None:
        """Be as high as all rows, on a page that scrolls; or scroll by itself.

        Then it is `least` high, or less if it does not need as much.
        """
        self._whole, self._least = whole, least
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
        )
        self.setMinimumHeight(least)
        self.updateGeometries()

    def keep_lines(self, least: int) -> None:
        """Scroll by itself, and be `least` high however little room there is."""
        if least != self._least:
            self.show_whole(whole=False, least=least)

    def sizeHint(self) -> QSize:
        # Qt would have it high enough for several lines, be there one or none.
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight()) if self._whole else hint

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if not self._whole and not self._least:
            return
        head, across = self.horizontalHeader(), self.horizontalScrollBar()
        high = self.verticalHeader().length() + 2 * self.frameWidth()
        high += 0 if head.isHidden() else head.sizeHint().height()
        high += across.sizeHint().height() if across.maximum() else 0
        if not self._whole:
            high = min(high, self._least)
        if high != self.minimumHeight():
            self.setMinimumHeight(high)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            super().paintEvent(event)
        else:
            # In a third of the time that Qt takes from cell to cell: a list is painted anew with
            # every key that is typed into its search.
            paint_lines(self, self._rows, event.region().boundingRect())
        paint_cursor(self)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            # The frame is as wide as the list, where Qt would paint the cell anew.
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
