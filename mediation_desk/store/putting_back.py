"""Putting a backup in the place of a register, all or nothing, however the computer dies.

What shall come is built beside and checked. One rename decides: before it the register is the old
one, after it whoever opens the register first puts in place what is still missing.
"""

import shutil
from datetime import datetime
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys, schema
from mediation_desk.store.backups import checked, sync
from mediation_desk.store.connection import READING, Connections
from mediation_desk.store.lock import Lock
from mediation_desk.store.thinning import STAMP
from mediation_desk.words import tr

COMING = "coming-back"
_BUILDING = COMING + ".part"
# Where a register that cannot be read any more is put; somebody may yet save something of it.
ASIDE = "damaged"


def build(folder: Path, backup: Path, key: bytes, file_name: str) -> None:
    """Copy a backup next to the register in `folder` and check the copy; changes nothing else.

    Raises `DeskError` if it is damaged, of another register, of a newer program, or does not fit.
    """
    building = folder / _BUILDING
    keys.read_slots(backup)
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        for name in (file_name, keys.FILE):
            shutil.copyfile(backup / name, building / name)
            sync(building / name)
        _look_through(building / file_name, key)
    except OSError as error:
        give_up(folder)
        words = tr("没有恢复：读不出备份，或者磁盘已满。请检查备份和磁盘后再试，登记簿没有变。")
        raise DeskError(words) from error
    except BaseException:
        give_up(folder)
        raise


def _look_through(file: Path, key: bytes) -> None:
    copy = Connections(file, key, READING)
    try:
        empty = not schema.steps_taken(copy)
        schema.steps_wanted(copy)
    except schema.RegisterTooNew:
        raise
    except DeskError as error:
        raise DeskError(tr("这份备份损坏了，或者不是这本登记簿的。请换一份备份再试。")) from error
    finally:
        copy.close()
    if empty or not checked(file, key):
        raise DeskError(tr("这份备份损坏了，登记簿没有变。请换一份备份再试。"))


def give_up(folder: Path) -> None:
    """Clear away what was built and shall not come."""
    shutil.rmtree(folder / _BUILDING, ignore_errors=True)


def swap(folder: Path, file_name: str) -> None:
    """Put what was built in the register's place; nobody may have it open, its lock is held."""
    try:
        (folder / _BUILDING).rename(folder / COMING)
        keys.sync_folder(folder)
    except OSError as error:
        give_up(folder)
        words = tr("没有恢复：登记簿所在的文件夹不能写入。请检查文件夹权限后再试，登记簿没有变。")
        raise DeskError(words) from error
    finish(folder, file_name)


def finish(folder: Path, file_name: str) -> None:
    """Put in place what a decided restore still has to; the register's lock is held.

    Each step may be done again.
    """
    coming = folder / COMING
    if not coming.is_dir():
        return
    try:
        if (coming / file_name).exists():
            # A log of the old file would be played into the new one.
            for left in ("-wal", "-shm"):
                (folder / (file_name + left)).unlink(missing_ok=True)
            (coming / file_name).replace(folder / file_name)
        if (coming / keys.FILE).exists():
            (coming / keys.FILE).replace(folder / keys.FILE)
        keys.sync_folder(folder)
        shutil.rmtree(coming)
    except OSError as error:
        words = tr("上次的恢复还没有做完：登记簿所在的文件夹不能写入。请检查文件夹权限后再打开。")
        raise DeskError(words) from error


def finish_alone(folder: Path, file_name: str) -> None:
    """The same for a register that nobody has open."""
    if (folder / COMING).is_dir():
        lock = Lock(folder)
        try:
            finish(folder, file_name)
        finally:
            lock.release()


def put_back_unread(folder: Path, backup: Path, key: bytes, file_name: str) -> Path:
    """Put a backup in the place of a register that cannot be read; where that one is kept now."""
    lock = Lock(folder)
    try:
        build(folder, backup, key, file_name)
        kept = _set_aside(folder, file_name)
        swap(folder, file_name)
    finally:
        lock.release()
    return kept


def _set_aside(folder: Path, file_name: str) -> Path:
    kept = folder / ASIDE / datetime.now().astimezone().strftime(STAMP)
    try:
        kept.mkdir(parents=True)
        for name in (file_name, file_name + "-wal", keys.FILE):
            if (folder / name).exists():
                shutil.copyfile(folder / name, kept / name)
    except OSError as error:
        give_up(folder)
        shutil.rmtree(kept, ignore_errors=True)
        words = tr("没有恢复：放不下损坏的登记簿，磁盘已满。请清理磁盘后再试。")
        raise DeskError(words) from error
    return kept
