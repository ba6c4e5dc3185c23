"""Putting a finished file in place: written aside, checked, made durable, then moved at once.

What a power cut leaves aside may hold names in plain text, and on Windows everybody sees it. Nobody
can tell it from what another window is still writing but by its age.
"""

import errno
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

T = TypeVar("T")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_WHY = {
    errno.EIO: "读写磁盘出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENODEV: "磁盘或U盘不在了",
    errno.ENXIO: "磁盘或U盘不在了",
}
_ANY_WRITE = 0o222
_ASIDE = re.compile(r"\.[0-9a-f]{32}\.part", re.ASCII)
# Nothing takes so long to write, in seconds.
_ABANDONED = 3600


def aside_in(folder: Path) -> Path:
    """A new name for what is not finished yet; clears away what a power cut left in `folder`."""
    for left in folder.glob(".*.part"):
        try:
            old = time.time() - left.stat().st_mtime > _ABANDONED
        except OSError:
            continue
        if not _ASIDE.fullmatch(left.name) or not old:
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()
    return folder / f".{uuid.uuid4().hex}.part"


def placed(target: Path, write: Callable[[IO[bytes]], T], check: Callable[[Path, T], None]) -> T:
    """Write a file beside `target`, `check` it, and only then give it the name `target`.

    Raises `DeskError` for a place that cannot be written; then nothing is left behind.
    """
    if target.is_dir():
        happened = tr("“{folder}”是一个文件夹，不是文件名。").format(folder=target)
        raise DeskError(happened + tr("请在后面加上文件名。"))
    try:
        if target.exists() and not target.stat().st_mode & _ANY_WRITE:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        aside, held = aside_in(target.parent), _held.get()
        if held is not None and held.target == target:
            held.aside = aside
            return _written(aside, write, check)
        try:
            result = _written(aside, write, check)
            _named(aside, target)
            return result
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise DeskError(could_not_write(error, target)) from error


def place_whole(target: Path, content: bytes) -> None:
    """Write a file that is made already, read it back, and only then give it the name `target`.

    Raises `DeskError` as `placed` does, and where the place does not keep what was written.
    """

    def write(file: IO[bytes]) -> None:
        file.write(content)

    def check(aside: Path, _written: None) -> None:
        if aside.read_bytes() != content:
            happened = tr("“{name}”读回后与原内容不一致，没有保存。").format(name=target.name)
            raise DeskError(happened + tr("请换一个位置再试一次。"))

    placed(target, write, check)


@dataclass
class _Held:
    """A file that is written and checked, and waits aside for its name."""

    target: Path
    aside: Path | None = None


_held: ContextVar[_Held | None] = ContextVar("held", default=None)


@contextmanager
def named_last(target: Path) -> Iterator[None]:
    """Give a file written inside the name `target` only when all that is done inside is done.

    Where its entry in the register is made inside, a power cut before that would leave a file that
    nobody knows of, whose number is given twice. An entry without a file does no harm: the next one
    holds what it held. What is refused leaves what lay there before.
    """
    held = _Held(target)
    token = _held.set(held)
    try:
        try:
            yield
        finally:
            _held.reset(token)
        if held.aside is not None:
            try:
                _named(held.aside, target)
            except OSError as error:
                raise DeskError(could_not_write(error, target)) from error
    finally:
        if held.aside is not None:
            with suppress(OSError):
                held.aside.unlink(missing_ok=True)


def _written(aside: Path, write: Callable[[IO[bytes]], T], check: Callable[[Path, T], None]) -> T:
    with aside.open("xb") as file:
        result = write(file)
        file.flush()
        os.fsync(file.fileno())
    check(aside, result)
    return result


def _named(aside: Path, target: Path) -> None:
    aside.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name durable too; Windows has no way to open a folder and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def could_not_write(error: OSError, target: Path) -> str:
    """What kept `target` from being written, and what to do."""
    name, folder = target.name, target.parent
    if error.errno in _FULL:
        happened = tr("磁盘空间不足，没有写成“{name}”。").format(name=name)
        return happened + tr("请清理磁盘或换一个位置后再试。")
    if error.errno in _CLOSED:
        happened = tr("“{name}”不能写入：位置是只读的，或文件正被其他程序打开。").format(name=name)
        return happened + tr("请关闭打开它的程序，或换一个位置后再试。")
    if not folder.is_dir():
        happened = tr("文件夹“{folder}”不存在，没有写成“{name}”。").format(folder=folder, name=name)
        return happened + tr("请先建立这个文件夹，或换一个位置。")
    # The system's own words may be in any language.
    why = tr(_WHY.get(error.errno or 0, "系统错误{number}")).format(number=error.errno)
    happened = tr("写“{name}”时出错（{why}）。").format(name=name, why=why)
    return happened + tr("请换一个位置后再试。")
