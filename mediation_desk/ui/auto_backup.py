"""Backups that nobody has to think of: now and then while something is being written."""

import logging
import time
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer

from mediation_desk.desk.clock import now
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.store.backups import Why
from mediation_desk.ui.by_itself import by_itself
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_LOOK_MS = 5 * 60_000
_EVERY = timedelta(hours=2)

log = logging.getLogger(__name__)


class AutoBackup(QObject):
    """Backs up at most every two hours, if something was written and nothing else is going on."""

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._last: float | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)
        if not workplace.demo:
            self._looking.start()

    @by_itself
    def look(self) -> None:
        """Back up if it is time to."""
        if self._due():
            self._last = time.monotonic()
            self._workplace.jobs.run(
                partial(self._workplace.register.back_up, Why.WORKING),
                owner=self,
                done=self._done,
                failed=self._failed,
                words=tr("正在自动备份…"),
            )

    def _due(self) -> bool:
        if self._workplace.jobs.running:
            return False
        # By a clock that nobody sets: else one set back would have everything backed up for ever.
        if self._last is not None and time.monotonic() - self._last < _EVERY.total_seconds():
            return False
        register = self._workplace.register
        last = register.last_backup()
        if last is not None and abs(now() - last) < _EVERY:
            return False
        return register.written_since_backup

    def _done(self, _folder: object) -> None:
        # The footer says by itself when the last backup was.
        return

    def _failed(self, error: DeskError) -> None:
        # Nobody asked for it; it is tried again, and on closing it is said.
        log.warning("no backup while working: %s", type(error).__name__)
