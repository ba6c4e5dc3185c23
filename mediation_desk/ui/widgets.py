"""Small parts that all pages are made of: cards, words, buttons, chips, rows, scrolling."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mediation_desk.ui.air import Airing
from mediation_desk.ui.theme import Tone

Slot = Callable[[], None]
# The space right of all pages, and on both sides of what stands in a card.
EDGE = 18
PADDING = 16
# So much stays free between the words and the bar that scrolls them.
_BESIDE_BAR = 8
# How often Qt is asked to look again; where that does not help nothing will.
_TRIES = 3
# In lines: nobody shall scroll for less than this; a page gives some of its air for it instead.
_NEEDLESS = 0.7
_LAID_OUT = frozenset((QEvent.Type.LayoutRequest, QEvent.Type.Resize))


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the looks of the style sheet."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    dress_again(widget)


def dress_again(widget: QWidget) -> None:
    """Let the style sheet see a changed property; a widget not yet shown sees it anyway."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def words(text: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A line of plain text in one of the looks."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if name:
        look(label, name)
    return label


class Elided(QLabel):
    """One line of text that gives way instead of pushing its neighbours out.

    Where it has no room, the first of its shorter wordings that has takes its place; … comes last.
    """

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if name:
            look(self, name)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._shorter = ()
        super().setText(text)
        self.setToolTip(text)

    def say(self, text: str, *shorter: str) -> None:
        """Say `text`, or where that has no room the first of `shorter` that has."""
        self.setText(text)
        self._shorter = shorter

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        wordings = (self.text(), *self._shorter)
        fitting = (text for text in wordings if metrics.horizontalAdvance(text) <= room)
        shown = metrics.elidedText(next(fitting, wordings[-1]), Qt.TextElideMode.ElideRight, room)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown
        )


