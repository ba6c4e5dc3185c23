"""Choosing a period: a month, quarter, half-year, year, statistical year, or any two days."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from mediation_desk.domain import periods
from mediation_desk.domain.periods import Period
from mediation_desk.ui import theme
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.widgets import button, row, words
from mediation_desk.words import tr

_Maker = Callable[[date], Period]

_ARROW = 18


def _quarter(day: date) -> Period:
    return periods.quarter(day.year, (day.month + 2) // 3)


def _half(day: date) -> Period:
    return periods.half(day.year, 1 + (day.month > 6))


def _year(day: date) -> Period:
    return periods.year(day.year)


def _statistical(day: date) -> Period:
    return periods.statistical_year(day.year + (day.month == 12))


_KINDS: tuple[tuple[_Maker | None, str], ...] = (
    (periods.month_of, tr("按月")),
    (_quarter, tr("按季度")),
    (_half, tr("按半年")),
    (_year, tr("按年")),
    (_statistical, tr("年度（至11月30日）")),
    (None, tr("任意起止")),
)

# The kinds that pages begin with.
MONTH, YEAR = 0, 3
_ANY = len(_KINDS) - 1


class PeriodPicker(QWidget):
    """A kind of period with steps back and forth, or two days."""

    changed = Signal()

    def __init__(self, day: date, *, kind: int = YEAR, fixed: bool = False) -> None:
        super().__init__()
        self._day = day
        self.kind = ChoiceEditor(
            [(number, label) for number, (_maker, label) in enumerate(_KINDS)], optional=False
        )
        self.kind.box.setAccessibleName(tr("期间种类"))
        self.kind.box.view().setMinimumWidth(theme.wide(180))
        self.kind.box.setMinimumContentsLength(6)
        self.kind.show_value(kind)
        if fixed:
            # Shown now it would open as a window of its own.
            self.kind.hide()
        self.back = button("", self._back, tip=tr("往前一期"))
        self.forth = button("", self._forth, tip=tr("往后一期"))
        self._draw_arrows()
        self.label = words("", "strong")
        self.first, self.last = DayEditor(), DayEditor()
        for end in (self.first, self.last):
            end.setFixedWidth(theme.wide(146))
        self._named = QWidget()
        self._named.setLayout(row(self.back, self.label, self.forth, gap=8))
        self._any = QWidget()
        self._told = words("", "wrong")
        self._told.hide()
        ends = FlowLayout(self._any)
        until = QWidget()
        until.setLayout(row(words(tr("至")), self.last, gap=8))
        for part in (self.first, until, self._told):
            ends.addWidget(part)
        flow = FlowLayout(self, gap=10)
        for part in (self.kind, self._named, self._any):
            flow.addWidget(part)
        self.kind.changed.connect(self._kind_changed)
        self.first.changed.connect(self._days_changed)
        self.last.changed.connect(self._days_changed)
        self._show()

    def _draw_arrows(self) -> None:
        size = theme.high(_ARROW)
        for step, arrow in ((self.back, "earlier"), (self.forth, "later")):
            step.setIcon(QIcon(theme.drawing(arrow, theme.tokens().primary, size)))
            step.setIconSize(QSize(size, size))
            step.setAccessibleName(step.toolTip())
            step.setFixedWidth(theme.TARGET)

    @property
    def _maker(self) -> _Maker | None:
        number: int = self.kind.value()
        return _KINDS[number][0]

    def period(self) -> Period | None:
        """The period chosen; None while two days do not make one."""
        if self._maker is not None:
            return self._maker(self._day)
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or first > last:
            return None
        return Period(first, last)

    def show_period(self, period: Period) -> None:
        """Choose a period, by its usual name where it has one."""
        made = ((number, maker) for number, (maker, _label) in enumerate(_KINDS) if maker)
        named = (number for number, maker in made if maker(period.last) == period)
        number = next(named, _ANY)
        self._day = period.last
        self.kind.show_value(number)
        if number == _ANY:
            self.first.show_value(period.first)
            self.last.show_value(period.last)
        self._say_wrong()
        self._show()

    def _days_changed(self) -> None:
        self._say_wrong()
        self.changed.emit()

    def _say_wrong(self) -> None:
        """Mark the end that makes no period, and say why beside it."""
        ends = (self.first, self.last)
        wrong = [end for end in ends if end.value() is None] if self._maker is None else []
        said = tr("看不懂这个日期，请写成 2026-10-22。") if wrong else ""
        if self._maker is None and not wrong and self.period() is None:
            wrong, said = [self.last], tr("结束不能早于开始。")
        for end in ends:
            end.mark(wrong=end in wrong)
        self._told.setText(said)
        self._told.setVisible(bool(said))

    def _kind_changed(self) -> None:
        if self._maker is None:
            year = _year(self._day)
            self.first.show_value(year.first)
            self.last.show_value(year.last)
        self._say_wrong()
        self._show()
        self.changed.emit()

    def _back(self) -> None:
        period = self.period()
        if period is not None:
            self._move(period.first - timedelta(days=1))

    def _forth(self) -> None:
        period = self.period()
        if period is not None:
            self._move(period.last + timedelta(days=1))

    def _move(self, day: date) -> None:
        self._day = day
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        period = self.period()
        self._named.setVisible(self._maker is not None)
        self._any.setVisible(self._maker is None)
        if self._maker is _statistical and period is not None:
            self.label.setText(tr("{year}统计年度").format(year=period.last.year))
        elif period is not None:
            self.label.setText(period.label())
        self.updateGeometry()
