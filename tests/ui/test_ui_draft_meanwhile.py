"""A draft whose dispute was changed, ended or taken away meanwhile loses and harms nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from draft_tools import answer, inner, lose, take_up, wait_until_safe
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle_a_case, write

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.codes import (
    TerminationReason,
)
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.prevention import Finding, Screening
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.going import Go
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def test_what_others_changed_meanwhile_is_not_undone_by_a_draft(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("edit")
    write(inner(first.form.dispute, "requests"), "要求加宽水沟")
    wait_until_safe(qtbot, first.form)
    lose(first)
    moved = replace(case, dispute=replace(case.dispute, place="三组晒坝"))
    recording.keep_case(village, case, moved, village.person, "改地点", today())
    (draft,) = village.drafts()
    second = take_up(open_window(village), draft)
    boxes = second.form.dispute.boxes
    assert boxes["requests"].value() == "要求加宽水沟"
    assert boxes["place"].value() == "三组晒坝"
    assert "核对" in second.form._told.text()
    second.form.save()
    qtbot.waitUntil(lambda: second.form is None)
    kept = village.case(case.dispute.id).dispute
    assert (kept.requests, kept.place) == ("要求加宽水沟", "三组晒坝")
    assert not village.drafts()


def test_a_draft_about_an_ended_dispute_is_shown_with_what_to_do(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step("session")
    write(inner(first.form.session, "narrative"), "双方又谈了一次")
    wait_until_safe(qtbot, first.form)
    lose(first)
    reason = TerminationReason.NO_AGREEMENT
    ended = lifecycle.terminate(case.dispute, today(), reason, remedies_told=True)
    recording.keep_case(
        village, case, replace(case, dispute=ended), village.person, "终止", today()
    )
    second = take_up(open_window(village), village.drafts()[0])
    assert second.form.session.boxes["narrative"].value() == "双方又谈了一次"
    told = second.form._told.text()
    assert "已经结案" in told
    assert "丢弃" in told
    lose(second)


@pytest.mark.parametrize(("place", "name"), [("edit", "requests"), ("referral", "body")])
def test_a_draft_about_a_void_dispute_is_shown_but_not_kept(
    qtbot: QtBot, open_window: Open, village: Register, place: str, name: str
) -> None:
    case = keep_a_case(village)
    first = page(open_window(village), "disputes")
    first.step(place)
    form = next(form for form in first.form.forms.values() if name in form.boxes)
    write(form.boxes[name].editor.inner, "双龙镇派出所")
    wait_until_safe(qtbot, first.form)
    lose(first)
    recording.void_case(village, case, village.person, "登记错了")
    second = take_up(open_window(village), village.drafts()[0])
    assert "作废" in second.form._told.text()
    at = village.sequence()
    second.form.save()
    qtbot.waitUntil(lambda: "不能再改" in second.form._told.text())
    assert village.sequence() == at
    lose(second)


def test_a_finding_stays_with_what_was_registered_out_of_it_first(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    unit_id = village.unit.id
    round_ = Screening(id=new_id(), unit_id=unit_id, screened_on=today())
    finding = Finding(id=new_id(), unit_id=unit_id, screening_id=round_.id, matter="水沟堵塞。")
    with village.change(village.person, "排查") as change:
        change.keep(round_)
        finding = change.keep(finding)
    window = open_window(village)
    first = page(window, "disputes")
    first.arrive(Go("disputes", "from_finding", what=finding))
    write(first.form.parties[0].form.boxes["name"].editor.inner, "秦德珍")
    wait_until_safe(qtbot, first.form)
    lose(first)
    (draft,) = village.drafts()
    registered = keep_a_case(village).dispute.id
    with village.change(village.person, "登记") as change:
        change.keep(replace(finding, dispute_id=registered))
    second = take_up(window, draft)
    assert second.form.further == ()
    lose(second)


def test_a_draft_without_its_dispute_shows_its_text(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    lost = Draft("d1", "session", "no such dispute", "记一次调解", "", "", "2026-11-20T10:00:00")
    text = '{"typed":{"a":{"b":"谈到一半","c":"old"}},"began":{"a":{"c":"old"}},"base":{}}'
    disputes = take_up(open_window(village), replace(lost, typed=text))
    (told,) = disputes.window().findChildren(QMessageBox)
    assert told.informativeText() == "草稿里写的是：\n谈到一半"
    assert disputes.form is None
    assert told.escapeButton() is told.defaultButton()
    village.keep_draft(lost)
    answer(disputes, "丢弃草稿")
    qtbot.waitUntil(lambda: not village.drafts())


@pytest.mark.parametrize("from_course", [False, True])
def test_a_draft_that_corrects_a_record_struck_out_shows_its_text(
    qtbot: QtBot, open_window: Open, village: Register, *, from_course: bool
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    session = case.sessions[0]
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.step(f"session:{session.id}")
    write(inner(disputes.form.session, "narrative"), "补记一句")
    wait_until_safe(qtbot, disputes.form)
    lose(disputes)
    with village.change(village.person, "记错了") as change:
        change.keep(replace(session, void_reason="记错了"))
    (draft,) = village.drafts()
    if from_course:
        disputes.browse.show_case(case.dispute.id)
        disputes.step(f"draft:{draft.id}")
    else:
        take_up(window, draft)
    assert disputes.form is None
    (told,) = window.findChildren(QMessageBox)
    assert "补记一句" in told.informativeText()
    told.close()
    assert village.drafts()
