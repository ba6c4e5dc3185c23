"""Taking back a record that was entered by mistake, with the reason that stays in the history."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.words import tr


class Striking(QWidget):
    """Folded away until wanted; then the form voids its record instead of correcting it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = words(tr("整条记录记错了，例如记到了别的纠纷上？"), "sub", wrap=True)
        self.turn = button(tr("作废这条记录 (&V)"), self._turn, "quiet")
        self.why = FieldBox(
            tr("作废原因"), LineEditor(tr("如 记错了纠纷、重复登记")), required=True
        )
        self.why.hide()
        head = row(self._told, self.turn)
        head.setStretch(0, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(head)
        stack.addWidget(self.why)

    @property
    def wanted(self) -> bool:
        """Whether the record is to be voided."""
        return not self.why.isHidden()

    def _turn(self) -> None:
        self.show_wanted(not self.wanted)
        (self.why.editor if self.wanted else self.turn).setFocus()
        self.changed.emit()

    def show_wanted(self, wanted: bool) -> None:  # noqa: FBT001 - a value, not a switch
        """Ask for the reason, or fold it away again."""
        self.why.setVisible(wanted)
        gone = tr("保存后这条记录作废：不再列在经过里，修改记录里仍可查到。")
        kept = tr("整条记录记错了，例如记到了别的纠纷上？")
        self._told.setText(gone if wanted else kept)
        self.turn.setText(tr("不作废 (&V)") if wanted else tr("作废这条记录 (&V)"))

    def reason(self) -> str:
        """Why the record is voided."""
        return str(self.why.value())

    def complete(self) -> bool:
        """Whether a reason is given where one is needed; else it is asked for."""
        if not self.wanted or self.reason():
            return True
        self.why.tell(tr("请写明为什么作废。"))
        return False
