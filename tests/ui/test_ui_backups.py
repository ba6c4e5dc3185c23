"""Backups in the window: what there is, going back to one, and what is said about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from register_moulds import Mould
from ui_tools import PASSWORD, keep_a_case, page, settle, write

from mediation_desk.store.backups import Why
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.ui.pages.settings_backup import BackupPart
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def folder(village_mould: Mould, tmp_path: Path) -> Path:
    """A register with a case, backed up before it came in and after."""
    folder = tmp_path / "register"
    with village_mould.open(folder) as register:
        register.back_up(Why.IMPORT)
        keep_a_case(register)
        register.back_up()
    return folder


def _desk(qtbot: QtBot, window: DeskWindow) -> Shell:
    """The pages behind the password."""
    door = window.centralWidget().currentWidget()
    assert isinstance(door, UnlockPage)
    write(door.password, PASSWORD)
    door.unlock()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), Shell))
    settle(qtbot, window)
    return window.centralWidget().currentWidget()


def _listed(qtbot: QtBot, window: DeskWindow, count: int) -> BackupPart:
    """The part of the settings with so many backups in its list."""
    part = page(window, "settings").part("backup")
    qtbot.waitUntil(lambda: part.list.lines.rowCount() == count)
    return part


def _asked(window: DeskWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def test_the_window_goes_back_to_a_backup(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    window = open_window(folder=folder)
    _desk(qtbot, window)
    part = _listed(qtbot, window, 2)
    lines = list(part.list.lines.all_shown())
    assert [line.said for line in lines] == ["纠纷 1 件", "纠纷 0 件"]
    assert lines[1].detail.endswith("接收或撤销前")
    part.list.setFocus()
    qtbot.keyClick(part.list, Qt.Key.Key_End)
    qtbot.keyClick(part.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    box = _asked(window)
    assert "今天" in box.text()
    assert "纠纷新登1" in box.informativeText()
    assert "恢复前" in box.informativeText()
    next(entry for entry in box.buttons() if "恢复这份" in entry.text()).click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), UnlockPage))
    told = _asked(window)
    assert "已恢复" in told.text()
    told.close()
    _desk(qtbot, window)
    part = _listed(qtbot, window, 3)
    assert part.list.lines.row(0).detail.endswith("恢复前")
    window.put_away()
    with open_with_key(folder, village_mould.key) as register:
        assert register.all("dispute") == []
        assert register.backups()[0].why is Why.RESTORE


def test_a_spoilt_backup_is_refused_and_nothing_changes(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    window = open_window(folder=folder)
    shell = _desk(qtbot, window)
    part = _listed(qtbot, window, 2)
    newest = part.list.lines.row(0)
    (newest.what.folder / FILE).write_bytes(bytes(9000))
    part.list.opened.emit(newest)
    settle(qtbot, window)
    assert "损坏" in part.notice.said.text()
    # Spoilt only after it was looked at.
    part.restore_wanted.emit(newest.what.folder)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), UnlockPage))
    told = _asked(window)
    assert "没有恢复" in told.text()
    assert "损坏" in told.informativeText()
    told.close()
    assert shell is not _desk(qtbot, window)
    window.put_away()
    with open_with_key(folder, village_mould.key) as register:
        assert len(register.all("dispute")) == 1


def test_a_register_without_backups_shows_no_list(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    part = page(window, "settings").part("backup")
    settle(qtbot, window)
    assert not part.list.isVisible()
    part.back_up()
    _listed(qtbot, window, 1)
    assert part.list.isVisible()
