"""The one window: first start, unlocking, or the desk itself."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication

from mediation_desk import paths
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.idle import Idle
from mediation_desk.ui.remembering import remember
from mediation_desk.ui.window_closing import ClosingWindow
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.domain.codes import Role
    from mediation_desk.domain.desk_log import DeskPerson
    from mediation_desk.store.register import Register
    from mediation_desk.ui.shell import Shell


class DeskWindow(ClosingWindow):
    """Shows what the register in `folder` allows: setting up, unlocking, or working."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._person = ""
        # Whether the system turned dark while the pages were covered.
        self._out_of_looks = False
        self.locking.unlocked.connect(self._unlocked)
        self.locking.office_wanted.connect(self._leave_for_office)
        self.idle = Idle(self._idle_minutes, self)
        self.idle.passed.connect(self.lock)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_turned)

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
        messages.fail(self, tr("练习没有打开。"), str(error))

    # The desk

    def open_desk(self, register: "Register") -> None:
        """Show the pages of an open register, once it is known who works with it."""
        # Loaded with the register.
        from mediation_desk.desk import persons  # noqa: PLC0415

        self._register = register
        people = persons.everyone(register)
        if self._demo or len(people) == 1:
            self._begin_as(people[0])
            return
        # Where several share a desk.
        from mediation_desk.ui.pages.who import WhoPage  # noqa: PLC0415

        page = WhoPage(register)
        page.chosen.connect(self._begin_as)
        self._turn_to(page)

    def _sit_down(self, person: "DeskPerson") -> None:
        """Do all in the name of `person` from now on."""
        # Loaded with the register.
        from mediation_desk.desk import persons  # noqa: PLC0415

        assert self._register is not None
        persons.sit_down(self._register, person)
        self._person = person.name

    def _begin_as(self, person: "DeskPerson") -> None:
        self._sit_down(person)
        shell = self._made_shell(cast("Register", self._register))
        self._turn_to(shell)
        shell.begin()
        if not self._demo:
            self.idle.begin()

    def _ask_who(self) -> None:
        # Where several share a desk.
        from mediation_desk.ui.pages.who import WhoWindow  # noqa: PLC0415

        assert self._register is not None
        asked = WhoWindow(self, self._register, self._person)
        asked.chosen.connect(self._change_person)
        asked.open()

    def _change_person(self, person: "DeskPerson") -> None:
        self._may_leave(tr("不保存，换人"), partial(self._work_as, person))

    def _work_as(self, person: "DeskPerson") -> None:
        """Let somebody else go on; what is being written goes on with him, if he may write."""
        self._sit_down(person)
        self._make_anew()

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

        shell = Shell(Workplace(register, self.jobs, self._person, self._demo), self._views)
        shell.locked.connect(self.lock)
        shell.person_wanted.connect(self._ask_who)
        shell.looks_chosen.connect(self.wear)
        shell.practice_wanted.connect(self.practise)
        shell.practice_again_wanted.connect(self.practise_again)
        shell.restore_wanted.connect(self.restore)
        shell.wipe_wanted.connect(self.wipe)
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
        if self.locking.covered is not None:
            self._out_of_looks = True
        elif self._register is not None and not self._unsaved:
            self._make_anew()

    # Locking

    def _idle_minutes(self) -> int:
        if self._register is None:
            return 0
        # Loaded with the register.
        from mediation_desk.desk.leaving import idle_minutes  # noqa: PLC0415

        return idle_minutes(self._register)

    def lock(self) -> None:
        """Cover the desk until the password is typed again; the demo is simply left."""
        if self._demo:
            self._leave_practice()
        elif self._register is not None:
            self.idle.stop()
            self.locking.cover(self._register)

    def _unlocked(self) -> None:
        self.idle.begin()
        if self._out_of_looks and not self._unsaved:
            self._make_anew()
        self._out_of_looks = False

    def _leave_for_office(self) -> None:
        self._may_leave(tr("不保存，请司法所帮助"), self._shut_for_office)

    def _shut_for_office(self) -> None:
        self._shut()
        self._show_asking()

    def _leave_practice(self) -> None:
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再退出。"))
            return
        self._may_leave(tr("不保存，退出练习"), self._shut)

    def _shut(self) -> None:
        # The pages go first: what one of them does when it loses the cursor may ask the register.
        self._demo = False
        self.show_start()
        self._close_register()

    # Going back to a backup, and taking the register off this computer: the pages go first

    def restore(self, backup: Path) -> None:
        """Put a backup in the register's place, and ask for its password."""
        self._may_leave_for("restore", backup, tr("不保存，去恢复"))

    def wipe(self, typed: tuple[str, str]) -> None:
        """Destroy the register by the receipt code and the password that were typed."""
        self._may_leave_for("wipe", typed, tr("不保存，清除"))

    def _may_leave_for(self, what: str, given: object, act: str) -> None:
        if self.jobs.running:
            self._ask_to_wait(tr("请等它做完，再试一次。"))
            return
        self._may_leave(act, partial(self._leave_for, what, given))

    def _leave_for(self, what: str, given: object) -> None:
        assert self._register is not None
        from mediation_desk.ui.pages.leaving_page import page_for  # noqa: PLC0415 - seldom needed

        page = page_for(what, self.jobs, self._register, given)
        page.ended.connect(self._back_at_the_door)
        self.idle.stop()
        self._turn_to(page)
        self._quieten()
        page.begin()

    def _back_at_the_door(self, sentence: str, more: str) -> None:
        # Needed only here.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self._shut()
        messages.tell(self, sentence, more)

    def _quieten(self) -> None:
        """Let nothing ask the register any more by itself."""
        # The pages live a moment longer and must not ask a register that is closed.
        for pause in self._views.findChildren(QTimer):
            pause.stop()
        self.jobs.finish_beside()

    def _close_register(self) -> None:
        self.idle.stop()
        self.locking.give_up()
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
