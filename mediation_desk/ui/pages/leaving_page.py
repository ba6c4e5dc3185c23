"""Shown while something is done to the register as a whole, after which it is no longer open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal

from mediation_desk.desk import wiping
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui.jobs import Jobs, Work
from mediation_desk.ui.pages.waiting import WaitingPage
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.store.register import Register
    from mediation_desk.store.wiping import Wiped


class Leaving(NamedTuple):
    """What is done, what is said meanwhile and if it fails, and what is told of its outcome."""

    work: Work
    sentence: str
    failed: str
    told: Callable[[Any], tuple[str, str]]


def restoring(register: "Register", backup: Path) -> Leaving:
    """Putting a backup in the register's place."""

    def told(_kept: object) -> tuple[str, str]:
        more = tr("请用做那份备份时的密码打开。恢复前的登记簿也是一份备份，在“设置—备份”里。")
        return tr("备份已恢复。"), more

    sentence = tr("正在恢复备份，请不要关机…")
    return Leaving(partial(register.restore, backup), sentence, tr("备份没有恢复。"), told)


def wiped(register: "Register", typed: tuple[str, str]) -> Leaving:
    """Destroying the register on this computer, by the code and the password that were typed."""

    def told(done: "Wiped") -> tuple[str, str]:
        said = tr("已清除：先销毁钥匙，再覆盖并删除{count}个文件。")
        return said.format(count=done.files), tr(wiping.OUT_OF_REACH)

    work = partial(wiping.wipe, register, *typed)
    return Leaving(work, tr("正在清除，请不要关机…"), tr("没有清除。"), told)


_MADE: dict[str, Callable[["Register", Any], Leaving]] = {"restore": restoring, "wipe": wiped}


def page_for(what: str, jobs: Jobs, register: "Register", given: object) -> "LeavingPage":
    """The page that does `what`, by what was given for it: a backup's folder, or what was typed."""
    return LeavingPage(jobs, _MADE[what](register, given))


class LeavingPage(WaitingPage):
    """Does its work when nothing of the register is shown any more, and says what came of it."""

    # What happened, and what to know about it.
    ended = Signal(str, str)

    def __init__(self, jobs: Jobs, leaving: Leaving) -> None:
        super().__init__(leaving.sentence)
        self._jobs, self._leaving = jobs, leaving

    def begin(self) -> None:
        """Do it."""
        self._jobs.run(
            self._leaving.work,
            owner=self,
            done=self._done,
            failed=self._refused,
            words=self._leaving.sentence,
        )

    def _done(self, done: object) -> None:
        self.ended.emit(*self._leaving.told(done))

    def _refused(self, error: DeskError) -> None:
        self.ended.emit(self._leaving.failed, str(error))
