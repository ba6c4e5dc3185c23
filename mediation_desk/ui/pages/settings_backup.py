"""When the register was last backed up, and a backup now."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import PADDING, button, column, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class BackupPart(QWidget):
    """Says how the backups stand and makes one."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.last = words("", "strong", wrap=True)
        self.notice = Notice()
        self.button = button(tr("现在备份 (&B)"), self.back_up, "primary")
        told = tr(
            "备份放在登记簿文件夹里，同样是加密的，要用同一个密码打开。"
            "每次接收报送文件之前，程序会自己先备份一次。"
            "请再隔几天把整个登记簿文件夹拷到U盘上：电脑坏了，只有U盘上的还在。"
        )
        page = column(
            self.notice,
            self.last,
            words(told, "sub", wrap=True),
            6,
            row(None, self.button),
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Say when the last backup was made."""
        last = self._workplace.register.last_backup()
        if last is None:
            self.last.setText(tr("还没有备份过。"))
        else:
            when = moment_words(last, today())
            self.last.setText(tr("上次备份：{when}").format(when=when))

    def back_up(self) -> None:
        """Write a checked backup."""
        self.button.setEnabled(False)
        self._workplace.jobs.run(
            self._workplace.register.back_up,
            owner=self,
            done=self._done,
            failed=self._failed,
            words=tr("正在备份…"),
        )

    def _done(self, folder: object) -> None:
        self.button.setEnabled(True)
        self.notice.done(tr("备份已写好，并且读回来核对过。"), folder)
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self.button.setEnabled(True)
        self.notice.failed(str(error))
