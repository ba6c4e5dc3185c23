"""Wherever the cursor stands it can be seen: in every scheme the widget looks different then."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from test_ui_look import _contrast
from ui_tools import finish, keep_a_case, page, settle_a_case

from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.theme import Looks, Scheme
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
# So many pixels change their colour so much that the change itself is seen (WCAG 2.4.13).
_PIXELS, _CONTRAST = 40, 3.0
PAGES = ("home", "disputes", "works", "statistics", "sending", "organisation", "settings")


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST], ids=lambda one: one.value)
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Scheme]:
    before = theme.looks()
    theme.wear(Looks(request.param, before.size))
    yield request.param
    theme.wear(before)


def _changed(with_cursor: QImage, without: QImage) -> int:
    """How many pixels stand out from what they were."""
    now, before = (
        memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
        for image in (with_cursor, without)
    )
    pairs = Counter((one, other) for one, other in zip(now, before, strict=True) if one != other)
    return sum(
        count
        for (one, other), count in pairs.items()
        if _contrast(QColor(one).name(), QColor(other).name()) >= _CONTRAST
    )


def _stops(shown: QWidget) -> list[QWidget]:
    """What the Tab key stops at."""
    return [
        part
        for part in shown.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and not part.visibleRegion().isEmpty()
    ]


def _unseen(window: DeskWindow, shown: QWidget) -> Iterator[str]:
    for part in _stops(shown):
        if isinstance(part, QAbstractItemView) and not part.currentIndex().isValid():
            # Nothing is listed, or the arrow keys have yet to choose a number of the table.
            continue
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if QApplication.focusWidget() is not part or part.visibleRegion().isEmpty():
            # What had the cursor before may have put words above it since.
            continue
        # By itself a part that is clear in part would stand on no ground.
        place = QRect(part.mapTo(window, QPoint()), part.size())
        there = window.grab(place).toImage()
        part.clearFocus()
        QApplication.processEvents()
        if (seen := _changed(there, window.grab(place).toImage())) < _PIXELS:
            text = getattr(part, "text", str)
            told = part.tabText(part.currentIndex()) if isinstance(part, QTabBar) else text()
            yield f"{type(part).__name__} {told!r}: {seen} pixels"


def test_the_cursor_is_seen_wherever_it_stands(
    qtbot: QtBot, open_window: Open, village: Register, scheme: Scheme
) -> None:
    settle_a_case(village, keep_a_case(village, days_ago=3))
    window = open_window(village)
    qtbot.waitUntil(window.isActiveWindow)
    unseen = set()
    for name in PAGES:
        unseen.update(_unseen(window, page(window, name)))
    disputes = page(window, "disputes")
    for turn in (disputes.register, disputes.quick):
        turn()
        finish(window)
        unseen.update(_unseen(window, disputes))
        disputes.form.touched = False
        disputes.form.leave()
    unseen.update(_unseen(window, window.centralWidget()))
    assert not unseen, "\n".join(sorted(unseen))
