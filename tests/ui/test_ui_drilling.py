"""The drill in the window: asked for on the first page, held in the settings, told in words."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.store.register import FILE, Register
from mediation_desk.ui.pages import workbench
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def test_it_is_asked_for_and_held(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = now() + timedelta(days=40)
    monkeypatch.setattr(workbench, "wall_clock", lambda: later.replace(tzinfo=None))
    keep_a_case(village)
    stick = tmp_path / "U盘"
    stick.mkdir()
    second_medium.choose(village, stick)
    second_medium.copy_out(village, later)
    window = open_window(village)
    home = page(window, "home")
    assert "还没有做过备份演练" in home.medium.said.text()
    assert home.medium.go.text() == "去演练"
    home.medium.go.click()
    part = page(window, "settings").part("backup")
    assert "还没有演练过" in part.drill.last.text()
    part.drill.go.click()
    settle(qtbot, window)
    assert part.drill.state.text() == "成功"
    assert part.drill.said.text().count("能恢复") == 2
    assert part.drill.go.isEnabled()
    monkeypatch.setattr(workbench, "wall_clock", lambda: now().replace(tzinfo=None))
    assert page(window, "home").medium.isHidden()


def test_a_failure_is_told(qtbot: QtBot, open_window: Open, village: Register) -> None:
    (village.back_up() / FILE).write_bytes(bytes(9000))
    window = open_window(village)
    part = page(window, "settings").part("backup")
    part.drill.go.click()
    settle(qtbot, window)
    assert part.drill.state.text() == "没有成功"
    assert "再做一份备份" in part.drill.said.text()
