"""Backups on a stick or another disk: where to, when last, and when to remind of it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.backups import Why
from mediation_desk.store.register import Register
from mediation_desk.words import tr

_NOTE = "second_medium"
# What a file system may refuse in a folder's name.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Medium:
    """The folder chosen on another disk, and when a backup was last put there."""

    folder: Path | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CopiedOut:
    """Where the copy is; on the `same_disk` as the register it helps against nothing."""

    path: Path
    same_disk: bool

    @property
    def warning(self) -> str:
        """What to mind about the place, empty if nothing."""
        if not self.same_disk:
            return ""
        return tr("注意：这个文件夹和登记簿在同一个磁盘上，磁盘坏了会一起丢。请改用U盘。")


def medium(register: Register) -> Medium:
    """What is known of the other disk."""
    stored = register.setting(_NOTE)
    noted = json.loads(stored) if stored else {}
    at = noted.get("at", "")
    folder = noted.get("folder", "")
    return Medium(Path(folder) if folder else None, datetime.fromisoformat(at) if at else None)


def choose(register: Register, folder: Path) -> None:
    """Put backups there from now on."""
    _note(register, Medium(folder, medium(register).at))


def _note(register: Register, known: Medium) -> None:
    at = known.at.isoformat(timespec="seconds") if known.at else ""
    noted = {"folder": str(known.folder or ""), "at": at}
    register.set(_NOTE, json.dumps(noted, ensure_ascii=False))


def shelf_name(register: Register) -> str:
    """The folder on the other disk, so that several registers may share a stick."""
    unit = register.unit
    return _REFUSED.sub("_", tr("调解台备份 {name} {code}").format(name=unit.name, code=unit.code))


def copy_out(register: Register, now: datetime) -> CopiedOut:
    """Back up and put the checked copy on the other disk that was chosen."""
    known = medium(register)
    if known.folder is None:
        raise DeskError(tr("还没有选放第二份备份的地方。请插上U盘，先选U盘上的一个文件夹。"))
    if not known.folder.is_dir():
        words = tr("找不到“{folder}”，没有拷。请插好U盘，或者另选一个文件夹再试。")
        raise DeskError(words.format(folder=known.folder))
    backup = register.back_up(Why.MEDIUM)
    path = register.copy_out(backup, known.folder / shelf_name(register))
    _note(register, Medium(known.folder, now))
    same = known.folder.stat().st_dev == register.folder.stat().st_dev
    return CopiedOut(path, same)


def reminder(register: Register, now: datetime) -> str:
    """That a backup should be put on another disk again, in one sentence; empty if not yet."""
    known = medium(register)
    since = known.at or _begun(register)
    if since is None:
        return ""
    days = (now.date() - since.astimezone().date()).days
    if days < register.settings.medium_days:
        return ""
    if known.at is None:
        return tr("备份还没有拷到U盘上：电脑坏了或丢了，记录就找不回来。")
    return tr("已有{days}天没有把备份拷到U盘上了。").format(days=days)


def _begun(register: Register) -> datetime | None:
    first = register.act(1)
    return datetime.fromisoformat(first.at) if first else None
