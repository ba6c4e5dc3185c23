"""Letters in and out with their answers, confirmation by the court, risk levels, preventions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import keep_a_case, page, press, settle, settle_a_case, write

from mediation_desk.desk import recording
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import (
    Confirmation,
    Delegation,
    Direction,
    PetitionSplit,
    PreventionKind,
    ReferralChannel,
    RiskLevel,
    Source,
)
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.case_parts import StepButton
from mediation_desk.ui.pages.disputes import DisputesPage
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def desk(open_window: Open, village: Register) -> tuple[DeskWindow, DisputesPage]:
    """The page of disputes with one dispute handed over by a court."""
    case = keep_a_case(village)
    changed = replace(case, dispute=replace(case.dispute, source=Source.COURT))
    recording.keep_case(village, case, changed, village.person, "改来源", today())
    window = open_window(village)
    return window, page(window, "disputes")


def _save(qtbot: QtBot, desk: tuple[DeskWindow, DisputesPage]):
    window, disputes = desk
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    return disputes.browse.card.case


def test_a_delegated_dispute_gets_its_letter_and_the_courts_day(qtbot: QtBot, desk) -> None:
    disputes = desk[1]
    disputes.step("referral")
    form = disputes.form
    boxes = form.referral.boxes
    assert boxes["direction"].value() is Direction.IN
    assert boxes["channel"].value() is ReferralChannel.COURT
    assert boxes["received_on"].value() == today() - timedelta(days=3)
    write(boxes["body"].editor.inner, "丰都县人民法院")
    for delegation, days in (
        (Delegation.BEFORE_FILING, 30),
        (Delegation.ORDINARY, 15),
        (Delegation.SUMMARY, 7),
    ):
        boxes["delegation"].editor.show_value(delegation)
        boxes["delegation"].editor.changed.emit()
        assert boxes["answer_due_on"].value() == today() + timedelta(days=days - 3)
    later = today() + timedelta(days=60)
    boxes["answer_due_on"].editor.show_value(later)
    boxes["delegation"].editor.changed.emit()
    assert boxes["answer_due_on"].value() == later
    (kept,) = _save(qtbot, desk).referrals
    assert (kept.delegation, kept.answer_due_on) == (Delegation.SUMMARY, later)


def test_correcting_a_letter_leaves_its_due_day_alone(open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    disputes = page(open_window(village), "disputes")
    court = case.referrals[0]
    disputes.step(f"referral:{court.id}")
    assert disputes.form.referral.boxes["answer_due_on"].value() == court.answer_due_on
    disputes.close_form()


def test_only_petitions_are_split_and_first(qtbot: QtBot, desk) -> None:
    disputes = desk[1]
    disputes.step("referral")
    boxes = disputes.form.referral.boxes
    assert boxes["petition_split"].isHidden()
    boxes["channel"].editor.show_value(ReferralChannel.PETITION)
    boxes["channel"].editor.changed.emit()
    assert not boxes["petition_split"].isHidden()
    assert boxes["delegation"].isHidden()
    write(boxes["body"].editor.inner, "双龙镇信访办")
    boxes["first_petition"].show_value(True)
    boxes["petition_split"].show_value(PetitionSplit.LEGAL)
    (kept,) = _save(qtbot, desk).referrals
    assert kept.first_petition
    assert kept.petition_split is PetitionSplit.LEGAL
    assert kept.delegation is None
    assert kept.received_on is None


def test_an_answer_is_owed_until_it_is_written_by_keyboard(qtbot: QtBot, desk) -> None:
    window, disputes = desk
    card = disputes.browse.card
    disputes.step("referral")
    write(disputes.form.referral.boxes["body"].editor.inner, "丰都县人民法院")
    _save(qtbot, desk)
    card.tabs.setCurrentIndex(4)
    (button,) = (
        made
        for made in card._body.currentWidget().findChildren(StepButton)
        if made.step.startswith("answer:")
    )
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    form = disputes.form
    assert form.answer.boxes["answered_on"].value() == today()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    write(QApplication.focusWidget(), "双方已签协议，当场履行。")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    (kept,) = card.case.referrals
    assert (kept.answer, kept.answered_on) == ("双方已签协议，当场履行。", today())
    view = card._body.currentWidget()
    assert "已答复" in [label.text() for label in view.findChildren(QLabel)]
    steps = [made.step for made in view.findChildren(StepButton)]
    assert not [step for step in steps if step.startswith("answer:")]


def test_an_answer_wants_its_text(desk, village: Register) -> None:
    case = keep_a_rich_case(village)
    disputes = desk[1]
    disputes.browse.show_case(case.dispute.id)
    disputes.step(f"answer:{case.referrals[0].id}")
    disputes.form.save()
    assert disputes.form.answer.boxes["answer"].finding
    disputes.form.touched = False
    disputes.close_form()


def test_a_letter_is_corrected_and_voided_with_a_reason(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    desk = window, page(window, "disputes")
    petition = case.referrals[1]
    desk[1].step(f"referral:{petition.id}")
    write(desk[1].form.referral.boxes["letter_number"].editor.inner, "信转7号")
    kept = _save(qtbot, desk).referrals[1]
    assert (kept.id, kept.letter_number) == (petition.id, "信转7号")
    desk[1].step(f"referral:{petition.id}")
    form = desk[1].form
    form.striking.turn.click()
    form.save()
    assert form.striking.why.finding
    write(form.striking.why.editor.inner, "登错了纠纷")
    left = _save(qtbot, desk).referrals
    assert petition.id not in {entry.id for entry in left}
    void = village.get("referral", petition.id)
    assert void.void_reason == "作废：登错了纠纷"
    assert village.acts()[0].reason == "作废：登错了纠纷"


def test_the_courts_confirmation_is_applied_for_and_given(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = settle_a_case(village, keep_a_case(village))
    window = open_window(village)
    desk = window, page(window, "disputes")
    disputes = desk[1]
    disputes.step("confirm")
    told = "\n".join(label.text() for label in disputes.form.findChildren(QLabel))
    assert "还有 27 天" in told
    assert "物权、知识产权确权" in told
    assert disputes.form.asked.boxes["answered_on"].isHidden()
    write(disputes.form.asked.boxes["body"].editor.inner, "丰都县人民法院")
    kept = _save(qtbot, desk)
    assert kept.dispute.confirmation is Confirmation.APPLIED
    assert kept.referrals[0].channel is ReferralChannel.CONFIRMATION
    assert kept.referrals[0].direction is Direction.OUT
    disputes.step("confirm")
    form = disputes.form
    form.state.boxes["confirmation"].editor.show_value(Confirmation.CONFIRMED)
    form.state.boxes["confirmation"].editor.changed.emit()
    form.save()
    assert disputes.form is form, "a decision without its day is not kept"
    form.asked.boxes["answered_on"].show_value(today())
    write(form.asked.boxes["letter_number"].editor.inner, "(2026)渝0230民特9号")
    kept = _save(qtbot, desk)
    assert kept.dispute.confirmation is Confirmation.CONFIRMED
    (asked,) = kept.referrals
    assert (asked.letter_number, asked.answered_on) == ("(2026)渝0230民特9号", today())
    assert village.case(case.dispute.id) == kept


def test_nothing_is_confirmed_before_it_binds(qtbot: QtBot, desk) -> None:
    disputes = desk[1]
    disputes.step("confirm")
    form = disputes.form
    told = "\n".join(label.text() for label in form.findChildren(QLabel))
    assert "现在还不能申请司法确认：还没有达成协议。" in told
    write(form.asked.boxes["body"].editor.inner, "丰都县人民法院")
    form.save()
    assert disputes.form is form
    assert "还没有达成协议" in form._told.text()
    form.touched = False
    disputes.close_form()


def test_what_no_court_confirms_is_said_beforehand(open_window: Open, village: Register) -> None:
    keep_a_rich_case(village)
    disputes = page(open_window(village), "disputes")
    disputes.step("confirm")
    told = "\n".join(label.text() for label in disputes.form.findChildren(QLabel))
    assert "归谁所有" in told
    disputes.close_form()


def test_the_risk_level_keeps_its_history_and_red_is_to_be_reported(qtbot: QtBot, desk) -> None:
    disputes = desk[1]
    disputes.step("risk")
    form = disputes.form
    assert form._report.isHidden()
    form.risk.boxes["level"].editor.show_value(RiskLevel.RED)
    form.risk.boxes["level"].editor.changed.emit()
    assert not form._report.isHidden()
    write(form.risk.boxes["reasons"].editor.inner, "扬言动手。")
    write(form.risk.boxes["reported_to"].editor.inner, "双龙派出所")
    form.risk.boxes["reported_on"].show_value(today())
    (red,) = _save(qtbot, desk).risks
    assert (red.level, red.reported_on) == (RiskLevel.RED, today())
    assert disputes.browse.card.risk.text() == "红色风险"
    disputes.step("risk")
    form = disputes.form
    told = [label.text() for label in form.findChildren(QLabel)]
    assert "红色" in told
    assert any("扬言动手。" in text for text in told)
    form.risk.boxes["level"].editor.show_value(RiskLevel.BLUE)
    form.risk.boxes["level"].editor.changed.emit()
    write(form.risk.boxes["reasons"].editor.inner, "已经劝开。")
    levels = [entry.level for entry in _save(qtbot, desk).risks]
    assert levels == [RiskLevel.RED, RiskLevel.BLUE], "both of one day, in their order"
    assert not disputes.browse.card.risk.text()


def test_a_prevention_counts_for_the_unit_with_its_reason(
    qtbot: QtBot, desk, village: Register
) -> None:
    disputes = desk[1]
    disputes.step("prevention")
    boxes = disputes.form.prevention.boxes
    boxes["kind"].editor.show_value(PreventionKind.BRAWL)
    boxes["kind"].editor.changed.emit()
    boxes["persons"].editor.show_value(12)
    boxes["persons"].editor.changed.emit()
    disputes.form.save()
    assert boxes["reason"].finding
    write(boxes["reason"].editor.inner, "两边各来六人，挡在村口劝回。")
    (kept,) = _save(qtbot, desk).preventions
    assert (kept.kind, kept.cases, kept.persons) == (PreventionKind.BRAWL, 1, 12)
    assert kept.unit_id == village.committee.id


def test_what_is_typed_into_these_forms_comes_back_from_its_draft(
    qtbot: QtBot, desk, village: Register
) -> None:
    window, disputes = desk
    disputes.step("risk")
    write(disputes.form.risk.boxes["reasons"].editor.inner, "扬言动手，还没写完")
    qtbot.waitUntil(lambda: bool(village.drafts()))
    settle(qtbot, window)
    (draft,) = village.drafts()
    assert draft.place == "risk"
    disputes.close_form()
    disputes.browse.card.show_case(draft.about)
    disputes.step(f"draft:{draft.id}")
    assert disputes.form.risk.boxes["reasons"].value() == "扬言动手，还没写完"
    disputes.close_form()
