"""Nothing but the keyboard: an oral settlement in few keys, a written case from intake to archive.

Names, numbers and narrative are written as an input method commits them and do not count; every
other press of a key does, also each Tab.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui_tools import settle, write

from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    Outcome,
    Performance,
    Retention,
    Sex,
)
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.window import DeskWindow

_MOST_FOR_ORAL = 30
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

Open = Callable[..., DeskWindow]


class Keyboard:
    """A person who has only a keyboard; `pressed` counts what is not writing."""

    def __init__(self, qtbot: QtBot, window: DeskWindow) -> None:
        self._qtbot = qtbot
        self._window = window
        self.pressed = 0

    def at(self) -> QWidget:
        """Where the cursor is."""

        def active() -> bool:
            self._window.activateWindow()
            return QApplication.focusWidget() is not None

        self._qtbot.waitUntil(active)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        for _ in range(times):
            self._qtbot.keyClick(self.at(), key, modifier)
            self.pressed += 1

    def letter(self, sign: str) -> None:
        """Choose from a list by a letter."""
        self._qtbot.keyClick(self.at(), sign)
        self.pressed += 1

    def accelerate(self, sign: str) -> None:
        """Press the button that shows this letter underlined, as soon as it is there."""
        self._qtbot.waitUntil(
            lambda: any(
                f"(&{sign})" in button.text()
                for button in self._window.findChildren(QPushButton)
                if button.isVisible() and button.isEnabled()
            ),
        )
        self.press(Qt.Key[f"Key_{sign}"], _ALT)

    def write(self, text: str) -> None:
        write(self.at(), text)

    def label(self) -> str:
        """What the field is called in which the cursor stands."""
        widget: QWidget | None = self.at()
        while widget is not None and not isinstance(widget, FieldBox):
            widget = widget.parentWidget()
        return widget._label.text() if widget is not None else ""

    def tab_to(self, label: str) -> None:
        """Go on with Tab until the field that is called so."""
        for _ in range(60):
            if self.label().startswith(label):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no field {label!r}; at {self.label()!r}")

    def done(self, wanted: Callable[[], bool]) -> None:
        settle(self._qtbot, self._window)
        self._qtbot.waitUntil(wanted)


@pytest.fixture
def say(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Tell a count whoever runs the tests."""
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")

    def tell(text: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\nkeyboard: {text}\n")

    return tell


def _form(window: DeskWindow) -> QWidget | None:
    """The form that lies over the list of disputes, if there is one."""
    page = window.centralWidget().currentWidget()._pages.get("disputes")
    return page.form if page is not None else None


def test_an_oral_settlement_takes_few_keys(
    qtbot: QtBot, open_window: Open, village: Register, say: Callable[[str], None]
) -> None:
    window = open_window(village)
    keys = Keyboard(qtbot, window)
    keys.press(Qt.Key.Key_K, _CTRL)
    keys.done(lambda: _form(window) is not None)
    keys.write("秦德珍")
    keys.press(Qt.Key.Key_Return)
    keys.write("99000119620817402X")
    keys.tab_to("被申请人姓名")
    keys.write("蒋仕文")
    keys.tab_to("纠纷类型")
    keys.letter("l")
    keys.tab_to("纠纷主要事实")
    keys.write("两家屋檐水沟相接，雨水倒流进秦家灶房，双方多次争吵。")
    keys.press(Qt.Key.Key_Tab)
    keys.write("蒋家把水沟加宽到30厘米并清淤，秦家不再追究。")
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: len(village.all("dispute")) == 1)
    (line,) = village.page(Find()).rows
    say(f"oral settlement in {keys.pressed} presses")
    case = village.case(line.dispute.id)
    assert case is not None
    assert case.agreement is not None
    assert case.agreement.form is AgreementForm.ORAL
    assert (case.dispute.type, case.dispute.outcome) == ("02", Outcome.SETTLED)
    assert [party.name for party in case.parties] == ["秦德珍", "蒋仕文"]
    assert case.parties[0].sex is Sex.FEMALE
    assert keys.pressed <= _MOST_FOR_ORAL


def test_a_written_case_from_intake_to_archive(
    qtbot: QtBot, open_window: Open, village: Register, say: Callable[[str], None]
) -> None:
    window = open_window(village)
    keys = Keyboard(qtbot, window)

    def case():
        (dispute,) = village.all("dispute")
        return village.case(dispute.id)

    keys.press(Qt.Key.Key_N, _CTRL)
    keys.done(lambda: _form(window) is not None)
    keys.write("何世明")
    keys.press(Qt.Key.Key_Tab)
    keys.tab_to("姓名")
    keys.write("何世全")
    keys.tab_to("纠纷类型")
    keys.press(Qt.Key.Key_Down, times=3)
    keys.tab_to("纠纷简要情况")
    keys.write("双方因老屋东墙界址发生争执。")
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: len(village.all("dispute")) == 1 and _form(window) is None)
    # The first mediation, which succeeds, so that the agreement follows by itself.
    keys.accelerate("T")
    keys.done(lambda: _form(window) is not None)
    keys.tab_to("调解记录")
    keys.write("现场丈量，双方各退一步。")
    keys.tab_to("调解结果")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: hasattr(_form(window), "agreement") and len(case().sessions) == 1)
    keys.tab_to("协议内容")
    keys.write("以石桩为界，互不越界。")
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: _form(window) is None and case().agreement is not None)
    keys.accelerate("H")
    keys.done(lambda: _form(window) is not None)
    keys.tab_to("回访情况")
    keys.write("界桩完好，双方满意。")
    keys.tab_to("履行情况")
    keys.letter("y")
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: _form(window) is None and len(case().sessions) == 2)
    keys.accelerate("G")
    keys.done(lambda: _form(window) is not None)
    keys.tab_to("保管期限")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_S, _CTRL)
    keys.done(lambda: _form(window) is None)
    say(f"written case from intake to archive in {keys.pressed} presses")
    after = case()
    assert after.agreement.form is AgreementForm.WRITTEN
    assert after.dispute.outcome is Outcome.SETTLED
    assert after.dispute.performance is Performance.KEPT
    assert after.dispute.archive is ArchiveState.ARCHIVED
    assert after.dispute.retention is Retention.SHORT
    assert village.verify() == []
