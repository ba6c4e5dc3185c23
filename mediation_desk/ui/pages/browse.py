"""The list of disputes with its search and filters, beside the file of the chosen one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mediation_desk.domain.finding import DisputeRow, Find, Wanted
from mediation_desk.ui import theme
from mediation_desk.ui.pages.browse_bar import BrowseBar
from mediation_desk.ui.pages.browse_columns import SOURCE_WIDE, columns
from mediation_desk.ui.pages.case_card import CaseCard
from mediation_desk.ui.rows import NOWHERE, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import button, column, framed, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_PAGE = 50
# Lines beyond those in view, so that there is something to scroll to.
_BEYOND = 5
_CAP = 1000
_TYPING_PAUSE_MS = 120
# The list is painted first; the file of its first dispute is drawn when the typing rests.
_FIRST_FILE_MS, _RESTING_MS = 30, 400
# Below this width of the page the list and the file of a dispute take turns.
_ONE_PANE = 1040
_TYPE_COLUMN_FROM = 680
# In large type on a small screen only who, which number and how it stands have room.
_DAY_COLUMN_FROM = 540
_LIST_SHARE, _CARD_SHARE = 125, 100
_TYPE_COLUMN, _DAY_COLUMN, _STATE_COLUMN, _UNIT_COLUMN, _SOURCE_COLUMN = 2, 3, 4, 5, 6
_WHO_COLUMN, _WHO_FROM, _EDGES = 1, 700, 60
# Names of both sides have room so wide.
_WHO_ENOUGH = 240


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a number: what the number is, and how to ask for their rows.

    With `sources` it is also told of each, by its id, from which file and row it came.
    """

    title: str
    find: Callable[[], Sequence[DisputeRow]]
    sources: Callable[[], Mapping[str, str]] | None = None


_LINES_KEPT = 3


