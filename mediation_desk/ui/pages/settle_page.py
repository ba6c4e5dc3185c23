"""A register that comes from another computer: its file, its password, a new one, and in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import moving
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.exchange.transfer_file import WrongTransferPassword
from mediation_desk.store.bringing_home import bring_home
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.pages.password_pair import PasswordPair, password_box
from mediation_desk.ui.widgets import (
    button,
    column,
    in_the_middle,
    look,
    row,
    words,
)
from mediation_desk.words import tr

KIND = tr("转移文件 (*.transfer)")
_WIDTH = 660
_TOLD = tr(
    "在原来的电脑上，到“设置—换电脑”做好转移文件，用U盘拿过来。记录、历史、附件、没写完的内容"
    "都会搬来；原来的密码和恢复码在这里不能用，另定新的。"
)


def tell_settled(window: QWidget, taken: moving.Taken) -> None:
    """Tell of a register that settled in: the code for the old computer, the new sheet."""
    more = tr(
        "在原来的电脑上输入它，才能清除那里的登记簿；以后在“设置—换电脑”还能看到。"
        "原来的恢复码在这里不能用，请现在做一张新的。"
    )
    messages.tell(window, tr("搬好了，回执码：{code}").format(code=taken.receipt), more)


class SettlePage(QWidget):
    """Takes a transfer file where there is no register yet."""

    # The register that settled in, with the code to be told at the old computer.
    settled = Signal(object)
    given_up = Signal()
    # A backup became the register; it asks for its password.
    brought = Signal()

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._jobs = folder, jobs
        self._file: Path | None = None
        self.choose = button(tr("选转移文件… (&F)"), self.ask_for_file)
        self.chosen = words(tr("还没有选文件。"), "sub", wrap=True)
        self.secret = password_box(tr("转移文件的密码"))
        self.person = FieldBox(tr("您的姓名（记录人），不换人就不填"), LineEditor())
        self.password = PasswordPair()
        self.password.entered.connect(self.take)
        self.told = words("", "wrong", wrap=True)
        self.told.hide()
        self.back = button(tr("返回"), self.given_up.emit, keys="Esc")
        self.on = button(tr("搬到这台电脑 (&O)"), self.take, "primary")
        self.backup = button(
            tr("没有转移文件，只有U盘上的备份… (&B)"), self.ask_for_backup, "quiet"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        file = row(self.choose, self.chosen, gap=12)
        file.setStretch(1, 1)
        inner = column(
            words(tr("从另一台电脑搬来"), "title"),
            words(_TOLD, "sub", wrap=True),
            4,
            file,
            self.secret,
            self.person,
            self.password,
            self.told,
            4,
            row(None, self.back, self.on, gap=10),
            row(self.backup, None),
            gap=8,
        )
        self.setLayout(in_the_middle(inner, theme.wide(_WIDTH)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choose.setFocus()

    def ask_for_file(self) -> None:
        """Ask for the transfer file."""
        title = tr("选转移文件")
        for path in messages.choose_files(self, title, paths.outgoing(), KIND)[:1]:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take a transfer file up, if it is one."""
        try:
            head = moving.read_head(path)
        except DeskError as error:
            self._tell(str(error))
            return
        self._file = path
        told = tr("{unit}，{by}{day}做的，纠纷{count}件（{name}）")
        self.chosen.setText(
            told.format(
                unit=head.unit,
                by=head.made_by,
                day=head.made_at[:10],
                count=head.disputes,
                name=path.name,
            )
        )
        self._tell("")
        self.secret.editor.setFocus()

    def ask_for_backup(self) -> None:
        """Ask for the folder with the backups, as when the old computer is gone."""
        title = tr("选U盘上“调解台备份”开头的文件夹")
        folder = messages.choose_folder(self, title, paths.outgoing())
        if folder is not None:
            self.bring(folder)

    def bring(self, place: Path) -> None:
        """Make the newest backup in a folder the register of this computer."""
        self._offer(ready=False)
        self._jobs.run(
            partial(bring_home, self._folder, place),
            owner=self,
            done=self._brought,
            failed=self._refused,
            words=tr("正在拷贝备份，请不要拔U盘…"),
        )

    def _brought(self, _backup: object) -> None:
        self.brought.emit()

    def take(self) -> None:
        """Let the register settle in on this computer."""
        if not self.on.isEnabled():
            return
        if self._file is None:
            self._tell(tr("还没有选转移文件。请先选中U盘上的转移文件。"))
            self.choose.setFocus()
            return
        secret = str(self.secret.value() or "")
        self.secret.tell("" if secret else tr("请填写。"))
        if self.password.wanting() or not secret:
            return
        self._tell("")
        self._offer(ready=False)
        person = str(self.person.value() or "")
        self._jobs.run(
            partial(
                moving.settle, self._folder, self._file, secret, self.password.password, person
            ),
            owner=self,
            done=self.settled.emit,
            failed=self._refused,
            words=tr("正在搬来，请不要拔U盘…"),
        )

    def _refused(self, error: DeskError) -> None:
        self._offer(ready=True)
        if isinstance(error, WrongTransferPassword):
            self.secret.tell(str(error))
            self.secret.editor.setFocus()
            return
        self._tell(str(error))

    def _offer(self, *, ready: bool) -> None:
        for part in (self.on, self.back, self.choose, self.backup):
            part.setEnabled(ready)

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
