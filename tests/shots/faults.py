"""What a measuring eye finds wrong in a picture: words cut off, tabs hidden, pages too wide."""

# What it does not see: whether a page is well composed. Somebody has to look at the pictures.

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import Elided

# A pixel is lost where scaled sizes are rounded.
_ROUNDED = 1
# So much of their empty edges neighbours may share.
_TOUCHING = 2
# Characters that a line of running text has room for at least.
_LINE_LEAST = 4
# Lines that what scrolls shows at least.
_LINES_LEAST = 1.5
# A scroll bar for less than this (in lines) is a layout that has reckoned wrongly.
_NEEDLESS = 0.7
# How many times its height a line of text may be given.
_AIR_MOST = 3


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
    elif isinstance(part, QLineEdit):
        yield from _placeholder(part)
    if isinstance(part, PickButton) and part.text() != part.label:
        yield f"cuts off {part.label!r}"
    if isinstance(part, QAbstractScrollArea):
        yield from _scrolling(part)
    if isinstance(part, QAbstractButton | QLabel | QComboBox | QLineEdit):
        yield from _sticking_out(part)
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
    needed = max(label.heightForWidth(label.width()), label.fontMetrics().height())
    if label.height() + _ROUNDED < needed:
        yield f"cuts off lines of {text[:30]!r} ({label.height()} of {needed})"
    elif room.width() < label.fontMetrics().horizontalAdvance("字") * min(_LINE_LEAST, len(text)):
        yield f"is too narrow for {text[:30]!r} ({room.width()} pixels)"
    if label.height() > _AIR_MOST * needed and _adrift(label.alignment()):
        yield f"is pulled apart: {text[:30]!r} ({label.height()} of {needed})"


def _adrift(alignment: Qt.AlignmentFlag) -> bool:
    """Whether words hang half way down; in the middle of a page they do so on purpose."""
    flags = Qt.AlignmentFlag
    return bool(alignment & flags.AlignVCenter) and not alignment & flags.AlignHCenter


def _placeholder(editor: QLineEdit) -> Iterator[str]:
    if editor.text() or not editor.placeholderText():
        return
    option = QStyleOptionFrame()
    editor.initStyleOption(option)
    field = QStyle.SubElement.SE_LineEditContents
    margins = editor.textMargins()
    room = editor.style().subElementRect(field, option, editor).marginsRemoved(margins).width()
    if room < editor.fontMetrics().horizontalAdvance(editor.placeholderText()):
        yield f"cuts off {editor.placeholderText()!r}"


def _scrolling(view: QAbstractScrollArea) -> Iterator[str]:
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    if isinstance(view, QScrollArea | Table) and across.maximum() > 0:
        yield f"scrolls sideways by {across.maximum()}"
    line = view.fontMetrics().height()
    if down.maximum() and down.isVisible():
        if view.viewport().height() < _LINES_LEAST * line:
            yield f"shows {view.viewport().height()} pixels of what it holds"
        if isinstance(view, QScrollArea) and down.maximum() < _NEEDLESS * line:
            yield f"scrolls by no more than {down.maximum()}"


def _sticking_out(part: QWidget) -> Iterator[str]:
    around = part.parentWidget()
    if around is None or part.isWindow() or isinstance(around.parentWidget(), QAbstractScrollArea):
        return
    room = around.rect().adjusted(-_ROUNDED, -_ROUNDED, _ROUNDED, _ROUNDED)
    if not room.contains(part.geometry()):
        yield f"sticks out of {type(around).__name__}: {part.geometry().getRect()}"


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
