"""Larger type, other colours, smaller screens: all is read, nothing is lost, and it is kept."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, press, settle, settle_a_case, write

import mediation_desk
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import Role
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui import window_frame as window_module
from mediation_desk.ui.pages.guide_page import CHAPTERS, GuidePage, text_of
from mediation_desk.ui.remembering import remember, remembered_bytes
from mediation_desk.ui.shell import Shell
from mediation_desk.ui.theme import Looks, Scheme, TypeSize
from mediation_desk.ui.widgets import Elided
from mediation_desk.ui.window import DeskWindow
from mediation_desk.ui.window_frame import SMALLEST_SIZE

Open = Callable[..., DeskWindow]
SIZES = [(1366, 768), (1093, 614), (910, 512)]
MAIN_PAGES = ("home", "disputes", "works", "statistics", "sending", "organisation", "settings")


@pytest.fixture(autouse=True)
def standard_afterwards() -> Iterator[None]:
    yield
    theme.wear(Looks())


def _shell(window: DeskWindow) -> Shell:
    shell = window.centralWidget().currentWidget()
    assert isinstance(shell, Shell)
    return shell


def _display(window: DeskWindow) -> QWidget:
    return page(window, "settings").part("display")


def _sideways(inside: QScrollArea) -> list[QScrollArea]:
    """What has to be scrolled sideways."""
    return [
        area
        for area in (inside, *inside.findChildren(QScrollArea))
        if area.isVisible() and area.horizontalScrollBar().maximum()
    ]


def _seen_whole(label: QWidget) -> bool:
    """Whether a widget is as wide as its text needs, wherever it may have been scrolled to."""
    return label.width() >= label.sizeHint().width()


def _at_rest(qtbot: QtBot, window: DeskWindow) -> None:
    """Wait for what pages count on the worker, and until every part has found its place."""
    settle(qtbot, window)
    qtbot.wait(20)


def _clipped(inside: QWidget) -> list[str]:
    found = []
    for kind in (QPushButton, QCheckBox, QToolButton):
        buttons = [entry for entry in inside.findChildren(kind) if entry.isVisible()]
        found += [entry.text() for entry in buttons if entry.text() and not _seen_whole(entry)]
        line = inside.fontMetrics().height()
        found += [f"{one.text()}: low" for one in buttons if one.text() and one.height() < line]
    for label in inside.findChildren(QLabel):
        plain = label.isVisible() and label.text() and not label.wordWrap()
        if plain and not isinstance(label, Elided) and not _seen_whole(label):
            found.append(label.text())
        if plain and label.height() < label.fontMetrics().height() - 2:
            found.append(f"{label.text()}: low")
    return found


@pytest.fixture
def registers(village: Register, office: Register) -> tuple[Register, Register]:
    settle_a_case(village, keep_a_case(village, days_ago=3))
    keep_a_case(village, "何世明", "何世全", days_ago=2)
    keep_a_case(office, "冉启林", "付家兴")
    return village, office


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("type_size", TypeSize, ids=lambda size: size.name.lower())
def test_nothing_is_clipped_in_any_type(
    qtbot: QtBot,
    open_window: Open,
    registers: tuple[Register, Register],
    type_size: TypeSize,
    size: tuple[int, int],
) -> None:
    theme.wear(Looks(size=type_size))
    for register in registers:
        window = open_window(register)
        window.resize(*size)
        qtbot.wait(10)
        shell = _shell(window)
        for name in MAIN_PAGES:
            shown = shell.turn_to(name)
            _at_rest(qtbot, window)
            assert not _clipped(window), name
            assert window.size().toTuple() == size, name
            if type_size is TypeSize.STANDARD:
                assert not _sideways(shell._rooms[name]), name
            assert shown.isVisible()
        shell.show_guide()
        _at_rest(qtbot, window)
        assert not _clipped(window), "guide"
        _whole_rail(shell)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("type_size", TypeSize, ids=lambda size: size.name.lower())
def test_nothing_is_clipped_before_the_desk_opens(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    type_size: TypeSize,
    size: tuple[int, int],
) -> None:
    theme.wear(Looks(size=type_size))
    village.close()
    founding, locked = open_window(), open_window(folder=village.folder)
    for window in (founding, locked):
        window.resize(*size)
        qtbot.wait(20)
        assert not _clipped(window)
        view = window.centralWidget().currentWidget()
        assert not any(_sideways(area) for area in view.findChildren(QScrollArea))
    locked._choose_practice()
    qtbot.wait(20)
    assert not _clipped(locked)


def _whole_rail(shell: Shell) -> None:
    for tab in shell._tabs.values():
        assert tab.height() >= theme.TARGET
        assert tab.width() >= tab.fontMetrics().horizontalAdvance(tab.text())
        assert shell._rail.rect().contains(tab.geometry()), tab.text()


def test_the_type_changes_at_once_and_is_kept(
    qtbot: QtBot, open_window: Open, registers: tuple[Register, Register]
) -> None:
    window = open_window(registers[0])
    before = page(window, "disputes").browse.table.rowHeight(0)
    low = _shell(window)._leave.fontMetrics().height()
    qtbot.mouseClick(_display(window).sizes[2], Qt.MouseButton.LeftButton)
    shell = _shell(window)
    assert shell.front == "settings"
    assert shell._leave.fontMetrics().height() > low * 1.5
    assert page(window, "disputes").browse.table.rowHeight(0) > before
    assert theme.remembered_looks() == Looks(Scheme.SYSTEM, TypeSize.HUGE)
    # As at the next start.
    theme.wear(Looks())
    theme.apply(QApplication.instance())  # type: ignore[arg-type]
    assert theme.looks().size is TypeSize.HUGE
    qtbot.mouseClick(_display(window).sizes[0], Qt.MouseButton.LeftButton)
    assert page(window, "disputes").browse.table.rowHeight(0) == before


@pytest.mark.parametrize(
    ("number", "tokens"), [(1, theme.LIGHT), (2, theme.DARK), (3, theme.CONTRAST)]
)
def test_colours_change_at_once(
    qtbot: QtBot, open_window: Open, village: Register, number: int, tokens: theme.Tokens
) -> None:
    window = open_window(village)
    qtbot.mouseClick(_display(window).schemes[number], Qt.MouseButton.LeftButton)
    assert theme.tokens() is tokens
    assert window.palette().color(QPalette.ColorRole.Window) == QColor(tokens.page)
    qtbot.wait(20)
    picture = window.grab().toImage()
    corner = picture.pixelColor(window.width() - 4, window.height() // 2)
    assert corner == QColor(tokens.page)
    assert _display(window).schemes[number].isChecked()


def test_edges_are_thicker_in_high_contrast() -> None:
    assert "border: 2px solid #000000" in theme.style_sheet(theme.CONTRAST)
    assert "border: 1px solid" not in theme.style_sheet(theme.CONTRAST)


def test_nonsense_on_disk_is_no_choice() -> None:
    remember("scheme", "pink")
    remember("type", "400")
    remember("geometry", "no bytes")
    assert theme.remembered_looks() == Looks()
    assert remembered_bytes("geometry").isEmpty()


def test_what_is_written_survives_another_type(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    line = disputes.form.findChild(QLineEdit)
    line.setFocus()
    form_before = disputes.form
    write(disputes.form.parties[0].form.boxes["name"].editor.inner, "秦德珍")
    qtbot.mouseClick(_display(window).sizes[1], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    after = page(window, "disputes").form
    assert after is not None
    assert after is not form_before
    assert after.parties[0].form.boxes["name"].value() == "秦德珍"
    assert len(village.drafts()) == 1
    after.touched = False


def test_the_window_fits_a_smaller_screen(open_window: Open, village: Register) -> None:
    window = open_window(village)
    window.setGeometry(2600, 1400, 2400, 1300)
    remember("geometry", window.saveGeometry())
    again = open_window(folder=village.folder / "none")
    room = again.screen().availableGeometry()
    made = DeskWindow(village.folder / "none")
    try:
        least = QSize(*SMALLEST_SIZE)
        assert made.width() <= max(room.width(), least.width())
        assert made.height() <= max(room.height(), least.height())
        assert QRect(made.pos(), QSize(1, 1)).intersects(room)
    finally:
        made.put_away()
        made.deleteLater()


def test_the_first_window_is_no_larger_than_the_screen(
    open_window: Open, village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "USUAL_SIZE", (2600, 1700))
    made = open_window(folder=village.folder / "none")
    again = DeskWindow(village.folder / "none")
    try:
        room = made.screen().availableGeometry()
        assert again.width() == max(room.width(), SMALLEST_SIZE[0])
        assert again.height() == max(room.height(), SMALLEST_SIZE[1])
        assert again.pos() == room.topLeft()
    finally:
        again.put_away()
        again.deleteLater()


def test_a_window_that_stood_further_out_comes_back_onto_the_screen(
    open_window: Open, village: Register
) -> None:
    before = open_window(village)
    room = before.screen().availableGeometry()
    before.setGeometry(QRect(room.center(), QSize(*SMALLEST_SIZE)))
    remember("geometry", before.saveGeometry())
    again = DeskWindow(village.folder / "none")
    try:
        assert again.size() == QSize(*SMALLEST_SIZE)
        assert again.pos() == room.topLeft()
    finally:
        again.put_away()
        again.deleteLater()


def test_help_opens_where_one_is_and_leads_back(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    shell = _shell(window)
    shell.turn_to("organisation")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(shell._pages.get("guide"), GuidePage))
    guide = shell._pages["guide"]
    assert guide.isVisible()
    assert guide.chapters[guide.list.currentRow()].name == "organisation"
    assert "妇女" in guide.text.toPlainText()
    qtbot.keyClick(guide.list, Qt.Key.Key_Up)
    assert guide.text.toPlainText().startswith("每月报送")
    assert "各村" not in guide.text.toPlainText()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(shell._pages["organisation"].isVisible)
    assert not guide.isVisible()


def test_help_knows_the_form_in_front(open_window: Open, village: Register) -> None:
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    shell = _shell(window)
    shell.show_guide()
    guide = shell._pages["guide"]
    assert guide.chapters[guide.list.currentRow()].name == "register"
    assert "Esc" in guide.back.toolTip()
    guide.back.click()
    assert disputes.form.isVisible()
    disputes.form.touched = False


def test_every_chapter_has_steps_and_no_way_out() -> None:
    for chapter in CHAPTERS:
        text = text_of(chapter)
        assert text.startswith("# "), chapter.name
        assert len(text) > 60, chapter.name
        assert "http" not in text
        assert "](" not in text
    told = {role: [one for one in CHAPTERS if role in one.roles] for role in Role}
    assert all(any("sending" in one.about for one in chapters) for chapters in told.values())


def test_the_guide_names_what_there_is() -> None:
    """What stands in bold is a word of the program or a key, so that people find it."""
    package = Path(mediation_desk.__file__).parent
    said = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    missing = [
        (chapter.name, word)
        for chapter in CHAPTERS
        for bold in re.findall(r"\*\*(.+?)\*\*", text_of(chapter))
        for word in re.split(r" → ", bold)
        if word not in said and not re.fullmatch(r"[\w+\-]+", word, re.ASCII) and "年" not in word
    ]
    assert not missing


def test_the_footer_tells_of_the_last_backup(open_window: Open, village: Register) -> None:
    said = [label.text() for label in open_window(village).findChildren(QLabel)]
    assert any("还没有备份过" in text for text in said)
    village.back_up()
    said = [label.text() for label in open_window(village).findChildren(QLabel)]
    assert any("上次备份 今天" in text for text in said)


def test_the_footer_calls_the_day_anew_when_another_has_come(
    open_window: Open, village: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.back_up()
    shell = _shell(open_window(village))
    said = shell._footer._state
    assert "上次备份 今天" in said.text()
    later = today() + timedelta(days=1)
    monkeypatch.setattr("mediation_desk.ui.shell.today", lambda: later)
    shell.clock.refresh()
    assert "上次备份 昨天" in said.text()
    # What is being done is not talked over.
    shell._footer._busy("正在备份…")
    monkeypatch.setattr("mediation_desk.ui.shell.today", lambda: later + timedelta(days=1))
    shell.clock.refresh()
    assert said.text() == "正在备份…"


def test_pages_are_reached_by_key(qtbot: QtBot, open_window: Open, village: Register) -> None:
    window = open_window(village)
    shell = _shell(window)
    for number, name in enumerate(MAIN_PAGES):
        press(qtbot, window, Qt.Key(Qt.Key.Key_1 + number))
        qtbot.waitUntil(lambda name=name: shell.front == name)
    for tab in shell._tabs.values():
        assert isinstance(tab, QAbstractButton)
    assert shell._pages["disputes"].findChild(QTableView)
