"""The card beside a form that tells who was a party before, and offers what was written then."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from mediation_desk.desk.people import KnownPerson, known
from mediation_desk.domain.desk_error import DeskError
from mediation_desk.domain.identity import age_on, normal_identity
from mediation_desk.domain.masks import masked_identity
from mediation_desk.ui.side import WrappedButton
from mediation_desk.ui.widgets import clear, look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PAUSE_MS = 200
_WHOLE_NUMBER = 18
_HEADS = {1: tr("这个人以前"), 2: tr("这两个人以前")}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is typed of one party."""

    name: str
    id_number: str


def _told(person: KnownPerson) -> str:
    """How the cases of a person are said in one line."""
    if not person.cases:
        return tr("没有")
    last = person.cases[0]
    said = tr("{year}年（{kind}，{state}）") if len(person.cases) > 1 else tr("{kind}，{state}")
    latest = said.format(
        year=last.year, kind=last.type_label.removesuffix(tr("纠纷")), state=last.state
    )
    if len(person.cases) > 1:
        return tr("{count} 件，最近 {latest}").format(count=len(person.cases), latest=latest)
    return tr("{year}年 1 件（{latest}）").format(year=last.year, latest=latest)


def _particulars(person: KnownPerson) -> str:
    """By what one tells people of the same name apart; numbers are masked on the screen."""
    last = person.last
    parts = [
        last.sex.label if last.sex else "",
        tr("{age}岁").format(age=age_on(last.born_on, today())) if last.born_on else "",
        tr("尾号{last}").format(last=last.id_number[-4:]) if last.id_number else "",
        last.address,
    ]
    return " ".join(part for part in parts if part)


class KnownPeople(QFrame):
    """Looks up the people whose names or numbers are typed, a moment after the last letter.

    `but` is the dispute that is being written. A form with several parties names them by `who`;
    after `chosen` the property `who` tells whose particulars are wanted.
    """

    chosen = Signal(object)

    def __init__(self, workplace: Workplace, but: str = "") -> None:
        super().__init__()
        look(self, "card")
        self.who = ""
        self._register = workplace.register
        self._but = but
        self._asked: dict[str, _Asked] = {}
        self.found: dict[str, list[KnownPerson]] = {}
        self._head = words("", "heading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(16, 12, 16, 14)
        stack.setSpacing(8)
        stack.addWidget(self._head)
        stack.addLayout(self._lines)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.hide()

    def look_up(self, name: str, id_number: str = "", who: str = "") -> None:
        """Ask for the person typed as `name` with `id_number`; both empty asks no more."""
        number = normal_identity(id_number)
        asked = _Asked(name.strip(), number if len(number) == _WHOLE_NUMBER else "")
        if self._asked.get(who) == asked:
            return
        if asked == _Asked("", ""):
            self._asked.pop(who, None)
        else:
            self._asked[who] = asked
        self._pause.start()

    def forget(self, who: str) -> None:
        """Tell no more of a party that was taken away."""
        self.look_up("", "", who)

    def _look_up(self) -> None:
        try:
            self.found = {
                who: known(self._register, asked.name, asked.id_number, self._but)
                for who, asked in self._asked.items()
            }
        except DeskError as error:
            # Nobody pressed anything, so the card says it and no window stops the writing.
            self.found = {}
            self._show()
            self._say(tr("现在查不了：{error}").format(error=error))
            return
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        self._head.setText(_HEADS.get(len(self._asked), tr("这些人以前")))
        for who, people in self.found.items():
            asked = self._asked[who]
            if not people:
                name = asked.name or masked_identity(asked.id_number)
                self._say(tr("{name}：没有").format(name=name))
            for person in people:
                several = len(people) > 1
                self._person(who, person, offered=not (asked.name and asked.id_number) or several)
        self.setVisible(bool(self._asked))

    def _say(self, sentence: str) -> None:
        self._lines.addWidget(words(sentence, "sub", wrap=True))

    def _person(self, who: str, person: KnownPerson, *, offered: bool) -> None:
        self._say(tr("{name}：{cases}").format(name=person.name, cases=_told(person)))
        told = _particulars(person)
        if not offered or not told:
            return
        take = WrappedButton(tr("填入 {who}").format(who=told), "line")
        take.clicked.connect(partial(self._take, who, person))
        self._lines.addWidget(take)

    def _take(self, who: str, person: KnownPerson) -> None:
        self.who = who
        self.chosen.emit(person)
