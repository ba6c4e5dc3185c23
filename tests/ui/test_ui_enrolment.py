"""Setting villages up on the office's page: the file, its state, comparing keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk import enrolling, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.desk.desk_key import own_fingerprint
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.enrolment_view import state_words
from mediation_desk.ui.pages.receiving import ENROLMENT
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def known(village: Register, office: Register) -> None:
    """The office knows the village, which is not set up."""
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    with office.change("罗晓", "添加单位") as change:
        change.keep(unit)


def view_of(window: DeskWindow) -> object:
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(ENROLMENT)
    return receiving_page.enrolment


@pytest.mark.usefixtures("known")
def test_a_village_is_set_up_and_its_key_compared(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(office)
    view = view_of(window)
    assert state_words(view.rows.row(0)) == "未开户"
    assert view.make.property("look") == "primary"
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    qtbot.keyClick(view.make, Qt.Key.Key_Space)
    settle(qtbot, window)
    path = tmp_path / "梨子园村开户文件.xlsx"
    assert path.exists()
    assert path.name in page(window, "sending").notice.more.text()
    assert state_words(view.rows.row(0)) == "已做开户文件"
    assert view.own.text() == own_fingerprint(office)
    opened = enrolling.open_setup_file(village, path, village.person, today())
    assert opened.fingerprint == view.own.text()
    target = tmp_path / "package.xlsx"
    sent = sending.send(village, month_of(today()), target, village.person, today())
    receiving.receive_all(office, [sent.path], office.person, today())
    view.refresh()
    assert state_words(view.rows.row(0)) == "已登记公钥"
    assert view._number.text() == own_fingerprint(village)
    # Another file would end the key in use: nothing to be led to.
    assert view.make.property("look") != "primary"


@pytest.mark.usefixtures("known", "huge")
def test_where_there_is_little_room_one_chooses_first_and_is_led_to_the_card(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    for number in range(201, 212):
        unit = enrolling.new_unit(office, f"500230124{number}", f"{number}村", "", UnitKind.VILLAGE)
        with office.change("罗晓", "添加单位") as change:
            change.keep(unit)
    window = open_window(office)
    window.resize(910, 512)
    view = view_of(window)
    qtbot.waitUntil(lambda: view._list.y() < view._card.y())
    around = page(window, "sending").view.viewport()

    def top() -> int:
        return view._card.mapTo(around, QPoint()).y()

    assert top() > around.height()
    place = view.table.visualRect(view.rows.index(0, 0)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: 0 <= top() < around.height() // 2)


@pytest.mark.usefixtures("known")
def test_a_second_file_is_made_only_after_asking(
    qtbot: QtBot,
    open_window: Open,
    office: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(office)
    view = view_of(window)
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path)
    view.make.click()
    settle(qtbot, window)
    view.make.click()
    assert len(office.all("enrolment")) == 1
    (asked,) = window.findChildren(QMessageBox)
    assert "换了电脑" in asked.informativeText()
    yes = next(one for one in asked.buttons() if one.text() == "另做一份")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(office.all("enrolment")) == 2


def test_without_units_it_says_where_to_add_one(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    view = view_of(window)
    assert "添加单位" in view._told.text()
    assert not view.make.isEnabled()
    qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    assert window.centralWidget().currentWidget().front == "organisation"
