"""The statistics page counts, opens the cases behind a number and writes the workbook."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.figures.ministry import COLUMNS
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.shares import bars
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def counted(open_window: Open, village: Register) -> DeskWindow:
    settle_a_case(village, keep_a_case(village, "秦德珍", "蒋仕文", days_ago=0))
    keep_a_case(village, "何世明", "何世全", days_ago=0)
    return open_window(village)


def test_the_table_shows_the_disputes(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    values = statistics.view.values.model()
    shown = [values.index(0, number).data() for number in range(len(COLUMNS))]
    assert shown[:5] == ["2", "4", "1", "0", "0.30"]
    assert statistics.numbers["rate"]._value.text() == "50.0%"
    assert [(bar.label, bar.cases) for bar in bars(statistics.table)] == [("邻里", 2)]


def test_a_number_opens_its_cases(qtbot: QtBot, counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    values = statistics.view.values
    values.setCurrentIndex(values.model().index(0, 2))
    qtbot.keyClick(values, Qt.Key.Key_Return)
    browse = page(counted, "disputes").browse
    assert [row.applicants for row in browse.rows.all_shown()] == ["秦德珍"]
    assert browse._banner.isVisible()
    browse.show_all()
    assert len(browse.rows.all_shown()) == 2


def test_another_period_counts_anew(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    statistics.picker.back.click()
    finish(counted)
    assert statistics.table.grand_total.values[0] == 0
    statistics.picker.forth.click()
    finish(counted)
    assert statistics.table.grand_total.values[0] == 2


def test_two_days_that_make_no_period_count_nothing(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    statistics.picker.kind.show_value(5)
    statistics.picker._kind_changed()
    statistics.picker.last.typed.setText("2020年1月1日")
    statistics.refresh()
    assert not statistics.export.isEnabled()


def test_the_workbook_is_written(
    qtbot: QtBot, counted: DeskWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "统计.xlsx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    statistics = page(counted, "statistics")
    statistics.export.click()
    settle(qtbot, counted)
    assert target.is_file()
    assert str(target) in statistics._notice.more.text()
