"""Whether a register may be worked with where it lies, and moving it to where it may."""

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

from mediation_desk import paths
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import backups, closing_seal, keys
from mediation_desk.store.lock import FILE as LOCK
from mediation_desk.store.lock import Lock
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.standing import Standing, standing
from mediation_desk.words import tr

# Less what the names of backups add: SQLite ends at 512 on Linux and at 1040 on Windows.
_LONGEST = 940 if sys.platform == "win32" else 400
_WHY = {
    Standing.REMOVABLE: tr("登记簿放在U盘或移动硬盘上（{folder}），拔早了会坏，丢了就没了。"),
    Standing.NETWORK: tr("登记簿放在网络上的文件夹里（{folder}），断网或者两个人同时打开会坏。"),
    Standing.SYNCED: tr(
        "登记簿放在网盘的同步文件夹里（{folder}），会传到网上，同步到一半还会弄坏。"
    ),
}


class BadPlace(DeskError):
    """The register lies where it must not be worked with."""

    # For who must not load this module to know.
    bad_place = True


def check_place(folder: Path) -> None:
    """Raises `BadPlace` for a register in use; a backup is looked into wherever it lies."""
    _check_length(folder)
    if (folder / backups.MADE).exists():
        return
    found = standing(folder)
    if found is not None:
        mend = tr("请把它移到这台电脑的硬盘上再用（命令是 move-in）。")
        raise BadPlace(_WHY[found].format(folder=folder) + mend)


def _check_length(folder: Path) -> None:
    """SQLite takes names of so many bytes; a Chinese character has three."""
    if len(os.fsencode(os.path.abspath(folder))) > _LONGEST:  # noqa: PTH100
        words = tr("登记簿所在的文件夹套得太深、名字太长（{count}个字），打不开。")
        mend = tr("请换一个名字短一些的文件夹，或者把上面几层的名字改短。")
        raise DeskError(words.format(count=len(str(folder))) + mend)


def check_new_place(folder: Path) -> None:
    """The same for a register that shall begin."""
    _check_length(folder)
    found = standing(folder)
    if found is not None:
        mend = tr("请换一个在这台电脑硬盘上的文件夹。")
        raise BadPlace(_WHY[found].format(folder=folder) + mend)


def move_in(folder: Path, password: str, target: Path | None = None) -> tuple[Path, Path]:
    """Move a register to the computer's own disk; where it is now, and where the old one stays.

    It is copied with its backups, read back, opened and checked before it stands under its name;
    only then the old one gets another name. Nothing is deleted.
    """
    there = target or paths.default_register()
    check_new_place(there)
    if there.exists() and (not there.is_dir() or any(there.iterdir())):
        words = tr("这台电脑上“{folder}”已经有东西了，没有移。").format(folder=there)
        raise DeskError(words + tr("请先把那里的移开，或者换一个文件夹再试。"))
    lock = Lock(folder)
    try:
        key = keys.unlock(folder, password)
        _copy_whole(folder, there, key)
    finally:
        lock.release()
    return there, _set_aside(folder)


def _copy_whole(folder: Path, there: Path, key: bytes) -> None:
    building = there.with_name(f".{there.name}.{os.getpid()}.part")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(folder, building, ignore=shutil.ignore_patterns(LOCK))
        for file in building.rglob("*"):
            if file.is_file():
                backups.sync(file)
                if closing_seal.digest(file) != closing_seal.digest(
                    folder / file.relative_to(building)
                ):
                    raise DeskError(tr("移过来的和原来的不一样，没有移。请检查U盘和磁盘后再试。"))
        with open_with_key(building, key) as register:
            wrong = register.verify()
        if wrong:
            words = tr("登记簿里有{count}处不对，没有移。请先恢复最近的备份再移。")
            raise DeskError(words.format(count=len(wrong)))
        if there.exists():
            there.rmdir()
        building.rename(there)
    except OSError as error:
        words = tr("没有移成：磁盘已满，或者文件夹不能读写。请检查后再试，原来的没有变。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _set_aside(folder: Path) -> Path:
    """Give the old one a name that says what it is, so that nobody goes on working with it."""
    day = f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S}"
    kept = folder.with_name(tr("{name} 已移到电脑上 {day}").format(name=folder.name, day=day))
    try:
        folder.rename(kept)
    except OSError:
        # A write-protected stick keeps its name; it is told where it lies.
        return folder
    return kept
