"""Backups of a register: compacted, opened and checked before they count, thinned afterwards."""

import json
import os
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

from mediation_desk.domain.problems import DeskError
from mediation_desk.store import closing_seal, keys, schema, verifying
from mediation_desk.store.connection import READING, Connections, RegisterDamaged
from mediation_desk.store.thinning import STAMP, dropped, moment
from mediation_desk.words import tr

FOLDER = "backups"
# Why a backup was made and of which state of the register; nothing of what is in it.
MADE = "made.json"

_one_at_a_time = threading.Lock()


class Why(StrEnum):
    """What a backup was made for, told in a list of them."""

    ASKED = "asked"
    IMPORT = "import"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    WORKING = "working"
    CLOSING = "closing"
    MEDIUM = "medium"

    @property
    def label(self) -> str:
        """The reason in words."""
        return _LABELS[self]


_LABELS = {
    Why.ASKED: tr("手动备份"),
    Why.IMPORT: tr("接收或撤销前"),
    Why.UPGRADE: tr("升级前"),
    Why.RESTORE: tr("恢复前"),
    Why.WORKING: tr("工作中自动"),
    Why.CLOSING: tr("关闭时自动"),
    Why.MEDIUM: tr("备份到U盘前"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup as a list tells it; `disputes` is None where it cannot be read."""

    folder: Path
    at: datetime
    size: int
    disputes: int | None
    why: Why | None

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return self.folder.name


def sync(path: Path) -> None:
    """Let a file reach the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def checked(file: Path, key: bytes) -> bool:
    """Whether a register file that nobody has open can be read with `key` and is whole."""
    copy = Connections(file, key, READING)
    try:
        return copy.rows("PRAGMA quick_check") == [("ok",)]
    finally:
        copy.close()


class Condition(Enum):
    """What can be said of a backup's file."""

    # Byte for byte what was written and checked.
    GOOD = "good"
    # Not what was written, or nobody knows what was, and still nothing is wrong with it.
    TOUCHED = "touched"
    DAMAGED = "damaged"


def condition(folder: Path, key: bytes, file_name: str) -> Condition:
    """How it stands with the backup in `folder`, by all that can be known of it."""
    file, stored = folder / file_name, note_of(folder).get("seal")
    try:
        keys.read_slots(folder)
        if file.stat().st_size == 0:
            return Condition.DAMAGED
        if stored == closing_seal.sealed(closing_seal.digest(file), key):
            return Condition.GOOD
        return Condition.TOUCHED if _whole(file, key) else Condition.DAMAGED
    except (OSError, DeskError):
        return Condition.DAMAGED


def newest_good(found: list[Backup], key: bytes, file_name: str) -> Backup | None:
    """The first of a list with nothing wrong with it."""
    readable = (one for one in found if one.disputes is not None)
    return next(
        (one for one in readable if condition(one.folder, key, file_name) is not Condition.DAMAGED),
        None,
    )


def _whole(file: Path, key: bytes) -> bool:
    copy = Connections(file, key, READING)
    try:
        if not schema.steps_taken(copy) or not verifying.file_whole(copy):
            return False
        # What an older program wrote has tables that only it could compare.
        return bool(schema.steps_wanted(copy)) or not verifying.verify(copy)
    finally:
        copy.close()


def back_up(
    connections: Connections, register: Path, key: bytes, file_name: str, why: Why = Why.ASKED
) -> Path:
    """Write a checked backup, itself a register that can be opened, and drop what may go.

    Raises `DeskError` if it cannot be written or does not read back.
    """
    folder = register / FOLDER
    # One at a time: what another thread is still writing would look like a leftover.
    with _one_at_a_time:
        target = _written(connections, register, key, file_name, why)
        _thin(folder)
    return target


def _written(
    connections: Connections, register: Path, key: bytes, file_name: str, why: Why
) -> Path:
    target = register / FOLDER / _next_name(register / FOLDER)
    temporary = target.with_name(target.name + ".part")
    try:
        temporary.mkdir(parents=True)
        # Asked before copying: what is written meanwhile is copied once more the next time. Before
        # an upgrade the tables are others, and it will be another register after it.
        state = None if why is Why.UPGRADE else state_of(connections)
        connections.run("VACUUM INTO ?", (str(temporary / file_name),))
        told = closing_seal.digest(temporary / file_name)
        made = {"why": why.value, "state": state, "seal": closing_seal.sealed(told, key)}
        shutil.copyfile(register / keys.FILE, temporary / keys.FILE)
        (temporary / MADE).write_text(json.dumps(made), encoding="utf-8")
        whole = checked(temporary / file_name, key)
        if whole:
            for name in (file_name, keys.FILE, MADE):
                sync(temporary / name)
            temporary.rename(target)
    except RegisterDamaged:
        raise
    except (OSError, DeskError) as error:
        words = tr("备份没有写成：磁盘已满或文件夹不能写入。请清理磁盘或检查权限后再试。")
        raise DeskError(words) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    if not whole:
        raise DeskError(tr("备份写好后读不回来，已放弃。请检查磁盘后再试。"))
    return target


def state_of(connections: Connections) -> list[object]:
    """What changes whenever somebody writes: counts and moments, nothing of what was written."""
    sql = (
        "SELECT (SELECT max(sequence) FROM change), (SELECT max(number) FROM act), "
        "(SELECT count(*) FROM draft), (SELECT max(at) FROM draft)"
    )
    row = connections.one(sql)
    return list(row) if row else []


def _next_name(folder: Path) -> str:
    """Now as a name, or after a clock was set back, one that still follows the newest there is."""
    now = datetime.now().astimezone().strftime(STAMP)
    newest = max(names(folder), default="")
    if now > newest:
        return now
    stamp, _, count = newest.partition("+")
    return f"{stamp}+{int(count or 0) + 1:04d}"


def names(folder: Path) -> list[str]:
    """The names of the backups in a folder of them, the oldest first."""
    return sorted(entry.name for entry in folder.glob("*[0-9]") if moment(entry.name) is not None)


def newest(register: Path) -> datetime | None:
    """When the newest backup of a register was written; None if there is none."""
    found = names(register / FOLDER)
    at = moment(found[-1]) if found else None
    return at.astimezone() if at else None


def note_of(backup: Path) -> dict[str, Any]:
    """What was noted when a backup was made; empty for one of an older program."""
    try:
        noted = json.loads((backup / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def newest_state(register: Path) -> object:
    """The register's state in its newest backup; None if nobody knows."""
    found = names(register / FOLDER)
    return note_of(register / FOLDER / found[-1]).get("state") if found else None


def listed(folder: Path, key: bytes, file_name: str) -> list[Backup]:
    """The backups in a folder of them, the newest first."""
    found = []
    for name in reversed(names(folder)):
        at, file = moment(name), folder / name / file_name
        assert at is not None
        with suppress(OSError):
            size = file.stat().st_size
            noted = note_of(folder / name).get("why")
            why = Why(noted) if noted in list(Why) else None
            disputes = _disputes(file, key) if size else None
            found.append(Backup(folder / name, at.astimezone(), size, disputes, why))
    return found


def _disputes(file: Path, key: bytes) -> int | None:
    copy = Connections(file, key, READING)
    try:
        row = copy.one("SELECT count(*) FROM dispute")
        return int(row[0]) if row else None
    except DeskError:
        return None
    finally:
        copy.close()


def _thin(folder: Path) -> None:
    """Drop what is old enough, and clear away what an interrupted backup left."""
    for left in folder.glob("*.part"):
        shutil.rmtree(left, ignore_errors=True)
    for name in dropped(names(folder), datetime.now()):  # noqa: DTZ005 - as the names are
        shutil.rmtree(folder / name, ignore_errors=True)
