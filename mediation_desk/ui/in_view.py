"""Scrolling to what answers an act."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

# What stays free above and below.
_AIR = 14
# Of a page that scrolls: something was brought into view since it last followed its tabs.
LED_ELSEWHERE = "led elsewhere"


def bring_into_view(part: QWidget) -> None:
    """Scroll whatever `part` stands in until it is seen.

    Later, when the parts of the page have found their places.
    """
    QTimer.singleShot(0, part, partial(_scroll, part))


def bring_to_top(part: QWidget) -> None:
    """Scroll the page `part` stands in, until `part` and what follows it are seen."""
    QTimer.singleShot(0, part, partial(_raise, part))


def _raise(part: QWidget) -> None:
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.verticalScrollBar().maximum():
            bar = around.verticalScrollBar()
            place = part.mapTo(around.viewport(), QPoint()).y()
            bar.setValue(bar.value() + place - _AIR)
            return
        around = around.parentWidget()


def _scroll(part: QWidget) -> None:
    around = part.parentWidget()
    while around is not None and part.isVisible():
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part, 0, _AIR)
            around.setProperty(LED_ELSEWHERE, True)  # noqa: FBT003 - Qt's own signature
        around = around.parentWidget()
