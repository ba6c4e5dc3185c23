"""On every page at every scaling: buttons do something, are big enough, and nothing is clipped."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle_a_case

from mediation_desk.desk import reporting
from mediation_desk.figures.table import Level
from mediation_desk.store.register import Register
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.stat_measure import label_of
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import (
    CONTRAST,
    DARK,
    LIGHT,
    ROW,
    TARGET,
    Tokens,
    Tone,
    font,
    style_sheet,
)
from mediation_desk.ui.widgets import Elided, scrolled, words
from mediation_desk.ui.widgets import column as stacked
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
# 1366×768 pixels at 100, 125 and 150 % scaling.
SIZES = [(1366, 768), (1093, 614), (910, 512)]
STEPS = ("edit", "session", "agree", "terminate", "transfer", "void")
SETTLED_STEPS = ("visit", "agreement", "archive", "reopen")


def _pages(window: DeskWindow) -> Iterator[tuple[str, QWidget]]:
    disputes = page(window, "disputes")
    yield "disputes", disputes
    assert disputes.browse.card.case is not None
    if disputes.browse.card.mine:
        for steps in (STEPS, SETTLED_STEPS):
            for step in steps:
                disputes.step(step)
                yield step, disputes
                disputes.form.touched = False
                disputes.form.leave()
            disputes.browse.table.selectRow(1)
        for number in range(4):
            disputes.browse.card.tabs.setCurrentIndex(number)
            yield f"tab {number}", disputes
        disputes.register()
        yield "register", disputes
        disputes.form.parties[0].more.click()
        yield "register fully", disputes
        disputes.form.touched = False
        disputes.form.leave()
    for name in ("home", "statistics", "sending"):
        yield name, page(window, name)


def _shown(inside: QWidget, kind: type) -> list[QWidget]:
    return [entry for entry in inside.findChildren(kind) if entry.isVisible()]


@pytest.fixture
def registers(village: Register, office: Register) -> tuple[Register, Register]:
    settle_a_case(village, keep_a_case(village, days_ago=3))
    keep_a_case(village, "何世明", "何世全", days_ago=2)
    keep_a_case(office, "冉启林", "付家兴")
    return village, office


def test_every_button_does_something(
    open_window: Open, registers: tuple[Register, Register]
) -> None:
    for register in registers:
        window = open_window(register)
        for name, shown in [("window", window), *_pages(window)]:
            for found in _shown(shown, QPushButton):
                works = found.receivers(SIGNAL("clicked()")) + found.receivers(
                    SIGNAL("clicked(bool)")
                )
                works += found.receivers(SIGNAL("toggled(bool)"))
                assert works or found.menu() is not None, (name, found.text())


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_clipped(
    qtbot: QtBot, open_window: Open, registers: tuple[Register, Register], size: tuple[int, int]
) -> None:
    for register in registers:
        window = open_window(register)
        window.resize(*size)
        qtbot.wait(10)
        for name, shown in _pages(window):
            qtbot.wait(10)
            for kind in (QPushButton, QCheckBox, QToolButton):
                for found in _shown(shown, kind):
                    _big_enough(name, found)
            for label in _shown(shown, QLabel):
                if not isinstance(label, Elided) and not label.wordWrap() and label.text():
                    needed = label.sizeHint().width()
                    assert label.width() >= needed, (name, label.text(), label.width(), needed)
            assert window.size().toTuple() == size, name


def _big_enough(name: str, found: QAbstractButton) -> None:
    if found.text():
        needed = found.sizeHint().width()
        assert found.width() >= needed, (name, found.text(), found.width(), needed)
        assert found.height() >= TARGET, (name, found.text(), found.height())


def _light(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LOOKS = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def _declared(rules: str, name: str) -> str:
    """The colour that a rule of the style declares under `name`, or nothing."""
    for part in rules.split(";"):
        key, _, value = part.partition(":")
        if key.strip() == name and (found := _COLOUR.search(value)):
            return found[0]
    return ""


def _pairs_of_the_style(look: Tokens) -> Iterator[tuple[str, str, str]]:
    """Every colour of text in the style with every ground that it can stand on, by its rule."""
    grounds = {"page": look.page, "card": look.card, "hollow": look.hollow}
    under = {"header": look.bar, 'practice="true"': look.amber}
    for selector, rules in _RULE.findall(style_sheet(look)):
        for ink, own in (
            (_declared(rules, "color"), _declared(rules, "background")),
            (
                _declared(rules, "selection-color"),
                _declared(rules, "selection-background-color"),
            ),
        ):
            inside = [ground for name, ground in under.items() if name in selector]
            if not ink:
                continue
            for ground in [own] if own else inside[-1:] or grounds.values():
                yield selector.strip(), ink, ground


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_words_stand_out_from_their_ground(look: Tokens) -> None:
    pairs = [
        ("ink", look.ink, ground)
        for ground in (look.card, look.page, look.hollow, look.blue_soft, look.red_soft)
    ]
    pairs += [("tone", *look.of(tone)) for tone in Tone]
    pairs += [("practice", look.card, look.ink2), ("chip", look.blue, look.card)]
    pairs += [("painted", ink, look.hollow) for ink in (look.ink2, look.hint, look.primary)]
    pairs += _pairs_of_the_style(look)
    assert len(pairs) > 80
    weak = [(*pair, round(_contrast(*pair[1:]), 2)) for pair in pairs if _contrast(*pair[1:]) < 4.5]
    assert not weak


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_edges_of_what_can_be_filled_or_pressed_are_seen(look: Tokens) -> None:
    # A field's edge and a scroll bar are no text; still they must be told from their ground.
    least = 4.5 if look is CONTRAST else 3
    for ground in (look.card, look.page, look.hollow):
        assert _contrast(look.edge, ground) >= least
    assert _contrast(look.primary, look.card) >= 4.5


def test_wrapped_rows_are_as_high_as_their_words(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    long = "最后一次调解的结果与纠纷的调解结果不一致，请核对这两处，改正以后再报送给司法所。" * 2
    rows: Rows[str] = Rows(
        [Column("", lambda _: "要改", lambda _: Tone.RED), Column("", str, stretch=True)], frame
    )
    table = Table(rows, frame, wrap=True)
    table.resize(300, 400)
    frame.show()
    # As on a page where nothing was found before.
    table.hide()
    rows.show([long, "短", long])
    table.show()
    for width in (300, 460, 240):
        table.resize(width, 400)
        qtbot.wait(10)
        room = table.columnWidth(1) - 26
        flags = Qt.TextFlag.TextWordWrap
        needed = table.fontMetrics().boundingRect(0, 0, room, 9999, flags, long).height()
        assert table.rowHeight(0) == table.rowHeight(2) >= needed
        assert table.rowHeight(1) == ROW


@pytest.mark.parametrize("lines", [1, 12])
def test_a_list_on_a_page_that_scrolls_ends_with_its_last_line(qtbot: QtBot, lines: int) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    rows: Rows[str] = Rows([Column("", str, stretch=True)], frame)
    table, below = Table(rows, frame), words("下面还有很多话。" * 60, wrap=True)
    table.show_whole(whole=True)
    inner = stacked(table, below, gap=0)
    inner.setStretch(0, 100)
    view = scrolled(inner)
    frame.setLayout(stacked(view))
    frame.resize(300, 150)
    rows.show(["一行"] * lines)
    frame.show()
    qtbot.wait(20)
    assert view.verticalScrollBar().maximum() > 0
    wanted = table.horizontalHeader().height() + lines * ROW
    assert wanted <= table.height() <= wanted + 2


@pytest.mark.parametrize("lines", [1, 2, 12])
def test_a_list_that_scrolls_by_itself_takes_no_room_for_lines_it_has_not(
    qtbot: QtBot, lines: int
) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    rows: Rows[str] = Rows([Column("", str, stretch=True)], frame)
    table = Table(rows, frame)
    frame.setLayout(stacked(table))
    table.show_whole(whole=False, least=150)
    rows.show(["一行"] * lines)
    frame.show()
    qtbot.wait(20)
    wanted = table.horizontalHeader().height() + lines * ROW
    assert table.minimumHeight() <= min(150, wanted + 2)
    assert table.minimumHeight() >= min(150, wanted)


def test_heads_of_every_table_fit(open_window: Open, office: Register) -> None:
    statistics = page(open_window(office), "statistics")
    view = statistics.table_card.view
    metrics, flags = QFontMetrics(font(10)), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
    for layout in reporting.tables():
        table = reporting.table(office, layout.id, statistics.bar.calibre)
        statistics.table_card.show_table(table)
        levels = view.values.horizontalHeader().levels
        for number, column in enumerate(table.columns):
            room = view.values.columnWidth(number) - 6
            needed = metrics.boundingRect(0, 0, room, 9999, flags, label_of(column)).height()
            there = levels.bottom - levels.top(len(column.heads))
            assert needed <= there, (layout.id, column.label, needed)
            for row in range(len(table.rows)):
                wide = QFontMetrics(font(10.5, bold=True)).horizontalAdvance(
                    table.shown(row, number)
                )
                assert wide + 20 <= view.values.columnWidth(number)


def test_six_units_are_always_in_view(qtbot: QtBot, open_window: Open, office: Register) -> None:
    window = open_window(office)
    window.resize(910, 512)
    statistics = page(window, "statistics")
    view = statistics.table_card.view
    table = statistics.table
    rows = (replace(table.rows[-1], key="x", level=Level.LINE),) * 11 + table.rows[-3:]
    values = (table.values[-1],) * 11 + table.values[-3:]
    statistics.table_card.show_table(replace(table, rows=rows, values=values))
    qtbot.wait(10)
    assert view.values.viewport().height() >= 6 * view.values.rowHeight(0)
