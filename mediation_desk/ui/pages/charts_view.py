"""The statistic for whoever would rather look than read: key numbers, months, types, units."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from mediation_desk.desk.charted import Charted
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.defined import ACCEPTED, SETTLED
from mediation_desk.figures.figure import Figure
from mediation_desk.figures.table import StatTable
from mediation_desk.ui.charts.bars import BarChart
from mediation_desk.ui.charts.chart import Chart
from mediation_desk.ui.charts.heat import HeatTable
from mediation_desk.ui.charts.trend import TrendChart
from mediation_desk.ui.flow import FieldGrid
from mediation_desk.ui.pages.chart_marks import (
    heat_columns,
    heat_rows,
    month_names,
    share_of,
    trend_series,
    type_bars,
)
from mediation_desk.ui.pages.key_number import KeyNumber
from mediation_desk.ui.widgets import column, framed, words
from mediation_desk.words import tr

_AMOUNT = COLUMNS[4].figure
_NUMBERS, _QUARTER = 620, 3
_NOTHING = tr("这段时间没有纠纷。换一个统计期间再看。")


class ChartsView(QWidget):
    """Draws one calibre; every number, bar, point and cell opens the cases behind it."""

    opened = Signal(object)

    def __init__(self, *, office: bool) -> None:
        super().__init__()
        self.numbers = {
            "total": KeyNumber(tr("调解案件总数（件）")),
            "settled": KeyNumber(tr("调解成功（件）")),
            "rate": KeyNumber(tr("调解成功率（占案件总数）")),
            "amount": KeyNumber(tr("协议涉及金额（万元）")),
        }
        self.trend = TrendChart(tr("每月案件数，与上年同期相比"), _NOTHING)
        self.types = BarChart(tr("纠纷类型，由多到少"), _NOTHING)
        self.units = HeatTable(tr("各单位每月案件数"), _NOTHING)
        self._titles = {chart: words("", "heading", wrap=True) for chart in self._charts}
        self._notes = {chart: words("", "sub", wrap=True) for chart in self._charts}
        self._cards = {chart: self._card(chart) for chart in self._charts}
        self._office = office
        self._cards[self.units].setVisible(office)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self.calibre = words("", "sub", wrap=True)
        numbers = FieldGrid(_NUMBERS)
        for number in self.numbers.values():
            numbers.add(number, _QUARTER)
            number.wanted.connect(self.opened)
        for chart in self._charts:
            chart.opened.connect(self.opened)
        page = column(numbers, self._grid, self.calibre, None, gap=12)
        self.setLayout(page)
        self.fold(narrow=False)

    @property
    def _charts(self) -> tuple[Chart, ...]:
        return self.trend, self.types, self.units

    def _card(self, chart: Chart) -> QFrame:
        inner = column(self._titles[chart], self._notes[chart], chart, None, gap=4)
        return framed(inner)

    def fold(self, *, narrow: bool) -> None:
        """Put the charts side by side, or one below the other where there is little room."""
        trend, types, units = (self._cards[chart] for chart in self._charts)
        self._grid.addWidget(trend, 0, 0)
        self._grid.addWidget(units, 2 if narrow else 1, 0)
        if narrow:
            self._grid.addWidget(types, 1, 0)
        else:
            self._grid.addWidget(types, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(1, 0 if narrow else 3)
        self._grid.setRowStretch(1, 0 if narrow or not self._office else 1)

    def show_nothing(self, said: str) -> None:
        """Leave no figure standing that belongs to another time."""
        for number in self.numbers.values():
            number.show_value("–", "", None)
        self.trend.show_series((), ())
        self.types.show_bars(())
        self.units.show_rows((), ())
        self.calibre.setText(said)

    def show_charted(self, shown: Charted, today: date) -> None:
        """Draw what was counted."""
        # Of a year that is not over the same days of the year before are not what is compared with.
        over = shown.change.calibre.period.last <= today
        self._show_numbers(shown, tr("上年同期") if over else tr("上年全期"))
        self._say_titles(shown)
        self.types.show_bars(tuple(type_bars(shown.types)))
        if _any(shown.trend):
            self.trend.show_series(month_names(shown.trend), trend_series(shown.trend, today))
        else:
            self.trend.show_series((), ())
        if shown.units is not None and _any(shown.units):
            self.units.show_rows(heat_columns(shown.units), tuple(heat_rows(shown.units, today)))
        else:
            self.units.show_rows((), ())
        self.calibre.setText(shown.change.calibre.words())

    def _say_titles(self, shown: Charted) -> None:
        basis = tr(shown.change.calibre.basis.label)
        time, months = shown.change.calibre.period.label(), shown.trend.calibre.period.label()
        self._titles[self.trend].setText(tr("每月案件数"))
        self._notes[self.trend].setText(
            tr("{months}，按{basis}；虚线为上年同期").format(months=months, basis=basis)
        )
        self._titles[self.types].setText(tr("纠纷类型"))
        self._notes[self.types].setText(tr("{time}，件数和占比").format(time=time))
        self._titles[self.units].setText(tr("各单位每月案件数"))
        self._notes[self.units].setText(tr("{months}，颜色越醒目件数越多").format(months=months))

    def _show_numbers(self, shown: Charted, past: str) -> None:
        for name, figure in (("total", ACCEPTED), ("settled", SETTLED), ("amount", _AMOUNT)):
            cell = shown.main(figure)
            self.numbers[name].show_value(
                _grouped(cell.shown), _year_ago(shown, figure, past), cell
            )
        settled, whole = shown.main(SETTLED), shown.main(ACCEPTED)
        before = share_of(shown.main(SETTLED, "year"), shown.main(ACCEPTED, "year"))
        self.numbers["rate"].show_value(
            share_of(settled, whole),
            tr("{past} {before}").format(past=past, before=before),
            settled,
        )


def _any(table: StatTable) -> bool:
    return any(value for line in table.values for value in line if isinstance(value, int))


def _grouped(shown: str) -> str:
    """A number with its thousands apart."""
    whole, dot, rest = shown.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _year_ago(shown: Charted, figure: Figure, past: str) -> str:
    before, more = shown.main(figure, "year"), shown.main(figure, "year.more")
    sign = "+" if more.number > 0 else ""
    told = tr("{past} {before}（{sign}{more}）")
    return told.format(past=past, before=_grouped(before.shown), sign=sign, more=more.shown)
