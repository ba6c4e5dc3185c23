"""The questions that what came in has raised: listed by unit and case, answered by keyboard."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import cast

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from mediation_desk.desk import deciding, duplicates, open_questions, parked_rows
from mediation_desk.desk.open_questions import Open
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.asked import CASE, CASE_AND_WHAT, WHAT, Asked, asked_columns, listed
from mediation_desk.ui.pages.decided_view import DecidedView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.question_card import QuestionCard
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import PADDING, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# Below this width of the view the list and what is asked take turns.
_ONE_PANE = 860
# Below this one the acts beside the list are named in few words.
_WHOLE_WORDS = 940
# Below this width of the list there is no room for a column of cases.
_TIGHT = 560
_LIST_SHARE, _CARD_SHARE = 52, 48
# In days.
_LOOK_BACK = 365


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
        self._decided_shown = self._tight = False
        self._read_at = -1
        self.rows: Rows[Asked] = Rows(asked_columns(), self)
        self.table = Table(self.rows, self, wrap=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.card = QuestionCard(workplace)
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
        self.fold = button(tr("已处理的 (&H)"), self._turn_fold, "quiet")
        tip = tr("在最近一年的纠纷里，找可能是同一件的")
        self.again = button(tr("查重复 (&R)"), self.look_through, "quiet", tip=tip)
        self._none = words(tr("没有需要核对的。两边都改过的、表中手工改动的，会列在这里。"), "sub",
                           wrap=True)  # fmt: skip
        self._told = words("", "sub", wrap=True)
        self._told.setContentsMargins(10, 0, 0, 4)

    def _name_buttons(self) -> None:
        """Name the acts by what is chosen, in few words where there is little room."""
        chosen, short = self.chosen, self._tight
        if len(chosen) == 1 and chosen[0].pair is not None:
            take, keep = tr("是同一件"), tr("不是同一件")
        elif len(chosen) == 1 and chosen[0].proposal.sort is ProposalSort.ROW:
            # Of a row that was added the register has nothing that could be kept.
            take = tr("按回答收下") if chosen[0].rows else tr("收下这一行")
            keep = tr("不收这一行")
        else:
            came = tr("采用报来的") if self._workplace.office else tr("采用司法所的")
            take = tr("采用") if short else came
            keep = tr("保留") if short else tr("保留登记簿的")
        later = tr("以后") if short else tr("以后再说")
        show = tr("看纠纷") if short else tr("看这件纠纷")
        named = ((self.take, take, "T"), (self.keep, keep, "K"), (self.later, later, "L"),
                 (self.show_case, show, "D"))  # fmt: skip
        for act, said, key in named:
            act.setText(f"{said} (&{key})")

    def _lay_out(self) -> None:
        self._none.setContentsMargins(PADDING, 14, PADDING, 14)
        parts = (self.whole_case, self.again, self.fold)
        acts = row(*parts, self.decided.why_not, None, self.decided.undo, gap=6)
        acts.setStretch(3, 100)
        # Beside the buttons it would have room for a column of single characters.
        under = column(self._told, acts, gap=0)
        under.setContentsMargins(8, 6, PADDING, 6)
        listed = column(self._none, self.table, self.decided, line("line"), under, gap=0)
        for place in (1, 2):
            listed.setStretch(place, 1)
        self._list = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 1)
        answers = row(self.back, self.show_case, None, self.later, self.keep, self.take, gap=8)
        answers.setContentsMargins(8, 8, PADDING, 8)
        shown = column(self.card, line("line"), answers, gap=0)
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
        one_pane = wide < theme.wide(_ONE_PANE)
        listed = wide if one_pane else wide * _LIST_SHARE // (_LIST_SHARE + _CARD_SHARE)
        tight = listed < theme.wide(_TIGHT)
        self.table.setColumnHidden(CASE, tight)
        self.table.setColumnHidden(WHAT, tight)
        self.table.setColumnHidden(CASE_AND_WHAT, not tight)
        self._tight = tight if one_pane else wide < theme.wide(_WHOLE_WORDS)
        self._name_buttons()
        if one_pane != self._one_pane:
            self._one_pane = one_pane
            self._show_panes(card=False)

    def _show_panes(self, *, card: bool) -> None:
        alone = bool(self._one_pane)
        waits = bool(self.rows.all_shown()) and not self._decided_shown
        seen = {
            self._list: not (alone and card),
            self._shown: waits and (card or not alone),
        }
        # What goes goes first: for a moment both would need more width than there is, and stay.
        for pane in sorted(seen, key=seen.__getitem__):
            pane.setVisible(seen[pane])
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
            partial(open_questions.everything_open, register, today()),
            owner=self,
            done=self._show,
            failed=self._failed,
        )
        self.decided.refresh()

    @property
    def count(self) -> int:
        """How many questions wait."""
        return len(self.rows.all_shown())

    def _show(self, found: Open) -> None:
        before = self.table.currentIndex().row()
        stood = self.rows.row(before)
        lines = listed(found)
        self.rows.show(lines)
        ids = [asked.proposal.id for asked in lines]
        place = min(max(before, 0), len(ids) - 1)
        if stood is not None and stood.proposal.id in ids:
            place = ids.index(stood.proposal.id)
        if ids:
            self.table.selectRow(place)
        self._show_decided(on=self._decided_shown)
        self._chosen()
        if self.back.hasFocus() and self.take.isEnabled():
            # The next question is shown in place of the one that was answered.
            self.take.setFocus()
        self.answered.emit()

    @property
    def chosen(self) -> list[Asked]:
        """What is chosen, in the order of the list."""
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = (self.rows.row(number) for number in numbers)
        return [asked for asked in found if asked is not None]

    def _chosen(self) -> None:
        chosen = self.chosen
        self.card.show_asked(chosen)
        self._name_buttons()
        alone = len(chosen) == 1
        together = all(asked.pair is None and not asked.rows for asked in chosen)
        self.take.setEnabled(bool(chosen) and (alone or together))
        self.keep.setEnabled(bool(chosen) and (alone or all(not asked.pair for asked in chosen)))
        for act in (self.later, self.whole_case):
            act.setEnabled(bool(chosen))
        one = {asked.dispute_id for asked in chosen}
        known = len(one) == 1 and self._workplace.register.get("dispute", min(one)) is not None
        self.show_case.setEnabled(known)
        if not (alone or together):
            self._say(tr("疑似同一件的和要先回答的，请一项一项处理。"))

    def _opened(self, _number: int) -> None:
        if self._one_pane:
            self._show_panes(card=True)
        self.take.setFocus()

    def _back(self) -> None:
        self._show_panes(card=False)
        self.table.setFocus()

    def choose_case(self) -> None:
        """Choose all questions of the cases in which some are chosen."""
        cases = {asked.case for asked in self.chosen}
        model = self.table.selectionModel()
        how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number, asked in enumerate(self.rows.all_shown()):
            if asked.case in cases:
                model.select(self.rows.index(number, 0), how)
        self.table.setFocus()

    def _go_to_case(self) -> None:
        dispute = next((asked.dispute_id for asked in self.chosen), "")
        if dispute:
            self.going.emit(Go("disputes", "show", dispute))

    def _say(self, told: str) -> None:
        """Tell what has just been done, on a line that is not there before."""
        self._told.setText(told)
        self._told.setVisible(not self._decided_shown)

    # Answering

    def take_chosen(self) -> None:
        """Take what was reported; of a pair, that the two are one."""
        self._answer(ProposalState.TAKEN)

    def keep_chosen(self) -> None:
        """Keep what the register says; of a pair, that they are two."""
        self._answer(ProposalState.KEPT)

    def go_on(self) -> None:
        """Leave the chosen ones open and go on with the next."""
        last = max((index.row() for index in self.table.selectionModel().selectedRows()), default=0)
        following = last + 1 if last + 1 < self.count else 0
        self.table.selectRow(following)
        self.table.scrollTo(self.rows.index(following, 0))

    def _answer(self, state: ProposalState) -> None:
        chosen = self.chosen
        if not chosen:
            return
        # Else the button, switched off, hands the cursor to the next one.
        (self.back if self._one_pane else self.table).setFocus()
        for act in (self.take, self.keep):
            act.setEnabled(False)
        self._workplace.jobs.run(
            self._work(chosen, state),
            owner=self,
            done=partial(self._done, chosen, state),
            failed=self._failed,
            words=tr("正在处理…"),
        )

    def _work(self, chosen: list[Asked], state: ProposalState) -> Callable[[], object]:
        """What the answer does, to be done by the worker."""
        register, actor, day = self._workplace.register, self._workplace.actor, today()
        taken = state is ProposalState.TAKEN
        if self.card.pair is not None:
            decided = duplicates.confirm_same if taken else duplicates.not_same
            return partial(decided, register, *self.card.pair.chosen(), actor, day)
        if taken and chosen[0].rows:
            unit_id, answers = chosen[0].proposal.unit_id, self.card.answers()
            return partial(parked_rows.answer, register, unit_id, answers, actor, day)
        seen = {asked.proposal.id: asked.question.revision for asked in chosen if asked.question}
        return partial(deciding.decide, register, list(seen), state, actor, day, seen=seen)

    def _done(self, chosen: list[Asked], state: ProposalState, came: object) -> None:
        self._notice.hide()
        taken = state is ProposalState.TAKEN
        if chosen[0].pair is not None:
            said = tr("刚才认定为同一件") if taken else tr("刚才认定不是同一件")
        elif taken and chosen[0].rows:
            received = cast(int, came)
            said = tr("刚才收下了 {count} 行") if received else tr("回答记住了，还有要先回答的")
            said = said.format(count=received)
        else:
            said = tr("刚才采用了 {count} 项") if taken else tr("刚才 {count} 项保留了登记簿的内容")
            said = said.format(count=len(chosen))
        again = tr("，可在“已处理的”里撤回。") if not (taken and chosen[0].rows) else tr("。")
        self._say(said + again)
        if self._one_pane and not self.count:
            self._back()
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))
        self._read_at = -1
        self.refresh()

    def look_through(self) -> None:
        """Look for entries of one dispute, also among those that no file has brought."""
        span = Period(today() - timedelta(days=_LOOK_BACK), today())
        self.table.setFocus()
        self._workplace.jobs.run(
            partial(duplicates.look_through, self._workplace.register, span, self._workplace.actor),
            owner=self,
            done=self._looked_through,
            failed=self._failed,
            words=tr("正在查找可能是同一件的纠纷…"),
        )

    def _looked_through(self, count: int) -> None:
        found = tr("新找到 {count} 对可能是同一件的。").format(count=count)
        self._say(found if count else tr("查过了，没有新的可能是同一件的。"))
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
        self._told.setVisible(not on and bool(self._told.text()))
        empty = not self.rows.all_shown()
        self.table.setVisible(not on and not empty)
        self._none.setVisible(not on and empty)
        self.whole_case.setVisible(not on and not empty)
        self.again.setVisible(not on and self._workplace.office)
        self._show_panes(card=False)

    def _turned_back(self) -> None:
        self._say(tr("已撤回，又列在这里。"))
        self._show_decided(on=False)
        self._read_at = -1
        self.refresh()
