"""A register that does not open: three steps in the window, and it is open again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from register_moulds import Mould
from ui_tools import PASSWORD, keep_a_case, page, settle, write

from mediation_desk.desk import recovering
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.recovery_code import groups
from mediation_desk.store import keys
from mediation_desk.store.backups import FOLDER
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.putting_back import ASIDE
from mediation_desk.store.register import FILE
from mediation_desk.ui import messages
from mediation_desk.ui.opening_band import OpeningBand
from mediation_desk.ui.pages.damaged_page import DamagedPage
from mediation_desk.ui.pages.founding import FoundingPage
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def folder(village_mould: Mould, tmp_path: Path) -> Path:
    """A register with a case in its backup, and another and a draft written since."""
    folder = tmp_path / "register"
    with village_mould.open(folder) as register:
        keep_a_case(register)
        register.back_up()
        register.keep_draft(Draft("d", "quick", "", "口头调解", "", "{}", "2026-11-20T10:00:00"))
    return folder


def _spoil(folder: Path) -> None:
    file = folder / FILE
    whole = file.read_bytes()
    # A page far behind, so that the first ones, with the names of the tables, still read well.
    at = len(whole) // 16384 * 3 * 4096
    file.write_bytes(whole[:at] + bytes(4096) + whole[at + 4096 :])


def _tried(qtbot: QtBot, window: DeskWindow) -> DamagedPage:
    """The page that comes for a password which opens nothing any more."""
    door = window.centralWidget().currentWidget()
    assert isinstance(door, UnlockPage)
    write(door.password, PASSWORD)
    door.unlock()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), DamagedPage))
    settle(qtbot, window)
    return window.centralWidget().currentWidget()


def _open_again(qtbot: QtBot, window: DeskWindow, shown: DamagedPage) -> Shell:
    assert shown.restore.isEnabled()
    shown.restore.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), Shell))
    settle(qtbot, window)
    return window.centralWidget().currentWidget()


def test_the_window_leads_back_to_the_newest_good_backup(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    with open_with_key(folder, village_mould.key) as register:
        newer = register.back_up()
    (newer / FILE).write_bytes(bytes(9000))
    _spoil(folder)
    damaged = (folder / FILE).read_bytes()
    shown = _tried(qtbot, open_window(folder=folder))
    assert "损坏" in shown.happened.text()
    assert "今天" in shown.backup.said.text()
    assert "纠纷1件" in shown.backup.said.text()
    assert "1份备份也坏了" in shown.backup.said.text()
    assert "没写完的1份" in shown.drafts.said.text()
    assert "司法所" in shown.office.said.text()
    # Looking changed nothing.
    assert (folder / FILE).read_bytes() == damaged
    window = shown.window()
    _open_again(qtbot, window, shown)
    window.put_away()
    with open_with_key(folder, village_mould.key) as register:
        assert len(register.all("dispute")) == 1
        assert [draft.title for draft in register.drafts()] == ["口头调解"]
        assert register.verify() == []
    (kept,) = (folder / ASIDE).iterdir()
    assert (kept / FILE).read_bytes() == damaged


def test_who_forgot_the_password_too_comes_back_by_the_code(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    code = recovering.new_code()
    with open_with_key(folder, village_mould.key) as register:
        recovering.use_code(register, code, "陶素芬")
        register.back_up()
    _spoil(folder)
    window = open_window(folder=folder)
    door = window.centralWidget().currentWidget()
    door.forgot.click()
    forgotten = window.centralWidget().currentWidget()
    write(forgotten.code.fields[0], " ".join(groups(code)))
    forgotten.on.click()
    for box in (forgotten.password.new, forgotten.password.again):
        write(box.editor.inner, "山茶-2027")
    forgotten.on.click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), DamagedPage))
    settle(qtbot, window)
    shown = window.centralWidget().currentWidget()
    assert "纠纷1件" in shown.backup.said.text()
    _open_again(qtbot, window, shown)


def test_lost_keys_are_put_back_and_nothing_is_missing(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    with open_with_key(folder, village_mould.key) as register:
        keep_a_case(register, "冉光华")
    (folder / keys.FILE).unlink()
    shown = _tried(qtbot, open_window(folder=folder))
    assert "钥匙文件" in shown.backup.said.text()
    assert "不会少" in shown.backup.more.text()
    window = shown.window()
    _open_again(qtbot, window, shown)
    window.put_away()
    with open_with_key(folder, village_mould.key) as register:
        assert len(register.all("dispute")) == 2


def test_backups_are_found_on_a_stick(
    qtbot: QtBot, open_window: Open, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    shutil.move(folder / FOLDER, stick / "调解台备份 梨子园村 500230124200")
    (folder / FILE).unlink()
    window = open_window(folder=folder)
    shown = _tried(qtbot, window)
    assert not shown.restore.isEnabled()
    assert "没有找到好的备份" in shown.backup.said.text()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: tmp_path / "register")
    shown.stick.click()
    settle(qtbot, window)
    assert "没有调解台的备份" in shown.backup.said.text()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: stick)
    shown.stick.click()
    settle(qtbot, window)
    assert "纠纷1件" in shown.backup.said.text()
    _open_again(qtbot, window, shown)


def test_the_password_of_the_backup_is_asked_for(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    (backup,) = (folder / FOLDER).iterdir()
    keys.write_slots(backup, [keys.wrap(village_mould.key, keys.PASSWORD, "从前的密码-1")])
    (folder / keys.FILE).write_text("{}", encoding="utf-8")
    window = open_window(folder=folder)
    shown = _tried(qtbot, window)
    assert "密码不对" in shown.backup.said.text()
    assert not shown.restore.isEnabled()
    write(shown.password, "从前的密码-1")
    shown.again.click()
    settle(qtbot, window)
    _open_again(qtbot, window, shown)


def test_a_new_register_begins_where_nothing_can_be_saved(
    qtbot: QtBot, open_window: Open, folder: Path
) -> None:
    shutil.rmtree(folder / FOLDER)
    _spoil(folder)
    window = open_window(folder=folder)
    shown = _tried(qtbot, window)
    shown.anew.click()
    box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    next(entry for entry in box.buttons() if "移开" in entry.text()).click()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget().currentWidget(), FoundingPage))
    (moved,) = folder.parent.glob("register 损坏的登记簿 *")
    assert (moved / FILE).is_file()
    assert not folder.exists()


def test_one_goes_back_to_the_door(qtbot: QtBot, open_window: Open, folder: Path) -> None:
    _spoil(folder)
    window = open_window(folder=folder)
    shown = _tried(qtbot, window)
    shown.back.click()
    assert isinstance(window.centralWidget().currentWidget(), UnlockPage)


def test_it_is_said_that_the_register_was_not_closed(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould, tmp_path: Path
) -> None:
    died = tmp_path / "died"
    with open_with_key(folder, village_mould.key) as register:
        assert register.opening.good
        shutil.copytree(folder, died)
    window = open_window(open_with_key(died, village_mould.key))
    (band,) = window.findChildren(OpeningBand)
    assert "没有正常关闭" in band.said.text()
    assert "最后保存的是" in band.mend.text()
    band.read.click()
    assert not band.isVisible()


def test_the_whole_register_is_checked_when_somebody_asks(
    qtbot: QtBot, open_window: Open, folder: Path, village_mould: Mould
) -> None:
    window = open_window(open_with_key(folder, village_mould.key))
    assert not window.findChildren(OpeningBand)
    part = page(window, "settings").part("backup")
    part.check.click()
    settle(qtbot, window)
    assert "登记簿完好" in part.notice.said.text()
    _spoil(folder)
    part.check.click()
    settle(qtbot, window)
    assert "不对" in part.notice.said.text()
