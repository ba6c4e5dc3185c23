"""Asks for the password of a register that is open, before its pages are seen again."""

from functools import partial

from mediation_desk.desk.unlocking import check_counted
from mediation_desk.store.register import Register
from mediation_desk.ui.jobs import Jobs, Work
from mediation_desk.ui.pages.unlock import UnlockPage
from mediation_desk.words import tr


class LockedPage(UnlockPage):
    """The same page as at the start, over what was being done."""

    told_first = tr("已锁定。写了一半的内容都还在，输入密码接着办。")
    open_label = tr("接着办 (&O)")
    doing = tr("正在核对密码…")

    def __init__(self, register: Register, jobs: Jobs) -> None:
        self._register = register
        super().__init__(register.folder, jobs)
        # Whoever sits at a locked desk shall not leave it for the demo.
        self.practise.hide()
        # All is loaded that the pages below need.
        self.readying.ready = True

    def work(self, password: str) -> Work:
        """Check the password; the register below is open as it was."""
        return partial(check_counted, self._register, password)
