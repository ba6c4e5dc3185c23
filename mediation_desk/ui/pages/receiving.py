"""The office's reporting: looking at workbooks, receiving them, undoing, who has reported."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QTabBar, QWidget

from mediation_desk import paths
from mediation_desk.desk import receiving
from mediation_desk.desk.coverage import CoverageRow, coverage
from mediation_desk.desk.receiving import Batch, Look, LookState, Received
from mediation_desk.domain.problems import DeskError, Problem
from mediation_desk.ui import messages, theme
from mediation_desk.ui.pages.coverage_table import CoverageTable
from mediation_desk.ui.pages.inbox import (
    SUFFIXES,
    DropZone,
    FileList,
    counts_sentence,
    workbooks,
)
from mediation_desk.ui.pages.inbox_columns import (
    batch_columns,
    coverage_columns,
    finding_columns,
    months,
)
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.returns_view import ReturnsView
from mediation_desk.ui.remembering import remembered
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import EDGE, button, column, framed, line, look, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 900
_COVERAGE, _FILE, _HISTORY = 0, 1, 2
_NO_FILE = tr("在左边选一份文件，按“查看”。")
# What the last folder of files is remembered under.
_PLACE = "inbox"


class ReceivingPage(QWidget):
    """The office's in-box with the state of reporting beside it."""

    going = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        look(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workplace = workplace
        self._months = months(today())
        self.drop = DropZone()
        self.files = FileList()
        self.receive = button(tr("接收 (&J)"), self.receive_all, "primary", keys="Ctrl+J")
        self.empty = button(tr("清空列表"), self._empty, "quiet")
        self._counts = words("", "sub", wrap=True)
        self._summary = words("", "sub", wrap=True)
        self.coverage: Rows[CoverageRow] = Rows(coverage_columns(self._months), self)
        self.findings: Rows[Problem] = Rows(finding_columns(), self)
        self.batches: Rows[Batch] = Rows(batch_columns(), self)
        # The end of the history at which the batches were listed.
        self._looked_back = -1
        self._batch_table = Table(self.batches, self, wrap=True)
        self.undo = button(tr("撤销这次接收 (&U)"), self.undo_chosen, "danger")
        self._notice = Notice()
        self.returns = ReturnsView(workplace, self._notice)
        self.returns.going.connect(self.going)
        self._shown: Look | None = None
        self._waiting: list[Look] = []
        self._came: list[Received] = []
        self._refused: list[Look] = []
        self._lay_out()
        self.drop.dropped.connect(self.look_at)
        self.drop.choose_wanted.connect(self.choose)
        self.files.opened.connect(self.show_file)
        self._batch_table.selectionModel().selectionChanged.connect(self._batch_chosen)

    def _lay_out(self) -> None:
        dropping = column(self.drop)
        dropping.setContentsMargins(16, 12, 16, 10)
        bottom = row(self._counts, self.empty, self.receive)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(16, 8, 16, 8)
        left = column(dropping, line(), scrolled_in(self.files), line("line"), bottom, gap=0)
        left.setStretch(2, 1)
        self._left = framed(left, margins=0)
        left.setContentsMargins(1, 1, 1, 1)
        self._left.setMinimumHeight(300)
        self._lay_out_tabs()
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        top = row(words(tr("收件与合并"), "title"), 4, self._summary)
        top.setStretch(2, 1)
        body = column(self._notice, gap=12)
        body.addLayout(self._grid, 1)
        body.setContentsMargins(0, 0, 8, 4)
        page = column(top, gap=12)
        self._view = scrolled(body, EDGE)
        page.addWidget(self._view, 1)
        top.setContentsMargins(0, 0, EDGE, 0)
        page.setContentsMargins(EDGE, 14, 0, 10)
        self.setLayout(page)

    def _lay_out_tabs(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        for label, view in (
            (tr("报送情况"), self._coverage_view()),
            (tr("这份文件"), self._file_view()),
            (tr("接收记录"), self._history_view()),
            (tr("退回"), self.returns),
        ):
            self.tabs.addTab(label)
            self._stack.addWidget(view)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        right = column(self.tabs, line("line"), self._stack, gap=0)
        right.setStretch(2, 1)
        self._right = framed(right, margins=0)
        right.setContentsMargins(1, 1, 1, 6)
        self._right.setMinimumHeight(320)

    def _coverage_view(self) -> QWidget:
        return CoverageTable(self.coverage, self)

    def _file_view(self) -> QWidget:
        self._file_title = words(_NO_FILE, "strong", wrap=True)
        self._file_words = words("", "sub", wrap=True)
        self._finding_table = Table(self.findings, self, wrap=True)
        self._finding_table.hide()
        stack = column(self._file_title, self._file_words, self._finding_table, gap=6)
        stack.addStretch(1)
        stack.setStretch(2, 100)
        stack.setContentsMargins(16, 12, 16, 8)
        made = QWidget()
        made.setLayout(stack)
        return made

    def _history_view(self) -> QWidget:
        self._why_not = words("", "sub", wrap=True)
        bottom = row(self._why_not, self.undo)
        bottom.setStretch(0, 1)
        bottom.setContentsMargins(16, 6, 16, 6)
        made = QWidget()
        stack = column(self._batch_table, line("line"), bottom, gap=0)
        stack.setStretch(0, 1)
        made.setLayout(stack)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.wide(_ONE_COLUMN)
        self._grid.addWidget(self._left, 0, 0)
        self._grid.addWidget(self._right, *((1, 0) if narrow else (0, 1)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if narrow else 1)

    def refresh(self) -> None:
        """Read the register again."""
        register = self._workplace.register
        rows = coverage(register, self._months, today())
        self.coverage.show(rows)
        last = self._months[-2]
        said = [covered.cells[-2].words for covered in rows]
        counts = " · ".join(
            f"{word} {said.count(word)}" for word in dict.fromkeys(sorted(said)) if word
        )
        self._summary.setText(
            tr("{month} · 应收 {count} · {counts}").format(
                month=last.label(), count=len(rows), counts=counts
            )
        )
        self._count()
        self.returns.refresh()
        self._look_back()

    def _look_back(self) -> None:
        """List what was received; whether it can be undone takes the worker a while to find."""
        register = self._workplace.register
        now = register.sequence()
        if now == self._looked_back:
            return
        self._looked_back = now
        self._workplace.jobs.run(
            partial(receiving.batches, register),
            owner=self,
            done=self._show_batches,
            failed=self._not_looked_back,
            words=tr("正在查看接收记录…"),
        )

    def _show_batches(self, batches: list[Batch]) -> None:
        self.batches.show(batches)
        if batches:
            self._batch_table.selectRow(0)
        self._batch_chosen()

    def _not_looked_back(self, error: DeskError) -> None:
        self._looked_back = -1
        self._notice.failed(str(error))

    def _count(self) -> None:
        ready = self.files.ready
        self.receive.setEnabled(bool(ready))
        said = tr("接收 {count} 份 (&J)").format(count=len(ready)) if ready else tr("接收 (&J)")
        self.receive.setText(said)
        self.empty.setVisible(bool(self.files.seen))
        none = tr("还没有选文件。收下之前，这里会先说明每份文件将带来什么。")
        cannot = tr("列出的文件都不需要或不能接收。") if self.files.seen else none
        self._counts.setText(counts_sentence(ready) if ready else cannot)
        if self._shown is not None and self._shown not in self.files.seen:
            self._forget_file()

    def _forget_file(self) -> None:
        """Take a file that is not listed any more from the view of one file."""
        self._shown = None
        self._file_title.setText(_NO_FILE)
        self._file_words.clear()
        self.findings.show([])
        self._finding_table.hide()

    def _empty(self) -> None:
        self.files.show_looks([])
        self._count()

    def choose(self) -> None:
        """Let the user point at workbooks."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        kinds = tr("报送文件 ({kinds})").format(kinds=kinds)
        title = tr("选择各村的报送文件")
        chosen = messages.choose_files(self, title, self._folder(), kinds)
        if chosen and not self._workplace.demo:
            remembered().setValue(_PLACE, str(chosen[0].parent))
        self.look_at(chosen)

    def _folder(self) -> Path:
        """Where files were chosen the last time; in the demo, where its own files lie."""
        if self._workplace.demo:
            # The demo's generator is needed by nobody else.
            from mediation_desk.desk.demonstration import WORKBOOKS  # noqa: PLC0415

            return paths.demo_township() / WORKBOOKS
        last = Path(str(remembered().value(_PLACE, "")))
        return last if last.is_absolute() and last.is_dir() else Path.home()

    def look_at(self, chosen: Sequence[Path]) -> None:
        """Look at files without changing anything."""
        found = workbooks(chosen)
        if chosen and not found:
            self._notice.failed(tr("这里面没有表格文件。请选择各村发来的 .xlsx 文件。"))
        for path in found:
            self._workplace.jobs.run(
                partial(receiving.look, self._workplace.register, path, today()),
                owner=self,
                done=self._looked,
                failed=self._failed,
                words=tr("正在看 {name}…").format(name=path.name),
            )

    def _looked(self, seen: Look) -> None:
        self.files.add(seen)
        self._count()

    def show_file(self, seen: Look) -> None:
        """Show what a file would do and what was found in it."""
        self._shown = seen
        self.tabs.setCurrentIndex(_FILE)
        self._view.ensureWidgetVisible(self._right)
        self._file_title.setText(seen.title or seen.path.name)
        told = seen.words
        if seen.state in receiving.RECEIVABLE and not seen.problems:
            told += tr("\n检查过了，没有发现问题。")
        self._file_words.setText(told)
        self.findings.show(seen.problems)
        self._finding_table.setVisible(bool(seen.problems))

    def receive_all(self) -> None:
        """Receive every file that is ready, each as a batch of its own."""
        self._waiting = list(self.files.ready)
        # Else the button, switched off, hands the cursor to the next one.
        self.files.setFocus()
        self._receive_next()

    def _receive_next(self) -> None:
        if not self._waiting:
            self._all_received()
            return
        seen = self._waiting.pop(0)
        self.receive.setEnabled(False)
        backed_up = bool(self._came)
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(receiving.receive, register, seen, actor, backed_up=backed_up),
            owner=self,
            done=self._received,
            failed=partial(self._not_received, seen),
            words=tr("正在接收 {name}…").format(name=seen.path.name),
        )

    def _received(self, received: Received) -> None:
        path = received.look.path
        self.files.show_looks([entry for entry in self.files.seen if entry.path != path])
        self._came.append(received)
        self._receive_next()

    def _not_received(self, seen: Look, error: DeskError) -> None:
        """Keep the file with its reason and go on with the others."""
        refused = replace(seen, state=LookState.REFUSED, words=str(error))
        self._refused.append(refused)
        self.files.add(refused)
        self._receive_next()

    def _all_received(self) -> None:
        came, refused = self._came, self._refused
        self._came, self._refused = [], []
        self.refresh()
        if refused:
            self._notice.failed(_refused_words(came, refused))
        elif came:
            self._notice.done(_came_words(came))
        (self.drop.choose if refused else self.tabs).setFocus()

    def _failed(self, error: DeskError) -> None:
        self.refresh()
        self._notice.failed(str(error))

    def _batch(self) -> Batch | None:
        return self.batches.row(self._batch_table.currentIndex().row())

    def _batch_chosen(self) -> None:
        batch = self._batch()
        self.undo.setEnabled(bool(batch and batch.undoable))
        why = tr("这次接收之后又有改动，不能再撤销。")
        able = tr("撤销后，登记簿回到接收之前的样子。")
        if batch is None:
            self._why_not.setText(tr("还没有接收过文件。"))
        elif batch.undone:
            self._why_not.setText(tr("这次接收已经撤销。"))
        else:
            self._why_not.setText(able if batch.undoable else why)

    def undo_chosen(self) -> None:
        """Take the chosen batch back after asking."""
        batch = self._batch()
        if batch is not None and batch.undoable:
            messages.ask(
                self,
                tr("撤销这次接收？"),
                batch.words,
                tr("撤销"),
                partial(self.take_back, batch),
            )

    def take_back(self, batch: Batch, _checked: object = None) -> None:
        """Take back everything that `batch` brought."""
        # Else the button, switched off, hands the cursor to the next one.
        self._batch_table.setFocus()
        self._workplace.jobs.run(
            partial(receiving.undo, self._workplace.register, batch.act, self._workplace.actor),
            owner=self,
            done=partial(self._undone, batch),
            failed=self._failed,
            words=tr("正在撤销…"),
        )

    def _undone(self, batch: Batch, _said: str) -> None:
        # The batch by its content: its number stands nowhere in the window.
        told = tr("已撤销：{words}。登记簿回到接收之前。")
        self._notice.done(told.format(words=batch.words))
        self.refresh()
        self.tabs.setCurrentIndex(_HISTORY)


def _came_words(came: Sequence[Received]) -> str:
    """What was received, in one sentence."""
    kept = [entry for entry in came if entry.act]
    if len(came) == 1 or not kept:
        return tr("{title}：{words}").format(title=came[0].look.title, words=came[0].words)
    counts = counts_sentence([entry.look for entry in kept])
    return tr("已接收 {count} 份：{counts}").format(count=len(kept), counts=counts)


def _refused_words(came: Sequence[Received], refused: Sequence[Look]) -> str:
    """What was received, and which files were not, for which reason."""
    why = "；".join(f"{entry.path.name}：{entry.words}" for entry in refused)
    told = tr("已接收 {came} 份，{refused} 份没有接收：{why}")
    return told.format(came=len(came), refused=len(refused), why=why)


def scrolled_in(inner: QWidget) -> QWidget:
    """`inner` in a scrolling view of its own."""
    return scrolled(column(inner, gap=0))
