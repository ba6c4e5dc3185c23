"""A register on its way to another computer: copied under a key of its own, opened there."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys, schema
from mediation_desk.store.backups import checked, sync
from mediation_desk.store.cared import FILE
from mediation_desk.store.connection import NOT_REKEYED, READING, Connections, RegisterDamaged, told
from mediation_desk.store.lock import Lock
from mediation_desk.store.opening import (
    building_folder,
    check_free,
    clear_leftovers,
    open_with_key,
)
from mediation_desk.store.register import Register
from mediation_desk.store.thinning import STAMP
from mediation_desk.words import tr

# Writes the file that came and gives its key.
Place = Callable[[Path], bytes]

# Where what was merged lies on as it came, with all its history.
MERGED = "merged"
_COMING = "merging.part"
_GOING = "moving.part"


def rekey(file: Path, key: bytes) -> bytes:
    """Give a register file that nobody has open another key; that key.

    Raises `DeskError`; then the file has the key that it had.
    """
    new = keys.new_key()
    with told():
        connection = sqlcipher.connect(str(file), isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            # Exchanging the key needs a file without a log.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
        finally:
            connection.close()
    if not _opens(file, new):
        raise DeskError(tr(NOT_REKEYED))
    sync(file)
    return new


def _opens(file: Path, key: bytes) -> bool:
    """Whether a file has this key. The driver says nothing of an exchange it could not commit."""
    copy = Connections(file, key, READING)
    try:
        return bool(schema.steps_taken(copy))
    except RegisterDamaged:
        return False
    finally:
        copy.close()


@contextmanager
def copied_anew(register: Register) -> Iterator[tuple[Path, bytes]]:
    """A whole copy of an open register under a key of its own, as long as it is wanted."""
    going = register.folder / _GOING
    shutil.rmtree(going, ignore_errors=True)
    try:
        going.mkdir()
        file = going / FILE
        key = rekey(file, register.copy_to(file))
        if not checked(file, key):
            raise DeskError(tr("登记簿的副本读不回来，没有做转移文件。请检查磁盘后再试。"))
        yield file, key
    except OSError as error:
        words = tr("没有做成转移文件：磁盘已满或文件夹不能写入。请清理磁盘后再试。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(going, ignore_errors=True)


def _look_through(file: Path, key: bytes) -> bool:
    """See that what came is whole; whether it has to be upgraded."""
    damaged = tr("转移文件里的登记簿损坏了，没有使用。请把文件重新拷一次，或者重新做一份。")
    copy = Connections(file, key, READING)
    try:
        if not schema.steps_taken(copy):
            raise DeskError(damaged)
        wanted = bool(schema.steps_wanted(copy))
    finally:
        copy.close()
    if not checked(file, key):
        raise DeskError(damaged)
    return wanted


def _placed(file: Path, place: Place) -> bytes:
    """The file that came, in today's form and under a key that no other computer knows."""
    key = place(file)
    wanted = _look_through(file, key)
    key = rekey(file, key)
    if wanted:
        schema.upgrade(file, key)
    return key


def settle_in(folder: Path, place: Place, password: str) -> Register:
    """The register that came, in a folder which must not hold one yet, opened by `password`.

    All or nothing, as with a new one. Raises `DeskError`.
    """
    folder = Path(folder)
    check_free(folder)
    building = building_folder(folder)
    try:
        clear_leftovers(folder)
        building.mkdir(parents=True)
        lock = Lock(building)
        try:
            key = _placed(building / FILE, place)
            keys.write_slots(building, [keys.wrap(key, keys.PASSWORD, password)])
            Connections(building / FILE, key).close()
        finally:
            lock.release()
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
        keys.sync_folder(folder.parent)
    except OSError as error:
        words = tr("不能在“{folder}”建立登记簿：磁盘已满或文件夹不能写入。请换一个位置再试。")
        raise DeskError(words.format(folder=folder.parent)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return open_with_key(folder, key)


@contextmanager
def opened_beside(register: Register, place: Place, password: str) -> Iterator[Register]:
    """The register that came, opened for reading beside the one that is here.

    It stays in a folder of its own, with all its history and opened by `password`, unless what is
    done with it fails.
    """
    coming = register.folder / _COMING
    shutil.rmtree(coming, ignore_errors=True)
    try:
        coming.mkdir()
        key = _placed(coming / FILE, place)
        keys.write_slots(coming, [keys.wrap(key, keys.PASSWORD, password)])
        other = Register(coming, key, None)
        try:
            yield other
        finally:
            other.close()
    except OSError as error:
        words = tr("没有并入：磁盘已满或文件夹不能写入。请清理磁盘后再试，登记簿没有变。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(coming, ignore_errors=True)


def keep_beside(register: Register, other: Register) -> Path:
    """Keep what was merged as it came; where it is."""
    kept = register.folder / MERGED / datetime.now().astimezone().strftime(STAMP)
    kept.parent.mkdir(exist_ok=True)
    other.close()
    other.folder.replace(kept)
    return kept
