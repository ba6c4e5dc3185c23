"""The parts of the office's in-box: where files are dropped, and the list of files looked at."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediation_desk.desk.outcomes import counts_words
from mediation_desk.desk.receiving import (
    RECEIVABLE,
    Look,
    LookState,
)
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import (
    Chip,
    Elided,
    button,
    clear,
    column,
    dress_again,
    line,
    look,
    row,
    words,
)
from mediation_desk.words import tr

SUFFIXES = frozenset({".xlsx", ".xls", ".csv", ".et", ".ods", ".xlsm", ".xlsb"})
# The lock files of WPS and Excel lie beside the workbooks and are no workbooks.
_LOCK_FILE = "~$"

_STATES = {
    LookState.READY: (tr("可以接收"), Tone.GREEN),
    LookState.SAME: (tr("无需处理"), Tone.NEUTRAL),
    LookState.OLDER: (tr("较早的一份"), Tone.AMBER),
    LookState.REFUSED: (tr("不能接收"), Tone.RED),
    LookState.SEALED: (tr("打不开"), Tone.RED),
    LookState.ASKS: (tr("要先回答"), Tone.AMBER),
}

_ORDER = {
    LookState.REFUSED: 0,
    LookState.SEALED: 0,
    LookState.ASKS: 1,
    LookState.READY: 2,
    LookState.OLDER: 3,
    LookState.SAME: 4,
}


def workbooks(paths: Sequence[Path]) -> list[Path]:
    """The files among `paths` to look at; folders give theirs, lock files are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += workbooks(sorted(path.iterdir()))
        elif not path.name.startswith(_LOCK_FILE) and path.suffix.lower() in SUFFIXES:
            found.append(path)
    return found


def counts_sentence(looks: Sequence[Look]) -> str:
    """What all files together would do; every record ends in exactly one of the counts."""
    names = dict.fromkeys(name for entry in looks for name in entry.counts)
    return counts_words({name: sum(entry.counts.get(name, 0) for entry in looks) for name in names})


def trust_words(seen: Look) -> str:
    """By whom a package is signed and whether it is sealed; empty where nobody can know."""
    incoming = seen.incoming
    if incoming is None:
        return tr("手工台账") if seen.ledger is not None else ""
    if not incoming.signer:
        return tr("没有签名")
    said = tr("{unit}签名并封存") if incoming.sealed else tr("{unit}签名，没有封存")
    return said.format(unit=incoming.head.unit.name)


def asking(seen: Look) -> int:
    """How many questions receiving a file raises: what both sides changed, hand edits, rows."""
    clashes = sum(len(step.clashes) for step in seen.plan.steps) if seen.plan else 0
    return clashes + (len(seen.incoming.edits) if seen.incoming else 0)


def state_words(seen: Look) -> tuple[str, Tone]:
    """What can be done with a file, in a word and its tone."""
    said, tone = _STATES[seen.state]
    if seen.state is not LookState.READY:
        return said, tone
    if count := asking(seen):
        return tr("有 {count} 处待核对").format(count=count), Tone.AMBER
    if seen.ledger is not None and seen.ledger.questions:
        return tr("有 {count} 个问题").format(count=len(seen.ledger.questions)), Tone.AMBER
    if seen.problems:
        return tr("有 {count} 处提醒").format(count=len(seen.problems)), Tone.AMBER
    return (tr("零报告"), tone) if seen.nil else (said, tone)


def _place_in_list(seen: Look) -> tuple[int, bool, str]:
    """What cannot be received stands first, then what asks or warns, then the others."""
    plain = seen.state is LookState.READY and not (asking(seen) or seen.problems)
    return _ORDER[seen.state], plain, seen.path.name


class DropZone(QFrame):
    """Takes workbooks by drag and drop or by choosing them."""

    dropped = Signal(object)
    choose_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "drop")
        self.setAcceptDrops(True)
        self.choose = button(tr("选择文件… (&O)"), self.choose_wanted.emit, keys="Ctrl+O")
        told = words(tr("把各村发来的表格拖到这里，或"), "sub")
        inside = row(None, told, self.choose, None)
        inside.setContentsMargins(12, 12, 12, 12)
        self.setLayout(inside)

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
        urls = event.mimeData().urls()
        self.dropped.emit([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])


class FileRow(QWidget):
    """One file looked at: its name, what it would do, its state, and opening it."""

    opened = Signal(object)

    def __init__(self, seen: Look) -> None:
        super().__init__()
        self._seen = seen
        said, tone = state_words(seen)
        name = Elided(seen.path.name)
        name.setToolTip(str(seen.path))
        told = " · ".join(part for part in (trust_words(seen), seen.words) if part)
        more = words(told, "sub", wrap=True)
        left = column(name, more, gap=0)
        asks = seen.ledger is not None and bool(seen.ledger.questions)
        act = tr("回答") if asks and seen.state is not LookState.SAME else tr("查看")
        line_ = row(left, Chip(said, tone), button(act, self._open), gap=12)
        line_.setStretch(0, 1)
        line_.setContentsMargins(16, 6, 16, 6)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addLayout(line_)
        stack.addWidget(line())

    def _open(self) -> None:
        self.opened.emit(self._seen)


class FileList(QWidget):
    """The files looked at so far, those that cannot be received first."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Look] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self.show_looks([])

    def add(self, seen: Look) -> None:
        """Add a file, in place of an earlier look at the same one."""
        self.seen = [entry for entry in self.seen if entry.path != seen.path]
        self.show_looks([*self.seen, seen])

    def show_looks(self, looks: Sequence[Look]) -> None:
        """Show these files."""
        self.seen = sorted(looks, key=_place_in_list)
        clear(self._stack)
        for entry in self.seen:
            made = FileRow(entry)
            made.opened.connect(self.opened)
            self._stack.addWidget(made)
        if not self.seen:
            none = words(tr("选好的文件列在这里，先看清楚再接收。"), "sub")
            none.setContentsMargins(16, 14, 16, 14)
            self._stack.addWidget(none)
        self._stack.addStretch(1)

    @property
    def ready(self) -> list[Look]:
        """The files that can be received."""
        return [entry for entry in self.seen if entry.state in RECEIVABLE]
