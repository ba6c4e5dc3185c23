"""What goes back to the villages, and who has to be reminded, as the clerk does it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle

from mediation_desk.desk import coming_back, giving_back, receiving, sending
from mediation_desk.desk.clock import today
from mediation_desk.desk.enrolling import new_unit
from mediation_desk.domain.codes import UnitKind
from mediation_desk.domain.periods import month_before, month_of
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.receiving import RETURNS
from mediation_desk.ui.printing import list_printer
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def came(village: Register, office: Register, tmp_path: Path) -> receiving.Received:
    """A village's report of this month, received."""
    keep_a_case(village, days_ago=0)
    target = tmp_path / "package.xlsx"
    path = sending.send(village, month_of(today()), target, village.person, today()).path
    (got,) = receiving.receive_all(office, [path], office.person, today())
    return got


@pytest.mark.usefixtures("came")
def test_every_village_gets_one_file_with_what_waits_for_it(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    office: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(office)
    receiving_page = page(window, "sending")
    receiving_page.tabs.setCurrentIndex(RETURNS)
    view = receiving_page.returns
    lines = view.villages.list.lines
    qtbot.waitUntil(lambda: lines.rowCount() == 1)
    assert "回执1份" in lines.row(0).detail
    out = tmp_path / "stick"
    out.mkdir()
    monkeypatch.setattr(messages, "choose_folder", lambda *_: out)
    qtbot.mouseClick(view.make_all, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    (path,) = out.iterdir()
    assert "共 1 份" in receiving_page.notice.said.text()
    (made,) = view.made.all_shown()
    assert (made.unit.name, made.there) == ("梨子园村", False)
    view.tabs.setCurrentIndex(1)
    assert view.made_table.isVisible()
    seen = coming_back.look(village, path, today())
    coming_back.receive(village, seen, village.person)
    assert village.all("receipt")


@pytest.mark.usefixtures("came")
def test_a_batch_that_was_built_on_says_on_what(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    (case,) = office.all("dispute")
    entry = giving_back.blank_return(case, "罗晓", today())
    with office.change("罗晓", "退回补正") as change:
        change.keep(entry)
    window = open_window(office)
    inbox = page(window, "sending").inbox
    inbox.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: bool(inbox.history.batches.all_shown()))
    assert not inbox.history.undo.isEnabled()
    assert "退回补正" in inbox.history._why_not.text()


def test_without_villages_it_is_told_where_to_add_them(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    window = open_window(office)
    covered = page(window, "sending").inbox.coverage
    covered.refresh()
    for row in covered.rows.all_shown():
        with office.change(office.person, "作废单位") as change:
            change.keep(replace(row.unit, void_reason="测试"))
    covered.refresh()
    assert "添加单位" in covered._summary.text()
    qtbot.mouseClick(covered.copy, Qt.MouseButton.LeftButton)
    said = "".join(label.text() for label in window.findChildren(QLabel))
    assert "添加单位" in said
    assert "应报的都报了" not in said


@pytest.fixture
def silent(office: Register) -> None:
    """A village that reported two months ago and never since."""
    unit = new_unit(office, "500230124203", "关都坝村", "", UnitKind.VILLAGE)
    with office.change("罗晓", "添加单位") as change:
        change.keep(unit)


@pytest.mark.usefixtures("silent")
def test_who_is_late_is_copied_and_printed(
    qtbot: QtBot, open_window: Open, office: Register, tmp_path: Path
) -> None:
    window = open_window(office)
    covered = page(window, "sending").inbox.coverage
    assert covered.rows.row(0).unit.name == "关都坝村"
    qtbot.mouseClick(covered.copy, Qt.MouseButton.LeftButton)
    due = month_before(month_of(today())).last + timedelta(days=office.settings.report_due_day)
    text = QGuiApplication.clipboard().text()
    month = month_before(month_of(today()))
    if due >= today():
        month = month_before(month)
    assert "关都坝村" in text
    assert month.label() in text
    printer = list_printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    target = tmp_path / "催报单.pdf"
    printer.setOutputFileName(str(target))
    covered.print_on(printer)
    settle(qtbot, window)
    assert target.stat().st_size > 1000
    said = [label.text() for label in window.findChildren(QLabel)]
    assert any("共 1 页" in text for text in said)


def test_a_month_of_the_coverage_leads_to_its_statistic(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    unit = new_unit(office, "500230124208", "关都坝村", "", UnitKind.VILLAGE)
    with office.change(office.person, "添加单位") as change:
        change.keep(unit)
    window = open_window(office)
    receiving_page = page(window, "sending")
    due = month_before(month_of(today()))
    receiving_page.merged.click()
    settle(qtbot, window)
    statistics = page(window, "statistics")
    assert statistics.table.calibre.period == due
    table = page(window, "sending").inbox.coverage.table
    last = table.model().columnCount() - 1
    for column, month in ((last, month_of(today())), (last - 1, due), (0, due)):
        page(window, "sending")
        at = table.visualRect(table.model().index(0, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        settle(qtbot, window)
        assert window.centralWidget().currentWidget().front == "statistics"
        assert statistics.table.calibre.period == month
