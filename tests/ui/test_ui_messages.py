"""The windows that ask or tell something are read whole, however much there is to say."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.theme import Looks, Scheme, TypeSize
from mediation_desk.ui.window import DeskWindow
from mediation_desk.ui.window_frame import SMALLEST_SIZE

Open = Callable[..., DeskWindow]
WORDS = "“记一次调解 · 邬泽烈与幸承垠房屋宅基地纠纷”所写的记录已经作废，这份草稿不能接着写。"


@pytest.mark.parametrize("size", list(TypeSize))
@pytest.mark.parametrize("lines", [0, 1, 40])
def test_a_question_fits_the_smallest_window(
    qtbot: QtBot, open_window: Open, village: Register, size: TypeSize, lines: int
) -> None:
    before = theme.looks()
    theme.wear(Looks(Scheme.LIGHT, size))
    try:
        window = open_window(village)
        window.resize(*SMALLEST_SIZE)
        more = "\n".join(["秦德珍称雨水又倒灌一次，蒋仕文答应月底前清沟。"] * lines)
        messages.ask(window, WORDS, more, "丢弃草稿", lambda: None)
        (asked,) = window.findChildren(QMessageBox)
        qtbot.waitExposed(asked)
        assert asked.height() <= SMALLEST_SIZE[1]
        assert asked.width() <= SMALLEST_SIZE[0]
        assert all(asked.rect().contains(one.geometry()) for one in asked.buttons())
        assert bool(asked.findChildren(QScrollArea)) is (lines == 40)
        assert asked.informativeText() == more
        told = asked.findChild(QLabel, "qt_msgbox_label")
        # A least width would keep Qt from breaking a sentence that is longer.
        assert told.minimumWidth() == 0
        assert told.height() >= told.heightForWidth(told.width())
        asked.close()
    finally:
        theme.wear(before)


@pytest.mark.parametrize(("screen", "room"), [(911, 801), (1093, 503), (1366, 776), (2560, 890)])
def test_words_are_no_wider_than_the_box_that_qt_makes(screen: int, room: int) -> None:
    assert messages.words_room(screen) == room
