"""The register of warnings (预警台账) to look through: filters, the list, one warning's card."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.desk.agenda import title_of
from mediation_desk.desk.warning_register import Ask, WarningFind, WarningRow, warning_rows
from mediation_desk.desk.warnings_out import WarningTaking
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.risk_levels import choices, level_words, practice
from mediation_desk.domain.settings import Settings
from mediation_desk.domain.warning_codes import NoticeState, WarningRule, WarningStep
from mediation_desk.ui import theme
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.warning_card import WarningCard
from mediation_desk.ui.pages.warning_lines import said_of, tone_of
from mediation_desk.ui.pages.warnings_out_line import WarningsOut
from mediation_desk.ui.pages.works_bar import ONE_PANE
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.ui.workplace import Workplace, wall_clock
from mediation_desk.words import tr

_LIST_SHARE, _CARD_SHARE = 125, 100
_STEP_TONES = {
    WarningStep.SCREENED: Tone.AMBER,
    WarningStep.WARNED: Tone.AMBER,
    WarningStep.MEDIATING: Tone.BLUE,
    WarningStep.DISPOSED: Tone.GREEN,
}
_COUNTED = (
    (Ask.REPORT, "没有上报 {count}"),
    (Ask.LATE, "超时 {count}"),
    (Ask.VERIFY, "待核实 {count}"),
)


_LEVEL, _UNIT = 2, 4
# Below this width, in the standard type, only what leads to a warning has room in the list.
_TIGHT = 620
_LEAST_LINES = 4


class WarningsView(QWidget):
    """Looks through the register of warnings; where to go on is told by `going`."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._asked: object = None
        self._one_pane = False
        self._found: list[WarningRow] = []
        self.told = words("", "strong", wrap=True)
        self.out_button = button(tr("导出或打印 (&D)"), self._offer_out)
        # Where there is little room the filters open on request.
        self.more = button(tr("筛选"), name="quiet", tip=tr("按单位、等级、步骤、规则筛选"))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_filters)
        self._tight = False
        self.notice = Notice()
        self.out = WarningsOut(workplace, self.notice)
        self._make_filters()
        self.rows: Rows[WarningRow] = Rows(self._columns(), self)
        self.table = Table(self.rows, self)
        self.table.setColumnHidden(_UNIT, not workplace.office)
        self.card = WarningCard(workplace)
        self.card.going.connect(self.going)
        self.card.back_wanted.connect(self._back)
        self._empty = words("", "sub", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(self._opened)
        # Later, when the columns have their widths.
        self._widths = QTimer(self)
        self._widths.setSingleShot(True)
        self._widths.timeout.connect(self.table.give_room)
        self.setFocusProxy(self.waiting)

    def _make_filters(self) -> None:
        register = self._workplace.register
        self.waiting = PickButton([(True, tr("还要办的")), (False, tr("全部"))], tr("范围"))
        units = [("", tr("全部单位")), *((unit.id, unit.name) for unit in register.units())]
        self.unit = PickButton(units, tr("单位"))
        self.unit.setVisible(self._workplace.office)
        self.level = PickButton([(None, tr("全部等级")), *choices(register.settings)], tr("等级"))
        steps = [(step, tr(step.label)) for step in WarningStep]
        self.step = PickButton([(None, tr("全部步骤")), *steps], tr("步骤"))
        rules = [(rule, tr(rule.label)) for rule in WarningRule]
        self.rule = PickButton([(None, tr("全部规则")), *rules], tr("规则"), 150)
        self.picks = (self.waiting, self.unit, self.level, self.step, self.rule)
        for pick in self.picks:
            pick.changed.connect(self._narrow)

    def _columns(self) -> list[Column[WarningRow]]:
        def rule(line: WarningRow) -> str:
            return tr(line.rule.label) if line.rule is not None else tr("风险等级")

        def level(line: WarningRow) -> str:
            return level_words(line.level, self._settings) if line.level is not None else ""

        def level_tone(line: WarningRow) -> Tone:
            known = line.level is not None
            return Tone(practice(line.level, self._settings).tone) if known else Tone.NEUTRAL  # type: ignore[arg-type]

        return [
            Column(tr("规则"), rule, width=118),
            Column(tr("纠纷"), lambda line: title_of(line.line), stretch=True),
            Column(tr("等级"), level, level_tone, width=78),
            Column(tr("情况"), self._said, self._said_tone, width=118),
            Column(tr("单位"), lambda line: line.line.unit_name, width=96),
        ]

    @property
    def _settings(self) -> Settings:
        return self._workplace.register.settings

    def _said(self, line: WarningRow) -> str:
        if line.ask is Ask.VERIFY:
            return tr("待核实")
        if line.ask in {Ask.NOTHING, Ask.LEVEL}:
            rejected = line.state is NoticeState.REJECTED
            return tr(line.state.label if rejected else line.step.label)
        return said_of(line, wall_clock(), self._settings)[0]

    def _said_tone(self, line: WarningRow) -> Tone:
        if line.ask is Ask.VERIFY:
            return tone_of(line, self._settings)
        if line.ask in {Ask.NOTHING, Ask.LEVEL}:
            rejected = line.state is NoticeState.REJECTED
            return Tone.NEUTRAL if rejected else _STEP_TONES[line.step]
        return said_of(line, wall_clock(), self._settings)[1]

    def _lay_out(self) -> None:
        head = row(self.told, self.more, self.out_button)
        head.setStretch(0, 1)
        self._filters = QWidget()
        flow = FlowLayout(self._filters, gap=10)
        flow.setContentsMargins(0, 0, 0, 0)
        for pick in self.picks:
            flow.addWidget(pick)
        self._list = QFrame()
        look(self._list, "card")
        self._list.setMinimumHeight(_LEAST_LINES * theme.high(theme.ROW))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(1, 1, 1, 6)
        inside.addWidget(self._stack)
        self._panes = QHBoxLayout()
        self._panes.setSpacing(14)
        self._panes.addWidget(self._list, _LIST_SHARE)
        self._panes.addWidget(self.card, _CARD_SHARE)
        self._bar = QWidget()
        self._bar.setLayout(column(head, self._filters, self.out, self.notice, gap=8))
        page = column(self._bar, gap=12)
        page.addLayout(self._panes, 1)
        self.setLayout(page)
        self._show_panes(card=False)

    # Reading

    def refresh(self) -> None:
        """Read the register of warnings again, if anything was written or an hour has passed."""
        register, moment = self._workplace.register, wall_clock()
        asked = register.version, moment.date(), moment.hour
        if asked == self._asked:
            return
        self._asked = asked
        self._workplace.jobs.run(
            partial(warning_rows, register, moment),
            owner=self,
            done=self._read,
            failed=self._not_read,
            words=tr("正在读取…"),
        )

    def _read(self, found: list[WarningRow]) -> None:
        self._found = found
        self._narrow()

    def _not_read(self, error: DeskError) -> None:
        self._asked = None
        self.notice.failed(str(error))

    @property
    def wanted(self) -> WarningFind:
        """By what the list is narrowed."""
        return WarningFind(
            unit_id=self.unit.value(),
            level=self.level.value(),
            step=self.step.value(),
            rule=self.rule.value(),
            waiting=self.waiting.value(),
        )

    def _show_filters(self, on: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self._filters.setVisible(on or not self._tight)

    def _fold(self, *, tight: bool) -> None:
        """Leave out what the card tells as well, and fold the filters, where there is no room."""
        self._tight = tight
        self.more.setVisible(tight)
        self._show_filters(self.more.isChecked())
        self.table.setColumnHidden(_LEVEL, tight)
        self.table.setColumnHidden(_UNIT, tight or not self._workplace.office)

    def _narrow(self) -> None:
        find = self.wanted
        count = sum(bool(pick.value()) for pick in self.picks[1:])
        self.more.setText(tr("筛选 {count}").format(count=count) if count else tr("筛选"))
        shown = [line for line in self._found if find.holds(line)]
        counts = [
            tr(said).format(count=count)
            for ask, said in _COUNTED
            if (count := sum(line.ask is ask for line in self._found))
        ]
        self.told.setText(" · ".join(counts) or tr("没有等着办的预警。"))
        chosen = self.card.shown.id if self.card.shown is not None else ""
        self.rows.show(shown)
        self._empty.setText(self._none())
        self._stack.setCurrentWidget(self.table if shown else self._empty)
        self._widths.start()
        place = next((n for n, line in enumerate(shown) if line.id == chosen), 0)
        if shown:
            self.table.selectRow(place)
        self._choose()
        self._show_panes(card=False)

    def _none(self) -> str:
        if not self._found:
            return tr(
                "还没有预警。人多、多次发生、多次调不成、到期不履行、有过激的话等情况，程序会提出来，"
                "由您核实定级。"
            )
        return tr("没有符合条件的预警。换一个条件，或选“全部”。")

    # Choosing

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self._choose()

    def _choose(self) -> None:
        line = self.rows.row(self.table.currentIndex().row())
        if line is not None and line == self.card.shown:
            return
        if line is not None:
            self.card.show_row(line)
        else:
            self.card.shown = None

    def _opened(self, _where: object) -> None:
        if self._one_pane and self.card.shown is not None:
            self._show_panes(card=True)
            self.card.setFocus()

    def _back(self) -> None:
        self._show_panes(card=False)
        self.table.setFocus()

    def _show_panes(self, *, card: bool) -> None:
        there = self.card.shown is not None
        self.card.setVisible(there and (card or not self._one_pane))
        self._list.setVisible(not card or not self._one_pane)
        self._bar.setVisible(not card or not self._one_pane)
        self.card.show_back(wanted=self._one_pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, first = event.size().width(), not event.oldSize().isValid()
        one_pane, tight = wide < theme.wide(ONE_PANE), wide < theme.wide(_TIGHT)
        if one_pane != self._one_pane or first:
            self._one_pane = one_pane
            self._show_panes(card=False)
        if tight != self._tight or first:
            self._fold(tight=tight)
        self._widths.start()

    # Taking away

    def _offer_out(self) -> None:
        told = [pick.words() for pick in self.picks if pick.value()]
        what = tr("导出或打印预警台账，共 {count} 项").format(count=self.rows.rowCount())
        said = tr("，").join(told)
        moment: datetime = wall_clock()
        taking = WarningTaking(
            self._workplace.actor, moment.date(), told=said, now=moment, wanted=self.wanted
        )
        self.out.ask(what, taking, said)
