"""Registering, mediating, settling and finding disputes through the window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from builders import an_identity_number
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import CaseStatus, Outcome, SessionResult, Sex
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.copying import copied
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.concealed import Concealed
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _type(text: str) -> None:
    write(QApplication.focusWidget(), text)


def _tab(qtbot: QtBot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def test_a_dispute_is_registered_by_keyboard(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: disputes.form is not None)
    form = disputes.form
    applicant, respondent = form.parties
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    _type("秦德珍")
    _tab(qtbot)
    _type(number.lower())
    assert applicant.form.boxes["sex"].value() is Sex.FEMALE
    assert applicant.form.boxes["born_on"].value() == date(1962, 8, 17)
    respondent.form.boxes["name"].editor.setFocus()
    _type("蒋仕文")
    form.dispute.boxes["type"].editor.setFocus()
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    form.dispute.boxes["facts"].editor.setFocus()
    _type("两家屋檐水沟相接，雨水倒流。")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    (row,) = village.page(Find()).rows
    kept = village.case(row.dispute.id)
    assert (kept.dispute.number, kept.dispute.status) == (1, CaseStatus.ACCEPTED)
    assert [party.name for party in kept.parties] == ["秦德珍", "蒋仕文"]
    assert kept.parties[0].id_number == number
    assert kept.dispute.facts == "两家屋檐水沟相接，雨水倒流。"
    assert disputes.browse.card.dispute_id == kept.dispute.id


def test_what_is_wrong_is_said_beside_the_field(open_window: Open, village: Register) -> None:
    disputes = page(open_window(village), "disputes")
    disputes.register()
    form = disputes.form
    write(form.parties[0].form.boxes["name"].editor.inner, "秦德珍")
    write(form.parties[0].form.boxes["id_number"].editor.inner, "990001196208170999")
    write(form.dispute.boxes["claim_fen"].editor.inner, "约五千")
    form.save()
    assert "金额" in form.dispute.boxes["claim_fen"].finding
    assert form.parties[1].form.boxes["name"].finding
    write(form.parties[1].form.boxes["name"].editor.inner, "蒋仕文")
    form.dispute.boxes["claim_fen"].editor.typed.setText("5000")
    form.dispute.boxes["type"].show_value("02")
    write(form.dispute.boxes["facts"].editor.inner, "水沟。")
    form.save()
    assert "校验码" in form.parties[0].form.boxes["id_number"].finding
    assert not village.page(Find()).rows
    form.touched = False
    form.leave()


def test_a_session_and_an_agreement_settle_a_dispute(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    session = disputes.form.session
    write(session.boxes["narrative"].editor.inner, "双方各退一步，同意加宽水沟。")
    session.boxes["result"].show_value(SessionResult.SETTLED)
    disputes.form.save()
    # A successful mediation leads on to its agreement.
    qtbot.waitUntil(lambda: hasattr(disputes.form, "agreement"))
    form = disputes.form
    write(form.agreement.boxes["content"].editor.inner, "蒋家把水沟加宽到30厘米。")
    write(form.agreement.boxes["amount_fen"].editor.inner, "1,200.50")
    form.add_promise.click()
    promise = form.promises[0].form
    promise.boxes["party_id"].show_value(case.parties[1].id)
    write(promise.boxes["what"].editor.inner, "付1200.50元")
    write(promise.boxes["amount_fen"].editor.inner, "1200.50")
    promise.boxes["due_on"].show_value(today())
    form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    kept = village.case(case.dispute.id)
    assert kept.dispute.outcome is Outcome.SETTLED
    assert kept.agreement.amount_fen == 120_050
    assert [promise.amount_fen for promise in kept.promises] == [120_050]
    assert len(kept.sessions) == 1


def test_a_dispute_is_voided_with_a_reason(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("void")
    disputes.form.save()
    assert not village.case(case.dispute.id).dispute.void_reason
    write(disputes.form.why.editor.inner, "重复登记")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    assert village.case(case.dispute.id).dispute.void_reason == "重复登记"


def test_the_number_of_a_void_dispute_is_read_whole_in_the_list(
    open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    with village.change("彭维阶", "登记重复") as change:
        change.keep(replace(case.dispute, void_reason="重复登记"))
    browse = page(open_window(village), "disputes").browse
    cell = browse.rows.index(0, 0)
    shown = cell.data()
    assert shown.endswith("号")
    assert browse.table.fontMetrics().horizontalAdvance(shown) < browse.table.columnWidth(0)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == shown + "（作废）"
    assert browse.rows.index(0, 4).data() == "作废"


def test_search_finds_what_was_committed(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village, "秦德珍", "蒋仕文")
    keep_a_case(village, "何世明", "何世全")
    browse = page(open_window(village), "disputes").browse
    assert len(browse.rows.all_shown()) == 2
    half = QInputMethodEvent("heshi", [])
    QApplication.sendEvent(browse.search, half)
    qtbot.wait(200)
    assert len(browse.rows.all_shown()) == 2
    write(browse.search, "何世明")
    qtbot.waitUntil(lambda: len(browse.rows.all_shown()) == 1)
    assert browse.rows.row(0).applicants == "何世明"
    browse.search.setText("qdz")
    qtbot.waitUntil(lambda: browse.rows.row(0).applicants == "秦德珍")
    browse.search.setText("没有这个人")
    qtbot.waitUntil(lambda: not browse.rows.all_shown())
    assert browse.card.dispute_id == ""


def test_filters_narrow_the_list(open_window: Open, village: Register) -> None:
    settle_a_case(village, keep_a_case(village, "秦德珍", "蒋仕文"))
    keep_a_case(village, "何世明", "何世全")
    browse = page(open_window(village), "disputes").browse
    browse.bar.front.state.show_value(Outcome.SETTLED)
    browse.look_up()
    assert [row.applicants for row in browse.rows.all_shown()] == ["秦德珍"]
    browse.show_all()
    assert len(browse.rows.all_shown()) == 2


def test_the_list_fetches_as_it_scrolls(open_window: Open, village: Register) -> None:
    for number in range(60):
        keep_a_case(village, f"甲{number}", "乙", days_ago=number)
    browse = page(open_window(village), "disputes").browse
    assert len(browse.rows.all_shown()) == 50
    browse.table.scrollToBottom()
    browse.rows.fetchMore(browse.table.rootIndex())
    names = [row.applicants for row in browse.rows.all_shown()]
    assert len(names) == len(set(names)) == 60
    assert not browse.rows.canFetchMore(browse.table.rootIndex())


def test_numbers_are_masked_until_revealed(open_window: Open, village: Register) -> None:
    number = an_identity_number(date(1962, 8, 17), Sex.FEMALE)
    disputes = page(open_window(village), "disputes")
    disputes.register()
    form = disputes.form
    for party, name in zip(form.parties, ("秦德珍", "蒋仕文"), strict=True):
        write(party.form.boxes["name"].editor.inner, name)
    write(form.parties[0].form.boxes["id_number"].editor.inner, number)
    case = form.after()
    form.touched = False
    form.leave()
    card = disputes.browse.card
    card.case = case
    card._label_tabs(case)
    card.tabs.setCurrentIndex(2)
    shown = {label.text() for label in card._body.currentWidget().findChildren(QLabel)}
    assert number not in shown
    assert number[:6] + "********" + number[-4:] in shown
    assert not village.all("log_entry")
    (concealed,) = card._body.currentWidget().findChildren(Concealed)
    concealed.turn.click()
    shown = {label.text() for label in card._body.currentWidget().findChildren(QLabel)}
    assert number in shown
    (noted,) = village.all("log_entry")
    assert (noted.what, noted.by) == (LogAct.REVEALED, village.person)
    assert (noted.about_kind, noted.about_field) == ("party", "id_number")
    assert noted.about_id == case.parties[0].id
    assert number[-4:] not in str(noted)
    concealed.copy.click()
    assert QGuiApplication.clipboard().text() == number
    copied().pause.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""
    concealed.copy.click()
    QGuiApplication.clipboard().setText("别的程序复制的")
    copied().forget()
    # What somebody else has copied since is not ours to clear.
    assert QGuiApplication.clipboard().text() == "别的程序复制的"


def test_a_session_can_be_corrected(qtbot: QtBot, open_window: Open, village: Register) -> None:
    case = settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step(f"session:{case.sessions[0].id}")
    disputes.form.session.boxes["narrative"].editor.show_value("改正后的记录。")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    (session,) = village.case(case.dispute.id).sessions
    assert (session.narrative, session.revision) == ("改正后的记录。", 2)


def test_every_offered_step_opens_its_form(open_window: Open, village: Register) -> None:
    settle_a_case(village, keep_a_case(village, days_ago=9))
    keep_a_case(village, "何世明", "何世全")
    disputes = page(open_window(village), "disputes")
    card = disputes.browse.card
    for row in range(2):
        disputes.browse.table.selectRow(row)
        menu = card.steps.menu
        further = [
            entry for action in menu.actions() if action.menu() for entry in action.menu().actions()
        ]
        steps = [action.data() for action in (*menu.actions(), *further) if action.data()]
        steps = [step for step in steps if step not in {"history", "attachments"}]
        steps += [button.step for button in card.findChildren(StepButton)]
        assert len(steps) > 3
        for step in steps:
            disputes.step(step)
            assert disputes.form is not None, step
            disputes.form.touched = False
            disputes.form.leave()


def test_the_list_shows_the_whole_number_and_both_sides(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    keep_a_case(office, "令狐承培", "向远魁")
    window = open_window(office)
    browse = page(window, "disputes").browse
    qtbot.wait(10)
    for column in (0, 1):
        text = browse.rows.index(0, column).data()
        needed = browse.table.fontMetrics().horizontalAdvance(text) + 26
        assert browse.table.columnWidth(column) >= needed, text


def test_the_cursor_stays_in_the_file_when_its_page_is_shown_anew(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    """Whoever shows the numbers by keyboard can mask them again by the same keyboard."""
    case = keep_a_case(village)
    with village.change("陶素芬", "电话") as change:
        change.keep(replace(case.parties[0], phone="13900000001"))
    window = open_window(village)
    card = page(window, "disputes").browse.card
    card.tabs.setCurrentIndex(2)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    reveal = next(part for part in card.findChildren(QPushButton) if part.text() == "显示")
    reveal.setFocus()
    assert window.focusWidget() is reveal
    reveal.click()
    finish(window)
    cursor = window.focusWidget()
    assert isinstance(cursor, QPushButton)
    assert cursor.text() == "遮住"
    (concealed,) = card.findChildren(Concealed)
    assert concealed.said.text() == "13900000001"
    page(window, "works")
    # Whoever turns to something else has seen enough.
    assert concealed.said.text() == "139****0001"
