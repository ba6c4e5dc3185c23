"""The office's in-box: looking at workbooks, receiving them, who has reported."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from mediation_desk import paths
from mediation_desk.desk import receiving
from mediation_desk.desk.receiving import Look, LookState, Received
from mediation_desk.desk.taking_ledgers import Told
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, theme
from mediation_desk.ui.pages.batches_view import BatchesView
from mediation_desk.ui.pages.coverage_view import CoverageView
from mediation_desk.ui.pages.file_view import FileView
from mediation_desk.ui.pages.inbox import (
    SUFFIXES,
    DropZone,
    FileList,
    counts_sentence,
    workbooks,
)
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.quality_view import QualityView
from mediation_desk.ui.remembering import remembered
from mediation_desk.ui.tabs import Tabs
from mediation_desk.ui.widgets import PADDING, Scroll, button, column, framed, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_ONE_COLUMN = 900
_COVERAGE, _FILE, _HISTORY, _QUALITY = range(4)
# The least height of the cards where they stand side by side.
_LEFT_LEAST, _RIGHT_LEAST = 300, 320
# What the last folder of files is remembered under.
_PLACE = "inbox"
# Where in its card the list of files stands, below the place to drop them and a line.
_LIST_PLACE = 2


class InboxView(QWidget):
    """The files that came, with the state of reporting beside them."""

    # Something was received or taken back: other views read the register again.
    turned = Signal()
    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self.drop = DropZone()
        self.files = FileList()
        self.receive = button(tr("接收 (&J)"), self.receive_all, "primary", keys="Ctrl+J")
        self.empty = button(tr("清空列表"), self._empty, "quiet")
        self._counts = words("", "sub", wrap=True)
        self.coverage = CoverageView(workplace, notice)
        self._notice = notice
        self.file = FileView()
        self.file.told.connect(self._answered)
        self.history = BatchesView(workplace, self._notice)
        self.history.turned.connect(self._turned_back)
        self.quality = QualityView(workplace, self._notice)
        self.quality.going.connect(self.going)
        self.coverage.going.connect(self.going)
        self.quality.months_wanted.connect(self._to_months)
        self.quality.come.connect(self._quality_came)
        self._just_turned = False
        self._stacked: bool | None = None
        self._coming = QTimer(self)
        self._coming.setSingleShot(True)
        self._coming.timeout.connect(self._show_tabs)
        self._waiting: list[Look] = []
        self._came: list[Received] = []
        self._refused: list[Look] = []
        self._lay_out()
        self.drop.dropped.connect(self.look_at)
        self.drop.choose_wanted.connect(self.choose)
        self.files.opened.connect(self.show_file)

    def _lay_out(self) -> None:
        self._lay_out_files()
        self._lay_out_tabs()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(14)

    def _lay_out_files(self) -> None:
        dropping = column(self.drop)
        dropping.setContentsMargins(PADDING, 12, PADDING, 10)
        self._list_view = Scroll(self.files)
        acts = row(self._counts, self.empty, self.receive)
        acts.setStretch(0, 1)
        acts.setContentsMargins(PADDING, 8, PADDING, 8)
        self._acts, self._acts_line = QWidget(), line("line")
        self._acts.setLayout(acts)
        self._listed = column(dropping, line(), self._list_view, gap=0)
        self._listed.setStretch(_LIST_PLACE, 1)
        self._left = framed(self._listed, margins=0)
        self._listed.setContentsMargins(1, 1, 1, 1)

    def _lay_out_tabs(self) -> None:
        self.tabs = Tabs()
        right = column(self.tabs, line("line"), gap=0)
        self._file_view = Scroll(self.file)
        self._file_place = QWidget()
        self._file_stack = column(self._file_view)
        self._file_place.setLayout(self._file_stack)
        self._views: list[QWidget] = [
            self.coverage, self._file_place, self.history, self.quality,
        ]  # fmt: skip
        names = (tr("报送情况"), tr("这份文件"), tr("接收记录"), tr("数据质量"))
        # Not a stack, which is as high as the highest of its views.
        for name, view in zip(names, self._views, strict=True):
            self.tabs.offer(name)
            right.addWidget(view, 1)
        self._turned(_COVERAGE)
        self.tabs.currentChanged.connect(self._turned)
        self._right = framed(right, margins=0)
        right.setContentsMargins(1, 1, 1, 6)

    def _turned(self, number: int) -> None:
        for place, view in enumerate(self._views):
            view.setVisible(place == number)
        self._just_turned = number == _QUALITY
        if number == _QUALITY:
            self.quality.refresh()

    def _quality_came(self) -> None:
        if self._just_turned:
            self._just_turned = False
            self.tabs.follow()

    def _to_months(self) -> None:
        self.tabs.setCurrentIndex(_COVERAGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand(stacked=event.size().width() < theme.wide(_ONE_COLUMN))

    def _stand(self, *, stacked: bool) -> None:
        """Put the cards side by side, each with its own scrolling; or stack them.

        Stacked, the page scrolls as a whole, and what is done with the files stands above them.
        """
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.addWidget(self._left, 0, 0)
        self._grid.addWidget(self._right, *((1, 0) if stacked else (0, 1)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if stacked else 1)
        self._left.setMinimumHeight(0 if stacked else _LEFT_LEAST)
        self._right.setMinimumHeight(0 if stacked else _RIGHT_LEAST)
        for table in (self.coverage.table, self.history.table):
            table.show_whole(whole=stacked)
        self.quality.lines.show_whole(whole=stacked)
        self._list_view.setHidden(stacked)
        if stacked:
            self._list_view.takeWidget()
            parts: tuple[QWidget, ...] = (self._acts, self._acts_line, self.files)
        else:
            self._list_view.setWidget(self.files)
            parts = (self._acts_line, self._acts)
        self._show_file_whole(whole=stacked)
        start = _LIST_PLACE if stacked else _LIST_PLACE + 1
        for place, part in enumerate(parts, start):
            self._listed.insertWidget(place, part)
            part.show()
        self.files.show()

    def _show_file_whole(self, *, whole: bool) -> None:
        """Let the file be as high as it is, on a page that scrolls; or scroll by itself."""
        self._file_view.setHidden(whole)
        if whole:
            self._file_view.takeWidget()
            self._file_stack.addWidget(self.file)
            self.file.show()
        else:
            self._file_view.setWidget(self.file)

    def refresh(self) -> None:
        """Read the register again."""
        self.coverage.refresh()
        self._count()
        self.history.refresh()
        if self.tabs.currentIndex() == _QUALITY:
            self.quality.refresh()

    def _count(self) -> None:
        ready = self.files.ready
        self.receive.setEnabled(bool(ready))
        said = tr("接收 {count} 份 (&J)").format(count=len(ready)) if ready else tr("接收 (&J)")
        self.receive.setText(said)
        self.empty.setVisible(bool(self.files.seen))
        none = tr("还没有选文件。收下之前，这里会先说明每份文件将带来什么。")
        cannot = tr("列出的文件都不需要或不能接收。") if self.files.seen else none
        self._counts.setText(counts_sentence(ready) if ready else cannot)
        if self.file.seen is not None and self.file.seen not in self.files.seen:
            self.file.forget()

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

    @property
    def window_of_file(self) -> QScrollArea:
        """What scrolls over the file that is shown."""
        around = self._file_view if not self._stacked else self.parentWidget()
        while not isinstance(around, QScrollArea):
            around = around.parentWidget() if around is not None else self._file_view
        return around

    def _answered(self, told: object) -> None:
        """Look again at the ledger that is shown, with what was answered about it."""
        if self.file.seen is None:
            return
        path, register = self.file.seen.path, self._workplace.register
        self._workplace.jobs.run(
            partial(receiving.look, register, path, today(), cast(Told, told)),
            owner=self,
            done=self._looked_again,
            failed=self._failed,
            words=tr("正在看 {name}…").format(name=path.name),
        )

    def _looked_again(self, seen: Look) -> None:
        self.files.add(seen)
        self.show_file(seen)
        self._count()

    def show_file(self, seen: Look) -> None:
        """Show what a file would do and what was found in it."""
        self.tabs.setCurrentIndex(_FILE)
        self.file.show_file(seen)
        self._file_view.verticalScrollBar().setValue(0)
        if seen.ledger is not None:
            self.file.ledger.focus_first()
        if self._stacked:
            # Later, when what was found has taken its room.
            self._coming.start()

    def _show_tabs(self) -> None:
        self.tabs.follow(to_top=True)

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
        self.turned.emit()
        if refused:
            self._notice.failed(_refused_words(came, refused))
        elif came:
            self._notice.done(_came_words(came))
        (self.drop.choose if refused else self.tabs).setFocus()

    def _failed(self, error: DeskError) -> None:
        self.refresh()
        self._notice.failed(str(error))

    def _turned_back(self) -> None:
        self.refresh()
        self.turned.emit()
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
