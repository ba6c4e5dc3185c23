"""The password page over everything, while what is open below it stays as it is."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from mediation_desk.ui.copying import copied
from mediation_desk.ui.jobs import Jobs

if TYPE_CHECKING:
    from mediation_desk.store.register import Register

_PASSING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


class Locking(QObject):
    """Covers an open desk and uncovers it again.

    The register stays open, work that runs goes on and drafts are kept; but no page, no other
    window and no clipboard of this program shows a record meanwhile.
    """

    unlocked = Signal()
    # Password and sheet are lost: the office has to help, for which the register is closed.
    office_wanted = Signal()

    def __init__(self, window: QMainWindow, views: QStackedWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._views, self._jobs = window, views, jobs
        self._register: Register | None = None
        # What lies under the password page.
        self.covered: QWidget | None = None
        self._cursor: QWidget | None = None
        self._away: list[tuple[QWidget, Qt.WindowModality]] = []

    def cover(self, register: "Register") -> None:
        """Ask for the password of `register` before anything is seen again."""
        if self.covered is not None:
            return
        self._register = register
        self._cursor = QApplication.focusWidget()
        copied().forget()
        self._put_windows_away()
        self.covered = self._views.currentWidget()
        self._show_page()
        # Only now: asked at every event it would slow down whoever works.
        self._application.installEventFilter(self)

    @property
    def _application(self) -> QApplication:
        return cast(QApplication, QApplication.instance())

    def _show_page(self) -> None:
        # Needed by who leaves his desk; the register is open, and so nothing has to be made ready.
        from mediation_desk.ui.pages.locked_page import LockedPage  # noqa: PLC0415

        page = LockedPage(cast("Register", self._register), self._jobs)
        page.unlocked.connect(self._uncover)
        page.forgotten.connect(self._show_recovery)
        self._turn_to(page)

    def _show_recovery(self) -> None:
        # Seldom seen.
        from mediation_desk.desk import recovering  # noqa: PLC0415
        from mediation_desk.ui.pages.recover_page import RecoverPage  # noqa: PLC0415

        register = cast("Register", self._register)
        way = partial(recovering.recover_open, register)
        page = RecoverPage(register.folder, self._jobs, way)
        page.recovered.connect(self._uncover)
        page.given_up.connect(self._show_page)
        page.office_wanted.connect(self.office_wanted)
        self._turn_to(page)

    def _turn_to(self, page: QWidget) -> None:
        before = self._views.currentWidget()
        self._views.addWidget(page)
        self._views.setCurrentWidget(page)
        if before is not None and before is not self.covered:
            self._views.removeWidget(before)
            before.deleteLater()

    def _uncover(self, _register: object = None) -> None:
        self._application.removeEventFilter(self)
        page = cast(QWidget, self._views.currentWidget())
        below = cast(QWidget, self.covered)
        self.covered = None
        self._views.setCurrentWidget(below)
        self._views.removeWidget(page)
        page.deleteLater()
        for window, modality in sorted(self._away, key=lambda one: _depth(one[0])):
            if isValid(window):
                window.setWindowModality(modality)
                window.show()
        self._away.clear()
        if self._cursor is not None and isValid(self._cursor):
            self._cursor.window().activateWindow()
            self._cursor.setFocus()
        self.unlocked.emit()

    def give_up(self) -> None:
        """Leave what is covered, because its register is closed."""
        self._application.removeEventFilter(self)
        if self.covered is None:
            return
        self._views.removeWidget(self.covered)
        self.covered.deleteLater()
        self.covered = None
        for window, _modality in self._away:
            if isValid(window):
                window.close()
        self._away.clear()

    # Other windows

    def _put_windows_away(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window is not self._window and window.isVisible():
                self._put_away(window)

    def _put_away(self, window: QWidget) -> None:
        if window.windowType() in _PASSING:
            window.close()
            return
        self._away.append((window, window.windowModality()))
        window.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let no window come up that work opens when it is done; the desk's own say no record."""
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        own = watched is self._window or watched.parentWidget() is self._window
        if watched.isWindow() and not own:
            # Before it is painted once; it can be taken away only after it was shown.
            watched.setWindowOpacity(0)
            QTimer.singleShot(0, watched, partial(self._came_up, watched))
        return False

    def _came_up(self, window: QWidget) -> None:
        window.setWindowOpacity(1)
        if self.covered is not None and window.isVisible():
            self._put_away(window)
