"""The few windows that ask or tell something, in one place so that tests can answer them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QWidget,
)

from mediation_desk.words import tr

# Around what a box says; Qt's own let its words run up to the edge.
_MARGINS = (20, 18, 20, 16)
# The icon at the left with the space beside it.
_ICON = 70
# How wide Qt lets a box become: so much less than a screen wider than a small one, and never more.
_SMALL, _BESIDE_BOX, _WIDEST = 1024, 480, 1000


def _box(parent: QWidget, words: str, more: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("调解台"))
    box.setText(words)
    box.setInformativeText(more)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # What was typed into a draft that cannot be taken up any more must be had out of it.
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box


def words_room(screen: int) -> int:
    """How wide the words of a box may be on a screen so many pixels wide.

    Qt makes no box wider, whatever stands in it: what is wider would stick out at the right.
    """
    widest = min(screen - _BESIDE_BOX, _WIDEST) if screen > _SMALL else screen
    return widest - _MARGINS[0] - _ICON - _MARGINS[2]


def _open(box: QMessageBox) -> None:
    """Show a box; a text longer than half its window scrolls, so that the buttons are in sight."""
    told = box.findChild(QLabel, "qt_msgbox_informativelabel")
    grid, parent = box.layout(), box.parentWidget()
    if grid is not None:
        grid.setContentsMargins(*_MARGINS)
    if isinstance(told, QLabel) and isinstance(grid, QGridLayout) and parent is not None:
        told.ensurePolished()
        room = words_room(parent.screen().availableSize().width())
        if told.minimumWidth() > room:
            told.setStyleSheet(f"min-width: {room}px")
        most = parent.window().height() // 2
        # For the sake of less than a line nobody should have to scroll.
        some = told.fontMetrics().lineSpacing()
        if told.heightForWidth(told.minimumWidth()) > most + some:
            _let_scroll(told, grid, most)
    box.open()


def _let_scroll(told: QLabel, grid: QGridLayout, most: int) -> None:
    place = cast("tuple[int, int, int, int]", grid.getItemPosition(grid.indexOf(told)))
    grid.removeWidget(told)
    view = QScrollArea()
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setWidgetResizable(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setWidget(told)
    for part in (told, view.viewport()):
        # Else it stands in the colour of a page.
        part.setAutoFillBackground(False)
    bar = view.verticalScrollBar().sizeHint().width()
    view.setFixedSize(told.minimumWidth() + bar, most)
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    grid.addWidget(view, *place)


def tell(parent: QWidget, words: str, more: str = "") -> None:
    """Show a sentence that needs reading; does not wait."""
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Information)
    box.addButton(tr("知道了"), QMessageBox.ButtonRole.AcceptRole)
    _open(box)


def fail(parent: QWidget, words: str, more: str = "") -> None:
    """The same of something that was not done."""
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Warning)
    box.addButton(tr("知道了"), QMessageBox.ButtonRole.AcceptRole)
    _open(box)


def ask(parent: QWidget, words: str, more: str, act: str, agreed: Callable[[], None]) -> None:
    """Ask before something that is hard to take back; `agreed` is called if `act` is chosen."""
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Question)
    yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("不了，返回"), QMessageBox.ButtonRole.RejectRole))
    yes.clicked.connect(agreed)
    _open(box)


def ask_which(
    parent: QWidget, words: str, more: str, acts: Sequence[tuple[str, Callable[[], None] | None]]
) -> None:
    """Ask which of several acts; the first is the usual one.

    One of them has no call: it leaves everything as it is, and Escape chooses it.
    """
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Question)
    usual = None
    for act, chosen in acts:
        made = box.addButton(act, QMessageBox.ButtonRole.ActionRole)
        if chosen is None:
            box.setEscapeButton(made)
        else:
            made.clicked.connect(chosen)
        usual = usual or made
    if usual is not None:
        box.setDefaultButton(usual)
    _open(box)


def choose_files(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Files the user points at; empty if none."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """A folder the user points at."""
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None


def choose_target(parent: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
    """Where a new file shall go."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    return Path(name) if name else None


def show_folder(folder: Path) -> None:
    """Open `folder` in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
