"""Practising cannot touch real records, says so all the time, and can begin again."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, keep_a_case, page, press, settle, write

from mediation_desk import paths
from mediation_desk.desk.clock import today
from mediation_desk.desk.demonstration import build
from mediation_desk.desk.practice import VILLAGE, begin_again
from mediation_desk.domain.codes import Role
from mediation_desk.domain.finding import Find
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.pages.founding import FoundingPage
from mediation_desk.ui.pages.practice_choice import PracticeChoice
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built") / "demo", today())


@pytest.fixture
def prepared(township: Path) -> Iterator[Path]:
    """The township where the program looks for it, so that no test waits for it to be built."""
    folder = paths.demo_township()
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(township, folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _view(window: DeskWindow) -> object:
    return window.centralWidget().currentWidget()


def _practising(qtbot: QtBot, window: DeskWindow) -> Shell:
    settle(qtbot, window)
    shell = _view(window)
    assert isinstance(shell, Shell)
    shown = [label.text() for label in shell.findChildren(QLabel) if label.isVisible()]
    assert "练习 · 不会改动真实登记簿 · 人物均为虚构" in shown
    return shell


def test_practising_leaves_the_real_register_byte_for_byte(
    qtbot: QtBot, open_window: Open, village: Register, prepared: Path
) -> None:
    keep_a_case(village)
    folder = village.folder
    window = open_window(village, folder=folder)
    practice = page(window, "settings").part("practice")
    village.close()
    before = _digests(folder)
    assert before
    practice.desks.village.click()
    shell = _practising(qtbot, window)
    register = window._register
    assert register.folder == prepared / VILLAGE
    count = register.count(Find())
    keep_a_case(register, "练习甲", "练习乙", days_ago=0)
    shell.turn_to("organisation").card.add_mediator.click()
    form = shell.turn_to("organisation").form
    write(form.form.boxes["name"].editor.inner, "练习丙")
    form.save()
    settle(qtbot, window)
    assert register.count(Find()) == count + 1
    press(qtbot, window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: isinstance(_view(window), UnlockPage))
    assert _digests(folder) == before
    write(_view(window).password, PASSWORD)
    qtbot.keyClick(_view(window).password, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert isinstance(_view(window), Shell)
    assert window._register.folder == folder
    assert window._register.count(Find()) == 1
    shown = [label.text() for label in _view(window).findChildren(QLabel)]
    assert not [text for text in shown if "练习" in text]


def test_the_band_is_of_another_colour(
    qtbot: QtBot, open_window: Open, village: Register, prepared: Path
) -> None:
    window = open_window(village)
    usual = window.grab().toImage().pixelColor(4, 20)
    assert usual == QColor(theme.tokens().bar)
    window.practise(Role.OFFICE)
    shell = _practising(qtbot, window)
    assert window._register.role is Role.OFFICE
    assert window.grab().toImage().pixelColor(4, 20) == QColor(theme.tokens().amber)
    assert "退出练习" in shell._leave.text()


def test_from_the_password_page_and_back(
    qtbot: QtBot, open_window: Open, village: Register, prepared: Path
) -> None:
    folder = village.folder
    village.close()
    window = open_window(folder=folder)
    qtbot.mouseClick(_view(window).practise, Qt.MouseButton.LeftButton)
    choice = _view(window)
    assert isinstance(choice, PracticeChoice)
    choice.back.click()
    assert isinstance(_view(window), UnlockPage)
    _view(window).practise.click()
    qtbot.mouseClick(_view(window).desks.office, Qt.MouseButton.LeftButton)
    _practising(qtbot, window)
    window.lock()
    assert isinstance(_view(window), UnlockPage)


def test_from_the_first_start_and_back(qtbot: QtBot, open_window: Open, prepared: Path) -> None:
    window = open_window()
    founding = _view(window)
    assert isinstance(founding, FoundingPage)
    founding.practise.click()
    _practising(qtbot, window)
    assert window._register.role is Role.VILLAGE
    window.lock()
    assert isinstance(_view(window), FoundingPage)


def test_practice_begins_again(
    qtbot: QtBot, open_window: Open, village: Register, prepared: Path
) -> None:
    window = open_window(village)
    window.practise(Role.VILLAGE)
    _practising(qtbot, window)
    keep_a_case(window._register, "练习甲", "练习乙", days_ago=0)
    assert window._register.count(Find(text="练习甲")) == 1
    page(window, "settings").part("practice").again.click()
    (asked,) = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in asked.buttons() if "从头再来" in one.text()).click()
    qtbot.waitUntil(lambda: not isinstance(_view(window), Shell))
    _practising(qtbot, window)
    assert window._register.count(Find(text="练习甲")) == 0
    assert not list(paths.home().glob(".demo*"))


def test_only_an_invented_township_is_cleared(village: Register) -> None:
    folder = village.folder
    village.close()
    before = _digests(folder)
    with pytest.raises(DeskError):
        begin_again(folder, Role.VILLAGE, today())
    assert _digests(folder) == before
    open_register(folder, PASSWORD).close()
