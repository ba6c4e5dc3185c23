"""What stands above the ledgers: figures, the button for a new record, tabs, search, filters."""

from PySide6.QtWidgets import QWidget

from mediation_desk.desk import ledgers
from mediation_desk.desk.ledgers import Tally
from mediation_desk.domain.periods import Period, year
from mediation_desk.ui import theme
from mediation_desk.ui.pages.works_kinds import ADVISER, LEDGERS
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.search_box import SearchBox
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import Elided, button, column, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# Below this width of the page the list and the card take turns, and filters open on request.
ONE_PANE = 1040
# Below this one the search opens on request too.
_TIGHT = 720
# After the tabs and what stretches.
_SEARCH_PLACE = 2


def _said(name: str, tally: Tally) -> str:
    told = tr(
        "{name}：排查 {rounds} 次，发现 {found} 件，预防 {prevented} 件；"
        "普法 {events} 场，受众 {audience} 人次；培训 {trainings} 次"
    )
    return told.format(
        name=name,
        rounds=tally.rounds,
        found=tally.found,
        prevented=tally.prevented,
        events=tally.events,
        audience=tally.audience,
        trainings=tally.trainings,
    )


class WorksBar(QWidget):
    """Figures, tabs and filters; where there is little room, search and filters open on request."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._folded = self._tight = self._laid = self._bare = False
        self._make_head()
        self._make_filters()
        self._lay_out()

    def _make_head(self) -> None:
        self.month, self.year_so_far = words("", "strong", wrap=True), Elided("", "sub")
        self.new = button("", None, "primary", keys="Ctrl+N")
        self.tabs = Tabs()
        for ledger in LEDGERS:
            self.tabs.offer(ledger.tab)
        # The register of warnings is no ledger of records, and stands beside them.
        self.tabs.offer(tr("预警"))
        self.search = SearchBox()
        self.search.hint(tr("找内容、姓名 (Ctrl+F)"), tr("找内容、姓名"))
        self.search.setMinimumWidth(theme.wide(150))
        self.search.setMaximumWidth(theme.wide(340))

    def _make_filters(self) -> None:
        day, register = today(), self._workplace.register
        known = [ledgers.years(register, ledger.kind, day)[-1] for ledger in LEDGERS]
        spans: list[tuple[Period, str]] = [
            (year(entry), tr("{year}年").format(year=entry))
            for entry in range(day.year, min(known) - 1, -1)
        ]
        self.all_years = Period(year(min(known)).first, year(day.year).last)
        spans.append((self.all_years, tr("全部年份")))
        self.span = PickButton(spans, tr("年份"))
        units = [("", tr("全部单位"))]
        units += [(unit.id, unit.name) for unit in register.units()]
        self.unit = PickButton(units, tr("单位"))
        if not self._workplace.office:
            self.unit.hide()
        both = [("consultation", tr("咨询记录")), (ADVISER, tr("顾问名单"))]
        self.which = PickButton(both, tr("咨询记录或顾问名单"))
        self.more = button(tr("筛选"), name="quiet", tip=tr("按年份、单位筛选"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_filters)

    def _lay_out(self) -> None:
        self._filters = QWidget()
        self._picks = row(self.which, self.span, self.unit, None, gap=10)
        self._filters.setLayout(self._picks)
        figures = column(self.month, self.year_so_far, gap=2)
        head = row(figures, self.new)
        head.setStretch(0, 1)
        self._line = row(self.tabs, None, self.search, self.more, self._filters, gap=10)
        self._line.setStretch(_SEARCH_PLACE, 2)
        self._below = column(gap=0)
        self.setLayout(column(head, self._line, self._below, gap=8))

    def show_tallies(self, month: Tally, so_far: Tally) -> None:
        """Say what was done this month and this year."""
        self.month.setText(_said(tr("本月"), month))
        self.year_so_far.setText(_said(tr("本年"), so_far))

    def tell_conditions(self) -> None:
        """Say on the folded filters how many of them narrow the list."""
        # The search stands among them only where it has no room beside the tabs.
        set_now = (self.unit.value(), self._tight and self.search.text().strip())
        count = sum(map(bool, set_now))
        self.more.setText(tr("筛选 {count}").format(count=count) if count else tr("筛选"))

    @property
    def first(self) -> QWidget:
        """What takes the cursor when the page comes to the front."""
        return self.tabs if self._tight or self._bare else self.search

    def begin_search(self) -> None:
        """Put the cursor into the search, opening it if need be."""
        if self._tight:
            self.more.setChecked(True)
        self.search.setFocus()
        self.search.selectAll()

    def _show_filters(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self._filters.setVisible((on or not self._folded) and not self._bare)

    def show_tabs_alone(self, *, alone: bool) -> None:
        """Show nothing but the tabs, for what has filters of its own."""
        self._bare = alone
        for part in (self.month, self.search, self.new):
            part.setVisible(not alone)
        self._show_rest()

    def _show_rest(self) -> None:
        """Show what depends on the width, unless the tabs stand alone."""
        self.more.setVisible(self._folded and not self._bare)
        # Its line is wanted for the figures of the month.
        self.year_so_far.setVisible(not self._tight and not self._bare)
        self._show_filters(self.more.isChecked())

    def fold(self, wide: int) -> None:
        """Stand in a page of this width."""
        folded, tight = wide < theme.wide(ONE_PANE), wide < theme.wide(_TIGHT)
        if self._laid and (folded, tight) == (self._folded, self._tight):
            return
        self._folded, self._tight, self._laid = folded, tight, True
        (self._below if self._folded else self._line).addWidget(self._filters)
        if self._tight:
            self._picks.insertWidget(0, self.search)
        else:
            self._line.insertWidget(_SEARCH_PLACE, self.search, 2)
        self._show_rest()
