"""Putting a backup in the place of a register, all or nothing, however the computer dies.

What shall come is built beside and checked. One rename decides: before it the register is the old
one, after it whoever opens the register first puts in place what is still missing.
"""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import closing_seal, keys, salvaging, schema
from mediation_desk.store.backups import MADE, Condition, condition, sync
from mediation_desk.store.connection import READING, Connections
from mediation_desk.store.lock import Lock
from mediation_desk.words import tr

COMING = "coming-back"
_BUILDING = COMING + ".part"
# Where a backup is restored to be looked at, and what may never stay there.
SANDBOX = "drill.part"
# Where a register that cannot be read any more is put; somebody may yet save something of it.
ASIDE = "损坏的登记簿"


def build(folder: Path, backup: Path, key: bytes, file_name: str) -> None:
    """Copy a backup next to the register in `folder` and check the copy; changes nothing else.

    Raises `DeskError` if it is damaged, of another register, of a newer program, or does not fit.
    """
    building = folder / _BUILDING
    keys.read_slots(backup)
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        for name in (file_name, keys.FILE, MADE):
            # An older program noted nothing of what it made.
            if name != MADE or (backup / name).exists():
                shutil.copyfile(backup / name, building / name)
                sync(building / name)
        _look_through(building, key, file_name)
    except OSError as error:
        give_up(folder)
        words = tr("没有恢复：读不出备份，或者磁盘已满。请检查备份和磁盘后再试，登记簿没有变。")
        raise DeskError(words) from error
    except BaseException:
        give_up(folder)
        raise


def _look_through(building: Path, key: bytes, file_name: str) -> None:
    copy = Connections(building / file_name, key, READING)
    try:
        schema.steps_wanted(copy)
    except schema.RegisterTooNew:
        raise
    except DeskError as error:
        raise DeskError(tr("这份备份损坏了，或者不是这本登记簿的。请换一份备份再试。")) from error
    finally:
        copy.close()
    if condition(building, key, file_name) is Condition.DAMAGED:
        raise DeskError(tr("这份备份损坏了，登记簿没有变。请换一份备份再试。"))


def give_up(folder: Path) -> None:
    """Clear away what was built and shall not come, and what a drill left that was cut off."""
    for left in (_BUILDING, SANDBOX):
        shutil.rmtree(folder / left, ignore_errors=True)


def restored_aside(folder: Path, backup: Path, key: bytes, file_name: str) -> Path:
    """A backup restored into the sandbox beside the register in `folder`, by the same way.

    Raises `DeskError` if it is damaged, of another register, of a newer program, or does not fit.
    """
    sandbox = folder / SANDBOX
    try:
        shutil.rmtree(sandbox, ignore_errors=True)
        sandbox.mkdir()
        build(sandbox, backup, key, file_name)
        swap(sandbox, file_name)
    except OSError as error:
        words = tr("磁盘已满，或者登记簿所在的文件夹不能写入。请清理磁盘后再试。")
        raise DeskError(words) from error
    return sandbox


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
        # The seal was that of the old file.
        closing_seal.forget(folder)
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


def put_back_unread(
    folder: Path, backup: Path, key: bytes, file_name: str, drafts: tuple[Draft, ...] = ()
) -> Path:
    """Put a backup in the place of a register that cannot be read; where that one is kept now.

    `drafts` are what could still be read of the old one and shall not be lost with it.
    """
    lock = Lock(folder)
    try:
        build(folder, backup, key, file_name)
        # What an older program backed up may have no place for them; they stay in what is kept.
        with suppress(DeskError):
            salvaging.put_drafts(folder / _BUILDING / file_name, key, drafts)
        kept = set_aside(folder, file_name)
        swap(folder, file_name)
    finally:
        lock.release()
    return kept


def put_keys_back(folder: Path, backup: Path, file_name: str) -> Path:
    """Put a backup's wrapped keys beside a register that is whole; where the old file is kept."""
    lock = Lock(folder)
    try:
        kept = set_aside(folder, file_name)
        keys.write_slots(folder, keys.read_slots(backup))
    except OSError as error:
        words = tr("钥匙文件没有写成。请检查磁盘和文件夹权限后再试，登记簿没有变。")
        raise DeskError(words) from error
    finally:
        lock.release()
    return kept


def set_aside(folder: Path, file_name: str) -> Path:
    """Copy what is there to a place of its own, named by the moment; raises `DeskError`."""
    kept = folder / ASIDE / f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S.%f}"
    try:
        kept.mkdir(parents=True)
        for name in (file_name, file_name + "-wal", keys.FILE, closing_seal.FILE):
            if (folder / name).exists():
                shutil.copyfile(folder / name, kept / name)
    except OSError as error:
        give_up(folder)
        shutil.rmtree(kept, ignore_errors=True)
        words = tr("没有恢复：放不下损坏的登记簿，磁盘已满。请清理磁盘后再试。")
        raise DeskError(words) from error
    return kept


def move_aside(folder: Path) -> Path:
    """Give a register that nobody can save another name, so that a new one can begin in its place.

    Its backups and all else go with it; nothing is deleted.
    """
    Lock(folder).release()
    now = datetime.now().astimezone()
    target = folder.with_name(f"{folder.name} {ASIDE} {now:%Y-%m-%d %H.%M.%S}")
    try:
        folder.rename(target)
    except OSError as error:
        words = tr("没有移开损坏的登记簿。请关闭正在看这个文件夹的窗口后再试。")
        raise DeskError(words) from error
    return target
