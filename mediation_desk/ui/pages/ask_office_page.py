"""For who lost the password and the sheet: ask the office, take its answer, a new password, in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from mediation_desk import paths
from mediation_desk.desk import office_way
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.domain.spoken_digits import heard
from mediation_desk.ui import messages, theme
from mediation_desk.ui.jobs import Jobs
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.password_pair import PasswordPair
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    button,
    column,
    framed,
    in_the_middle,
    look,
    row,
    words,
)
from mediation_desk.words import tr

_WIDTH = 660
_STEPS = (tr("1 向司法所申请"), tr("2 用解锁文件"), tr("3 定新密码"))
_TOLD = (
    tr(
        "打电话给{office}，说明是{unit}忘了密码，把下面的申请号念给它。"
        "它核对是本人以后，会做一个解锁文件送来，口令在电话里说。可以先关掉程序，等文件到了再来。"
    ),
    tr("解锁文件送来了：选中它，再把电话里听到的口令输进去。"),
    tr("对上了。现在想一个新密码，输两遍。打开以后马上做一张新的恢复码，以前的那张作废。"),
)
_KIND = tr("解锁文件 (*.txt)")


class AskOfficePage(QWidget):
    """Three steps, of which the last is the open register."""

    recovered = Signal(object)
    given_up = Signal()

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder, self._jobs = folder, jobs
        self._asked = office_way.request(folder)
        self._file: Path | None = None
        self.number = words(self._asked.code, "figure")
        self.number.setFont(theme.font(19, bold=True))
        self.save = button(tr("存为申请文件… (&S)"), self.ask_for_file)
        self.anew = button(tr("另起一次申请 (&Q)"), self.ask_anew, "quiet")
        self.chosen = words(tr("还没有选文件。"), "sub", wrap=True)
        self.choose = button(tr("选解锁文件… (&F)"), self.ask_for_answer)
        self.code = QLineEdit()
        self.code.setMaxLength(40)
        self.code.setFont(theme.font(15, bold=True))
        self.code.returnPressed.connect(self.go_on)
        self.password = PasswordPair()
        self.password.entered.connect(self.go_on)
        self.told = words("", "wrong", wrap=True)
        self.done = Notice()
        self.back = button(tr("返回"), self.go_back, keys="Esc")
        self.on = button("", self.go_on, "primary")
        self._explained = words("", "sub", wrap=True)
        self._steps = [Chip(step) for step in _STEPS]
        self._stack = QStackedWidget()
        self._lay_out()
        self._turn(0)

    def _lay_out(self) -> None:
        label = words(tr("口令，12个数字 (&K)"), "field")
        label.setBuddy(self.code)
        number = column(words(tr("申请号"), "field"), self.number, gap=2)
        asking = column(framed(number, "note"), row(self.save, self.anew, None, gap=10), gap=10)
        taking = column(row(self.choose, None), self.chosen, label, self.code, gap=6)
        for inner in (asking, taking, column(self.password)):
            inner.addStretch(1)
            page = QWidget()
            page.setLayout(inner)
            self._stack.addWidget(page)
        whole = column(
            words(tr("请司法所帮助打开"), "title"),
            row(*self._steps, None, gap=8),
            self._explained,
            4,
            self._stack,
            self.told,
            self.done,
            4,
            row(None, self.back, self.on, gap=10),
            gap=10,
        )
        self.setLayout(in_the_middle(whole, theme.wide(_WIDTH)))

    @property
    def step(self) -> int:
        """The step at which one stands, counted from 0."""
        return self._stack.currentIndex()

    @property
    def _first(self) -> QWidget:
        """What has the cursor at this step."""
        return (self.on, self.code if self._file else self.choose, self.password)[self.step]

    def _turn(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._tell("")
        for number, chip in enumerate(self._steps):
            chip.show_state(_STEPS[number], Tone.BLUE if number == step else Tone.NEUTRAL)
        told = _TOLD[step].format(office=self._asked.office, unit=self._asked.unit)
        self._explained.setText(told)
        self._name_button()
        self._first.setFocus()

    def _name_button(self) -> None:
        names = (tr("解锁文件来了 (&N)"), tr("下一步 (&N)"), tr("重设密码，打开登记簿 (&O)"))
        self.on.setText(names[self.step])
        self.on.setEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus()

    # The request

    def ask_for_file(self) -> None:
        """Ask where the request shall be written."""
        proposed = paths.outgoing() / office_way.request_name(self._asked)
        title = tr("把申请文件存到哪里")
        target = messages.choose_target(self, title, proposed, tr("申请文件 (*.txt)"))
        if target is not None:
            self.save_file(target)

    def save_file(self, target: Path) -> None:
        """Write the request."""
        try:
            office_way.save_request(self._asked, target)
        except DeskError as error:
            self._tell(str(error))
            return
        self._tell("")
        self.done.done(tr("申请文件存好了。用U盘或微信交给司法所；里面没有秘密。"), target)

    def ask_anew(self) -> None:
        """Begin another request; an answer to the one before counts no more."""
        self._asked = office_way.request(self._folder, anew=True)
        self.number.setText(self._asked.code)
        self._tell("")
        self.done.done(tr("这是新的申请号，以前的申请号和解锁文件都不用了。"))

    # The answer

    def ask_for_answer(self) -> None:
        """Ask for the file that the office gave."""
        title = tr("选司法所给的解锁文件")
        for path in messages.choose_files(self, title, paths.outgoing(), _KIND)[:1]:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take the answer up, if it is one to this request."""
        try:
            office_way.check_answer(self._folder, path)
        except DeskError as error:
            self._tell(str(error))
            return
        self._file = path
        self.chosen.setText(tr("文件：{name}").format(name=path.name))
        self._tell("")
        self.code.setFocus()

    def _answer_wanting(self) -> bool:
        if self._file is None:
            self._tell(tr("还没有选解锁文件。请先选中司法所给的文件。"))
            self.choose.setFocus()
            return True
        try:
            heard(self.code.text())
        except DeskError as error:
            self._tell(str(error))
            self.code.setFocus()
            return True
        return False

    # Going on

    def go_back(self) -> None:
        """Back a step, or to the page where the printed code is asked for."""
        if self._jobs.running:
            return
        if self.step:
            self._turn(self.step - 1)
        else:
            self.given_up.emit()

    def go_on(self) -> None:
        """The next step, if this one is done."""
        if not self.on.isEnabled() or (self.step == 1 and self._answer_wanting()):
            return
        if self.step < len(_STEPS) - 1:
            self._turn(self.step + 1)
        elif not self.password.wanting():
            self._open()

    def _open(self) -> None:
        assert self._file is not None
        self.on.setEnabled(False)
        self.on.setText(tr("正在打开…"))
        self._jobs.run(
            partial(
                office_way.open_by_answer,
                self._folder,
                self._file,
                self.code.text(),
                self.password.password,
            ),
            owner=self,
            done=self.recovered.emit,
            failed=self._refused,
            words=tr("正在打开登记簿…"),
        )

    def _refused(self, error: DeskError) -> None:
        # It is the code or the file that was wrong.
        self._turn(1)
        self._tell(str(error))

    def _tell(self, wrong: str) -> None:
        self.done.hide()
        self.told.setText(wrong)
        self.told.setVisible(bool(wrong))
