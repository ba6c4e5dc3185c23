"""已报报表: what was exported stands still, and tells what changed with a way to the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import frozen
from mediation_desk.desk.charted import Cell
from mediation_desk.desk.clock import today
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.statistics import FROZEN, TABLE, StatisticsPage
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def case(village: Register) -> CaseFile:
    return settle_a_case(village, keep_a_case(village, days_ago=0))


@pytest.fixture
def window(
    open_window: Open, village: Register, case: CaseFile, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> DeskWindow:  # fmt: skip
    monkeypatch.setattr(messages, "choose_target", lambda *_: tmp_path / "统计.xlsx")
    return open_window(village)


def _exported(window: DeskWindow) -> StatisticsPage:
    statistics = page(window, "statistics")
    statistics.tabs.setCurrentIndex(TABLE)
    finish(window)
    statistics.write()
    finish(window)
    return statistics


def _listed(qtbot: QtBot, statistics: StatisticsPage) -> list[tuple[str, str, str]]:
    """The lines of the list once every report is compared."""
    statistics.tabs.setCurrentIndex(FROZEN)
    statistics.refresh()
    view = statistics.frozen

    def compared() -> bool:
        shown = view.lines.lines.all_shown()
        return bool(shown) and not view._comparing and all(x.said != "待核对" for x in shown)

    qtbot.waitUntil(compared)
    return [(line.about, line.detail, line.said) for line in view.lines.lines.all_shown()]


def _said(statistics: StatisticsPage) -> str:
    card = statistics.frozen.card
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_there_is_nothing_before_something_was_exported(qtbot: QtBot, window: DeskWindow) -> None:
    statistics = page(window, "statistics")
    statistics.tabs.setCurrentIndex(FROZEN)
    view = statistics.frozen
    qtbot.waitUntil(view._nothing.isVisible)
    assert not view.lines.isVisible()
    assert not statistics.bar.isVisible()
    assert not statistics.export.isVisible()


def test_an_export_is_listed_and_tells_what_changed(
    qtbot: QtBot, window: DeskWindow, village: Register, case: CaseFile
) -> None:
    statistics = _exported(window)
    assert "冻结为第1号" in statistics._notice.more.text()
    day = today()
    [(about, detail, said)] = _listed(qtbot, statistics)
    assert about == f"{day.year}年 · 人民调解案件情况统计表"
    assert detail == f"第1号 · {day} 陶素芬冻结 · 已导出"
    assert said == "一致"
    with village.change("陶素芬", "人数写错了") as change:
        change.keep(replace(case.dispute, people=6))
    view = statistics.frozen
    # What was compared before stands until it is compared again.
    qtbot.waitUntil(lambda: _listed(qtbot, statistics)[0][2] == "有调整1处")
    view._opened(view.lines.lines.row(0))
    told = _said(statistics)
    assert "冻结以后的调整（1处）" in told
    assert "陶素芬：人数写错了" in told
    assert "涉及当事人数由2改为6" in told
    assert "梨子园村：涉及当事人数 +4人" in told
    # The table still shows what it was, and leads to the case.
    assert view.card.view.table is not None
    assert view.card.view.table.value("total", "M02") == 2
    [button] = [entry for entry in view.card.findChildren(type(view.card.back))
                if entry.text() == "看这件"]  # fmt: skip
    button.click()
    finish(window)
    assert page(window, "disputes").browse.card.case.dispute.id == case.dispute.id


def test_a_report_is_written_again_and_marked_as_sent(
    qtbot: QtBot, window: DeskWindow, village: Register
) -> None:
    statistics = _exported(window)
    _listed(qtbot, statistics)
    view = statistics.frozen
    view._opened(view.lines.lines.row(0))
    view.card.again.click()
    settle(qtbot, window)
    assert "重新导出" in statistics._notice.said.text()
    view.card.receiver.show_value("县司法局")
    view.card.sent.click()
    settle(qtbot, window)
    assert "给县司法局" in _said(statistics)
    kept = frozen.report_with(village, 1)
    assert [use.what.label for use in kept.uses] == ["导出", "导出", "上报"]
    view.card.back.click()
    qtbot.waitUntil(lambda: "县司法局" in _listed(qtbot, statistics)[0][1])
    assert "已上报" in _listed(qtbot, statistics)[0][1]


def test_of_a_report_that_was_sent_nobody_asks_whether_it_was(
    qtbot: QtBot, window: DeskWindow, village: Register
) -> None:
    statistics = _exported(window)
    _listed(qtbot, statistics)
    card = statistics.frozen.card
    statistics.frozen._opened(statistics.frozen.lines.lines.row(0))
    assert "已经上报？" in _said(statistics)
    assert not card.further.isVisible()
    card.receiver.show_value("县司法局")
    card.sent.click()
    settle(qtbot, window)
    assert "已经上报？" not in _said(statistics)
    assert not card.sent.isVisible()
    card.further.click()
    assert "又报给谁？" in _said(statistics)
    assert not card.receiver.value()
    card.receiver.show_value("县信访办")
    card.sent.click()
    settle(qtbot, window)
    assert [use.receiver for use in frozen.report_with(village, 1).uses[1:]] == [
        "县司法局",
        "县信访办",
    ]
    assert card.further.isVisible()


def test_what_is_printed_is_frozen(
    qtbot: QtBot, window: DeskWindow, village: Register, tmp_path: Path
) -> None:
    statistics = page(window, "statistics")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "统计.pdf"))
    assert statistics.table is not None
    statistics.print_on(printer, statistics.table)
    settle(qtbot, window)
    assert frozen.report_with(village, 1).state == "已打印"
    assert "冻结为第1号" in statistics._notice.more.text()


def test_a_table_of_an_earlier_day(
    qtbot: QtBot, window: DeskWindow, village: Register, case: CaseFile, tmp_path: Path
) -> None:
    """What was written until then is put back by a month, as if it had been written then."""
    then = today() - timedelta(days=20)
    stamp = f"{then - timedelta(days=10)}T08:00:00+08:00"
    village._sql.run("UPDATE act SET at = ?", (stamp,))
    with village.change("陶素芬", "人数写错了") as change:
        change.keep(replace(case.dispute, people=6))
    statistics = page(window, "statistics")
    finish(window)
    assert statistics.table is not None
    assert statistics.table.value("total", "M02") == 6
    bar = statistics.bar
    bar.moment.show_value(True)
    bar._moment_changed()
    assert bar.day.isVisible()
    assert statistics.table is None
    assert not statistics.export.isEnabled()
    bar.day.show_value(then)
    bar.changed.emit()
    finish(window)
    assert statistics.table.value("total", "M02") == 2
    assert f"按登记簿在{then}结束时的记录统计" in statistics.table_card.notes.text()
    statistics.write()
    finish(window)
    written = load_workbook(tmp_path / "统计.xlsx").worksheets[0]
    assert f"登记簿截至{then}" in str(written["A2"].value)
    statistics._open(Cell(statistics.table, statistics.table.row("total"), 0))
    finish(window)
    browse = page(window, "disputes").browse
    assert [row.dispute.people for row in browse.rows.all_shown()] == [6]
    assert frozen.reports(village) == []
    bar.day.show_value(date(2020, 1, 1))
    bar.changed.emit()
    finish(window)
    assert "还没有任何记录" in statistics._notice.said.text()
    assert statistics.table is None
    bar.moment.show_value(False)
    bar._moment_changed()
    finish(window)
    assert statistics.table.value("total", "M02") == 6
    assert not statistics._notice.isVisible()
