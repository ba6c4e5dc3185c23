"""What the window shows before a register is open: the password, and every other way in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui.window_frame import WindowFrame
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.moving import Taken
    from mediation_desk.domain.codes import Role
    from mediation_desk.store.register import Register


class AtTheDoor(WindowFrame):
    """The part of the window that leads to an open register."""

    _folder: Path

    def show_start(self, *, demo: bool = False) -> None:
        """The first page there is."""
        raise NotImplementedError

    def open_desk(self, register: "Register") -> None:
        """Show the pages of an open register."""
        raise NotImplementedError

    def _open_founded(self, register: "Register") -> None:
        raise NotImplementedError

    def practise(self, role: "Role") -> None:
        """Go to the demo township."""
        raise NotImplementedError

    def _choose_practice(self) -> None:
        raise NotImplementedError

    def _show_founding(self) -> None:
        # Loaded only on the first start, which happens once.
        from mediation_desk.ui.pages.founding import FoundingPage  # noqa: PLC0415

        page = FoundingPage(self._folder, self.jobs)
        page.founded.connect(self._open_founded)
        page.practice_wanted.connect(self.practise)
        page.transfer_wanted.connect(self._show_settling)
        self._turn_to(page)

    def _show_settling(self) -> None:
        # Needed once for each computer.
        from mediation_desk.ui.pages.settle_page import SettlePage  # noqa: PLC0415

        page = SettlePage(self._folder, self.jobs)
        page.settled.connect(self._open_settled)
        page.brought.connect(self.show_start)
        page.given_up.connect(self.show_start)
        self._turn_to(page)

    def _open_settled(self, taken: "Taken") -> None:
        """Show a register that came from another computer, and the code that says so there."""
        # Loaded by now.
        from mediation_desk.ui.pages.settle_page import tell_settled  # noqa: PLC0415

        self._open_founded(taken.register)
        tell_settled(self, taken)

    def _show_unlock(self) -> None:
        # The demo never asks for a password.
        from mediation_desk.ui.pages.unlock import UnlockPage  # noqa: PLC0415

        page = UnlockPage(self._folder, self.jobs)
        page.unlocked.connect(self.open_desk)
        page.practice_wanted.connect(self._choose_practice)
        page.forgotten.connect(self._show_recovery)
        page.damaged.connect(self._show_damage)
        page.misplaced.connect(self._ask_to_move)
        self._turn_to(page)

    def _show_recovery(self) -> None:
        # Seldom seen, and it loads more than the password page may.
        from mediation_desk.ui.pages.recover_page import RecoverPage  # noqa: PLC0415

        page = RecoverPage(self._folder, self.jobs)
        page.recovered.connect(self.open_desk)
        page.given_up.connect(self.show_start)
        page.office_wanted.connect(self._show_asking)
        page.damaged.connect(self._show_damage_by_code)
        self._turn_to(page)

    def _show_asking(self) -> None:
        # Needed once in years.
        from mediation_desk.ui.pages.ask_office_page import AskOfficePage  # noqa: PLC0415

        page = AskOfficePage(self._folder, self.jobs)
        # The sheet is lost, so the first thing is another one.
        page.recovered.connect(self._open_founded)
        page.given_up.connect(self._show_recovery)
        self._turn_to(page)

    def _show_damage_by_code(self, sentence: str, code: str) -> None:
        self._show_damage(sentence, code, "recovery")

    def _show_damage(self, sentence: str, secret: str, kind: str = "password") -> None:
        # Nearly nobody ever sees it.
        from mediation_desk.ui.pages.damaged_page import DamagedPage  # noqa: PLC0415

        page = DamagedPage(self._folder, self.jobs, sentence, secret, kind)
        page.recovered.connect(self.open_desk)
        page.begin_anew.connect(self.show_start)
        page.given_up.connect(self.show_start)
        self._turn_to(page)

    # Where it must not lie

    def _ask_to_move(self, sentence: str, password: str) -> None:
        # Needed by nearly nobody.
        from mediation_desk.ui import messages  # noqa: PLC0415

        happened, mark, _ = sentence.partition(tr("。"))
        more = tr(
            "可以现在就移到这台电脑的硬盘上：先拷过来，核对、检查过，再把原来的改名留着，"
            "一个文件也不删。以后直接打开调解台就是它。"
        )
        act = tr("移到这台电脑上")
        messages.ask(self, happened + mark, more, act, partial(self._move_in, password))

    def _move_in(self, password: str) -> None:
        # As above.
        from mediation_desk.desk.placing import move_in  # noqa: PLC0415
        from mediation_desk.ui.pages.waiting import WaitingPage  # noqa: PLC0415

        page = WaitingPage(tr("正在移到这台电脑上，请不要拔U盘…"))
        self._turn_to(page)
        self.jobs.run(
            partial(move_in, self._folder, password),
            owner=page,
            done=self._moved_in,
            failed=self._not_moved_in,
            words=tr("正在移动登记簿…"),
        )

    def _moved_in(self, moved: "tuple[Path, Path]") -> None:
        # As above.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self._folder, kept = moved
        self.show_start()
        more = tr("现在在“{folder}”，请输入密码打开。原来的留在“{kept}”，不要再用它登记。")
        messages.tell(self, tr("登记簿移好了。"), more.format(folder=self._folder, kept=kept))

    def _not_moved_in(self, error: DeskError) -> None:
        # As above.
        from mediation_desk.ui import messages  # noqa: PLC0415

        self.show_start()
        messages.fail(self, tr("登记簿没有移。"), str(error))
