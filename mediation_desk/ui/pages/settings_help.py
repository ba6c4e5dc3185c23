"""Where help is found, and what somebody who helps will ask for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk import __version__, paths
from mediation_desk.ui import messages
from mediation_desk.ui.widgets import PADDING, button, column, row, scrolled, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr


class HelpPart(QWidget):
    """The guide behind a button; version and places of the files."""

    guide_wanted = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.guide = button(tr("打开使用说明 (F1)"), self.guide_wanted.emit, "primary")
        self.logs = button(tr("打开日志文件夹"), self._show_logs)
        told = (
            tr("版本 {version}").format(version=__version__),
            tr("登记簿位置：{folder}").format(folder=workplace.register.folder),
            tr("日志：{file}（只记程序的差错，不含姓名等内容）").format(file=paths.log_file()),
        )
        page = column(
            words(tr("任何一页上按 F1，都会打开那一页的使用说明。"), wrap=True),
            *(words(line, "sub", wrap=True) for line in told),
            6,
            row(self.guide, self.logs, None),
            None,
            gap=8,
        )
        page.setContentsMargins(PADDING, 14, PADDING, 14)
        self.setLayout(column(scrolled(page, PADDING)))

    def refresh(self) -> None:
        """Nothing here changes while the window is open."""

    def _show_logs(self) -> None:
        messages.show_folder(paths.log_file().parent)
