"""The agreement: when it binds, its terms as promises, a sum in parts; written and oral."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, write

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AgreementForm, Outcome, Performance
from mediation_desk.domain.derived import confirmation_until
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


@pytest.fixture
def form(disputes: QWidget) -> QWidget:
    """An agreement with all that must be filled."""
    disputes.step("agree")
    made = disputes.form
    write(made.agreement.boxes["content"].editor.inner, "蒋仕文赔偿秦德珍损失。")
    write(made.agreement.boxes["manner"].editor.inner, "转账。")
    return made


def _keep(qtbot: QtBot, disputes: QWidget) -> None:
    form = disputes.form
    form.save()
    qtbot.waitUntil(lambda: disputes.form is not form)


def _show(form: QWidget, name: str, value: object) -> None:
    form.agreement.boxes[name].show_value(value)
    form.agreement.boxes[name].changed.emit()


def _in_parts(form: QWidget, total: str, count: str, first: date) -> None:
    row = form.sides.instalments
    form.sides.add_instalments.click()
    row.boxes["who"].editor.show_value(form.case.parties[1].id)
    row.boxes["total"].editor.typed.clear()
    for name, text in (
        ("what", "支付赔偿款"),
        ("total", total),
        ("count", count),
        ("first", first.isoformat()),
    ):
        write(row.boxes[name].editor.inner, text)


def test_a_written_agreement_binds_from_the_last_of_its_three_days(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    day = today() - timedelta(days=2)
    _show(form, "agreed_on", day)
    assert "还没有生效" in form._effect.text()
    _show(form, "parties_signed_on", day)
    _show(form, "mediator_signed_on", day)
    assert "缺盖章日期" in form._effect.text()
    _show(form, "sealed_on", today())
    said = form._effect.text()
    assert f"自 {today()} 起生效" in said
    assert f"最迟 {today() + timedelta(days=30)}" in said
    assert form.same_day.isHidden()
    _keep(qtbot, disputes)
    kept = village.case(case.dispute.id).agreement
    assert confirmation_until(kept) == today() + timedelta(days=30)
    assert kept.copies == 3


def test_one_press_signs_and_seals_on_the_day_of_agreement(form: QWidget) -> None:
    _show(form, "agreed_on", today() - timedelta(days=1))
    form.same_day.click()
    days = {form.agreement.boxes[name].value() for name in form.agreement.boxes if "ed_on" in name}
    assert days == {today() - timedelta(days=1)}


def test_an_oral_agreement_binds_at_once_and_has_no_signatures(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    form.same_day.click()
    _show(form, "form", AgreementForm.ORAL)
    assert "第三十条" in form._effect.text()
    assert form.agreement.boxes["sealed_on"].isHidden()
    assert form.same_day.isHidden()
    _show(form, "on_the_spot", value=True)
    _keep(qtbot, disputes)
    after = village.case(case.dispute.id)
    assert after.agreement.form is AgreementForm.ORAL
    assert after.agreement.sealed_on is None
    assert (after.dispute.outcome, after.dispute.performance) == (
        Outcome.SETTLED,
        Performance.KEPT,
    )


def test_a_sum_in_parts_becomes_promises_that_add_up(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    form.same_day.click()
    first = date(today().year + 1, 1, 31)
    _in_parts(form, "10000", "3", first)
    form.sides.instalments.list_button.click()
    assert form.sides.instalments.isHidden()
    assert form.agreement.boxes["amount_fen"].value() == 1_000_000
    assert "10,000 元" in form.sides._sum.text()
    _keep(qtbot, disputes)
    after = village.case(case.dispute.id)
    assert sum(promise.amount_fen for promise in after.promises) == 1_000_000
    assert [promise.due_on.month for promise in after.promises] == [1, 2, 3]
    assert {promise.party_id for promise in after.promises} == {case.parties[1].id}
    assert after.dispute.performance is Performance.NOT_DUE


def test_parts_not_yet_listed_are_not_lost_on_saving(
    disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    form.same_day.click()
    _in_parts(form, "10000", "3", today())
    form.save()
    assert disputes.form is form
    assert "列出各期" in form.sides.instalments.boxes["count"].finding
    assert village.case(case.dispute.id).agreement is None


@pytest.mark.parametrize(
    ("name", "text"), [("count", "1"), ("count", "三"), ("total", "很多"), ("first", "明天")]
)
def test_parts_that_are_not_understood_are_told_beside_the_field(
    form: QWidget, name: str, text: str
) -> None:
    _in_parts(form, "10000", "3", today())
    box = form.sides.instalments.boxes[name]
    box.editor.typed.clear()
    write(box.editor.inner, text)
    form.sides.instalments.list_button.click()
    assert box.finding
    assert not form.promises


def test_the_rest_of_the_sum_is_offered_for_parts(form: QWidget) -> None:
    _show(form, "amount_fen", 500_000)
    form.add_promise.click()
    box = form.promises[0].form.boxes["amount_fen"]
    write(box.editor.inner, "2000")
    form.sides.add_instalments.click()
    assert form.sides.instalments.boxes["total"].value() == 300_000


def test_what_courts_do_not_confirm_is_said_before_it_is_written(
    disputes: QWidget, village: Register, case: CaseFile
) -> None:
    dispute = replace(case.dispute, type="07")
    recording.keep_case(
        village, case, replace(case, dispute=dispute), village.person, "改", today()
    )
    disputes.browse.show_case(case.dispute.id)
    disputes.step("agree")
    said = [label.text() for label in disputes.form.findChildren(QLabel)]
    assert any("归谁所有" in text for text in said)
    disputes.close_form()


def test_a_kept_promise_says_so_when_the_agreement_is_opened_again(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    form.same_day.click()
    _in_parts(form, "900", "2", today())
    form.sides.instalments.list_button.click()
    _keep(qtbot, disputes)
    second = village.case(case.dispute.id).promises[1]
    disputes.step(f"perform:{second.id}")
    assert disputes.form.promises[1].isAncestorOf(QApplication.focusWidget())
    disputes.close_form()
    disputes.step("perform")
    assert disputes.form.promises[0].isAncestorOf(QApplication.focusWidget())
    paying = disputes.form.promises[0]
    paying.keep_in_full()
    _keep(qtbot, disputes)
    after = village.case(case.dispute.id)
    assert (after.promises[0].kept_on, after.promises[0].kept_fen) == (today(), 45_000)
    assert after.dispute.performance is Performance.PARTLY
    disputes.step("agreement")
    titles = [made._title.text() for made in disputes.form.promises]
    assert "已履行" in titles[0]
    assert "已履行" not in titles[1]
    disputes.close_form()


def test_an_agreement_without_terms_is_kept_as_a_whole(
    qtbot: QtBot, disputes: QWidget, form: QWidget, village: Register, case: CaseFile
) -> None:
    form.same_day.click()
    _keep(qtbot, disputes)
    disputes.step("perform")
    disputes.form.whole.boxes["performance"].show_value(Performance.KEPT)
    disputes.form.whole.boxes["performed_on"].show_value(today())
    _keep(qtbot, disputes)
    dispute = village.case(case.dispute.id).dispute
    assert (dispute.performance, dispute.performed_on) == (Performance.KEPT, today())


def test_what_was_typed_of_an_agreement_comes_back_with_its_terms(
    disputes: QWidget, form: QWidget
) -> None:
    form.add_promise.click()
    write(form.promises[0].form.boxes["what"].editor.inner, "疏通水沟")
    _in_parts(form, "10000", "3", today())
    typed = json.loads(json.dumps(form.typed()))
    form.touched = False
    disputes.close_form()
    disputes.step("agree")
    disputes.form.retype(typed)
    again = disputes.form
    assert again.typed() == typed
    assert again.promises[0].form.boxes["what"].value() == "疏通水沟"
    # The row for parts is open again, because something stands in it.
    assert not again.sides.instalments.isHidden()
    again.sides.instalments.list_button.click()
    assert len(again.promises) == 4
    again.touched = False
    disputes.close_form()


def test_a_mistyped_year_at_the_end_of_the_calendar_is_told(form: QWidget) -> None:
    for name in ("agreed_on", "parties_signed_on", "mediator_signed_on", "sealed_on"):
        form.agreement.boxes[name].put_back("9999-12-31")
    form.save()
    assert "晚于今天" in form.agreement.boxes["sealed_on"].finding


def test_what_was_saved_is_said(qtbot: QtBot, disputes: QWidget, form: QWidget) -> None:
    _keep(qtbot, disputes)
    assert disputes._note.isVisible()
    assert disputes._note.line.text() == "“达成协议”已保存。"
