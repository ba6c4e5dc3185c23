"""The one window: first start, unlocking, or the desk itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediation_desk import paths
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.at_the_door import AtTheDoor
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.remembering import remember, remembered_bytes
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.domain.codes import Role
    from mediation_desk.store.register import Register
    from mediation_desk.ui.shell import Shell

USUAL_SIZE = (1366, 768)
SMALLEST_SIZE = (880, 480)


class DeskWindow(AtTheDoor):
    """Shows what the register in `folder` allows: setting up, unlocking, or working."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._register: Register | None = None
        self._demo = False
        self._leaving = False
        self._backed_up = False
        self.jobs = Jobs(self)
        self._views = QStackedWidget()
        self.setCentralWidget(self._views)
        self.setWindowTitle(tr("调解台"))
        self.setMinimumSize(*SMALLEST_SIZE)
        self._find_place()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_turned)

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

    def show_start(self, *, demo: bool = False) -> None:
        """The first page: the demo, the unlock page, or setting up."""
        if demo:
            # The code tables are loaded with the register, not with the password page.
            from mediation_desk.domain.codes import Role  # noqa: PLC0415

            self.practise(Role.OFFICE)
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

    # Practising

    def _choose_practice(self) -> None:
        # The password page is measured; this one is seldom seen.
        from mediation_desk.ui.pages.practice_choice import PracticeChoice  # noqa: PLC0415

        page = PracticeChoice()
        page.practice_wanted.connect(self.practise)
        page.given_up.connect(self.show_start)
        self._turn_to(page)

    def practise(self, role: "Role") -> None:
        """Leave the register that is open, and open the demo township at the desk of `role`."""
        self._may_practise(role, again=False)

    def practise_again(self, role: "Role") -> None:
        """Build the demo township anew and open it."""
        self._may_practise(role, again=True)

    def _may_practise(self, role: "Role", *, again: bool) -> None:
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再去练习。"))
            return
        self._may_leave(tr("不保存，去练习"), partial(self._practise, role, again=again))

    def _practise(self, role: "Role", *, again: bool) -> None:
        # The demo's generator is needed by nobody else.
        from mediation_desk.desk.clock import today  # noqa: PLC0415
        from mediation_desk.desk.practice import begin_again, open_practice  # noqa: PLC0415
        from mediation_desk.ui.pages.waiting import WaitingPage  # noqa: PLC0415

        page = WaitingPage(tr("正在准备练习用的虚构乡镇，第一次需要几秒钟…"))
        self.jobs.progressed.connect(page.say)
        self._turn_to(page)
        self._close_register()
        self.jobs.run(
            partial(
                begin_again if again else open_practice,
                paths.demo_township(),
                role,
                today(),
                self.jobs.say,
            ),
            owner=page,
            done=self._practice_ready,
            failed=self._practice_failed,
            words=tr("正在准备练习…"),
        )

    def _practice_ready(self, register: "Register") -> None:
        self._demo = True
        self.open_desk(register)

    def _practice_failed(self, error: DeskError) -> None:
        # Needed only when something went wrong.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self._demo = False
        self.show_start()
        messages.tell(self, tr("练习没有打开。"), str(error))

    # The desk

    def open_desk(self, register: "Register") -> None:
        """Show the pages of an open register."""
        self._register = register
        shell = self._made_shell(register)
        self._turn_to(shell)
        shell.begin()

    def _open_founded(self, register: "Register") -> None:
        """Show a new desk, and offer the sheet by which a forgotten password is no loss."""
        self.open_desk(register)
        # Loaded only on the first start, which happens once.
        from mediation_desk.ui.pages.code_window import CodeWindow  # noqa: PLC0415

        shell = cast("Shell", self._views.currentWidget())
        offered = CodeWindow(shell, shell.workplace)
        offered.used.connect(shell.refresh)
        offered.open()

    def _made_shell(self, register: "Register") -> "Shell":
        # The unlock page shows without the pages of an open register.
        from mediation_desk.ui.shell import Shell  # noqa: PLC0415
        from mediation_desk.ui.workplace import Workplace  # noqa: PLC0415

        shell = Shell(Workplace(register, self.jobs, register.person, self._demo), self._views)
        shell.locked.connect(self.lock)
        shell.looks_chosen.connect(self.wear)
        shell.practice_wanted.connect(self.practise)
        shell.practice_again_wanted.connect(self.practise_again)
        shell.restore_wanted.connect(self.restore)
        return shell

    def wear(self, looks: theme.Looks) -> None:
        """Show everything in other colours or type from now on, and after the next start."""
        self._may_leave(tr("不保存，照样改"), partial(self._wear, looks))

    def _wear(self, looks: theme.Looks) -> None:
        theme.remember_looks(looks)
        theme.wear(looks)
        self._make_anew()

    def _make_anew(self) -> None:
        """Make the pages again: icons, widths and painted type stem from when they were made."""
        if self._register is None:
            self.show_start()
            return
        before = cast("Shell", self._views.currentWidget())
        written = before.written()
        shell = self._made_shell(self._register)
        for go in written:
            shell.go(go)
        shell.turn_to(before.front)
        self._turn_to(shell)
        shell.begin()

    def _system_turned(self, _scheme: Qt.ColorScheme) -> None:
        """Follow the system from light to dark, unless the user chose for himself."""
        if theme.looks().scheme is not theme.Scheme.SYSTEM or not theme.system_turned():
            return
        theme.wear(theme.looks())
        if self._register is not None and not self._unsaved:
            self._make_anew()

    def lock(self) -> None:
        """Close the register and ask for the password again; the demo is simply left."""
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再锁定。"))
            return
        self._may_leave(tr("不保存，锁定"), self._lock)

    @property
    def _unsaved(self) -> bool:
        return bool(getattr(self._views.currentWidget(), "unsaved", False))

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

    def _lock(self) -> None:
        # The pages go first: what one of them does when it loses the cursor may ask the register.
        self._demo = False
        self.show_start()
        self._close_register()

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    # Backing up on the way out

    def _wants_backup(self) -> bool:
        if self._register is None or self._demo or self._backed_up:
            return False
        try:
            return self._register.written_since_backup
        except DeskError:
            # It cannot be asked, and so it cannot be copied.
            return False

    def _back_up_and_leave(self) -> None:
        assert self._register is not None
        # Loaded with the register.
        from mediation_desk.store.backups import Why  # noqa: PLC0415

        self.jobs.run(
            partial(self._register.back_up, Why.CLOSING),
            owner=self,
            done=self._backed_up_and_leave,
            failed=self._not_backed_up,
            words=tr("正在备份，备份好就关闭…"),
        )

    def _backed_up_and_leave(self, _folder: object) -> None:
        self._leave_without_backup()

    def _not_backed_up(self, error: DeskError) -> None:
        # Needed only when a backup failed.
        from mediation_desk.ui import messages  # noqa: PLC0415

        told = tr("关闭前的备份没有做成，登记的内容仍在登记簿里。")
        messages.ask(self, told, str(error), tr("不备份，关闭"), self._leave_without_backup)

    def _leave_without_backup(self) -> None:
        self._backed_up = True
        self._leave()

    # Going back to a backup

    def restore(self, backup: Path) -> None:
        """Put a backup in the register's place, and ask for its password."""
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再恢复。"))
            return
        self._may_leave(tr("不保存，去恢复"), partial(self._restore, backup))

    def _restore(self, backup: Path) -> None:
        assert self._register is not None
        # Needed by nearly nobody.
        from mediation_desk.ui.pages.waiting import WaitingPage  # noqa: PLC0415

        page = WaitingPage(tr("正在恢复备份，请不要关机…"))
        # As on locking: the pages go first.
        self._turn_to(page)
        self._quieten()
        self.jobs.run(
            partial(self._register.restore, backup),
            owner=page,
            done=self._restored,
            failed=self._not_restored,
            words=tr("正在恢复备份…"),
        )

    def _restored(self, _kept: Path) -> None:
        told = tr("请用做那份备份时的密码打开。恢复前的登记簿也是一份备份，在“设置—备份”里。")
        self._back_at_the_door(tr("备份已恢复。"), told)

    def _not_restored(self, error: DeskError) -> None:
        self._back_at_the_door(tr("备份没有恢复。"), str(error))

    def _back_at_the_door(self, sentence: str, more: str) -> None:
        # Needed only here.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self._lock()
        messages.tell(self, sentence, more)

    def _quieten(self) -> None:
        """Let nothing ask the register any more by itself."""
        # The pages live a moment longer and must not ask a register that is closed.
        for pause in self._views.findChildren(QTimer):
            pause.stop()
        self.jobs.finish_beside()

    def _close_register(self) -> None:
        if self._register is not None:
            self._quieten()
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
            self._may_leave(tr("不保存，关闭"), self._leave)
            return
        if self.isVisible() and self._wants_backup():
            event.ignore()
            self._back_up_and_leave()
            return
        remember("geometry", self.saveGeometry())
        super().closeEvent(event)
