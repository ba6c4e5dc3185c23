"""What pages do by themselves never opens a window over the writing, whatever the register does."""

import threading
import time
from collections.abc import Callable

import pytest
from draft_tools import inner
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
# Longer than any page waits after the last letter.
LATER_MS = 900


def _said(inside: QWidget) -> str:
    return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize("way", ["register", "quick"])
def test_people_are_looked_up_though_the_register_cannot_be_asked(
    qtbot: QtBot, open_window: Open, village: Register, way: str
) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    getattr(disputes, way)()
    form = disputes.form
    first = next(iter(form.rows.values())) if way == "quick" else form.parties[0]
    village.close()
    write(inner(first.form, "name"), "秦德珍")
    # A fault would fail this test: pytest-qt catches what slots raise.
    qtbot.wait(LATER_MS)
    assert "现在查不了：登记簿已经关闭" in _said(form)
    form.touched = False


def test_a_record_page_says_what_is_doubtful_only_when_it_can(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    window = open_window(village)
    organisation = page(window, "organisation")
    settle(qtbot, window)
    organisation.card.add_mediator.click()
    form = organisation.form
    village.close()
    write(form.form.boxes["name"].editor.inner, "付家兴")
    qtbot.wait(LATER_MS)
    assert "草稿还没有自动保存" in _said(form)
    form.touched = False


def test_the_first_page_looks_again_only_when_it_can(open_window: Open, village: Register) -> None:
    window = open_window(village)
    home = page(window, "home")
    keep_a_case(village)
    village.close()
    home._looking.timeout.emit()
    with pytest.raises(DeskError):
        home.refresh()


def test_what_is_done_beside_is_done_before_the_register_is_closed(
    open_window: Open, village: Register
) -> None:
    window = open_window(village)
    begun, go_on, units = threading.Event(), threading.Event(), list[int]()

    def late() -> None:
        begun.set()
        go_on.wait(20)
        units.append(len(village.units()))

    window.jobs.run_beside(late, owner=window.jobs, done=pytest.fail, failed=pytest.fail)
    assert begun.wait(20)
    threading.Timer(0.2, go_on.set).start()
    window._shut()
    assert units == [1]
    QApplication.processEvents()


def test_a_page_that_loses_the_cursor_may_still_ask(open_window: Open, village: Register) -> None:
    window = open_window(village)
    shell = window.centralWidget().currentWidget()
    asked: list[int] = []

    class Asks(QWidget):
        def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's own name
            super().hideEvent(event)
            asked.append(len(village.units()))

    probe = Asks(shell)
    probe.show()
    window._shut()
    assert asked == [1]
    # Both pages live until the event loop comes round; by then no timer may be left.
    time.sleep(LATER_MS / 1000)
    QApplication.processEvents()
