"""What the tabs of a dispute's file are made of: pairs of label and value, notes, pages."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desk.domain.fields import Field, Form, Mask, fields_by_name
from mediation_desk.domain.money import yuan
from mediation_desk.domain.record import Record
from mediation_desk.ui import theme
from mediation_desk.ui.pages.concealed import Concealed
from mediation_desk.ui.widgets import Slot, button, column, look, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_LABEL = 104
_NUMBERS = (Mask.IDENTITY, Mask.PHONE)
_ARROW, _ARROW_ROOM = 22, 24


def shown(entry: Field, value: object) -> str:
    """A value of a described field in words; empty for nothing."""
    if value is None or value == "":
        return ""
    if entry.form is Form.CODE:
        return tr(value.label)  # type: ignore[attr-defined]
    if entry.form is Form.MONEY:
        return tr("{amount} 元").format(amount=yuan(value)) if value else ""  # type: ignore[arg-type]
    if entry.form is Form.YES_NO:
        return tr("是") if value else tr("否")
    return str(value)


Told = tuple[str, "str | QWidget"]


def of_record(record: Record, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Label and value of the named fields of `record`; what is empty is left out."""
    known = fields_by_name(type(record))
    for name in names:
        said = shown(known[name], getattr(record, name))
        if said:
            yield tr(known[name].label), said


def of_person(record: Record, names: Iterable[str], workplace: Workplace) -> Iterator[Told]:
    """The same of a person, whose numbers are masked until each is asked for."""
    known = fields_by_name(type(record))
    for name in names:
        entry = known[name]
        said = shown(entry, getattr(record, name))
        if said and entry.personal in _NUMBERS:
            yield tr(entry.label), Concealed(workplace, record, entry, said)
        elif said:
            yield tr(entry.label), said


def pairs(told: Iterable[Told]) -> QGridLayout:
    """Labels with their values, one below the other."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, _LABEL)
    grid.setColumnStretch(1, 1)
    for number, (label, value) in enumerate(told):
        name = words(label, "field", wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(name, number, 0)
        if isinstance(value, QWidget):
            name.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(value, number, 1)
            continue
        said = words(value, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(said, number, 1)
    return grid


class Sheet(QWidget):
    """A tab's content, to be scrolled by whoever shows it; `moved` says what is to be seen."""

    moved = Signal(int, int, int, int)

    def __init__(self, stack: QVBoxLayout) -> None:
        super().__init__()
        self.stack = stack
        stack.setContentsMargins(18, 14, 18, 14)
        self.setLayout(stack)


def page(*parts: QWidget | QLayout, gap: int = 12) -> Sheet:
    """A tab's content, one part below the other."""
    return Sheet(column(*parts, None, gap=gap))


class StepButton(QPushButton):
    """A button that says which form it opens."""

    wanted = Signal(str)

    def __init__(self, step: str, label: str, listener: SignalInstance, name: str = "") -> None:
        super().__init__(label)
        self.step = step
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        look(self, name)
        self.clicked.connect(self._clicked)
        self.wanted.connect(listener)

    def _clicked(self) -> None:
        self.wanted.emit(self.step)


def way_back(slot: Slot) -> QPushButton:
    """The arrow back to the list, as large as the type; hidden beside the list."""
    arrow = theme.high(_ARROW)
    made = button("", slot, "quiet", tip=tr("回到列表 (Esc)"))
    made.setIcon(QIcon(theme.drawing("back", theme.tokens().primary, arrow)))
    made.setIconSize(QSize(arrow, arrow))
    made.setMinimumWidth(arrow + theme.wide(_ARROW_ROOM))
    made.setShortcut("Esc")
    made.hide()
    return made
