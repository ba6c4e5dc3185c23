"""A real window over a register: what each key, each page of the list and each page of the rail
costs the thread that the window lives on. Answers with a line of JSON: seconds by what was done.

It is the time that this thread works, waiting left out, so that other work on the machine does not
tell; painting is in it.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

# ruff: noqa: E402
gc.disable()  # as the front door does before it loads anything

from mediation_desk.ui import app  # isort: skip - first, as in the program

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from store_registers import a_name

from mediation_desk.store.opening import open_with_key
from mediation_desk.ui.window import DeskWindow

_TYPED = (
    "排水沟堵塞", "宅基地越界", "彩礼反悔", "工资拖欠", "派出所", "村干部", "第3村", "2026", "139",
    "hsm", "qindezhen", "zeng", "争吵 果树", "990001",
)  # fmt: skip
# After so long without anything to do the window is at rest.
_STILL_MS = 40


class Bench:
    """Does things with a window and tells how long its thread worked for each."""

    def __init__(self, window: DeskWindow) -> None:
        self.window = window
        self.taken: dict[str, list[float]] = {}

    def timed(self, what: str, act: Callable[[], None], resting: Callable[[], bool]) -> None:
        """Do `act` and wait until `resting`, the time of both under `what`."""
        begun = time.thread_time()
        act()
        self.wait(resting)
        self.taken.setdefault(what, []).append(time.thread_time() - begun)

    def wait(self, resting: Callable[[], bool]) -> None:
        """Let the window work until there is nothing left to do."""
        loop = QEventLoop()
        while True:
            QTimer.singleShot(_STILL_MS, loop.quit)
            loop.exec()
            if resting() and not self.window.jobs.running:
                return


def _key(search: object, character: str) -> None:
    """One key as it arrives: Latin letters from the keyboard, Chinese from the input method."""
    if character.isascii():
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(search, event)
        return
    committed = QInputMethodEvent()
    committed.setCommitString(character)
    QApplication.sendEvent(search, committed)


def typing(bench: Bench, browse: object, most: int) -> None:
    """Every key of names, words, numbers and pinyin, each followed by a rest."""
    chance = random.Random(3)
    for text in (*_TYPED, *(a_name(chance) for _ in range(12)))[:most]:
        browse.search.clear()
        bench.wait(lambda: not browse._typing.isActive())
        for character in text[:8]:
            bench.timed(
                "key in the search",
                lambda c=character: _key(browse.search, c),
                lambda: not browse._typing.isActive(),
            )
            if browse._resting.isActive():
                # Drawn in an event of its own, when nothing was typed for a while.
                bench.timed(
                    "file of what was found",
                    lambda: None,
                    lambda: not browse._resting.isActive(),
                )


def scrolling(bench: Bench, browse: object, pages: int) -> None:
    """The list scrolled to its end again and again, where it fetches the next lines."""
    browse.show_all()
    bench.wait(lambda: not browse._resting.isActive())
    bar = browse.table.verticalScrollBar()
    for _ in range(pages):
        bench.timed("next lines of the list", lambda: bar.setValue(bar.maximum()), lambda: True)


def choosing(bench: Bench, browse: object, times: int) -> None:
    """Down the list with the arrow, the file of each dispute shown."""
    browse.table.setFocus()
    for row in range(times):
        bench.timed("next dispute", lambda row=row: browse.table.selectRow(row), lambda: True)


def turning(bench: Bench, shell: object, browse: object, times: int) -> None:
    """From page to page of the rail."""
    names = list(shell._tabs)
    for turn in range(times + 1):
        for name in names:
            # What is loaded the first time is not what a person waits for all day.
            what = f"page {name}" if turn else "first"
            bench.timed(
                what, lambda name=name: shell.turn_to(name), lambda: not browse._resting.isActive()
            )
    del bench.taken["first"]


def main() -> None:
    """Open the register of the first argument with the key of the second."""
    application = app.make_application()
    app.dress(application)
    window = DeskWindow(Path(sys.argv[1]))
    gc.freeze()
    gc.enable()
    window.open_desk(open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
    window.show()
    times = int(sys.argv[3])
    shell = window.centralWidget().currentWidget()
    browse = shell.turn_to("disputes").browse
    bench = Bench(window)
    bench.wait(lambda: not browse._resting.isActive())
    typing(bench, browse, times)
    scrolling(bench, browse, times)
    choosing(bench, browse, times)
    turning(bench, shell, browse, max(1, times // 4))
    sys.stdout.write(json.dumps(bench.taken) + "\n")
    sys.stdout.flush()
    window.put_away()


main()
