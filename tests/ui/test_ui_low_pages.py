"""On the lowest screen in the largest type what matters first is in sight."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStyle, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import finish, keep_a_case, page, settle, settle_a_case, write

from mediation_desk.desk import reporting
from mediation_desk.domain.recovery_code import groups
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.pages import dispute_forms
from mediation_desk.ui.pages.code_window import CodeWindow
from mediation_desk.ui.side import WrappedButton
from mediation_desk.ui.theme import Looks, TypeSize
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
_AT_150 = 910, 512
# These correct a record that is there already, or begin at what is not yet performed.
_ELSEWHERE = {"answer", "attachment", "mend", "perform"}


@pytest.fixture(autouse=True)
def large_type() -> Iterator[None]:
    theme.wear(Looks(size=TypeSize.HUGE))
    yield
    theme.wear(Looks())


@pytest.fixture
def disputes(qtbot: QtBot, open_window: Open, village: Register) -> QWidget:
    case = keep_a_rich_case(village)
    window = open_window(village)
    window.resize(*_AT_150)
    settle(qtbot, window)
    made = page(window, "disputes")
    made.browse.show_case(case.dispute.id)
    return made


def _in_sight(part: QWidget, around: QWidget) -> bool:
    top = part.mapTo(around, QPoint(0, 0))
    return around.rect().contains(top) and around.rect().contains(
        part.mapTo(around, part.rect().bottomRight())
    )


def test_every_form_opens_at_its_top_with_the_cursor_in_sight(
    qtbot: QtBot, disputes: QWidget
) -> None:
    plain = [name for name in dispute_forms._MAKERS if name not in _ELSEWHERE]
    for begin in (disputes.register, *plain):
        disputes.step(begin) if isinstance(begin, str) else begin()
        form = disputes.form
        qtbot.wait(50)
        writing = QApplication.focusWidget()
        assert writing is not None, begin
        assert form.view.isAncestorOf(writing), begin
        assert form.view.verticalScrollBar().value() == 0, begin
        # Of a paper for long text the line that is written is enough.
        top = writing.mapTo(form.view, QPoint(0, theme.high(theme.TARGET)))
        assert form.view.rect().contains(top), begin
        disputes.close_form()


def test_a_field_asked_for_above_the_list_is_shown_whole(qtbot: QtBot, disputes: QWidget) -> None:
    disputes.browse._back()
    disputes.browse._offer_out()
    line = disputes.browse.bar._out_line
    line.masked.setChecked(False)
    line.export.click()
    qtbot.wait(50)
    field = line.receiver.editor
    assert line.receiver.finding
    assert field.height() >= field.minimumSizeHint().height()
    assert field.rect().contains(field.inner.geometry())


def test_creating_the_register_is_in_sight_and_what_is_wrong_is_summed_up(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window()
    window.resize(*_AT_150)
    founding = window.centralWidget().currentWidget()
    qtbot.wait(50)
    assert _in_sight(founding.create_button, founding)
    write(founding.fields["password"].editor.inner, "好记的密码 2026")
    founding.create_button.click()
    qtbot.wait(50)
    assert "请填写" in founding.fields["again"].finding
    wrong = [box for box in founding.fields.values() if box.finding]
    assert str(len(wrong)) in founding._told.text()
    assert _in_sight(founding._told, founding)
    assert _in_sight(founding.create_button, founding)
    assert _in_sight(QApplication.focusWidget(), founding)


def test_the_line_below_the_title_scrolls_with_the_file(qtbot: QtBot, disputes: QWidget) -> None:
    card = disputes.browse.card
    disputes.browse._opened(0)
    qtbot.waitUntil(lambda: card._low)
    for number in range(card.tabs.count()):
        card.tabs.setCurrentIndex(number)
        view = card._body.currentWidget()
        assert view.updatesEnabled()
        told = [label.text() for label in view.findChildren(QLabel)]
        assert (card._more.text() in told) is (number == 0)
    assert not card._more.isVisible()
    card.tabs.setCurrentIndex(0)
    disputes.window().resize(1366, 900)
    qtbot.waitUntil(card._more.isVisible)
    shown = card._body.currentWidget().findChildren(QLabel)
    assert card._more.text() not in [label.text() for label in shown]


def test_phrases_are_read_to_their_end(qtbot: QtBot, disputes: QWidget) -> None:
    disputes.quick()
    form = disputes.form
    form.main.boxes["type"].show_value("02")
    form.main.boxes["type"].changed.emit()
    qtbot.wait(50)
    phrases = form.phrases.findChildren(WrappedButton)
    assert phrases
    for phrase in phrases:
        assert phrase._shown(phrase.width()) == phrase.text()
        assert phrase.height() >= phrase.heightForWidth(phrase.width())
    disputes.close_form()


def test_the_footer_gives_way_and_the_header_says_what_goes_on(
    qtbot: QtBot, disputes: QWidget
) -> None:
    window = disputes.window()
    shell = window.centralWidget().currentWidget()
    assert not shell._footer.isVisible()
    whose = shell._header._whose
    assert whose.isVisible()
    shell.workplace.jobs.busy.emit("正在备份…")
    assert shell._header._told.isVisible()
    assert shell._header._told.text() == "正在备份…"
    shell.workplace.jobs.busy.emit("")
    assert whose.isVisible()
    assert not shell._header._told.isVisible()
    window.resize(1366, 768)
    qtbot.waitUntil(shell._footer.isVisible)
    shell.workplace.jobs.busy.emit("正在备份…")
    assert whose.isVisible()
    shell.workplace.jobs.busy.emit("")


def test_the_title_of_the_settings_gives_way(qtbot: QtBot, disputes: QWidget) -> None:
    settings = page(disputes.window(), "settings")
    assert not settings._head.isVisible()
    disputes.window().resize(1366, 900)
    qtbot.waitUntil(settings._head.isVisible)


def test_the_levels_of_warning_are_read_whole(qtbot: QtBot, disputes: QWidget) -> None:
    part = page(disputes.window(), "settings").part("warnings")
    qtbot.wait(50)
    for row in part.levels:
        for editor in (row.colour, row.owner, row.name, row.hours):
            line = editor.inner
            said = line.text() or line.placeholderText()
            # What the style sheet leaves free at both sides, and the border.
            assert line.width() - 26 >= line.fontMetrics().horizontalAdvance(said), said


def test_a_refused_password_is_explained_whole(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    folder = village.folder
    village.close()
    window = open_window(folder=folder)
    window.resize(*_AT_150)
    unlock = window.centralWidget().currentWidget()
    unlock._show(
        "这本登记簿是更新版本的程序建的，本机的程序太旧，打不开。请先升级本机的调解台。" * 2
    )
    qtbot.wait(50)
    assert unlock.told.height() >= unlock.told.heightForWidth(unlock.told.width())
    assert unlock.open.y() >= unlock.told.geometry().bottom()


def test_a_table_on_a_page_that_scrolls_never_scrolls_by_itself(
    qtbot: QtBot, disputes: QWidget, village: Register
) -> None:
    settle_a_case(village, keep_a_case(village, "何世明", "何世全"))
    statistics = page(disputes.window(), "statistics")
    view = statistics.table_card.view
    for layout in reporting.tables():
        statistics.bar.table.show_value(layout.id)
        statistics.bar.changed.emit()
        finish(disputes.window())
        qtbot.wait(30)
        assert view._whole, layout.id
        assert view.values.verticalScrollBar().maximum() == 0, layout.id


def test_a_menu_higher_than_the_screen_scrolls(disputes: QWidget) -> None:
    # Qt would set it in columns, which a narrow screen cuts off at the right.
    menu = disputes.browse.card.steps.menu
    menu.ensurePolished()
    scrolls = QStyle.StyleHint.SH_Menu_Scrollable
    assert menu.style().styleHint(scrolls, None, menu)


def test_a_tab_brings_up_what_it_shows(qtbot: QtBot, open_window: Open, office: Register) -> None:
    window = open_window(office)
    window.resize(*_AT_150)
    receiving = page(window, "sending")
    settle(qtbot, window)
    tabs, bar = receiving.inbox.tabs, receiving.view.verticalScrollBar()
    assert bar.value() == 0
    top = tabs.mapTo(receiving.view, QPoint(0, 0)).y()
    assert top > receiving.view.height() - theme.high(150)
    tabs.setCurrentIndex(tabs.count() - 1)
    qtbot.waitUntil(lambda: bar.value() > 0)
    risen = tabs.mapTo(receiving.view, QPoint(0, 0)).y()
    assert 0 <= risen < top
    assert risen < theme.high(theme.TARGET) or bar.value() == bar.maximum()


def test_all_groups_of_the_code_are_seen_before_it_can_be_taken(
    qtbot: QtBot, disputes: QWidget
) -> None:
    """Who copies by hand takes what is in sight for the whole code."""
    asked = CodeWindow(disputes, disputes.browse.card._workplace)
    asked.show()
    qtbot.waitExposed(asked)
    qtbot.wait(50)
    assert asked.height() <= _AT_150[1]
    told = {label.text(): label for label in asked.findChildren(QLabel)}
    scrolled = asked.findChild(QScrollArea)
    assert len(set(groups(asked._code))) > 1
    for group in groups(asked._code):
        label = told[group]
        assert not scrolled.isAncestorOf(label), group
        assert label.height() >= label.sizeHint().height(), group
        assert _in_sight(label, asked), group
        assert label.mapTo(asked, label.rect().bottomLeft()).y() < asked.copied.y()
    asked.reject()
