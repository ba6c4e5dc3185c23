"""Typing a claimed case into the municipal system: its fields to copy, and the tick when done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from mediation_desk.desk.municipal_entry import EntryField, all_in_one
from mediation_desk.ui import theme
from mediation_desk.ui.copying import KEPT_MS, copy
from mediation_desk.ui.widgets import Elided, button, column, line, row, words
from mediation_desk.words import tr

_LABEL = 150
_SECOND = 1000


class _FieldRow(QWidget):
    """One field with its button."""

    copied = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entry = EntryField("", "")
        self._label = words("", "sub", wrap=True)
        self._label.setFixedWidth(theme.wide(_LABEL))
        # One line: who types it again copies it and need not read it here.
        self._value = Elided()
        self.copy = button(tr("复制"), self._copy, "quiet")
        inside = row(self._label, self._value, self.copy, gap=10)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 2, 0, 2)
        self.setLayout(column(inside, line(), gap=0))

    def show_field(self, entry: EntryField) -> None:
        """Show a field."""
        self.entry = entry
        self._label.setText(entry.label)
        self._value.setText(" ".join(entry.value.split()) or tr("（空）"))
        self.copy.setEnabled(bool(entry.value))
        self.copy.setAccessibleName(tr("复制{label}").format(label=entry.label))

    def _copy(self) -> None:
        copy(self.entry.value)
        self.copied.emit(self.entry)


class EntryPanel(QWidget):
    """The fields of one case in the order of the municipal table."""

    # The day on which the case was typed in, or None again.
    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.done = QCheckBox(tr("这件已录入市级系统"))
        self.done.clicked.connect(self._clicked)
        self.all = button(tr("全部复制 (&C)"), self._copy_all)
        self._day = Elided("", "sub")
        self._told = words("", "sub", wrap=True)
        self._fields: Sequence[EntryField] = ()
        self._made: list[_FieldRow] = []
        self._rows = column(gap=0)
        head = row(column(self.done, self._day, gap=0), self.all)
        head.setStretch(0, 1)
        told = tr("按市级系统的顺序排列，逐项复制过去。内容由人工录入，程序不连接任何系统。")
        whole = column(words(told, "sub", wrap=True), head, self._told, self._rows, None, gap=8)
        self.setLayout(whole)

    def show_case(self, fields: Sequence[EntryField], entered_on: date | None) -> None:
        """Show the fields of a case."""
        self._fields = fields
        self._told.hide()
        while len(self._made) < len(fields):
            made = _FieldRow()
            made.copied.connect(self._copied)
            self._made.append(made)
            self._rows.addWidget(made)
        for made, entry in zip(self._made, fields, strict=True):
            made.show_field(entry)
        self.done.setChecked(entered_on is not None)
        self._day.setText(entered_on.isoformat() if entered_on else "")
        self._day.setVisible(entered_on is not None)

    def buttons(self) -> list[QPushButton]:
        """The buttons of the fields, in their order."""
        return [made.copy for made in self._made]

    def _clicked(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.ticked.emit(on)

    def _copy_all(self) -> None:
        copy(all_in_one(self._fields))
        self._say(tr("全部各项"))

    def _copied(self, entry: object) -> None:
        self._say(entry.label if isinstance(entry, EntryField) else "")

    def _say(self, what: str) -> None:
        told = tr("已复制：{what}。{seconds} 秒后从剪贴板清除。")
        self._told.setText(told.format(what=what, seconds=KEPT_MS // _SECOND))
        self._told.show()
