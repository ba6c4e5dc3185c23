"""The look of a list: row heights, column widths, and chips painted into cells."""

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
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
from mediation_desk.ui.line_breaks import kept_whole
from mediation_desk.ui.line_painting import (
    CHIP_HEIGHT,
    LEFT,
    PAD,
    lettering,
    paint_chip,
    paint_cursor,
    paint_lines,
)
from mediation_desk.ui.rows import CHIP, Column, Rows
from mediation_desk.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
# What the style sheet leaves free beside the text of a cell, and a little more.
_SIDES = 30
# Below this width of the text that stretches, in the standard type, columns that fold do so.
_FOLD_BELOW = 220
# Lines that a row may have, and rows that tell how wide a column needs to be.
_MOST, _MEASURED = 3, 200


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

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        view = option.widget
        if isinstance(view, QTableView) and view.wordWrap() and option.text:
            room = view.columnWidth(index.column()) - _SIDES
            option.text = kept_whole(option.text, option.fontMetrics, room)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        chip = theme.high(CHIP_HEIGHT)
        high = max(size.height() + PAD, chip)
        view = option.widget
        if isinstance(view, QTableView) and view.wordWrap() and index.data(CHIP) is None:
            # Qt reckons with the whole column and forgets the space the style sheet leaves free.
            room = view.columnWidth(index.column()) - _SIDES
            flags = int(Qt.TextFlag.TextWordWrap)
            metrics = view.fontMetrics()
            text = kept_whole(str(index.data() or ""), metrics, room)
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
        self._fits: dict[int, int] = {}
        self._followed: tuple[int, ...] | None = None
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
        if wrap:
            rows.modelReset.connect(self._fit_columns)
            rows.rowsInserted.connect(self._fit_columns)

    def follow_words(self, *also: int) -> None:
        """From now on `give_room` to every row that is shown, at whatever width."""
        if self._followed is None:
            self._later = QTimer(self)
            self._later.setSingleShot(True)
            self._later.timeout.connect(self._give_followed)
            self._rows.modelReset.connect(self._later.start)
            self._rows.rowsInserted.connect(self._later.start)
        self._followed = also
        self._later.start()

    def _give_followed(self) -> None:
        self.give_room(*(self._followed or ()))

    def _fit_columns(self) -> None:
        """Let columns be no wider than what they say: the text beside them needs the room."""
        shown = self._rows.all_shown()[:_MEASURED]
        for place, column in enumerate(self._rows.columns):
            if shown and column.width and not column.stretch:
                widest = max(self._wide(column, line) for line in shown)
                head = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title)
                needed = max(widest, head + _SIDES)
                self._fits[place] = min(theme.wide(column.width), needed)
                self.setColumnWidth(place, self._fits[place])
        self._fold()

    def _wide(self, column: Column[Any], line: Any) -> int:
        """How much room a cell needs."""
        chip = column.tone is not None
        letters = lettering(theme.font(10) if chip else self.font())
        parts = column.text(line).split("\n")
        return max(map(letters.wide, parts)) + (2 * PAD + 16 if chip else _SIDES)

    def _fold(self) -> None:
        """Put columns that fold above or below the text that stretches, where it has no room."""
        columns = self._rows.columns
        folds = [place for place, column in enumerate(columns) if column.folds is not None]
        if not folds:
            return
        room = self.viewport().width()
        for place, column in enumerate(columns):
            if not column.stretch and (place in folds or not self.isColumnHidden(place)):
                # Qt says 0 of a hidden one.
                room -= self._fits.get(place) or theme.wide(column.width)
        folded = room < theme.wide(_FOLD_BELOW)
        if folded != self._rows.folded:
            for place in folds:
                self.setColumnHidden(place, folded)
            self._rows.fold(folded=folded)
            self.verticalHeader().resizeSections()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if self._followed is not None:
            # Later, when the columns have their widths.
            self._later.start()

    def give_room(self, *also: int) -> None:
        """Let each row have the lines that its text needs in the column that stretches.

        And in those of these numbers.
        """
        letters, header = lettering(self.font()), self.verticalHeader()
        places = [
            (column, self.columnWidth(place) - 2 * LEFT)
            for place, column in enumerate(self._rows.columns)
            if (column.stretch or place in also) and not self.isColumnHidden(place)
        ]
        one, line_high = theme.high(theme.ROW), letters.metrics.height()
        for number, row in enumerate(self._rows.all_shown()):
            lines = max(len(letters.cut(column.text(row), wide, _MOST)) for column, wide in places)
            high = max(one, lines * line_high + PAD)
            if header.sectionSize(number) != high:
                header.resizeSection(number, high)

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

    def selectRow(self, row: int) -> None:
        """Choose this line alone; while Ctrl is held Qt would turn it off, or add it to others."""
        super().selectRow(row)
        chosen, line = self.selectionModel(), self._rows.index(row, 0)
        if line.isValid() and [index.row() for index in chosen.selectedRows()] != [row]:
            flag = QItemSelectionModel.SelectionFlag
            chosen.select(line, flag.ClearAndSelect | flag.Rows)

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
