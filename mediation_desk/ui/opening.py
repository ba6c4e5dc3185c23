"""A part of a page that opens something: by a click anywhere on it, or by Enter."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame

from mediation_desk.ui import theme

_ROUND = 6
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Opening(QFrame):
    """Says `wanted` with its name when it is chosen; without a listener it is only text."""

    wanted = Signal(str)

    def __init__(self, name: str, told: str) -> None:
        super().__init__()
        self.name = name
        self._told = told
        self._offered = False
        self._hot = False
        self.setAccessibleName(told)

    def offer(self, listener: SignalInstance | None) -> None:
        """Let it be chosen, and tell `listener`; not without a name or a listener."""
        if listener is not None and self.name:
            self.wanted.connect(listener)
            self.allow()

    def allow(self) -> None:
        """Let it be chosen by whoever is connected to it."""
        self._offered = True
        self.setMinimumHeight(theme.TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def offered(self) -> bool:
        """Whether it can be chosen."""
        return self._offered

    def choose(self) -> None:
        """Do what a click does."""
        if self._offered:
            self.wanted.emit(self.name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self.choose()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Taken, so that the release arrives here and not at the card behind.
        event.setAccepted(self._offered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            self.choose()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hot = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hot = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._offered or not (self._hot or self.hasFocus()):
            return
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = QPen(QColor(look.primary), 2) if self.hasFocus() else QPen(Qt.PenStyle.NoPen)
        painter.setPen(focus)
        painter.setBrush(QColor(look.blue_soft) if self._hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
