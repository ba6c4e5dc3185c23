"""Creating a register and opening one, with every refusal in its own words."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from glob import escape
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import (
    backups,
    closing_seal,
    indexing,
    keys,
    looking_over,
    putting_back,
    schema,
    write_log,
)
from mediation_desk.store.closing_seal import Since
from mediation_desk.store.connection import RESTORE, Connections, RegisterDamaged
from mediation_desk.store.lock import Lock
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.wiping import forget_begun, is_half_wiped, wipe
from mediation_desk.words import tr


class LogDamaged(RegisterDamaged):
    """The register itself can be read, but not what was saved last."""


def is_register(folder: Path) -> bool:
    """Whether `folder` looks like a register."""
    return (folder / FILE).is_file() and (folder / keys.FILE).is_file()


def create_register(
    folder: Path, password: str, found: Callable[[Register], None] = lambda _: None
) -> Register:
    """A new register in `folder`, which must not hold one yet, with what `found` writes into it.

    All or nothing: a register without its founding never stands under its final name. Raises
    `DeskError` if the folder is taken or cannot be written.
    """
    folder = Path(folder)
    check_free(folder)
    building = building_folder(folder)
    key = keys.new_key()
    try:
        clear_leftovers(folder)
        building.mkdir(parents=True)
        # Held from the first file on, so that nobody takes this for what a crash left behind.
        with Register(building, key, Lock(building)) as register:
            keys.write_slots(building, [keys.wrap(key, keys.PASSWORD, password)])
            schema.upgrade(building / FILE, key)
            found(register)
            register.opening = looking_over.Opening(thorough=True)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except OSError as error:
        words = tr("不能在“{folder}”建立登记簿：磁盘已满或文件夹不能写入。请换一个位置再试。")
        raise DeskError(words.format(folder=folder.parent)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return open_with_key(folder, key)


def check_free(folder: Path) -> None:
    """Raise `DeskError` if there is something where a register shall be made."""
    if _taken(folder):
        words = tr("“{folder}”已经存在，没有改动它。请换一个新的文件夹名。")
        raise DeskError(words.format(folder=folder.name))


def building_folder(folder: Path) -> Path:
    """Where a register is made before it gets its final name."""
    return folder.with_name(f".{folder.name}.{os.getpid()}.part")


def _taken(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        words = tr("不能打开“{folder}”。请检查文件夹权限后再试。").format(folder=folder)
        raise DeskError(words) from error


def clear_leftovers(folder: Path) -> None:
    """Remove what a program that died while building the same register left behind."""
    for left in folder.parent.glob(f".{escape(folder.name)}.*.part"):
        try:
            Lock(left).release()
        except DeskError:
            continue
        shutil.rmtree(left, ignore_errors=True)


def _folder_of(path: Path) -> Path:
    folder = path.parent if path.name == FILE else path
    try:
        there, whole = folder.exists(), is_register(folder)
        database = whole or (folder / FILE).is_file()
    except OSError as error:
        words = tr("不能打开“{path}”。请检查文件夹权限后再试。").format(path=path)
        raise DeskError(words) from error
    if not there:
        words = tr("找不到“{path}”。请检查路径是否写对。").format(path=path)
        raise DeskError(words)
    if is_half_wiped(folder):
        wipe(folder)
        happened = tr("这里的登记簿正在清除时中断过，现在已经清除完了。")
        raise DeskError(happened + tr("请打开新电脑上的登记簿，或新建一本。"))
    if database:
        forget_begun(folder)
    # A register without its keys is told by whoever reads the keys.
    if not database and ((folder / keys.FILE).is_file() or backups.newest(folder)):
        words = tr("登记簿文件不见了（{file}）。").format(file=FILE)
        raise RegisterDamaged(words + tr(RESTORE))
    if not database:
        words = tr("“{path}”不是调解台的登记簿。请选择含有 {file} 的文件夹。")
        raise DeskError(words.format(path=path, file=FILE))
    return folder


def open_register(path: Path, password: str) -> Register:
    """The register at `path` (its folder, or the database inside).

    Raises `WrongPassword`, `RegisterBusy`, `RegisterDamaged`, `RegisterTooNew`, or `DeskError`.
    """
    folder = _folder_of(Path(path))
    # Else the password of the register as it was before would be asked for.
    putting_back.finish_alone(folder, FILE)
    promised = closing_seal.digest_meanwhile(folder / FILE)
    return open_with_key(folder, keys.unlock(folder, password), promised)


def open_by_code(path: Path, code: str) -> Register:
    """The same by the recovery code; raises `WrongCode` and whatever `open_register` does."""
    folder = _folder_of(Path(path))
    promised = closing_seal.digest_meanwhile(folder / FILE)
    return open_with_key(folder, keys.unlock(folder, code, keys.RECOVERY), promised)


def open_by_office(path: Path, secret: str) -> Register:
    """The same by the secret that the office read; raises `WrongCode` for another one's."""
    folder = _folder_of(Path(path))
    promised = closing_seal.digest_meanwhile(folder / FILE)
    return open_with_key(folder, keys.unlock(folder, secret, keys.OFFICE), promised)


def open_with_key(
    folder: Path,
    key: bytes,
    promised: "Future[bytes] | None" = None,
    *,
    short_log: bool = False,
) -> Register:
    """The register in `folder`, its key already known; `promised` is the digest of its file.

    With `short_log` one whose last acts cannot be read is opened as it was before them.
    """
    lock = Lock(folder)
    try:
        putting_back.give_up(folder)
        if (folder / putting_back.COMING).is_dir():
            putting_back.finish(folder, FILE)
            promised = None
        since = closing_seal.since(folder, FILE, key, promised)
        if since is not Since.SAME and not short_log:
            _read_log(folder)
        opening = _bring_up_to_date(folder, key, since)
        register = Register(folder, key, lock)
        register.opening = opening
    except BaseException:
        lock.release()
        raise
    return register


def _read_log(folder: Path) -> None:
    """See that what was saved last can be read, before anything reads past the damage."""
    log = write_log.look(folder / (FILE + "-wal"))
    if log.lost:
        words = tr("登记簿最后至少{count}次保存的内容读不出来，它们所在的文件损坏了（{file}）。")
        raise LogDamaged(words.format(count=log.lost, file=FILE + "-wal") + tr(RESTORE))


def _bring_up_to_date(folder: Path, key: bytes, since: Since) -> looking_over.Opening:
    file, wanted = folder / FILE, list[str]()
    connections = Connections(file, key)
    try:
        # An empty file would be taken for a new database, and be written to.
        empty = file.stat().st_size == 0
        if not empty:
            wanted = schema.steps_wanted(connections)
        if empty or wanted == schema.known_steps():
            # A register without its first tables was cut off or emptied; a new one is never so.
            raise RegisterDamaged(tr("登记簿文件是空的或已损坏。") + tr(RESTORE))
        if not wanted:
            # Before anything is built on it.
            opening = looking_over.looked_over(connections, file, since)
            closing_seal.mark_open(folder)
            indexing.bring_up_to_date(connections)
            return opening
        backups.back_up(connections, folder, key, FILE, backups.Why.UPGRADE)
    finally:
        connections.close()
    closing_seal.mark_open(folder)
    schema.upgrade(file, key)
    return _index_anew(file, key, since)


def _index_anew(file: Path, key: bytes, since: Since) -> looking_over.Opening:
    """Let the search find by what this program knows; an older one chose other words."""
    connections = Connections(file, key)
    try:
        indexing.bring_up_to_date(connections)
        return looking_over.looked_over(connections, file, since)
    finally:
        connections.close()
