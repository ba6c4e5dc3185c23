"""The village's way to take what came back from the office: choose or drop it, look, take it."""

from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame

from mediation_desk.desk import receiving
from mediation_desk.desk.looking import RECEIVABLE, Look, LookState, Received
from mediation_desk.desk.return_preview import Brings, brings
from mediation_desk.desk.taking_ledgers import Told
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.pages.file_view import FileView
from mediation_desk.ui.pages.inbox import SUFFIXES
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.returns_preview import BringsView
from mediation_desk.ui.remembering import remembered
from mediation_desk.ui.widgets import (
    button,
    column,
    dress_again,
    framed,
    look,
    row,
    words,
)
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# What the last folder of files is remembered under.
_PLACE = "returns"


class _Seen(NamedTuple):
    look: Look
    brings: Brings


def _see(register: Register, path: Path, told: Told | None) -> _Seen:
    seen = receiving.look(register, path, today(), told)
    return _Seen(seen, brings(register, seen))


class ReturnsCard(QFrame):
    """Takes a file from the office by drag and drop or by choosing it."""

    taken = Signal()
    # Which part of the page is to be looked at now.
    shown = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "clear")
        self.setAcceptDrops(True)
        self._workplace = workplace
        self._notice = notice
        self._seen: Look | None = None
        told = words(tr("把司法所给的回件拖到这里，或"), "sub", wrap=True)
        self.choose = button(tr("打开回件… (&O)"), self.choose_file, keys="Ctrl+O")
        first = row(None, told, self.choose, None)
        self._zone = framed(first, "drop")
        first.setContentsMargins(14, 10, 14, 10)
        self.title = words("", "heading", wrap=True)
        self.what = words("", "sub", wrap=True)
        self.warned = words("", "doubt", wrap=True)
        self.points = BringsView()
        self.file = FileView()
        self.file.told.connect(self._answered)
        self.take = button(tr("收下 (&J)"), self.take_seen, "primary", keys="Ctrl+J")
        self.leave = button(tr("不收"), self.forget)
        acts = row(self.title, self.leave, self.take, gap=10)
        acts.setStretch(0, 1)
        self._look = framed(column(acts, self.what, self.warned, self.points, self.file, gap=8))
        self.setLayout(column(self._zone, self._look, gap=12))
        self.forget()

    def forget(self) -> None:
        """Put the file away that is shown, without taking it."""
        if self.take.hasFocus() or self.leave.hasFocus():
            # Else the button, gone, hands the cursor to any other one.
            self.choose.setFocus()
        self._seen = None
        self._look.hide()

    # Choosing

    def _warm(self, *, hot: bool) -> None:
        self._zone.setProperty("hot", hot)
        dress_again(self._zone)

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
        title = tr("选择司法所给的回件")
        last = Path(str(remembered().value(_PLACE, "")))
        folder = last if last.is_absolute() and last.is_dir() else Path.home()
        kinds = tr("表格文件 ({kinds})")
        kinds = kinds.format(kinds=" ".join(f"*{suffix}" for suffix in sorted(SUFFIXES)))
        chosen = messages.choose_files(self, title, folder, kinds)
        if not chosen:
            return
        if not self._workplace.demo:
            remembered().setValue(_PLACE, str(chosen[0].parent))
        self.look_at(chosen[0])

    # Looking

    def look_at(self, path: Path, told: Told | None = None) -> None:
        """Look at a file without changing anything."""
        self._notice.hide()
        self._workplace.jobs.run(
            partial(_see, self._workplace.register, path, told),
            owner=self,
            done=self._looked,
            failed=self._failed,
            words=tr("正在看 {name}…").format(name=path.name),
        )

    def _answered(self, told: object) -> None:
        """Look again at the ledger that is shown, with what was answered about it."""
        if self._seen is not None:
            self.look_at(self._seen.path, cast(Told, told))

    def _looked(self, seen: _Seen) -> None:
        self._show(seen.look, seen.brings)

    def _show(self, seen: Look, brought: Brings) -> None:
        if seen.state in {LookState.REFUSED, LookState.SEALED}:
            self.forget()
            self._say(seen.words)
            return
        if seen.state is LookState.SAME:
            self.forget()
            self._say(seen.words, good=True)
            return
        self._seen = seen
        ledger = seen.ledger is not None
        self.title.setText(seen.title)
        self.what.setText(f"{seen.path.name}\n{seen.words}")
        # What is to be decided and what was handed over stands among the points.
        told = {"M1", "M4"}
        warned = [entry.message + entry.mend for entry in seen.problems if entry.rule not in told]
        self.warned.setText("\n".join(warned))
        self.points.show_brings(brought)
        for part in (self.what, self.warned):
            part.setVisible(not ledger)
        self.warned.setVisible(bool(warned) and not ledger)
        self.file.setVisible(ledger)
        if ledger:
            self.file.show_file(seen)
        self.take.setEnabled(seen.state in RECEIVABLE)
        self._look.show()
        self.shown.emit(self)
        if ledger:
            self.file.ledger.focus_first()
        else:
            self.take.setFocus()

    # Taking

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
        if received.act:
            said = tr("已收下：{title}。要办的事列在“工作台”。")
            self._notice.done(said.format(title=received.look.title), further=received.words)
            self.shown.emit(self._notice)
        else:
            self._say(received.words)
        self.taken.emit()

    def _failed(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str, *, good: bool = False) -> None:
        (self._notice.done if good else self._notice.failed)(sentence)
        self.shown.emit(self._notice)
