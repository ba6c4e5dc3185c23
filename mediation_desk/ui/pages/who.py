"""Who works here now: one click when the desk is opened, or later without closing it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from mediation_desk.desk import persons
from mediation_desk.domain.desk_log import Access, DeskPerson
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.widgets import button, column, framed, look, row, scrolled, words
from mediation_desk.words import tr

_WIDTH = 420
# So many are reached by Alt and a digit.
_DIGITS = 9
_TOLD = tr("从现在起办的每一步，都记在选定的人名下。")


class PersonButtons(QWidget):
    """A button for each person; the one who sat here last has the cursor, but for `now`."""

    chosen = Signal(object)

    def __init__(self, register: Register, now: str = "") -> None:
        super().__init__()
        people, first = persons.everyone(register), persons.offered(register)
        if first.name == now:
            first = next((person for person in people if person.name != now), first)
        self.buttons: list[QPushButton] = []
        for number, person in enumerate(people, 1):
            made = button(_label(person, number), partial(self._choose, person))
            if person == first:
                look(made, "primary")
                self.setFocusProxy(made)
            self.buttons.append(made)
        self.setLayout(column(*self.buttons, gap=8))

    def _choose(self, person: DeskPerson) -> None:
        self.chosen.emit(person)


def _label(person: DeskPerson, number: int) -> str:
    name = person.name.replace("&", "&&")
    if person.access is Access.READS:
        name = tr("{name}（只读）").format(name=name)
    return tr("{name} (&{number})").format(name=name, number=number) if number <= _DIGITS else name


class WhoPage(QWidget):
    """Asks who works here, when a desk that several share was opened."""

    chosen = Signal(object)

    def __init__(self, register: Register) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.people = PersonButtons(register)
        self.people.chosen.connect(self.chosen)
        title = words(tr("谁在办理？"), "title")
        card = framed(column(title, words(_TOLD, "sub", wrap=True), 8, self.people), margins=24)
        card.setFixedWidth(theme.wide(_WIDTH))
        page = column(None, row(None, card, None), None)
        page.setContentsMargins(12, 12, 12, 12)
        self.setLayout(column(scrolled(page)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.people.setFocus()


class WhoWindow(QDialog):
    """The same over an open desk."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, register: Register, now: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("换人"))
        self.people = PersonButtons(register, now)
        self.people.chosen.connect(self._take)
        self.back = button(tr("返回"), self.reject, "quiet")
        told = tr("现在是{name}。").format(name=now) + _TOLD
        more = tr("名单在“设置—人员”里增减。")
        inside = column(
            words(told, wrap=True),
            self.people,
            words(more, "sub", wrap=True),
            row(None, self.back),
            gap=10,
        )
        inside.setContentsMargins(20, 18, 20, 14)
        self.setLayout(inside)
        self.setMinimumWidth(theme.wide(_WIDTH))

    def _take(self, person: DeskPerson) -> None:
        self.accept()
        self.chosen.emit(person)
