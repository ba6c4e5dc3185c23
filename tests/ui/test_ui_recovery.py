"""By the window alone: the code to paper, the password forgotten, and everything back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, page, settle, write

from mediation_desk.desk import recovering, unlocking
from mediation_desk.desk.clock import now
from mediation_desk.desk.opened_by import has_code
from mediation_desk.domain.recovery_code import groups
from mediation_desk.store import attempts
from mediation_desk.store.keys import WrongCode, WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.pages.recover_page import RecoverPage
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NEW = "新的密码-2027"


def _shown(window: DeskWindow) -> object:
    return window.centralWidget().currentWidget()


def _code_window(window: DeskWindow) -> CodeWindow:
    (found,) = window.findChildren(CodeWindow)
    return found


@pytest.fixture
def code(village: Register) -> str:
    made = recovering.new_code()
    recovering.use_code(village, made, "陶素芬")
    return made


@pytest.fixture
def forgotten(qtbot: QtBot, open_window: Open, village: Register, code: str) -> RecoverPage:
    """The page for who forgot the password, over a register with a code."""
    village.close()
    window = open_window(folder=village.folder)
    unlock = _shown(window)
    assert isinstance(unlock, UnlockPage)
    qtbot.mouseClick(unlock.forgot, Qt.MouseButton.LeftButton)
    shown = _shown(window)
    assert isinstance(shown, RecoverPage)
    return shown


def test_forgotten_and_back_by_keyboard(
    qtbot: QtBot, open_window: Open, village: Register, forgotten: RecoverPage, code: str
) -> None:
    window = forgotten.window()
    qtbot.waitUntil(forgotten.code.fields[0].hasFocus)
    # Nobody presses Tab: a full group that is right hands the cursor on.
    for number, group in enumerate(groups(code)):
        qtbot.keyClicks(forgotten.code.fields[number], group.lower().replace("0", "o"))
    assert forgotten.code.told.text() == ""
    assert [field.text() for field in forgotten.code.fields] == groups(code)
    qtbot.keyClick(forgotten.code.fields[-1], Qt.Key.Key_Return)
    assert forgotten.step == 1
    for box in (forgotten.password.new, forgotten.password.again):
        write(box.editor.inner, NEW)
    qtbot.keyClick(forgotten.password.again.editor.inner, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert isinstance(_shown(window), Shell)
    window.put_away()
    open_register(village.folder, NEW).close()
    with pytest.raises(WrongPassword):
        open_register(village.folder, PASSWORD)


def test_a_slip_is_told_by_its_group_at_once(
    qtbot: QtBot, forgotten: RecoverPage, code: str
) -> None:
    fields, parts = forgotten.code.fields, groups(code)
    qtbot.keyClicks(fields[0], parts[0])
    wrong = parts[1][:3] + ("A" if parts[1][3] != "A" else "C")
    qtbot.keyClicks(fields[1], wrong)
    assert "第2组写错了" in forgotten.code.told.text()
    assert fields[1].hasFocus()
    assert fields[1].property("wrong")
    assert not fields[0].property("wrong")
    forgotten.on.click()
    assert forgotten.step == 0
    fields[1].clear()
    qtbot.keyClicks(fields[1], parts[1])
    assert forgotten.code.told.text() == ""
    forgotten.on.click()
    assert "第3组要有4个字" in forgotten.code.told.text()


def test_the_whole_code_can_be_pasted(forgotten: RecoverPage, code: str) -> None:
    write(forgotten.code.fields[0], " ".join(groups(code)))
    assert [field.text() for field in forgotten.code.fields] == groups(code)


def test_another_sheet_is_told_and_changes_nothing(
    qtbot: QtBot, village: Register, forgotten: RecoverPage
) -> None:
    write(forgotten.code.fields[0], recovering.new_code())
    forgotten.on.click()
    assert forgotten.step == 1
    forgotten.on.click()
    assert forgotten.password.new.finding
    for box in (forgotten.password.new, forgotten.password.again):
        write(box.editor.inner, NEW)
    forgotten.on.click()
    settle(qtbot, forgotten.window())
    assert forgotten.step == 0
    assert "作废的旧纸" in forgotten.told.text()
    window = forgotten.window()
    qtbot.mouseClick(forgotten.back, Qt.MouseButton.LeftButton)
    assert isinstance(_shown(window), UnlockPage)
    open_register(village.folder, PASSWORD).close()


def test_who_never_made_a_code_is_told_at_once(open_window: Open, village: Register) -> None:
    village.close()
    window = open_window(folder=village.folder)
    _shown(window).forgot.click()
    shown = _shown(window)
    assert "没有做过恢复码" in shown.told.text()
    # Nobody is to look for a sheet that was never printed.
    assert not shown.code.isVisible()
    assert not shown.on.isVisible()
    shown.back.click()
    assert isinstance(_shown(window), UnlockPage)


def test_the_first_page_reminds_until_there_is_a_code(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    window = open_window(village)
    home = page(window, "home")
    assert home.code.isVisible()
    assert "登记簿就打不开了" in home.code._said.text()
    home.code.make.click()
    part = page(window, "settings").part("secrets")
    assert part.isVisible()
    assert "还没有恢复码" in part.state.text()
    part.make.click()
    asked = _code_window(window)
    assert not has_code(village)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    asked.print_on(printer)
    settle(qtbot, window)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "已生效" in asked.notice.said.text()
    assert has_code(village)
    code = asked._code
    asked.shut.click()
    assert "恢复码做好了" in part.state.text()
    assert "制作恢复码" in part._log.text()
    assert not page(window, "home").code.isVisible()
    window.put_away()
    recovering.recover(village.folder, code, NEW).close()


def test_a_code_that_is_put_off_opens_nothing(
    qtbot: QtBot, open_window: Open, village: Register, code: str
) -> None:
    window = open_window(village)
    part = page(window, "settings").part("secrets")
    part.make.click()
    asked = _code_window(window)
    dropped = asked._code
    asked.shut.click()
    settle(qtbot, window)
    window.put_away()
    with pytest.raises(WrongCode):
        recovering.recover(village.folder, dropped, NEW)
    recovering.recover(village.folder, code, NEW).close()


def test_a_file_only_after_a_warning(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "code.pdf"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    window = open_window(village)
    page(window, "settings").part("secrets").make.click()
    asked = _code_window(window)
    asked.pdf.click()
    (box,) = [one for one in asked.findChildren(QMessageBox) if one.isVisible()]
    assert "不加密" in box.informativeText()
    assert not target.exists()
    next(one for one in box.buttons() if "存成文件" in one.text()).click()
    settle(qtbot, window)
    assert target.read_bytes().startswith(b"%PDF")
    assert has_code(village)
    asked.reject()


def test_copied_by_hand_it_counts_too(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    page(window, "settings").part("secrets").make.click()
    asked = _code_window(window)
    asked.copied.click()
    settle(qtbot, window)
    assert has_code(village)
    assert not asked.copied.isEnabled()
    asked.reject()


def test_the_password_is_changed(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    part = page(window, "settings").part("secrets")
    part.change_button.click()
    assert part.old.finding
    assert part.pair.new.finding
    write(part.old.editor.inner, "不对的密码")
    for box in (part.pair.new, part.pair.again):
        write(box.editor.inner, NEW)
    part.change_button.click()
    settle(qtbot, window)
    assert "密码不对" in part.old.finding
    part.old.show_value(PASSWORD)
    part.change_button.click()
    settle(qtbot, window)
    assert "密码已改" in part.notice.said.text()
    assert part.pair.password == ""
    window.put_away()
    open_register(village.folder, NEW).close()


def test_a_new_register_offers_its_code(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    founding = _shown(window)
    typed = {"county": "丰都县", "town": "双龙镇", "name": "梨子园村", "code": "500230124200"}
    typed |= {"person": "陶素芬", "password": PASSWORD, "again": PASSWORD}
    for name, value in typed.items():
        write(founding.fields[name].editor.inner, value)
    founding.found()
    settle(qtbot, window)
    asked = _code_window(window)
    assert asked.isVisible()
    assert isinstance(asked, QDialog)
    home = _shown(window).turn_to("home")
    assert home.code.isVisible()
    asked.copied.click()
    settle(qtbot, window)
    asked.shut.click()
    assert not home.code.isVisible()


def test_after_five_wrong_ones_the_page_counts_down(
    qtbot: QtBot, open_window: Open, village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.close()
    for _ in range(4):
        attempts.count_wrong(village.folder, now())
    window = open_window(folder=village.folder)
    unlock = _shown(window)
    assert isinstance(unlock, UnlockPage)
    unlock._second.setInterval(1)
    write(unlock.password, "不对的密码")
    unlock.unlock()
    settle(qtbot, window)
    assert "还要等" in unlock.told.text() or "请等10秒" in unlock.told.text()
    qtbot.waitUntil(lambda: "现在可以再试" in unlock.told.text())
    assert unlock.open.isEnabled()
    later = now() + timedelta(seconds=11)
    monkeypatch.setattr(unlocking, "now", lambda: later)
    unlock.password.clear()
    write(unlock.password, PASSWORD)
    unlock.unlock()
    settle(qtbot, window)
    assert isinstance(_shown(window), Shell)


def test_a_scanner_types_the_whole_code(qtbot: QtBot, forgotten: RecoverPage, code: str) -> None:
    qtbot.waitUntil(forgotten.code.fields[0].hasFocus)
    # It types into whatever has the cursor, the gaps between the groups too, and Enter at the end.
    for mark in " ".join(groups(code)):
        qtbot.keyClicks(QApplication.focusWidget(), mark)
    assert [field.text() for field in forgotten.code.fields] == groups(code)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert forgotten.step == 1