class Browse(QWidget):
    """Finds disputes and shows one of them; asks its page for every form."""

    register_wanted = Signal()
    step_wanted = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._behind: Behind | None = None
        self._one_pane = self._marking = self._followed = False
        # From which file and row each of the cases behind a number came.
        self._sources: Mapping[str, str] = {}
        # The state of the register and the day that the list was read at.
        self._read_at: tuple[int, date] | None = None
        self.rows: Rows[DisputeRow] = Rows(columns(workplace, self._source), self)
        self.table = Table(self.rows, self)
        self.table.hideColumn(_UNIT_COLUMN)
        self.table.hideColumn(_SOURCE_COLUMN)
        self.card = CaseCard(workplace)
        self.bar = BrowseBar(workplace)
        self.search = self.bar.search
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
        page = column(self.bar, self._banner, gap=12)
        page.addLayout(self._panes, 1)
        page.setContentsMargins(18, 14, 18, 14)
        self.setLayout(page)
        self._typing = self._timer(_TYPING_PAUSE_MS, self._look_up_typed)
        self._resting = self._timer(_RESTING_MS, self._choose_first)
        self._connect()

    def _timer(self, pause: int, slot: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(slot)
        return made

    def _make_banner(self) -> None:
        self._banner_words = words("", "strong", wrap=True)
        clear = button(tr("看全部纠纷"), self.show_all, "quiet")
        inner = row(self._banner_words, clear)
        inner.setStretch(0, 1)
        self._banner: QFrame = framed(inner, "note", margins=12)
        self._told_above = False
        self._banner.hide()

    def _tell_above(self, *, wanted: bool) -> None:
        """Say what the list holds wherever the list is shown."""
        self._told_above = wanted
        self._banner.setVisible(wanted and not self._list.isHidden())

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self._to_list)
        self.bar.changed.connect(self.look_up)
        self.bar.register_wanted.connect(self.register_wanted)
        self.bar.out_wanted.connect(self._offer_out)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(self._clicked)
        self.card.step_wanted.connect(self.step_wanted)
        self.card.back_wanted.connect(self._back)
        for keys in ("Ctrl+F", "F3"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._to_search)

    def _to_search(self) -> None:
        # The list must not want the cursor: hidden now, it would take it when it is shown again.
        self._show_panes(card=False)
        self.search.setFocus()
        self.search.selectAll()

    def _typed(self, _text: str) -> None:
        # Half-composed input never reaches here: Qt reports only what the input method committed.
        self._typing.start()

    def _look_up_typed(self) -> None:
        # All that one sees while typing; the others follow when scrolled to.
        self._list_found(self._screenful)
        self._choose_later(_RESTING_MS, anew=False)

    def _to_list(self) -> None:
        """Go on from the search into what it found, which may still be looked up."""
        if self._typing.isActive():
            self._typing.stop()
            self._list_found()
        if self.rows.all_shown():
            self._choose_first()
            self.table.setFocus()

    @property
    def wanted(self) -> Find:
        """What search and filters ask for today."""
        return self.bar.asked.find(today())

    def look_up(self) -> None:
        """Show what search and filters ask for, keeping the chosen dispute if it is among it."""
        self._typing.stop()
        self._list_found()
        self._choose_later(_FIRST_FILE_MS)

    @property
    def _screenful(self) -> int:
        """How many lines fill the list, and a few more."""
        return self._list.height() // self.table.verticalHeader().defaultSectionSize() + _BEYOND

    def _fill(self) -> None:
        """Fetch what a list that has grown has room for; only a full one can be scrolled."""
        while len(self.rows.all_shown()) < self._screenful and self.rows.canFetchMore(NOWHERE):
            self.rows.fetchMore(NOWHERE)

    def _source(self, line: DisputeRow) -> str:
        return self._sources.get(line.dispute.id, "")

    def _list_found(self, most: int = _PAGE) -> None:
        self._behind = None
        if self._sources:
            self._sources = {}
            self._show_columns()
        register, wanted = self._workplace.register, self.wanted
        page = register.page(wanted, size=most)
        self._next = page.next
        self.rows.show(page.rows, partial(self._fetch, wanted) if page.next is not None else None)
        found = register.count(wanted, _CAP)
        told = tr("{count}+ 件") if found > _CAP else tr("{count} 件")
        self.search.say(told.format(count=min(found, _CAP)))
        self._say_cut(wanted)
        self._say_empty(
            tr("没有符合条件的纠纷。换个词，或去掉一些条件再找。"),
            tr("还没有纠纷。按“登记纠纷”登记第一件。"),
        )

    def _say_cut(self, wanted: Find) -> None:
        """Say that another order than that of the days is one of the newest only."""
        most = self._workplace.register.sorted_among(wanted)
        self._tell_above(wanted=bool(most))
        if most:
            told = tr(
                "符合的太多，这里只把最近受理的 {most} 件按{order}排列。再加一个条件就能看全。"
            )
            order = tr(wanted.order.label)
            self._banner_words.setText(told.format(most=most, order=order))

    def _choose_later(self, pause: int, *, anew: bool = True) -> None:
        """Choose the dispute shown, or the first; its file follows when there is time.

        A file that is shown already is drawn again only if it may have changed (`anew`).
        """
        lines = self.rows.all_shown()
        chosen = self.card.dispute_id
        if not lines:
            self._resting.stop()
            self.card.show_case("")
            return
        place = next((n for n, line in enumerate(lines) if line.dispute.id == chosen), 0)
        self._mark(place)
        if anew or lines[place].dispute.id != chosen:
            self._resting.start(pause)
        else:
            self._resting.stop()

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
        self._empty.setMinimumHeight(theme.high(60) if empty else 0)
        self.table.setVisible(not empty)

    def show_wanted(self, asked: Wanted) -> None:
        """List what somebody asks for elsewhere, such as a kept filter."""
        self.bar.show_wanted(asked)
        self._back()
        self.look_up()

    def show_behind(self, behind: Behind) -> None:
        """List the cases behind a number."""
        self._list_behind(behind)
        self._back()
        self._choose("")

    def _list_behind(self, behind: Behind) -> None:
        self._typing.stop()
        self._behind = behind
        self._next = None
        rows = behind.find()
        self._sources = behind.sources() if behind.sources is not None else {}
        self.rows.show(rows)
        self._show_columns()
        told = tr("{title} · {count} 件").format(title=behind.title, count=len(rows))
        self._banner_words.setText(told)
        self._tell_above(wanted=True)
        self.search.say(tr("{count} 件").format(count=len(rows)))
        self._say_empty(tr("这个数字后面没有纠纷。"), tr("这个数字后面没有纠纷。"))

    def _offer_out(self) -> None:
        """Offer to take away what is listed: all that is found, or the cases behind a number."""
        if self._behind is None:
            self.bar.ask_out(self.search.found.text(), self.wanted)
        else:
            ids = tuple(line.dispute.id for line in self.rows.all_shown())
            self.bar.ask_out_behind(self.search.found.text(), ids, self._behind.title)

    def show_all(self) -> None:
        """Take all filters away."""
        self.bar.show_wanted(Wanted())
        self.look_up()

    def refresh(self) -> None:
        """Read the register again, unless nothing was written since and it is still that day."""
        read_at = self._workplace.register.version, today()
        if read_at == self._read_at:
            return
        self._read_at = read_at
        self.bar.refresh()
        if self._behind is None:
            self.look_up()
        else:
            self._list_behind(self._behind)
            self._choose_later(_FIRST_FILE_MS)

    def _choose(self, dispute_id: str) -> None:
        self._resting.stop()
        lines = self.rows.all_shown()
        place = next((n for n, line in enumerate(lines) if line.dispute.id == dispute_id), 0)
        if lines:
            self._mark(place)
        self._selected(QItemSelection(), QItemSelection())

    def show_case(self, dispute_id: str) -> None:
        """Show one dispute, whether it is in the list or not."""
        self._resting.stop()
        lines = self.rows.all_shown()
        if any(line.dispute.id == dispute_id for line in lines):
            self._choose(dispute_id)
        else:
            self.card.show_case(dispute_id)
        if self._one_pane:
            self._show_panes(card=True)

    def _mark(self, place: int) -> None:
        """Choose a row without drawing the file of its dispute."""
        self._marking = True
        self.table.selectRow(place)
        self._marking = False

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if self._marking:
            return
        self._resting.stop()
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
        self.bar.setVisible(not card or not self._one_pane)
        self._tell_above(wanted=self._told_above)
        self.card.show_back(wanted=self._one_pane)
        # Else a form that opens over the page in the same turn stands as wide as both together.
        self._panes.invalidate()

    def _clicked(self, _index: QModelIndex) -> None:
        if self._one_pane:
            self._show_panes(card=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        one_pane = wide < theme.wide(_ONE_PANE)
        if one_pane != self._one_pane or not event.oldSize().isValid():
            self._one_pane = one_pane
            self._show_panes(card=False)
        self._show_columns()
        # Laid out by then, the list has its new height.
        QTimer.singleShot(0, self, self._fill)

    def _show_columns(self) -> None:
        """Show as many columns as there is room for; where a case came from before how it stands.

        Rows have more lines where they tell of a file.
        """
        wide, one_pane, told = self.width(), self._one_pane, bool(self._sources)
        listed = wide if one_pane else wide * _LIST_SHARE // (_LIST_SHARE + _CARD_SHARE)
        narrow = listed < theme.wide(_TYPE_COLUMN_FROM)
        with_unit = self._workplace.office and one_pane and not narrow and not told
        self.table.setColumnHidden(_TYPE_COLUMN, narrow or with_unit or told)
        self.table.setColumnHidden(_UNIT_COLUMN, not with_unit)
        self.table.setColumnHidden(_DAY_COLUMN, told or listed < theme.wide(_DAY_COLUMN_FROM))
        self.table.setColumnHidden(_STATE_COLUMN, told)
        self.table.setColumnHidden(_SOURCE_COLUMN, not told)
        # Where both have no room, the number and its file matter more than who it is about.
        only_file = told and listed < theme.wide(_WHO_FROM)
        self.table.setColumnHidden(_WHO_COLUMN, only_file)
        rest = listed - self.table.columnWidth(0) - _EDGES
        # Names leave what they do not need to the file, which is told in more words.
        spared = max(rest - theme.wide(_WHO_ENOUGH), min(theme.wide(SOURCE_WIDE), listed // 2))
        source = rest if only_file else spared
        self.table.setColumnWidth(_SOURCE_COLUMN, max(source, 0))
        if told or self._followed:
            self._followed = True
            self.table.follow_words(*((_SOURCE_COLUMN,) if told else ()))
        # What is asked above the list pushes it down a page that scrolls; it keeps some lines.
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.keep_lines(head + _LINES_KEPT * theme.high(theme.ROW))
