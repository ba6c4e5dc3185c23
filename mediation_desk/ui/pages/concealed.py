"""A personal number on a page: masked until somebody wants to see it, and again when he goes on."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import desk_log
from mediation_desk.domain.fields import Field
from mediation_desk.domain.masks import masked_value
from mediation_desk.domain.record import Record
from mediation_desk.ui.copying import copy
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class Concealed(QWidget):
    """Says a masked value, with a button that shows it in full; that it was shown is logged."""

    def __init__(self, workplace: Workplace, record: Record, entry: Field, value: str) -> None:
        super().__init__()
        self._workplace, self._record, self._entry = workplace, record, entry
        self._value = value
        self.shown = False
        self.said = words("", wrap=False)
        label = tr(entry.label)
        self.turn = button("", self._turn, "quiet")
        self.copy = button(
            tr("复制"), self._copy, "quiet", tip=tr("复制{label}").format(label=label)
        )
        line = row(self.said, self.turn, self.copy, None, gap=6)
        self.setLayout(line)
        self.conceal()

    def conceal(self) -> None:
        """Mask it again."""
        self.shown = False
        self._say()

    def reveal(self) -> None:
        """Show it in full and write down that it was."""
        # First: what cannot be written down is not shown.
        shown = [(self._record, self._entry.name)]
        desk_log.note_shown(self._workplace.register, shown, self._workplace.actor)
        self.shown = True
        self._say()

    def _say(self) -> None:
        masked = masked_value(self._entry.personal, self._value)  # type: ignore[arg-type]
        self.said.setText(self._value if self.shown else masked)
        label = tr(self._entry.label)
        self.turn.setText(tr("遮住") if self.shown else tr("显示"))
        self.turn.setToolTip("" if self.shown else tr("显示完整的{label}").format(label=label))
        self.turn.setAccessibleName(f"{self.turn.text()}{label}")
        self.copy.setVisible(self.shown)
        self.copy.setText(tr("复制"))

    def _turn(self) -> None:
        if self.shown:
            self.conceal()
        else:
            self.reveal()

    def _copy(self) -> None:
        copy(self._value)
        self.copy.setText(tr("已复制"))

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever turns to something else, or leaves the desk, has seen enough.
        super().hideEvent(event)
        self.conceal()
