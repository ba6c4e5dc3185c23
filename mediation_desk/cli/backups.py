"""The verbs about backups."""

import argparse
import json

from mediation_desk.cli.asking import DONE, Add, on_register, opened, say
from mediation_desk.desk.backup_words import holds_words, size_words, why_words
from mediation_desk.store.backups import Backup
from mediation_desk.words import tr


def _plain(backup: Backup) -> dict[str, object]:
    return {
        "name": backup.name,
        "at": backup.at.isoformat(timespec="seconds"),
        "size": backup.size,
        "disputes": backup.disputes,
        "why": backup.why.value if backup.why else "",
    }


def _backups(given: argparse.Namespace) -> int:
    with opened(given) as register:
        found = register.backups()
    if given.json:
        say(json.dumps([_plain(backup) for backup in found], ensure_ascii=False, indent=1))
    elif not found:
        say(tr("还没有备份过。"))
    else:
        for backup in found:
            told = (size_words(backup.size), holds_words(backup), why_words(backup))
            say("  ".join((backup.name, f"{backup.at:%Y-%m-%d %H:%M}", *told)))
    return DONE


def add_backups(add: Add) -> None:
    """Add the verbs about backups."""
    listed = on_register(add, "backups", tr("列出登记簿的备份，新的在前"), _backups)
    listed.add_argument("--json", action="store_true", help=tr("写成 JSON"))
