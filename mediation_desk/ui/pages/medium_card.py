"""The second backup, on a stick or another disk: where, when last, and one now."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk import second_medium
from mediation_desk.desk.clock import now
from mediation_desk.desk.second_medium import CopiedOut, Medium
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import button, column, look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


def _standing(known: Medium) -> str:
    if known.folder is None:
        return tr("还没有选放第二份备份的地方。插上U盘，选U盘上的一个文件夹。")
    if known.at is None:
        return tr("放在 {folder}，还没有拷过。").format(folder=known.folder)
    when = moment_words(known.at, today())
    return tr("放在 {folder}，上次拷是{when}。").format(folder=known.folder, when=when)


class MediumCard(QFrame):
    """Says how the copy on another disk stands and makes one."""

    # A backup was made, here and there.
    copied = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "note")
        self._workplace = workplace
        self.notice = notice
        self.said = words("", wrap=True)
        self.choose = button(tr("选U盘上的文件夹… (&U)"), self._choose)
        self.copy = button(tr("现在备份到U盘 (&C)"), self.copy_out)
        told = tr("电脑坏了、丢了，只有U盘上的还在。U盘上留最新五份，同样加密，用同一个密码打开。")
        # In large type they stand one below the other.
        buttons = QWidget()
        line = FlowLayout(buttons, gap=10)
        for part in (self.choose, self.copy):
            line.addWidget(part)
        inside = column(
            words(tr("第二份备份"), "strong"),
            self.said,
            words(told, "sub", wrap=True),
            buttons,
            gap=6,
        )
        inside.setContentsMargins(14, 12, 14, 12)
        self.setLayout(inside)

    def refresh(self) -> None:
        """Read again where and when."""
        known = second_medium.medium(self._workplace.register)
        self.said.setText(_standing(known))
        self.copy.setEnabled(known.folder is not None)

    def _choose(self) -> None:
        known = second_medium.medium(self._workplace.register).folder
        begin = known if known is not None and known.is_dir() else Path.home()
        folder = messages.choose_folder(self, tr("选放第二份备份的文件夹"), begin)
        if folder is not None:
            second_medium.choose(self._workplace.register, folder)
            self.notice.hide()
            self.refresh()

    def copy_out(self) -> None:
        """Back up and copy it to the other disk."""
        self.copy.setEnabled(False)
        self._workplace.jobs.run(
            partial(second_medium.copy_out, self._workplace.register, now()),
            owner=self,
            done=self._done,
            failed=self._failed,
            words=tr("正在备份到U盘，请不要拔…"),
        )

    def _done(self, made: CopiedOut) -> None:
        if made.same_disk:
            told = tr("已拷到“{place}”，并且读回来核对过，但它不在U盘上。")
            self.notice.minded(told.format(place=made.path.parent.name) + made.warning)
        else:
            told = tr("已拷到U盘，并且读回来核对过。请安全弹出后再拔。")
            self.notice.done(told, made.path.parent)
        self.refresh()
        self.copied.emit()

    def _failed(self, error: DeskError) -> None:
        self.notice.failed(str(error))
        self.refresh()
