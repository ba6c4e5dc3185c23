"""What happens after a fault of the program itself: a log entry and a report that can be copied."""

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from mediation_desk import __version__, paths
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import button, column, row, words
from mediation_desk.words import tr

_log = logging.getLogger(__name__)


def report_of(error: BaseException) -> str:
    """The fault without its message, which could hold what a user has typed."""
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
        self._window: CrashWindow | None = None
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
        self._crashed.emit(report)

    def _take_from_thread(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None:
            self._take(fault.exc_type, fault.exc_value, fault.exc_traceback)

    def _show(self, report: str) -> None:
        # Once per kind of fault: a fault while painting would open windows without end.
        if report in self._shown:
            return
        self._shown.add(report)
        # Held here: without a parent nothing else would keep the window alive.
        self._window = CrashWindow(report, QApplication.activeWindow())
        self._window.open()


class CrashWindow(QDialog):
    """Says that the program is at fault and offers the report for copying."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("程序出错"))
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        told = tr("程序出了差错，刚才这一步没有做完；已经保存的内容不受影响。")
        mend = tr("请把下面的文字复制给帮您维护的人，然后关闭本窗口再试一次。")
        where = tr("日志：{path}").format(path=paths.log_file())
        copy = button(tr("复制(&C)"), self._copy)
        close = button(tr("关闭"), self.accept, "primary")
        page = column(
            words(told, "strong", wrap=True),
            words(mend, wrap=True),
            self._report,
            words(where, "sub", wrap=True),
            row(None, copy, close),
        )
        page.setContentsMargins(20, 20, 20, 20)
        self.setLayout(page)
        self.resize(620, 420)
        self.setFont(theme.font())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())
