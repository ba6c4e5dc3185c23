"""What is typed is safe within a second, and a later window offers and restores all of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import PASSWORD, keep_a_case, page, settle, settle_a_case, write

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    Direction,
    PartyRole,
    Performance,
    ReferralChannel,
    SessionResult,
    TerminationReason,
)
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.handling import Attachment, Promise, Referral
from mediation_desk.domain.record import new_id
from mediation_desk.store import opening
from mediation_desk.store.register import Register
from mediation_desk.ui.editors import ChoiceEditor, SeveralEditor, YesEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.dispute_forms import _MAKERS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _drafts(qtbot: QtBot, register: Register, count: int = 1) -> list[Draft]:
    qtbot.waitUntil(lambda: len(register.drafts()) == count, timeout=5000)
    return register.drafts()


def _safe(qtbot: QtBot, form: QWidget) -> None:
    qtbot.waitUntil(lambda: bool(form.kept_words.text()) and form.drafting.safe, timeout=5000)


def _take_up(window: DeskWindow, draft: Draft) -> QWidget:
    shell = window.centralWidget().currentWidget()
    shell.go(Go("disputes", "draft", draft.about, draft))
    return page(window, "disputes")


def _answer(inside: QWidget, words: str) -> None:
    (asked,) = inside.window().findChildren(QMessageBox)
    next(entry for entry in asked.buttons() if entry.text() == words).click()


def _gone(disputes: QWidget) -> None:
    """Lose the form as a power cut would, without asking."""
    disputes.close_form()


def _inner(form: QWidget, name: str) -> QWidget:
    return form.boxes[name].editor.inner


def test_a_new_dispute_comes_back_whole_even_where_not_understood(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    first = page(open_window(village), "disputes")
    first.register()
    form = first.form
    form.add_third.click()
    for made, name in zip(form.parties, ("秦德珍", "蒋仕文", "𠮷田·买买提"), strict=True):
        write(_inner(made.form, "name"), name)
    form.parties[2].role.show_value(PartyRole.RESPONDENT)
    form.parties[0].more.click()
    write(_inner(form.parties[0].form, "born_on"), "1949年腊月")
    write(_inner(form.parties[1].form, "id_number"), "99000119")
    form.dispute.boxes["type"].show_value("02")
    for name in ("claim_fen", "occurred_on"):
        form.dispute.boxes[name].editor.typed.clear()
        write(_inner(form.dispute, name), {"claim_fen": "三四千", "occurred_on": "去年冬天"}[name])
    write(_inner(form.dispute, "facts"), "水沟堵了，\n雨水漫进灶房")
    typed = form.typed()
    _safe(qtbot, form)
    (draft,) = village.drafts()
    assert draft.place == "register"
    assert draft.title == "登记纠纷 · 秦德珍、蒋仕文、𠮷田·买买提"
    assert draft.stopped_at == "纠纷简要情况"
    _gone(first)

    second = _take_up(open_window(village), draft)
    again = second.form
    assert again.typed() == typed
    assert [made.form.boxes["name"].value() for made in again.parties] == [
        "秦德珍",
        "蒋仕文",
        "𠮷田·买买提",
    ]
    assert again.parties[2].role.value() is PartyRole.RESPONDENT
    assert _inner(again.parties[0].form, "born_on").text() == "1949年腊月"
    qtbot.waitUntil(again.parties[0].form.boxes["born_on"].isVisible, timeout=5000)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is _inner(again.dispute, "facts"))
    write(_inner(again.dispute, "facts"), "。")
    assert again.dispute.boxes["facts"].value().endswith("灶房。")
    _gone(second)


def test_the_terms_of_an_agreement_come_back(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("agree")
    form = first.form
    write(_inner(form.agreement, "content"), "蒋家把水沟加宽")
    for what, due in (("加宽水沟", "下月底"), ("赔偿损失", "2026-12-31")):
        form.add_promise.click()
        write(_inner(form.promises[-1].form, "what"), what)
        write(_inner(form.promises[-1].form, "due_on"), due)
    form.promises[1].form.boxes["party_id"].show_value(case.parties[1].id)
    write(_inner(form.promises[1].form, "amount_fen"), "伍佰")
    typed = form.typed()
    _safe(qtbot, form)
    _gone(first)
    (draft,) = village.drafts()
    assert draft.about == case.dispute.id
    assert draft.title == "达成协议 · 秦德珍与蒋仕文邻里纠纷"
    second = _take_up(open_window(village), draft)
    assert [made.form.typed() for made in second.form.promises] == [
        entry
        for name, entry in typed.items()
        if isinstance(entry, dict) and name.startswith("promise:")
    ]
    assert second.form.agreement.typed() == typed["Agreement"]
    assert "接着写" in second.form._told.text()
    _gone(second)


def test_choices_of_a_session_come_back(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("session")
    boxes = first.form.session.boxes
    boxes["result"].show_value(SessionResult.SETTLED)
    boxes["mediator_ids"].show_value(())
    write(boxes["time"].editor.inner, "上午九时许")
    typed = first.form.typed()
    _safe(qtbot, first.form)
    _gone(first)
    second = _take_up(open_window(village), village.drafts()[0])
    assert second.form.typed() == typed
    assert second.form.session.boxes["result"].value() is SessionResult.SETTLED
    assert second.form.session.boxes["mediator_ids"].value() == ()
    _gone(second)


def test_typing_without_a_pause_is_kept_meanwhile(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    disputes = page(open_window(village), "disputes")
    disputes.register()
    facts = _inner(disputes.form.dispute, "facts")
    stamps: list[tuple[float, int]] = []
    start, count = time.monotonic(), 0
    while time.monotonic() - start < 2.5:
        write(facts, "沟")
        count += 1
        stamps.append((time.monotonic(), count))
        qtbot.wait(50)
        for draft in village.drafts():
            kept = draft.typed.count("沟")
            # What was typed more than a second ago is never missing.
            old = [number for at, number in stamps if at < time.monotonic() - 1]
            assert kept >= max(old, default=0)
    assert village.drafts()
    _gone(disputes)


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
    write(_inner(disputes.form.dispute, "facts"), "水沟。")
    start = time.monotonic()
    slowest = 0.0
    while time.monotonic() - start < 1.5:
        before = time.monotonic()
        qtbot.wait(20)
        slowest = max(slowest, time.monotonic() - before)
    assert slowest < 0.5, "the window stood still"
    assert not village.drafts()
    go_on.set()
    (draft,) = _drafts(qtbot, village)
    assert "水沟。" in draft.typed
    settle(qtbot, window)
    _gone(disputes)


def test_what_others_changed_meanwhile_is_not_undone_by_a_draft(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("edit")
    write(_inner(first.form.dispute, "requests"), "要求加宽水沟")
    _safe(qtbot, first.form)
    _gone(first)
    moved = replace(case, dispute=replace(case.dispute, place="三组晒坝"))
    recording.keep_case(village, case, moved, village.person, "改地点", today())
    (draft,) = village.drafts()
    second = _take_up(open_window(village), draft)
    boxes = second.form.dispute.boxes
    assert boxes["requests"].value() == "要求加宽水沟"
    assert boxes["place"].value() == "三组晒坝"
    assert "核对" in second.form._told.text()
    second.form.save()
    qtbot.waitUntil(lambda: second.form is None, timeout=30_000)
    kept = village.case(case.dispute.id).dispute
    assert (kept.requests, kept.place) == ("要求加宽水沟", "三组晒坝")
    assert not village.drafts()


def test_a_draft_about_an_ended_dispute_is_shown_with_what_to_do(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("session")
    write(_inner(first.form.session, "narrative"), "双方又谈了一次")
    _safe(qtbot, first.form)
    _gone(first)
    reason = TerminationReason.NO_AGREEMENT
    ended = lifecycle.terminate(case.dispute, today(), reason, remedies_told=True)
    recording.keep_case(
        village, case, replace(case, dispute=ended), village.person, "终止", today()
    )
    second = _take_up(open_window(village), village.drafts()[0])
    assert second.form.session.boxes["narrative"].value() == "双方又谈了一次"
    told = second.form._told.text()
    assert "已经结案" in told
    assert "丢弃" in told
    _gone(second)


def test_a_draft_without_its_dispute_shows_its_text(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    lost = Draft("d1", "session", "no such dispute", "记一次调解", "", "", "2026-11-20T10:00:00")
    text = '{"typed":{"a":{"b":"谈到一半","c":"old"}},"began":{"a":{"c":"old"}},"base":{}}'
    disputes = _take_up(open_window(village), replace(lost, typed=text))
    (told,) = disputes.window().findChildren(QMessageBox)
    assert told.informativeText() == "谈到一半"
    assert disputes.form is None
    assert told.escapeButton() is told.defaultButton()
    village.keep_draft(lost)
    _answer(disputes, "丢弃草稿")
    qtbot.waitUntil(lambda: not village.drafts(), timeout=5000)


def test_a_draft_that_corrects_a_record_struck_out_shows_its_text(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    session = case.sessions[0]
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step(f"session:{session.id}")
    write(_inner(disputes.form.session, "narrative"), "补记一句")
    _safe(qtbot, disputes.form)
    _gone(disputes)
    with village.change(village.person, "记错了") as change:
        change.keep(replace(session, void_reason="记错了"))
    _take_up(window, village.drafts()[0])
    assert disputes.form is None
    (told,) = window.findChildren(QMessageBox)
    assert "补记一句" in told.informativeText()
    told.close()
    assert village.drafts()


def test_a_draft_opened_twice_stays_one(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    write(_inner(disputes.form.session, "narrative"), "谈到一半")
    _safe(qtbot, disputes.form)
    (draft,) = village.drafts()
    form = disputes.form
    assert _take_up(window, draft).form is form
    _gone(disputes)
    for _ in range(2):
        _take_up(window, draft)
        write(_inner(disputes.form.session, "narrative"), "，")
        _safe(qtbot, disputes.form)
        _gone(disputes)
    (draft,) = village.drafts()
    assert "谈到一半" in draft.typed


def test_saving_drops_the_draft_in_the_same_act(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    disputes = page(open_window(village), "disputes")
    disputes.step("session")
    write(_inner(disputes.form.session, "narrative"), "谈成一半")
    _safe(qtbot, disputes.form)
    assert village.drafts()
    write(_inner(disputes.form.session, "narrative"), "。")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None, timeout=30_000)
    qtbot.wait(900)
    assert not village.drafts()
    assert len(village.case(case.dispute.id).sessions) == 1


def test_leaving_asks_and_each_answer_does_what_it_says(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    narrative = _inner(disputes.form.session, "narrative")
    write(narrative, "谈到一半")
    disputes.form.leave_button.click()
    (asked,) = window.findChildren(QMessageBox)
    assert asked.defaultButton().text() == "留作草稿"
    _answer(disputes, "继续写")
    assert disputes.form is not None
    asked.deleteLater()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    disputes.form.leave_button.click()
    _answer(disputes, "留作草稿")
    qtbot.waitUntil(lambda: disputes.form is None, timeout=5000)
    (draft,) = village.drafts()
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    _take_up(window, draft)
    assert disputes.form.session.boxes["narrative"].value() == "谈到一半"
    disputes.form.leave()
    _answer(disputes, "丢弃")
    qtbot.waitUntil(lambda: disputes.form is None, timeout=5000)
    qtbot.wait(900)
    assert not village.drafts()


def test_escape_and_enter_leave_a_draft(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step("session")
    narrative = _inner(disputes.form.session, "narrative")
    narrative.setFocus()
    qtbot.keyClicks(narrative, "tan dao yi ban")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    qtbot.keyClick(narrative, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=5000)
    (asked,) = window.findChildren(QMessageBox)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: disputes.form is None, timeout=5000)
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
    _safe(qtbot, disputes.form)
    box.typed.setText("")
    disputes.form.leave()
    qtbot.waitUntil(lambda: disputes.form is None, timeout=5000)
    assert not window.findChildren(QMessageBox)
    assert not village.drafts()


def test_locking_keeps_the_draft_without_asking(
    qtbot: QtBot, open_window: Open, village: Register, tmp_path: Path
) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    write(_inner(disputes.form.parties[0].form, "name"), "秦德珍")
    window.lock()
    assert not window.findChildren(QMessageBox)
    with opening.open_register(village.folder, PASSWORD) as register:
        (draft,) = register.drafts()
    assert "秦德珍" in draft.typed


# These are about an agreement, or about a letter that was sent.
_AFTER_AGREEING = ("perform", "agreement", "confirm", "visit", "archive", "reopen", "answer")


def _half_written(box: FieldBox) -> None:
    """Leave something in a box that it did not hold."""
    editor = box.editor
    if isinstance(editor, ChoiceEditor):
        editor.show_value(editor._choices[-1][0])
    elif isinstance(editor, SeveralEditor):
        editor.show_value(())
    elif isinstance(editor, YesEditor):
        editor.show_value(not editor.value())
    else:
        editor.put_back("写到一半")
    box._edited()


def _contents(form: QWidget) -> list[tuple[str, object]]:
    return [(box.label, box.editor.content()) for box in form.findChildren(FieldBox)]


@pytest.mark.parametrize("name", sorted(_MAKERS))
def test_no_box_of_any_form_is_forgotten(open_window: Open, village: Register, name: str) -> None:
    case = _with_scan(village, keep_a_case(village))
    if name in _AFTER_AGREEING:
        case = _with_terms(village, settle_a_case(village, case))
    part = {"answer": case.referrals, "attachment": case.attachments}.get(name)
    window = open_window(village)
    disputes = page(window, "disputes")
    place = f"{name}:{part[0].id}" if part else name
    disputes.step(place)
    form = disputes.form
    assert form.place == place
    for box in form.findChildren(FieldBox):
        _half_written(box)
    written = _contents(form)
    assert written
    form.drafting.keep_now()
    _gone(disputes)
    (draft,) = village.drafts()
    assert draft.about == case.dispute.id
    _take_up(window, draft)
    assert _contents(disputes.form) == written
    _gone(disputes)


def _with_scan(register: Register, case: CaseFile) -> CaseFile:
    """A scan whose name can be corrected."""
    scan = Attachment(
        id=new_id(),
        dispute_id=case.dispute.id,
        name="申请书.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="0" * 64,
    )
    with register.change(register.person, "附件") as change:
        change.keep_bytes(scan.sha256, b"x")
        change.keep(scan)
    return register.case(case.dispute.id)


def _with_terms(register: Register, case: CaseFile) -> CaseFile:
    """An agreement with a term in instalments yet to be kept, and a letter to be answered."""
    promise = Promise(
        id=new_id(),
        dispute_id=case.dispute.id,
        agreement_id=case.agreement.id,
        party_id=case.parties[1].id,
        what="赔偿",
        amount_fen=300_000,
        due_on=today(),
    )
    letter = Referral(
        id=new_id(),
        dispute_id=case.dispute.id,
        direction=Direction.OUT,
        channel=ReferralChannel.POLICE,
        body="派出所",
        letter_on=today(),
        answer_due_on=today(),
    )
    spot = replace(case.agreement, on_the_spot=False)
    dispute = replace(case.dispute, performance=Performance.NOT_DUE, performed_on=None)
    after = replace(case, dispute=dispute, agreement=spot, promises=(promise,), referrals=(letter,))
    return recording.keep_case(register, case, after, register.person, "补充", today())


def test_no_page_asks_a_register_that_was_locked(open_window: Open, village: Register) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    # The look-up of known people, the findings and the draft are all overdue.
    write(_inner(disputes.form.parties[0].form, "name"), "秦德珍")
    time.sleep(0.8)
    window.lock()
    # The pages are deleted only when the event loop comes round; their timers come before.
    QApplication.processEvents()
    assert not window.findChildren(QMessageBox)


@pytest.mark.parametrize("place", ["register", "quick"])
def test_no_box_of_a_new_dispute_is_forgotten(
    open_window: Open, village: Register, place: str
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    getattr(disputes, place)()
    for box in disputes.form.findChildren(FieldBox):
        _half_written(box)
    written = _contents(disputes.form)
    disputes.form.drafting.keep_now()
    _gone(disputes)
    (draft,) = village.drafts()
    assert draft.place == place
    _take_up(window, draft)
    # The blank parties of the new form are gone; those made again come in another order.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert sorted(map(str, _contents(disputes.form))) == sorted(map(str, written))
    _gone(disputes)
