"""Asks for the password of the register."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.domain.desk_error import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.jobs import Jobs, Work
from mediation_desk.ui.pages.readying import Readying
from mediation_desk.ui.widgets import button, column, framed, look, row, scrolled, words
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.store.register import Register


def _opened(folder: Path, password: str) -> "Register":
    # Loaded while the user waits anyway, so that this page is there at once.
    from mediation_desk.desk.unlocking import open_counted  # noqa: PLC0415

    return open_counted(folder, password)


class UnlockPage(QWidget):
    """One field and one button; a refusal is said in words under the field."""

    # What another page of this kind says and does otherwise.
    told_first = tr("登记簿已锁定。请输入密码打开。")
    open_label = tr("打开登记簿 (&O)")
    doing = tr("正在打开登记簿…")

    unlocked = Signal(object)
    practice_wanted = Signal()
    # The password was forgotten.
    forgotten = Signal()
    # The register is damaged: what is known of it, and the password that was typed.
    damaged = Signal(str, str)
    # The register lies where it must not be worked with: why, and the password.
    misplaced = Signal(str, str)

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder = folder
        self._jobs = jobs
        self.readying = Readying(self)
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.unlock)
        self.password.textEdited.connect(self._typed)
        self.told = words("", "wrong", wrap=True)
        self.told.hide()
        self.open = button(self.open_label, self.unlock, "primary")
        self.forgot = button(tr("忘记密码？ (&W)"), self.forgotten.emit, "quiet")
        self.practise = button(tr("先练习一下 (&X)"), self.practice_wanted.emit, "quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        label = words(tr("密码 (&P)"), "field")
        label.setBuddy(self.password)
        title = words(tr("调解台"), "title")
        title.setFont(theme.font(18, bold=True))
        inner = column(
            title,
            words(self.told_first, "sub", wrap=True),
            8,
            label,
            self.password,
            self.told,
            8,
            self.open,
            4,
            self.forgot,
            self.practise,
            words(tr("登记簿位置：{folder}").format(folder=self._folder), "sub", wrap=True),
        )
        card = framed(inner, margins=24)
        card.setFixedWidth(theme.wide(420))
        self.setLayout(column(scrolled(column(None, row(None, card, None), None))))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Not before: nothing may hold up this page itself.
        if self.open.isEnabled():
            self.readying.begin()

    def _typed(self, _text: str) -> None:
        if not self._left:
            self.told.hide()

    def work(self, password: str) -> Work:
        """Open the register by `password`."""
        return partial(_opened, self._folder, password)

    def unlock(self) -> None:
        """Try the typed password."""
        if self._left:
            return
        if not self.password.text():
            self._show(tr("还没有输入密码。"))
            return
        self.readying.stop()
        self._jobs.run(
            self.work(self.password.text()),
            owner=self,
            done=self.unlocked.emit,
            failed=self._refused,
            words=self.doing,
        )
        self.open.setEnabled(False)
        self.open.setText(tr("正在打开…"))

    def _refused(self, error: DeskError) -> None:
        self.open.setEnabled(True)
        self.open.setText(self.open_label)
        if getattr(error, "damaged", False):
            self.damaged.emit(str(error), self.password.text())
            return
        if getattr(error, "bad_place", False):
            self.misplaced.emit(str(error), self.password.text())
        self.password.selectAll()
        self.password.setFocus()
        self._show(str(error))
        # After some wrong passwords the store tells how long to wait.
        self._left = int(getattr(error, "seconds", 0))
        if self._left:
            self.open.setEnabled(False)
            self._second.start()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left:
            words = tr("连续输错了几次密码。还要等{left}秒，才能再试。")
            self._show(words.format(left=self._left))
            return
        self._second.stop()
        self.open.setEnabled(True)
        self._show(tr("现在可以再试。想不起来，就点下面的“忘记密码？”。"))

    def _show(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()
