"""Setting villages up on the office's page: the file, its state, comparing keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk import enrolling, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.desk.desk_key import own_fingerprint
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
