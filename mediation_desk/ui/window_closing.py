"""How the window is closed: what was written since the last backup is backed up first."""

from functools import partial
from typing import TYPE_CHECKING

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui.at_the_door import AtTheDoor
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.store.register import Register


class ClosingWindow(AtTheDoor):
    """Knows the register that is open, and what is to be done before it is left."""

    def __init__(self) -> None:
        super().__init__()
        self._register: Register | None = None
        self._demo = False
        self._leaving = False
        self._backed_up = False

    def _leave(self) -> None:
        self._leaving = True
        self.close()

    def _wants_backup(self) -> bool:
        if self._register is None or self._demo or self._backed_up:
            return False
        try:
            return self._register.written_since_backup
        except DeskError:
            # It cannot be asked, and so it cannot be copied.
            return False

    def _back_up_and_leave(self) -> None:
        assert self._register is not None
        # Loaded with the register.
        from mediation_desk.store.backups import Why  # noqa: PLC0415

        self.jobs.run(
            partial(self._register.back_up, Why.CLOSING),
            owner=self,
            done=self._backed_up_and_leave,
            failed=self._not_backed_up,
            words=tr("正在备份，备份好就关闭…"),
        )

    def _backed_up_and_leave(self, _folder: object) -> None:
        self._leave_without_backup()

    def _not_backed_up(self, error: DeskError) -> None:
        # Needed only when a backup failed.
        from mediation_desk.ui import messages  # noqa: PLC0415

        told = tr("关闭前的备份没有做成，登记的内容仍在登记簿里。")
        messages.ask(self, told, str(error), tr("不备份，关闭"), self._leave_without_backup)

    def _leave_without_backup(self) -> None:
        self._backed_up = True
        self._leave()
