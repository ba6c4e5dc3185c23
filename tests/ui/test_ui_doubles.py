"""Two villages register one dispute: the clerk sees both side by side and lets one count."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.desk import duplicates
from mediation_desk.desk.clock import today
from mediation_desk.desk.counted_once import same_cases
from mediation_desk.desk.enrolling import new_unit
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_of
from mediation_desk.domain.record import new_id
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.receiving import QUESTIONS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def pair(office: Register) -> tuple[str, str]:
    """The township's case, and the same one as a village has it."""
    own = keep_a_case(office, days_ago=0)
    unit = new_unit(office, "500230124200", "梨子园村", "", UnitKind.VILLAGE)
    theirs = replace(own.dispute, id=new_id(), revision=0, unit_id=unit.id, mediator_ids=())
    with office.change("罗晓", "接收") as change:
        change.keep(unit)
        change.keep(theirs)
        for party in own.parties:
            change.keep(replace(party, id=new_id(), dispute_id=theirs.id, revision=0))
    return own.dispute.id, theirs.id


def view_of(qtbot: QtBot, window: DeskWindow) -> object:
    receiving = page(window, "sending")
    receiving.tabs.setCurrentIndex(QUESTIONS)
    qtbot.mouseClick(receiving.questions.again, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: receiving.questions.count == 1)
    assert "新找到 1 对" in receiving.questions._told.text()
    return receiving.questions


def test_they_stand_side_by_side_and_count_once_as_the_clerk_says(
    qtbot: QtBot, open_window: Open, office: Register, pair: tuple[str, str]
) -> None:
    own, theirs = pair
    window = open_window(office)
    view = view_of(qtbot, window)
    said = [label.text() for label in view.card.pair.findChildren(QLabel)]
    assert said.count("秦德珍") == 2
    assert {"双龙镇调委会", "梨子园村"} <= set(said)
    assert (view.take.text(), view.keep.text()) == ("是同一件 (&T)", "不是同一件 (&K)")
    view.card.pair.main.show_value(theirs)
    qtbot.mouseClick(view.take, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    (same,) = same_cases(office)
    assert (same.main.dispute.id, same.other.dispute.id) == (theirs, own)
    view.fold.click()
    qtbot.waitUntil(lambda: bool(view.decided.rows.all_shown()))
    view.decided.undo.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 1)
    assert not same_cases(office)


def test_two_that_are_two_are_not_asked_again(
    qtbot: QtBot, open_window: Open, office: Register, pair: tuple[str, str]
) -> None:
    window = open_window(office)
    view = view_of(qtbot, window)
    qtbot.mouseClick(view.keep, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.count == 0)
    assert not same_cases(office)
    assert duplicates.look_through(office, month_of(today()), "罗晓") == 0
    assert pair


def test_what_was_built_on_is_set_apart_with_a_reason(
    qtbot: QtBot, open_window: Open, office: Register, pair: tuple[str, str]
) -> None:
    own, theirs = pair
    window = open_window(office)
    view = view_of(qtbot, window)
    view.take.click()
    settle(qtbot, window)
    (same,) = same_cases(office)
    with office.change("罗晓", "写明理由") as change:
        change.keep(replace(same.record, reason="同一天、同样的人"))
    view.refresh()
    view.fold.click()
    qtbot.waitUntil(lambda: bool(view.decided.rows.all_shown()))
    qtbot.waitUntil(lambda: not view.decided.undo.isEnabled())
    qtbot.waitUntil(view.decided.apart.isVisible)
    view.decided.apart.click()
    assert same_cases(office)
    write(view.decided.reason.inner, "问过双方，是两块地的事。")
    view.decided.apart.click()
    settle(qtbot, window)
    assert not same_cases(office)
    assert {own, theirs} == {same.main.dispute.id, same.other.dispute.id}
    qtbot.waitUntil(lambda: not view.decided.apart.isVisible())
