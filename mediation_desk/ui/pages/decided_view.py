"""The answers that were given, newest first; one of them can be taken back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk import decisions, duplicates
from mediation_desk.desk.deciding import Question
from mediation_desk.desk.decisions import Decision
from mediation_desk.domain.codes import ProposalSort, ProposalState
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.days import local_time
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.pages.asked import case_words, heading
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Column, Fold, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, button, column, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_TOLD = 3


def _said(decision: Decision) -> str:
    """The cases and fields that were asked about, the first few of them."""
    told = [_one(entry) for entry in decision.questions[:_TOLD]]
    if (more := len(decision.questions) - _TOLD) > 0:
        told.append(tr("还有 {count} 项").format(count=more))
    return "\n".join(told)


def _one(entry: Question) -> str:
    case, what = case_words(entry.number, entry.unit), heading(entry)
    said = tr("{case}：{what}").format(case=case, what=what)
    return f"{said}（{entry.theirs}）" if entry.proposal.sort is ProposalSort.DUPLICATE else said


def _state(decision: Decision) -> str:
    if decision.undone:
        return tr("已撤回")
    taken = decision.state is ProposalState.TAKEN
    if decision.questions[0].proposal.sort is ProposalSort.DUPLICATE:
        return tr("是同一件") if taken else tr("不是同一件")
    return tr(decision.state.label)


def _tone(decision: Decision) -> Tone:
    if decision.undone:
        return Tone.NEUTRAL
    return Tone.GREEN if decision.state is ProposalState.TAKEN else Tone.BLUE


def _when(decision: Decision) -> str:
    return f"{local_time(decision.at)}\n{decision.actor}"


class DecidedView(QWidget):
    """Lists the acts of answering; taking one back opens its questions again."""

    turned = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._same = ""
        self._notice = notice
        columns = [
            Column(tr("时间"), _when, width=156, folds=Fold.ABOVE),
            Column(tr("核对了什么"), _said, stretch=True),
            Column(tr("处理"), _state, _tone, width=112),
        ]
        self.rows: Rows[Decision] = Rows(columns, self)
        self.table = Table(self.rows, self, wrap=True)
        self.undo = button(tr("撤回这一次 (&U)"), self.take_back, "danger")
        # Stands beside the button, wherever the owner of this view puts the two.
        self.why_not = words("", "sub", wrap=True)
        # What can no longer be taken back, because something was built on it, is said to be wrong.
        self.reason = LineEditor(tr("为什么是两件（必填）"))
        self.apart = button(tr("改为两件 (&X)"), self.set_apart, "danger")
        told = words(tr("后来查明是两件纠纷？"))
        parts = row(told, self.reason, self.apart, gap=10)
        parts.setStretch(1, 1)
        parts.setContentsMargins(PADDING, 6, PADDING, 6)
        self._apart_row = QWidget()
        self._apart_row.setLayout(column(line("line"), parts, gap=0))
        stack = column(self.table, self._apart_row, gap=0)
        stack.setStretch(0, 1)
        self.setLayout(stack)
        self.table.selectionModel().selectionChanged.connect(self._chosen)

    def refresh(self) -> None:
        """Read the answers again; whether they can be taken back takes the worker a while."""
        self._workplace.jobs.run_beside(
            partial(decisions.decisions, self._workplace.register),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def _show(self, found: list[Decision]) -> None:
        self.rows.show(found)
        if found:
            self.table.selectRow(0)
        self._chosen()

    def _decision(self) -> Decision | None:
        return self.rows.row(self.table.currentIndex().row())

    def _chosen(self) -> None:
        decision = self._decision()
        self.undo.setEnabled(decision is not None and decision.undoable)
        register = self._workplace.register
        self._same = decisions.same_case_of(register, decision) if decision is not None else ""
        fixed = decision is not None and not decision.undoable and bool(self._same)
        self._apart_row.setVisible(fixed)
        if decision is None:
            said = tr("还没有核对过。")
        elif decision.undone:
            said = tr("这一次已经撤回。")
        elif decision.why_not:
            said = decision.why_not
        else:
            said = tr("撤回后，登记簿回到核对之前，这几项又成为待核对。")
        self.why_not.setText(said)

    def take_back(self) -> None:
        """Take back the chosen answers."""
        decision = self._decision()
        if decision is None or not decision.undoable:
            return
        # Else the button, switched off, hands the cursor to the next one.
        self.table.setFocus()
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(decisions.take_back, register, decision.act, actor),
            owner=self,
            done=self._turned,
            failed=self._failed,
            words=tr("正在撤回…"),
        )

    def set_apart(self) -> None:
        """Let two entries count apart again that were found to be one."""
        reason = str(self.reason.value())
        if not reason:
            self.reason.mark(wrong=True)
            self.reason.setFocus()
            return
        self.reason.mark(wrong=False)
        self.table.setFocus()
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(duplicates.separate, register, self._same, actor, today(), reason),
            owner=self,
            done=self._set_apart,
            failed=self._failed,
            words=tr("正在处理…"),
        )

    def _set_apart(self, _nothing: object) -> None:
        self.reason.show_value("")
        self._notice.done(tr("已改为两件，分别统计；为什么改，写在修改记录里。"))
        self.refresh()

    def _turned(self, _nothing: object) -> None:
        self._notice.hide()
        self.turned.emit()

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))
        self.refresh()
