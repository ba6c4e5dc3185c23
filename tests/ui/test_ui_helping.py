"""By two windows: the village asks, the office answers, and the register is open again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import TODAY
from pytestqt.qtbot import QtBot
from ui_tools import page, settle, write

from mediation_desk.desk import enrolling, office_way, recovering
from mediation_desk.desk.desk_key import own_fingerprint
from mediation_desk.desk.enrolling import make_setup_file, open_setup_file
from mediation_desk.domain.codes import UnitKind
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.ask_office_page import AskOfficePage
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.pages.help_window import HelpWindow
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NEW = "新的密码-2027"


@pytest.fixture
def enrolled(village: Register, office: Register, tmp_path: Path) -> Register:
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, UnitKind.VILLAGE)
    path = make_setup_file(office, unit, tmp_path / "setup.xlsx", "罗晓", TODAY).path
    open_setup_file(village, path, "陶素芬", TODAY)
    recovering.use_code(village, recovering.new_code(), "陶素芬")
    return village


def _shown(window: DeskWindow) -> object:
    return window.centralWidget().currentWidget()


def _answered(
    qtbot: QtBot, window: DeskWindow, request: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    part = page(window, "settings").part("secrets")
    part.help.click()
    (asked,) = window.findChildren(HelpWindow)
    asked.make.click()
    assert "还没有选单位" in asked.told.text()
    assert asked.told.property("look") == "wrong"
    asked.take_request(request)
    assert "不是最近报送来的" in asked.told.text()
    assert asked.told.property("look") == "minded", "a caution, nothing that was done wrong"
    assert asked.unit.currentText() == "梨子园村"
    asked.make.click()
    assert "还没有写是谁申请的" in asked.told.text()
    write(asked.who, "陶素芬，本人到所")
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    asked.make.click()
    settle(qtbot, window)
    code = asked.code.text()
    assert len(code.replace(" ", "")) == 12
    asked.reject()
    assert "帮村里打开登记簿（梨子园村，申请人：陶素芬，本人到所）" in part._log.text()
    return code


def test_asked_answered_and_open_again(
    qtbot: QtBot,
    open_window: Open,
    enrolled: Register,
    office: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = enrolled.folder
    enrolled.close()
    window = open_window(folder=folder)
    _shown(window).forgot.click()
    assert _shown(window).office.isVisible()
    _shown(window).office.click()
    asking = _shown(window)
    assert isinstance(asking, AskOfficePage)
    assert asking.number.text() == office_way.request(folder).code
    assert "双龙司法所" in asking._explained.text()
    request, answer = tmp_path / "request.txt", tmp_path / "answer.txt"
    asking.save_file(request)
    assert "存好了" in asking.done.said.text()
    assert asking.done.property("look") == "good"
    asking.on.click()
    asking.on.click()
    assert "还没有选解锁文件" in asking.told.text()
    asking.take_file(request)
    assert "不是司法所的解锁文件" in asking.told.text()

    code = _answered(qtbot, open_window(office), request, answer, monkeypatch)
    asking.take_file(answer)
    assert asking.told.isHidden()
    write(asking.code, "1234 5678 9012")
    asking.on.click()
    assert asking.step == 1
    asking.code.clear()
    write(asking.code, code.replace(" ", ""))
    asking.on.click()
    assert asking.step == 2
    for box in (asking.password.new, asking.password.again):
        write(box.editor.inner, NEW)
    asking.on.click()
    settle(qtbot, window)
    # The sheet is lost: the first thing offered is another one, and the old one is void.
    (offered,) = window.findChildren(CodeWindow)
    assert "才生效" in offered._effect.text()
    offered.reject()
    log = page(window, "settings").part("secrets")._log.text()
    assert "由司法所帮助打开" in log
    window.put_away()
    with open_register(folder, NEW) as opened:
        assert opened.opened_by() == {"password", "office"}


def test_another_request_ends_the_one_before(
    open_window: Open, enrolled: Register, tmp_path: Path
) -> None:
    folder = enrolled.folder
    enrolled.close()
    window = open_window(folder=folder)
    _shown(window).forgot.click()
    _shown(window).office.click()
    before = _shown(window).number.text()
    _shown(window).anew.click()
    assert _shown(window).number.text() == office_way.request(folder).code != before
    _shown(window).back.click()
    assert _shown(window).office.isVisible()


def test_without_a_code_it_is_told_that_the_office_can_help(
    open_window: Open, village: Register, office: Register, tmp_path: Path
) -> None:
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, UnitKind.VILLAGE)
    path = make_setup_file(office, unit, tmp_path / "setup.xlsx", "罗晓", TODAY).path
    open_setup_file(village, path, "陶素芬", TODAY)
    window = open_window(village)
    code = page(window, "home").code
    assert code.isVisible()
    assert "只能等双龙司法所帮助打开" in code._said.text()
    state = page(window, "settings").part("secrets").state
    assert "只能等双龙司法所帮助打开" in state.text()
    assert "谁也找不回来" not in state.text()


def test_a_desk_without_an_office_is_not_sent_there(open_window: Open, village: Register) -> None:
    village.close()
    window = open_window(folder=village.folder)
    _shown(window).forgot.click()
    assert _shown(window).office.isHidden()


def test_the_office_gets_another_key(qtbot: QtBot, open_window: Open, office: Register) -> None:
    before = own_fingerprint(office)
    window = open_window(office)
    part = page(window, "settings").part("secrets")
    part.renew_key()
    settle(qtbot, window)
    assert own_fingerprint(office) != before
    assert own_fingerprint(office) in part.notice.said.text()


def test_from_a_locked_desk_the_office_can_be_asked(
    qtbot: QtBot, open_window: Open, enrolled: Register
) -> None:
    """For that the register is closed; what was being written is a draft in it."""
    window = open_window(enrolled, enrolled.folder)
    disputes = page(window, "disputes")
    disputes.register()
    write(disputes.form.parties[0].form.boxes["name"].editor.inner, "秦德珍")
    qtbot.waitUntil(lambda: bool(enrolled.drafts()))
    window.lock()
    _shown(window).forgot.click()
    assert _shown(window).office.isVisible()
    _shown(window).office.click()
    settle(qtbot, window)
    assert isinstance(_shown(window), AskOfficePage)
    assert window.locking.covered is None
    with open_register(enrolled.folder, "梨花-2026") as again:
        (draft,) = again.drafts()
    assert "秦德珍" in draft.typed
