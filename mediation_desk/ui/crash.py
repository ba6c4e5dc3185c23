"""What happens after a fault of the program itself: a log entry and a report that can be copied."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from mediation_desk.desk.crash_report import keep_values_out, report_of
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.words import tr

_log = logging.getLogger(__name__)


class CrashHook(QObject):
    """Takes faults from any thread; only a signal leaves the hook, the window opens elsewhere."""

    _crashed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: set[str] = set()
        self._windows: list[QObject] = []
        self._crashed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        # What cannot be raised any more, as while something is deleted, goes to nobody's window.
        keep_values_out()
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

        # Held here: without a parent nothing else would keep the window alive, nor with it those
        # of further faults, which come up over it.
        window = CrashWindow(report, QApplication.activeWindow())
        self._windows.append(window)
        window.open()

    def _say(self, error: DeskError) -> None:
        window = QApplication.activeWindow()
        if window is not None:
            # Needed only after a fault.
            from mediation_desk.ui import messages  # noqa: PLC0415

            messages.fail(window, tr("这一步没有做。"), str(error))
