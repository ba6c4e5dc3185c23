"""What a measuring eye finds wrong in a picture: words cut off, tabs hidden, pages too wide."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from mediation_desk.ui.widgets import Elided

# A pixel is lost where scaled sizes are rounded.
_ROUNDED = 1
# So much of their empty edges neighbours may share.
_TOUCHING = 2


def faults(shown: QWidget) -> list[str]:
    """Every fault that can be seen of `shown`, each in a few words."""
    found = []
    for part in (shown, *shown.findChildren(QWidget)):
        if part.isVisible() and not part.visibleRegion().isEmpty():
            found += [f"{type(part).__name__} {said}" for said in _faults(part)]
    return found


def _faults(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel) and not isinstance(part, Elided):
        yield from _label(part)
    elif isinstance(part, QTabBar):
        arrows = [arrow for arrow in part.findChildren(QToolButton) if arrow.isVisible()]
        if arrows:
            yield "hides tabs behind arrows: " + "/".join(map(part.tabText, range(part.count())))
    elif isinstance(part, QPushButton):
        # What opens a menu shortens its words by itself.
        least = part.minimumSizeHint().width() if part.menu() is None else 0
        if part.text() and part.width() + _ROUNDED < least:
            yield f"cuts off {part.text()!r}"
    elif isinstance(part, QComboBox):
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = part.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, part)
        if room.width() < part.fontMetrics().horizontalAdvance(part.currentText()):
            yield f"cuts off {part.currentText()!r}"
    elif isinstance(part, QScrollArea) and part.horizontalScrollBar().maximum() > 0:
        yield f"scrolls sideways by {part.horizontalScrollBar().maximum()}"
    if isinstance(part, QAbstractButton | QLabel | QComboBox):
        yield from _overlapped(part)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.pixmap().toImage().width():
        return
    room = label.contentsRect()
    if not label.wordWrap():
        if label.width() + _ROUNDED < label.minimumSizeHint().width():
            yield f"cuts off {text[:30]!r}"
        return
    needed = label.heightForWidth(label.width())
    if label.height() + _ROUNDED < needed:
        yield f"cuts off lines of {text[:30]!r} ({label.height()} of {needed})"
    elif room.width() < label.fontMetrics().averageCharWidth() * 4 < len(text):
        yield f"is too narrow for {text[:30]!r}"


def _overlapped(part: QWidget) -> Iterator[str]:
    """Neighbours in the same parent that take each other's place."""
    around = part.parentWidget()
    if around is None or isinstance(around, QAbstractScrollArea | QComboBox | QTabBar):
        return
    kinds = QAbstractButton | QLabel | QComboBox
    for other in around.children():
        if not isinstance(other, kinds) or other is part or not other.isVisible():
            continue
        if other.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            continue
        shared = part.geometry().intersected(other.geometry())
        if _large(shared) and id(part) < id(other):
            yield f"lies over {type(other).__name__} at {shared.getRect()}"


def _large(shared: QRect) -> bool:
    return shared.width() > _TOUCHING and shared.height() > _TOUCHING
