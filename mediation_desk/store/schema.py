"""Creating and upgrading the tables: numbered scripts, run once each, never by today's models."""

import logging
from pathlib import Path

from mediation_desk.domain.problems import DeskError
from mediation_desk.store.connection import Connections
from mediation_desk.words import tr

SCRIPTS = Path(__file__).resolve().parent / "migrations"
_HISTORY = "schema_migration"

log = logging.getLogger(__name__)


class RegisterTooNew(DeskError):
    """The register was written by a newer program."""


def known_steps() -> list[str]:
    """The names of the upgrade scripts that came with this program, in order."""
    names = sorted(path.stem for path in SCRIPTS.glob("[0-9]*.py"))
    if not names:
        # A frozen program without its scripts would open every register as if it were current.
        raise DeskError(tr("程序不完整（缺少升级脚本）。请重新安装。"))
    return names


def steps_taken(connections: Connections) -> list[str]:
    """The names of the upgrade scripts this register has been through."""
    exists = "SELECT 1 FROM sqlite_master WHERE type='table' AND name=?"
    if connections.one(exists, (_HISTORY,)) is None:
        return []
    return [row[0] for row in connections.rows(f"SELECT name FROM {_HISTORY} ORDER BY name")]


def steps_wanted(connections: Connections) -> list[str]:
    """The upgrade scripts still to run; raises `RegisterTooNew` if it knows more than we."""
    taken, known = steps_taken(connections), known_steps()
    if set(taken) - set(known):
        words = tr("这本登记簿由更新版本的程序写成，本程序不能打开。请先升级本程序。")
        raise RegisterTooNew(words)
    return [name for name in known if name not in taken]


def upgrade(file: Path, key: bytes) -> None:
    """Run the scripts that are wanted on the register `file`, each all or nothing."""
    # peewee is imported only to create or upgrade; opening an up-to-date register does without.
    from mediation_desk.store.upgrading import run_scripts  # noqa: PLC0415

    applied = run_scripts(file, key, SCRIPTS, _HISTORY)
    log.info("upgraded register: %s", ", ".join(applied))
