"""The page of the log: filters, checking in words, and the log taken along."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from ui_tools import page, settle

from mediation_desk.desk import leaving, recovering
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


def test_the_log_is_read_checked_and_taken_along(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recovering.use_code(village, recovering.new_code(), "陶素芬")
    leaving.choose_idle_minutes(village, 5, "冉启明")
    window = open_window(village)
    part = page(window, "settings").part("log")
    assert {one.sort for one in part.rows.all_shown()} == {"密钥", "自动锁定时间"}
    part.person.show_value("冉启明")
    part.person.changed.emit()
    (only,) = part.rows.all_shown()
    assert only.told == "5分钟"
    part.check.click()
    settle(qtbot, window)
    assert "没有被改过" in part.notice.said.text()
    target = tmp_path / "log.xlsx"
    monkeypatch.setattr(messages, "choose_target", lambda *_: target)
    part.out.click()
    settle(qtbot, window)
    assert target.is_file()
    part.sort.show_value("备份")
    part.sort.changed.emit()
    assert not part.rows.all_shown()
    assert part._empty.isVisible()
    with village._sql.transaction():
        village._sql.run("DELETE FROM log_entry WHERE by = '冉启明'")
    part.check.click()
    settle(qtbot, window)
    assert "被人动过" in part.notice.said.text()
