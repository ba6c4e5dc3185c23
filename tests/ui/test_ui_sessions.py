"""Sessions of all kinds are written, corrected and struck out; endings ask for what they need."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle_a_case, write

from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import (
    ArchiveState,
    CaseStatus,
    Outcome,
    Performance,
    Retention,
    SessionKind,
    SessionResult,
    TerminationReason,
)
from mediation_desk.domain.organisation import Adviser
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def case(village: Register) -> CaseFile:
    return keep_a_case(village, days_ago=9)


@pytest.fixture
def disputes(open_window: Open, village: Register, case: CaseFile) -> QWidget:
    made = page(open_window(village), "disputes")
    made.browse.show_case(case.dispute.id)
    return made


def _keep(qtbot: QtBot, disputes: QWidget) -> None:
    form = disputes.form
    form.save()
    qtbot.waitUntil(lambda: disputes.form is not form)


def _write(form: QWidget, name: str, text: str) -> None:
    write(form.session.boxes[name].editor.inner, text)


def _choose(form: QWidget, name: str, value: object) -> None:
    form.session.boxes[name].show_value(value)
    form.session.boxes[name].changed.emit()


def _said(form: QWidget) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]


def _a_session(qtbot: QtBot, disputes: QWidget, said: str = "各说各的。") -> None:
    disputes.step("session")
    _write(disputes.form, "narrative", said)
    _choose(disputes.form, "result", SessionResult.CONTINUED)
    _keep(qtbot, disputes)


def test_an_inquiry_has_the_fields_of_its_paper(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    disputes.step("inquiry")
    form = disputes.form
    shown = {name for name, box in form.session.boxes.items() if not box.isHidden()}
    assert shown >= {"held_on", "time", "place", "participants", "asked", "narrative", "recorder"}
    assert "result" not in shown
    assert "第 1 次调查" in _said(form)
    assert form.session.boxes["mediator_ids"].label == "调查人"
    _write(form, "time", "上午9时")
    _write(form, "place", "三组院坝")
    _write(form, "asked", "向明贵")
    _write(form, "narrative", "水沟去年秋天堵的。")
    _keep(qtbot, disputes)
    (session,) = village.case(case.dispute.id).sessions
    assert (session.kind, session.asked, session.result) == (SessionKind.INQUIRY, "向明贵", None)
    disputes.step("session")
    assert disputes.form.session.boxes["place"].value() == "三组院坝"
    assert "第 1 次调解" in _said(disputes.form)
    disputes.close_form()


def test_when_the_parties_were_told_their_rights_is_asked_once(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    disputes.step("session")
    disputes.form.informed.boxes["informed_on"].show_value(today())
    _write(disputes.form, "narrative", "双方到场。")
    _choose(disputes.form, "result", SessionResult.CONTINUED)
    _keep(qtbot, disputes)
    assert village.case(case.dispute.id).dispute.informed_on == today()
    disputes.step("session")
    assert disputes.form.informed is None
    disputes.close_form()


def test_advisers_of_the_unit_may_take_part(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    disputes.step("session")
    # Where there is no adviser nobody is asked for one.
    assert "adviser_ids" not in disputes.form.session.boxes
    disputes.close_form()
    lawyer = Adviser(id=new_id(), unit_id=village.unit.id, name="彭宇")
    with village.change(village.person, "聘请") as change:
        change.keep(lawyer)
    disputes.step("session")
    form = disputes.form
    form.session.boxes["adviser_ids"].editor._boxes[0][1].click()
    _write(form, "narrative", "顾问讲了相邻权。")
    _choose(form, "result", SessionResult.CONTINUED)
    _keep(qtbot, disputes)
    (session,) = village.case(case.dispute.id).sessions
    assert session.adviser_ids == (lawyer.id,)


def test_any_session_can_be_corrected(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    _a_session(qtbot, disputes, "先谈")
    _a_session(qtbot, disputes, "再谈")
    first, second = village.case(case.dispute.id).sessions
    disputes.step(f"session:{first.id}")
    assert "第 1 次调解" in _said(disputes.form)
    box = disputes.form.session.boxes["narrative"].editor.inner
    box.selectAll()
    write(box, "先谈水沟")
    _keep(qtbot, disputes)
    held = village.case(case.dispute.id).sessions
    assert [entry.narrative for entry in held] == ["先谈水沟", "再谈"]
    assert held[1] == second


def test_a_session_entered_by_mistake_is_struck_out_with_its_reason(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    _a_session(qtbot, disputes)
    (session,) = village.case(case.dispute.id).sessions
    assert village.case(case.dispute.id).dispute.status is CaseStatus.MEDIATING
    disputes.step(f"session:{session.id}")
    form = disputes.form
    form.striking.turn.click()
    form.save()
    assert disputes.form is form
    assert form.striking.why.finding
    write(form.striking.why.editor.inner, "记到别的纠纷上了")
    _keep(qtbot, disputes)
    after = village.case(case.dispute.id)
    assert after.sessions == ()
    assert after.dispute.status is CaseStatus.ACCEPTED
    values = json.loads(village.history("session", session.id)[-1].values)
    assert "记到别的纠纷上了" in values["void_reason"]


def test_who_thinks_better_of_striking_out_only_corrects(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    _a_session(qtbot, disputes)
    (session,) = village.case(case.dispute.id).sessions
    disputes.step(f"session:{session.id}")
    form = disputes.form
    form.striking.turn.click()
    write(form.striking.why.editor.inner, "记错了")
    form._review()
    form.striking.turn.click()
    _keep(qtbot, disputes)
    assert len(village.case(case.dispute.id).sessions) == 1
    assert not [act for act in village.acts() if "作废" in act.reason]


def test_a_visit_is_guided_by_what_it_should_cover(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    settle_a_case(village, case)
    disputes.browse.show_case(case.dispute.id)
    disputes.step("visit")
    form = disputes.form
    ticks = {tick.text(): tick for _start, tick in form.starters._ticks}
    assert {"履行情况", "是否满意", "有无起诉及结果", "激化苗头和隐患", "采取的措施"} <= set(ticks)
    paper = form.session.boxes["narrative"].editor.inner
    ticks["履行情况"].click()
    assert QApplication.focusWidget() is paper
    write(paper, "水沟已加宽。")
    ticks["是否满意"].click()
    assert paper.toPlainText() == "履行情况：水沟已加宽。\n是否满意："
    # An empty start goes again; one with something behind it stays.
    ticks["是否满意"].click()
    ticks["履行情况"].click()
    assert paper.toPlainText() == "履行情况：水沟已加宽。"
    assert ticks["履行情况"].isChecked()
    assert form.touched
    form.dispute.boxes["satisfied"].show_value(value=True)
    _keep(qtbot, disputes)
    after = village.case(case.dispute.id)
    assert after.sessions[-1].narrative == "履行情况：水沟已加宽。"
    assert after.dispute.satisfied is True
    assert after.dispute.performance is Performance.KEPT
    disputes.step(f"visit:{after.sessions[-1].id}")
    assert "第 1 次回访" in _said(disputes.form)
    disputes.close_form()


def test_a_draft_of_a_session_to_be_struck_out_comes_back(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    _a_session(qtbot, disputes)
    (session,) = village.case(case.dispute.id).sessions
    disputes.step(f"session:{session.id}")
    disputes.form.striking.turn.click()
    write(disputes.form.striking.why.editor.inner, "重复登记")
    typed = json.loads(json.dumps(disputes.form.typed()))
    disputes.form.touched = False
    disputes.close_form()
    disputes.step(f"session:{session.id}")
    disputes.form.retype(typed)
    assert disputes.form.striking.wanted
    assert disputes.form.striking.reason() == "重复登记"
    _keep(qtbot, disputes)
    assert village.case(case.dispute.id).sessions == ()


def test_who_is_asked_has_the_room_and_others_have_it_else(qtbot: QtBot, disputes: QWidget) -> None:
    disputes.step("inquiry")
    boxes = disputes.form.session.boxes
    qtbot.waitUntil(lambda: boxes["asked"].width() > 1.8 * boxes["participants"].width())
    _choose(disputes.form, "kind", SessionKind.MEDIATION)
    qtbot.waitUntil(lambda: boxes["participants"].width() > 1.8 * boxes["recorder"].width())


def test_taking_back_a_record_looks_like_any_other_voiding(
    disputes: QWidget, village: Register, case: CaseFile
) -> None:
    settle_a_case(village, case)
    session = village.case(case.dispute.id).sessions[0]
    disputes.browse.show_case(case.dispute.id)
    disputes.step(f"session:{session.id}")
    form = disputes.form
    looks = []
    for _ in range(3):
        looks.append((form.save_button.text(), form.save_button.property("look")))
        form.striking.turn.click()
    assert looks == [("保存 (&S)", "primary"), ("作废 (&S)", "danger"), ("保存 (&S)", "primary")]


def test_a_period_is_extended_only_when_both_agree(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    disputes.step("extend")
    form = disputes.form
    (told,) = [text for text in _said(form) if text.startswith("调解期限")]
    last = case.dispute.intake_on + timedelta(days=30)
    assert told.count(f"{last.year}年{last.month}月{last.day}日") == 1
    assert str(last) not in told
    until = today() + timedelta(days=50)
    form.dispute.boxes["extended_to"].show_value(until)
    form.save()
    assert disputes.form is form
    assert form.agreed.finding
    form.agreed.editor.box.click()
    _keep(qtbot, disputes)
    assert village.case(case.dispute.id).dispute.extended_to == until


def test_an_end_without_agreement_names_its_reason(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    disputes.step("terminate")
    form = disputes.form
    assert any("仲裁、行政、司法" in said for said in _said(form))
    form.save()
    assert disputes.form is form
    assert form.dispute.boxes["termination"].finding
    form.dispute.boxes["termination"].show_value(TerminationReason.PARTY)
    form.dispute.boxes["remedies_told"].show_value(value=True)
    _keep(qtbot, disputes)
    dispute = village.case(case.dispute.id).dispute
    assert (dispute.outcome, dispute.remedies_told) == (Outcome.TERMINATED, True)


def test_no_file_is_archived_without_its_class(
    qtbot: QtBot, disputes: QWidget, village: Register, case: CaseFile
) -> None:
    settle_a_case(village, case)
    disputes.browse.show_case(case.dispute.id)
    disputes.step("archive")
    form = disputes.form
    assert form.dispute.boxes["retention"].value() is None
    form.save()
    assert disputes.form is form
    form.dispute.boxes["retention"].show_value(Retention.LONG)
    write(form.dispute.boxes["file_note"].editor.inner, "身份证复印件随后补。")
    _keep(qtbot, disputes)
    dispute = village.case(case.dispute.id).dispute
    assert dispute.archive is ArchiveState.ARCHIVED
    assert (dispute.retention, dispute.filed_by) == (Retention.LONG, village.person)
    assert dispute.file_note == "身份证复印件随后补。"


def test_a_session_is_written_with_the_keyboard_alone(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    press(qtbot, window, Qt.Key.Key_F)
    disputes.browse.show_case(case.dispute.id)
    disputes.step("session")
    session = disputes.form.session
    paper = session.boxes["narrative"].editor.inner
    for _ in range(12):
        if QApplication.focusWidget() is paper:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is paper
    write(paper, "各退一步。")
    qtbot.keyClick(paper, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is session.boxes["result"].editor.box
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    (held,) = village.case(case.dispute.id).sessions
    assert (held.narrative, held.result) == ("各退一步。", SessionResult.CONTINUED)
