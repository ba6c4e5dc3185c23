"""Where the cursor goes, what the window says while it works, no figure of another day."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, finish, keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.domain.finding import Find
from mediation_desk.domain.problems import Problem, Severity
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.pages.place_words import finding_words, place_words
from mediation_desk.ui.widgets import button
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _wake(qtbot: QtBot, window: DeskWindow) -> None:
    def active() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active)


def _questions(window: DeskWindow) -> list[QMessageBox]:
    return [asked for asked in window.findChildren(QMessageBox) if asked.isVisible()]


def test_search_keeps_the_cursor_while_the_list_comes_and_goes(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    browse = page(window, "disputes").browse
    press(qtbot, window, Qt.Key.Key_F)
    write(browse.search, "没有这个人")
    qtbot.waitUntil(lambda: not browse.rows.all_shown())
    press(qtbot, window, Qt.Key.Key_F)
    write(browse.search, "秦德珍")
    qtbot.waitUntil(lambda: bool(browse.rows.all_shown()))
    qtbot.wait(20)
    assert window.focusWidget() is browse.search


def test_an_opened_desk_begins_at_the_search(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    _wake(qtbot, window)
    shell = window.centralWidget().currentWidget()
    search = page(window, "disputes").browse.search
    assert QApplication.focusWidget() is search
    stop, passed = search.nextInFocusChain(), []
    while stop is not search:
        passed.append(stop)
        stop = stop.nextInFocusChain()
    assert passed.index(shell._leave) > passed.index(shell._tabs["sending"])


def test_setting_up_goes_by_keyboard(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    _wake(qtbot, window)
    founding = window.centralWidget().currentWidget()
    assert QApplication.focusWidget() is founding.fields["county"].editor.inner
    place = founding.fields["county"].mapTo(window, founding.fields["county"].rect().topLeft())
    for name, value in {"county": "丰都县", "name": "梨子园村", "again": PASSWORD}.items():
        write(founding.fields[name].editor.inner, value)
    qtbot.keyClick(founding.fields["again"].editor.inner, Qt.Key.Key_Return)
    assert founding.fields["town"].finding
    assert QApplication.focusWidget() is founding.fields["town"].editor.inner
    qtbot.wait(20)
    # The card stays where it was although findings appeared.
    assert (
        founding.fields["county"].mapTo(window, founding.fields["county"].rect().topLeft()) == place
    )


def test_setting_up_gives_one_advice_on_the_password(open_window: Open) -> None:
    founding = open_window().centralWidget().currentWidget()
    said = "".join(label.text() for label in founding.findChildren(QLabel))
    assert "凭恢复码重设" in said
    assert "同事" not in said
    assert "您的姓名（记录人）" in said


def test_closing_waits_for_work(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    go = threading.Event()
    window.jobs.run(
        go.wait, owner=window, done=lambda _: None, failed=pytest.fail, words="正在接收…"
    )
    window.close()
    assert window.isVisible()
    (told,) = _questions(window)
    assert "正在接收" in told.text()
    assert "关闭" in told.informativeText()
    told.close()
    go.set()
    settle(qtbot, window)


def test_figures_of_another_period_do_not_stay(open_window: Open, village: Register) -> None:
    settle_a_case(village, keep_a_case(village, days_ago=0))
    window = open_window(village)
    statistics = page(window, "statistics")
    picker = statistics.bar.picker
    picker.kind.show_value(5)
    picker._kind_changed()
    finish(window)
    assert statistics.table_card.definition.value.text() == "1 件"
    picker.first.typed.clear()
    write(picker.first.typed, "2026-13-01")
    picker.first.changed.emit()
    assert statistics.table is None
    view = statistics.table_card.view
    assert not view.values.lines.rowCount()
    assert not view.totals.lines.rowCount()
    assert statistics.table_card.definition.value.isHidden()
    assert not statistics.print.isEnabled()
    statistics.tabs.setCurrentIndex(1)
    assert {entry.value.text() for entry in statistics.charts.numbers.values()} == {"–"}
    assert not statistics.charts.types.marks
    statistics.tabs.setCurrentIndex(0)
    assert picker.first.typed.property("wrong")
    assert picker._told.isVisible()
    picker.first.show_value(picker.last.value())
    picker.first.changed.emit()
    finish(window)
    assert statistics.table_card.definition.value.isVisible()
    assert not picker._told.isVisible()


def test_the_list_behind_a_number_is_read_again(open_window: Open, village: Register) -> None:
    keep_a_case(village, days_ago=0)
    window = open_window(village)
    page(window, "statistics").table_card.definition.cases.click()
    browse = page(window, "disputes").browse
    assert len(browse.rows.all_shown()) == 1
    keep_a_case(village, "何世明", "何世全", days_ago=0)
    page(window, "statistics")
    page(window, "disputes")
    assert len(browse.rows.all_shown()) == 2
    assert "2 件" in browse._banner_words.text()


def test_reports_of_two_calibres_have_two_names(
    open_window: Open, village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(
        messages, "choose_target", lambda _page, _title, proposed, _kinds: names.append(proposed)
    )
    window = open_window(village)
    statistics = page(window, "statistics")
    statistics.write()
    statistics.bar.oral.show_value(False)
    statistics.bar.oral.changed.emit()
    finish(window)
    statistics.write()
    assert len({Path(name).name for name in names}) == 2


def test_a_finding_opens_its_case(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village, days_ago=0)
    case = settle_a_case(village, keep_a_case(village, "何世明", "何世全", days_ago=0))
    window = open_window(village)
    sending = page(window, "sending").send_view
    number = village.page(Find(text="何世明")).rows[0].number
    sending.findings.show(
        [(number, Problem("C5", Severity.WARNING, "sessions.0.result", "结果不一致。"))]
    )
    sending.finding_table.setVisible(True)
    sending.finding_table.selectRow(0)
    qtbot.keyClick(sending.finding_table, Qt.Key.Key_Return)
    browse = page(window, "disputes").browse
    assert [row.dispute.id for row in browse.rows.all_shown()] == [case.dispute.id]
    assert browse.card.dispute_id == case.dispute.id


def test_a_switched_off_danger_button_is_grey(qtbot: QtBot) -> None:
    made = button("撤销", name="danger")
    qtbot.addWidget(made)
    made.show()
    ink = made.palette().color(QPalette.ColorRole.ButtonText).name()
    assert ink == theme.tokens().red
    made.setEnabled(False)
    ink = made.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
    assert ink == theme.tokens().hint


def test_places_in_a_workbook_are_said_in_words() -> None:
    assert place_words("案件台账!E5") == "案件台账 E5 格"
    assert place_words("汇总表!$A$12") == "汇总表 第12行"
    assert place_words("案件台账") == "案件台账"


def test_a_finding_is_told_without_the_mark_of_its_rule() -> None:
    said = "梨子园村：调解案件总数为7，各类纠纷合计为6，两者应相等。"
    assert finding_words(f"汇总表!B9：[R1] {said}") == f"汇总表 B9 格：{said}"
    assert finding_words(f"[O-R1] {said}") == said
    assert finding_words(said) == said
