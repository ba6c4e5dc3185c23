"""Getting ready for the first page of an open register while somebody types the password."""

import importlib
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

Step = Callable[[], object]

# What unlocking and the first page need, those first that others need, so that no step is long.
_MODULES = (
    "concurrent.futures.thread",
    # The store loads it when it is asked for a key.
    "nacl.bindings",
    "nacl.pwhash.argon2id",
    "nacl.secret",
    "mediation_desk.store.connection",
    "mediation_desk.domain.record",
    "mediation_desk.domain.codes",
    "mediation_desk.domain.cases",
    "mediation_desk.domain.handling",
    "mediation_desk.domain.organisation",
    "mediation_desk.domain.casefile",
    "mediation_desk.domain.prevention",
    "mediation_desk.domain.records",
    "mediation_desk.domain.finding",
    "mediation_desk.store.listing",
    "mediation_desk.store.backups",
    "mediation_desk.store.changing",
    "mediation_desk.store.agenda",
    "mediation_desk.store.register",
    "mediation_desk.store.opening",
    "mediation_desk.desk.unlocking",
    "mediation_desk.desk.desk_log",
    "mediation_desk.desk.persons",
    "mediation_desk.desk.coverage",
    "mediation_desk.desk.agenda",
    "mediation_desk.ui.shell",
    "mediation_desk.ui.rows",
    "mediation_desk.ui.line_list",
    "mediation_desk.ui.pages.workbench",
    # The worker looks for warnings as soon as the first page stands.
    "mediation_desk.domain.instalments",
    "mediation_desk.desk.watching",
    "mediation_desk.desk.warning_register",
    "mediation_desk.ui.pages.dispute_forms",
    "mediation_desk.ui.pages.warning_lines",
)
# Between two steps keys and painting come first.
_PAUSE_MS = 2


def _know_records() -> Iterator[Step]:
    from mediation_desk.domain.records import KINDS  # noqa: PLC0415 - loaded by now
    from mediation_desk.store.rows import statements  # noqa: PLC0415

    return (partial(statements, kind) for kind in KINDS)


def _drawings() -> Iterator[Step]:
    """Draw parts of a first page that nobody sees; Qt is quicker with the next ones like them."""
    from mediation_desk.ui.line_list import Line  # noqa: PLC0415 - loaded by now
    from mediation_desk.ui.pages.workbench_cards import ListCard, MonthCard  # noqa: PLC0415
    from mediation_desk.ui.rail import Rail  # noqa: PLC0415
    from mediation_desk.ui.room import Room  # noqa: PLC0415
    from mediation_desk.ui.shell import PAGES  # noqa: PLC0415
    from mediation_desk.ui.theme import Tone  # noqa: PLC0415
    from mediation_desk.ui.widgets import column, scrolled  # noqa: PLC0415

    def draw(part: QWidget) -> None:
        part.grab()
        part.deleteLater()

    def draw_list() -> None:
        card, room = ListCard("…", "…"), Room()
        card.show_lines([Line("…", "…", "…", Tone.BLUE, "…", None)])
        room.setWidget(scrolled(column(card)))
        draw(room)

    yield lambda: draw(Rail(PAGES))
    yield lambda: draw(MonthCard())
    yield draw_list


def steps() -> Iterator[Step]:
    """What there is to do before the first page, each a few milliseconds long."""
    for name in _MODULES:
        yield partial(importlib.import_module, name)
    yield from _know_records()
    yield from _drawings()


class Readying(QObject):
    """Does a step whenever the window has nothing else to do; what is left is done when needed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = steps()
        self.ready = False
        self._pause = QTimer(self)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Go on with what is left, unless that is going on."""
        if not self.ready and not self._pause.isActive():
            self._pause.start()

    def stop(self) -> None:
        """Leave the rest, because another thread is about to load the same."""
        self._pause.stop()

    def _go_on(self) -> None:
        step = next(self._left, None)
        if step is None:
            self.ready = True
            self._pause.stop()
        else:
            step()
