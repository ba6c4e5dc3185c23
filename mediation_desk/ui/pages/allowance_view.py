"""Allowance per case (以案定补): a quarter's claim, its review, and what cannot be claimed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desk.desk import allowance_table, claim_review, claiming, municipal_entry
from mediation_desk.desk.claim_overview import Overview, UnitClaim, overview
from mediation_desk.desk.claiming import Candidate
from mediation_desk.domain.allowance import Claim, ClaimState, ReviewResult
from mediation_desk.domain.claim_sheet import claim_title
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.in_view import bring_to_top
from mediation_desk.ui.pages import allowance_bar as acts
from mediation_desk.ui.pages.allowance_bar import AllowanceBar
from mediation_desk.ui.pages.allowance_card import AllowanceCard
from mediation_desk.ui.pages.allowance_columns import (
    ClaimedCase,
    candidate_columns,
    case_columns,
    cases_of,
    entry_columns,
    unit_columns,
)
from mediation_desk.ui.pages.allowance_out import ClaimOut
from mediation_desk.ui.pages.allowance_steps import (
    CASES,
    ENTRY,
    OTHERS,
    UNITS,
    history_words,
    none_words,
    out_words,
    steps,
)
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import PADDING, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 940
_LIST_SHARE, _CARD_SHARE = 56, 44
# The least height of list and card, side by side.
_LEAST = 300
_CASES, _OTHERS, _ENTRY, _UNITS = range(4)
_NAMES = (CASES, OTHERS, ENTRY, UNITS)
_REVIEWABLE = (ClaimState.CLAIMED, ClaimState.REVIEWED)


class AllowanceView(QWidget):
    """Shows one unit's claim of a quarter, and at the office those of all units."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self.seen: Overview | None = None
        self._stacked: bool | None = None
        # While lists are filled each turn of the selection would show another case.
        self._filling = False
        self._asked: object = None
        self.bar = AllowanceBar(workplace)
        self.out = ClaimOut(workplace, notice)
        self.cases: Rows[ClaimedCase] = Rows(case_columns(self._is_draft), self)
        self.others: Rows[Candidate] = Rows(candidate_columns(), self)
        self.entering: Rows[ClaimedCase] = Rows(entry_columns(), self)
        self.units: Rows[UnitClaim] = Rows(unit_columns(), self)
        self.tables = tuple(Table(rows, self, wrap=True) for rows in self._lists)
        self.tabs = Tabs()
        self.card = AllowanceCard()
        self.to_settings = button(tr("去设置补贴标准 (&W)"), self._to_settings, "primary")
        self._told = words("", "sub", wrap=True)
        self._twice = words("", "wrong", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = column(self._twice, self.bar, self.out, gap=10)
        self._head = framed(head)
        names = [tr("申报的案件"), tr("没有申报的"), tr("待录入")]
        for name in (*names, *((tr("各单位"),) if self._workplace.office else ())):
            self.tabs.offer(name)
        none = column(self._told, row(self.to_settings, None), None, gap=10)
        none.setContentsMargins(PADDING, 14, PADDING, 14)
        self._none = QWidget()
        self._none.setLayout(none)
        listed = column(self.tabs, line("line"), *self.tables, self._none, gap=0)
        for place in range(2, 2 + len(self.tables) + 1):
            listed.setStretch(place, 1)
        self._left = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 1)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(14)
        self._panes.addWidget(self._left, _LIST_SHARE)
        self._panes.addWidget(self.card, _CARD_SHARE)
        whole = column(self._head, gap=12)
        whole.addLayout(self._panes, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.bar.acted.connect(self._act)
        self.tabs.currentChanged.connect(self._turned)
        for table in self.tables:
            table.selectionModel().selectionChanged.connect(self._chosen)
            table.clicked.connect(self._clicked)
        self.tables[_CASES].opened.connect(self._open_chosen)
        self.tables[_OTHERS].opened.connect(self._open_chosen)
        self.tables[_ENTRY].opened.connect(self._open_chosen)
        self.tables[_UNITS].opened.connect(self._turn_to_unit)
        self.card.opened.connect(self._open)
        self.card.dropped.connect(self._drop)
        self.card.graded.connect(self._grade)
        self.card.reviewed.connect(self._review)
        self.card.ticked.connect(self._tick)
        self.card.fields_wanted.connect(self._fill_fields)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = event.size().width() < theme.wide(_ONE_COLUMN)
        if stacked != self._stacked:
            self._stacked = stacked
            ways = QHBoxLayout.Direction
            self._panes.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
            # One below the other each is as high as what it holds, whatever the other needs.
            for place, share in enumerate((_LIST_SHARE, _CARD_SHARE)):
                self._panes.setStretch(place, place if stacked else share)
            for table in self.tables:
                # The page scrolls; a list that scrolls in it as well would catch the wheel.
                table.show_whole(whole=stacked)
            self._left.setMinimumHeight(0 if stacked else _LEAST)
            self.card.be_high(0 if stacked else _LEAST)
            self.card.show_whole(whole=stacked)

    # Reading

    def _is_draft(self) -> bool:
        claim = self._claim
        return claim is not None and claim.state is ClaimState.DRAFT

    @property
    def _claim(self) -> Claim | None:
        return self.seen.sheet.claim if self.seen and self.seen.sheet else None

    def refresh(self) -> None:
        """Read the register again; looking at every case takes the worker a while."""
        register = self._workplace.register
        if self._workplace.office:
            self.bar.show_units(claiming.claimants(register))
        asked = self.bar.unit_id, *self.bar.quarter, self.bar.claim_id
        self._asked = asked
        self._workplace.jobs.run_beside(
            partial(overview, register, *asked),
            owner=self,
            done=partial(self._read, asked),
            failed=self._failed,
        )

    def _read(self, asked: object, seen: Overview) -> None:
        # Somebody may have turned to another unit or quarter meanwhile.
        if asked == self._asked:
            self._show(seen)

    def _show(self, seen: Overview) -> None:
        before = self._chosen_id()
        self._filling = True
        self.seen = seen
        self.bar.show_overview(seen)
        cases = cases_of(seen.sheet, seen.against) if seen.sheet else []
        self.cases.show(cases)
        self.entering.show([case for case in cases if case.first.entered_on is None])
        self.others.show([*seen.open, *seen.waiting])
        self.units.show(seen.units)
        names = (tr("申报的案件 {count}"), tr("没有申报的 {count}"), tr("待录入 {count}"))
        for place, name in enumerate(names):
            rows = self._lists[place]
            self.tabs.say(place, name.format(count=rows.rowCount()))
        self._twice.setText("\n".join(seen.twice))
        self._twice.setVisible(bool(seen.twice))
        self._choose(before)
        self._filling = False
        self._turned(self.tabs.currentIndex())

    @property
    def _lists(self) -> tuple[Rows[Any], ...]:
        return self.cases, self.others, self.entering, self.units

    @property
    def _case(self) -> ClaimedCase | None:
        """The case chosen in the list in front, or in the first one behind that of the units."""
        place = _ENTRY if self.tabs.currentIndex() == _ENTRY else _CASES
        case: ClaimedCase | None = self._lists[place].row(self.tables[place].currentIndex().row())
        return case

    def _chosen_id(self) -> str:
        return self._case.first.dispute_id if self._case else ""

    def _choose(self, dispute_id: str) -> None:
        for place in (_CASES, _ENTRY):
            ids = [case.first.dispute_id for case in self._lists[place].all_shown()]
            if ids:
                at = ids.index(dispute_id) if dispute_id in ids else 0
                self.tables[place].selectRow(at)
        if self.others.rowCount():
            self.tables[_OTHERS].selectRow(0)

    def _turned(self, number: int) -> None:
        rows = self._lists[number]
        for place, table in enumerate(self.tables):
            table.setVisible(place == number and bool(rows.rowCount()))
        self._none.setVisible(not rows.rowCount())
        if number == _ENTRY:
            self.card.show_entry()
        self._told.setText(none_words(_NAMES[number], self.seen))
        mine = not allowance_table.why_not_change(self._workplace.register)
        lacking = bool(self.seen and self.seen.no_table) and mine
        self.to_settings.setVisible(lacking and number == _CASES)
        self._chosen()

    def _chosen(self, _now: object = None, _before: object = None) -> None:
        if self._filling:
            return
        number = self.tabs.currentIndex()
        table = self.tables[number]
        # A unit is no case: beside the list of units nothing is shown of one.
        self.card.setVisible(number != _UNITS)
        if number == _OTHERS:
            entry = self.others.row(table.currentIndex().row())
            self._show_candidate(entry)
            return
        case, claim = self._case, self._claim
        if case is None or claim is None or self.seen is None:
            self.card.show_nothing(tr("选中一件，这里显示补贴、卷宗和初审。"))
            return
        reviewing = self._workplace.office and claim.state in _REVIEWABLE
        self.card.show_case(case, self.seen.grades, draft=self._is_draft(), reviewing=reviewing)

    def _clicked(self, _index: object) -> None:
        """Lead whoever chose a case with the mouse to its card, if that lies below the list."""
        if self._stacked and self.tabs.currentIndex() != _UNITS:
            bring_to_top(self.card)

    def _fill_fields(self) -> None:
        case = self._case
        if case is not None:
            first = case.first
            fields = municipal_entry.entry_fields(self._workplace.register, first.dispute_id)
            self.card.entry.show_case(fields, first.entered_on)

    def _show_candidate(self, entry: Candidate | None) -> None:
        if entry is None:
            self.card.show_nothing(tr("选中一件，这里显示为什么不能申报。"))
        else:
            self.card.show_candidate(entry)

    # Going elsewhere

    def _open(self, dispute_id: str) -> None:
        self.going.emit(Go("disputes", "show", dispute_id))

    def _open_chosen(self, number: int) -> None:
        if self.tabs.currentIndex() == _OTHERS:
            entry = self.others.row(number)
            if entry is not None:
                self._open(entry.case.dispute.id)
            return
        if self._case is not None:
            self._open(self._case.first.dispute_id)

    def _turn_to_unit(self, number: int) -> None:
        entry = self.units.row(number)
        if entry is not None:
            self.tabs.setCurrentIndex(_CASES)
            self.bar.choose_unit(entry.unit.id)

    def _to_settings(self) -> None:
        self.going.emit(Go("settings", "allowance"))

    # Acting

    def _run(self, work: Callable[[], object], said: str = "") -> None:
        self.setEnabled(False)
        self._workplace.jobs.run(
            work,
            owner=self,
            done=partial(self._acted, said),
            failed=self._failed,
            words=tr("正在保存…"),
        )

    def _acted(self, said: str, result: object) -> None:
        self.setEnabled(True)
        if isinstance(result, tuple):
            said = said.format(count=result[1])
        if said:
            self._notice.done(said)
        else:
            self._notice.hide()
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self.setEnabled(True)
        self._notice.failed(str(error))
        self.card.setFocus()

    def _act(self, name: str) -> None:
        register, actor, day = self._workplace.register, self._workplace.actor, today()
        claim = self._claim
        if name == acts.MAKE:
            asked = self.bar.unit_id, *self.bar.quarter
            said = tr("申报表已按现在的登记生成。看清楚再按“申报”。")
            self._run(partial(claiming.make_claim, register, *asked, actor, day), said)
            return
        if claim is None:
            return
        if name == acts.OUT:
            self._offer_out()
            return
        if name == acts.HISTORY:
            self._tell_history(claim)
            return
        if name == acts.DISCARD:
            self._ask_discard(claim)
            return
        self._run(*steps(self._workplace, claim)[name])

    def _tell_history(self, claim: Claim) -> None:
        told = tr("{quarter}补贴申报表的经过").format(quarter=claim_title(claim))
        messages.tell(self, told, history_words(self._workplace.register, claim))

    def _ask_discard(self, claim: Claim) -> None:
        register, actor = self._workplace.register, self._workplace.actor
        agreed = partial(self._run, partial(claiming.discard, register, claim.id, actor))
        asked = tr("丢掉{quarter}的申报表草稿？").format(quarter=claim_title(claim))
        more = tr("案件本身不受影响，以后可以重新生成。")
        messages.ask(self, asked, more, tr("丢掉草稿"), agreed)

    def _offer_out(self) -> None:
        if self.seen is not None and self.seen.sheet is not None:
            every = self.tabs.currentIndex() == _UNITS
            self.out.ask_for(*out_words(self.seen, self.seen.sheet, every=every))

    # One case

    def _put(self, dispute_id: str, grade: str | None) -> None:
        """Make the draft anew with another grade of a case, or without it."""
        claim = self._claim
        if claim is None:
            return
        register = self._workplace.register
        chosen = claiming.chosen_in(register, claim)
        chosen.pop(dispute_id, None)
        if grade is not None:
            chosen[dispute_id] = grade
        told = claim.id, chosen, self._workplace.actor, today()
        if not chosen:
            self._ask_discard(claim)
            return
        self._run(partial(claiming.put_in_claim, register, *told))

    def _drop(self, dispute_id: str) -> None:
        self._put(dispute_id, None)

    def _grade(self, dispute_id: str, grade: str) -> None:
        self._put(dispute_id, grade)

    def _review(self, dispute_id: str, result: ReviewResult, reason: str) -> None:
        claim = self._claim
        if claim is not None:
            register, actor = self._workplace.register, self._workplace.actor
            told = claim.id, [dispute_id], result, actor, today(), reason
            self._run(partial(claim_review.review, register, *told))

    def _tick(self, dispute_id: str, on: bool) -> None:  # noqa: FBT001 - the signal's own
        day = today() if on else None
        register, actor = self._workplace.register, self._workplace.actor
        self._run(partial(municipal_entry.mark_entered, register, dispute_id, actor, day))
