"""What is counted: which table, which time, by which calibre."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import reporting
from mediation_desk.figures.calibre import TYPE_LISTS, Calibre, DateBasis
from mediation_desk.store.register import Register
from mediation_desk.ui import theme
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.widgets import EDGE
from mediation_desk.ui.workplace import today
from mediation_desk.words import tr

_DAY, _GAP = 190, 8
# What a box takes beside its text.
_FRAME = 46


class StatisticsBar(QWidget):
    """The choices above a statistic; they begin as the settings of the desk say."""

    changed = Signal()

    def __init__(self, register: Register) -> None:
        super().__init__()
        settings = register.settings
        tables = [(layout.id, layout.title) for layout in reporting.tables()]
        self.table = ChoiceEditor(tables, optional=False)
        self.table.box.setAccessibleName(tr("统计表"))
        self.picker = PeriodPicker(today())
        self.basis = ChoiceEditor(
            [(entry, tr("按{label}").format(label=tr(entry.label))) for entry in DateBasis],
            optional=False,
        )
        self.basis.box.setAccessibleName(tr("按哪个日期统计"))
        self.basis.show_value(DateBasis.CLOSING if settings.count_by_closing else DateBasis.INTAKE)
        self.oral = ChoiceEditor(
            [(True, tr("含口头协议")), (False, tr("只算书面"))], optional=False
        )
        self.oral.box.setAccessibleName(tr("口头协议算不算"))
        self.oral.show_value(settings.count_oral)
        self.types = ChoiceEditor(
            [(name, tr("{count}类").format(count=name)) for name in TYPE_LISTS],
            optional=False,
        )
        self.types.box.setAccessibleName(tr("纠纷类型按几类"))
        self.moment = ChoiceEditor(
            [(False, tr("截至现在")), (True, tr("截至某天"))], optional=False
        )
        self.moment.box.setAccessibleName(tr("按哪一天的登记簿"))
        self.day = DayEditor()
        self.day.typed.setAccessibleName(tr("登记簿截至哪一天"))
        self.day.setMaximumWidth(theme.wide(_DAY))
        self.day.hide()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.day.changed.connect(self.changed)
        self.moment.changed.connect(self._moment_changed)
        for chosen in (self.basis, self.oral, self.types):
            chosen.changed.connect(self.changed)
        self.table.changed.connect(self.changed)
        self.picker.changed.connect(self.changed)

    def _lay_out(self) -> None:
        for chosen in (self.table, self.basis, self.oral, self.types, self.moment):
            fit_to_choices(chosen)
        flow = FlowLayout(self, gap=_GAP)
        flow.setContentsMargins(0, 0, EDGE, 0)
        for part in (
            self.table,
            self.picker,
            self.basis,
            self.oral,
            self.types,
            self.moment,
            self.day,
        ):
            flow.addWidget(part)

    @property
    def _past(self) -> bool:
        """Whether the register of another day is asked for, where that is offered."""
        return bool(self.moment.value()) and not self.moment.isHidden()

    def _moment_changed(self) -> None:
        self.day.setVisible(self._past)
        if self._past:
            self.day.typed.setFocus()
        self.changed.emit()

    def offer_moments(self, *, wanted: bool) -> None:
        """Let the register of another day be counted, or not where that is of no use."""
        self.moment.setVisible(wanted)
        self.day.setVisible(self._past)

    @property
    def calibre(self) -> Calibre | None:
        """What is counted; None while two days do not make a period."""
        period = self.picker.period()
        if period is None or (self._past and self.as_of is None):
            return None
        return Calibre(period, self.basis.value(), self.oral.value(), self.types.value())

    @property
    def as_of(self) -> date | None:
        """The day whose register is counted; None for the register as it stands."""
        day = self.day.value() if self._past and not self.day.unclear() else None
        return day if isinstance(day, date) else None

    @property
    def table_id(self) -> str:
        """Which table is chosen."""
        return str(self.table.value())

    def offer_tables(self, *, wanted: bool) -> None:
        """Let a table be chosen, or not where all are drawn together."""
        self.table.setVisible(wanted)


def fit_to_choices(chosen: ChoiceEditor) -> None:
    """Make a box as wide as the longest of its choices, in any type."""
    metrics, box = QFontMetrics(theme.font()), chosen.box
    widest = max(metrics.horizontalAdvance(box.itemText(n)) for n in range(box.count()))
    chosen.setFixedWidth(widest + theme.wide(_FRAME))


def calibre_name(calibre: Calibre) -> str:
    """The calibre in a file name, so that two exports of a period do not look alike."""
    basis = tr("按{label}").format(label=tr(calibre.basis.label))
    oral = tr("含口头协议") if calibre.oral else tr("只算书面")
    return tr("{basis}，{oral}，{types}类").format(basis=basis, oral=oral, types=calibre.types)