def button(
    text: str, slot: Slot | None = None, name: str = "", *, keys: str = "", tip: str = ""
) -> QPushButton:
    """A button; `keys` work in its window as well and are shown in its tip."""
    made = QPushButton(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(True)
    if name:
        look(made, name)
    if slot is not None:
        made.clicked.connect(slot)
    if keys:
        shortcut = QShortcut(QKeySequence(keys), made)
        shortcut.activated.connect(made.animateClick)
    made.setToolTip(" ".join(part for part in (tip, f"({keys})" if keys else "") if part))
    return made


class Chip(QLabel):
    """A state in a word on a soft ground."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Say `text` in `tone`; without text the chip is not there."""
        self.setText(text)
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            dress_again(self)
        if text and self.parentWidget() is None:
            # Shown now it would open as a window of its own and take the keyboard; it is shown
            # with the card it is put on.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # noqa: FBT003
        else:
            self.setVisible(bool(text))


def row(*parts: "QWidget | QLayout | int | None", gap: int = 12) -> QHBoxLayout:
    """Parts side by side; None stretches, a number is a gap in pixels."""
    line = QHBoxLayout()
    _fill(line, parts, gap)
    return line


def column(*parts: "QWidget | QLayout | int | None", gap: int = 8) -> QVBoxLayout:
    """Parts one below the other; None stretches, a number is a gap in pixels."""
    stack = QVBoxLayout()
    _fill(stack, parts, gap)
    return stack


def _fill(box: QBoxLayout, parts: "tuple[QWidget | QLayout | int | None, ...]", gap: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)


def framed(layout: QLayout, name: str = "card", margins: int = 16) -> QFrame:
    """A card around a layout."""
    frame = QFrame()
    look(frame, name)
    layout.setContentsMargins(margins, max(margins - 4, 0), margins, max(margins - 4, 0))
    frame.setLayout(layout)
    return frame


def line(name: str = "rule") -> QFrame:
    """A thin line between parts of a card."""
    made = QFrame()
    look(made, name)
    return made


def clear(layout: QLayout) -> None:
    """Take all parts out of a layout and delete them."""
    while (entry := layout.takeAt(0)) is not None:
        if (widget := entry.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := entry.layout()) is not None:
            clear(inner)


def _takes_cursor(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return widget.focusPolicy() & tab == tab and widget.isEnabled() and not widget.isHidden()


class Scroll(QScrollArea):
    """Scrolls its one child up and down; the child is as wide as the view.

    Only where that is too narrow even for the least the child can do with, as in large type, it
    scrolls sideways as well.

    With an `edge` the child keeps so many pixels at its right, the scroll bar included, so that
    nothing jumps when the bar appears.
    """

    def __init__(self, inner: QWidget, edge: int | None = None) -> None:
        super().__init__()
        self._edge, self._tries = edge, 0
        self._airing: Airing | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._see_whether_whole)
        self._put_in(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        self._keep_edge(0, 0)

    def _put_in(self, inner: QWidget) -> None:
        look(inner, "clear")
        self._airing = None
        self.setWidget(inner)
        # Clear as it is, it has nothing to fill; Qt would paint it twice (see `room`).
        inner.setAutoFillBackground(False)

    def show_instead(self, inner: QWidget) -> None:
        """Show another child, from its top; to make a view anew for it takes longer than this.

        If the cursor stood in the one before, it goes to the first place of this one.
        """
        before, cursor = self.widget(), QApplication.focusWidget()
        held = before is not None and cursor is not None and before.isAncestorOf(cursor)
        if before is not None:
            self.takeWidget()
            # It may be one of its own parts that asked for the other.
            before.deleteLater()
        self._put_in(inner)
        self._keep_edge(0, self.verticalScrollBar().maximum())
        inner.show()
        self.verticalScrollBar().setValue(0)
        if held and (place := next(filter(_takes_cursor, inner.findChildren(QWidget)), None)):
            place.setFocus()

    def _keep_edge(self, _first: int, last: int) -> None:
        self._settled.start()
        inner = self.widget()
        layout = inner.layout() if inner else None
        if self._edge is None or layout is None:
            return
        margins = layout.contentsMargins()
        bar = self.verticalScrollBar().sizeHint().width()
        right = max(self._edge - bar, _BESIDE_BAR) if last else self._edge
        margins.setRight(right)
        layout.setContentsMargins(margins)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Of the child, and of the view, to which Qt tells what its child lacks.
        if event.type() in _LAID_OUT:
            self._settled.start()
        return super().eventFilter(watched, event)

    def _see_whether_whole(self) -> None:
        """Let Qt look again at a child that needs more than it has.

        Words that come while the child is being laid out are else forgotten now and then; all
        lines of the page would share the room there was without them, one lying over the other.
        """
        self._air_out()
        inner = self.widget()
        if inner is None or not inner.hasHeightForWidth():
            return
        needed = inner.heightForWidth(inner.width())
        if needed <= inner.height():
            self._tries = 0
        elif self._tries < _TRIES:
            self._tries += 1
            # The one way to let Qt reckon at once; an event is forgotten like those before it.
            self.setWidgetResizable(False)
            self.setWidgetResizable(True)
            self._settled.start()

    def _air_out(self) -> None:
        """Let the child give what little is missing from its air, so that nothing scrolls for it.

        The air comes back as soon as there is room for it, or so little that it does not help.
        """
        inner = self.widget()
        if inner is None or (layout := inner.layout()) is None:
            return
        most = _NEEDLESS * self.fontMetrics().height()
        if self._airing is None:
            if not 0 < self.verticalScrollBar().maximum() < most:
                return
            self._airing = Airing(layout)
        room = self.maximumViewportSize()
        missing = self._high(inner, room.width()) + self._airing.given - room.height()
        self._airing.give(missing if 0 < missing < most else 0)

    def _high(self, inner: QWidget, width: int) -> int:
        """How high the child would be if it did not scroll."""
        if not inner.hasHeightForWidth():
            return inner.minimumSizeHint().height()
        layout = inner.layout()
        if self._edge is not None and layout is not None:
            # Without the bar the edge is wider than with it.
            width -= self._edge - layout.contentsMargins().right()
        return inner.heightForWidth(width)


def scrolled(layout: QLayout, edge: int | None = None) -> Scroll:
    """A scrolling view around a layout."""
    inner = QWidget()
    inner.setLayout(layout)
    return Scroll(inner, edge)


def in_the_middle(inner: QLayout, width: int, margins: int = 26) -> QLayout:
    """A card, at most so wide, in the middle of a page on which there is nothing else."""
    card = framed(inner, margins=margins)
    card.setMaximumWidth(width)
    around = row(gap=0)
    around.addStretch(1)
    around.addWidget(card, 100)
    around.addStretch(1)
    page = column(None, around, None)
    page.setContentsMargins(12, 12, 12, 12)
    return column(scrolled(page))


class WheelGuard(QObject):
    """Keeps the wheel from changing a choice while somebody scrolls past it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.ignore()
            return not watched.hasFocus()
        return False
