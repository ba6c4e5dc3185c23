"""A case of the township's committee goes to a village, by the form on its card."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, write

from mediation_desk.desk import enrolling, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.periods import month_of
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.dispute_forms import HAND_OVER
from mediation_desk.ui.pages.receiving import RETURNS
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def enrolled(village: Register, office: Register, tmp_path: Path) -> Register:
    """A village whose key the office has."""
    own = village.unit
    unit = enrolling.new_unit(office, own.code, own.name, own.committee, own.kind)
    made = enrolling.make_setup_file(office, unit, tmp_path / "setup.xlsx", "罗晓", today())
    enrolling.open_setup_file(village, made.path, village.person, today())
    target = tmp_path / "package.xlsx"
    path = sending.send(village, month_of(today()), target, village.person, today()).path
    (got,) = receiving.receive_all(office, [path], office.person, today())
    assert got.act
    return village


def said(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_case_is_handed_over_and_only_read_from_then_on(
    qtbot: QtBot, open_window: Open, office: Register, enrolled: Register
) -> None:
    case = keep_a_case(office, days_ago=0)
    window = open_window(office)
    disputes = page(window, "disputes")
    disputes.browse.show_case(case.dispute.id)
    labels = [action.text() for action in disputes.browse.card.steps.menu.actions()]
    assert "移交给别的调委会 (&V)" in labels
    disputes.step(HAND_OVER)
    form = disputes.form
    assert form.to.value() == enrolled.unit.id
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: bool(form.why.finding))
    write(QApplication.focusWidget(), "双方都是梨子园村的，由村里接着办。")
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    (entry,) = office.all("handover")
    assert entry.to_unit_id == enrolled.unit.id
    assert not office.drafts()
    card = disputes.browse.card
    assert not card.mine
    assert "已移交梨子园村" in said(card)
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(RETURNS)
    lines = receiving_page.returns.villages.list.lines
    qtbot.waitUntil(lambda: lines.rowCount() == 1)
    assert "移交1件" in lines.row(0).detail
    assert lines.row(0).said == "有移交"


def test_without_a_receiver_it_says_what_to_do_first(open_window: Open, office: Register) -> None:
    case = keep_a_case(office, days_ago=0)
    disputes = page(open_window(office), "disputes")
    disputes.browse.show_case(case.dispute.id)
    disputes.step(HAND_OVER)
    assert "开户文件" in disputes.form._told.text()
    disputes.form.save()
    assert not office.all("handover")
