"""The annual report is read, followed to its cases and taken away; printed tables are kept."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle_a_case

from mediation_desk.desk import annual_report, paper_totals
from mediation_desk.desk.clock import today
from mediation_desk.figures.paper_totals import ORGANISATION
from mediation_desk.papers.plain_text import plain_text
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.statistics import ANNUAL, PAPER, StatisticsPage
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def _turned_to(window: DeskWindow, tab: int) -> StatisticsPage:
    statistics = page(window, "statistics")
    assert isinstance(statistics, StatisticsPage)
    statistics.tabs.setCurrentIndex(tab)
    finish(window)
    return statistics


@pytest.fixture
def busy(office: Register) -> Register:
    """An office whose own committee settled a case today."""
    settle_a_case(office, keep_a_case(office, days_ago=0))
    return office


def test_the_draft_shown_is_the_desk_s_and_a_number_opens_its_cases(
    open_window: Open, busy: Register
) -> None:
    window = open_window(busy)
    view = _turned_to(window, ANNUAL).annual
    calibre = _turned_to(window, ANNUAL).bar.calibre
    assert calibre is not None
    drafted = annual_report.draft(busy, calibre, today())
    assert view.paper == drafted
    shown = view.text.toPlainText()
    for line in plain_text(drafted).splitlines():
        assert line.strip("　") in shown
    numbers = list(drafted.numbers())
    place = next(n for n, number in enumerate(numbers) if number.source.column == "M01")
    view.text.anchorClicked.emit(QUrl(f"#{place}"))
    browse = page(window, "disputes").browse
    assert len(browse.rows.all_shown()) == int(numbers[place].text) == 1


def test_a_number_without_cases_says_where_it_comes_from(open_window: Open, busy: Register) -> None:
    window = open_window(busy)
    view = _turned_to(window, ANNUAL).annual
    view.open_number(0)
    assert "按登记簿逐条计" in view._source.text()
    assert window.centralWidget().currentWidget().front == "statistics"


def test_it_is_copied_and_written_as_word(
    qtbot: QtBot, open_window: Open, busy: Register, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(busy)
    statistics = _turned_to(window, ANNUAL)
    view = statistics.annual
    view.copy.click()
    assert view.paper is not None
    assert QGuiApplication.clipboard().text() == plain_text(view.paper)
    target = tmp_path / "年报.docx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    view.write.click()
    finish(window)
    assert target.exists()
    assert "这是草稿" in statistics._notice.said.text()


def test_a_village_is_offered_neither(open_window: Open, village: Register) -> None:
    statistics = _turned_to(open_window(village), 0)
    assert not statistics.tabs.isTabVisible(ANNUAL)
    assert not statistics.tabs.isTabVisible(PAPER)


def _filled(path: Path, committees: int) -> Path:
    paper_totals.blank(ORGANISATION.id, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for column, value in ((2, "2020年度通报"), (5, "2020-01-01"), (8, "2020-11-30")):
        sheet.cell(2, column).value = value
    for column, value in enumerate(("全市", committees, 972, 49, 81, 6, 2, 1), 1):
        sheet.cell(6, column).value = value
    book.save(path)
    return path


def test_a_printed_table_that_does_not_add_up_waits_for_a_remark(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    window = open_window(office)
    statistics = _turned_to(window, PAPER)
    view = statistics.paper
    view.look_at(_filled(tmp_path / "表.xlsx", 1127))
    finish(window)
    assert view.card.isVisible()
    assert "1111" in view._problems.text()
    view.keep.click()
    assert not view.lines.lines.all_shown()
    assert "请写明说明" in statistics._notice.said.text()
    view.remark.show_value("原件如此")
    view.keep.click()
    (line,) = view.lines.lines.all_shown()
    assert (line.said, view.card.isHidden()) == ("附说明", True)
    assert "原件如此" in line.detail
    view._struck = 1
    view.strike_chosen()
    assert not view.lines.lines.all_shown()


def test_one_that_adds_up_is_kept_at_once(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(office)
    view = _turned_to(window, PAPER).paper
    path = _filled(tmp_path / "表.xlsx", 1111)
    monkeypatch.setattr(messages, "choose_files", lambda *_: [path])
    view.take.click()
    finish(window)
    (line,) = view.lines.lines.all_shown()
    assert line.said == "相符"
    target = tmp_path / "空白.xlsx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    view.blank.click()
    finish(window)
    assert target.exists()
