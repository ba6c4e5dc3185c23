"""What answers an act is in view, and nothing is told in half a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.line_breaks import broken
from mediation_desk.ui.pages.dispute_forms import HAND_OVER
from mediation_desk.ui.search_box import SearchBox
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import Elided, column, scrolled
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
_AT_150 = (910, 512)


def _in_view(inner: QWidget, outer: QWidget) -> bool:
    return outer.rect().contains(QRect(inner.mapTo(outer, QPoint()), inner.size()))


@pytest.mark.usefixtures("huge")
def test_the_in_box_scrolls_up_to_what_it_has_to_say(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    window.resize(*_AT_150)
    receiving = page(window, "sending")
    settle(qtbot, window)
    bar = receiving.view.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    receiving.inbox.look_at([office.folder])
    qtbot.waitUntil(lambda: _in_view(receiving.notice, receiving.view.viewport()))
    assert receiving.notice.said.text()


def _tall(height: int) -> QWidget:
    part = QWidget()
    part.setFixedHeight(height)
    return part


def _scrolled_below_its_tabs(
    qtbot: QtBot, above: QWidget, tabs: Tabs, below: QWidget
) -> QScrollArea:
    """A page of which the tabs are out of sight."""
    tabs.offer("这份文件")
    view = scrolled(column(above, tabs, below, gap=0))
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2000)
    bar.setValue(1800)
    return view


def test_a_page_that_became_shorter_is_not_left_scrolled_past_its_tabs(qtbot: QtBot) -> None:
    above, below, tabs = _tall(700), _tall(3000), Tabs()
    view = _scrolled_below_its_tabs(qtbot, above, tabs, below)
    bar = view.verticalScrollBar()
    tabs.follow()
    qtbot.waitUntil(lambda: _in_view(tabs, view.viewport()))
    # While it settles the page may become shorter still.
    below.setFixedHeight(900)
    above.setFixedHeight(100)
    qtbot.waitUntil(lambda: bar.maximum() < 1000 and _in_view(tabs, view.viewport()))


def test_who_was_led_to_something_else_is_not_taken_back_to_the_tabs(qtbot: QtBot) -> None:
    said, tabs = _tall(60), Tabs()
    view = _scrolled_below_its_tabs(qtbot, said, tabs, _tall(3000))
    bar = view.verticalScrollBar()
    tabs.follow()
    qtbot.waitUntil(lambda: 0 < bar.value() < 100)
    bring_into_view(said)
    qtbot.waitUntil(lambda: _in_view(said, view.viewport()))
    # What was said pushes the tabs down, and the page is higher than it was.
    said.setFixedHeight(280)
    qtbot.waitUntil(lambda: bar.maximum() > 2900)
    qtbot.wait(50)
    assert bar.value() == 0


@pytest.mark.usefixtures("huge")
def test_in_one_column_only_the_page_scrolls(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    window.resize(*_AT_150)
    inbox = page(window, "sending").inbox
    settle(qtbot, window)
    table = inbox.coverage.table
    qtbot.waitUntil(lambda: not table.verticalScrollBar().maximum())
    window.resize(1800, 900)
    qtbot.waitUntil(inbox._list_view.isVisible)
    assert inbox.files.parentWidget() is inbox._list_view.viewport()
    window.resize(*_AT_150)
    qtbot.waitUntil(lambda: not inbox._list_view.isVisible())
    assert inbox.files.isVisible()


@pytest.mark.usefixtures("huge")
def test_the_number_to_come_and_its_button_are_in_view(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    window.resize(*_AT_150)
    numbering = page(window, "settings").part("numbering")
    settle(qtbot, window)
    assert _in_view(numbering.save_button, window)
    assert _in_view(numbering.sample, window)


def test_cards_end_where_the_buttons_of_the_head_end(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    window.resize(*_AT_150)
    sending = page(window, "sending")
    settle(qtbot, window)

    def right(part: QWidget) -> int:
        return part.mapTo(window, part.rect().topRight()).x()

    assert sending.view.verticalScrollBar().isVisible()
    assert right(sending.send_view.ahead_card) == right(sending.send_view.make)


def test_a_line_gives_way_to_a_shorter_wording(qtbot: QtBot) -> None:
    told = Elided()
    qtbot.addWidget(told)
    told.say("还没有备份过，可以在设置里备份", "还没有备份过")
    told.resize(told.fontMetrics().horizontalAdvance("还没有备份过") + 4, 30)
    whole = Elided("还没有备份过")
    qtbot.addWidget(whole)
    whole.resize(told.size())
    assert told.grab().toImage() == whole.grab().toImage()
    assert told.text() == "还没有备份过，可以在设置里备份"


def test_a_search_says_what_has_room(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    box.hint("找姓名、编号、内容或拼音", "找纠纷")
    box.resize(400, 44)
    box.show()
    assert box.placeholderText() == "找姓名、编号、内容或拼音"
    box.say("1000+ 件")
    box.resize(180, 44)
    assert box.placeholderText() == "找纠纷"


def test_lines_break_before_no_mark(qtbot: QtBot) -> None:
    metrics = QFontMetrics(theme.font())
    text = "借出去的钱没有写借条，只有转账记录，还能不能要回。"
    width = metrics.horizontalAdvance("借出去的钱没有写借条") + 1
    first, second = broken(text, metrics, width, 2)
    assert first == "借出去的钱没有写借"
    assert second.startswith("条，只有")
    assert metrics.horizontalAdvance(second) <= width
    assert "".join(broken(text, metrics, 10_000, 2)) == text


@pytest.mark.usefixtures("huge")
def test_a_form_gone_to_at_once_stands_within_the_window(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village, days_ago=0)
    window = open_window(village)
    window.resize(*_AT_150)
    disputes = page(window, "disputes")
    shell = window.centralWidget().currentWidget()
    page(window, "home")
    shell.go(Go("disputes", "step", case.dispute.id, HAND_OVER))
    settle(qtbot, window)
    assert disputes.form is not None
    assert disputes.minimumSizeHint().width() <= disputes.parentWidget().width()


@pytest.mark.usefixtures("huge")
def test_of_what_was_sent_everything_is_read(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    window = open_window(village)
    window.resize(*_AT_150)
    sending = page(window, "sending")
    settle(qtbot, window)
    view = sending.send_view
    view.send(tmp_path / "out.xlsx", "")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: _in_view(sending.notice, sending.view.viewport()))
    (sent,) = view.history.rows.all_shown()
    table = view.history.table
    for number, shown in enumerate(view.history.rows.columns):
        needed = table.fontMetrics().horizontalAdvance(shown.text(sent)) + 20
        assert table.columnWidth(number) >= needed, shown.title
    # The number is that of the file sent; what the next one would be is said beside it.
    settle(qtbot, window)
    package = sent.package
    assert view.title.text().endswith(f"第 {package.number} 份")
    assert f"第 {package.number + 1} 份" in view.file.text()


@pytest.mark.usefixtures("huge")
def test_a_number_that_cannot_be_kept_is_scrolled_to(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    window.resize(*_AT_150)
    limits = page(window, "settings").part("limits")
    settle(qtbot, window)
    view = limits.findChild(QScrollArea)
    first = next(iter(limits.boxes.values()))
    first.editor.setFocus()
    write(first.editor.inner, "三十")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    limits.save_button.click()
    assert first.finding
    qtbot.waitUntil(lambda: _in_view(first, view.viewport()))


@pytest.mark.usefixtures("huge")
def test_the_list_shows_three_lines_below_what_is_asked(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    for _ in range(5):
        keep_a_case(village)
    window = open_window(village)
    window.resize(*_AT_150)
    browse = page(window, "disputes").browse
    settle(qtbot, window)
    table = browse.table
    assert window.size().toTuple() == _AT_150
    browse._offer_out()
    browse.bar._out_line.masked.setChecked(False)
    browse.bar._out_line.export.click()
    three = 3 * table.rowHeight(0)
    qtbot.waitUntil(lambda: table.viewport().height() >= three)
    assert window.size().toTuple() == _AT_150
