"""What a register knows of local practice: its settings, and the limits that follow from them."""

import json
from dataclasses import asdict

from mediation_desk.domain.limits import Limits
from mediation_desk.domain.settings import Settings
from mediation_desk.store import beside, holidays
from mediation_desk.store.connection import Connections
from mediation_desk.store.remembered import Remembered
from mediation_desk.store.seated import Seated


class Practice(Seated):
    """The part of a register that answers about its settings."""

    _sql: Connections
    _limits: Remembered[Limits]

    def setting(self, name: str) -> str:
        """A stored setting, empty if it was never set."""
        row = self._sql.one("SELECT content FROM setting WHERE name = ?", (name,))
        return row[0] if row else ""

    def set(self, name: str, content: str) -> None:
        """Store a setting; raises `OnlyReads` for who only reads."""
        self.refuse_reader()
        self.remember(name, content)

    def remember(self, name: str, content: str) -> None:
        """Store what the program notes for itself, whoever sits at the desk."""
        sql = (
            "INSERT INTO setting (name, content) VALUES (?, ?) "
            "ON CONFLICT(name) DO UPDATE SET content = excluded.content"
        )
        if self._sql.writing:
            with beside.noted(self._sql, "setting", name):
                self._sql.run(sql, (name, content))
            return
        with self._sql.transaction(), beside.noted(self._sql, "setting", name):
            self._sql.run(sql, (name, content))

    @property
    def settings(self) -> Settings:
        """Local practice as set in this register."""
        return self._limits().settings

    @property
    def limits(self) -> Limits:
        """The same with the calendar of working days, for counting deadlines."""
        return self._limits()

    def _read_limits(self) -> Limits:
        stored = self.setting("settings")
        return holidays.limits(Settings(**json.loads(stored)) if stored else Settings())

    def keep_settings(self, settings: Settings) -> None:
        """Store local practice."""
        self.set("settings", json.dumps(asdict(settings), ensure_ascii=False))
