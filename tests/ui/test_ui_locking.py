"""A desk that is left: covered by the password page, and as it was when its person comes back."""

import threading
from collections.abc import Callable, Iterator

import pytest
from draft_tools import inner
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, keep_a_case, page, press, settle, write

from mediation_desk.desk import leaving, recovering
from mediation_desk.desk.clock import now
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.store import attempts
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.copying import copy
from mediation_desk.ui.pages.locked_page import LockedPage
from mediation_desk.ui.pages.recover_page import RecoverPage
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NAME = "秦德珍"


def _shown(window: DeskWindow) -> QWidget:
    return window.centralWidget().currentWidget()


def _in_sight(window: DeskWindow) -> Iterator[str]:
    """All words that can be read anywhere on the screen, titles included."""
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        yield top.windowTitle()
        for part in top.findChildren(QWidget):
            if part.isVisible() and isinstance(part, QLabel | QLineEdit):
                yield part.text()


def _unlock(qtbot: QtBot, window: DeskWindow, password: str = PASSWORD) -> None:
    locked = _shown(window)
    assert isinstance(locked, LockedPage)
    locked.password.clear()
    write(locked.password, password)
    qtbot.keyClick(locked.password, Qt.Key.Key_Return)
    settle(qtbot, window)


def _name(window: DeskWindow) -> QLineEdit:
    """Where the name is being written; to turn to the page would move the cursor."""
    return inner(_shown(window)._pages["disputes"].form.parties[0].form, "name")


@pytest.fixture
def writing(qtbot: QtBot, open_window: Open, village: Register) -> DeskWindow:
    """A window in which a dispute is being written, the cursor in the middle of a name."""
    window = open_window(village, village.folder)
    qtbot.waitUntil(lambda: window.isActiveWindow() or bool(window.activateWindow()))
    disputes = page(window, "disputes")
    disputes.register()
    name = inner(disputes.form.parties[0].form, "name")
    name.setFocus()
    write(name, NAME)
    name.setCursorPosition(1)
    return window


def test_what_was_typed_is_there_again_with_the_cursor(
    qtbot: QtBot, writing: DeskWindow, village: Register
) -> None:
    name = _name(writing)
    press(qtbot, writing, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: isinstance(_shown(writing), LockedPage))
    assert not writing.findChildren(QMessageBox)
    assert NAME not in "".join(_in_sight(writing))
    assert not name.isVisible()
    # It is on the disk though the desk was locked before the pause after typing was over.
    qtbot.waitUntil(lambda: any(NAME in draft.typed for draft in village.drafts()))
    _unlock(qtbot, writing)
    assert isinstance(_shown(writing), Shell)
    assert name.text() == NAME
    qtbot.waitUntil(name.hasFocus)
    assert name.cursorPosition() == 1
    write(name, "老")
    assert name.text() == "秦老德珍"


def test_the_page_waits_for_the_password_alone(qtbot: QtBot, writing: DeskWindow) -> None:
    writing.lock()
    locked = _shown(writing)
    assert isinstance(locked, LockedPage)
    assert not locked.practise.isVisible()
    qtbot.waitUntil(lambda: writing.isActiveWindow() or bool(writing.activateWindow()))
    qtbot.waitUntil(locked.password.hasFocus)
    # No key of the pages below works any more.
    press(qtbot, writing, Qt.Key.Key_3)
    press(qtbot, writing, Qt.Key.Key_S)
    qtbot.wait(200)
    assert writing.locking.covered.front == "disputes"
    assert writing.locking.covered._pages["disputes"].form is not None
    # Locking twice covers once.
    writing.lock()
    assert _shown(writing) is locked


def test_wrong_passwords_are_counted_and_slowed(
    qtbot: QtBot, writing: DeskWindow, village: Register
) -> None:
    writing.lock()
    for _ in range(attempts.FREE):
        _unlock(qtbot, writing, "不对的密码")
        assert isinstance(_shown(writing), LockedPage)
    locked = _shown(writing)
    assert "请等10秒" in locked.told.text() or "还要等" in locked.told.text()
    assert not locked.open.isEnabled()
    # The count is the one of the start: another program would have to wait, too.
    assert attempts.waiting(village.folder, now())


def test_other_windows_are_put_away_and_come_back(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village, NAME)
    window = open_window(village)
    disputes = page(window, "disputes")
    messages.ask(disputes, f"删去{NAME}？", "", "删去", pytest.fail)
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    copy(f"{NAME} 13900000001")
    window.lock()
    assert not box.isVisible()
    assert NAME not in "".join(_in_sight(window))
    assert NAME not in QGuiApplication.clipboard().text()
    assert NAME not in window.windowTitle()
    _unlock(qtbot, window)
    assert box.isVisible()
    assert box.isModal()
    box.close()


