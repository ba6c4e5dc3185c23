"""Opening a register by its password, with wrong ones counted; alone, as the first page waits."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from mediation_desk.desk.clock import now
from mediation_desk.desk.placing import check_place
from mediation_desk.domain.desk_log import LogAct
from mediation_desk.store import attempts, keys
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr

T = TypeVar("T")


class MustWait(WrongPassword):
    """Too many wrong passwords in a row; the next may be tried after so many `seconds`."""

    def __init__(self, words: str, seconds: int) -> None:
        super().__init__(words)
        self.seconds = seconds


def _folder_of(path: Path) -> Path:
    return path.parent if path.is_file() else path


def _counted(folder: Path, attempt: Callable[[], T]) -> tuple[T, int]:
    """What `attempt` gives for the right password, and how many wrong ones came before it."""
    if left := attempts.waiting(folder, now()):
        raise MustWait(tr("刚才连续输错了几次密码。请等{left}秒再试。").format(left=left), left)
    try:
        given = attempt()
    except WrongPassword as error:
        count, pause = attempts.count_wrong(folder, now())
        if pause:
            words = tr("密码不对，已经连续输错{count}次。请等{pause}秒再试。")
            raise MustWait(words.format(count=count, pause=pause), pause) from error
        raise
    return given, attempts.forget(folder)


def told_wrong(register: Register, count: int) -> None:
    """Write down how many wrong passwords were tried before this register was opened."""
    if not count:
        return
    # Nearly nobody has typed a wrong one.
    from mediation_desk.desk import desk_log  # noqa: PLC0415

    words = tr("打开之前连续输错{count}次").format(count=count)
    desk_log.write_down(register, desk_log.entry(LogAct.WRONG, "", words))


def open_counted(path: Path, password: str) -> Register:
    """The register at `path`; raises `MustWait` after some wrong passwords, else as the store."""
    folder = _folder_of(path)
    check_place(folder)
    register, wrong = _counted(folder, partial(open_register, path, password))
    try:
        told_wrong(register, wrong)
    except BaseException:
        register.close()
        raise
    return register


def check_counted(register: Register, password: str) -> Register:
    """An open register whose desk was left, if `password` opens it; raises the same."""
    _key, wrong = _counted(register.folder, partial(keys.unlock, register.folder, password))
    told_wrong(register, wrong)
    return register
