"""The window offers to move a register off a stick, a share or a cloud; the disk's room is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from register_moulds import Mould
from ui_tools import PASSWORD, keep_a_case, settle, write

from mediation_desk.store.register import Register
from mediation_desk.ui.disk_band import DiskBand
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def folder(village_mould: Mould, tmp_path: Path) -> Path:
    folder = tmp_path / "OneDrive" / "register"
    folder.parent.mkdir()
    with village_mould.open(folder) as register:
        keep_a_case(register)
    return folder


def _door(window: DeskWindow) -> UnlockPage:
    door = window.centralWidget().currentWidget()
    assert isinstance(door, UnlockPage)
    return door


def _box(window: DeskWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def _refused(qtbot: QtBot, window: DeskWindow) -> QMessageBox:
    door = _door(window)
    write(door.password, PASSWORD)
    door.unlock()
    settle(qtbot, window)
    return _box(window)


def test_a_register_in_a_cloud_is_moved_and_opened(
    qtbot: QtBot, open_window: Open, folder: Path, tmp_path: Path
) -> None:
    window = open_window(folder=folder)
    box = _refused(qtbot, window)
    assert "同步文件夹" in box.text()
    assert "move-in" not in box.text() + box.informativeText()
    next(entry for entry in box.buttons() if "移到这台电脑" in entry.text()).click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), UnlockPage))
    told = _box(window)
    assert "移好了" in told.text()
    assert str(tmp_path / "home" / "register") in told.informativeText()
    told.close()
    door = _door(window)
    write(door.password, PASSWORD)
    door.unlock()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), Shell))
    settle(qtbot, window)
    register = window.centralWidget().currentWidget().workplace.register
    assert len(register.all("dispute")) == 1
    assert [entry.name[:13] for entry in folder.parent.iterdir()] == ["register 已移到电"]


def test_it_stays_locked_where_nobody_wants_to_move_it(
    qtbot: QtBot, open_window: Open, folder: Path
) -> None:
    window = open_window(folder=folder)
    box = _refused(qtbot, window)
    box.defaultButton().click()
    assert "同步文件夹" in _door(window).told.text()
    assert folder.is_dir()


def test_a_taken_place_is_told(
    qtbot: QtBot, open_window: Open, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "home" / "register" / "x").mkdir(parents=True)
    window = open_window(folder=folder)
    box = _refused(qtbot, window)
    next(entry for entry in box.buttons() if "移到这台电脑" in entry.text()).click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), UnlockPage))
    told = _box(window)
    assert "已经有东西了" in told.informativeText()
    told.close()
    assert folder.is_dir()


def test_a_nearly_full_disk_is_told_above_every_page(open_window: Open, village: Register) -> None:
    window = open_window(village)
    (band,) = window.findChildren(DiskBand)
    assert not band.isVisible()
    village.keep_settings(replace(village.settings, disk_megabytes=100_000_000))
    band.refresh()
    assert band.isVisible()
    assert "快满了" in band.said.text()
    village.keep_settings(replace(village.settings, disk_megabytes=1))
    band.refresh()
    assert not band.isVisible()
