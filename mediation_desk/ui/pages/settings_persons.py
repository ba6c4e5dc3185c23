"""Who works at this desk: the list from which one is chosen when it is opened."""

from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediation_desk.desk import persons
from mediation_desk.domain.desk_log import Access, DeskPerson
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    PADDING,
    Chip,
    button,
    clear,
    column,
    framed,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_FIELD = 420
_TOLD = tr("几个人用同一台电脑，就都登记在这里：打开时选谁在办理，每一步都记在他名下。")
_OFFICE = tr("只读人员能看全部内容，不能登记、修改、打印卷宗或导出；领导查阅、档案检查时用。")
_ONE_KEY = tr("打开登记簿的密码是同一个，请只告诉名单里的人。")


class PersonsPart(QWidget):
    """The persons, each with what can be done about him, and a field for one more."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.notice = Notice()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.name = FieldBox(tr("姓名"), LineEditor())
        self.name.setMaximumWidth(theme.wide(_FIELD))
        self.add_button = button(tr("新增办理人员 (&A)"), partial(self.add, Access.WRITES))
        self.add_reader = button(tr("新增只读人员 (&R)"), partial(self.add, Access.READS))
        if not workplace.office:
            self.add_reader.hide()
        acts = QWidget()
        flow = FlowLayout(acts, gap=10)
        for act in (self.add_button, self.add_reader):
            flow.addWidget(act)
        more = [words(_OFFICE, "sub", wrap=True)] if workplace.office else []
        page = column(
            self.notice,
            words(_TOLD, "sub", wrap=True),
            self._lines,
            framed(column(words(tr("再加一个人"), "heading"), self.name, acts, gap=6), "note"),
            *more,
            words(_ONE_KEY, "sub", wrap=True),
            None,
            gap=10,
        )
        page.setContentsMargins(PADDING, 12, PADDING, 12)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Show who there is."""
        clear(self._lines)
        people = persons.everyone(self._workplace.register)
        for person in people:
            self._lines.addWidget(self._line(person, alone=len(people) == 1))

    def _line(self, person: DeskPerson, *, alone: bool) -> QFrame:
        reads = person.access is Access.READS
        chip = Chip(tr(person.access.label), Tone.AMBER if reads else Tone.GREEN)
        here = person.name == self._workplace.actor
        acts: list[QWidget] = [words(tr("现在在办理"), "sub")] if here else []
        if self._workplace.office and not here:
            other = Access.WRITES if reads else Access.READS
            label = tr("改为{access}").format(access=tr(other.label))
            acts.append(button(label, partial(self._give, person, other), "quiet"))
        if not here and not alone:
            acts.append(button(tr("不再在这里办理"), partial(self._ask, person), "quiet"))
        line = row(words(person.name, "strong"), chip, None, *acts, gap=10)
        # Whoever is at work has no buttons; his line is as high as those of the others.
        line.addStrut(theme.high(theme.TARGET))
        return framed(line, "note", margins=14)

    # Acts

    def add(self, access: Access) -> None:
        """Add whoever stands in the field."""
        register, name = self._workplace.register, str(self.name.value() or "")
        try:
            made = persons.add_person(register, name, access, actor=self._workplace.actor)
        except DeskError as error:
            self.name.tell(str(error))
            self.name.editor.setFocus()
            return
        self.name.show_value("")
        self.name.tell("")
        self._done(tr("已新增{name}，点右上角的姓名可以换人。").format(name=made.name))

    def _give(self, person: DeskPerson, access: Access) -> None:
        self._try(
            partial(persons.give_access, self._workplace.register, person, access),
            tr("{name}已改为{access}。").format(name=person.name, access=tr(access.label)),
        )

    def _ask(self, person: DeskPerson) -> None:
        told = tr("以后打开时不再列出{name}？").format(name=person.name)
        more = tr("他办过的都留着，记在他名下。")
        messages.ask(self, told, more, tr("不再列出"), partial(self._leave, person))

    def _leave(self, person: DeskPerson) -> None:
        self._try(
            partial(persons.leave, self._workplace.register, person),
            tr("以后打开时不再列出{name}。").format(name=person.name),
        )

    def _try(self, act: "partial[None]", done: str) -> None:
        try:
            act(actor=self._workplace.actor)
        except DeskError as error:
            self.notice.failed(str(error))
            return
        self._done(done)

    def _done(self, words_: str) -> None:
        self.refresh()
        self.notice.done(words_)

    @property
    def unsaved(self) -> bool:
        """Whether a name was typed and nobody was added."""
        return bool(self.name.value())
