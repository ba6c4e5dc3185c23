"""How a list of backups tells each of them, in the window and on the command line."""

from mediation_desk.store.backups import Backup
from mediation_desk.words import tr

_MEGABYTE = 1_000_000


def size_words(size: int) -> str:
    """A file's size in megabytes, never less than a tenth."""
    return tr("{size} MB").format(size=max(0.1, round(size / _MEGABYTE, 1)))


def holds_words(backup: Backup) -> str:
    """How many disputes a backup holds, or that it cannot be read."""
    if backup.disputes is None:
        return tr("读不出来")
    return tr("纠纷 {count} 件").format(count=backup.disputes)


def why_words(backup: Backup) -> str:
    """What a backup was made for."""
    return backup.why.label if backup.why else tr("缘由未记录")
