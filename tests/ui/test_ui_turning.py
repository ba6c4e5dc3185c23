"""Turning to a page costs one painting, and reads the register only if something was written."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page

from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


class _Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.mark.parametrize("name", ["disputes", "works", "statistics", "sending"])
def test_a_page_is_painted_once_when_it_comes_to_the_front(
    qtbot: QtBot, open_window: Open, village: Register, name: str
) -> None:
    keep_a_case(village)
    window = open_window(village)
    for turned in (name, "home", name, "home"):
        page(window, turned)
        qtbot.wait(60)
    shell = window.centralWidget().currentWidget()
    painted = _Paintings(shell._pages[name])
    page(window, name)
    qtbot.wait(60)
    assert painted.count == 1


def test_the_list_is_read_again_only_if_something_was_written(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_case(village)
    window = open_window(village)
    browse = page(window, "disputes").browse
    page(window, "home")
    with qtbot.assertNotEmitted(browse.rows.modelReset):
        page(window, "disputes")
    keep_a_case(village, "何世明", "何世全")
    page(window, "home")
    page(window, "disputes")
    assert len(browse.rows.all_shown()) == 2
