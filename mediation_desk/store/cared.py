"""What a register does for its own safety: checking itself, backing up."""

from datetime import datetime
from pathlib import Path

from mediation_desk.domain.problems import Problem
from mediation_desk.store import backups, verifying
from mediation_desk.store.backups import Backup, Why
from mediation_desk.store.connection import Connections

FILE = "register.db"


class Cared:
    """The part of a register that looks after its file."""

    folder: Path
    _key: bytes
    _sql: Connections

    def verify(self) -> list[Problem]:
        """Everything found wrong with the file, the history and the tables."""
        return verifying.verify(self._sql)

    def back_up(self, why: Why = Why.ASKED) -> Path:
        """Write a checked backup beside the register."""
        return backups.back_up(self._sql, self.folder, self._key, FILE, why)

    def last_backup(self) -> datetime | None:
        """When the newest backup was written; None if there is none."""
        return backups.newest(self.folder)

    def backups(self) -> list[Backup]:
        """The backups that there are, the newest first."""
        return backups.listed(self.folder / backups.FOLDER, self._key, FILE)
