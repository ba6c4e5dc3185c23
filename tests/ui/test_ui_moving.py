"""By the window alone: to another computer, two become one, and the old one is wiped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import TODAY, an_open_case
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, page, settle, write

from mediation_desk.desk import moving
from mediation_desk.desk.recording import keep_case
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.pages.founding import FoundingPage
from mediation_desk.ui.pages.paper_window import PaperWindow
from mediation_desk.ui.pages.settings_moving import MovingPart
from mediation_desk.ui.pages.settle_page import SettlePage
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NEW, SECRET = "新的密码-2027", "转移-4711"


def _shown(window: DeskWindow) -> object:
    return window.centralWidget().currentWidget()


def _part(window: DeskWindow) -> MovingPart:
    part = page(window, "settings").part("moving")
    assert isinstance(part, MovingPart)
    return part


def _box(window: DeskWindow) -> QMessageBox:
    (found,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return found


def _answer(qtbot: QtBot, window: DeskWindow) -> None:
    """Choose what was asked about."""
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    box = _box(window)
    (yes,) = [one for one in box.buttons() if box.buttonRole(one) is box.ButtonRole.AcceptRole]
    yes.click()


def _made(
    qtbot: QtBot, window: DeskWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> MovingPart:
    part = _part(window)
    part.make.click()
    assert part.pair.new.finding
    for box in (part.pair.new, part.pair.again):
        write(box.editor.inner, SECRET)
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    part.make.click()
    settle(qtbot, window)
    assert "转移文件做好了" in part.notice.said.text()
    return part


def _list_shown(qtbot: QtBot, window: DeskWindow, part: MovingPart) -> PaperWindow:
    """The list for the successor as it will be printed."""
    part.list.click()
    settle(qtbot, window)
    found = part.findChild(PaperWindow)
    assert found is not None
    qtbot.waitUntil(lambda: not found.picture.pixmap().isNull())
    settle(qtbot, window)
    return found


def test_moved_signed_for_and_wiped(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, file, folder = open_window(village), tmp_path / "f.transfer", tmp_path / "new" / "register"
    part = _made(qtbot, old, file, monkeypatch)
    part.list.click()
    assert part.receiver.finding
    write(part.receiver.editor.inner, "李有田")
    shown = _list_shown(qtbot, old, part)
    assert shown.print.isEnabled()
    for act, name in ((shown.pdf, "list.pdf"), (shown.word, "list.docx")):
        monkeypatch.setattr(messages, "choose_target", lambda *_, name=name: tmp_path / name)
        act.click()
        settle(qtbot, old)
        assert (tmp_path / name).exists()
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    shown.print_on(printer)
    settle(qtbot, old)
    assert (tmp_path / "printed.pdf").stat().st_size
    with qtbot.waitSignal(shown.destroyed):
        shown.close()

    new = open_window(folder=folder)
    founding = _shown(new)
    assert isinstance(founding, FoundingPage)
    founding.transfer.click()
    settling = _shown(new)
    assert isinstance(settling, SettlePage)
    settling.on.click()
    assert "还没有选转移文件" in settling.told.text()
    settling.take_file(tmp_path / "list.pdf")
    assert "不是转移文件" in settling.told.text()
    settling.take_file(file)
    assert "梨子园村" in settling.chosen.text()
    write(settling.secret.editor.inner, "不对的密码")
    write(settling.person.editor.inner, "李有田")
    for box in (settling.password.new, settling.password.again):
        write(box.editor.inner, NEW)
    settling.on.click()
    settle(qtbot, new)
    assert "密码不对" in settling.secret.finding
    assert settling.secret.editor.inner.hasFocus()
    settling.secret.show_value("")
    write(settling.secret.editor.inner, SECRET)
    settling.on.click()
    settle(qtbot, new)
    told = _box(new)
    receipt = told.text().partition("：")[2]
    told.close()
    (offered,) = new.findChildren(CodeWindow)
    offered.reject()
    assert receipt in _part(new).receipt.text()
    new.put_away()
    with open_register(folder, NEW) as opened:
        assert opened.person == "李有田"
        assert opened.verify() == []

    part = _part(old)
    write(part.wipe.code.editor.inner, "0000 0000 0000")
    write(part.wipe.password.editor.inner, PASSWORD)
    part.wipe.act.click()
    settle(qtbot, old)
    assert "对不上" in part.wipe.told.text()
    assert part.wipe.code.editor.inner.property("wrong")
    part.wipe.code.show_value("")
    write(part.wipe.code.editor.inner, receipt)
    part.wipe.act.click()
    settle(qtbot, old)
    assert "固态硬盘" in _box(old).informativeText()
    assert village.folder.exists()
    _answer(qtbot, old)
    settle(qtbot, old)
    assert not village.folder.exists()
    assert isinstance(_shown(old), FoundingPage)
    assert "先销毁钥匙" in _box(old).text()
    _box(old).close()


def test_two_computers_become_one(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, back = tmp_path / "1.transfer", tmp_path / "2.transfer"
    moving.make(village, first, SECRET, "陶素芬")
    with moving.settle(tmp_path / "laptop", first, SECRET, NEW).register as laptop:
        unit = laptop.committee
        assert unit is not None
        keep_case(laptop, None, an_open_case(unit_id=unit.id), "李有田", "登记", TODAY)
        moving.make(laptop, back, SECRET, "李有田")
    window = open_window(village)
    part = _part(window)
    part.look.click()
    assert "还没有选转移文件" in part.notice.said.text()
    part.take_file(back)
    write(part.secret.editor.inner, SECRET)
    part.look.click()
    settle(qtbot, window)
    assert "新增" in _box(window).informativeText()
    assert village.all("dispute") == []
    _answer(qtbot, window)
    settle(qtbot, window)
    assert len(village.all("dispute")) == 1
    assert "已并入" in part.notice.said.text()
    assert moving.last_receipt(village) in part.receipt.text()


def test_an_office_moves_whole_and_does_not_merge(open_window: Open, office: Register) -> None:
    part = _part(open_window(office))
    assert part.make.isVisible()
    assert not part.look.isVisible()
