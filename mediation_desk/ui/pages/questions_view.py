"""The questions that what came in has raised: listed by unit and case, answered by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from mediation_desk.desk import deciding
from mediation_desk.desk.deciding import Question
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.decided_view import DecidedView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.question_card import TONES, QuestionCard, case_words, heading
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# Below this width of the view the list and what is asked take turns.
_ONE_PANE = 860
# Below this one there is no room for a column of cases.
_TIGHT = 560
_CASE, _WHAT, _CASE_AND_WHAT = range(3)
_EXCERPT = 16
_LIST_SHARE, _CARD_SHARE = 52, 48


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the list; only the first of a case tells which case it is."""

    question: Question
    first: bool


def _grouped(questions: Sequence[Question]) -> list[Asked]:
    keys = [(entry.unit, entry.number) for entry in questions]
    return [
        Asked(entry, place == 0 or keys[place - 1] != keys[place])
        for place, entry in enumerate(questions)
    ]


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _EXCERPT else said[:_EXCERPT] + "…"


def _case(asked: Asked) -> str:
    question = asked.question
    return f"{question.number or tr('新纠纷')}\n{question.unit}" if asked.first else ""


def _what(asked: Asked) -> str:
    question = asked.question
    change = _short(question.theirs)
    if question.proposal.sort is not ProposalSort.ROW:
        before = _short(question.ours) or tr("（没有）")
        change = tr("{before} → {after}").format(before=before, after=change)
    return f"{heading(question)}\n{change}"


def _case_and_what(asked: Asked) -> str:
    """The same in one column, where there is no room for two."""
    case = case_words(asked.question) or tr("新纠纷")
    return f"{case}\n{_what(asked)}" if asked.first else _what(asked)


def _columns() -> list[Column[Asked]]:
    def tone(asked: Asked) -> Tone:
        return TONES[asked.question.proposal.sort]

    return [
        Column(tr("案件"), _case, width=196),
        Column(tr("要核对的内容"), _what, stretch=True),
        Column(tr("要核对的内容"), _case_and_what, stretch=True),
        Column(tr("缘由"), lambda asked: tr(asked.question.proposal.sort.label), tone, width=124),
    ]


