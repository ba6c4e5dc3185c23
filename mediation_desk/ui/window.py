"""The one window: first start, unlocking, or the desk itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from mediation_desk import paths
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.remembering import remembered
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.store.register import Register

USUAL_SIZE = (1366, 768)
SMALLEST_SIZE = (880, 480)


class DeskWindow(QMainWindow):
    """Shows what the register in `folder` allows: setting up, unlocking, or working."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._register: Register | None = None
        self._demo = False
        self._leaving = False
        self.jobs = Jobs(self)
        self._views = QStackedWidget()
        self.setCentralWidget(self._views)
        self.setWindowTitle(tr("调解台"))
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*USUAL_SIZE)
        geometry = remembered().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def show_start(self, *, demo: bool = False) -> None:
        """The first page: the demo, the unlock page, or setting up."""
        if demo:
            self.open_demo()
        elif self._folder.is_dir() and any(self._folder.iterdir()):
            # Whether it is a register the unlock page says; asking the store now would load it.
            self._show_unlock()
        else:
            self._show_founding()

    def _turn_to(self, view: QWidget) -> None:
        before = self._views.currentWidget()
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        if before is not None:
            self._views.removeWidget(before)
            before.deleteLater()

    def _show_founding(self) -> None:
        # Loaded only on the first start, which happens once.
        from mediation_desk.ui.pages.founding import FoundingPage  # noqa: PLC0415

        page = FoundingPage(self._folder, self.jobs)
        page.founded.connect(self.open_desk)
        page.demo_wanted.connect(self.open_demo)
        self._turn_to(page)

    def _show_unlock(self) -> None:
        # The demo never asks for a password.
        from mediation_desk.ui.pages.unlock import UnlockPage  # noqa: PLC0415

        page = UnlockPage(self._folder, self.jobs)
        page.unlocked.connect(self.open_desk)
        self._turn_to(page)

    def open_demo(self) -> None:
        """Open the demo township, building it the first time."""
        # The demo's generator is needed by nobody else.
        from mediation_desk.desk.clock import today  # noqa: PLC0415
        from mediation_desk.desk.demonstration import open_demo  # noqa: PLC0415
        from mediation_desk.ui.pages.waiting import WaitingPage  # noqa: PLC0415

        page = WaitingPage(tr("正在准备演示乡镇，第一次需要几秒钟…"))
        self.jobs.progressed.connect(page.say)
        self._turn_to(page)
        self.jobs.run(
            partial(open_demo, paths.demo_township(), today(), self.jobs.say),
            owner=page,
            done=self._demo_ready,
            failed=self._demo_failed,
            words=tr("正在准备演示乡镇…"),
        )

    def _demo_ready(self, register: "Register") -> None:
        self._demo = True
        self.open_desk(register)

    def _demo_failed(self, error: DeskError) -> None:
        # Needed only when something went wrong.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self.show_start()
        messages.tell(self, tr("演示乡镇没有打开。"), str(error))

    def open_desk(self, register: "Register") -> None:
        """Show the pages of an open register."""
        # The unlock page shows without the pages of an open register.
        from mediation_desk.ui.shell import Shell  # noqa: PLC0415
        from mediation_desk.ui.workplace import Workplace  # noqa: PLC0415

        self._register = register
        workplace = Workplace(register, self.jobs, register.person, self._demo)
        shell = Shell(workplace)
        shell.locked.connect(self.lock)
        self._turn_to(shell)
        shell.begin()

    def lock(self) -> None:
        """Close the register and ask for the password again; the demo is simply left."""
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再锁定。"))
            return
        if self._unsaved:
            self._ask_to_leave(tr("不保存，锁定"), self._lock)
        else:
            self._lock()

    @property
    def _unsaved(self) -> bool:
        return bool(getattr(self._views.currentWidget(), "unsaved", False))

    def _ask_to_wait(self, what_then: str) -> None:
        # Needed only when something is going on.
        from mediation_desk.ui import messages  # noqa: PLC0415

        messages.tell(self, self.jobs.doing, what_then)

    def _ask_to_leave(self, act: str, agreed: Callable[[], None]) -> None:
        # Needed only when something lies unsaved.
        from mediation_desk.ui import messages  # noqa: PLC0415

        told = tr("写好的内容还没有保存。")
        messages.ask(self, told, tr("离开后这些内容不会保留。"), act, agreed)

    def _lock(self) -> None:
        self._close_register()
        if self._demo:
            self._demo = False
            self.show_start()
        else:
            self._show_unlock()

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _close_register(self) -> None:
        if self._register is not None:
            self._register.close()
            self._register = None

    def put_away(self) -> None:
        """Finish running work and close the register."""
        self.jobs.close()
        self._close_register()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.jobs.running and self.isVisible():
            event.ignore()
            self._ask_to_wait(tr("请等它做完，再关闭。"))
            return
        if self._unsaved and not self._leaving:
            event.ignore()
            self._ask_to_leave(tr("不保存，关闭"), self._leave)
            return
        remembered().setValue("geometry", self.saveGeometry())
        super().closeEvent(event)
