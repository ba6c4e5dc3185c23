"""The recovery code typed from its sheet: a field for each group, each told when it is wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from mediation_desk.domain.recovery_code import GROUP, GROUPS, cleaned, group_slip, groups
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import column, dress_again, words
from mediation_desk.words import tr

_ACROSS = 3
# A code that is pasted as a whole, with whatever stands between its groups.
_LONGEST = 200


class CodeFields(QWidget):
    """Nine fields as they stand on the sheet; a full one that is right hands the cursor on."""

    changed = Signal()
    # Enter was pressed in the last field.
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        self.fields = [self._field() for _ in range(GROUPS)]
        for number, field in enumerate(self.fields):
            label = words(tr("第{place}组").format(place=number + 1), "field")
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            grid.addLayout(column(label, field, gap=2), number // _ACROSS, number % _ACROSS)
        self.told = words("", "wrong", wrap=True)
        self.told.setMinimumHeight(self.told.fontMetrics().height() + 4)
        self.setLayout(column(grid, self.told))
        self.setFocusProxy(self.fields[0])

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(_LONGEST)
        field.setFont(theme.font(15, bold=True))
        field.textEdited.connect(self._edited)
        field.editingFinished.connect(self._left)
        field.returnPressed.connect(self._enter)
        return field

    def _edited(self, text: str) -> None:
        place = self.fields.index(self.sender())  # type: ignore[arg-type]
        typed = cleaned(text)
        if len(typed) > GROUP:
            self._spread(place, typed)
        elif len(typed) == GROUP:
            self._settle(place)
            if not self.slip(place) and place + 1 < GROUPS:
                self.fields[place + 1].setFocus()
        self._tell()
        self.changed.emit()

    def _spread(self, place: int, typed: str) -> None:
        """Let a longer text, as when all is pasted, run on into the next fields."""
        last = place
        for number, part in enumerate(groups(typed), place):
            if number < GROUPS:
                self.fields[number].setText(part)
                last = number
        self.fields[last].setFocus()

    def _settle(self, place: int) -> None:
        """Show a full group as it stands on the sheet."""
        self.fields[place].setText(cleaned(self.fields[place].text()))

    def _left(self) -> None:
        self._tell()

    def _enter(self) -> None:
        place = self.fields.index(self.sender())  # type: ignore[arg-type]
        if place + 1 < GROUPS:
            self.fields[place + 1].setFocus()
        else:
            self.entered.emit()

    def slip(self, place: int) -> str:
        """What is wrong with the field at `place`, counted from 0."""
        return group_slip(place + 1, self.fields[place].text())

    def _finished(self, place: int) -> bool:
        field = self.fields[place]
        return bool(field.text()) and (not field.hasFocus() or len(cleaned(field.text())) >= GROUP)

    def _tell(self, *, every: bool = False) -> str:
        """Mark the groups that are wrong; those still empty or being typed only if asked."""
        first = ""
        for place, field in enumerate(self.fields):
            slip = self.slip(place) if every or self._finished(place) else ""
            if bool(field.property("wrong")) != bool(slip):
                field.setProperty("wrong", bool(slip))
                dress_again(field)
            first = first or slip
        self.told.setText(first)
        return first

    def wanting(self) -> bool:
        """Whether a group is missing or wrong; the first is told and has the cursor."""
        if not self._tell(every=True):
            return False
        next(field for field in self.fields if field.property("wrong")).setFocus()
        return True

    @property
    def code(self) -> str:
        """What was typed, group by group."""
        return " ".join(field.text() for field in self.fields)
