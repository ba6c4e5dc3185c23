"""The charts: every number can be read, heard, reached by keys and opened, in every look."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from test_ui_look import LOOKS, _contrast
from ui_tools import finish, keep_a_case, page, settle_a_case

from mediation_desk.desk.charted import charted, twelve_months
from mediation_desk.desk.clock import today
from mediation_desk.domain.periods import month, month_of, months_of
from mediation_desk.figures.calibre import Calibre
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.charts.bars import Bar, BarChart
from mediation_desk.ui.charts.chart import Chart, Mark
from mediation_desk.ui.charts.heat import HeatRow, HeatTable, step_of, steps
from mediation_desk.ui.charts.trend import Series, TrendChart, scale_top
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.charts_view import ChartsView
from mediation_desk.ui.pages.statistics import CHARTS
from mediation_desk.ui.theme import Looks, Scheme, TypeSize
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
NOTHING = "这段时间没有纠纷。"


@pytest.fixture(autouse=True)
def standard_afterwards() -> Iterator[None]:
    yield
    theme.wear(Looks())


def _mark(value: int, name: str = "") -> Mark:
    return Mark(value, str(value), f"{name}：{value} 件", (name, value))


def _bars() -> BarChart:
    made = BarChart("纠纷类型", NOTHING)
    counts = {"邻里": 4, "合同": 9, "旅游": 1}
    made.show_bars([Bar(name, _mark(count, name), "1.0%") for name, count in counts.items()])
    return made


def _trend() -> TrendChart:
    made = TrendChart("每月", NOTHING)
    now = Series("2026年", (_mark(3, "1月"), _mark(0, "2月"), None))
    before = Series("2025年", (_mark(5, "去年1月"), _mark(2, "去年2月"), _mark(1, "去年3月")))
    made.show_series(("1月", "2月", "3月"), (now, before))
    return made


def _heat() -> HeatTable:
    made = HeatTable("各单位每月", NOTHING)
    rows = [
        HeatRow(name, (*(_mark(value, name) for value in values), _mark(sum(values), name)))
        for name, values in (("甲村", (0, 3)), ("乙村", (8, 1)))
    ]
    rows.append(HeatRow("合计", (_mark(8), _mark(4), _mark(12)), total=True))
    made.show_rows(("1月", "2月", "合计"), rows)
    return made


MAKERS = {"bars": _bars, "trend": _trend, "heat": _heat}


def _shown(qtbot: QtBot, make: Callable[[], Chart]) -> Chart:
    chart = make()
    qtbot.addWidget(chart)
    chart.resize(max(chart.minimumWidth(), 700), chart.minimumHeight())
    chart.show()
    qtbot.waitExposed(chart)
    return chart


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_mark_is_reached_by_arrows_heard_and_opened(
    qtbot: QtBot, make: Callable[[], Chart]
) -> None:
    chart = _shown(qtbot, make)
    heard: set[str] = set()
    opened: list[object] = []
    chart.opened.connect(opened.append)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up)
    seen, waiting = set(), [chart._current]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        for key in keys:
            chart.go_to(number)
            qtbot.keyClick(chart, key)
            waiting.append(chart._current)
        chart.go_to(number)
        heard.add(chart.accessibleDescription())
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert seen == set(range(len(chart.marks)))
    assert heard == {mark.words for mark in chart.marks}
    assert sorted(opened) == sorted(mark.what for mark in chart.marks)
    assert chart.accessibleName()
    assert all(mark.words in chart.whole_words() for mark in chart.marks)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_every_mark_is_opened_by_the_mouse_and_told_in_a_tip(
    qtbot: QtBot, make: Callable[[], Chart]
) -> None:
    chart = _shown(qtbot, make)
    for number, mark in enumerate(chart.marks):
        at = chart.place(number).center().toPoint()
        event = QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at))
        QApplication.sendEvent(chart, event)
        assert QToolTip.text() == mark.words
        with qtbot.waitSignal(chart.opened) as opened:
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
        assert opened.args == [mark.what]
    QToolTip.hideText()
    nowhere = QPoint(1, chart.height() - 1) if make is _trend else QPoint(-5, -5)
    assert chart.mark_at(QPointF(nowhere)) == -1


def test_a_point_is_opened_as_well_as_its_number(qtbot: QtBot) -> None:
    chart = _shown(qtbot, _trend)
    assert isinstance(chart, TrendChart)
    at = chart._point(0, chart.marks[0]).toPoint()
    with qtbot.waitSignal(chart.opened) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [("1月", 3)]


def _grey(picture: QImage, area: tuple[int, int, int, int]) -> bytes:
    """A part of a picture as somebody sees it who cannot tell colours."""
    grey = picture.copy(*area).convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(grey.constBits())


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_both_lines_are_told_apart_without_colour(qtbot: QtBot, scheme: Scheme) -> None:
    theme.wear(Looks(scheme))
    chart = _shown(qtbot, _trend)
    picture = chart.grab().toImage()
    high = theme.high(30)
    samples = [_grey(picture, (8, chart.height() - (2 - line) * high, 34, high)) for line in (0, 1)]
    assert samples[0] != samples[1]
    pens = [chart._pen(which).style() for which in (0, 1)]
    assert pens == [Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine]


def test_the_longest_bar_stands_first_and_lengths_are_in_proportion(qtbot: QtBot) -> None:
    chart = _shown(qtbot, _bars)
    assert isinstance(chart, BarChart)
    assert [bar.label for bar in chart.bars] == ["合同", "邻里", "旅游"]
    picture = chart.grab().toImage()
    ink = QColor(theme.tokens().primary)
    long = []
    for number in range(3):
        middle = chart.place(number).center().toPoint().y()
        long.append(sum(picture.pixelColor(x, middle) == ink for x in range(chart.width())))
    assert long[0] / long[1] == pytest.approx(9 / 4, rel=0.05)
    assert long[0] / long[2] == pytest.approx(9, rel=0.2)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_numbers_stand_out_from_every_warmth(look: theme.Tokens) -> None:
    grounds = [ground for ground, _ink in steps(look)]
    assert len(set(grounds)) == len(grounds)
    for ground, ink in steps(look):
        assert _contrast(ink, ground) >= 4.5, (ground, ink)
    for ink in (look.primary, look.ink2):
        # The lines and bars themselves.
        assert _contrast(ink, look.card) >= 3
    assert _contrast(look.hint, look.card) >= 4.5


def test_more_is_never_paler() -> None:
    assert step_of(0, 0) == step_of(0, 7) == 0
    for most in (1, 2, 3, 4, 9, 100):
        found = [step_of(value, most) for value in range(most + 1)]
        assert found == sorted(found)
        assert found[-1] == 4
        assert found[1] >= 1
    assert step_of(50, 9) == 4


def test_the_scale_is_round_and_holds_everything() -> None:
    for most in range(2000):
        top = scale_top(most)
        assert top >= most
        assert top % 2 == 0
        assert top <= 2 * most or top == 2


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("size", TypeSize, ids=lambda size: size.name.lower())
def test_every_number_has_room_in_any_type(
    qtbot: QtBot, make: Callable[[], Chart], size: TypeSize
) -> None:
    theme.wear(Looks(size=size))
    chart = _shown(qtbot, make)
    chart.resize(chart.minimumSize())
    for number, mark in enumerate(chart.marks):
        place = chart.place(number)
        assert chart.rect().contains(place.toAlignedRect().adjusted(1, 1, -1, -1))
        assert place.height() >= chart.fontMetrics().height()
        assert place.width() >= chart.fontMetrics().horizontalAdvance(mark.shown)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_an_empty_chart_says_so(qtbot: QtBot, make: Callable[[], Chart]) -> None:
    chart = _shown(qtbot, make)
    if isinstance(chart, BarChart):
        chart.show_bars(())
    elif isinstance(chart, TrendChart):
        chart.show_series((), ())
    elif isinstance(chart, HeatTable):
        chart.show_rows((), ())
    assert chart.accessibleDescription() == chart.whole_words() == NOTHING
    assert chart.focusPolicy() is Qt.FocusPolicy.NoFocus
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert not chart.grab().isNull()


@pytest.fixture
def heard() -> Iterator[None]:
    """A program that reads the screen aloud is running."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def _told(chart: Chart) -> list[str]:
    face = QAccessible.queryAccessibleInterface(chart)
    return [face.child(n).text(QAccessible.Text.Name) for n in range(face.childCount())]


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_whoever_hears_the_screen_finds_every_value_where_it_stands(
    qtbot: QtBot, make: Callable[[], Chart]
) -> None:
    chart = _shown(qtbot, make)
    assert _told(chart) == [mark.words for mark in chart.marks]
    face = QAccessible.queryAccessibleInterface(chart)
    for width in (0, 260):
        chart.resize(chart.minimumWidth() + width, chart.minimumHeight())
        for number in range(face.childCount()):
            part = face.child(number)
            assert part.role() == QAccessible.Role.StaticText
            corner = chart.mapFromGlobal(part.rect().topLeft())
            assert corner == chart.place(number).toAlignedRect().topLeft()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(1).center().toPoint())
    assert chart.current is chart.marks[1], "what is heard takes no click away"


