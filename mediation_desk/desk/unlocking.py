"""Opening a register by its password, with wrong ones counted; alone, as the first page waits."""

from pathlib import Path

from mediation_desk.desk.clock import now
from mediation_desk.desk.placing import check_place
from mediation_desk.store import attempts
from mediation_desk.store.keys import WrongPassword
from mediation_desk.store.opening import open_register
from mediation_desk.store.register import Register
from mediation_desk.words import tr


class MustWait(WrongPassword):
    """Too many wrong passwords in a row; the next may be tried after so many `seconds`."""

    def __init__(self, words: str, seconds: int) -> None:
        super().__init__(words)
        self.seconds = seconds


def open_counted(path: Path, password: str) -> Register:
    """The register at `path`; raises `MustWait` after some wrong passwords, else as the store."""
    folder = path.parent if path.is_file() else path
    check_place(folder)
    if left := attempts.waiting(folder, now()):
        raise MustWait(tr("刚才连续输错了几次密码。请等{left}秒再试。").format(left=left), left)
    try:
        register = open_register(path, password)
    except WrongPassword as error:
        count, pause = attempts.count_wrong(folder, now())
        if pause:
            words = tr("密码不对，已经连续输错{count}次。请等{pause}秒再试。")
            raise MustWait(words.format(count=count, pause=pause), pause) from error
        raise
    attempts.forget(folder)
    return register
