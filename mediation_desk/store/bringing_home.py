"""A register made from a backup where there is none: the stick of a computer that is gone."""

import os
import shutil
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import keys
from mediation_desk.store.backups import names, sync
from mediation_desk.store.opening import (
    building_folder,
    check_free,
    clear_leftovers,
    is_register,
)
from mediation_desk.store.register import FILE
from mediation_desk.words import tr


def newest_in(place: Path) -> Path:
    """The newest backup in a folder: itself, in it, or one level further down.

    Raises `DeskError` if there is none.
    """
    try:
        if is_register(place):
            return place
        found = [place / name for name in names(place)]
        for below in sorted(place.iterdir()) if place.is_dir() else ():
            if below.is_dir() and os.access(below, os.R_OK):
                found += [below / name for name in names(below)]
    except OSError as error:
        words = tr("打不开“{place}”。请插好U盘，再选一次。").format(place=place)
        raise DeskError(words) from error
    whole = [backup for backup in found if is_register(backup)]
    if not whole:
        words = tr("“{place}”里没有调解台的备份。请选U盘上“调解台备份”开头的文件夹。")
        raise DeskError(words.format(place=place))
    return max(whole, key=lambda backup: backup.name)


def bring_home(folder: Path, place: Path) -> Path:
    """Make the newest backup in `place` the register in `folder`, all or nothing; which it was.

    It is opened as it was on the day of the backup. Raises `DeskError`.
    """
    folder = Path(folder)
    check_free(folder)
    backup, building = newest_in(Path(place)), building_folder(folder)
    keys.read_slots(backup)
    try:
        clear_leftovers(folder)
        building.mkdir(parents=True)
        for name in (FILE, keys.FILE):
            shutil.copyfile(backup / name, building / name)
            sync(building / name)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
        keys.sync_folder(folder.parent)
    except OSError as error:
        words = tr("没有拷成：U盘读不出来，或者磁盘已满。请检查U盘和磁盘后再试。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return backup
