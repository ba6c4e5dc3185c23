"""A register that cannot be opened: what is left of it, and the way back step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.desk.putting_back import counted_words, key_of, slots_damaged
from mediation_desk.domain.problems import DeskError
from mediation_desk.store import backups, keys, putting_back, salvaging, write_log
from mediation_desk.store.backups import Backup
from mediation_desk.store.opening import open_with_key
from mediation_desk.store.register import FILE, Register
from mediation_desk.store.salvaging import Salvage
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class WayBack:
    """What was found, and what can be gone back to.

    `backup` is the newest good one, `spoilt` counts newer ones that are not good. `short_log` is
    how many of the last acts at least cannot be read where the rest of the register is whole.
    """

    folder: Path
    key: bytes
    backup: Backup | None
    spoilt: int
    salvage: Salvage
    keys_lost: bool
    short_log: int

    @property
    def only_keys(self) -> bool:
        """Whether nothing but the file of the keys has to be put back."""
        return self.keys_lost and self.salvage.whole and self.backup is not None

    @property
    def up_to_the_log(self) -> bool:
        """Whether the register itself is good up to its last acts."""
        return bool(self.short_log) and self.salvage.whole and not self.keys_lost

    @property
    def any(self) -> bool:
        """Whether there is something to go back to."""
        return self.backup is not None or self.up_to_the_log

    def missing(self) -> str:
        """What will be missing afterwards, in one sentence."""
        if self.only_keys:
            return tr("登记簿本身是好的，一条记录也不会少。")
        if self.up_to_the_log:
            words = tr("登记簿本身是好的，只少最后至少{count}次保存的内容。")
            return words.format(count=self.short_log)
        if self.salvage.lost is None:
            return tr("备份以后登记过什么，已经读不出来：请对照纸质材料，把那以后的再登记一次。")
        counted = [part for part in counted_words(self.salvage.lost) if "没写完" not in part]
        if not counted:
            return tr("备份以后没有登记或改动过内容，不会少什么。")
        words = tr("备份以后登记或改动过的要再登记一次：{counted}。")
        return words.format(counted=tr("；").join(counted))

    def drafts_words(self) -> str:
        """What becomes of what was typed and not saved, in one sentence."""
        count = len(self.salvage.drafts)
        if count:
            return tr("找到没写完的{count}份，会一起放回来，在工作台上接着写。").format(count=count)
        if self.salvage.all_drafts:
            return tr("没有没写完的内容。")
        return tr("没写完的内容读不出来了；备份里有的会回来。")


def way_back(
    folder: Path, secret: str, kind: str = keys.PASSWORD, elsewhere: Path | None = None
) -> WayBack:
    """Look for the way back; changes nothing. `elsewhere` is where else backups may lie.

    Raises `WrongPassword` or `WrongCode`, or `DeskError` where there is nothing at all.
    """
    shelves = shelves_in(elsewhere) if elsewhere is not None else []
    if elsewhere is not None and not shelves:
        words = tr("“{folder}”里没有调解台的备份。请选U盘上名字以“调解台备份”开头的文件夹。")
        raise DeskError(words.format(folder=elsewhere))
    keys_lost = slots_damaged(folder)
    key = key_of(folder, secret, kind, shelves)
    found = _found([folder / backups.FOLDER, *shelves], key)
    good = backups.newest_good(found, key, FILE)
    salvage = salvaging.salvaged(folder, key, FILE, good.folder if good else None)
    spoilt = found.index(good) if good else len(found)
    lost = write_log.look(folder / (FILE + "-wal")).lost
    return WayBack(folder, key, good, spoilt, salvage, keys_lost, lost)


def shelves_in(place: Path) -> list[Path]:
    """The folders of backups at a place: itself, those in it, or where it is a backup, its own."""
    if (place / FILE).is_file():
        place = place.parent
    if backups.names(place):
        return [place]
    inner = sorted(entry for entry in place.iterdir() if entry.is_dir()) if place.is_dir() else []
    return [entry for entry in inner if backups.names(entry)]


def _found(shelves: Sequence[Path], key: bytes) -> list[Backup]:
    found = [backup for shelf in shelves for backup in backups.listed(shelf, key, FILE)]
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def go_back(way: WayBack) -> Path:
    """Do what `way` offers; where the damaged files are kept, in a folder named by the day."""
    if way.up_to_the_log:
        kept = putting_back.set_aside(way.folder, FILE)
        open_with_key(way.folder, way.key, short_log=True).close()
        return kept
    if way.backup is None:
        raise DeskError(tr("没有找到好的备份，不能恢复。请插上放备份的U盘，再从U盘找。"))
    if way.only_keys:
        kept = putting_back.put_keys_back(way.folder, way.backup.folder, FILE)
    else:
        kept = putting_back.put_back_unread(
            way.folder, way.backup.folder, way.key, FILE, way.salvage.drafts
        )
    return kept


def open_again(way: WayBack) -> Register:
    """Do what `way` offers and open the register, whose key is known by now."""
    go_back(way)
    return open_with_key(way.folder, way.key)
