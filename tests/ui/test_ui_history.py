"""The history of a case file is read and an earlier version brought back, by keyboard as well."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.bringing_back import BackButton
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _with_phone(register: Register, case: CaseFile, phone: str) -> CaseFile:
    party = replace(case.parties[0], phone=phone)
    after = replace(case, parties=(party, *case.parties[1:]))
    return recording.keep_case(register, case, after, register.person, "更正电话", today())


@pytest.fixture
def changed(village: Register) -> CaseFile:
    case = keep_a_case(village)
    return _with_phone(village, _with_phone(village, case, "13800001234"), "13900005678")


def _texts(history: QWidget) -> str:
    return "\n".join(label.text() for label in history.findChildren(QLabel))


def _history(qtbot: QtBot, window: DeskWindow) -> QWidget:
    disputes = page(window, "disputes")
    disputes.step("history")
    # What is laid out is seen, and reached by Tab, one turn of the event loop later.
    qtbot.waitUntil(lambda: _cards_shown(disputes.history))
    return disputes.history


def _cards_shown(history: QWidget) -> bool:
    first = history._cards.itemAt(0)
    return first is not None and first.widget().isVisible()


def _asked(qtbot: QtBot, window: DeskWindow) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    return window.findChildren(QMessageBox)[-1]


def test_an_earlier_version_is_brought_back_by_keyboard(
    qtbot: QtBot, open_window: Open, village: Register, changed: CaseFile
) -> None:
    window = open_window(village)
    history = _history(qtbot, window)
    assert "联系方式：138****1234 → 139****5678" in _texts(history)
    assert "13900005678" not in _texts(history)
    assert QApplication.focusWidget() is history.leave_button
    stop: QWidget | None = history.leave_button
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        if isinstance(stop, BackButton):
            break
    assert isinstance(stop, BackButton)
    assert stop.version.noun == "当事人"
    qtbot.keyClick(stop, Qt.Key.Key_Return)
    asked = _asked(qtbot, window)
    assert "联系方式：139****5678 → 138****1234" in asked.informativeText()
    assert asked.defaultButton().text() == "不了，返回"
    next(entry for entry in asked.buttons() if entry.text() == "恢复").click()
    qtbot.waitUntil(lambda: history._told.text() == "已恢复。")
    settle(qtbot, window)
    kept = village.case(changed.dispute.id)
    assert kept.parties[0].phone == "13800001234"
    qtbot.waitUntil(lambda: "恢复以前的版本：当事人" in _texts(history))
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    disputes = page(window, "disputes")
    qtbot.waitUntil(lambda: disputes.history is None)
    assert disputes.browse.card.case.parties[0].phone == "13800001234"


def test_a_version_that_does_not_fit_is_refused_before_asking(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    history = _history(qtbot, window)
    back = next(
        entry for entry in history.findChildren(BackButton) if entry.version.kind == "dispute"
    )
    back.click()
    told = _asked(qtbot, window)
    assert "重新办理" in told.informativeText()
    assert len(told.buttons()) == 1
    told.close()


def test_the_newest_version_and_others_files_offer_nothing(
    qtbot: QtBot, open_window: Open, office: Register, village: Register, changed: CaseFile
) -> None:
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([village.unit, *changed.records()])
    dispute = changed.dispute
    with office.change("罗晓", "接收", "import") as change:
        change.adopt([replace(dispute, facts="水沟又堵。", revision=dispute.revision + 1)])
    window = open_window(office)
    history = _history(qtbot, window)
    assert any(not version.latest for act in history._acts for version in act)
    assert not history.findChildren(BackButton)
    assert "现在的内容" in _texts(history)


def test_a_long_history_is_shown_in_parts(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    for number in range(30):
        case = _with_phone(village, case, f"1380000{number:04d}")
    window = open_window(village)
    history = _history(qtbot, window)

    def shown() -> int:
        return history._cards.count()

    assert 0 < shown() < 31
    while history._more.isVisible():
        before = shown()
        history._more.click()
        assert shown() > before
    assert shown() == 31
    assert _texts(history).count("更正电话") == 30
    history.leave_button.click()


def test_another_page_leads_to_the_history_and_away_from_it(
    qtbot: QtBot, open_window: Open, village: Register, changed: CaseFile
) -> None:
    window = open_window(village)
    shell = window.centralWidget().currentWidget()
    shell.go(Go("disputes", "step", changed.dispute.id, "history"))
    disputes = page(window, "disputes")
    qtbot.waitUntil(lambda: bool(disputes.history._acts))
    shell.go(Go("disputes", "show", changed.dispute.id))
    assert disputes.history is None
    assert not disputes.unsaved
