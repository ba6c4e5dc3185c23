"""已报报表: what was exported stands still, and tells what changed with a way to the case."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import frozen
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

    qtbot.waitUntil(compared, timeout=30_000)
    return [(line.about, line.detail, line.said) for line in view.lines.lines.all_shown()]


def _said(statistics: StatisticsPage) -> str:
    card = statistics.frozen.card
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_there_is_nothing_before_something_was_exported(qtbot: QtBot, window: DeskWindow) -> None:
    statistics = page(window, "statistics")
    statistics.tabs.setCurrentIndex(FROZEN)
    view = statistics.frozen
    qtbot.waitUntil(view._nothing.isVisible, timeout=30_000)
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
    qtbot.waitUntil(lambda: _listed(qtbot, statistics)[0][2] == "有调整1处", timeout=30_000)
    view._opened(view.lines.lines.row(0))
    told = _said(statistics)
    assert "冻结以后的调整（1处）" in told
    assert "陶素芬：人数写错了\n　　涉及当事人数由2改为6" in told
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
    qtbot.waitUntil(lambda: "县司法局" in _listed(qtbot, statistics)[0][1], timeout=30_000)
    assert "已上报" in _listed(qtbot, statistics)[0][1]


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
