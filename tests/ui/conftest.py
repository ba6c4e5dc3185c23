"""Real windows over real registers, without a screen."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "acceptance"))
sys.path.insert(0, str(Path(__file__).parent))

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import TimeoutError as QtBotTimeoutError
from pytestqt.qtbot import QtBot
from ui_tools import how_windows_stand, settle

from mediation_desk.store.register import Register
from mediation_desk.ui import app, theme
from mediation_desk.ui.window import DeskWindow

# In milliseconds: a loaded machine takes its time, and only what never comes is a failure.
_PATIENCE = 60_000


class PatientBot(QtBot):
    """Waits longer than the plug-in does, and tells how the windows stood if nothing came."""

    def waitUntil(  # noqa: N802
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE
    ) -> None:
        try:
            super().waitUntil(callback, timeout=timeout)
        except QtBotTimeoutError as error:
            raise QtBotTimeoutError(f"{error}\n{how_windows_stand()}") from error


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATION_DESK_HOME", str(tmp_path / "home"))
    if qapp.property("dressed") is None:
        app.dress(qapp)
        qapp.setProperty("dressed", True)


@pytest.fixture(autouse=True)
def no_key_held(qapp: QApplication) -> None:
    """Qt still takes Ctrl for held where a test before pressed it together with something."""
    QTest.keyClick(QWidget(), Qt.Key.Key_Shift)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture
def huge(dressed: None) -> Iterator[None]:
    """The largest type, as on the laptop of whoever sees badly."""
    before = theme.looks()
    theme.wear(before._replace(size=theme.TypeSize.HUGE))
    yield
    theme.wear(before)


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., DeskWindow]]:
    """Opens windows, and afterwards sees that none of them leaves work or widgets behind."""
    opened: list[DeskWindow] = []
    # A register that was there before the window is closed after it, whatever a test names first.
    for name in ("village", "office"):
        if name in request.fixturenames:
            request.getfixturevalue(name)

    def make(register: Register | None = None, folder: Path | None = None) -> DeskWindow:
        window = DeskWindow(folder or tmp_path / "register")
        # Not given to qtbot, which would delete it before its work is done.
        opened.append(window)
        window.resize(1366, 768)
        if register is None:
            window.show_start()
        else:
            window.open_desk(register)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    yield make
    for window in opened:
        settle(qtbot, window)
        window.put_away()
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [entry for entry in QApplication.topLevelWidgets() if isinstance(entry, DeskWindow)]
