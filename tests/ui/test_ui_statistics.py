"""The statistics page shows every table, tells of each number, opens its cases, takes it away."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QLabel, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import finish, keep_a_case, page, settle, settle_a_case

from mediation_desk.desk import reporting
from mediation_desk.desk.clock import today
from mediation_desk.domain.periods import month_before, month_of, year
from mediation_desk.figures.defined import SETTLED_OF_ACCEPTED
from mediation_desk.figures.figure import Measure
from mediation_desk.figures.table import Kind, Ratio
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.statistics import CHARTS, TABLE, StatisticsPage
from mediation_desk.ui.printing import list_printer
from mediation_desk.ui.theme import Looks, TypeSize
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
TABLES = [layout.id for layout in reporting.tables()]


@pytest.fixture(autouse=True)
def standard_afterwards() -> Iterator[None]:
    yield
    theme.wear(Looks())


@pytest.fixture
def counted(open_window: Open, village: Register) -> DeskWindow:
    settle_a_case(village, keep_a_case(village, "秦德珍", "蒋仕文", days_ago=0))
    keep_a_case(village, "何世明", "何世全", days_ago=0)
    return open_window(village)


def _turn_to(window: DeskWindow, table_id: str) -> StatisticsPage:
    statistics = page(window, "statistics")
    statistics.bar.table.show_value(table_id)
    statistics.bar.changed.emit()
    finish(window)
    return statistics


def _screen(statistics: StatisticsPage) -> list[list[str]]:
    """What stands in the numbers of the table, line by line."""
    view = statistics.table_card.view
    return [
        [
            pane.model().index(row, column).data()
            for column in range(pane.model().columnCount())
        ]
        for pane in (view.values, view.totals)
        for row in range(pane.model().rowCount())
    ]  # fmt: skip


def test_every_table_shows_what_the_desk_counts(counted: DeskWindow, village: Register) -> None:
    for table_id in TABLES:
        statistics = _turn_to(counted, table_id)
        table = reporting.table(village, table_id, statistics.bar.calibre)
        rows, columns = range(len(table.rows)), range(len(table.columns))
        assert _screen(statistics) == [[table.shown(r, c) for c in columns] for r in rows]
        assert statistics.table_card.calibre.text() == table.calibre.words()
        assert statistics.table_card.checks.count() == len(table.checks)


def _cases(statistics: StatisticsPage, go: object) -> int:
    assert isinstance(go, Go)
    assert isinstance(go.what, Behind)
    return len(go.what.find())


def test_as_many_cases_are_opened_as_a_number_tells(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    statistics.going.disconnect(counted.centralWidget().currentWidget().go)
    went: list[object] = []
    statistics.going.connect(went.append)
    for table_id in TABLES:
        _turn_to(counted, table_id)
        opened = _open_every_number(statistics, went)
        assert bool(opened) is (table_id not in {"works", "organisation", "linkage"}), table_id


def _open_every_number(statistics: StatisticsPage, went: list[object]) -> int:
    """Press the button beside every number; how many of them counted cases."""
    table, card = statistics.table, statistics.table_card
    opened = 0
    for row, values in enumerate(table.values):
        for column, value in enumerate(values):
            card.view.stand_at(row, column)
            counted = value.part if isinstance(value, Ratio) else value
            if table.behind(row, column) is None or not counted:
                assert card.definition._act.isHidden()
                continue
            card.definition.cases.click()
            cases, figure = _cases(statistics, went.pop()), table.figure(row, column)
            kind = table.columns[column].kind
            if kind is Kind.FIGURE and figure.measure is Measure.CASES:
                assert cases == value, (table.id, row, column)
                opened += 1
    return opened


def _cell_at(statistics: StatisticsPage, row: int, column: int) -> QPoint:
    values = statistics.table_card.view.values
    return values.visualRect(values.model().index(row, column)).center()


def test_a_double_click_opens_the_cases_and_one_click_tells_of_the_number(
    qtbot: QtBot, counted: DeskWindow
) -> None:
    statistics = page(counted, "statistics")
    values = statistics.table_card.view.values
    place = _cell_at(statistics, 0, 2)
    qtbot.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=place)
    told = statistics.table_card.definition
    assert told.name.text() == "调解情况 · 调解成功"
    assert told.value.text() == "1 件"
    assert "M03" in told.facts.text()
    assert "调解结果为“调解成功”的案件件数" in told.facts.text()
    assert "按受理日期" in told.facts.text()
    assert counted.centralWidget().currentWidget().front == "statistics"
    qtbot.mouseDClick(values.viewport(), Qt.MouseButton.LeftButton, pos=place)
    browse = page(counted, "disputes").browse
    assert [row.applicants for row in browse.rows.all_shown()] == ["秦德珍"]
    assert "梨子园村" in browse._banner_words.text()
    browse.show_all()
    assert len(browse.rows.all_shown()) == 2


def _at(qtbot: QtBot, window: DeskWindow) -> QWidget:
    """Where the cursor is; without a screen activation wants asking twice."""

    def active() -> bool:
        window.activateWindow()
        return QApplication.focusWidget() is not None

    qtbot.waitUntil(active)
    return QApplication.focusWidget()


def test_the_keyboard_alone_reaches_a_number_and_its_cases(
    qtbot: QtBot, counted: DeskWindow
) -> None:
    statistics = page(counted, "statistics")
    statistics.tabs.setFocus()
    view = statistics.table_card.view
    for _ in range(20):
        if _at(qtbot, counted) is view.values:
            break
        qtbot.keyClick(_at(qtbot, counted), Qt.Key.Key_Tab)
    view.stand_at(0, 0)
    for _ in range(2):
        qtbot.keyClick(view.values, Qt.Key.Key_Right)
    qtbot.keyClick(view.values, Qt.Key.Key_Down)
    assert _at(qtbot, counted) is view.totals
    assert "下级上报总计" in statistics.table_card.definition.where.text()
    qtbot.keyClick(view.totals, Qt.Key.Key_Up)
    assert _at(qtbot, counted) is view.values
    qtbot.keyClick(view.values, Qt.Key.Key_Return)
    assert counted.centralWidget().currentWidget().front == "disputes"
    assert len(page(counted, "disputes").browse.rows.all_shown()) == 1


def test_what_is_told_hides_nothing(qtbot: QtBot, counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    for size in ((1366, 768), (910, 512)):
        counted.resize(*size)
        qtbot.wait(20)
        card = statistics.table_card
        card.view.stand_at(0, 2)
        qtbot.wait(20)
        if size[0] < 1000:
            # The page scrolls as a whole, and nothing in it by itself.
            assert not card.definition._view.verticalScrollBar().maximum()
        shown = card.definition.geometry()
        assert not shown.intersects(card._card.geometry())
        for label in card.definition.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()


@pytest.mark.parametrize("size", TypeSize, ids=lambda size: size.name.lower())
def test_every_choice_is_read_whole(open_window: Open, village: Register, size: TypeSize) -> None:
    theme.wear(Looks(size=size))
    bar = page(open_window(village), "statistics").bar
    for chosen in (bar.table, bar.basis, bar.oral, bar.types):
        box = chosen.box
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
        for number in range(box.count()):
            needed = box.fontMetrics().horizontalAdvance(box.itemText(number))
            assert room.width() >= needed, box.itemText(number)


def test_rates_name_their_denominator(counted: DeskWindow) -> None:
    statistics = _turn_to(counted, "rates")
    table = statistics.table
    row, column = len(table.rows) - 1, table.column(SETTLED_OF_ACCEPTED.id)
    statistics.table_card.view.stand_at(row, column)
    facts = statistics.table_card.definition.facts.text()
    assert "分母：受理 2；1÷2×100＝50.0" in facts


def test_changes_are_told_with_their_formula(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    last_month = month_before(month_of(today()))
    for days in (0, (today() - last_month.last).days, (today() - last_month.first).days):
        keep_a_case(village, days_ago=days)
    window = open_window(village)
    statistics = page(window, "statistics")
    statistics.bar.picker.show_period(month_of(today()))
    statistics.refresh()
    finish(window)
    told = statistics.table_card.definition
    qtbot.waitUntil(lambda: "环比" in told.changes.text())
    assert f"环比（比{last_month.label()}）：减少 1 件，增长率（1－2）÷2×100＝-50.0%" in (
        told.changes.text()
    )
    assert "上年同期为 0，不计算增长率" in told.changes.text()


def test_another_period_counts_anew_and_keeps_the_place(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    view = statistics.table_card.view
    view.stand_at(0, 3)
    statistics.bar.picker.back.click()
    finish(counted)
    assert statistics.table.values[-1][0] == 0
    assert (view.place.row, view.place.column) == (0, 3)
    statistics.bar.picker.forth.click()
    finish(counted)
    assert statistics.table.values[-1][0] == 2


def test_every_choice_of_the_calibre_is_counted_and_said(
    counted: DeskWindow, village: Register
) -> None:
    statistics = page(counted, "statistics")
    bar = statistics.bar
    for box, place in ((bar.basis, 1), (bar.oral, 1), (bar.types, 1)):
        box.box.setCurrentIndex(place)
        box.changed.emit()
        finish(counted)
        assert statistics.table.calibre == bar.calibre
        assert statistics.table_card.calibre.text() == bar.calibre.words()
    assert "不含口头协议" in statistics.table_card.calibre.text()
    assert "按15类统计" in statistics.table_card.calibre.text()
    assert "结案日期" in statistics.table_card.calibre.text()


def test_two_days_that_make_no_period_count_nothing(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    statistics.bar.picker.kind.show_value(5)
    statistics.bar.picker._kind_changed()
    statistics.bar.picker.last.typed.setText("2020年1月1日")
    statistics.refresh()
    assert not statistics.export.isEnabled()


def test_every_table_is_written_as_a_workbook(
    qtbot: QtBot, counted: DeskWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table_id in TABLES:
        target = tmp_path / f"{table_id}.xlsx"
        monkeypatch.setattr(messages, "choose_target", lambda *_, target=target: target)
        statistics = _turn_to(counted, table_id)
        statistics.export.click()
        settle(qtbot, counted)
        assert target.is_file()
        assert str(target) in statistics._notice.more.text()


def test_a_table_is_printed_from_the_window(
    qtbot: QtBot, counted: DeskWindow, tmp_path: Path
) -> None:
    statistics = page(counted, "statistics")
    statistics.print.click()
    dialog = counted.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
    printer = list_printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "统计.pdf"))
    statistics.print_on(printer, statistics.table)
    settle(qtbot, counted)
    assert "共 1 页" in statistics._notice.said.text()
    assert statistics.print.isEnabled()


def test_a_month_asked_for_elsewhere_is_shown(counted: DeskWindow, village: Register) -> None:
    statistics = page(counted, "statistics")
    statistics.tabs.setCurrentIndex(CHARTS)
    finish(counted)
    shell = counted.centralWidget().currentWidget()
    for period in (month_of(today()), year(2024), month_of(today() - timedelta(days=400))):
        shell.go(Go("statistics", "period", what=period))
        finish(counted)
        assert statistics.tabs.currentIndex() == TABLE
        assert statistics.table.calibre.period == period
        assert statistics.bar.picker.period() == period


def test_numbers_can_be_heard(counted: DeskWindow) -> None:
    statistics = page(counted, "statistics")
    values = statistics.table_card.view.values
    told = values.model().index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "梨子园村，调解情况，调解成功：1件"


def test_numbers_that_lead_to_cases_are_blue_and_zeros_step_back(counted: DeskWindow) -> None:
    lines = page(counted, "statistics").table_card.view.values.lines
    assert lines.ink(0, 0) == "primary"
    assert lines.ink(0, 3) == "hint"
    lines = _turn_to(counted, "organisation").table_card.view.values.lines
    assert lines.texts[0][0] == "1"
    assert lines.ink(0, 0) == "ink"
