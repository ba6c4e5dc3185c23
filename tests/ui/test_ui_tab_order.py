"""Tab and Enter, really pressed, go through every form as it is read and come to its end."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from rich_case import keep_a_rich_case
from ui_tools import page, settle

from mediation_desk.store.register import Register
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages import dispute_forms
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]
_MOST = 120
# These correct a record that is there already.
_OF_A_PART = {"answer", "attachment", "mend"}


@pytest.fixture
def disputes(qtbot: QtBot, open_window: Open, village: Register) -> QWidget:
    case = keep_a_rich_case(village)
    window = open_window(village)
    settle(qtbot, window)
    made = page(window, "disputes")
    made.browse.show_case(case.dispute.id)
    return made


def _box_around(widget: QWidget | None) -> FieldBox | None:
    while widget is not None and not isinstance(widget, FieldBox):
        widget = widget.parentWidget()
    return widget


def _walked(qtbot: QtBot, form: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the cursor goes from the first field until it is at saving."""
    form.focus_first()
    passed: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not form.save_button:
        assert at not in passed, f"round in a circle at {at}"
        assert len(passed) < _MOST
        passed.append(at)
        qtbot.keyClick(at, key)
    return passed


def _shown(form: QWidget) -> list[FieldBox]:
    return [box for box in form.findChildren(FieldBox) if box.isVisible()]


@pytest.mark.parametrize("size", [(1366, 768), (910, 512)])
def test_tab_comes_to_every_field_and_then_to_saving(
    qtbot: QtBot, disputes: QWidget, size: tuple[int, int]
) -> None:
    disputes.window().resize(*size)
    plain = [name for name in dispute_forms._MAKERS if name not in _OF_A_PART]
    for begin in (disputes.register, disputes.quick, *plain):
        disputes.step(begin) if isinstance(begin, str) else begin()
        form = disputes.form
        qtbot.wait(1)
        passed = _walked(qtbot, form, Qt.Key.Key_Tab)
        came_by = {_box_around(stop) for stop in passed}
        first = _shown(form).index(_box_around(passed[0]))
        missed = [box.label for box in _shown(form)[first:] if box not in came_by]
        # A sex that the number tells is passed over.
        assert not [label for label in missed if not label.startswith("性别")], begin
        qtbot.keyClick(form.save_button, Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is passed[-1], begin
        disputes.close_form()


def test_tab_comes_to_what_was_folded_away(qtbot: QtBot, disputes: QWidget) -> None:
    disputes.register()
    form = disputes.form
    form.parties[0].more.click()
    form.parties[1].add_agent.click()
    qtbot.wait(1)
    passed = _walked(qtbot, form, Qt.Key.Key_Tab)
    born = form.parties[0].form.boxes["born_on"].editor.inner
    agent = form.parties[1].agents.agents[0].form.boxes["name"].editor.inner
    assert passed.index(born) < passed.index(agent)
    disputes.close_form()


def test_enter_goes_from_field_to_field_and_presses_no_button(
    qtbot: QtBot, disputes: QWidget
) -> None:
    disputes.step("edit")
    form = disputes.form
    form.focus_first()
    passed: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not form.dispute.boxes["facts"].editor.inner:
        assert len(passed) < _MOST
        passed.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Return)
    assert not [stop for stop in passed if isinstance(stop, QPushButton)]
    assert form.dispute.boxes["type"].editor.inner in passed
    disputes.close_form()
