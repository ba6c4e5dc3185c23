"""The few windows that ask or tell something, in one place so that tests can answer them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mediation_desk.words import tr


def _box(parent: QWidget, words: str, more: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("调解台"))
    box.setText(words)
    box.setInformativeText(more)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def tell(parent: QWidget, words: str, more: str = "") -> None:
    """Show a sentence that needs reading; does not wait."""
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Information)
    box.addButton(tr("知道了"), QMessageBox.ButtonRole.AcceptRole)
    box.open()


def ask(parent: QWidget, words: str, more: str, act: str, agreed: Callable[[], None]) -> None:
    """Ask before something that is hard to take back; `agreed` is called if `act` is chosen."""
    box = _box(parent, words, more)
    box.setIcon(QMessageBox.Icon.Question)
    yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("不了，返回"), QMessageBox.ButtonRole.RejectRole))
    yes.clicked.connect(agreed)
    box.open()


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
    box.open()


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
