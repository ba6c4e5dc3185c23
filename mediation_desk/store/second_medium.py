"""A copy of a backup on another disk, since what lies beside the register goes where it goes."""

import hashlib
import os
import shutil
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.backups import checked, names, sync
from mediation_desk.words import tr

# So many of the newest stay on the other disk.
_KEPT = 5


def copy_out(backup: Path, shelf: Path, key: bytes, file_name: str) -> Path:
    """Copy a checked backup into the folder `shelf`, read it back there, and drop the oldest.

    Raises `DeskError` if the disk is gone, full, or does not give back what was written.
    """
    if not shelf.parent.is_dir():
        words = tr("找不到“{folder}”，没有拷。请插好U盘，或者另选一个文件夹再试。")
        raise DeskError(words.format(folder=shelf.parent))
    target = shelf / backup.name
    temporary = target.with_name(target.name + ".part")
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        for file in sorted(backup.iterdir()):
            if file.is_file():
                shutil.copyfile(file, temporary / file.name)
                sync(temporary / file.name)
        whole = _same(backup, temporary) and checked(temporary / file_name, key)
        if whole and not target.exists():
            temporary.rename(target)
    except OSError as error:
        words = tr("没有拷成：“{folder}”已满、写保护或者拔掉了。请检查U盘后再试。")
        raise DeskError(words.format(folder=shelf.parent)) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    if not whole:
        raise DeskError(tr("拷到U盘的备份读回来不一样，已放弃。请换一个U盘再试。"))
    _thin(shelf)
    return target


def _same(one: Path, other: Path) -> bool:
    def digest(file: Path) -> bytes:
        with file.open("rb") as opened:
            # What was just written shall be read from the disk where the system can be told so.
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return hashlib.file_digest(opened, "sha256").digest()

    copied = sorted(file.name for file in other.iterdir())
    return all(digest(one / name) == digest(other / name) for name in copied)


def _thin(shelf: Path) -> None:
    for left in shelf.glob("*.part"):
        shutil.rmtree(left, ignore_errors=True)
    for name in names(shelf)[:-_KEPT]:
        shutil.rmtree(shelf / name, ignore_errors=True)
