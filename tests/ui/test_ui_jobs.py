"""Work is done on the worker, its result arrives on the window's thread, or nowhere."""

import gc
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mediation_desk.desk.crash_report import report_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.crash import CrashHook
from mediation_desk.ui.crash_window import CrashWindow
from mediation_desk.ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()
    assert gc.isenabled()


def _wait(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.running)


def test_results_arrive_on_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    came: list[tuple[Any, int]] = []
    owner = QObject()

    def work() -> tuple[int, bool]:
        return threading.get_ident(), gc.isenabled()

    def done(result: Any) -> None:
        came.append((result, threading.get_ident()))

    jobs.run(work, owner=owner, done=done, failed=pytest.fail, words="数")
    assert jobs.running
    _wait(qtbot, jobs)
    ((worker, collecting), here) = came[0]
    assert here == threading.get_ident() != worker
    # A collection on the worker would delete widgets there.
    assert not collecting


def test_short_work_is_done_beside_the_long(qtbot: QtBot, jobs: Jobs) -> None:
    go_on, came = threading.Event(), []
    owner = QObject()

    def busy() -> bool:
        return go_on.wait(20)

    def short() -> bool:
        return gc.isenabled()

    jobs.run(busy, owner=owner, done=came.append, failed=pytest.fail, words="数")
    jobs.run_beside(short, owner=owner, done=came.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: came == [False])
    assert jobs.running
    assert not gc.isenabled()
    go_on.set()
    _wait(qtbot, jobs)
    assert came == [False, True]
    assert gc.isenabled()


def test_short_work_says_nothing_and_keeps_nobody_waiting(qtbot: QtBot, jobs: Jobs) -> None:
    said: list[object] = []
    refused: list[DeskError] = []
    owner = QObject()
    jobs.busy.connect(said.append)

    def short() -> None:
        raise DeskError("磁盘已满。")

    jobs.run_beside(short, owner=owner, done=pytest.fail, failed=refused.append)
    assert not jobs.running
    qtbot.waitUntil(lambda: bool(refused))
    assert str(refused[0]) == "磁盘已满。"
    assert not said
    assert gc.isenabled()


def test_jobs_are_done_one_after_the_other(qtbot: QtBot, jobs: Jobs) -> None:
    came: list[int] = []
    owner = QObject()
    for number in range(20):
        jobs.run(
            partial(int, number), owner=owner, done=came.append, failed=pytest.fail, words="数"
        )
    _wait(qtbot, jobs)
    assert came == list(range(20))


def test_a_refusal_is_told(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[DeskError] = []
    owner = QObject()

    def work() -> None:
        raise DeskError("磁盘已满。")

    jobs.run(work, owner=owner, done=pytest.fail, failed=told.append, words="写")
    _wait(qtbot, jobs)
    assert [str(error) for error in told] == ["磁盘已满。"]


def test_nothing_is_told_to_who_has_gone(qtbot: QtBot, jobs: Jobs) -> None:
    owner, go = QObject(), threading.Event()
    jobs.run(go.wait, owner=owner, done=pytest.fail, failed=pytest.fail, words="等")
    delete(owner)
    go.set()
    _wait(qtbot, jobs)


def test_a_fault_reaches_the_hook(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()

    def work() -> None:
        raise ZeroDivisionError("秦德珍 990001196208170012")

    told: list[DeskError] = []
    with qtbot.captureExceptions() as caught:
        jobs.run(work, owner=owner, done=pytest.fail, failed=told.append, words="数")
        _wait(qtbot, jobs)
        qtbot.waitUntil(lambda: bool(told))
    assert "秦德珍" not in str(told[0])
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_work_given_up_by_closing_is_no_fault(
    qtbot: QtBot, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    owner, go = QObject(), threading.Event()
    for _ in range(3):
        jobs.run(go.wait, owner=owner, done=pytest.fail, failed=pytest.fail, words="等")
    threading.Timer(0.05, go.set).start()
    jobs.close()
    assert not caplog.records
    assert not jobs.running
    # What the first one reported meanwhile is told to nobody.
    delete(owner)


def test_the_report_holds_no_values() -> None:
    try:
        int("秦德珍 990001196208170012")
    except ValueError as error:
        report = report_of(error)
    assert "ValueError" in report
    assert "test_ui_jobs" in report
    assert "秦德珍" not in report


def test_the_crash_window_opens_once_for_one_fault(qtbot: QtBot, qapp: Any) -> None:
    hook = CrashHook()
    for _ in range(3):
        hook._crashed.emit("同一个差错")
    windows = []

    def shown() -> bool:
        windows[:] = [entry for entry in qapp.topLevelWidgets() if isinstance(entry, CrashWindow)]
        return bool(windows)

    qtbot.waitUntil(shown)
    assert len(windows) == 1
    windows[0]._copy()
    assert qapp.clipboard().text() == "同一个差错"
    windows[0].close()
