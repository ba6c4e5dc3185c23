"""The backup drill: how the last one went, and one now."""

from functools import partial

from PySide6.QtWidgets import QFrame

from mediation_desk.desk.clock import now
from mediation_desk.desk.drilling import Drill, drill, drills
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.days import moment_words
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, column, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_TOLD = tr(
    "每月一次，花几分钟：在旁边恢复最新的备份，打开、检查，和现在的登记簿比一比。"
    "插着U盘时U盘上的也试。现在的登记簿不会变，演练完什么也不留。"
)


class DrillCard(QFrame):
    """Says in plain words whether the backups work."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "note")
        self._workplace = workplace
        self.state = Chip()
        self.last = words("", wrap=True)
        self.said = words("", "sub", wrap=True)
        self.go = button(tr("现在演练 (&Y)"), self.try_now)
        inside = column(
            row(words(tr("备份演练"), "strong"), self.state, None, gap=10),
            self.last,
            self.said,
            words(_TOLD, "sub", wrap=True),
            row(self.go, None),
            gap=6,
        )
        inside.setContentsMargins(14, 12, 14, 12)
        self.setLayout(inside)

    def refresh(self) -> None:
        """Read again how the last drill went."""
        last = next(iter(drills(self._workplace.register)), None)
        self.said.setVisible(last is not None)
        if last is None:
            self.last.setText(tr("还没有演练过。"))
            self.state.show_state("", Tone.NEUTRAL)
            return
        when = moment_words(last.moment, today())
        told = tr("上次演练：{when}，用了{seconds}秒。")
        self.last.setText(told.format(when=when, seconds=last.seconds))
        self.said.setText("\n".join(last.said))
        good, tone = (tr("成功"), Tone.GREEN) if last.good else (tr("没有成功"), Tone.RED)
        self.state.show_state(good, tone)

    def try_now(self) -> None:
        """Hold a drill."""
        self.go.setEnabled(False)
        register = self._workplace.register
        self._workplace.jobs.run(
            partial(drill, register, now, self._workplace.actor),
            owner=self,
            done=self._done,
            failed=self._failed,
            words=tr("正在演练恢复备份…"),
        )

    def _done(self, _drill: Drill) -> None:
        self.go.setEnabled(True)
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.said.setText(str(error))
        self.said.show()
        self.state.show_state(tr("没有成功"), Tone.RED)
