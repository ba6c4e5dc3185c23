"""One unit: its committee, what that lacks, its mediators and its advisers."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.desk import desk_log
from mediation_desk.desk.organising import Standing
from mediation_desk.domain.masks import masked_phone
from mediation_desk.domain.organisation import Adviser, Mediator, Unit
from mediation_desk.ui import theme
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
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

P = TypeVar("P", Mediator, Adviser)
_LEAST_STRETCH = 190


def term(first: date | None, last: date | None) -> str:
    """A term as a list of members says it."""
    if first is None and last is None:
        return tr("未填")
    begun = first.isoformat() if first else tr("未填")
    return tr("{first} 至 {last}").format(first=begun, last=last.isoformat() if last else "…")


def _yes(value: bool) -> str:  # noqa: FBT001 - a value to be told
    return tr("是") if value else tr("否")


class People(Table):
    """As high as its rows; columns that can be done without go first where there is no room."""

    def __init__(self, rows: "Rows[P]", spare: Sequence[int]) -> None:
        super().__init__(rows)
        self._widths = [one.width for one in rows.columns]
        self._spare = spare
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Be as high as the rows there are."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width()
        wanted = [theme.wide(width or _LEAST_STRETCH) for width in self._widths]
        for number in self._spare:
            self.setColumnHidden(number, sum(wanted) > room)
            if sum(wanted) > room:
                wanted[number] = 0


class UnitCard(QWidget):
    """Shows a `Standing`; asks its page for every form."""

    unit_wanted = Signal()
    # A mediator or adviser to correct; without one, to add.
    mediator_wanted = Signal(object)
    adviser_wanted = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.standing: Standing | None = None
        self._revealed = False
        self._made_parts()
        self._lay_out()

    def _made_parts(self) -> None:
        self._title = words("", "title", wrap=True)
        self._sub = words("", "sub", wrap=True)
        self._locked = words("", "sub", wrap=True)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        self.correct = button(tr("修改资料 (&E)"), self.unit_wanted.emit)
        self.reveal = button(tr("显示电话 (&X)"), self._reveal, "quiet")
        self.add_mediator = button(tr("添加调解员 (&A)"), self._add_mediator)
        self.add_adviser = button(tr("添加法律顾问 (&D)"), self._add_adviser)
        self.mediators: Rows[Mediator] = Rows(
            [
                Column(tr("姓名"), lambda one: one.name, width=96),
                Column(tr("职务"), lambda one: one.position, width=88),
                Column(tr("性别"), lambda one: one.sex.label if one.sex else "", width=62),
                Column(tr("专职"), lambda one: _yes(one.full_time), width=62),
                Column(tr("领补贴"), lambda one: _yes(one.may_claim_allowance), width=76),
                Column(tr("任期"), lambda one: term(one.term_from, one.term_to), stretch=True),
                Column(tr("联系方式"), lambda one: self._phone(one.phone), width=140),
            ],
            self,
        )
        self.advisers: Rows[Adviser] = Rows(
            [
                Column(tr("姓名"), lambda one: one.name, width=96),
                Column(tr("执业机构"), lambda one: one.firm, stretch=True),
                Column(tr("聘期"), lambda one: term(one.term_from, one.term_to), width=220),
                Column(tr("联系方式"), lambda one: self._phone(one.phone), width=140),
            ],
            self,
        )
        self.mediator_table = People(self.mediators, (4, 3, 2, 1, 5, 6))
        self.adviser_table = People(self.advisers, (2, 1, 3))
        self.mediator_table.opened.connect(self._mediator_opened)
        self.adviser_table.opened.connect(self._adviser_opened)

    def _lay_out(self) -> None:
        self._nobody = words(tr("还没有登记调解员。"), "sub")
        self._no_adviser = words(tr("还没有登记法律顾问。"), "sub")
        head = row(column(self._title, self._sub, gap=2), self.correct)
        head.setStretch(0, 1)
        head.setAlignment(self.correct, Qt.AlignmentFlag.AlignTop)
        people = row(words(tr("调解员"), "heading"), None, self.reveal, self.add_mediator)
        counsel = row(words(tr("村（居）法律顾问"), "heading"), None, self.add_adviser)
        page = column(
            head,
            self._locked,
            self._problems,
            people,
            self._nobody,
            self.mediator_table,
            4,
            counsel,
            self._no_adviser,
            self.adviser_table,
            None,
            gap=10,
        )
        page.setContentsMargins(PADDING, 12, PADDING, 12)
        inner = column(scrolled(page, PADDING), gap=0)
        card = framed(inner, margins=0)
        inner.setContentsMargins(1, 1, 1, 1)
        self.setLayout(column(card))

    def show_standing(self, standing: Standing) -> None:
        """Show a unit with its people; phones are masked again."""
        if self.standing is None or self.standing.unit.id != standing.unit.id:
            self._revealed = False
        self.standing = standing
        unit = standing.unit
        self._title.setText(unit.committee or unit.name)
        self._sub.setText(self._particulars(unit))
        self._locked.setText(tr("下级单位报送来的资料，这里只能查看；要改请由该单位改好再报送。"))
        self._locked.setVisible(not standing.mine)
        self.correct.setVisible(standing.mine)
        self.add_mediator.setVisible(standing.mine)
        self.add_adviser.setVisible(standing.mine)
        self._show_problems(standing)
        self._show_people()

    @staticmethod
    def _particulars(unit: Unit) -> str:
        told = [unit.name, tr("统计代码 {code}").format(code=unit.code)]
        if unit.number_word:
            told.append(tr("卷号简称 {word}").format(word=unit.number_word))
        told.append(tr("本届任期 {term}").format(term=term(unit.term_from, unit.term_to)))
        return " · ".join(told)

    def _show_problems(self, standing: Standing) -> None:
        clear(self._problems)
        if not standing.problems:
            chip = Chip(tr("组成齐全：委员3至9人，有主任，有妇女成员，任期有效"), Tone.GREEN)
            self._problems.addLayout(row(chip, None))
            return
        lines = [
            column(words(entry.message, "strong", wrap=True), words(entry.mend, "sub", wrap=True))
            for entry in standing.problems
        ]
        for line in lines:
            line.setSpacing(0)
        self._problems.addWidget(framed(column(*lines, gap=6), "warn", margins=14))

    def _show_people(self) -> None:
        if self.standing is None:
            return
        self.mediators.show(self.standing.mediators)
        self.advisers.show(self.standing.advisers)
        for table, nobody in (
            (self.mediator_table, self._nobody),
            (self.adviser_table, self._no_adviser),
        ):
            some = table.model().rowCount() > 0
            table.setVisible(some)
            nobody.setVisible(not some)
            table.fit()
        phones = [one.phone for one in self.standing.mediators]
        phones += [one.phone for one in self.standing.advisers]
        self.reveal.setVisible(any(phones))
        self.reveal.setText(tr("遮住电话 (&X)") if self._revealed else tr("显示电话 (&X)"))

    def _phone(self, phone: str) -> str:
        return phone if self._revealed else masked_phone(phone)

    def _reveal(self) -> None:
        if not self._revealed and self.standing is not None:
            people: list[Mediator | Adviser] = [*self.standing.mediators, *self.standing.advisers]
            shown = [(person, "phone") for person in people if person.phone]
            # First: what cannot be written down is not shown.
            desk_log.note_shown(self._workplace.register, shown, self._workplace.actor)
        self._revealed = not self._revealed
        self._show_people()

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever turns to something else, or leaves the desk, has seen enough.
        super().hideEvent(event)
        if self._revealed:
            self._revealed = False
            self._show_people()

    def _add_mediator(self) -> None:
        self.mediator_wanted.emit(None)

    def _add_adviser(self) -> None:
        self.adviser_wanted.emit(None)

    def _mediator_opened(self, number: int) -> None:
        person = self.mediators.row(number)
        if person is not None and self._mine(person):
            self.mediator_wanted.emit(person)

    def _adviser_opened(self, number: int) -> None:
        person = self.advisers.row(number)
        if person is not None and self._mine(person):
            self.adviser_wanted.emit(person)

    def _mine(self, person: Mediator | Adviser) -> bool:
        return self.standing is not None and self.standing.may_change(person)
