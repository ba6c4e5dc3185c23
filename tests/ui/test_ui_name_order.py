"""The list in the order of names, chosen and read in a real window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import an_open_case
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, write

from mediation_desk.domain.finding import Order, Wanted
from mediation_desk.domain.organisation import Mediator
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.browse import Browse
from mediation_desk.ui.pages.browse_bar import BrowseBar
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]

# As they are spoken: with 单 as Shan, 区 as Ou; what has no reading comes last.
_ORDERED = (
    "阿依古丽·买买提", "Anna Li", "黎", "李\U00030002", "区小红", "欧阳娜娜", "仇士英", "单雄",
    "解晓东", "尉迟敬德", "曾国强", "查良玉", "翟永红", "\U00020002三",
)  # fmt: skip
_EACH = 4


@pytest.fixture
def known(village: Register) -> Register:
    """Four disputes of each of the names; more than one page of the list."""
    with village.change("陶素芬", "登记") as change:
        for number in range(1, _EACH * len(_ORDERED) + 1):
            day = date(2026, 1, 1) + timedelta(days=number)
            case = an_open_case(number=number, intake_on=day, unit_id=village.unit.id)
            applicant, respondent = case.parties
            applicant = replace(applicant, name=_ORDERED[number * 5 % len(_ORDERED)])
            for record in (case.dispute, applicant, respondent):
                change.keep(record)
    return village


def _shown(browse: Browse) -> list[str]:
    """The applicants as the cells of the list show them."""
    model = browse.table.model()
    cells = (model.index(line, 1).data() for line in range(model.rowCount()))
    return [cell.split(" — ")[0] for cell in cells]


def _choose_names(qtbot: QtBot, bar: BrowseBar) -> None:
    """Choose the order of names out of its menu by the keyboard."""
    bar.turn.click()
    order = bar._more.order  # type: ignore[union-attr]
    menu = order.menu()
    menu.popup(order.mapToGlobal(order.rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible)
    for _ in Order:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().text() == Order.NAME.label
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not menu.isVisible())


def test_the_list_stands_in_the_order_of_names_to_its_end(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    _choose_names(qtbot, browse.bar)
    assert browse.bar.asked == Wanted(order=Order.NAME)
    assert browse.bar._more.order.text() == "排序：姓名拼音"
    assert not browse._banner.isVisible()
    ordered = [name for name in _ORDERED for _ in range(_EACH)]
    assert _shown(browse) == ordered[:50]
    browse.table.scrollToBottom()
    qtbot.waitUntil(lambda: _shown(browse) == ordered)
    days = [line.dispute.intake_on for line in browse.rows.all_shown()]
    assert days[:_EACH] == sorted(days[:_EACH], reverse=True)


def test_what_is_found_stands_in_the_order_of_names_and_a_new_one_in_its_place(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    browse = page(open_window(known), "disputes").browse
    _choose_names(qtbot, browse.bar)
    for typed, name in (("qiusy", "仇士英"), ("单雄", "单雄"), ("\U00020002", "\U00020002三")):
        browse.search.clear()
        write(browse.search, typed)
        qtbot.waitUntil(lambda name=name: _shown(browse) == [name] * _EACH)
    browse.search.clear()
    qtbot.waitUntil(lambda: len(_shown(browse)) > _EACH)
    keep_a_case(known, "安世民")
    browse.refresh()
    assert _shown(browse)[:6] == ["阿依古丽·买买提"] * _EACH + ["安世民", "Anna Li"]


def test_mediators_are_offered_in_the_order_of_names(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    with village.change("陶素芬", "调解员") as change:
        for name in ("曾国强", "仇士英", "Anna Li", "单雄"):
            change.keep(Mediator(id=new_id(), unit_id=village.unit.id, name=name))
    bar = page(open_window(village), "disputes").browse.bar
    bar.turn.click()
    offered = [label for _value, label in bar._more.mediator._choices]
    assert offered == ["全部调解员", "Anna Li", "仇士英", "单雄", "陶素芬", "曾国强"]


def test_a_list_that_grows_fetches_what_it_has_room_for(
    qtbot: QtBot, open_window: Open, known: Register
) -> None:
    window = open_window(known)
    browse = page(window, "disputes").browse
    write(browse.search, "2026")
    qtbot.waitUntil(lambda: not browse._typing.isActive())
    least = len(_shown(browse))
    assert browse.table.verticalScrollBar().maximum() > 0
    window.resize(1366, 3000)
    qtbot.waitUntil(lambda: len(_shown(browse)) == _EACH * len(_ORDERED) > least)
