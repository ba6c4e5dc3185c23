"""The way back for who forgot the password: the code from the sheet, a new password, and in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import recovering
from mediation_desk.desk.office_way import can_ask
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.domain.recovery_code import code_of
from mediation_desk.store.keys import WrongCode, check_code
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.pages.code_fields import CodeFields
from mediation_desk.ui.pages.password_pair import PasswordPair
from mediation_desk.ui.room import Turns
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    button,
    column,
    in_the_middle,
    look,
    row,
    words,
)
from mediation_desk.words import tr

_WIDTH = 620
_STEPS = (tr("1 输入恢复码"), tr("2 定新密码"), tr("3 打开登记簿"))
_CODE_TOLD = tr(
    "找出打印着恢复码的那张纸，从第1组到第9组照着输。大写小写都行，输满一组自己跳到下一组。"
)
_NO_SHEET = tr("没有这张纸，密码就不能重设。")
_OFFICE_HELPS = tr("没有这张纸，就点下面的“请司法所帮助”。")
_PASSWORD_TOLD = tr(
    "恢复码写对了。现在想一个新密码，输两遍；登记簿里的内容不会变，那张纸以后还能用。"
)

# Code and new password to the register that they open.
Way = Callable[[str, str], Register]


class RecoverPage(QWidget):
    """Three steps, of which the last is the open register."""

    recovered = Signal(object)
    given_up = Signal()
    # There is no sheet either.
    office_wanted = Signal()
    # The register is damaged: what is known of it, and the code that was typed.
    damaged = Signal(str, str)

    def __init__(self, folder: Path, jobs: Jobs, way: Way | None = None) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._jobs = folder, jobs
        # How the code opens: a register that is only locked stays open below this page.
        self._way = way or partial(recovering.recover, folder)
        self.code = CodeFields()
        self.code.entered.connect(self.go_on)
        self.password = PasswordPair()
        self.password.entered.connect(self.go_on)
        self.told = words("", "wrong", wrap=True)
        self.told.hide()
        self.back = button(tr("返回"), self.go_back, keys="Esc")
        self.on = button("", self.go_on, "primary")
        self.office = button(tr("纸也找不到：请司法所帮助 (&G)"), self.office_wanted.emit, "quiet")
        self._explained = words("", "sub", wrap=True)
        self._steps = [Chip(step) for step in _STEPS]
        self._stack = Turns()
        for part in (self.code, self.password):
            # The shorter of the two keeps to the top.
            page = QWidget()
            page.setLayout(column(part, None))
            page.setFocusProxy(part)
            self._stack.addWidget(page)
        self._possible = True
        self._lay_out()
        self._turn(0)
        self._look()

    def _look(self) -> None:
        """Say at once if there is no code, before anybody looks for a sheet."""
        try:
            check_code(self._folder)
        except DeskError as error:
            # Nobody is to look for a sheet that was never printed.
            self._possible = False
            self._stack.hide()
            self._explained.hide()
            for chip in self._steps:
                chip.hide()
            self.on.hide()
            self._tell(str(error))

    def _lay_out(self) -> None:
        inner = column(
            words(tr("忘记密码"), "title"),
            row(*self._steps, None, gap=8),
            self._explained,
            4,
            self._stack,
            self.told,
            4,
            row(self.office, None, self.back, self.on, gap=10),
            gap=10,
        )
        self.setLayout(in_the_middle(inner, theme.wide(_WIDTH)))

    @property
    def step(self) -> int:
        """The step at which one stands, counted from 0."""
        return self._stack.currentIndex()

    @property
    def _part(self) -> CodeFields | PasswordPair:
        return self.password if self.step else self.code

    def _turn(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.told.hide()
        for number, chip in enumerate(self._steps):
            chip.show_state(_STEPS[number], Tone.BLUE if number == step else Tone.NEUTRAL)
        self.office.setVisible(not step and can_ask(self._folder))
        further = _OFFICE_HELPS if can_ask(self._folder) else _NO_SHEET
        self._explained.setText(_PASSWORD_TOLD if step else _CODE_TOLD + further)
        self._name_button()
        self._part.setFocus()

    def _name_button(self) -> None:
        self.on.setEnabled(self._possible)
        self.on.setText(tr("重设密码，打开登记簿 (&O)") if self.step else tr("下一步 (&N)"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._part.setFocus()

    def go_back(self) -> None:
        """Back to the code, or to the page where the password is asked for."""
        if self._jobs.running:
            return
        if self.step:
            self._turn(0)
        else:
            self.given_up.emit()

    def go_on(self) -> None:
        """The next step, if this one is done."""
        if not self.on.isEnabled() or self._part.wanting():
            return
        if not self.step:
            self._turn(1)
            return
        self.on.setEnabled(False)
        self.on.setText(tr("正在重设…"))
        self._jobs.run(
            partial(self._way, self.code.code, self.password.password),
            owner=self,
            done=self.recovered.emit,
            failed=self._refused,
            words=tr("正在重设密码…"),
        )

    def _refused(self, error: DeskError) -> None:
        if getattr(error, "damaged", False):
            self.damaged.emit(str(error), code_of(self.code.code))
            return
        # The sheet is another one: there is nothing to do about the password.
        self._turn(0 if isinstance(error, WrongCode) else self.step)
        self._tell(str(error))

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()
