"""One instance per register: a lock the system itself drops when the program dies."""

import os
import sys
from pathlib import Path
from typing import IO

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.connection import RegisterBusy
from mediation_desk.words import tr

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


FILE = "in-use"


class Lock:
    """Holds the register in `folder` for this process until released."""

    def __init__(self, folder: Path) -> None:
        try:
            self._file: IO[bytes] = (folder / FILE).open("a+b")
        except OSError as error:
            words = tr("登记簿所在的文件夹不能写入。请检查文件夹权限后再试。")
            raise DeskError(words) from error
        try:
            self._file.seek(0, os.SEEK_SET)
            _take(self._file)
        except OSError as error:
            self._file.close()
            words = tr("这本登记簿已在另一个窗口中打开。请先关闭那一个，再试一次。")
            raise RegisterBusy(words) from error

    def release(self) -> None:
        """Let others open the register."""
        self._file.close()
