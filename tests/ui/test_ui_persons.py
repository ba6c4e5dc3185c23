"""Who works at the desk: chosen in the window, changed on the way, or only reading."""

from collections.abc import Callable

import pytest
from draft_tools import inner
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk import persons
from mediation_desk.domain.desk_log import Access
from mediation_desk.store.register import Register
from mediation_desk.store.seated import OnlyReads
from mediation_desk.ui import messages
from mediation_desk.ui.editors import Editor
from mediation_desk.ui.pages.who import WhoPage, WhoWindow
from mediation_desk.ui.shell import PAGES, Shell
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
OTHER, READER = "冉启明", "周明远"


def _shown(window: DeskWindow) -> QWidget:
    return window.centralWidget().currentWidget()


def _header(window: DeskWindow) -> str:
    return " ".join(one.text() for one in _shown(window).findChildren(QPushButton))


def test_alone_nobody_is_asked(open_window: Open, village: Register) -> None:
    window = open_window(village)
    assert isinstance(_shown(window), Shell)
    assert "记录人 陶素芬" in _header(window)


def test_among_several_one_click_and_the_last_one_is_offered(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    other = persons.add_person(village, OTHER, Access.WRITES, actor="陶素芬")
    persons.sit_down(village, other)
    window = open_window(village)
    asked = _shown(window)
    assert isinstance(asked, WhoPage)
    assert sorted(one.text()[:3] for one in asked.people.buttons) == sorted(["陶素芬", OTHER])
    offered = next(one for one in asked.people.buttons if OTHER in one.text())
    qtbot.waitUntil(lambda: window.isActiveWindow() or bool(window.activateWindow()))
    qtbot.waitUntil(offered.hasFocus)
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert isinstance(_shown(window), Shell)
    assert f"记录人 {OTHER}" in _header(window)


def test_another_person_goes_on_and_stands_in_the_history(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    persons.add_person(village, OTHER, Access.WRITES, actor="陶素芬")
    window = open_window(village)
    next(one for one in _shown(window).people.buttons if "陶素芬" in one.text()).click()
    disputes = page(window, "disputes")
    disputes.register()
    for number, name in enumerate(("秦德珍", "蒋仕文")):
        write(inner(disputes.form.parties[number].form, "name"), name)
    press(qtbot, window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: bool(window.findChildren(WhoWindow)))
    (asked,) = window.findChildren(WhoWindow)
    next(one for one in asked.people.buttons if OTHER in one.text()).click()
    qtbot.waitUntil(lambda: OTHER in _header(window))
    settle(qtbot, window)
    # What was being written goes on under the name of who saves it.
    form = _shown(window)._pages["disputes"].form
    assert inner(form.parties[0].form, "name").text() == "秦德珍"
    write(inner(form.dispute, "facts"), "排水沟堵塞。")
    form.dispute.boxes["type"].show_value("02")
    form.dispute.boxes["type"].changed.emit()
    form.save()
    settle(qtbot, window)
    (kept,) = village.all("dispute")
    act = village.act(village.history("dispute", kept.id)[0].act)
    assert act is not None
    assert act.actor == OTHER


def test_persons_are_added_and_leave_in_the_settings(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    part = page(window, "settings").part("persons")
    part.add_button.click()
    assert part.name.finding
    write(part.name.editor.inner, OTHER)
    part.add_button.click()
    write(part.name.editor.inner, READER)
    part.add_reader.click()
    told = {one.name: one.access for one in persons.everyone(office)}
    assert told == {"罗晓": Access.WRITES, OTHER: Access.WRITES, READER: Access.READS}
    next(one for one in part.findChildren(QPushButton) if one.text() == "不再在这里办理").click()
    (box,) = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if "不再列出" in one.text()).click()
    assert len(persons.everyone(office)) == 2


def test_a_village_has_no_readers(open_window: Open, village: Register) -> None:
    part = page(open_window(village), "settings").part("persons")
    assert part.add_reader.isHidden()


# Who only reads

# What leads elsewhere, asks the system, or is no writing: not pressed on the walk.
_ELSEWHERE = (
    "号）",
    "色",
    "对比",
    "系统",
    "锁定",
    "帮助",
    "退出",
    "只读",
    "练习",
    "打印",
    "选",
    "…",
    "PDF",
    "Excel",
    "另存",
)


@pytest.fixture
def reading(qtbot: QtBot, open_window: Open, office: Register) -> DeskWindow:
    """A window in which somebody only reads, over a desk that has a case."""
    settle_a_case(office, keep_a_case(office))
    made = persons.add_person(office, READER, Access.READS, actor="罗晓")
    window = open_window(office)
    next(one for one in _shown(window).people.buttons if READER in one.text()).click()
    assert office.reader == made.name
    return window


def test_a_reader_sees_that_he_reads(reading: DeskWindow, office: Register) -> None:
    assert f"只读 {READER}" in _header(reading)
    card = page(reading, "disputes").browse.card
    assert card.case is not None
    assert "只能查看" in card._told.text()
    assert not card.takes_scans
    bar = page(reading, "disputes").browse.bar
    assert bar.search.isVisible()
    assert not bar.out.isVisible(), "what would only be refused is not offered"
    assert not [one for one in card._bar.findChildren(QPushButton) if one.isVisible()]


def test_settings_show_a_reader_that_he_only_reads(qtbot: QtBot, reading: DeskWindow) -> None:
    settings = page(reading, "settings")
    for name in ("limits", "warnings"):
        part = settings.part(name)
        boxes = part.findChildren(QCheckBox)
        editors = part.findChildren(Editor)
        assert boxes
        assert len(editors) > 5
        assert not any(box.isEnabled() for box in boxes)
        for editor in editors:
            inner = editor.inner
            assert editor.inner.property("locked"), editor.value()
            assert not inner.isEnabled() or inner.isReadOnly()
        assert not part.save_button.isVisible()
        # Nothing is left of the line of buttons.
        view = part.findChild(QScrollArea)
        qtbot.waitUntil(lambda part=part, view=view: view.height() == part.height())
    assert not settings.unsaved


def test_no_form_opens_for_a_reader(reading: DeskWindow, office: Register) -> None:
    disputes, works = page(reading, "disputes"), page(reading, "works")
    organisation = page(reading, "organisation")
    for begin in (
        disputes.register,
        disputes.quick,
        lambda: disputes.step("session"),
        lambda: works.begin("publicity"),
        organisation._add_unit,
    ):
        begin()
        boxes = [one for one in reading.findChildren(QMessageBox) if one.isVisible()]
        assert len(boxes) == 1
        assert "姓名换人" in boxes[0].informativeText()
        boxes[0].close()
    assert disputes.form is None
    assert works.form is None
    assert organisation.form is None


def test_a_reader_presses_everything_and_changes_nothing(
    qtbot: QtBot, reading: DeskWindow, office: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("choose_files", "choose_folder", "choose_target"):
        empty: object = [] if name == "choose_files" else None
        monkeypatch.setattr(messages, name, lambda *_, answer=empty: answer)
    stood = list(office.dump()), office.acts(), office.settings
    pressed = set[str]()
    shell = _shown(reading)
    with qtbot.captureExceptions() as raised:
        for entry in PAGES:
            turned = page(reading, entry.name)
            for number in range(_tabs(turned)):
                turned = page(reading, entry.name)
                if hasattr(turned, "tabs"):
                    turned.tabs.setCurrentIndex(number)
                settle(qtbot, reading)
                pressed |= _press_all(qtbot, reading, turned)
                assert _shown(reading) is shell
    assert len(pressed) > 25, pressed
    # What no page expects to be refused is said by the window's own words for it.
    assert all(issubclass(kind, OnlyReads) for kind, _error, _trace in raised), raised
    assert (list(office.dump()), office.acts(), office.settings) == stood
    assert not office.drafts()
    assert office.verify() == []


def _tabs(turned: QWidget) -> int:
    tabs = getattr(turned, "tabs", None)
    return tabs.count() if tabs is not None else 1


def _press_all(qtbot: QtBot, window: DeskWindow, turned: QWidget) -> set[str]:
    pressed = set[str]()
    for one in turned.findChildren(QPushButton):
        try:
            text = one.text()
            if not one.isVisible() or not one.isEnabled() or one.menu() is not None:
                continue
        except RuntimeError:
            # Another button had the page made anew.
            continue
        if not text or any(part in text for part in _ELSEWHERE):
            continue
        one.click()
        pressed.add(text)
        settle(qtbot, window)
        for opened in window.findChildren(QDialog):
            if opened.isVisible():
                opened.close()
    return pressed


def test_the_lines_of_all_persons_are_of_one_height(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    persons.add_person(office, OTHER, Access.WRITES, actor="罗晓")
    persons.add_person(office, READER, Access.READS, actor="罗晓")
    window = open_window(office)
    next(one for one in _shown(window).people.buttons if "罗晓" in one.text()).click()
    part = page(window, "settings").part("persons")
    settle(qtbot, window)
    lines = [part._lines.itemAt(place).widget() for place in range(part._lines.count())]
    assert len(lines) == 3
    assert len({line.height() for line in lines}) == 1