@pytest.mark.usefixtures("heard")
def test_what_is_heard_goes_with_the_marks(qtbot: QtBot) -> None:
    chart = _bars()
    qtbot.addWidget(chart)
    chart.show_bars([Bar("合同", _mark(3, "合同"))])
    assert _told(chart) == ["合同：3 件"]
    chart.show_bars(())
    assert not _told(chart)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_nobody_listening_costs_nothing(qtbot: QtBot, make: Callable[[], Chart]) -> None:
    QAccessible.setActive(False)
    assert not _shown(qtbot, make).children()


# On the page


@pytest.fixture
def counted(village: Register) -> Register:
    settle_a_case(village, keep_a_case(village, "秦德珍", "蒋仕文", days_ago=0))
    keep_a_case(village, "何世明", "何世全", days_ago=0)
    keep_a_case(village, "冉启林", "付家兴", days_ago=40)
    return village


def _charts(window: DeskWindow) -> ChartsView:
    statistics = page(window, "statistics")
    statistics.bar.picker.show_period(month_of(today()))
    statistics.tabs.setCurrentIndex(CHARTS)
    finish(window)
    return statistics.charts


def test_what_is_drawn_is_what_is_counted(open_window: Open, counted: Register) -> None:
    window = open_window(counted)
    shown = _charts(window)
    assert [(bar.label, bar.mark.shown, bar.share) for bar in shown.types.bars] == [
        ("邻里", "2", "100.0%")
    ]
    now, before = shown.trend._series
    assert now.marks[-1].value == 2
    assert sum(mark.value for mark in now.marks if mark) == 3
    assert sum(mark.value for mark in before.marks if mark) == 0
    texts = {name: number.value.text() for name, number in shown.numbers.items()}
    assert texts == {"total": "2", "settled": "1", "rate": "50.0%", "amount": "0.30"}
    assert "0（+2）" in shown.numbers["total"].change.text()
    assert shown.calibre.text().startswith("统计期间：")


