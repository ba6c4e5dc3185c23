"""The way into practising, and while practising the way to begin again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.ui import messages
from mediation_desk.ui.pages.practice_choice import PracticeDesks
from mediation_desk.ui.widgets import PADDING, button, column, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class PracticePart(QWidget):
    """The desks of the invented township, each behind a button."""

    practice_wanted = Signal(object)
    practice_again_wanted = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.desks = PracticeDesks()
        self.desks.practice_wanted.connect(self.practice_wanted)
        told = tr(
            "练习用的是虚构的双龙镇，人和事都是编的，存放在另一个文件夹里，不会改动真实登记簿。"
            "练习时窗口上方是醒目的“练习”两个字；按“退出练习”就回来，回来要再输一次密码。"
        )
        page = column(words(told, "sub", wrap=True), 4, self.desks, gap=10)
        if workplace.demo:
            self.again = button(tr("从头再来 (&R)"), self._ask_again, "danger")
            reset = tr("练乱了可以从头再来：练习中登记的内容全部清掉，重新编一份。")
            page.addSpacing(10)
            anew = row(words(reset, "sub", wrap=True), self.again)
            anew.setStretch(0, 1)
            page.addLayout(anew)
        page.addStretch(1)
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Nothing here depends on the register."""

    def _ask_again(self) -> None:
        messages.ask(
            self,
            tr("要清掉练习中登记的全部内容，从头再来吗？"),
            tr("真实的登记簿不受影响。"),
            tr("清掉，从头再来"),
            self._begin_again,
        )

    def _begin_again(self) -> None:
        self.practice_again_wanted.emit(self._workplace.register.role)