class QuestionsView(QWidget):
    """Shows what waits to be decided beside what is asked; several are answered in one act."""

    going = Signal(object)
    # Something was decided or taken back: other pages read the register again.
    answered = Signal()
    # Whether one question fills the page, so that everything above it may give way.
    filling = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._one_pane: bool | None = None
        self._decided_shown = False
        self._read_at = -1
        self.rows: Rows[Asked] = Rows(_columns(), self)
        self.table = Table(self.rows, self, wrap=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.card = QuestionCard()
        self.decided = DecidedView(workplace, notice)
        self._make_buttons()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.decided.turned.connect(self._turned_back)
        self._show_decided(on=False)

    def _make_buttons(self) -> None:
        self.take = button("", self.take_chosen, "primary")
        self.keep = button("", self.keep_chosen)
        self.later = button("", self.go_on, "quiet")
        self.whole_case = button(tr("选中整件 (&A)"), self.choose_case, "quiet")
        self.show_case = button("", self._go_to_case, "quiet")
        self.back = button(tr("返回"), self._back, "quiet", keys="Esc")
        self._name_buttons(short=False)
        self.fold = button(tr("已处理的 (&H)"), self._turn_fold, "quiet")
        self._none = words(tr("没有需要核对的。两边都改过的、表中手工改动的，会列在这里。"), "sub",
                           wrap=True)  # fmt: skip
        self._told = words("", "sub", wrap=True)

    def _name_buttons(self, *, short: bool) -> None:
        self.take.setText(tr("采用 (&T)") if short else tr("采用报来的 (&T)"))
        self.keep.setText(tr("保留 (&K)") if short else tr("保留登记簿的 (&K)"))
        self.later.setText(tr("以后 (&L)") if short else tr("以后再说 (&L)"))
        self.show_case.setText(tr("看纠纷 (&D)") if short else tr("看这件纠纷 (&D)"))
        for act, told in (
            (self.take, tr("采用报来的")),
            (self.keep, tr("保留登记簿的")),
            (self.later, tr("以后再说")),
        ):
            act.setToolTip(told)

    def _lay_out(self) -> None:
        self._none.setContentsMargins(PADDING, 14, PADDING, 14)
        under = row(
            self.whole_case, self.fold, self._told, self.decided.why_not, self.decided.undo, gap=6
        )
        for place in (2, 3):
            under.setStretch(place, 1)
        under.setContentsMargins(8, 6, PADDING, 6)
        listed = column(self._none, self.table, self.decided, line("line"), under, gap=0)
        for place in (1, 2):
            listed.setStretch(place, 1)
        self._list = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 1)
        acts = row(self.back, self.show_case, None, self.later, self.keep, self.take, gap=8)
        acts.setContentsMargins(8, 8, PADDING, 8)
        shown = column(self.card, line("line"), acts, gap=0)
        shown.setStretch(0, 1)
        self._shown = framed(shown, margins=0)
        shown.setContentsMargins(1, 1, 1, 1)
        self._panes = QHBoxLayout(self)
        self._panes.setContentsMargins(0, 0, 0, 0)
        self._panes.setSpacing(14)
        self._panes.addWidget(self._list, _LIST_SHARE)
        self._panes.addWidget(self._shown, _CARD_SHARE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        one_pane, tight = wide < theme.wide(_ONE_PANE), wide < theme.wide(_TIGHT)
        self.table.setColumnHidden(_CASE, tight)
        self.table.setColumnHidden(_WHAT, tight)
        self.table.setColumnHidden(_CASE_AND_WHAT, not tight)
        self._name_buttons(short=tight)
        if one_pane != self._one_pane:
            self._one_pane = one_pane
            self._show_panes(card=False)

    def _show_panes(self, *, card: bool) -> None:
        alone = bool(self._one_pane)
        waits = bool(self.rows.all_shown()) and not self._decided_shown
        self._list.setVisible(not (alone and card))
        self._shown.setVisible(waits and (card or not alone))
        self.back.setVisible(alone)
        self.filling.emit(alone and card and waits)

    # Reading

    def refresh(self) -> None:
        """Read the questions again if anything was written since; it takes the worker a while."""
        register = self._workplace.register
        now = register.sequence()
        if now == self._read_at:
            return
        self._read_at = now
        self._workplace.jobs.run_beside(
            partial(deciding.questions, register), owner=self, done=self._show, failed=self._failed
        )
        self.decided.refresh()

    @property
    def count(self) -> int:
        """How many questions wait."""
        return len(self.rows.all_shown())

    def _show(self, found: list[Question]) -> None:
        before = self.table.currentIndex().row()
        stood = self.rows.row(before)
        self.rows.show(_grouped(found))
        ids = [entry.proposal.id for entry in found]
        place = min(max(before, 0), len(ids) - 1)
        if stood is not None and stood.question.proposal.id in ids:
            place = ids.index(stood.question.proposal.id)
        if ids:
            self.table.selectRow(place)
        self._show_decided(on=self._decided_shown)
        self._chosen()
        self.answered.emit()

    @property
    def chosen(self) -> list[Question]:
        """The questions that are chosen, in the order of the list."""
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = (self.rows.row(number) for number in numbers)
        return [asked.question for asked in found if asked is not None]

    def _chosen(self) -> None:
        questions = self.chosen
        self.card.show_questions(questions)
        for act in (self.take, self.keep, self.later, self.whole_case):
            act.setEnabled(bool(questions))
        one = {entry.proposal.dispute_id for entry in questions}
        self.show_case.setEnabled(len(one) == 1 and one != {""})

    def _opened(self, _number: int) -> None:
        if self._one_pane:
            self._show_panes(card=True)
        self.take.setFocus()

    def _back(self) -> None:
        self._show_panes(card=False)
        self.table.setFocus()

    def choose_case(self) -> None:
        """Choose all questions of the cases in which some are chosen."""
        cases = {(entry.unit, entry.number) for entry in self.chosen}
        model = self.table.selectionModel()
        how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number, asked in enumerate(self.rows.all_shown()):
            if (asked.question.unit, asked.question.number) in cases:
                model.select(self.rows.index(number, 0), how)
        self.table.setFocus()

    def _go_to_case(self) -> None:
        dispute = next((entry.proposal.dispute_id for entry in self.chosen), "")
        if dispute:
            self.going.emit(Go("disputes", "show", dispute))

    # Answering

    def take_chosen(self) -> None:
        """Take what was reported."""
        self._answer(ProposalState.TAKEN)

    def keep_chosen(self) -> None:
        """Keep what the register says."""
        self._answer(ProposalState.KEPT)

    def go_on(self) -> None:
        """Leave the chosen ones open and go on with the next."""
        last = max((index.row() for index in self.table.selectionModel().selectedRows()), default=0)
        following = last + 1 if last + 1 < self.count else 0
        self.table.selectRow(following)
        self.table.scrollTo(self.rows.index(following, 0))

    def _answer(self, state: ProposalState) -> None:
        questions = self.chosen
        if not questions:
            return
        # Else the button, switched off, hands the cursor to the next one.
        (self.card.view if self._one_pane else self.table).setFocus()
        for act in (self.take, self.keep):
            act.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        seen = {entry.proposal.id: entry.revision for entry in questions}
        self._workplace.jobs.run(
            partial(deciding.decide, register, list(seen), state, actor, today(), seen=seen),
            owner=self,
            done=partial(self._done, state, len(questions)),
            failed=self._failed,
            words=tr("正在处理…"),
        )

    def _done(self, state: ProposalState, count: int, _act: int) -> None:
        taken = state is ProposalState.TAKEN
        said = tr("刚才采用了 {count} 项") if taken else tr("刚才 {count} 项保留了登记簿的内容")
        self._notice.hide()
        self._told.setText(said.format(count=count) + tr("，可在“已处理的”里撤回。"))
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))
        self._read_at = -1
        self.refresh()

    # What was decided

    def _turn_fold(self) -> None:
        self._show_decided(on=not self._decided_shown)
        (self.decided.table if self._decided_shown else self.table).setFocus()

    def _show_decided(self, *, on: bool) -> None:
        self._decided_shown = on
        self.fold.setText(tr("回到待核对 (&H)") if on else tr("已处理的 (&H)"))
        for part in (self.decided, self.decided.why_not, self.decided.undo):
            part.setVisible(on)
        self._told.setVisible(not on)
        empty = not self.rows.all_shown()
        self.table.setVisible(not on and not empty)
        self._none.setVisible(not on and empty)
        self.whole_case.setVisible(not on and not empty)
        self._show_panes(card=False)

    def _turned_back(self) -> None:
        self._told.setText(tr("已撤回，又列在这里。"))
        self._show_decided(on=False)
        self._read_at = -1
        self.refresh()
