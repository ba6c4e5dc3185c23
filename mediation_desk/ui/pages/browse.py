"""The list of disputes with its search and filters, beside the file of the chosen one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from mediation_desk.domain import periods
from mediation_desk.domain.codes import CaseStatus, Outcome
from mediation_desk.domain.derived import row_state
from mediation_desk.domain.finding import DisputeRow, Find
from mediation_desk.domain.periods import Period
from mediation_desk.ui.pages.case_card import CaseCard
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import button, column, framed, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PAGE = 50
_CAP = 1000
_TYPING_PAUSE_MS = 120
_FIRST_FILE_MS = 30
# Below this width of the page the list and the file of a dispute take turns.
_ONE_PANE = 1040
# Below this one the filters open on request.
_FOLD_FILTERS = 960
_TYPE_COLUMN_FROM = 680
_LIST_SHARE, _CARD_SHARE = 125, 100
_TYPE_COLUMN, _UNIT_COLUMN = 2, 5


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a number: what the number is, and how to ask for their rows."""

    title: str
    find: Callable[[], Sequence[DisputeRow]]


def _sides(line: DisputeRow) -> str:
    return " — ".join(part for part in (line.applicants, line.respondents) if part)


def _day(line: DisputeRow) -> str:
    """Month and day; the year stands in the number and in the tip."""
    day = line.dispute.intake_on
    return f"{day:%m-%d}" if day else ""


def _whole_day(line: DisputeRow) -> str:
    return str(line.dispute.intake_on or "")


def _columns(workplace: Workplace) -> list[Column[DisputeRow]]:
    day = today()
    settings = workplace.register.settings

    def state(line: DisputeRow) -> tuple[str, str]:
        return row_state(line.dispute, line.form, day, settings)

    return [
        Column(tr("编号"), lambda line: line.number, width=208 if workplace.office else 190),
        Column(tr("当事人"), _sides, stretch=True),
        Column(tr("类型"), lambda line: line.type_label.removesuffix("纠纷"), width=104),
        Column(tr("受理"), _day, tip=_whole_day, width=68),
        Column(
            tr("进展"), lambda line: state(line)[0], lambda line: Tone(state(line)[1]), width=120
        ),
        Column(tr("单位"), lambda line: line.unit_name, width=120),
    ]


