"""The ledgers to look through: figures, tabs, filters, the list and the card of one record."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desk.desk import counsel, ledgers
from mediation_desk.domain.periods import year
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.record import Record
from mediation_desk.domain.records import kind_of
from mediation_desk.ui import messages, theme
from mediation_desk.ui.pages.works_bar import ONE_PANE, WorksBar
from mediation_desk.ui.pages.works_card import WorkCard
from mediation_desk.ui.pages.works_kinds import (
    ADVISER,
    LEDGERS,
    SPARED,
    Ledger,
    Names,
    adviser_columns,
)
from mediation_desk.ui.pages.works_list import WorkList
from mediation_desk.ui.widgets import column
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.ui.pages.warnings_view import WarningsView

_TYPING_PAUSE_MS = 120
_LIST_SHARE, _CARD_SHARE = 125, 100


class WorksBrowse(QWidget):
    """Looks through the ledgers; asks its page for every form."""

    new_wanted = Signal(str)
    acted = Signal(str)
    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._names = Names()
        self._lines: list[Record] = []
        self._words: list[str] | None = None
        self._seen: object = None
        # Whether the register was read since the card was last shown.
        self._read_again = False
        self._one_pane = False
        self.bar = WorksBar(workplace)
        self.list = WorkList(with_units=workplace.office)
        self.card = WorkCard(workplace)
        # Made when its tab is first opened.
        self.warnings: WarningsView | None = None
        self._panes = QWidget()
        panes = QHBoxLayout(self._panes)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(14)
        panes.addWidget(self.list, _LIST_SHARE)
        panes.addWidget(self.card, _CARD_SHARE)
        page = column(self.bar, gap=12)
        page.addWidget(self._panes, 1)
        self._page = page
        page.setContentsMargins(18, 14, 18, 14)
        self.setLayout(page)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_PAUSE_MS)
        self._connect()

    def _years(self, ledger: Ledger) -> list[int]:
        return ledgers.years(self._workplace.register, ledger.kind, today())

    def _connect(self) -> None:
        self.bar.tabs.currentChanged.connect(self._turned)
        self.bar.search.textChanged.connect(self._typed)
        self.bar.search.left.connect(self._to_list)
        self._typing.timeout.connect(self._narrow)
        for chosen in (self.bar.span, self.bar.unit, self.bar.which):
            chosen.changed.connect(self.look_up)
        self.bar.new.clicked.connect(self._new)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.card.acted.connect(self.acted)
        self.card.going.connect(self.going)
        self.card.back_wanted.connect(self._back)
        keys = QShortcut(QKeySequence("Ctrl+F"), self)
        keys.activated.connect(self._to_search)

    # What is looked at

    @property
    def ledger(self) -> Ledger:
        """The ledger of the tab in front."""
        return LEDGERS[min(max(self.bar.tabs.currentIndex(), 0), len(LEDGERS) - 1)]

    @property
    def alarms(self) -> bool:
        """Whether the register of warnings is in front, which is no ledger."""
        return self.bar.tabs.currentIndex() == len(LEDGERS)

    def turn_to_warnings(self) -> None:
        """Bring the register of warnings to the front."""
        self.bar.tabs.setCurrentIndex(len(LEDGERS))

    def _show_warnings(self) -> None:
        """Show the register of warnings in place of the ledgers."""
        # Its rules and columns are loaded by whoever looks at it.
        from mediation_desk.ui.pages.warnings_view import WarningsView  # noqa: PLC0415

        if self.warnings is None:
            self.warnings = WarningsView(self._workplace)
            self.warnings.going.connect(self.going)
            self._page.addWidget(self.warnings, 1)
        self.warnings.show()
        self._panes.hide()
        self.bar.show()
        self.warnings.refresh()

    @property
    def _now(self) -> object:
        return self._workplace.register.version, today()

    @property
    def stale(self) -> bool:
        """Whether what is shown may no longer be so."""
        return self._seen != self._now

    @property
    def advisers(self) -> bool:
        """Whether the legal advisers are listed rather than what they were asked."""
        return self.ledger.kind == "consultation" and self.bar.which.value() == ADVISER

    def turn_to(self, kind: str) -> None:
        """Bring the ledger `kind` to the front."""
        number = next(n for n, ledger in enumerate(LEDGERS) if ledger.kind == kind)
        self.bar.which.show_value("consultation")
        if self.bar.tabs.currentIndex() == number:
            self.look_up()
        else:
            self.bar.tabs.setCurrentIndex(number)

    def _turned(self, _number: int) -> None:
        self.bar.search.clear()
        self._show_panes(card=False)
        self.look_up()

    def look_up(self) -> None:
        """Read the ledger in front again, keeping the chosen record if it is still there."""
        self._seen = self._now
        self.bar.show_tabs_alone(alone=self.alarms)
        self.setFocusProxy(self.bar.first)
        if self.alarms:
            self._show_warnings()
            return
        if self.warnings is not None:
            self.warnings.hide()
            self._panes.show()
        register, unit_id, span = (
            self._workplace.register,
            self.bar.unit.value(),
            self.bar.span.value(),
        )
        self.bar.new.setText(self.ledger.add)
        self.bar.new.setVisible(register.committee is not None)
        self.bar.which.setVisible(self.ledger.kind == "consultation")
        self.bar.span.setVisible(not self.advisers)
        self.bar.show_tallies(*ledgers.tallies(register, today(), unit_id))
        self._words = None
        self._read_again = True
        if self.advisers:
            self._list_advisers(unit_id)
            return
        self._lines = ledgers.entries(register, self.ledger.kind, span, unit_id)
        self._names.units = {unit.id: unit.name for unit in register.units()}
        self._names.disputes = ledgers.dispute_numbers(register, self._lines)
        self._names.advisers = counsel.adviser_names(register)
        self._narrow()

    def _list_advisers(self, unit_id: str) -> None:
        # Sessions have no index by adviser, so that many years of them take a while to go through.
        self._workplace.jobs.run(
            partial(counsel.counsel, self._workplace.register, unit_id),
            owner=self,
            done=self._advisers_read,
            failed=self._not_read,
            words=tr("正在读取…"),
        )

    def _advisers_read(self, found: list[counsel.Counsel]) -> None:
        if self.advisers:
            none = tr("还没有登记法律顾问。请在“组织人员”里登记。")
            self._show(ADVISER, self._matching_advisers(found), none)

    def _matching_advisers(self, found: list[counsel.Counsel]) -> list[counsel.Counsel]:
        wanted = self.bar.search.text().split()
        return [
            told
            for told in found
            if all(word in told.adviser.name + told.adviser.firm for word in wanted)
        ]

    def _not_read(self, error: DeskError) -> None:
        messages.fail(self, str(error))

    def _typed(self, _text: str) -> None:
        # Half-composed input never reaches here: Qt reports only what the input method committed.
        self._typing.start()

    def _narrow(self) -> None:
        """Show those of the records read that hold what is looked for."""
        if self.advisers:
            self._list_advisers(self.bar.unit.value())
            return
        lines, text = self._lines, self.bar.search.text().strip()
        if text:
            if self._words is None:
                register = self._workplace.register
                self._words = ledgers.words_of(register, self.ledger.kind, lines)
            lines = ledgers.matching(lines, self._words, text)
        self._show(self.ledger.kind, lines, self._none(text))

    def _none(self, text: str) -> str:
        """What an empty list says."""
        if self._lines or text or self.bar.unit.value():
            return tr("没有符合条件的记录。换个词，或去掉一些条件再找。")
        if self._years(self.ledger)[1:] and self.bar.span.value() != self.bar.all_years:
            return tr("这一年没有记录。可以换一个年份查看。")
        return self.ledger.none

    def _show(self, key: str, lines: list[Any], none: str) -> None:
        if not self.list.knows(key):
            columns = adviser_columns if key == ADVISER else self.ledger.columns
            self.list.make(key, columns(self._names), SPARED[key])
        chosen = self.card.record.id if self.card.record is not None else ""
        self.list.show_rows(key, lines, none, chosen)
        self.bar.tell_conditions()
        self._show_panes(card=bool(lines) and self.list.isHidden())

    def _chosen(self, line: object) -> None:
        if line is not None and line == self.card.record and not self._read_again:
            # Typing narrows the list at every letter; the card it keeps need not be made anew.
            return
        self._read_again = False
        if isinstance(line, counsel.Counsel):
            self.card.show_adviser(line, self._names)
        elif isinstance(line, Record):
            self.card.show_record(self.ledger, line, self._names)
        else:
            self.card.show_nothing()

    def show_record(self, record: Record) -> None:
        """Show one record, in its year and whatever else is looked for."""
        kind = kind_of(record)
        span = year(ledgers.day_of(kind, record).year)
        if span != self.bar.span.value():
            self.bar.span.show_value(span)
        self.bar.search.clear()
        self._typing.stop()
        self.turn_to(kind)
        if not self.list.choose(record.id):
            self.bar.unit.show_value("")
            self.look_up()
            self.list.choose(record.id)
        if self._one_pane:
            self._show_panes(card=True)

    @property
    def chosen(self) -> Record | None:
        """The record shown on the card."""
        return self.card.record

    # Panes

    def _new(self) -> None:
        self.new_wanted.emit(self.ledger.kind)

    def _to_search(self) -> None:
        if self.alarms:
            return
        self._show_panes(card=False)
        self.bar.begin_search()

    def _to_list(self) -> None:
        """Go on from the search into what it found."""
        if self._typing.isActive():
            self._typing.stop()
            self._narrow()
        if self.list.shown:
            self.list.focus().setFocus()

    def _opened(self) -> None:
        if self._one_pane and self.card.record is not None:
            self._show_panes(card=True)
            self.card.setFocus()

    def _back(self) -> None:
        self._show_panes(card=False)
        self.list.focus().setFocus()

    def _show_panes(self, *, card: bool) -> None:
        # Beside an empty list there is nothing to choose from.
        beside = not self._one_pane and self.card.record is not None
        self.card.setVisible(card or beside)
        self.list.setVisible(not card or not self._one_pane)
        self.bar.setVisible(not card or not self._one_pane)
        self.card.show_back(wanted=self._one_pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one_pane = event.size().width() < theme.wide(ONE_PANE)
        if one_pane != self._one_pane or not event.oldSize().isValid():
            self._one_pane = one_pane
            self._show_panes(card=False)
        self.bar.fold(event.size().width())
        self.setFocusProxy(self.bar.first)
