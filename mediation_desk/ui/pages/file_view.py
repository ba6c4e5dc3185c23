"""One file of the in-box: what it would do, and what was found in it."""

from PySide6.QtWidgets import QWidget

from mediation_desk.desk.receiving import RECEIVABLE, Look
from mediation_desk.domain.problems import Problem
from mediation_desk.ui.pages.inbox_columns import finding_columns
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import PADDING, column, words
from mediation_desk.words import tr


class FileView(QWidget):
    """Shows the file that was opened last, until it is listed no more."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Look | None = None
        self.title = words("", "strong", wrap=True)
        self._told = words("", "sub", wrap=True)
        self.findings: Rows[Problem] = Rows(finding_columns(), self)
        self.table = Table(self.findings, self, wrap=True)
        stack = column(self.title, self._told, self.table, gap=6)
        stack.addStretch(1)
        stack.setStretch(2, 100)
        stack.setContentsMargins(PADDING, 12, PADDING, 8)
        self.setLayout(stack)
        self.forget()

    def show_file(self, seen: Look) -> None:
        """Show what a file would do and what was found in it."""
        self.seen = seen
        self.title.setText(seen.title or seen.path.name)
        told = seen.words
        if seen.state in RECEIVABLE and not seen.problems:
            told += tr("\n检查过了，没有发现问题。")
        self._told.setText(told)
        self.findings.show(seen.problems)
        self.table.setVisible(bool(seen.problems))

    def forget(self) -> None:
        """Show no file."""
        self.seen = None
        self.title.setText(tr("在文件列表里选一份，按“查看”。"))
        self._told.clear()
        self.findings.show([])
        self.table.hide()
