"""What a register does for its own safety: its keys, checking itself, backing up."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from mediation_desk.domain.problems import Problem
from mediation_desk.store import (
    backups,
    closing_seal,
    keys,
    losing,
    putting_back,
    second_medium,
    verifying,
)
from mediation_desk.store.backups import Backup, Why
from mediation_desk.store.connection import Connections
from mediation_desk.store.lock import Lock
from mediation_desk.store.looking_over import Opening
from mediation_desk.store.losing import Loss
from mediation_desk.store.seated import Seated

FILE = "register.db"
_STATE = (
    "SELECT (SELECT sequence FROM change WHERE kind <> 'log_entry' ORDER BY sequence DESC LIMIT 1),"
    " (SELECT count(*) FROM draft), (SELECT max(at) FROM draft)"
)
Opened = TypeVar("Opened")


class Cared(Seated):
    """The part of a register that looks after its file."""

    folder: Path
    _key: bytes
    _sql: Connections
    _lock: Lock | None
    # How it was found when it was opened.
    opening: Opening = Opening()

    def let_open(self, kind: str, secret: str) -> None:
        """Let `secret` open this register from now on, in the place of the one of its kind."""
        self.refuse_reader()
        keys.put_slot(self.folder, keys.wrap(self._key, kind, secret))

    def let_office_open(self, secret: str, escrow: keys.Escrow) -> None:
        """Let the office help from now on, by the secret that `escrow` holds for it."""
        self.refuse_reader()
        keys.put_slot(self.folder, keys.wrap_for_office(self._key, secret, escrow))

    def let_open_anew(self, password: str, secret: str, escrow: keys.Escrow) -> None:
        """Let a new password and the office open this register, and nothing else any more."""
        self.refuse_reader()
        slots = [
            keys.wrap(self._key, keys.PASSWORD, password),
            keys.wrap_for_office(self._key, secret, escrow),
        ]
        keys.put_slots(self.folder, slots)

    @property
    def escrow(self) -> keys.Escrow | None:
        """What lies beside this register for its office."""
        return keys.escrow_of(self.folder)

    def opened_by(self) -> frozenset[str]:
        """By what this register can be opened, as `keys` names it."""
        return keys.kinds(self.folder)

    def verify(self) -> list[Problem]:
        """Everything found wrong with the file, the history and the tables."""
        found = verifying.verify(self._sql)
        self.opening = replace(self.opening, thorough=True, problems=tuple(found))
        return found

    def _seal(self) -> None:
        """Close the file and seal it, unless something speaks against its being whole."""
        good = self.opening.good and not self._sql.met_damage
        self._sql.close()
        if self._lock is None:
            return
        if good:
            closing_seal.seal(self.folder, FILE, self._key)
        else:
            closing_seal.forget(self.folder)

    def back_up(self, why: Why = Why.ASKED) -> Path:
        """Write a checked backup beside the register."""
        return backups.back_up(self._sql, self.folder, self._key, FILE, why)

    @property
    def written_since_backup(self) -> bool:
        """Whether the newest backup lacks anything, be it only typed and not saved yet."""
        return backups.newest_state(self.folder) != backups.state_of(self._sql)

    def copy_out(self, backup: Path, shelf: Path) -> Path:
        """Put a copy of a backup into a folder on another disk, read back there."""
        return second_medium.copy_out(backup, shelf, self._key, FILE)

    def copy_to(self, file: Path) -> bytes:
        """Write a compact copy of this register's file; the key that opens it."""
        self._sql.run("VACUUM INTO ?", (str(file),))
        return self._key

    @property
    def state(self) -> list[object]:
        """What changes whenever somebody writes but in the log; nothing of what was written."""
        row = self._sql.one(_STATE)
        return list(row) if row else []

    def last_backup(self) -> datetime | None:
        """When the newest backup was written; None if there is none."""
        return backups.newest(self.folder)

    def backups(self) -> list[Backup]:
        """The backups that there are, the newest first."""
        return backups.listed(self.folder / backups.FOLDER, self._key, FILE)

    def backups_on(self, shelf: Path) -> list[Backup]:
        """The backups of this register in another folder of them, the newest first."""
        return backups.listed(shelf, self._key, FILE)

    @property
    def disputes(self) -> int:
        """How many disputes are here, void ones included, as a list of backups counts them."""
        row = self._sql.one("SELECT count(*) FROM dispute")
        return int(row[0]) if row else 0

    @contextmanager
    def aside(
        self, backup: Path, opened: "Callable[[Path, bytes], AbstractContextManager[Opened]]"
    ) -> "Iterator[Opened]":
        """A backup restored in a folder of its own, and `opened` there; nothing of it stays."""
        try:
            sandbox = putting_back.restored_aside(self.folder, backup, self._key, FILE)
            with opened(sandbox, self._key) as register:
                yield register
        finally:
            putting_back.give_up(self.folder)

    def loss(self, backup: Path) -> Loss:
        """What is here and not in a backup."""
        return losing.loss(self._sql, backup / FILE, self._key)

    def restore(self, backup: Path) -> Path:
        """Put a backup in this register's place and close it; the backup of what was here before.

        Raises `DeskError`. It is open as before then, or closed where only the swap failed.
        """
        self.refuse_reader()
        # Before the one of today, for which an old backup may be dropped, even this one.
        putting_back.build(self.folder, backup, self._key, FILE)
        try:
            kept = self.back_up(Why.RESTORE)
        except BaseException:
            putting_back.give_up(self.folder)
            raise
        try:
            self._sql.close()
            putting_back.swap(self.folder, FILE)
        finally:
            if self._lock is not None:
                self._lock.release()
        return kept
