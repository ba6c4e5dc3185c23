"""What both sides changed and what people typed into sheets, answered as the clerk does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, press, settle

from mediation_desk.desk import enrolling, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import ProposalState
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.exchange.columns import FIRST_ROW, LEDGER
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.receiving import QUESTIONS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def sent(village: Register, folder: Path) -> Path:
    target = folder / f"{new_id()}.xlsx"
    return sending.send(village, month_of(today()), target, village.person, today()).path


def taken_in(office: Register, path: Path) -> None:
    (came,) = receiving.receive_all(office, [path], office.person, today())
    assert came.act, came.words


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    """A case that the office has in full, because the village is set up."""
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    made = enrolling.make_setup_file(office, unit, tmp_path / "setup.xlsx", "罗晓", today())
    enrolling.open_setup_file(village, made.path, village.person, today())
    kept = keep_a_case(village, days_ago=0)
    taken_in(office, sent(village, tmp_path))
    return kept


def both_change(village: Register, office: Register, case: CaseFile, folder: Path) -> None:
    """Both desks say something else of the same two fields; the village sends it."""
    for register, people, facts in ((village, 5, "水沟堵了两次。"), (office, 4, "水沟堵了三次。")):
        with register.change(register.person, "补正") as change:
            own = register.get("dispute", case.dispute.id)
            change.keep(replace(own, people=people, facts=facts))
    taken_in(office, sent(village, folder))


def questions_of(qtbot: QtBot, window: DeskWindow) -> object:
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(QUESTIONS)
    view = receiving_page.questions
    qtbot.waitUntil(lambda: bool(view.rows.all_shown()))
    return view


def texts(widget: object) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def alt(qtbot: QtBot, window: DeskWindow, key: Qt.Key) -> None:
    """Press the letter of a button, as soon as it is there and the window hears it."""
    sign = f"(&{key.name.removeprefix('Key_')})"

    def active() -> bool:
        window.activateWindow()
        buttons = (entry for entry in window.findChildren(QPushButton) if sign in entry.text())
        shown = any(button.isVisible() and button.isEnabled() for button in buttons)
        return shown and window.isActiveWindow()

    qtbot.waitUntil(active)
    qtbot.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier)


def test_base_ours_and_theirs_stand_side_by_side_and_are_decided_by_keys(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    both_change(village, office, case, tmp_path)
    window = open_window(office)
    view = questions_of(qtbot, window)
    assert page(window, "sending").tabs.tabText(QUESTIONS) == "待核对 2"
    labels = [asked.question.label for asked in view.rows.all_shown()]
    assert labels == ["涉及当事人数", "纠纷简要情况"]
    assert [asked.first for asked in view.rows.all_shown()] == [True, False]
    view.table.selectRow(0)
    said = texts(view.card)
    assert {"原来的", "登记簿现在的", "报来的", "2", "4", "5"} <= set(said)
    assert any("案件台账" in text for text in said)
    view.table.setFocus()
    alt(qtbot, window, Qt.Key.Key_K)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 1)
    assert office.get("dispute", case.dispute.id).people == 4
    assert window.focusWidget() is view.table
    alt(qtbot, window, Qt.Key.Key_T)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    assert office.get("dispute", case.dispute.id).facts == "水沟堵了两次。"
    assert page(window, "sending").tabs.tabText(QUESTIONS) == "待核对"
    # The office's answer reaches the village like any change: nothing is asked there again.
    assert not office.all("proposal", state=ProposalState.OPEN.value)


def test_all_of_a_case_is_answered_at_once_and_taken_back(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    both_change(village, office, case, tmp_path)
    before = office.get("dispute", case.dispute.id)
    window = open_window(office)
    view = questions_of(qtbot, window)
    view.table.selectRow(1)
    alt(qtbot, window, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(view.chosen) == 2)
    assert any("选中 2 项" in text for text in texts(view.card))
    view.take.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    after = office.get("dispute", case.dispute.id)
    assert (after.people, after.facts) == (5, "水沟堵了两次。")
    assert "刚才采用了 2 项" in view._told.text()
    view.fold.click()
    qtbot.waitUntil(lambda: bool(view.decided.rows.all_shown()))
    assert view.decided.isVisible()
    assert not view._shown.isVisible()
    qtbot.mouseClick(view.decided.undo, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 2)
    again = office.get("dispute", case.dispute.id)
    assert (again.people, again.facts) == (before.people, before.facts)
    assert view.table.isVisible()
    view.fold.click()
    qtbot.waitUntil(lambda: view.decided.rows.row(0).undone)
    assert not view.decided.undo.isEnabled()


def test_a_hand_edit_is_shown_with_its_cell_and_later_leaves_it_open(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    path = sent(village, tmp_path)
    book = load_workbook(path, data_only=True)
    names = [column.head for column in LEDGER.shown(personal=False)]
    place = names.index("涉及当事人数") + 1
    book[LEDGER.title].cell(FIRST_ROW, place).value = 7
    book.save(path)
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.look_at([path])
    settle(qtbot, window)
    (row,) = inbox.files.seen
    assert "有 1 处待核对" in texts(inbox.files)
    assert any("梨子园村签名并封存" in text for text in texts(inbox.files))
    inbox.show_file(row)
    assert any(text.startswith("未变 ") for text in texts(inbox.file))
    press(qtbot, window, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: not inbox.files.seen)
    view = questions_of(qtbot, window)
    (asked,) = view.rows.all_shown()
    assert "案件台账 M5 格" in " ".join(texts(view.card))
    assert "2 → 7" in view.rows.data(view.rows.index(0, 1))
    view.table.setFocus()
    alt(qtbot, window, Qt.Key.Key_L)
    finish(window)
    assert view.count == 1
    alt(qtbot, window, Qt.Key.Key_T)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    assert office.get("dispute", case.dispute.id).people == 7
    assert asked.question.theirs == "7"


def test_of_an_added_row_the_register_has_nothing_to_keep(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    path = sent(village, tmp_path)
    book = load_workbook(path, data_only=True)
    told = {"申请人": "覃老幺", "被申请人": "牟世才", "纠纷类型": "邻里纠纷"}
    for number, column in enumerate(LEDGER.shown(personal=False), 1):
        if column.head in told:
            book[LEDGER.title].cell(FIRST_ROW + 1, number).value = told[column.head]
    book.save(path)
    taken_in(office, path)
    view = questions_of(qtbot, open_window(office))
    view.table.selectRow(0)
    assert (view.take.text(), view.keep.text()) == ("收下这一行 (&T)", "不收这一行 (&K)")
    assert not view.show_case.isEnabled(), "there is no such dispute yet"


def test_what_was_answered_meanwhile_is_told_and_listed_no_more(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    both_change(village, office, case, tmp_path)
    window = open_window(office)
    view = questions_of(qtbot, window)
    with office.change("罗晓", "别处改过") as change:
        change.keep(replace(office.get("dispute", case.dispute.id), people=9))
    view.table.selectRow(0)
    view.take.click()
    settle(qtbot, window)
    assert "又改过" in page(window, "sending").notice.said.text()
    qtbot.waitUntil(lambda: view.rows.row(0).question.ours == "9")
    assert office.get("dispute", case.dispute.id).people == 9


def test_on_a_low_screen_list_and_question_take_turns(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    both_change(village, office, case, tmp_path)
    window = open_window(office)
    window.resize(910, 512)
    view = questions_of(qtbot, window)
    receiving_page = page(window, "sending")
    assert not view._shown.isVisible()
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert view._shown.isVisible()
    assert not receiving_page._top.isVisible()
    assert window.focusWidget() is view.take
    view.back.click()
    assert view.table.isVisible()
    assert receiving_page._top.isVisible()
    assert window.focusWidget() is view.table
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    view.take.click()
    settle(qtbot, window)
    # Both at once would be wider than the screen, and what was done have room for one character.
    assert not (view._shown.isVisible() and view._list.isVisible())
    assert view.width() <= window.width()


def test_what_was_done_is_told_in_one_line_beside_a_narrow_list(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    case: CaseFile,
    tmp_path: Path,
) -> None:
    both_change(village, office, case, tmp_path)
    window = open_window(office)
    window.resize(1093, 614)
    view = questions_of(qtbot, window)
    told = view._told
    assert not told.isVisible()
    view.take.click()
    settle(qtbot, window)
    qtbot.waitUntil(told.isVisible)
    assert "刚才采用了" in told.text()
    assert told.height() < 2.5 * told.fontMetrics().height()
