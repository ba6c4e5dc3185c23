"""Statistics: every table of the desk and its charts; each number opens the cases behind it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mediation_desk import paths
from mediation_desk.desk import freezing, past_tables
from mediation_desk.desk.charted import Cell, charted, earlier
from mediation_desk.desk.frozen import Kept
from mediation_desk.domain.periods import Period
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.explained import Earlier, explained
from mediation_desk.figures.table import StatTable
from mediation_desk.ui import messages, theme
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.annual_view import AnnualView
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.charts_view import ChartsView
from mediation_desk.ui.pages.frozen_view import FrozenView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.paper_totals_view import PaperTotalsView
from mediation_desk.ui.pages.statistics_bar import StatisticsBar, calibre_name
from mediation_desk.ui.pages.table_away import kept_words, printed_table, sources_of
from mediation_desk.ui.pages.table_card import TableCard
from mediation_desk.ui.tabs import PAGES, Tabs
from mediation_desk.ui.widgets import EDGE, button, column, look, row, scrolled
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from mediation_desk.desk.charted import Charted

TABLE, CHARTS, FROZEN, ANNUAL, PAPER = range(5)
# Below this width all stands in one column.
_ONE_COLUMN = 1040


class _Asked(NamedTuple):
    """What was counted: of which register as it stood, on which day, by which calibre.

    `as_of` is the day whose register was counted, if not that of now.
    """

    table_id: str
    calibre: Calibre
    version: int
    day: date
    as_of: date | None


class _View(Protocol):
    """What the page asks of its views."""

    def show_nothing(self, said: str) -> None:
        """Leave no figure standing."""

    def fold(self, *, narrow: bool) -> None:
        """Stand in one column or in two."""


class StatisticsPage(QWidget):
    """Shows the statistic of a period as a table or as charts."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._narrow: bool | None = None
        # What each view shows or is being counted for.
        self._asked: dict[int, _Asked] = {}
        self.tabs = Tabs(PAGES)
        self.bar = StatisticsBar(workplace.register)
        self.print = button(tr("打印 (&P)"), self.choose_printer)
        self.export = button(tr("导出 Excel (&E)"), self.write, "primary", keys="Ctrl+E")
        self.table_card = TableCard()
        self.charts = ChartsView(office=workplace.office)
        self._notice = Notice()
        self.frozen = FrozenView(workplace, self._notice)
        self.annual = AnnualView(workplace, self._notice)
        self.paper = PaperTotalsView(workplace, self._notice)
        self._views: tuple[QWidget, ...] = (
            self.table_card, self.charts, self.frozen, self.annual, self.paper,
        )  # fmt: skip
        self._printing: tuple[QPrinter, StatTable] | None = None
        # Whether what is said above the table is why nothing could be counted.
        self._refused = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        names = (
            (tr("表格"), ""),
            (tr("图表"), ""),
            (tr("已报报表"), tr("已报")),
            (tr("年度报告"), tr("年报")),
            (tr("历史数据"), tr("历史")),
        )
        for place, name in enumerate(names):
            self.tabs.offer(*name)
            # What is the township's is not offered to a village.
            self.tabs.setTabVisible(place, place < ANNUAL or self._workplace.office)
        top = row(self.tabs, self.print, self.export, gap=10)
        top.setStretch(0, 1)
        self._body = column(self._notice, *self._views, gap=12)
        for place in (TABLE, ANNUAL):
            self._body.setStretch(1 + place, 1)
        self._body.setContentsMargins(0, 0, 0, 4)
        self._page = column(top, self.bar, gap=10)
        self.view = scrolled(self._body, EDGE)
        self._page.addWidget(self.view, 1)
        top.setContentsMargins(0, 0, EDGE, 0)
        self._page.setContentsMargins(EDGE, 10, 0, 10)
        self.setLayout(self._page)
        self.setFocusProxy(self.tabs)
        self._show_view(TABLE)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turned)
        self.bar.changed.connect(self.refresh)
        self.table_card.opened.connect(self._open)
        self.charts.opened.connect(self._open)
        self.frozen.going.connect(self.going)
        self.annual.going.connect(self.going)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_ONE_COLUMN)
        if narrow != self._narrow:
            self._narrow = narrow
            # In large type the choices take the height that the numbers need; they scroll away.
            self._page.removeWidget(self.bar)
            self._body.removeWidget(self.bar)
            if narrow:
                self._body.insertWidget(0, self.bar)
            else:
                self._page.insertWidget(1, self.bar)
            for view in self._views:
                cast(_View, view).fold(narrow=narrow)

    # Which view, of what

    def _show_view(self, number: int) -> None:
        # Not a stack, which is as high as the highest of its views.
        for place, view in enumerate(self._views):
            view.setVisible(place == number)
        for part in (self.print, self.export):
            part.setVisible(number == TABLE)
        self.bar.offer_tables(wanted=number == TABLE)
        self.bar.offer_moments(wanted=number in {TABLE, CHARTS})
        self.bar.setVisible(number not in {FROZEN, PAPER})

    def _turned(self, number: int) -> None:
        self._show_view(number)
        self._notice.hide()
        self.view.verticalScrollBar().setValue(0)
        self.refresh()

    @property
    def table(self) -> StatTable | None:
        """The table shown; None while nothing is counted."""
        return self.table_card.table

    def arrive(self, go: Go) -> None:
        """Take up what another page sent somebody here for: the statistic of a period."""
        if go.verb == "period":
            self.tabs.setCurrentIndex(TABLE)
            self.bar.picker.show_period(cast(Period, go.what))
            self.refresh()

    # Counting

    def refresh(self) -> None:
        """Count anew, on the worker, unless nothing has changed since the last time."""
        calibre, front = self.bar.calibre, self.tabs.currentIndex()
        if front in {FROZEN, PAPER}:
            (self.frozen if front == FROZEN else self.paper).refresh()
            return
        for part in (self.print, self.export):
            part.setEnabled(calibre is not None)
        if calibre is None:
            self._show_nothing()
            return
        if front == ANNUAL:
            self.annual.refresh(calibre)
            return
        register = self._workplace.register
        table_id = self.bar.table_id if front == TABLE else ""
        as_of = self.bar.as_of
        asked = _Asked(table_id, calibre, register.version, today(), as_of)
        if asked == self._asked.get(front):
            return
        self._asked[front] = asked
        if front == TABLE:
            work = partial(past_tables.table_on, register, as_of, table_id, calibre)
            self._count(work, self._counted, asked)
        else:
            draw = partial(charted, calibre=calibre)
            self._count(partial(past_tables.on_day, register, as_of, draw), self._drawn, asked)

    def _count(
        self, work: Callable[[], object], done: Callable[[_Asked, Any], None], asked: _Asked
    ) -> None:
        self._workplace.jobs.run(
            work,
            owner=self,
            done=partial(done, asked),
            failed=self._not_counted,
            words=tr("正在统计…"),
        )

    def _counted(self, asked: _Asked, table: StatTable) -> None:
        # Somebody may have asked for another period meanwhile.
        if asked != self._asked.get(TABLE):
            return
        if self._refused:
            self._refused = False
            self._notice.hide()
        self.table_card.show_table(table)
        self._workplace.jobs.run_beside(
            partial(
                past_tables.on_day,
                self._workplace.register,
                asked.as_of,
                partial(earlier, shown=table),
            ),
            owner=self,
            done=partial(self._compared, table),
            failed=self._not_counted,
        )

    def _compared(self, table: StatTable, found: Earlier | None) -> None:
        if found is not None and table is self.table_card.table:
            self.table_card.show_earlier(found)

    def _drawn(self, asked: _Asked, shown: "Charted") -> None:
        if asked == self._asked.get(CHARTS):
            self.charts.show_charted(shown, today())

    def _not_counted(self, error: DeskError) -> None:
        self._show_nothing(tr("没有统计，原因见上面。"))
        self._refused = True
        self._notice.failed(str(error))

    def _show_nothing(self, why: str = "") -> None:
        """Leave no figure standing that belongs to another period."""
        self._asked.clear()
        for view in self._views:
            cast(_View, view).show_nothing(why or tr("日期填好后，这里显示统计。"))

    # The cases behind a number

    def _open(self, cell: Cell) -> None:
        leading = cell.table.behind(cell.row, cell.column)
        if leading is None:
            return
        told = explained(cell.table, cell.row, cell.column)
        register = self._workplace.register
        as_of = self.bar.as_of
        find = partial(past_tables.cases_on, register, as_of, cell.table, cell.row, cell.column)
        title = tr(" · ").join((told.period, told.row, told.name))
        told_by_files = self._workplace.office and as_of is None
        sources = partial(sources_of, register, leading) if told_by_files else None
        self.going.emit(Go("disputes", "behind", what=Behind(title, find, sources)))

    # Taking the table away

    def write(self) -> None:
        """Write the workbook of the table where the user wants it."""
        table = self.table
        if table is None:
            return
        unit = self._workplace.register.unit
        name = tr("{unit}{period}{title}（{calibre}）.xlsx").format(
            unit=unit.name,
            period=table.calibre.period.label(),
            title=table.title,
            calibre=calibre_name(table.calibre),
        )
        kinds = tr("Excel 工作簿 (*.xlsx)")
        target = messages.choose_target(self, tr("导出到"), paths.outgoing() / name, kinds)
        if target is not None:
            # Else the button, switched off, hands the cursor to the next one.
            self.tabs.setFocus()
            register, by = self._workplace.register, self._workplace.actor
            what = table.id, table.calibre, target, by, today()
            if (day := self.bar.as_of) is not None:
                past = partial(past_tables.write_on, register, day, *what)
                self._take_away(past, self._past_written, tr("正在导出…"))
                return
            work = partial(freezing.export, register, *what)
            self._take_away(work, self._written, tr("正在导出…"))

    def _take_away(
        self, work: Callable[[], object], done: Callable[[Any], None], doing: str
    ) -> None:
        for part in (self.print, self.export):
            part.setEnabled(False)
        self._workplace.jobs.run(work, owner=self, done=done, failed=self._failed, words=doing)

    def _taken_away(self) -> None:
        for part in (self.print, self.export):
            part.setEnabled(True)

    def _written(self, exported: freezing.Exported) -> None:
        self._taken_away()
        self.export.setFocus()
        told = tr("已导出，可以用 WPS 或 Excel 打开。")
        if exported.problems:
            count = len(exported.problems)
            told += tr("勾稽关系有 {count} 处不符，已写在表里。").format(count=count)
        self._notice.done(told, exported.path, kept_words(exported.kept))

    def _past_written(self, written: tuple[Path, list[Problem]]) -> None:
        self._taken_away()
        self.export.setFocus()
        told = tr("已导出以前那一天的统计表，表上写着是哪一天的，没有冻结。")
        self._notice.done(told, written[0])

    def _failed(self, error: DeskError) -> None:
        self._taken_away()
        self._notice.failed(str(error))

    def choose_printer(self) -> None:
        """Ask for the printer; the table is laid out when one is chosen."""
        if self.table is None:
            return
        # Printing loads a library that few days need.
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415

        from mediation_desk.ui.printing import list_printer  # noqa: PLC0415

        printer = list_printer()
        printer.setDocName(self.table.title)
        self._printing = printer, self.table
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("打印统计表"))
        dialog.finished.connect(self._printer_chosen)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _printer_chosen(self, answer: int) -> None:
        if self._printing is not None and answer:
            self.print_on(*self._printing)
        self._printing = None

    def print_on(self, printer: "QPrinter", table: StatTable) -> None:
        """Print `table`."""
        work = partial(
            printed_table, self._workplace, table, printer, past=self.bar.as_of is not None
        )
        self._take_away(work, self._told_printed, tr("正在打印…"))

    def _told_printed(self, printed: tuple[int, Kept | None]) -> None:
        self._taken_away()
        pages, kept = printed
        told = tr("已送到打印机，共 {count} 页。").format(count=pages)
        self._notice.done(told, further=kept_words(kept) if kept else "")
