"""The room a page has: where the page needs more, it scrolls instead of being clipped."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class Room(QScrollArea):
    """Holds one page, as large as the room, or as its least size where that is larger.

    Qt's own resizing asks for the size a page would like, not for the least it can do with.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setWidget(self, page: QWidget) -> None:
        super().setWidget(page)
        # Filled by itself the page would be painted twice each time it comes to the front: alone,
        # and once more with the window, for the sake of what is clear in it.
        page.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        if page is None:
            return
        least = page.minimumSizeHint().expandedTo(page.minimumSize())
        size = self.maximumViewportSize()
        if least.width() > size.width():
            size.setHeight(size.height() - self.horizontalScrollBar().sizeHint().height())
        if least.height() > size.height():
            size.setWidth(size.width() - self.verticalScrollBar().sizeHint().width())
        page.resize(size.expandedTo(least))


class Turns(QStackedWidget):
    """Pages that take turns, needing the room of the one that is shown.

    Qt's own needs that of the largest, so that a small page would scroll for the sake of another.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self._turned)

    def _turned(self, _number: int) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()
