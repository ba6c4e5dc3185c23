"""The first page: what is to be done today, what was begun, what alarms, how the month stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mediation_desk.desk.agenda import Agenda, Returned, agenda, month_cases
from mediation_desk.desk.drilling import drill_reminder
from mediation_desk.desk.opened_by import has_code
from mediation_desk.desk.second_medium import reminder
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.due import Due, DueKind, left_words
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.by_itself import by_itself
from mediation_desk.ui.days import moment_words, short_day
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line
from mediation_desk.ui.pages.code_band import CodeBand
from mediation_desk.ui.pages.workbench_cards import ListCard, MediumLine, MonthCard
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Scroll, button, look, row
from mediation_desk.ui.workplace import Workplace, today, wall_clock
from mediation_desk.words import tr

# Below this width of the page its cards stand one below the other.
_ONE_COLUMN = 1100
_EDGE, _GAP = 18, 14
_DUE_SHARE, _SIDE_SHARE = 155, 100
_DRAFTS_SHOWN = 4
_RETURNS_SHOWN = 3
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_LOOK_MS = 1_000
# Where things are done that are not done in a form about a dispute.
_PLACES = {
    DueKind.REPORT: Go("sending"),
    DueKind.MISSING: Go("sending"),
    DueKind.NOT_TAKEN: Go("sending", "history"),
    DueKind.LOST: Go("sending", "history"),
    DueKind.QUESTION: Go("sending", "questions"),
    DueKind.CLAIM: Go("sending", "allowance"),
    DueKind.CLAIM_REVIEW: Go("sending", "allowance"),
    DueKind.SCREENING: Go("works", "screening"),
    DueKind.LEGAL_AID: Go("works", "legal_aid"),
}


def _due_line(due: Due, day: date) -> Line:
    said, tone = left_words(due, day)
    act = tr(due.kind.label) if due.go or due.kind in _PLACES else tr("查看")
    return Line(due.about, due.detail, said, Tone(tone), act, due, due.why)


def _draft_line(draft: Draft, day: date) -> Line:
    detail = moment_words(datetime.fromisoformat(draft.at), day)
    if draft.stopped_at:
        detail = tr("{when} 停在“{field}”").format(when=detail, field=draft.stopped_at)
    return Line(draft.title, detail, tr("草稿"), Tone.NEUTRAL, tr("接着写"), draft)


def _returned_line(returned: Returned, day: date) -> Line:
    entry = returned.entry
    about = tr("{number}：{words}").format(
        number=returned.number, words=" ".join(entry.words.split())
    )
    detail = tr("司法所 {by} {day}退回").format(
        by=entry.returned_by, day=short_day(entry.returned_on, day)
    )
    return Line(about, detail, tr("请补正"), Tone.AMBER, tr("去补正"), returned)


def _counted(shown: Agenda) -> str:
    parts = (
        (tr("逾期 {count}"), len(shown.overdue)),
        (tr("今天 {count}"), len(shown.today)),
        (tr("七天内 {count}"), len(shown.soon)),
    )
    return " · ".join(words.format(count=count) for words, count in parts)


class WorkbenchPage(QWidget):
    """Everything that waits, each line leading to the place where it is done."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._version = -1
        self._day: date | None = None
        # By the hour the time of a level runs out.
        self._hour = -1
        self.register_button = self._large(tr("登记纠纷 (&N)"), self._register, "Ctrl+N")
        look(self.register_button, "primary")
        self.quick_button = self._large(tr("口头调解快登 (&K)"), self._quick, "Ctrl+K")
        look(self.quick_button, "outline")
        if workplace.reads:
            self.register_button.hide()
            self.quick_button.hide()
        self.medium = MediumLine()
        self.medium.wanted.connect(self._to_backups)
        self.month = MonthCard()
        self.month.wanted.connect(self._counted_opened)
        self.dues = ListCard(tr("要办的事"), tr("没有逾期的事，今天和七天内也没有到期的事。"))
        self.drafts = ListCard(tr("未写完的"), tr("没有写到一半的内容。"))
        self.returns = ListCard(tr("司法所退回"), tr("退回的都改正了。"))
        self.returns.hide()
        self.warnings = ListCard(tr("预警"), tr("没有需要特别留意的人和纠纷。"))
        self.code = CodeBand()
        self.code.wanted.connect(self._make_code)
        self._lay_out()
        for card in self._cards:
            card.list.opened.connect(self._opened)
            # Later, because Qt itself first brings the list as a whole into view.
            card.list.come.connect(self._keep_in_view, Qt.ConnectionType.QueuedConnection)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look_again)

    @staticmethod
    def _large(text: str, slot: Callable[[], None], keys: str) -> QPushButton:
        made = button(text, slot, keys=keys)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        made.setProperty("big", True)  # noqa: FBT003 - Qt's own signature
        return made

    @property
    def _cards(self) -> tuple[ListCard, ...]:
        return self.dues, self.drafts, self.returns, self.warnings

    def _lay_out(self) -> None:
        # The outer first, as in the shell.
        self._inner = QWidget()
        self._page = QVBoxLayout(self._inner)
        self._page.setContentsMargins(_EDGE, 16, _EDGE, 16)
        self._page.setSpacing(_GAP)
        self._view = Scroll(self._inner, edge=_EDGE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._view)
        self._top, self._panes = QBoxLayout(_ACROSS), QBoxLayout(_ACROSS)
        self._side = QVBoxLayout()
        for box in (self._top, self._panes, self._side):
            box.setSpacing(_GAP)
        self._page.addLayout(self._top)
        self._page.addWidget(self.code)
        self._page.addWidget(self.medium)
        self._page.addLayout(self._panes)
        self._page.addStretch()
        self._top.addLayout(row(self.register_button, self.quick_button, None, gap=_GAP), 1)
        self._top.addWidget(self.month)
        self._panes.addWidget(self.dues, _DUE_SHARE)
        self._panes.addLayout(self._side, _SIDE_SHARE)
        self._side.addWidget(self.drafts)
        self._side.addWidget(self.returns)
        self._side.addWidget(self.warnings, 1)
        self._narrow: bool | None = None
        self._fold()

    def _fold(self) -> None:
        """Stand side by side what has room to, all else one below the other."""
        narrow = self.width() < theme.wide(_ONE_COLUMN)
        if narrow != self._narrow:
            self._narrow = narrow
            self._stack(narrow=narrow)
        wide = self.width() - 2 * _EDGE
        parts = (self.register_button, self.quick_button, self.month)
        needed = sum(part.sizeHint().width() + _GAP for part in parts) - _GAP
        self._top.setDirection(_DOWN if needed > wide else _ACROSS)

    def _stack(self, *, narrow: bool) -> None:
        """One column in which the page scrolls, or two in which the lists do."""
        self._panes.setDirection(_DOWN if narrow else _ACROSS)
        self._panes.setStretch(0, 0 if narrow else _DUE_SHARE)
        self._panes.setStretch(1, 0 if narrow else _SIDE_SHARE)
        self._page.setStretch(3, 0 if narrow else 1)
        self._page.setStretch(4, 1 if narrow else 0)
        self.month.show_close(close=narrow)
        self.dues.list.show_whole(whole=narrow)
        self.warnings.list.show_whole(whole=narrow)
        self.drafts.list.show_whole(whole=True, most=0 if narrow else _DRAFTS_SHOWN)
        self.returns.list.show_whole(whole=True, most=0 if narrow else _RETURNS_SHOWN)

    # What is shown

    def refresh(self) -> None:
        """Read the register again if something was written since, or the day ended."""
        register, moment = self._workplace.register, wall_clock()
        # The version first: what is written while reading makes the page stale at once.
        seen = register.version, moment.date(), moment.hour
        if (self._version, self._day, self._hour) == seen:
            return
        asked = not self._workplace.demo and not self._workplace.reads
        self.code.hide()
        if asked and not has_code(register):
            self.code.remind(register.escrow.office if register.escrow else "")
        shown = agenda(register, moment.date())
        if asked:
            self._remind(moment.astimezone())
        self.show_agenda(shown)
        self._version, self._day, self._hour = seen
        late = [due.dispute_id for due in shown.overdue if due.kind is DueKind.PROMISE]
        # Rules read through all that is open; the window waits for none of it.
        self._workplace.jobs.run_beside(
            partial(_warnings, register, moment, late),
            owner=self,
            done=self._show_warnings,
            failed=self._no_warnings,
        )

    @by_itself
    def _look_again(self) -> None:
        self.refresh()

    def show_agenda(self, shown: Agenda) -> None:
        """Show what there is to do."""
        day = shown.day
        self.month.show_month(shown.month, shown.report)
        self.dues.show_lines([_due_line(due, day) for due in shown.dues])
        self.dues.told.setText(_counted(shown))
        self.drafts.show_lines([_draft_line(draft, day) for draft in shown.drafts])
        self.returns.show_lines([_returned_line(entry, day) for entry in shown.returns])
        self.returns.setVisible(shown.ever_returned)
        self._fold()
        first = self._first_with_lines()
        usual = self.dues.list if self._workplace.reads else self.register_button
        self.setFocusProxy(first.list if first is not None else usual)

    def _show_warnings(self, found: tuple[list[Line], int]) -> None:
        lines, count = found
        before = self._first_with_lines()
        self.warnings.show_lines(lines)
        words = tr("共 {count} 项，全部在“排查普法—预警”里")
        self.warnings.told.setText(words.format(count=count) if count else "")
        if before is None and lines:
            self.setFocusProxy(self.warnings.list)

    def _no_warnings(self, error: DeskError) -> None:
        self.warnings.show_lines(())
        self.warnings.say_none(str(error))

    def _first_with_lines(self) -> ListCard | None:
        return next((card for card in self._cards if card.list.lines.rowCount()), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # Words in the figures changed, or got their type only now.
            self._fold()
        return super().event(event)

    def _keep_in_view(self) -> None:
        """Scroll the page to the line that the arrow keys came to."""
        listed = next((card.list for card in self._cards if card.list.hasFocus()), None)
        if listed is None or not self._narrow:
            return
        place = listed.visualRect(listed.currentIndex())
        middle = listed.mapTo(self._inner, place.center())
        self._view.ensureVisible(middle.x(), middle.y(), 0, place.height() // 2)

    # Where it leads

    def _register(self) -> None:
        self.going.emit(Go("disputes", "register"))

    def _quick(self) -> None:
        self.going.emit(Go("disputes", "quick"))

    def _remind(self, moment: datetime) -> None:
        """Ask for a backup elsewhere, or else for a drill; one line at a time."""
        register = self._workplace.register
        if said := reminder(register, moment):
            self.medium.say(said)
        else:
            self.medium.say(drill_reminder(register, moment), tr("去演练"))

    def _to_backups(self) -> None:
        self.going.emit(Go("settings", "backup"))

    def _make_code(self) -> None:
        self.going.emit(Go("settings", "secrets"))

    def _counted_opened(self, figure: str) -> None:
        # The list of disputes is loaded when somebody goes there.
        from mediation_desk.ui.pages.browse import Behind  # noqa: PLC0415

        title = next(entry.title for entry in self.month.figures if entry.name == figure)
        find = partial(month_cases, self._workplace.register, figure, today())
        self.going.emit(Go("disputes", "behind", what=Behind(title, find)))

    def _opened(self, line: Line) -> None:
        self.going.emit(self._way(line.what))

    def _way(self, what: object) -> Go:
        if isinstance(what, Draft):
            # The names of the ledgers are loaded when somebody goes on writing.
            from mediation_desk.desk.ledgers import DAYS  # noqa: PLC0415

            page = what.place.partition(":")[0]
            if page not in {"organisation", "settings"}:
                page = "works" if what.place in DAYS else "disputes"
            return Go(page, "draft", what=what)
        if isinstance(what, Go):
            return what
        if isinstance(what, Returned):
            return Go("disputes", "show", what.entry.dispute_id)
        assert isinstance(what, Due)
        if what.kind in _PLACES:
            return replace(_PLACES[what.kind], about=what.record_id or what.dispute_id)
        if what.go:
            return Go("disputes", "step", what.dispute_id, what.go)
        return Go("disputes", "show", what.dispute_id)


def _warnings(register: Register, moment: datetime, late: list[str]) -> tuple[list[Line], int]:
    # What the rules need is loaded by the worker, so that the window opens without it.
    from mediation_desk.ui.pages.warning_lines import warning_lines  # noqa: PLC0415

    return warning_lines(register, moment, late)
