"""Statistics: the key numbers, the 49-column table with its checks, the types, the workbook."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QWidget

from mediation_desk import paths
from mediation_desk.desk import reporting
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.figures.calibre import Calibre, DateBasis
from mediation_desk.figures.columns import Column as Counted
from mediation_desk.figures.identities import Check, table_checks
from mediation_desk.figures.ministry import COLUMNS, Line, Table, shown
from mediation_desk.figures.types import share
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, theme
from mediation_desk.ui.editors import ChoiceEditor
from mediation_desk.ui.flow import FieldGrid, FlowLayout
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.browse import Behind
from mediation_desk.ui.pages.ministry_view import Cell, MinistryView
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.shares import Bar, ShareList, bars
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    EDGE,
    Chip,
    button,
    clear,
    column,
    dress_again,
    framed,
    look,
    row,
    scrolled,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_TOTAL, _SETTLED, _AMOUNT = 0, 2, 4
# The identities of the table in short words; their full words are in the tips.
_CHECKS = {
    "R1": tr("总数＝各类型"),
    "R2": tr("总数＝各来源"),
    "R3": tr("委托移送＝各部门"),
    "R4": tr("总数＝各主体"),
    "R14": tr("总计＝各单位"),
}
# Below this width the types stand under the table.
_ONE_COLUMN = 1040
# The least height of the bars where they stand beside the table.
_TYPES_LEAST = 260
# Below this one the key numbers stand in two lines.
_NUMBERS, _QUARTER = 700, 3


class _Number(QPushButton):
    """A key number with its name; opens the cases behind it."""

    wanted = Signal(int)

    def __init__(self, label: str, column_index: int) -> None:
        super().__init__()
        look(self, "number")
        self._column = column_index
        self._value = words("–", "figure")
        self._label = words(label, "sub")
        self._line = row(self._label, None, self._value, gap=0)
        self.setLayout(self._line)
        self.setMinimumWidth(theme.wide(140))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(label)
        for part in (self._value, self._label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._clicked)

    def sizeHint(self) -> QSize:
        # A button knows of its text and its icon, not of a layout inside.
        return super().sizeHint().expandedTo(self._line.minimumSize())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _clicked(self) -> None:
        self.wanted.emit(self._column)

    def stack(self, *, stacked: bool) -> None:
        """Put the number under its name where one line is too narrow for both."""
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        edge = 6 if stacked else 2
        self._line.setContentsMargins(14, edge, 14, edge)
        if self.property("stacked") != stacked:
            self.setProperty("stacked", stacked)
            dress_again(self)

    def show_value(self, value: str) -> None:
        """Show the number."""
        self._value.setText(value)


class StatisticsPage(QWidget):
    """Shows the statistic of a period; every number opens the cases behind it."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self.table: Table | None = None
        self._narrow: bool | None = None
        # The calibre that is shown or being counted, and the end of the history it was counted at.
        self._asked: tuple[Calibre, int] | None = None
        settings = workplace.register.settings
        self.picker = PeriodPicker(today())
        self.basis = ChoiceEditor(
            [(entry, tr("按{label}").format(label=tr(entry.label))) for entry in DateBasis],
            optional=False,
        )
        self.basis.show_value(DateBasis.CLOSING if settings.count_by_closing else DateBasis.INTAKE)
        self.oral = ChoiceEditor(
            [(True, tr("含口头协议")), (False, tr("只算书面"))], optional=False
        )
        self.oral.show_value(settings.count_oral)
        for chosen in (self.basis, self.oral):
            chosen.box.setMinimumContentsLength(8)
        self.export = button(tr("导出 Excel (&E)"), self.write, "primary", keys="Ctrl+E")
        self.numbers = {
            "total": _Number(tr("调解案件总数（件）"), _TOTAL),
            "settled": _Number(tr("调解成功（件）"), _SETTLED),
            "rate": _Number(tr("调解成功率"), _SETTLED),
            "amount": _Number(tr("协议涉及金额（万元）"), _AMOUNT),
        }
        self.view = MinistryView()
        self.types = ShareList(self)
        self._calibre_words = words("", "sub", wrap=True)
        self._checks = FlowLayout(gap=10)
        self._notice = Notice()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        choices = QWidget()
        flow = FlowLayout(choices, gap=10)
        for part in (self.picker, self.basis, self.oral):
            flow.addWidget(part)
        top = row(choices, self.export)
        top.setStretch(0, 1)
        top.setAlignment(self.export, Qt.AlignmentFlag.AlignTop)
        numbers = FieldGrid(_NUMBERS)
        for number in self.numbers.values():
            numbers.add(number, _QUARTER)
        table = column(self.view, self._checks, self._calibre_words, None, gap=8)
        table.setStretch(0, 100)
        table.setContentsMargins(1, 1, 1, 10)
        self._table_card = framed(table, margins=0)
        table.setContentsMargins(1, 1, 1, 10)
        self._checks.setContentsMargins(14, 0, 14, 0)
        self._calibre_words.setContentsMargins(14, 0, 14, 0)
        self._no_types = words(tr("这段时间没有纠纷。"), "sub", wrap=True)
        self._no_types.hide()
        types = column(words(tr("纠纷类型"), "heading"), self._no_types, self.types, gap=4)
        types.setStretch(2, 1)
        self._types_card = framed(types)
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        body = column(self._notice, numbers, gap=12)
        body.addLayout(self._grid, 1)
        body.setContentsMargins(0, 0, 0, 4)
        page = column(top, gap=12)
        page.addWidget(scrolled(body, EDGE), 1)
        top.setContentsMargins(0, 0, EDGE, 0)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)

    def _connect(self) -> None:
        for chosen in (self.picker, self.basis, self.oral):
            chosen.changed.connect(self.refresh)
        for number in self.numbers.values():
            number.wanted.connect(self._number_opened)
        self.view.opened.connect(self._cell_opened)
        self.types.opened.connect(self._type_opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_ONE_COLUMN)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        # In one column the page scrolls as a whole, and nothing in it up and down by itself.
        self.view.show_whole(whole=narrow)
        self.types.show_whole(whole=narrow)
        self._types_card.setMinimumHeight(0 if narrow else _TYPES_LEAST)
        self._grid.addWidget(self._table_card, 0, 0)
        self._grid.addWidget(self._types_card, *((1, 0) if narrow else (0, 1)))
        self._grid.setColumnStretch(0, 1)
        for number in self.numbers.values():
            number.stack(stacked=narrow)
        self._types_card.setMaximumWidth(16_777_215 if narrow else theme.wide(380))
        self._types_card.setMinimumWidth(theme.wide(352))

    @property
    def calibre(self) -> Calibre | None:
        """What is counted; None while two days do not make a period."""
        period = self.picker.period()
        return Calibre(period, self.basis.value(), self.oral.value()) if period else None

    def refresh(self) -> None:
        """Count anew, on the worker, unless nothing has changed since the last time."""
        calibre = self.calibre
        self.export.setEnabled(calibre is not None)
        if calibre is None:
            self._show_nothing()
            return
        register = self._workplace.register
        asked = calibre, register.sequence()
        if asked == self._asked:
            return
        self._asked = asked
        self._workplace.jobs.run(
            partial(reporting.township_table, register, calibre),
            owner=self,
            done=partial(self._counted, asked),
            failed=self._not_counted,
            words=tr("正在统计…"),
        )

    def _counted(self, asked: tuple[Calibre, int], table: Table) -> None:
        # Somebody may have asked for another period meanwhile.
        if asked == self._asked:
            self.show_table(table)

    def _not_counted(self, error: DeskError) -> None:
        self._asked = None
        self._notice.failed(str(error))

    def _show_nothing(self) -> None:
        """Leave no figure standing that belongs to another period."""
        self._asked = None
        self.table = None
        for number in self.numbers.values():
            number.show_value("–")
        self.view.show_nothing()
        self._show_types([])
        self._calibre_words.setText(tr("起止日期填好后，这里显示统计。"))
        clear(self._checks)

    def _show_types(self, shown_bars: list[Bar]) -> None:
        self.types.bars.show(shown_bars)
        self._no_types.setVisible(self.table is not None and not shown_bars)

    def show_table(self, table: Table) -> None:
        """Show a counted table."""
        self.table = table
        values = table.grand_total.values
        rate = share(values[_SETTLED], values[_TOTAL])
        self.numbers["total"].show_value(f"{values[_TOTAL]:,}")
        self.numbers["settled"].show_value(f"{values[_SETTLED]:,}")
        self.numbers["rate"].show_value("–" if rate is None else f"{rate}%")
        self.numbers["amount"].show_value(shown(COLUMNS[_AMOUNT], values[_AMOUNT]))
        self.view.show_table(table)
        self._show_types(bars(table))
        self._calibre_words.setText(table.calibre.words() + _rounding())
        clear(self._checks)
        for check in table_checks(table):
            self._checks.addWidget(_check_chip(check))

    def _number_opened(self, column_index: int) -> None:
        if self.table is not None:
            self._open(self.table.grand_total, column_index)

    def _cell_opened(self, cell: Cell) -> None:
        self._open(cell.line, cell.column)

    def _type_opened(self, number: int) -> None:
        bar: Bar | None = self.types.bars.row(number)
        if bar is not None and self.table is not None:
            self._open(self.table.grand_total, bar.column)

    def _units(self, line: Line) -> list[str]:
        """The units a line adds up."""
        if line.unit_id:
            return [line.unit_id]
        lines = self.table.lines if self.table else ()
        whole = self.table is not None and line.name == self.table.grand_total.name
        return [entry.unit_id for entry in lines if whole or entry.own is line.own]

    def _open(self, line: Line, column_index: int) -> None:
        calibre = self.calibre
        if calibre is None:
            return
        counted = COLUMNS[column_index]
        register, units = self._workplace.register, self._units(line)
        find = partial(reporting.cases_counted, register, calibre, units, counted)
        title = " · ".join((calibre.period.label(), line.name, counted.label))
        sources = partial(_sources, register, calibre, units, counted)
        behind = Behind(title, find, sources if self._workplace.office else None)
        self.going.emit(Go("disputes", "behind", what=behind))

    @staticmethod
    def _calibre_name(calibre: Calibre) -> str:
        """The calibre in a file name, so that two exports of a period do not look alike."""
        basis = tr("按{label}").format(label=tr(calibre.basis.label))
        return basis + (tr("，含口头协议") if calibre.oral else tr("，只算书面"))

    def write(self) -> None:
        """Write the workbook of this statistic where the user wants it."""
        calibre = self.calibre
        if calibre is None:
            return
        unit = self._workplace.register.unit
        name = tr("{unit}{period}人民调解案件情况统计表（{calibre}）.xlsx").format(
            unit=unit.name, period=calibre.period.label(), calibre=self._calibre_name(calibre)
        )
        target = messages.choose_target(
            self, tr("导出到"), paths.outgoing() / name, tr("Excel 工作簿 (*.xlsx)")
        )
        if target is None:
            return
        # Else the button, switched off, hands the cursor to the next one.
        self.picker.kind.setFocus()
        self.export.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(reporting.write_report, register, calibre, target, actor, today()),
            owner=self,
            done=self._written,
            failed=self._not_written,
            words=tr("正在导出…"),
        )

    def _written(self, written: tuple[Path, list[Problem]]) -> None:
        self.export.setEnabled(True)
        self.export.setFocus()
        path, problems = written
        told = tr("已导出，可以用 WPS 或 Excel 打开。")
        if problems:
            told += tr("勾稽关系有 {count} 处不符，已写在表里。").format(count=len(problems))
        self._notice.done(told, path)

    def _not_written(self, error: DeskError) -> None:
        self.export.setEnabled(True)
        self.export.setFocus()
        self._notice.failed(str(error))


def _rounding() -> str:
    """Why the amounts of the rows need not add up to the total (rule R10)."""
    return tr("金额（万元）的总计按原数相加后只四舍五入一次，与各行相加可能差0.01左右。")


def _sources(
    register: Register, calibre: Calibre, units: Sequence[str], counted: Counted
) -> dict[str, str]:
    """From which file and row each case behind a number came, by its id."""
    # What tells of files is loaded when somebody first asks.
    from mediation_desk.desk import provenance  # noqa: PLC0415
    from mediation_desk.ui.pages.source_words import source_words  # noqa: PLC0415

    found = provenance.behind(register, calibre, units, counted)
    return {entry.row.dispute.id: source_words(entry.source, own=entry.own) for entry in found}


def _check_chip(check: Check) -> Chip:
    name = _CHECKS.get(check.rule, check.words)
    said = tr("{name} 相符") if check.holds else tr("{name} 不符")
    chip = Chip(said.format(name=name), Tone.GREEN if check.holds else Tone.RED)
    chip.setToolTip(f"{check.rule}  {check.words}\n{check.left} {check.sign} {check.right}")
    return chip
