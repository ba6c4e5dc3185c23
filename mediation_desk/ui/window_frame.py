"""What the one window is without its pages: its place on the screen, the view it shows, leaving."""

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.locking import Locking
from mediation_desk.ui.remembering import remembered_bytes
from mediation_desk.words import tr

USUAL_SIZE = (1366, 768)
SMALLEST_SIZE = (880, 480)


class WindowFrame(QMainWindow):
    """Shows one view at a time, and asks before something typed is left."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs(self)
        self._views = QStackedWidget()
        self.setCentralWidget(self._views)
        self.locking = Locking(self, self._views, self.jobs)
        self.setWindowTitle(tr("调解台"))
        self.setMinimumSize(*SMALLEST_SIZE)
        self._find_place()

    def _find_place(self) -> None:
        """Stand where the window stood last, no larger than the screen there is now."""
        self.resize(*USUAL_SIZE)
        geometry = remembered_bytes("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        room = self.screen().availableGeometry()
        if not self.isMaximized() and not room.contains(self.geometry()):
            self.resize(self.size().boundedTo(room.size()))
            self.move(room.topLeft())

    def _turn_to(self, view: QWidget) -> None:
        before = self._views.currentWidget()
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        if before is not None:
            self._views.removeWidget(before)
            before.deleteLater()

    @property
    def _unsaved(self) -> bool:
        desk = self.locking.covered or self._views.currentWidget()
        return bool(getattr(desk, "unsaved", False))

    def _ask_to_wait(self, what_then: str) -> None:
        # Needed only when something is going on.
        from mediation_desk.ui import messages  # noqa: PLC0415

        messages.tell(self, self.jobs.doing, what_then)

    def _may_leave(self, act: str, agreed: Callable[[], None]) -> None:
        """Do what leaves the pages, after asking if something typed would be lost."""
        if not self._unsaved:
            agreed()
            return
        # Needed only when something lies unsaved.
        from mediation_desk.ui import messages  # noqa: PLC0415

        told = tr("写好的内容还没有保存。")
        messages.ask(self, told, tr("离开后这些内容不会保留。"), act, agreed)
