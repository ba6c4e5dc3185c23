"""From nothing to an open register, and from a locked register back to it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, press, settle, write

from mediation_desk.domain.codes import Role
from mediation_desk.store.opening import is_register, open_register
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.founding import FoundingPage
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _fill(page: FoundingPage, **values: str) -> None:
    for name, value in values.items():
        write(page.fields[name].editor.inner, value)


def test_a_village_is_set_up_and_opens(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    page = window.centralWidget().currentWidget()
    assert isinstance(page, FoundingPage)
    _fill(page, county="丰都县", town="双龙镇", name="梨子园村", code="500230124200")
    _fill(page, person="陶素芬", password=PASSWORD, again=PASSWORD)
    qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert isinstance(window.centralWidget().currentWidget(), Shell)
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert "丰都县双龙镇梨子园村人民调解委员会" in shown
    window.put_away()
    with open_register(tmp_path / "register", PASSWORD) as register:
        assert (register.role, register.person) == (Role.VILLAGE, "陶素芬")


def test_an_office_asks_for_no_village(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window()
    page = window.centralWidget().currentWidget()
    page.office.click()
    assert page.fields["name"].isHidden()
    _fill(page, county="丰都县", town="双龙镇", code="500230124000", person="罗晓")
    _fill(page, password=PASSWORD, again=PASSWORD)
    page.create_button.click()
    settle(qtbot, window)
    window.put_away()
    with open_register(tmp_path / "register", PASSWORD) as register:
        assert register.role is Role.OFFICE


def test_what_is_missing_is_said_beside_it(open_window: Open, tmp_path: Path) -> None:
    page = open_window().centralWidget().currentWidget()
    _fill(page, county="丰都县", password=PASSWORD, again="别的密码")
    page.create_button.click()
    assert page.fields["county"].finding == ""
    assert page.fields["town"].finding
    assert "不一样" in page.fields["again"].finding
    assert not is_register(tmp_path / "register")


def test_a_wrong_code_is_said_beside_it(open_window: Open, tmp_path: Path) -> None:
    page = open_window().centralWidget().currentWidget()
    _fill(page, county="丰都县", town="双龙镇", name="梨子园村", code="123", person="陶素芬")
    _fill(page, password=PASSWORD, again=PASSWORD)
    page.create_button.click()
    assert page.fields["code"].finding
    assert not is_register(tmp_path / "register")


def test_all_that_is_wrong_is_said_at_once(open_window: Open) -> None:
    page = open_window().centralWidget().currentWidget()
    _fill(page, code="50023012", password=PASSWORD, again="别的密码")
    page.create_button.click()
    assert "12" in page.fields["code"].finding
    assert "不一样" in page.fields["again"].finding
    assert page.fields["county"].finding == "请填写。"


def test_the_password_opens_and_locking_asks_for_it_again(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    folder = village.folder
    village.close()
    window = open_window(folder=folder)
    page = window.centralWidget().currentWidget()
    assert isinstance(page, UnlockPage)
    write(page.password, "不对的密码")
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert page.told.isVisible()
    assert page.told.text()
    page.password.clear()
    write(page.password, PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert isinstance(window.centralWidget().currentWidget(), Shell)
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), UnlockPage))
    assert QApplication.activeModalWidget() is None
    window.put_away()
    open_register(folder, PASSWORD).close()
