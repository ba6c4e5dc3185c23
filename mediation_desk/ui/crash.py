"""What happens after a fault of the program itself: a log entry and a report that can be copied."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from mediation_desk import __version__
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.words import tr

_log = logging.getLogger(__name__)


def report_of(error: BaseException) -> str:
    """The fault without its message, which could hold what a user has typed."""
    # Needed only after a fault.
    import platform  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    lines = [
        f"mediation_desk {__version__} · Python {platform.python_version()} · {platform.platform()}"
    ]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    lines.append(type(error).__qualname__)
    return "\n".join(lines)


class CrashHook(QObject):
    """Takes faults from any thread; only a signal leaves the hook, the window opens elsewhere."""

    _crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: set[str] = set()
        self._window: QObject | None = None
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def _take(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.exit(130)
            return
        report = report_of(error)
        _log.error("%s", report)
        # Words meant for people, which nobody showed, are better than where in the program.
        self._crashed.emit(error if isinstance(error, DeskError) else report)

    def _take_from_thread(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            self._take(fault.exc_type, fault.exc_value, fault.exc_traceback)

    def _show(self, told: object) -> None:
        if isinstance(told, DeskError):
            self._say(told)
            return
        report = str(told)
        # Once per kind of fault: a fault while painting would open windows without end.
        if report in self._shown:
            return
        self._shown.add(report)
        # Needed only after a fault, and start-up has no time to give away.
        from mediation_desk.ui.crash_window import CrashWindow  # noqa: PLC0415

        # Held here: without a parent nothing else would keep the window alive.
        self._window = window = CrashWindow(report, QApplication.activeWindow())
        window.open()

    def _say(self, error: DeskError) -> None:
        window = QApplication.activeWindow()
        if window is not None:
            # Needed only after a fault.
            from mediation_desk.ui import messages  # noqa: PLC0415

            messages.tell(window, tr("这一步没有做。"), str(error))
