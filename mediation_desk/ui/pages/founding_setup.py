"""The set-up file on the first page: chosen or dropped, what it says, or doing without it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.pages.setup_drop import SetupDrop, SetupFacts, reading
from mediation_desk.ui.widgets import button, clear, column, row, words
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.set_up_here import SetUp


class FoundingSetup(QWidget):
    """Holds what the file says in `setup`; None as long as there is none."""

    changed = Signal()
    # The sentence why a file cannot be used.
    refused = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self.setup: SetUp | None = None
        told = tr("我有司法所给的开户文件：拖到这里，单位就不用填了；没有就接着往下填。")
        self.drop = SetupDrop(told, tr("打开开户文件… (&K)"))
        self.drop.dropped.connect(self.look_at)
        self._facts = column(gap=8)
        self.without = button(tr("不用它，自己填写 (&Z)"), self.forget, "quiet")
        self._shown = QWidget()
        title = words(tr("开户文件里写的，请核对"), "heading")
        head = row(title, self.without)
        head.setStretch(0, 1)
        self._shown.setLayout(column(head, self._facts, gap=6))
        self._shown.hide()
        self.setLayout(column(self.drop, self._shown, gap=0))

    def look_at(self, path: object) -> None:
        """Read a set-up file without changing anything."""
        assert isinstance(path, Path)
        # The first page must not wait for what reads workbooks.
        from mediation_desk.desk.set_up_here import look_at_setup  # noqa: PLC0415

        self.refused.emit("")
        self._jobs.run(
            partial(look_at_setup, path),
            owner=self,
            done=self._looked,
            failed=self._refused,
            words=reading(path),
        )

    def _looked(self, setup: "SetUp") -> None:
        self.setup = setup
        clear(self._facts)
        self._facts.addWidget(SetupFacts(setup))
        self.drop.hide()
        self._shown.show()
        self.changed.emit()

    def _refused(self, error: DeskError) -> None:
        self.refused.emit(str(error))

    def forget(self) -> None:
        """Do without a set-up file."""
        self.setup = None
        self._shown.hide()
        self.drop.show()
        self.changed.emit()