def _periods(day: date) -> list[tuple[Period | None, str]]:
    this_month = periods.month_of(day)
    return [
        (None, tr("全部时间")),
        (this_month, tr("本月")),
        (periods.month_before(this_month), tr("上月")),
        (periods.quarter(day.year, (day.month + 2) // 3), tr("本季度")),
        (periods.year(day.year), tr("本年")),
        (periods.year(day.year - 1), tr("去年")),
    ]


def _states() -> list[tuple[CaseStatus | Outcome | None, str]]:
    open_states = (CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.MEDIATING)
    return [
        (None, tr("全部状态")),
        *((state, tr(state.label)) for state in open_states),
        *((outcome, tr(outcome.label)) for outcome in Outcome),
    ]


class Browse(QWidget):
    """Finds disputes and shows one of them; asks its page for every form."""

    register_wanted = Signal()
    step_wanted = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._behind: Behind | None = None
        self._one_pane = self._folded = False
        self.rows: Rows[DisputeRow] = Rows(_columns(workplace), self)
        self.table = Table(self.rows, self)
        self.table.hideColumn(_UNIT_COLUMN)
        self.card = CaseCard(workplace)
        self._make_toolbar()
        self._make_banner()
        self._empty = words("", "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        listed = column(self._empty, self.table, gap=0)
        self._list = framed(listed, margins=0)
        listed.setContentsMargins(1, 1, 1, 6)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(14)
        self._panes.addWidget(self._list, _LIST_SHARE)
        self._panes.addWidget(self.card, _CARD_SHARE)
        page = column(self._toolbar, self._banner, gap=12)
        page.addLayout(self._panes, 1)
        page.setContentsMargins(18, 14, 18, 14)
        self.setLayout(page)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE_MS)
        self._connect()

    def _make_toolbar(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("找姓名、编号、内容或拼音首字母 (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(170)
        self.count = QLabel()
        look(self.count, "sub")
        types = self._workplace.register.types
        kinds = [("", tr("全部类型")), *((code, types.label(code)) for code in types.codes())]
        self.type = PickButton(kinds, tr("类型"))
        self.state = PickButton(_states(), tr("状态"))
        self.period = PickButton(_periods(today()), tr("受理时间"))
        units = [("", tr("全部单位"))]
        if self._workplace.office:
            units += [(unit.id, unit.name) for unit in self._workplace.register.units()]
        self.unit = PickButton(units, tr("单位"))
        self.unit.setVisible(self._workplace.office)
        self.new = button(tr("登记纠纷 (&N)"), self.register_wanted.emit, "primary", keys="Ctrl+N")
        self._more = button(tr("筛选"), name="quiet", tip=tr("按类型、状态、时间、单位筛选"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_filters)
        self._filters = QWidget()
        self._filters.setLayout(row(self.type, self.state, self.period, self.unit, gap=10))
        top = row(gap=10)
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        top.addWidget(self._more)
        self._top = top
        top.addWidget(self._filters)
        top.addWidget(self.new)
        self._toolbar = QWidget()
        self._below = column(gap=10)
        self._toolbar.setLayout(column(top, self._below, gap=10))

    def _make_banner(self) -> None:
        self._banner_words = words("", "strong", wrap=True)
        clear = button(tr("看全部纠纷"), self.show_all, "quiet")
        inner = row(self._banner_words, None, clear)
        self._banner: QFrame = framed(inner, "note", margins=12)
        self._banner.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self._typing.timeout.connect(self.look_up)
        for chosen in (self.type, self.state, self.period, self.unit):
            chosen.changed.connect(self.look_up)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(self._clicked)
        self.card.step_wanted.connect(self.step_wanted)
        self.card.back_wanted.connect(self._back)
        keys = QShortcut(QKeySequence("Ctrl+F"), self)
        keys.activated.connect(self._to_search)

    def _to_search(self) -> None:
        # The list must not want the cursor: hidden now, it would take it when it is shown again.
        self._show_panes(card=False)
        self.search.setFocus()
        self.search.selectAll()

    def _typed(self, _text: str) -> None:
        # Half-composed input never reaches here: Qt reports only what the input method committed.
        self._typing.start()

    @property
    def wanted(self) -> Find:
        """What search and filters ask for."""
        state = self.state.value()
        find = Find(
            text=self.search.text().strip(),
            unit_id=self.unit.value(),
            type=self.type.value(),
            period=self.period.value(),
        )
        if isinstance(state, Outcome):
            return replace(find, outcome=state)
        return replace(find, status=state)

    def look_up(self) -> None:
        """Show what search and filters ask for, keeping the chosen dispute if it is among it."""
        self._behind = None
        self._banner.hide()
        register, wanted = self._workplace.register, self.wanted
        chosen = self.card.dispute_id
        page = register.page(wanted, size=_PAGE)
        self._next = page.next
        self.rows.show(page.rows, partial(self._fetch, wanted) if page.next is not None else None)
        found = register.count(wanted, _CAP)
        self.count.setText(
            tr("{count}+ 件").format(count=_CAP)
            if found > _CAP
            else tr("{count} 件").format(count=found)
        )
        self._say_empty(tr("没有符合条件的纠纷。"), tr("还没有纠纷。按“登记纠纷”登记第一件。"))
        if self.isVisible():
            self._choose(chosen)
        else:
            # At the start the list is painted first, the file of its first dispute follows.
            QTimer.singleShot(_FIRST_FILE_MS, self, self._choose_first)

    def _choose_first(self) -> None:
        self._choose(self.card.dispute_id)

    def _fetch(self, wanted: Find) -> tuple[Sequence[DisputeRow], bool]:
        page = self._workplace.register.page(wanted, after=self._next, size=_PAGE)
        self._next = page.next
        return page.rows, page.next is not None

    def _say_empty(self, none_found: str, none_at_all: str) -> None:
        empty = not self.rows.all_shown()
        self._empty.setText(none_at_all if self.wanted == Find() else none_found)
        self._empty.setVisible(empty)
        self._empty.setMinimumHeight(200 if empty else 0)
        self.table.setVisible(not empty)

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a number."""
        self._list_behind(behind)
        self._back()
        self._choose("")

    def _list_behind(self, behind: Behind) -> None:
        self._behind = behind
        self._next = None
        rows = behind.find()
        self.rows.show(rows)
        told = tr("{title} · {count} 件").format(title=behind.title, count=len(rows))
        self._banner_words.setText(told)
        self._banner.show()
        self.count.setText(tr("{count} 件").format(count=len(rows)))
        self._say_empty(tr("这个数字后面没有纠纷。"), tr("这个数字后面没有纠纷。"))

    def show_all(self) -> None:
        """Take all filters away."""
        for chosen in (self.type, self.unit):
            chosen.show_value("")
        self.state.show_value(None)
        self.period.show_value(None)
        self.search.clear()
        self.look_up()

    def refresh(self) -> None:
        """Read the register again."""
        if self._behind is None:
            self.look_up()
        else:
            chosen = self.card.dispute_id
            self._list_behind(self._behind)
            self._choose(chosen)

    def _choose(self, dispute_id: str) -> None:
        lines = self.rows.all_shown()
        place = next((n for n, line in enumerate(lines) if line.dispute.id == dispute_id), 0)
        if lines:
            self.table.selectRow(place)
        self._selected(QItemSelection(), QItemSelection())

    def show_case(self, dispute_id: str) -> None:
        """Show one dispute, whether it is in the list or not."""
        lines = self.rows.all_shown()
        if any(line.dispute.id == dispute_id for line in lines):
            self._choose(dispute_id)
        else:
            self.card.show_case(dispute_id)
        if self._one_pane:
            self._show_panes(card=True)

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        line = self.rows.row(self.table.currentIndex().row())
        self.card.show_case(line.dispute.id if line else "")

    def _opened(self, _number: int) -> None:
        if self._one_pane:
            self._show_panes(card=True)
        self.card.setFocus()

    def _back(self) -> None:
        self._show_panes(card=False)
        self.table.setFocus()

    def _show_panes(self, *, card: bool) -> None:
        self.card.setVisible(card or not self._one_pane)
        self._list.setVisible(not card or not self._one_pane)
        self._toolbar.setVisible(not card or not self._one_pane)
        self.card.show_back(wanted=self._one_pane)

    def _show_filters(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self._filters.setVisible(on or not self._folded)

    def _clicked(self, _index: QModelIndex) -> None:
        if self._one_pane:
            self._show_panes(card=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        one_pane = wide < _ONE_PANE
        folded = wide < _FOLD_FILTERS
        if (one_pane, folded) != (self._one_pane, self._folded) or not event.oldSize().isValid():
            self._fold(one_pane=one_pane, folded=folded)
        listed = wide if one_pane else wide * _LIST_SHARE // (_LIST_SHARE + _CARD_SHARE)
        with_unit = self._workplace.office and one_pane
        self.table.setColumnHidden(_TYPE_COLUMN, listed < _TYPE_COLUMN_FROM or with_unit)
        self.table.setColumnHidden(_UNIT_COLUMN, not with_unit)

    def _fold(self, *, one_pane: bool, folded: bool) -> None:
        self._one_pane, self._folded = one_pane, folded
        (self._below if folded else self._top).addWidget(self._filters)
        if not folded:
            self._top.removeWidget(self.new)
            self._top.addWidget(self.new)
        self._more.setVisible(folded)
        self._show_filters(self._more.isChecked())
        self._show_panes(card=False)