def test_a_period_that_is_not_over_is_not_compared_with_the_same_days(
    open_window: Open, counted: Register
) -> None:
    shown = _charts(open_window(counted))
    period = month_of(today())
    found = charted(counted, Calibre(period))
    for day, past in ((period.first, "上年全期"), (period.last, "上年同期")):
        shown.show_charted(found, day)
        for number in ("total", "rate"):
            assert shown.numbers[number].change.text().startswith(past)


def test_every_number_of_the_charts_opens_as_many_cases(
    qtbot: QtBot, open_window: Open, counted: Register
) -> None:
    window = open_window(counted)
    shown = _charts(window)
    statistics = page(window, "statistics")
    statistics.going.disconnect(window.centralWidget().currentWidget().go)
    went: list[object] = []
    statistics.going.connect(went.append)
    for chart in (shown.trend, shown.types):
        for number, mark in enumerate(chart.marks):
            chart.go_to(number)
            qtbot.keyClick(chart, Qt.Key.Key_Return)
            go = went.pop()
            assert isinstance(go, Go)
            assert len(go.what.find()) == mark.value, mark.words
    for name, count in (("total", 2), ("settled", 1), ("amount", 1)):
        qtbot.mouseClick(shown.numbers[name], Qt.MouseButton.LeftButton)
        assert len(went.pop().what.find()) == count


def test_the_office_sees_its_units_by_month(
    qtbot: QtBot, open_window: Open, office: Register
) -> None:
    keep_a_case(office, days_ago=0)
    window = open_window(office)
    shown = _charts(window)
    heat = shown.units
    assert heat.isVisible()
    assert heat._rows[-1].name == "合计"
    assert heat._rows[-1].marks[-1].value == 1
    assert all(mark.words.count("：") == 1 for mark in heat.marks)
    now = [mark for mark in heat.marks if mark.value]
    assert {mark.value for mark in now} == {1}


def test_a_month_that_has_not_begun_has_no_number(open_window: Open, village: Register) -> None:
    keep_a_case(village, days_ago=0)
    window = open_window(village)
    statistics = page(window, "statistics")
    ahead = month_of(month_of(today()).last + timedelta(days=1))
    statistics.bar.picker.show_period(ahead)
    statistics.tabs.setCurrentIndex(CHARTS)
    finish(window)
    now, before = statistics.charts.trend._series
    assert now.marks[-1] is None
    assert now.marks[-2].value == 1
    assert before.marks[-1] is not None


def test_twelve_months_end_with_the_last_of_the_period() -> None:
    found = twelve_months(month(2026, 2))
    assert months_of(found)[0] == month(2025, 3)
    assert len(months_of(found)) == 12
    assert found.last == month(2026, 2).last


def test_a_desk_alone_has_no_table_of_units(village: Register, office: Register) -> None:
    assert charted(village, Calibre(month(2026, 2))).units is None
    assert charted(office, Calibre(month(2026, 2))).units is not None
