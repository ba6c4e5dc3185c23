"""Says that the computer's clock is perhaps wrong, and asks before something rests on it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.desk.clock import now
from mediation_desk.desk.clock_doubt import clock_doubt, trust_clock
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.words import tr

_LOOK_MS = 20_000
# Below this height of the window, in the standard type, one sentence has to do.
_HIGH = 400
_MEND = tr(
    "编号的年份、期限和报送都按这个日期算。请核对电脑右下角的日期和时间，改好后这一条自己消失。"
)


class ClockBand(QFrame):
    """Above every page as long as the clock is in doubt; nothing is blocked by it."""

    # The clock was looked at, as is done every few seconds.
    looked = Signal()

    def __init__(self, register: Register) -> None:
        super().__init__()
        look(self, "band")
        self._register = register
        self.said = words("", "strong", wrap=True)
        self.right = button(tr("日期没有错"), self._trust)
        self._mend = words(_MEND, "sub", wrap=True)
        self.setToolTip(_MEND)
        line = row(column(self.said, self._mend, gap=2), self.right, gap=14)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 8, 14, 8)
        self.setLayout(line)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.refresh)
        self._looking.start()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In large type on a small screen the rail and the page need the height.
        self._mend.setVisible(self.window().height() >= theme.wide(_HIGH))

    def refresh(self) -> None:
        """Look at the clock again."""
        said = clock_doubt(self._register, now())
        self.said.setText(said)
        self.setVisible(bool(said))
        self.looked.emit()

    def _trust(self) -> None:
        # Needed only when the clock is in doubt.
        from mediation_desk.ui import messages  # noqa: PLC0415

        messages.ask(
            self,
            tr("今天确实是这个日期吗？"),
            self.said.text(),
            tr("确实是，不用再提醒"),
            self._trusted,
        )

    def _trusted(self) -> None:
        try:
            trust_clock(self._register, now())
        except DeskError as error:
            self.said.setText(str(error))
            return
        self.refresh()


def ask_if_doubtful(
    parent: QWidget, register: Register, act: str, agreed: Callable[[], None]
) -> None:
    """Call `agreed`, after asking first where the clock is in doubt; `act` names it then."""
    said = clock_doubt(register, now())
    if not said:
        agreed()
        return
    # Needed only when the clock is in doubt.
    from mediation_desk.ui import messages  # noqa: PLC0415

    mend = tr("编号的年份和报送的月份都按这个日期算。请先核对电脑的日期；内容不会丢，可以返回。")
    messages.ask(parent, said, mend, act, agreed)
