"""Choosing or dropping a set-up file, and what it says: of which office, for which village."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.ui import messages
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.widgets import button, column, dress_again, framed, look, row, words
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.desk.set_up_here import SetUp


class SetupDrop(QFrame):
    """Takes a set-up file by drag and drop or by choosing it."""

    dropped = Signal(object)

    def __init__(self, told: str, label: str, keys: str = "") -> None:
        super().__init__()
        look(self, "drop")
        self.setAcceptDrops(True)
        self.choose = button(label, self.choose_file, keys=keys)
        # What ends in "or" is read on into the button; a whole sentence stands by itself.
        together = told.endswith(tr("或"))
        self._told = words(told, "sub" if together else "", wrap=not together)
        inside = (
            row(None, self._told, self.choose, None) if together else row(self._told, self.choose)
        )
        inside.setStretch(0, 1)
        inside.setContentsMargins(14, 8, 14, 8)
        self.setLayout(inside)

    def choose_file(self) -> None:
        """Let the user point at the file."""
        kinds = tr("开户文件 ({kinds})").format(kinds="*.xlsx")
        chosen = messages.choose_files(self, tr("选择司法所给的开户文件"), Path.home(), kinds)
        if chosen:
            self.dropped.emit(chosen[0])

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
            self.dropped.emit(Path(found[0]))


def _fact(label: str, said: str) -> QWidget:
    made = QWidget()
    value = words(said, "strong", wrap=True)
    line = column(words(label, "sub"), value, gap=0)
    made.setLayout(line)
    return made


class SetupFacts(QFrame):
    """What a set-up file says, with the number that two people compare by phone."""

    def __init__(self, setup: "SetUp") -> None:
        super().__init__()
        look(self, "clear")
        unit = setup.unit
        facts = FlowLayout(gap=18)
        for label, said in (
            (tr("哪个司法所"), setup.office_name),
            (tr("给哪个村、社区"), f"{unit.name}（{unit.code}）"),
            (tr("调委会"), unit.committee),
            (tr("谁做的"), f"{setup.made_by} {setup.made_on:%Y-%m-%d}"),
        ):
            facts.addWidget(_fact(label, said or tr("（没有写）")))
        self.number = words(setup.fingerprint, "figure", wrap=True)
        told = tr(
            "给司法所打个电话，请对方念一遍它的核对码。每一组都一样，才是真的开户文件；"
            "有一组不一样就不要用。"
        )
        phone = framed(
            column(words(tr("核对码"), "strong"), self.number, words(told, wrap=True), gap=4),
            "warn",
            margins=14,
        )
        self.setLayout(column(facts, phone, gap=10))


def reading(path: Path) -> str:
    """What is said while a set-up file is read."""
    return tr("正在看 {name}…").format(name=path.name)
