"""After how long a desk that nobody touches locks itself."""

from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from mediation_desk.desk.leaving import CHOICES, choose_idle_minutes, idle_minutes
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import button, column, look, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_TOLD = tr(
    "这么久没有按键、没有动鼠标，就盖上输密码的页面；写了一半的内容都在，"
    "正在打印、导出的照样做完。要马上锁定，按 Ctrl+L。"
)


def _label(minutes: int) -> str:
    return tr("{minutes}分钟").format(minutes=minutes) if minutes else tr("不自动锁定")


class IdleCard(QFrame):
    """A row of choices; a choice takes effect at once."""

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "note")
        self._register, self._actor, self._notice = workplace.register, workplace.actor, notice
        self._group = QButtonGroup(self)
        self.choices = [self._choice(number) for number in range(len(CHOICES))]
        self._group.idClicked.connect(self._chosen)
        line = QWidget()
        flow = FlowLayout(line, gap=10)
        for choice in self.choices:
            flow.addWidget(choice)
        inside = column(
            words(tr("离开座位自动锁定"), "heading"),
            words(_TOLD, "sub", wrap=True),
            line,
            gap=8,
        )
        inside.setContentsMargins(16, 12, 16, 12)
        self.setLayout(inside)

    def _choice(self, number: int) -> QPushButton:
        choice = button(_label(CHOICES[number]), name="choice")
        choice.setCheckable(True)
        self._group.addButton(choice, number)
        return choice

    def refresh(self) -> None:
        """Show what is chosen."""
        chosen = idle_minutes(self._register)
        for minutes, choice in zip(CHOICES, self.choices, strict=True):
            choice.setChecked(minutes == chosen)

    def _chosen(self, number: int) -> None:
        try:
            choose_idle_minutes(self._register, CHOICES[number], self._actor)
        except DeskError as error:
            self._notice.failed(str(error))
        self.refresh()