def test_work_goes_on_and_what_it_opens_waits(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    go, printed = threading.Event(), list[str]()

    def done(_result: object) -> None:
        printed.append("done")
        messages.tell(disputes, f"{NAME}的卷宗已打印。")

    window.jobs.run(
        lambda: go.wait(20), owner=disputes, done=done, failed=pytest.fail, words="正在打印…"
    )
    window.lock()
    assert isinstance(_shown(window), LockedPage)
    go.set()
    qtbot.waitUntil(lambda: bool(printed))
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(QMessageBox)))
    assert NAME not in "".join(_in_sight(window))
    _unlock(qtbot, window)
    (told,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert NAME in told.text()
    assert told.windowOpacity() == 1
    told.close()


def test_by_the_sheet_the_desk_comes_back_as_it_was(
    qtbot: QtBot, writing: DeskWindow, village: Register
) -> None:
    code = recovering.new_code()
    recovering.use_code(village, code, "陶素芬")
    writing.lock()
    _shown(writing).forgot.click()
    recover = _shown(writing)
    assert isinstance(recover, RecoverPage)
    recover.back.click()
    assert isinstance(_shown(writing), LockedPage)
    _shown(writing).forgot.click()
    recover = _shown(writing)
    write(recover.code.fields[0], code)
    recover.on.click()
    for box in (recover.password.new, recover.password.again):
        write(box.editor.inner, "新的密码-2027")
    recover.on.click()
    settle(qtbot, writing)
    assert isinstance(_shown(writing), Shell)
    assert _name(writing).text() == NAME
    writing._shut()
    open_register(village.folder, "新的密码-2027").close()
    with pytest.raises(WrongPassword):
        open_register(village.folder, PASSWORD)


# Left alone


def _leave_for(window: DeskWindow, minutes: float) -> None:
    window.idle.last -= minutes * 60


def test_ten_minutes_without_a_touch_lock(open_window: Open, village: Register) -> None:
    window = open_window(village)
    _leave_for(window, 9)
    assert not window.idle.look()
    _leave_for(window, 2)
    window.idle._looking.timeout.emit()
    assert isinstance(_shown(window), LockedPage)
    # A desk that is locked counts no more.
    assert not window.idle._looking.isActive()


@pytest.mark.parametrize("how", ["key", "input method", "mouse"])
def test_whoever_touches_anything_is_there(
    qtbot: QtBot, open_window: Open, village: Register, how: str
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    name = inner(disputes.form.parties[0].form, "name")
    qtbot.waitUntil(lambda: window.isActiveWindow() or bool(window.activateWindow()))
    name.setFocus()
    _leave_for(window, 9)
    before = window.idle.last
    if how == "key":
        qtbot.keyClick(name, Qt.Key.Key_A)
    elif how == "input method":
        write(name, "秦")
    else:
        qtbot.mouseMove(window.windowHandle(), QPoint(300, 300))
        qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(500, 30))
    qtbot.waitUntil(lambda: window.idle.last > before + 60)


def test_the_first_key_after_a_long_sleep_is_not_typed(qtbot: QtBot, writing: DeskWindow) -> None:
    name = _name(writing)
    qtbot.waitUntil(lambda: writing.isActiveWindow() or bool(writing.activateWindow()))
    name.setFocus()
    _leave_for(writing, 600)
    qtbot.keyClick(name, Qt.Key.Key_A)
    assert isinstance(_shown(writing), LockedPage)
    assert name.text() == NAME


def test_how_long_is_chosen_in_the_settings(open_window: Open, village: Register) -> None:
    window = open_window(village)
    card = page(window, "settings").part("secrets").idle
    assert [one.text() for one in card.choices if one.isChecked()] == ["10分钟"]
    card.choices[0].click()
    assert leaving.idle_minutes(village) == 5
    _leave_for(window, 6)
    assert window.idle.look()
    window.locking._uncover()
    card.choices[-1].click()
    _leave_for(window, 6000)
    assert not window.idle.look()
    assert [one.text() for one in card.choices if one.isChecked()] == ["不自动锁定"]
    with pytest.raises(DeskError):
        leaving.choose_idle_minutes(village, 7, "陶素芬")


def test_the_window_closes_while_it_is_locked(
    qtbot: QtBot, writing: DeskWindow, village: Register
) -> None:
    writing.lock()
    qtbot.waitUntil(lambda: bool(village.drafts()))
    writing.close()
    settle(qtbot, writing)
    qtbot.waitUntil(lambda: not writing.isVisible())
    writing.put_away()
    with open_register(village.folder, PASSWORD) as again:
        (draft,) = again.drafts()
    assert NAME in draft.typed
