"""Two cases that share a number: the workbench leads to the form that gives one the next."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle

from mediation_desk.desk.renumbering import to_renumber
from mediation_desk.domain.due import DueKind
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.dispute_forms import RENUMBER
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _share_a_number(village: Register) -> None:
    """Let two cases have one number, as when another computer's register is taken in."""
    first, second = (keep_a_case(village, days_ago=0).dispute for _ in range(2))
    with village.change(village.person, "收下") as change:
        change.adopt([replace(second, number=first.number, revision=second.revision + 1)])


def test_one_key_on_the_workbench_leads_to_the_next_number(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    _share_a_number(village)
    (twin,) = to_renumber(village)
    window = open_window(village)
    listed = page(window, "home").dues.list
    rows = [line.what for line in listed.lines.all_shown()]
    number = next(
        place for place, due in enumerate(rows) if getattr(due, "kind", None) is DueKind.SAME_NUMBER
    )
    listed.setCurrentIndex(listed.lines.index(number, 0))
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    disputes = window.centralWidget().currentWidget()._pages["disputes"]
    qtbot.waitUntil(lambda: disputes.form is not None)
    assert (disputes.form.place, disputes.form.case.dispute.id) == (RENUMBER, twin.id)
    told = disputes.form.told.text()
    assert "第001号 还有“" in told
    assert "第002号" in told
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    now = village.case(twin.id)
    assert now is not None
    assert now.dispute.number == 2
    labels = [label.text() for label in disputes.browse.card.findChildren(QLabel)]
    assert any("第002号" in text for text in labels)
    assert to_renumber(village) == []


def test_the_file_says_who_shares_its_number(open_window: Open, village: Register) -> None:
    _share_a_number(village)
    (twin,) = to_renumber(village)
    browse = page(open_window(village), "disputes").browse
    browse.show_case(twin.id)
    card = browse.card
    assert "编号与“" in card._told.text()
    labels = [action.text() for action in card.steps.menu.actions()]
    assert "换编号 (&C)" in labels
    with village.change(village.person, "换") as change:
        change.keep(replace(twin, number=7))
    browse.show_case(twin.id)
    assert not card._told.isVisibleTo(card)
    assert "换编号 (&C)" not in [action.text() for action in card.steps.menu.actions()]
