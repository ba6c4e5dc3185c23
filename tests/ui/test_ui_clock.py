"""A wrong clock through the window: said above every page, asked before numbers and packages."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.desk import clock
from mediation_desk.domain.finding import Find
from mediation_desk.store.register import Register
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the computer's clock as far from the right moment as is asked for."""

    def put(shift: timedelta) -> None:
        class Shifted(datetime):
            @classmethod
            def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]
                return datetime.now() + shift  # noqa: DTZ005 - as the clock itself

        monkeypatch.setattr(clock, "datetime", Shifted)

    return put


def _asked(window: DeskWindow) -> QMessageBox:
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    return box


def _press(box: QMessageBox, text: str) -> None:
    next(one for one in box.buttons() if text in one.text()).click()


def _count(register: Register) -> int:
    return register.count(Find())


def test_the_band_stands_above_every_page_until_the_clock_is_right(
    open_window: Open, village: Register, set_clock: Callable[[timedelta], None]
) -> None:
    window = open_window(village)
    shell = window.centralWidget().currentWidget()
    assert not shell.clock.isVisible()
    set_clock(timedelta(days=-900))
    for name in ("home", "disputes", "sending", "statistics"):
        shell.turn_to(name)
        assert shell.clock.isVisible()
    assert shell.clock.said.text().startswith("电脑日期可能不对：现在显示")
    set_clock(timedelta())
    shell.clock._looking.timeout.emit()
    assert not shell.clock.isVisible()


def test_who_looked_and_says_so_is_not_asked_again(
    open_window: Open, village: Register, set_clock: Callable[[timedelta], None]
) -> None:
    window = open_window(village)
    shell = window.centralWidget().currentWidget()
    set_clock(timedelta(days=500))
    shell.turn_to("home")
    assert "一年多" in shell.clock.said.text()
    shell.clock.right.click()
    _press(_asked(window), "返回")
    assert shell.clock.isVisible()
    shell.clock.right.click()
    _press(_asked(window), "确实是")
    assert not shell.clock.isVisible()


def test_a_number_is_given_only_after_asking(
    qtbot: QtBot, open_window: Open, village: Register, set_clock: Callable[[timedelta], None]
) -> None:
    window = open_window(village)
    set_clock(timedelta(days=900))
    disputes = page(window, "disputes")
    disputes.register()
    form = disputes.form
    for part, name in zip(form.parties, ("秦德珍", "蒋仕文"), strict=True):
        write(part.form.boxes["name"].editor.inner, name)
    form.dispute.boxes["type"].editor.show_value("02")
    write(form.dispute.boxes["facts"].editor.inner, "排水沟堵塞。")
    form.save()
    _press(_asked(window), "返回")
    settle(qtbot, window)
    assert (_count(village), disputes.form) == (0, form)
    form.save()
    box = _asked(window)
    assert "编号的年份" in box.informativeText()
    _press(box, "照样保存")
    qtbot.waitUntil(lambda: _count(village) == 1)
    settle(qtbot, window)
    (line,) = village.page(Find()).rows
    assert line.dispute.year == (date.today() + timedelta(days=900)).year  # noqa: DTZ011


def test_a_package_is_made_only_after_asking(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    set_clock: Callable[[timedelta], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_a_case(village, days_ago=40)
    window = open_window(village)
    set_clock(timedelta(days=-1))
    view = page(window, "sending").send_view
    qtbot.waitUntil(lambda: view._seen is not None)
    sent: list[object] = []
    monkeypatch.setattr(view, "send", lambda *what: sent.append(what))
    monkeypatch.setattr(
        "mediation_desk.ui.messages.choose_folder", lambda *_: tmp_path, raising=True
    )
    view.choose_and_send()
    _press(_asked(window), "返回")
    assert not sent
    view.choose_and_send()
    _press(_asked(window), "照样制作")
    assert len(sent) == 1


def test_a_right_clock_asks_nothing(qtbot: QtBot, open_window: Open, village: Register) -> None:
    keep_a_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    disputes.register()
    form = disputes.form
    for part, name in zip(form.parties, ("冉启林", "付家兴"), strict=True):
        write(part.form.boxes["name"].editor.inner, name)
    form.dispute.boxes["type"].editor.show_value("02")
    write(form.dispute.boxes["facts"].editor.inner, "田界不清。")
    form.save()
    qtbot.waitUntil(lambda: _count(village) == 2)
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    settle(qtbot, window)
