"""The office sees at a glance which village has what to mend, and goes from there to the cases."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page

from mediation_desk.desk import receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.periods import month_before, month_of
from mediation_desk.store.register import Register
from mediation_desk.ui.pages.inbox_view import _COVERAGE, _QUALITY
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def case(village: Register, office: Register, tmp_path: Path) -> CaseFile:
    """A case of the month before last that nobody has ended, which the office has received."""
    month = month_before(month_before(month_of(today())))
    kept = keep_a_case(village, days_ago=(today() - month.first).days)
    path = sending.send(village, month, tmp_path / "月报.xlsx", village.person, today()).path
    (got,) = receiving.receive_all(office, [path], office.person, today() - timedelta(days=1))
    assert got.act
    return kept


def test_from_the_units_to_what_is_to_be_mended_to_the_cases(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.tabs.setCurrentIndex(_QUALITY)
    finish(window)
    view = inbox.quality
    (unit,) = view.lines.lines.all_shown()
    assert unit.about == "梨子园村"
    assert "案件齐全 0/1。" in unit.detail
    assert unit.said.startswith("要改")
    view.lines.setFocus()
    qtbot.keyClick(view.lines, Qt.Key.Key_Return)
    assert view.back.isVisible()
    told = [line.about for line in view.lines.lines.all_shown()]
    assert "过了调解期限还没有结果。" in told
    view.lines.setCurrentIndex(view.lines.lines.index(told.index("过了调解期限还没有结果。"), 0))
    qtbot.keyClick(view.lines, Qt.Key.Key_Return)
    browse = page(window, "disputes").browse
    assert [row.dispute.id for row in browse.rows.all_shown()] == [case.dispute.id]
    assert "梨子园村 · 过了调解期限还没有结果" in browse._banner_words.text()


def test_on_a_low_page_the_lines_are_in_sight_once_they_have_come(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    window.resize(910, 512)
    receiving_page = page(window, "sending")
    finish(window)
    view = receiving_page.view.viewport()
    receiving_page.inbox.tabs.setCurrentIndex(_QUALITY)
    finish(window)
    lines = receiving_page.inbox.quality.lines

    def in_sight() -> bool:
        first = lines.visualRect(lines.lines.index(0, 0))
        end = lines.viewport().mapTo(view, first.bottomLeft()).y()
        return lines.lines.rowCount() > 0 and 0 < end < view.height()

    qtbot.waitUntil(in_sight)


def test_a_month_that_is_missing_leads_to_the_reminders(
    qtbot: QtBot, open_window: Open, office: Register, case: CaseFile
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.tabs.setCurrentIndex(_QUALITY)
    finish(window)
    view = inbox.quality
    view.show_unit(case.dispute.unit_id)
    missing = [line for line in view.lines.lines.all_shown() if line.said == "未报"]
    assert missing
    view.lines.opened.emit(missing[0])
    assert inbox.tabs.currentIndex() == _COVERAGE
    view.back.click()
    assert view.back.isHidden()
    assert [line.about for line in view.lines.lines.all_shown()] == ["梨子园村"]


def test_an_office_without_villages_is_told_what_to_do(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.tabs.setCurrentIndex(_QUALITY)
    finish(window)
    assert not inbox.quality.lines.lines.all_shown()
    assert "请先在“组织人员”里添加单位" in inbox.quality._told.text()
