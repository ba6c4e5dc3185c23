"""The village's way to take what came back from the office: choose or drop it, look, take it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame

from mediation_desk.desk import receiving
from mediation_desk.desk.looking import Look, LookState, Received
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.returning import Return
from mediation_desk.ui import messages
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.remembering import remembered
from mediation_desk.ui.widgets import button, column, dress_again, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# What the last folder of files is remembered under.
_PLACE = "returns"
_WORDS_SHOWN = 6


class ReturnsCard(QFrame):
    """Takes a file from the office by drag and drop or by choosing it."""

    taken = Signal()
    # Which part of the page is to be looked at now.
    shown = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "drop")
        self.setAcceptDrops(True)
        self._workplace = workplace
        self._notice = notice
        self._seen: Look | None = None
        self._told = words(tr("把司法所退回的文件拖到这里，或"), "sub", wrap=True)
        self.choose = button(tr("打开退回文件… (&O)"), self.choose_file, keys="Ctrl+O")
        self.title = words("", "strong", wrap=True)
        self.what = words("", wrap=True)
        self.take = button(tr("收下 (&J)"), self.take_seen, "primary")
        self.leave = button(tr("不收"), self.forget)
        first = row(self._told, self.choose)
        first.setStretch(0, 1)
        self._look = QFrame()
        self._look.setLayout(
            column(self.title, self.what, row(None, self.leave, self.take, gap=10), gap=6)
        )
        inside = column(first, self._look, gap=8)
        inside.setContentsMargins(14, 10, 14, 10)
        self.setLayout(inside)
        self.forget()

    def forget(self) -> None:
        """Put the file away that is shown, without taking it."""
        if self.take.hasFocus() or self.leave.hasFocus():
            # Else the button, gone, hands the cursor to any other one.
            self.choose.setFocus()
        self._seen = None
        self._look.hide()

    def _warm(self, *, hot: bool) -> None:
        self.setProperty("hot", hot)
        dress_again(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._warm(hot=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._warm(hot=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._warm(hot=False)
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            self.look_at(Path(found[0]))

    def choose_file(self) -> None:
        """Let the user point at the file."""
        title = tr("选择司法所退回的文件")
        last = Path(str(remembered().value(_PLACE, "")))
        folder = last if last.is_absolute() and last.is_dir() else Path.home()
        kinds = tr("退回文件 ({kinds})").format(kinds="*.xlsx")
        chosen = messages.choose_files(self, title, folder, kinds)
        if not chosen:
            return
        if not self._workplace.demo:
            remembered().setValue(_PLACE, str(chosen[0].parent))
        self.look_at(chosen[0])

    def look_at(self, path: Path) -> None:
        """Look at a file without changing anything."""
        self._notice.hide()
        self._workplace.jobs.run(
            partial(receiving.look, self._workplace.register, path, today()),
            owner=self,
            done=self._looked,
            failed=self._failed,
            words=tr("正在看 {name}…").format(name=path.name),
        )

    def _looked(self, seen: Look) -> None:
        if seen.state is LookState.REFUSED:
            self.forget()
            self._say(seen.words)
            return
        if seen.state is LookState.SAME:
            self.forget()
            self._say(seen.words, good=True)
            return
        self._seen = seen
        self.title.setText(seen.title)
        self.what.setText(_held(seen))
        self._look.show()
        self.take.setFocus()
        self.shown.emit(self)

    def take_seen(self) -> None:
        """Take the file that is shown, in one act."""
        if self._seen is None:
            return
        seen = self._seen
        self.forget()
        register, actor = self._workplace.register, self._workplace.actor
        self._workplace.jobs.run(
            partial(receiving.receive, register, seen, actor),
            owner=self,
            done=self._received,
            failed=self._failed,
            words=tr("正在收下…"),
        )

    def _received(self, received: Received) -> None:
        said = tr("已收下：{words}。到“工作台”逐条改正。")
        if received.act:
            self._say(said.format(words=received.words), good=True)
        else:
            self._say(received.words)
        self.taken.emit()

    def _failed(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str, *, good: bool = False) -> None:
        (self._notice.done if good else self._notice.failed)(sentence)
        self.shown.emit(self._notice)


def _held(seen: Look) -> str:
    """What the file holds that is new here, and what was found in it."""
    steps = seen.plan.changed() if seen.plan is not None else ()
    new = {record.id for record in steps}
    records = seen.returned.records if seen.returned else ()
    entries = [entry for entry in records if isinstance(entry, Return) and entry.id in new]
    lines = [f"· {' '.join(entry.words.split())}" for entry in entries[:_WORDS_SHOWN]]
    if len(entries) > _WORDS_SHOWN:
        lines.append(tr("还有 {count} 条").format(count=len(entries) - _WORDS_SHOWN))
    problems = (problem.message + problem.mend for problem in seen.problems)
    return "\n".join((seen.words, *lines, *problems))
