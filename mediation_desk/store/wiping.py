"""Taking a register off a computer: first the keys, which makes the rest noise, then the rest."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys
from mediation_desk.store.lock import FILE as LOCK
from mediation_desk.store.lock import Lock
from mediation_desk.words import tr

# Stands in a folder from the first step to the last, so that a half wiped one is known.
MARK = "mediation-desk.wiping"
_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wiped:
    """What was overwritten and removed."""

    files: int
    size: int


def is_half_wiped(folder: Path) -> bool:
    """Whether a wipe was cut off after the register's own keys, which go first, were touched."""
    if not (folder / MARK).is_file():
        return False
    try:
        keys.read_slots(folder)
    except keys.KeysDamaged:
        return True
    except DeskError:
        # Of a newer program, and whole.
        return False
    return False


def forget_begun(folder: Path) -> None:
    """A wipe that was cut off before the keys were touched never began."""
    if (folder / MARK).exists():
        # A folder that cannot be written is told by whoever opens the register.
        with suppress(OSError):
            (folder / MARK).unlink()


def _overwrite(file: Path) -> int:
    """Write noise over a file, let it reach the disk, and remove it."""
    if file.is_symlink():
        file.unlink()
        return 0
    size = file.stat().st_size
    with file.open("rb+") as opened:
        for start in range(0, size, _PART):
            opened.write(os.urandom(min(_PART, size - start)))
        opened.flush()
        os.fsync(opened.fileno())
    file.unlink()
    return size


def wipe(folder: Path) -> Wiped:
    """Destroy the register in `folder`, which nobody may have open, with its backups and drafts.

    The keys of all its copies go first: from then on what is left cannot be read, however the
    computer dies. Raises `DeskError` for what could not be removed; it can be done again.
    """
    lock = Lock(folder)
    try:
        (folder / MARK).write_text("", encoding="utf-8")
        keys.sync_folder(folder)
        files = [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]
        wrapped = [path for path in files if path.name.startswith(keys.FILE)]
        # As long as these are whole, nothing else was touched.
        wrapped.sort(key=lambda path: path != folder / keys.FILE)
        others = [path for path in files if path not in wrapped and path.name not in {MARK, LOCK}]
        size = sum(_overwrite(path) for path in wrapped)
        keys.sync_folder(folder)
        size += sum(_overwrite(path) for path in others)
    except OSError as error:
        words = tr("没有清除干净：“{name}”删不掉。请关闭打开它的程序，再清除一次。")
        raise DeskError(words.format(name=error.filename or folder)) from error
    finally:
        lock.release()
    try:
        shutil.rmtree(folder)
    except OSError as error:
        words = tr("内容已经清除，空文件夹“{folder}”删不掉。请手工删掉它。")
        raise DeskError(words.format(folder=folder)) from error
    return Wiped(len(wrapped) + len(others), size)
