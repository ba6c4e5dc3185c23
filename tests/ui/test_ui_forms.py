"""Nothing typed is lost or covered, the cursor stands where writing goes on, findings stay."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from builders import an_identity_number
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import PartyKind, SessionKind, SessionResult, Sex
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def disputes(open_window: Open, village: Register) -> QWidget:
    """The page of disputes; what a test leaves unsaved is given up."""
    return page(open_window(village), "disputes")


@pytest.fixture
def form(disputes: QWidget) -> QWidget:
    """A new dispute with all that must be filled."""
    disputes.register()
    made = disputes.form
    for party, name in zip(made.parties, ("秦德珍", "蒋仕文"), strict=True):
        write(party.form.boxes["name"].editor.inner, name)
    made.dispute.boxes["type"].show_value("02")
    write(made.dispute.boxes["facts"].editor.inner, "水沟。")
    return made


def _keep(qtbot: QtBot, disputes: QWidget) -> None:
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)


def _question(inside: QWidget) -> QMessageBox:
    (asked,) = inside.window().findChildren(QMessageBox)
    return asked


def _answer(inside: QWidget, role: QMessageBox.ButtonRole) -> None:
    asked = _question(inside)
    next(entry for entry in asked.buttons() if asked.buttonRole(entry) is role).click()


def _focused(widget: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is not None and (widget is now or widget.isAncestorOf(now))


def test_a_day_that_is_not_understood_is_never_folded_away(
    form: QWidget, village: Register
) -> None:
    party = form.parties[0]
    party.more.click()
    write(party.form.boxes["born_on"].editor.inner, "1949年腊月")
    party.more.click()
    form.save()
    assert party.form.boxes["born_on"].finding
    assert party.form.boxes["born_on"].isVisible()
    assert not village.page(Find()).rows
    party.form.boxes["kind"].show_value(PartyKind.LEGAL)
    party.form.boxes["kind"].changed.emit()
    form.save()
    assert party.form.boxes["born_on"].isVisible()
    assert not village.page(Find()).rows


def test_an_error_in_a_folded_field_opens_it(form: QWidget, village: Register) -> None:
    party = form.parties[0]
    party.more.click()
    write(party.form.boxes["born_on"].editor.inner, "2999-01-01")
    party.more.click()
    assert party.form.boxes["born_on"].isHidden()
    form.save()
    assert party.form.boxes["born_on"].isVisible()
    assert party.form.boxes["born_on"].finding
    assert not village.page(Find()).rows


def test_every_form_begins_where_one_writes(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    settle_a_case(village, keep_a_case(village, days_ago=9))
    keep_a_case(village, "何世明", "何世全")
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_F)
    for row, steps in enumerate(
        (("session", "agree", "terminate", "transfer", "void", "edit"), ("visit", "archive"))
    ):
        disputes.browse.table.selectRow(row)
        for step in steps:
            disputes.step(step)
            assert _focused(disputes.form.view), step
            disputes.close_form()


def test_a_missing_reason_gets_the_cursor(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_F)
    disputes.step("void")
    disputes.form.save_button.setFocus()
    disputes.form.save()
    assert disputes.form.why.finding
    assert _focused(disputes.form.why)


def test_a_filled_party_is_removed_only_after_asking(form: QWidget) -> None:
    form.add_third.click()
    assert len(form.parties) == 3
    form.parties[2].remove.click()
    # Nothing was written there, so nothing is lost.
    assert len(form.parties) == 2
    form.parties[1].remove.click()
    assert len(form.parties) == 2
    _answer(form, QMessageBox.ButtonRole.RejectRole)
    assert len(form.parties) == 2
    form.sides.remove(form.parties[1].party_id)
    asked = form.window().findChildren(QMessageBox)[-1]
    asked.buttons()[0].click()
    assert len(form.parties) == 1


def test_tab_goes_as_one_reads_then_to_saving(form: QWidget) -> None:
    form.add_third.click()
    chain, stop = [], form.parties[0].role.box
    while stop is not form.leave_button:
        chain.append(stop)
        stop = stop.nextInFocusChain()
    third = form.parties[2]
    wanted = [
        form.parties[0].form.boxes["phone"].editor.inner,
        form.parties[0].more,
        form.parties[0].remove,
        form.parties[1].role.box,
        third.form.boxes["name"].editor.inner,
        third.more,
        form.dispute.boxes["type"].editor.inner,
        form.dispute.boxes["escalation"].editor.inner,
        form.save_button,
    ]
    places = [chain.index(entry) for entry in wanted]
    assert all(one < other for one, other in pairwise(places))


@pytest.mark.parametrize("name", ["欧阳某等十二人（三组承包户代表）", "三组28户村民", "何某等户"])
def test_how_many_stand_behind_a_name_is_asked(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, name: str
) -> None:
    box = form.parties[0].form.boxes["name"].editor.inner
    box.clear()
    write(box, name)
    form.save()
    assert form.dispute.boxes["people"].finding
    assert not village.page(Find()).rows
    write(form.dispute.boxes["people"].editor.inner, "13")
    _keep(qtbot, disputes)
    assert village.page(Find()).rows[0].dispute.people == 13


def test_plain_parties_are_counted(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register
) -> None:
    form.add_third.click()
    write(form.parties[2].form.boxes["name"].editor.inner, "何世明")
    _keep(qtbot, disputes)
    assert village.page(Find()).rows[0].dispute.people == 3


def test_mending_one_field_leaves_the_other_findings(form: QWidget) -> None:
    boxes = [party.form.boxes["id_number"] for party in form.parties]
    for box in boxes:
        write(box.editor.inner, "990001196208170999")
    form.save()
    assert all(box.finding for box in boxes)
    boxes[0].editor.typed.clear()
    write(boxes[0].editor.inner, an_identity_number(date(1962, 8, 17), Sex.FEMALE))
    form._review()
    assert not boxes[0].finding
    assert boxes[1].finding


def test_nothing_is_found_in_boxes_not_yet_written(open_window: Open, village: Register) -> None:
    keep_a_case(village)
    disputes = page(open_window(village), "disputes")
    disputes.step("agree")
    form = disputes.form
    form.add_promise.click()
    form._review()
    assert not [box for box in form.agreement.boxes.values() if box.finding]
    assert not [box for box in form.promises[0].form.boxes.values() if box.finding]


def test_a_growing_form_keeps_the_cursor_in_view(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_F)
    window.resize(1366, 520)
    disputes.step("agree")
    form = disputes.form
    for _ in range(3):
        form.add_promise.click()
    box = form.promises[-1].form.boxes["party_id"]
    qtbot.waitUntil(lambda: not box.visibleRegion().isEmpty())
    facts = form.agreement.boxes["content"].editor.inner
    facts.setFocus()
    write(facts, "一\n二\n三\n四\n五\n六\n七\n八\n九")

    def seen() -> bool:
        place = facts.viewport().mapTo(form.view, facts.cursorRect().bottomLeft())
        return 0 <= place.y() <= form.view.height()

    qtbot.waitUntil(seen)
    assert box.visibleRegion().isEmpty()


def test_a_form_is_closed_to_typing_while_it_is_saved(
    qtbot: QtBot, disputes: QWidget, form: QWidget
) -> None:
    form.save()
    assert not form.view.isEnabled()
    assert not form.leave_button.isEnabled()
    qtbot.waitUntil(lambda: disputes.form is None)


def test_a_settled_session_says_that_it_is_saved(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    write(disputes.form.session.boxes["narrative"].editor.inner, "同意加宽水沟。")
    disputes.form.session.boxes["result"].show_value(SessionResult.SETTLED)
    disputes.form.save()
    qtbot.waitUntil(lambda: hasattr(disputes.form, "agreement"))
    assert "已保存" in disputes.form._told.text()
    assert disputes.form._banner.isVisible()
    settle(qtbot, window)


def test_sessions_of_one_day_stand_as_they_were_written(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    disputes = page(open_window(village), "disputes")
    for time, said in (("上午9时", "先谈"), ("", "再谈"), ("上午10时", "三谈")):
        disputes.step("session")
        session = disputes.form.session
        write(session.boxes["time"].editor.inner, time)
        write(session.boxes["narrative"].editor.inner, said)
        session.boxes["result"].show_value(SessionResult.CONTINUED)
        _keep(qtbot, disputes)
    held = village.case(case.dispute.id).sessions
    assert [entry.narrative for entry in held] == ["先谈", "再谈", "三谈"]
    disputes.step(f"session:{held[-1].id}")
    assert disputes.form.session.boxes["narrative"].value() == "三谈"
    disputes.close_form()


def test_a_failed_session_says_what_to_press(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    disputes = page(open_window(village), "disputes")
    disputes.step("session")
    session = disputes.form.session
    assert session.boxes["kind"].value() is SessionKind.MEDIATION
    write(session.boxes["narrative"].editor.inner, "各不相让。")
    session.boxes["result"].show_value(SessionResult.FAILED)
    _keep(qtbot, disputes)
    shown = [label.text() for label in disputes.browse.card._body.findChildren(QLabel)]
    assert [text for text in shown if "终止" in text and "有待继续调解" in text]


def test_a_number_does_not_cover_a_form(disputes: QWidget, form: QWidget) -> None:
    disputes.show_behind(Behind("2026年 · 调解成功", tuple))
    assert disputes.form is form
    assert disputes.browse._behind is None
    assert "没有登记进去" in _question(form).text()
    _question(form).close()
    form.touched = False
    disputes.show_behind(Behind("2026年 · 调解成功", tuple))
    assert disputes.form is None
    assert disputes.browse._banner.isVisible()


def test_the_calendar_opens_by_keyboard(qtbot: QtBot, form: QWidget) -> None:
    editor = form.dispute.boxes["intake_on"].editor
    editor.show_value(today())
    qtbot.keyClick(editor.typed, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor._calendar is not None
    assert editor._calendar.isVisible()
    editor._calendar.hide()


def test_a_refused_form_can_be_written_again(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register
) -> None:
    case = form.after()
    village.close()
    form._keep(case)
    assert not form.view.isEnabled()
    qtbot.waitUntil(form._banner.isVisible)
    assert form.view.isEnabled()
    assert form.save_button.isEnabled()
    assert form.parties[0].form.boxes["name"].value() == "秦德珍"
    form.touched = False
    form.leave()
