"""What is typed is safe within a second, and a later window offers and restores all of it."""

import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from draft_tools import answer, inner, kept_drafts, lose, take_up, wait_until_safe
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, keep_a_case, page, settle, write

from mediation_desk.domain.codes import (
    PartyRole,
    SessionResult,
)
from mediation_desk.store import opening
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def test_a_new_dispute_comes_back_whole_even_where_not_understood(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    first = page(open_window(village), "disputes")
    first.register()
    form = first.form
    form.add_third.click()
    for made, name in zip(form.parties, ("秦德珍", "蒋仕文", "𠮷田·买买提"), strict=True):
        write(inner(made.form, "name"), name)
    form.parties[2].role.show_value(PartyRole.RESPONDENT)
    form.parties[0].more.click()
    write(inner(form.parties[0].form, "born_on"), "1949年腊月")
    write(inner(form.parties[1].form, "id_number"), "99000119")
    form.dispute.boxes["type"].show_value("02")
    for name in ("claim_fen", "occurred_on"):
        form.dispute.boxes[name].editor.typed.clear()
        write(inner(form.dispute, name), {"claim_fen": "三四千", "occurred_on": "去年冬天"}[name])
    write(inner(form.dispute, "facts"), "水沟堵了，\n雨水漫进灶房")
    typed = form.typed()
    wait_until_safe(qtbot, form)
    (draft,) = village.drafts()
    assert draft.place == "register"
    assert draft.title == "登记纠纷 · 秦德珍、蒋仕文、𠮷田·买买提"
    assert draft.stopped_at == "纠纷简要情况"
    lose(first)

    second = take_up(open_window(village), draft)
    again = second.form
    assert again.typed() == typed
    assert [made.form.boxes["name"].value() for made in again.parties] == [
        "秦德珍",
        "蒋仕文",
        "𠮷田·买买提",
    ]
    assert again.parties[2].role.value() is PartyRole.RESPONDENT
    assert inner(again.parties[0].form, "born_on").text() == "1949年腊月"
    qtbot.waitUntil(again.parties[0].form.boxes["born_on"].isVisible)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is inner(again.dispute, "facts"))
    write(inner(again.dispute, "facts"), "。")
    assert again.dispute.boxes["facts"].value().endswith("灶房。")
    lose(second)


