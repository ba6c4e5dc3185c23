"""Asks at which desk somebody wants to practise."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.domain.codes import Role
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import (
    Slot,
    button,
    column,
    in_the_middle,
    look,
    row,
    words,
)
from mediation_desk.words import tr

_DRAWING = 36
_WIDTH = 560


class PracticeDesks(QWidget):
    """A button for each desk of the invented township."""

    practice_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.village = self._choice(
            "village",
            tr("到梨子园村调委会练习 (&1)\n登记纠纷、记调解、做每月的报送文件"),
            self._at_village,
        )
        self.office = self._choice(
            "office",
            tr("到双龙司法所练习 (&2)\n接收各村报送的文件，看汇总统计"),
            self._at_office,
        )
        self.setLayout(column(self.village, self.office, gap=10))

    def _choice(self, drawing: str, told: str, slot: Slot) -> QPushButton:
        made = button(told, slot, "choice")
        made.setIcon(QIcon(theme.drawing(drawing, theme.tokens().primary, _DRAWING)))
        made.setIconSize(QSize(_DRAWING, _DRAWING))
        made.setMinimumHeight(theme.wide(72))
        return made

    def _at_village(self) -> None:
        self.practice_wanted.emit(Role.VILLAGE)

    def _at_office(self) -> None:
        self.practice_wanted.emit(Role.OFFICE)


class PracticeChoice(QWidget):
    """The way from the password page into practising, and back."""

    practice_wanted = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desks = PracticeDesks()
        self.desks.practice_wanted.connect(self.practice_wanted)
        self.back = button(tr("返回"), self.given_up.emit, keys="Esc")
        told = tr(
            "练习用的是虚构的乡镇，人和事都是编的，存放在另一个文件夹里。"
            "在里面怎么改、怎么删，都不会动到真实的登记簿。"
        )
        inner = column(
            words(tr("先练习一下"), "title"),
            words(told, "sub", wrap=True),
            6,
            self.desks,
            6,
            row(None, self.back),
            gap=10,
        )
        self.setLayout(in_the_middle(inner, theme.wide(_WIDTH), margins=28))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.desks.village.setFocus()
