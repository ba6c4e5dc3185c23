"""Restoring a backup: which one, what would be lost by it, and doing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.desk.agenda import title_of
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import backups, keys, putting_back, salvaging
from mediation_desk.store.backups import Backup
from mediation_desk.store.connection import RegisterDamaged
from mediation_desk.store.losing import Loss
from mediation_desk.store.opening import is_register, open_register
from mediation_desk.store.register import FILE, Register
from mediation_desk.words import tr

# What is counted by name; the rest is told together.
_KINDS = {
    "dispute": tr("纠纷"),
    "party": tr("当事人"),
    "session": tr("调解、调查、回访记录"),
    "agreement": tr("调解协议"),
    "referral": tr("衔接移送"),
    "screening": tr("排查"),
    "publicity": tr("普法宣传"),
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What restoring a backup would do, in words."""

    backup: Backup
    counted: tuple[str, ...]
    disputes: tuple[str, ...]
    gained: str
    password: str

    @property
    def nothing_lost(self) -> bool:
        """Whether nothing was written since the backup."""
        return not self.counted

    def lines(self) -> list[str]:
        """All of it, one sentence a line."""
        if self.nothing_lost:
            told = [tr("这份备份以后没有登记或改动过内容，恢复不会丢失什么。")]
        else:
            said = tr("恢复后会没有这些内容（备份以后登记或改动的）：{counted}。")
            told = [said.format(counted=tr("；").join(self.counted))]
        if self.disputes:
            told.append(tr("其中最近的纠纷：{names}。").format(names=tr("、").join(self.disputes)))
        return [*told, *filter(None, (self.gained, self.password))]


def chosen(found: list[Backup], name: str) -> Backup:
    """The backup of that name, or the newest without one; raises `DeskError` if there is none."""
    if not found:
        raise DeskError(tr("这本登记簿还没有备份，没有可以恢复的。请先从U盘拷回备份再试。"))
    if not name:
        return next((backup for backup in found if backup.disputes is not None), found[0])
    for backup in found:
        if backup.name == name:
            return backup
    raise DeskError(tr("没有叫“{name}”的备份。请用 backups 查看有哪些备份。").format(name=name))


def prospect(register: Register, backup: Backup) -> Prospect:
    """What restoring a backup would do to an open register."""
    if backup.disputes is None:
        raise DeskError(tr("这份备份读不出来，不能用它恢复。请换一份备份再试。"))
    loss = register.loss(backup.folder)
    places = register.places_of(loss.newest)
    rows = {row.dispute.id: row for row in register.rows_at(places)}
    named = [rows[one] for one in loss.newest if one in rows]
    names = tuple(tr("{number} {title}").format(
        number=row.number, title=title_of(row)) for row in named)  # fmt: skip
    gained = ""
    if loss.gained:
        words = tr("这份备份里还有{count}条现在没有的内容，恢复后又会有。")
        gained = words.format(count=loss.gained)
    return Prospect(backup, counted_words(loss), names, gained, _password(register.folder, backup))


def _password(folder: Path, backup: Backup) -> str:
    """What opens the register afterwards, where that is not what opens it now."""
    now, then = (
        {slot.kind: slot for slot in keys.read_slots(place)} for place in (folder, backup.folder)
    )
    told = ""
    if now.get(keys.PASSWORD) != then.get(keys.PASSWORD):
        told += tr("密码以后改过：恢复后要用做这份备份时的密码打开。")
    if now.get(keys.RECOVERY) != then.get(keys.RECOVERY):
        told += tr("恢复码以后做过：恢复后现在的那张纸打不开，请到“设置—密钥”再做一张。")
    return told


def counted_words(loss: Loss) -> tuple[str, ...]:
    """By kind what would be lost, in words."""
    told, others = [], [0, 0]
    known = {kind: (added, changed) for kind, added, changed in loss.counted}
    for kind, label in _KINDS.items():
        if kind in known:
            told.append(_told(label, *known[kind]))
    for kind, added, changed in loss.counted:
        if kind not in _KINDS:
            others[0] += added
            others[1] += changed
    if any(others):
        told.append(_told(tr("其他记录"), *others))
    if loss.drafts:
        told.append(tr("没写完的{count}份").format(count=loss.drafts))
    return tuple(told)


def _told(label: str, added: int, changed: int) -> str:
    parts = [tr("新登{count}条").format(count=added)] if added else []
    parts += [tr("改动{count}条").format(count=changed)] if changed else []
    return tr("{label}{parts}").format(label=label, parts=tr("、").join(parts))


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was restored, and where the register as it was before is kept."""

    backup: Backup
    kept: Path


def put_back(
    folder: Path, name: str, password: str, agreed: Callable[[Prospect | None], bool]
) -> PutBack | None:
    """Restore a register that nobody has open; None if `agreed` refuses.

    It is asked with what would be lost, or with None where the register is too damaged to tell.
    """
    if not is_register(folder) or slots_damaged(folder):
        return _put_back_unread(folder, name, password, agreed)
    try:
        register = open_register(folder, password)
    except RegisterDamaged:
        return _put_back_unread(folder, name, password, agreed)
    with register:
        backup = chosen(register.backups(), name)
        if not agreed(prospect(register, backup)):
            return None
        return PutBack(backup, register.restore(backup.folder))


def _put_back_unread(
    folder: Path, name: str, password: str, agreed: Callable[[Prospect | None], bool]
) -> PutBack | None:
    key = key_of(folder, password)
    found = backups.listed(folder / backups.FOLDER, key, FILE)
    backup = (backups.newest_good(found, key, FILE) if not name else None) or chosen(found, name)
    if not agreed(None):
        return None
    drafts = salvaging.salvaged(folder, key, FILE, None).drafts
    kept = putting_back.put_back_unread(folder, backup.folder, key, FILE, drafts)
    return PutBack(backup, kept)


def slots_damaged(folder: Path) -> bool:
    """Whether the wrapped keys in a folder cannot be used."""
    try:
        return not keys.read_slots(folder)
    except DeskError:
        return True


def key_of(
    folder: Path, secret: str, kind: str = keys.PASSWORD, also: Sequence[Path] = ()
) -> bytes:
    """The register's key by its own wrapped keys, or where they are damaged by a backup's.

    `also` are folders of backups elsewhere.
    """
    shelves = (folder / backups.FOLDER, *also)
    held = [shelf / name for shelf in shelves for name in reversed(backups.names(shelf))]
    for place in (folder, *held):
        if not slots_damaged(place):
            return keys.unlock(place, secret, kind)
    words = tr("“{folder}”里既没有能用的登记簿，也没有备份。请检查路径，或从U盘拷回备份。")
    raise DeskError(words.format(folder=folder))
