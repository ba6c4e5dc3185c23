"""Backups of a register: compacted, opened and checked before they count, thinned afterwards."""

import os
import shutil
import threading
from datetime import datetime
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys
from mediation_desk.store.connection import READING, Connections, RegisterDamaged
from mediation_desk.words import tr

FOLDER = "backups"
_KEPT = 20

_one_at_a_time = threading.Lock()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _checked(file: Path, key: bytes) -> bool:
    copy = Connections(file, key, READING)
    try:
        return copy.rows("PRAGMA quick_check") == [("ok",)]
    finally:
        copy.close()


def back_up(connections: Connections, register: Path, key: bytes, file_name: str) -> Path:
    """Write a checked backup, itself a register that can be opened, and drop the oldest ones.

    Raises `DeskError` if it cannot be written or does not read back.
    """
    folder = register / FOLDER
    # One at a time: what another thread is still writing would look like a leftover.
    with _one_at_a_time:
        target = _written(connections, register, key, file_name)
        _thin(folder)
    return target


def _written(connections: Connections, register: Path, key: bytes, file_name: str) -> Path:
    target = register / FOLDER / _next_name(register / FOLDER)
    temporary = target.with_name(target.name + ".part")
    try:
        temporary.mkdir(parents=True)
        connections.run("VACUUM INTO ?", (str(temporary / file_name),))
        shutil.copyfile(register / keys.FILE, temporary / keys.FILE)
        whole = _checked(temporary / file_name, key)
        if whole:
            _sync(temporary / file_name)
            _sync(temporary / keys.FILE)
            temporary.rename(target)
    except RegisterDamaged:
        raise
    except (OSError, DeskError) as error:
        words = tr("备份没有写成：磁盘已满或文件夹不能写入。请清理磁盘或检查权限后再试。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    if not whole:
        raise DeskError(tr("备份写好后读不回来，已放弃。请检查磁盘后再试。"))
    return target


def _next_name(folder: Path) -> str:
    """Now as a name, or after a clock was set back, one that still follows the newest there is."""
    now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    newest = max((entry.name for entry in folder.glob("*[0-9]")), default="")
    if now > newest:
        return now
    stamp, _, count = newest.partition("+")
    return f"{stamp}+{int(count or 0) + 1:04d}"


def newest(register: Path) -> datetime | None:
    """When the newest backup of a register was written; None if there is none."""
    names = sorted(entry.name for entry in (register / FOLDER).glob("*[0-9]"))
    if not names:
        return None
    stamp = names[-1].partition("+")[0]
    return datetime.strptime(stamp, "%Y%m%d-%H%M%S-%f").astimezone()


def _thin(folder: Path) -> None:
    """Keep the newest backups, and clear away what an interrupted one left."""
    for left in folder.glob("*.part"):
        shutil.rmtree(left, ignore_errors=True)
    whole = sorted(entry for entry in folder.iterdir() if entry.is_dir())
    for old in whole[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
