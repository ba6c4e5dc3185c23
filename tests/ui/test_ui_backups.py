"""Backups in the window: what there is, going back to one, and what is said about it."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from register_moulds import Mould
from ui_tools import PASSWORD, keep_a_case, page, settle, write

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.store.backups import FOLDER, Why
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.ui import auto_backup, messages
from mediation_desk.ui.auto_backup import AutoBackup
from mediation_desk.ui.pages import workbench
from mediation_desk.ui.pages.settings_backup import BackupPart
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow
from mediation_desk.ui.workplace import Workplace

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


# On another disk


def test_a_backup_is_copied_to_the_stick_and_no_longer_asked_for(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    later = now() + timedelta(days=8)
    monkeypatch.setattr(workbench, "wall_clock", lambda: later.replace(tzinfo=None))
    window = open_window(village)
    home = page(window, "home")
    assert home.medium.isVisible()
    assert "还没有拷到U盘" in home.medium.said.text()
    home.medium.go.click()
    card = page(window, "settings").part("backup").medium
    assert card.isVisible()
    assert not card.copy.isEnabled()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: stick)
    card.choose.click()
    assert str(stick) in card.said.text()
    card.copy.click()
    settle(qtbot, window)
    assert "读回来核对过" in card.notice.said.text()
    # A folder beside the register is no stick, and not to be told of as one.
    assert "不在U盘上" in card.notice.said.text()
    assert "同一个磁盘" in card.notice.said.text()
    assert card.notice.property("look") == "warn"
    assert "今天" in card.said.text()
    (shelf,) = stick.iterdir()
    assert len(list(shelf.iterdir())) == 1
    _listed(qtbot, window, 1)
    monkeypatch.setattr(workbench, "wall_clock", lambda: now().replace(tzinfo=None))
    assert not page(window, "home").medium.isVisible()


def test_a_stick_that_is_gone_is_told(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    second_medium.choose(village, tmp_path / "gone")
    window = open_window(village)
    card = page(window, "settings").part("backup").medium
    card.copy.click()
    settle(qtbot, window)
    assert "请插好U盘" in card.notice.said.text()
    assert card.copy.isEnabled()


# By itself


def test_closing_backs_up_what_was_written(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    said: list[str] = []
    window.jobs.busy.connect(said.append)
    window.close()
    assert window.isVisible()
    assert "正在备份" in said[0]
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [backup.why for backup in village.backups()] == [Why.CLOSING]
    assert not village.written_since_backup


def test_closing_does_not_wait_where_nothing_was_written(
    open_window: Open, village: Register
) -> None:
    village.back_up()
    window = open_window(village)
    window.close()
    assert not window.isVisible()
    assert len(village.backups()) == 1


def test_a_backup_that_fails_on_closing_is_told_and_holds_nobody_up(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    (village.folder / FOLDER).write_text("in the way", encoding="utf-8")
    window = open_window(village)
    window.close()
    settle(qtbot, window)
    box = _asked(window)
    assert window.isVisible()
    assert "备份没有写成" in box.informativeText()
    next(entry for entry in box.buttons() if "不备份" in entry.text()).click()
    assert not window.isVisible()


def test_work_is_backed_up_now_and_then(
    qtbot: QtBot, open_window: Open, village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(village)
    keeper = window.centralWidget().currentWidget().auto_backup

    def looked() -> list[Why | None]:
        keeper.look()
        settle(qtbot, window)
        return [backup.why for backup in village.backups()]

    assert looked() == [Why.WORKING]
    keep_a_case(village)
    # Not again so soon.
    assert looked() == [Why.WORKING]
    hours = 3600 * 2 + 1
    moment = time.monotonic() + hours
    monkeypatch.setattr(auto_backup.time, "monotonic", lambda: moment)
    assert looked() == [Why.WORKING], "the last backup is of this hour"
    later = now() + timedelta(seconds=hours)
    monkeypatch.setattr(auto_backup, "now", lambda: later)
    assert looked() == [Why.WORKING, Why.WORKING]
    moment += hours
    later += timedelta(seconds=hours)
    assert looked() == [Why.WORKING, Why.WORKING], "nothing was written since"


def test_the_demo_is_not_backed_up_by_itself(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    demo = Workplace(village, window.jobs, village.person, demo=True)
    assert not AutoBackup(demo, window)._looking.isActive()
    assert window.centralWidget().currentWidget().auto_backup._looking.isActive()
