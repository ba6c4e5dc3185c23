"""One line that reminds of the recovery code until there is one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.ui.widgets import Elided, button, look, row
from mediation_desk.words import tr


class CodeBand(QFrame):
    """Above what is to be done; nothing is blocked by it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "warn")
        self._said = Elided()
        self.make = button(tr("做恢复码 (&R)"), self.wanted.emit)
        line = row(self._said, self.make, gap=14)
        line.setContentsMargins(16, 6, 10, 6)
        self.setLayout(line)
        self.hide()

    def remind(self, office: str) -> None:
        """Say what is at stake; `office` can help to open the register, empty if none can."""
        lost = tr("密码忘了，登记簿就打不开了")
        if office:
            lost = tr("密码忘了，只能等{office}帮助打开").format(office=office)
        said = tr("还没有恢复码：{lost}。").format(lost=lost)
        self._said.say(said + tr("打印一张纸，锁好就放心了。"), said, tr("还没有恢复码。"))
        self.show()
