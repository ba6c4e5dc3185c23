"""A panel that says what came of something: done with its file, or refused with the reason."""

from pathlib import Path

from PySide6.QtWidgets import QFrame

from mediation_desk.ui import messages
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.words import tr


class Notice(QFrame):
    """Hidden until there is something to say; then it comes into view, wherever the page stands."""

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        self.said = words("", "strong", wrap=True)
        self.more = words("", "sub", wrap=True)
        self.open = button(tr("打开文件夹 (&F)"), self._open)
        self.away = button(tr("知道了"), self.hide, "quiet")
        line = row(column(self.said, self.more, gap=2), self.open, self.away)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 10, 12, 10)
        self.setLayout(line)
        self.hide()

    def _open(self) -> None:
        if self._folder is not None:
            messages.show_folder(self._folder)

    def _show(self, name: str, sentence: str, more: str, folder: Path | None) -> None:
        look(self, name)
        self._folder = folder
        self.said.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.open.setVisible(folder is not None)
        self.show()
        bring_into_view(self)

    def done(self, sentence: str, written: object = None, further: str = "") -> None:
        """Say that something is done, naming the file `written`, and what else is to be known."""
        path = written if isinstance(written, Path) else None
        more = tr("文件：{path}").format(path=path) if path else ""
        told = "\n".join(part for part in (more, further) if part)
        self._show("good", sentence, told, path.parent if path else None)

    def minded(self, sentence: str) -> None:
        """Say that something is done, and what speaks against leaving it at that."""
        self._show("warn", sentence, "", None)

    def failed(self, sentence: str) -> None:
        """Say why something was not done."""
        self._show("bad", sentence, "", None)
