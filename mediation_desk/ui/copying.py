"""Copying to the clipboard for a while: what was copied is taken out again, unless replaced."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication

# Long enough to turn to the other program and paste, too short to be found the next day.
KEPT_MS = 60_000


class _Copied(QObject):
    """What this program put on the clipboard last; lives as long as the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(KEPT_MS)
        self.pause.timeout.connect(self.forget)

    def put(self, text: str) -> None:
        """Copy `text`; it stays for a while."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self.pause.start()

    def forget(self) -> None:
        """Empty the clipboard if it still holds what was copied here."""
        self.pause.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""


_copied: list[_Copied] = []


def copied() -> _Copied:
    """The one keeper of what was copied; made when something is copied first."""
    if not _copied:
        application = QCoreApplication.instance()
        if application is None:
            raise RuntimeError("nothing is copied without a window")
        made = _Copied(application)
        # Whoever closes the program leaves nothing behind either.
        application.aboutToQuit.connect(made.forget)
        _copied.append(made)
    return _copied[0]


def copy(text: str) -> None:
    """Put `text` on the clipboard for a while; personal values may be in it."""
    copied().put(text)
