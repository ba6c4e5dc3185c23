"""A frozen report opened: its numbers as they were, what was done with it, what changed since."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from mediation_desk import paths
from mediation_desk.desk import freezing, frozen
from mediation_desk.desk.adjusting import Adjustment, Step
from mediation_desk.desk.freezing import Exported
from mediation_desk.desk.frozen import Kept
from mediation_desk.domain.codes import ReportStep
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.reporting import ReportUse
from mediation_desk.ui import messages, theme
from mediation_desk.ui.days import local_time
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.statistics_bar import calibre_name
from mediation_desk.ui.stat_view import StatView
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    button,
    clear,
    column,
    framed,
    line,
    look,
    row,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# So many adjustments are drawn at once, which takes a moment each.
_SHOWN = 20
_EDGE, _INDENT = 14, 30


class _CaseButton(QPushButton):
    """Opens the file of the case that an adjustment tells of."""

    wanted = Signal(object)

    def __init__(self, dispute_id: str, name: str) -> None:
        super().__init__(tr("看这件"))
        look(self, "quiet")
        self.setAutoDefault(True)
        self.setAccessibleName(tr("看这件：{name}").format(name=name))
        self._dispute_id = dispute_id
        self.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.wanted.emit(self._dispute_id)


class FrozenCard(QWidget):
    """Shows one frozen report; it can be written again, and be marked as sent."""

    going = Signal(object)
    given_up = Signal()
    # What was done with it is another thing now.
    used = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self.kept: Kept | None = None
        self._found: tuple[Adjustment, ...] = ()
        self._there: frozenset[str] = frozenset()
        self._drawn = 0
        self.back = button(tr("返回列表"), self.given_up.emit, keys="Esc")
        self.again = button(tr("重新导出 (&R)"), self.write, "primary")
        self.receiver = LineEditor(tr("报给谁（可不填）"))
        self.sent = button(tr("标为已上报 (&M)"), self.mark_sent)
        self.title = words("", "title", wrap=True)
        self.state = Chip()
        self._asks = words("")
        self.further = button(tr("又报了一次，再记"), self._ask_further, "quiet")
        self._told = words("", wrap=True)
        self._uses = words("", "sub", wrap=True)
        self.view = StatView()
        self.view.show_whole(whole=True)
        self._calibre = words("", "sub", wrap=True)
        self._heading = words("", "heading")
        self._changes = column(gap=10)
        self.more = button(tr("再看后面的调整"), self._draw_more, "quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        head = row(self.title, self.state, self.back, self.again, gap=12)
        head.setStretch(0, 1)
        mark = row(self._asks, self.receiver, self.sent, None, gap=10)
        mark.setStretch(1, 2)
        self._mark = QWidget()
        self._mark.setLayout(column(line("line"), mark, gap=8))
        uses = row(self._uses, self.further, gap=10)
        uses.setStretch(0, 1)
        about = framed(column(self._told, uses, self._mark, gap=8))
        changes = framed(column(self._heading, self._changes, row(self.more, None), gap=10))
        below = column(self._calibre)
        below.setContentsMargins(_EDGE, 0, _EDGE, 0)
        table_head = column(words(tr("冻结的数字"), "heading"))
        table_head.setContentsMargins(_EDGE, 10, _EDGE, 0)
        table = column(table_head, self.view, below, gap=8)
        card = framed(table, margins=0)
        table.setContentsMargins(1, 1, 1, 10)
        self.setLayout(column(head, about, changes, card, None, gap=12))

    # What is shown

    def show_report(self, kept: Kept) -> None:
        """Show a report, before it is known what changed since."""
        self.kept, report = kept, kept.report
        table, period = frozen.table_in(report), frozen.calibre_in(report).period
        self.title.setText(
            tr("{period} · {title}").format(title=report.title, period=period.label())
        )
        told = tr("第{number}号，{on}由{by}冻结。登记簿以后的改动不会改变这里的数字。")
        on = report.frozen_on.isoformat() if report.frozen_on else ""
        self._told.setText(told.format(number=report.number, on=on, by=report.frozen_by))
        self._show_uses(kept)
        self.receiver.show_value(kept.sent.receiver if kept.sent else "")
        self.view.show_table(table)
        self._calibre.setText(table.calibre.words())
        self.state.show_state(tr("正在核对"), Tone.NEUTRAL)
        self._heading.setText(tr("正在核对冻结以后的改动…"))
        self._show_changes((), frozenset())

    def show_adjustments(self, found: tuple[Adjustment, ...], there: frozenset[str]) -> None:
        """Tell what counts otherwise today; `there` are the disputes that can be opened."""
        if found:
            count = len(found)
            self.state.show_state(tr("有调整{count}处").format(count=count), Tone.AMBER)
            self._heading.setText(tr("冻结以后的调整（{count}处）").format(count=count))
        else:
            self.state.show_state(tr("一致"), Tone.GREEN)
            self._heading.setText(tr("与现在的登记簿一致，没有调整。"))
        self._show_changes(found, there)

    def _show_changes(self, found: tuple[Adjustment, ...], there: frozenset[str]) -> None:
        self._found, self._there, self._drawn = found, there, 0
        clear(self._changes)
        self._draw_more()

    def _draw_more(self) -> None:
        for adjustment in self._found[self._drawn : self._drawn + _SHOWN]:
            if self._drawn:
                self._changes.addWidget(line("line"))
            self._changes.addWidget(self._change(adjustment))
            self._drawn += 1
        self.more.setVisible(self._drawn < len(self._found))

    def _change(self, adjustment: Adjustment) -> QWidget:
        chip = Chip(adjustment.what, Tone.AMBER)
        head = row(chip, words(adjustment.name, "strong", wrap=True), gap=10)
        head.setStretch(1, 1)
        if adjustment.dispute_id in self._there:
            opens = _CaseButton(adjustment.dispute_id, adjustment.name)
            opens.wanted.connect(self._open)
            head.addWidget(opens)
        effects = "\n".join(adjustment.effect_words)
        steps = (part for step in adjustment.steps for part in _step(step))
        shown = QWidget()
        shown.setLayout(column(head, *steps, words(effects, "sub", wrap=True), gap=4))
        return shown

    def _open(self, dispute_id: str) -> None:
        self.going.emit(Go("disputes", "show", dispute_id))

    # What is done with it

    def write(self) -> None:
        """Write the frozen numbers once more where the user wants it."""
        if self.kept is None:
            return
        report = self.kept.report
        calibre, unit = frozen.calibre_in(report), self._workplace.register.unit
        name = tr("{unit}{period}{title}（第{number}号，{calibre}）.xlsx").format(
            unit=unit.name,
            period=calibre.period.label(),
            title=report.title,
            number=report.number,
            calibre=calibre_name(calibre),
        )
        kinds = tr("Excel 工作簿 (*.xlsx)")
        target = messages.choose_target(self, tr("导出到"), paths.outgoing() / name, kinds)
        if target is None:
            return
        # Else the button, switched off, hands the cursor to the next one.
        self.back.setFocus()
        self.again.setEnabled(False)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(freezing.export_again, register, report, target, actor, today()),
            owner=self,
            done=self._written,
            failed=self._failed,
            words=tr("正在导出…"),
        )

    def _written(self, exported: Exported) -> None:
        self.again.setEnabled(True)
        self.again.setFocus()
        told = tr("已把冻结的第{number}号重新导出，数字和当时一样。")
        self._notice.done(told.format(number=exported.kept.report.number), exported.path)
        self._used(exported.kept)

    def mark_sent(self) -> None:
        """Note that this report was sent upward."""
        if self.kept is None:
            return
        register, actor = self._workplace.register, self._workplace.actor
        receiver = str(self.receiver.value())
        self._workplace.jobs.run(
            partial(
                freezing.note_use,
                register,
                self.kept.report,
                ReportStep.SENT,
                actor,
                today(),
                receiver,
            ),
            owner=self,
            done=self._marked,
            failed=self._failed,
            words=tr("正在保存…"),
        )

    def _marked(self, kept: Kept) -> None:
        self._notice.done(tr("已标为已上报。"))
        self._used(kept)
        self.further.setFocus()

    def _used(self, kept: Kept) -> None:
        self.kept = kept
        self._show_uses(kept)
        self.used.emit()

    def _show_uses(self, kept: Kept) -> None:
        """Tell what was done with it; of one that was sent nobody asks whether it was."""
        self._uses.setText(tr("；").join(_use(use) for use in kept.uses))
        self._asks.setText(tr("已经上报？"))
        self._mark.setVisible(kept.sent is None)
        self.further.setVisible(kept.sent is not None)

    def _ask_further(self) -> None:
        self._asks.setText(tr("又报给谁？"))
        self.receiver.show_value("")
        self._mark.show()
        self.further.hide()
        self.receiver.setFocus()

    def _failed(self, error: DeskError) -> None:
        self.again.setEnabled(True)
        self._notice.failed(str(error))


def _use(use: ReportUse) -> str:
    to = tr("给{receiver}").format(receiver=use.receiver) if use.receiver else ""
    return tr("{on} {by}{what}{to}").format(
        on=use.done_on.isoformat(), by=use.done_by, what=tr(use.what.label), to=to
    )


def _step(step: Step) -> Iterator[QLabel]:
    """An act in words: when, who, why, and indented below what it changed."""
    who = tr("{at} {actor}：{reason}").format(
        at=local_time(step.at) if step.at else "", actor=step.actor, reason=step.reason
    )
    yield words(who, wrap=True)
    for told in step.told:
        # Spaces would indent the first of its lines only.
        below = words(told, wrap=True)
        below.setContentsMargins(theme.wide(_INDENT), 0, 0, 0)
        yield below