def test_the_terms_of_an_agreement_come_back(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("agree")
    form = first.form
    write(inner(form.agreement, "content"), "蒋家把水沟加宽")
    for what, due in (("加宽水沟", "下月底"), ("赔偿损失", "2026-12-31")):
        form.add_promise.click()
        write(inner(form.promises[-1].form, "what"), what)
        write(inner(form.promises[-1].form, "due_on"), due)
    form.promises[1].form.boxes["party_id"].show_value(case.parties[1].id)
    write(inner(form.promises[1].form, "amount_fen"), "伍佰")
    typed = form.typed()
    wait_until_safe(qtbot, form)
    lose(first)
    (draft,) = village.drafts()
    assert draft.about == case.dispute.id
    assert draft.title == "达成协议 · 秦德珍与蒋仕文邻里纠纷"
    second = take_up(open_window(village), draft)
    assert [made.form.typed() for made in second.form.promises] == [
        entry
        for name, entry in typed.items()
        if isinstance(entry, dict) and name.startswith("promise:")
    ]
    assert second.form.agreement.typed() == typed["Agreement"]
    assert "接着写" in second.form._told.text()
    lose(second)


def test_choices_of_a_session_come_back(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("session")
    boxes = first.form.session.boxes
    boxes["result"].show_value(SessionResult.SETTLED)
    boxes["mediator_ids"].show_value(())
    write(boxes["time"].editor.inner, "上午九时许")
    typed = first.form.typed()
    wait_until_safe(qtbot, first.form)
    lose(first)
    second = take_up(open_window(village), village.drafts()[0])
    assert second.form.typed() == typed
    assert second.form.session.boxes["result"].value() is SessionResult.SETTLED
    assert second.form.session.boxes["mediator_ids"].value() == ()
    lose(second)


def test_typing_without_a_pause_is_kept_meanwhile(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    disputes = page(open_window(village), "disputes")
    disputes.register()
    facts = inner(disputes.form.dispute, "facts")
    stamps: list[tuple[float, int]] = []
    start, count = time.monotonic(), 0
    while time.monotonic() - start < 2.5:
        write(facts, "沟")
        count += 1
        stamps.append((time.monotonic(), count))
        qtbot.wait(50)
        kept = sum(draft.typed.count("沟") for draft in village.drafts())
        # What was typed more than a second ago is never missing.
        old = [number for at, number in stamps if at < time.monotonic() - 1]
        assert kept >= max(old, default=0)
    assert village.drafts()
    lose(disputes)


def test_a_draft_is_kept_while_the_worker_is_busy_and_the_register_taken(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    go_on, taken = threading.Event(), threading.Event()

    def long_work() -> None:
        with village.change("陶素芬", "很久的导入"):
            taken.set()
            go_on.wait(20)

    window.jobs.run(
        long_work, owner=window, done=lambda _none: None, failed=lambda _error: None, words="导入"
    )
    assert taken.wait(5)
    write(inner(disputes.form.dispute, "facts"), "水沟。")
    start = time.monotonic()
    slowest = 0.0
    while time.monotonic() - start < 1.5:
        before = time.monotonic()
        qtbot.wait(20)
        slowest = max(slowest, time.monotonic() - before)
    assert slowest < 0.5, "the window stood still"
    assert not village.drafts()
    go_on.set()
    (draft,) = kept_drafts(qtbot, village)
    assert "水沟。" in draft.typed
    settle(qtbot, window)
    lose(disputes)


def test_a_draft_opened_twice_stays_one(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    write(inner(disputes.form.session, "narrative"), "谈到一半")
    wait_until_safe(qtbot, disputes.form)
    (draft,) = village.drafts()
    form = disputes.form
    assert take_up(window, draft).form is form
    lose(disputes)
    for _ in range(2):
        take_up(window, draft)
        write(inner(disputes.form.session, "narrative"), "，")
        wait_until_safe(qtbot, disputes.form)
        lose(disputes)
    (draft,) = village.drafts()
    assert "谈到一半" in draft.typed


def test_saving_drops_the_draft_in_the_same_act(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    disputes = page(open_window(village), "disputes")
    disputes.step("session")
    write(inner(disputes.form.session, "narrative"), "谈成一半")
    wait_until_safe(qtbot, disputes.form)
    assert village.drafts()
    write(inner(disputes.form.session, "narrative"), "。")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    qtbot.wait(900)
    assert not village.drafts()
    assert len(village.case(case.dispute.id).sessions) == 1


def test_a_draft_that_comes_too_late_does_not_outlive_its_saving(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    go_on = threading.Event()
    # The thread that writes drafts is held up until the record is saved.
    window.jobs.run_beside(
        partial(go_on.wait, 20), owner=window, done=lambda _none: None, failed=pytest.fail
    )
    write(inner(disputes.form.session, "narrative"), "谈成一半")
    qtbot.waitUntil(lambda: disputes.form.drafting._writing)
    assert not village.drafts()
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    go_on.set()
    qtbot.wait(300)
    assert not village.drafts()


def test_leaving_asks_and_each_answer_does_what_it_says(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    narrative = inner(disputes.form.session, "narrative")
    write(narrative, "谈到一半")
    disputes.form.leave_button.click()
    (asked,) = window.findChildren(QMessageBox)
    assert asked.defaultButton().text() == "留作草稿"
    # Typed a moment ago and not yet kept: nobody is told that it is.
    assert asked.text() == "写的内容还没有登记进去。"
    answer(disputes, "继续写")
    assert disputes.form is not None
    asked.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    qtbot.waitUntil(lambda: disputes.form.drafting.safe)
    assert disputes.form.kept_words.text().startswith("草稿已自动保存 ")
    disputes.form.leave_button.click()
    (asked,) = window.findChildren(QMessageBox)
    assert asked.text() == "写的内容已存为草稿，但还没有登记进去。"
    answer(disputes, "留作草稿")
    qtbot.waitUntil(lambda: disputes.form is None)
    (draft,) = village.drafts()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    take_up(window, draft)
    assert disputes.form.session.boxes["narrative"].value() == "谈到一半"
    disputes.form.leave()
    answer(disputes, "丢弃")
    qtbot.waitUntil(lambda: disputes.form is None)
    qtbot.wait(900)
    assert not village.drafts()


def test_escape_and_enter_leave_a_draft(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    narrative = inner(disputes.form.session, "narrative")
    narrative.setFocus()
    qtbot.keyClicks(narrative, "tan dao yi ban")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(narrative, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (asked,) = window.findChildren(QMessageBox)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: disputes.form is None)
    assert "tan dao yi ban" in village.drafts()[0].typed


def test_a_form_as_it_was_is_left_without_asking(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    box = disputes.form.session.boxes["participants"].editor
    write(box.inner, "村")
    wait_until_safe(qtbot, disputes.form)
    box.typed.setText("")
    disputes.form.leave()
    qtbot.waitUntil(lambda: disputes.form is None)
    assert not window.findChildren(QMessageBox)
    assert not village.drafts()


def test_leaving_keeps_the_draft_without_asking(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    write(inner(disputes.form.parties[0].form, "name"), "秦德珍")
    window._may_leave("", window._shut)
    assert not window.findChildren(QMessageBox)
    with opening.open_register(village.folder, PASSWORD) as register:
        (draft,) = register.drafts()
    assert "秦德珍" in draft.typed


def test_no_page_asks_a_register_that_was_closed(open_window: Open, village: Register) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    # The look-up of known people, the findings and the draft are all overdue.
    write(inner(disputes.form.parties[0].form, "name"), "秦德珍")
    time.sleep(0.8)
    window._shut()
    # The pages are deleted only when the event loop comes round; their timers come before.
    QApplication.processEvents()
    assert not window.findChildren(QMessageBox)
