"""Where there is little room things fold, give way or follow below; nothing is cut off."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle

from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.pages.inbox_columns import coverage_columns
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.theme import Looks, TypeSize
from mediation_desk.ui.widgets import column, scrolled, words
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
_AT_150 = 910, 512


@pytest.fixture(autouse=True)
def standard_afterwards() -> Iterator[None]:
    yield
    theme.wear(Looks())


def _grid(qtbot: QtBot, spans: tuple[int, ...], width: int) -> tuple[FieldGrid, list[QLineEdit]]:
    grid = FieldGrid()
    fields = [QLineEdit(grid) for _ in spans]
    for field, span in zip(fields, spans, strict=True):
        grid.add(field, span)
    qtbot.addWidget(grid)
    grid.resize(width, 300)
    grid.show()
    return grid, fields


def test_columns_are_even_whatever_fields_ask_for(qtbot: QtBot) -> None:
    _, fields = _grid(qtbot, (4, 4, 4, 6, 6), 914)
    fields[1].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    fields[1].setPlaceholderText("梨子园村便民服务中心调解室")
    assert {field.width() for field in fields[:3]} <= {295, 296}
    assert fields[2].geometry().right() == fields[4].geometry().right() == 913
    assert fields[3].y() > fields[0].y()


def test_a_field_that_lacks_room_takes_it_from_its_neighbours(qtbot: QtBot) -> None:
    _, fields = _grid(qtbot, (1, 11), 914)
    fields[0].setMinimumWidth(120)
    qtbot.waitUntil(lambda: fields[0].width() == 120)
    assert fields[1].geometry().right() == 913


def test_fields_fold_until_each_has_the_room_it_needs(qtbot: QtBot) -> None:
    grid, fields = _grid(qtbot, (3, 3, 3, 3), 914)
    assert len({field.y() for field in fields}) == 1
    for field in fields:
        field.setMinimumWidth(400)
    qtbot.waitUntil(lambda: len({field.y() for field in fields}) == 2)
    assert grid.minimumSizeHint().width() == 400


def test_a_hidden_field_leaves_no_gap(qtbot: QtBot) -> None:
    grid, fields = _grid(qtbot, (6, 6, 6), 914)
    fields[0].hide()
    grid.lay_again()
    qtbot.waitUntil(lambda: fields[2].y() == fields[1].y() == 0)
    assert fields[1].x() == 0


def test_a_folded_line_reaches_the_end(qtbot: QtBot) -> None:
    _, fields = _grid(qtbot, (4, 4), 500)
    assert {field.width() for field in fields} == {500}


def test_two_days_of_a_period_stand_below_each_other(qtbot: QtBot) -> None:
    theme.wear(Looks(size=TypeSize.HUGE))
    picker = PeriodPicker(date(2026, 10, 22))
    qtbot.addWidget(picker)
    picker.kind.show_value(5)
    picker._kind_changed()
    picker.resize(400, 300)
    picker.show()
    qtbot.waitUntil(lambda: picker.last.mapTo(picker, picker.last.rect().topRight()).x() < 400)
    assert picker.last.mapTo(picker, picker.last.rect().topLeft()).y() > picker.first.y()


def _sideways(inside: QWidget) -> list[QScrollArea]:
    areas = inside.findChildren(QScrollArea)
    return [area for area in areas if area.isVisible() and area.horizontalScrollBar().maximum()]


def test_what_stands_beside_the_quick_form_follows_below_it_in_large_type(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    theme.wear(Looks(size=TypeSize.HUGE))
    window = open_window(village)
    window.resize(*_AT_150)
    disputes = page(window, "disputes")
    disputes.quick()
    form = disputes.form
    # What stands beside moves below once the window has its size.
    acts = (form.save_button, form.leave_button)
    qtbot.waitUntil(lambda: form.view.isAncestorOf(form.phrases))
    qtbot.waitUntil(lambda: all(act.isVisible() for act in acts))
    assert window.size().toTuple() == _AT_150
    qtbot.waitUntil(lambda: not _sideways(form))
    number = form.rows[next(iter(form.rows))].form.boxes["id_number"].editor.inner
    assert number.width() > number.fontMetrics().horizontalAdvance("990001196208174026") + 24
    for act in acts:
        assert form.rect().contains(act.mapTo(form, act.rect().bottomRight()))
    window.resize(1366, 768)
    theme.wear(Looks())
    window.resize(1360, 768)
    qtbot.waitUntil(lambda: not form.view.isAncestorOf(form.phrases))
    assert form.phrases.isVisible()


def test_parties_are_read_in_large_type(qtbot: QtBot, open_window: Open, office: Register) -> None:
    keep_a_case(office, "冉启林", "付家兴")
    theme.wear(Looks(size=TypeSize.HUGE))
    window = open_window(office)
    window.resize(*_AT_150)
    disputes = page(window, "disputes")
    settle(qtbot, window)
    table = disputes.browse.table
    assert not table.horizontalScrollBar().maximum()
    needed = table.fontMetrics().horizontalAdvance("冉启林 — 付家兴")
    assert table.columnWidth(1) > needed


@pytest.mark.parametrize("size", [(1366, 768), (1092, 614), _AT_150], ids=str)
def test_units_are_named_whole_in_the_list_of_reports(
    qtbot: QtBot, open_window: Open, office: Register, size: tuple[int, int]
) -> None:
    window = open_window(office)
    window.resize(*size)
    covered = page(window, "sending").inbox.coverage
    settle(qtbot, window)
    table = covered.table
    qtbot.waitUntil(lambda: table.columnWidth(0) >= 110)
    assert not table.isColumnHidden(len(coverage_columns(covered._months)) - 1)


def test_words_that_qt_forgot_to_make_room_for_get_it(qtbot: QtBot) -> None:
    lines = [words("依法设主任一人，请核对职务。" * 9, wrap=True) for _ in range(3)]
    view = scrolled(column(*lines))
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show()
    inner = view.widget()
    qtbot.waitUntil(lambda: inner.height() >= inner.heightForWidth(inner.width()) > 100)
    # What happens now and then when words come while Qt is laying the page out.
    inner.removeEventFilter(view)
    inner.resize(inner.width(), 100)
    inner.installEventFilter(view)
    assert inner.height() < inner.heightForWidth(inner.width())
    view._see_whether_whole()
    assert inner.height() >= inner.heightForWidth(inner.width())
    assert view.verticalScrollBar().maximum() > 0


def test_a_page_gives_air_rather_than_scroll_by_a_few_pixels(qtbot: QtBot) -> None:
    page = column(*(words("请核对。") for _ in range(5)), None, gap=10)
    page.setContentsMargins(16, 12, 16, 12)
    view = scrolled(page, 16)
    qtbot.addWidget(view)
    view.resize(300, 900)
    view.show()
    whole = view.widget().minimumSizeHint().height()
    bar = view.verticalScrollBar()
    for lacking in (4, 12):
        view.resize(300, whole - lacking)
        qtbot.waitUntil(lambda: not bar.maximum())
        assert view.widget().height() == whole - lacking
    # More than that is worth the scrolling, and all of the air is there again.
    view.resize(300, whole - 60)
    qtbot.waitUntil(lambda: bar.maximum() == 60)
    view.resize(300, whole - 8)
    qtbot.waitUntil(lambda: not bar.maximum())
    # What comes takes its room, and what goes gives the air back.
    more = [words("又来一行。") for _ in range(3)]
    for one in more:
        page.insertWidget(2, one)
    qtbot.waitUntil(lambda: bar.maximum() > 30)
    assert page.spacing() == 10
    for one in more:
        one.hide()
    qtbot.waitUntil(lambda: not bar.maximum())
    view.resize(300, whole)
    qtbot.waitUntil(lambda: page.contentsMargins().top() == page.contentsMargins().bottom() == 12)
    assert page.spacing() == 10


def test_a_page_without_edges_takes_little_from_its_gaps(qtbot: QtBot) -> None:
    page = column(*(words("请核对。") for _ in range(6)), None, gap=10)
    view = scrolled(page)
    qtbot.addWidget(view)
    whole = view.widget().minimumSizeHint().height()
    view.resize(300, whole - 7)
    view.show()
    qtbot.waitUntil(lambda: not view.verticalScrollBar().maximum())
    assert page.spacing() == 8
