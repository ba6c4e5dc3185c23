"""Tabs: all in sight at every width that their shorter words allow, whole again with more room."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import finish, keep_a_case, page

from mediation_desk.store.register import Register
from mediation_desk.ui.pages.statistics import CHARTS
from mediation_desk.ui.tabs import PAGES, Tabs
from mediation_desk.ui.widgets import column, scrolled
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
# What a screen of 1366×768 has at 150 %.
SMALL = 910, 512


def _arrows(tabs: Tabs) -> list[QToolButton]:
    return [arrow for arrow in tabs.findChildren(QToolButton) if arrow.isVisible()]


def _let_stand(qtbot: QtBot, window: DeskWindow) -> None:
    """Wait for what is read, and until all parts have found their places."""
    finish(window)
    qtbot.wait(80)
    assert window.centralWidget().width() == window.width()


def _said(tabs: Tabs) -> list[str]:
    return [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)]


@pytest.mark.parametrize("name", ["", PAGES])
def test_tabs_move_together_first_then_say_it_shorter_and_come_back(
    qtbot: QtBot, name: str
) -> None:
    tabs = Tabs(name)
    qtbot.addWidget(tabs)
    tabs.offer("表格")
    tabs.offer("已报报表", "已报")
    tabs.offer("历史数据", "历史")
    tabs.show()
    wide = tabs.sizeHint().width()
    tabs.resize(wide, 50)
    assert _said(tabs) == ["表格", "已报报表", "历史数据"]
    assert not tabs.property("room")
    tabs.resize(wide - 20, 50)
    assert _said(tabs) == ["表格", "已报报表", "历史数据"]
    assert tabs.property("room") == "snug"
    assert tabs.sizeHint().width() == wide, "a tab bar asks for the room that all its words need"
    tabs.resize(wide - 50, 50)
    assert _said(tabs) == ["表格", "已报", "历史"]
    assert [tabs.accessibleTabName(place) for place in (1, 2)] == ["已报报表", "历史数据"]
    assert not _arrows(tabs)
    tabs.resize(wide, 50)
    assert _said(tabs) == ["表格", "已报报表", "历史数据"]


def test_a_tab_that_tells_a_number_makes_room_for_it(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.offer("待核对")
    tabs.offer("以案定补")
    tabs.show()
    tabs.resize(tabs.sizeHint().width(), 50)
    tabs.say(0, "待核对 123")
    assert tabs.property("room") == "tight"
    qtbot.wait(10)
    assert not _arrows(tabs)
    tabs.resize(tabs.sizeHint().width(), 50)
    assert not tabs.property("room")
    assert not _arrows(tabs)


def _tabs_half_way_down(qtbot: QtBot) -> tuple[QScrollArea, Tabs, QWidget]:
    """A page, its tabs half way down though it is scrolled to its end, and what the tabs show."""
    above, tabs, below = QWidget(), Tabs(), QWidget()
    tabs.offer("这份文件")
    above.setFixedHeight(300)
    below.setMinimumHeight(250)
    around = scrolled(column(above, tabs, below, gap=0), 0)
    qtbot.addWidget(around)
    around.resize(400, 450)
    around.show()
    qtbot.waitExposed(around)
    bar = around.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert _from_top(around, tabs) > 100
    return around, tabs, below


def _from_top(around: QScrollArea, tabs: Tabs) -> int:
    return tabs.mapTo(around.viewport(), QPoint()).y()


def test_a_page_that_grows_late_still_brings_its_tabs_to_the_top(qtbot: QtBot) -> None:
    around, tabs, below = _tabs_half_way_down(qtbot)
    tabs.follow(to_top=True)
    qtbot.wait(50)
    below.setMinimumHeight(900)
    qtbot.waitUntil(lambda: 0 <= _from_top(around, tabs) < 20)


def test_tabs_that_show_enough_stay_where_they_are(qtbot: QtBot) -> None:
    around, tabs, below = _tabs_half_way_down(qtbot)
    place = _from_top(around, tabs)
    tabs.follow()
    qtbot.wait(50)
    below.setMinimumHeight(900)
    qtbot.waitUntil(lambda: around.verticalScrollBar().maximum() > 600)
    qtbot.wait(50)
    assert _from_top(around, tabs) == place


@pytest.mark.usefixtures("huge")
def test_no_tab_of_the_office_hides_in_the_largest_type_on_the_smallest_screen(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    window.resize(*SMALL)
    statistics = page(window, "statistics")
    _let_stand(qtbot, window)
    assert len(_said(statistics.tabs)) == 5
    settings = page(window, "settings")
    for tabs in (statistics.tabs, settings.tabs, page(window, "sending").tabs):
        _let_stand(qtbot, window)
        assert tabs.width() < SMALL[0]
        assert not _arrows(tabs), _said(tabs)


@pytest.mark.usefixtures("huge")
def test_no_tab_of_a_file_hides_either(qtbot: QtBot, open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    browse = page(window, "disputes").browse
    browse.show_case(case.dispute.id)
    for size in (SMALL, (1366, 768), (1600, 900)):
        window.resize(*size)
        _let_stand(qtbot, window)
        assert not _arrows(browse.card.tabs), (size, _said(browse.card.tabs))
    assert browse.card.tabs.accessibleTabName(3) == "协议与履行"


@pytest.mark.usefixtures("huge")
def test_the_charts_stay_within_the_smallest_screen_in_the_largest_type(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    keep_a_case(office, days_ago=0)
    window = open_window(office)
    window.resize(*SMALL)
    statistics = page(window, "statistics")
    statistics.tabs.setCurrentIndex(CHARTS)
    _let_stand(qtbot, window)
    assert statistics.charts.units.marks
    assert statistics.view.horizontalScrollBar().maximum() == 0


@pytest.mark.usefixtures("huge")
def test_a_warning_can_be_read_on_the_smallest_screen_and_filters_open_on_request(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    window.resize(*SMALL)
    works = page(window, "works")
    works.browse.turn_to_warnings()
    _let_stand(qtbot, window)
    view = works.browse.warnings
    assert not view.level.isVisible()
    assert view.table.isColumnHidden(2), "what the card tells too gives way to the title"
    view.more.click()
    assert view.level.isVisible()
    view.more.click()
    window.resize(1500, 900)
    _let_stand(qtbot, window)
    assert not view.more.isVisible()
    assert view.level.isVisible()
    assert not view.table.isColumnHidden(2)


@pytest.mark.usefixtures("huge")
def test_settings_stand_in_two_lines_where_one_is_too_tight(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    window.resize(*SMALL)
    settings = page(window, "settings")
    _let_stand(qtbot, window)
    tabs = settings.tabs
    first, second = tabs.lines
    assert tabs.folded
    for line in tabs.lines:
        assert not _arrows(line)
        assert not line.property("room"), "there is air enough for whole words"
    assert [*_said(first), *_said(second)] == [tabs.tabText(n) for n in range(tabs.count())]
    assert "办理期限与口径" in _said(first)
    assert second.y() >= first.geometry().bottom()
    last = len(_said(first)) - 1
    tabs.setCurrentIndex(last)
    qtbot.waitUntil(lambda: window.isActiveWindow() or bool(window.activateWindow()))
    settings.setFocus()
    assert first.hasFocus()
    # The arrow keys go through all of them, and Tab stops once.
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    assert tabs.currentIndex() == first.currentIndex() == second.currentIndex() == last + 1
    assert first.focusPolicy() is Qt.FocusPolicy.NoFocus
    qtbot.keyClick(second, Qt.Key.Key_Left)
    assert first.hasFocus()
    place = tabs.count() - 1
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=second.tabRect(place).center())
    assert tabs.currentIndex() == place
    assert settings._stack.currentWidget() is settings.part("help")
    window.resize(1900, 900)
    _let_stand(qtbot, window)
    assert not tabs.folded
    assert not second.isVisible()
    assert len(_said(first)) == tabs.count()
    assert first.currentIndex() == place
