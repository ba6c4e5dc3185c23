"""Who has reported which month, and what that comes to for the month that is due."""

from PySide6.QtWidgets import QWidget

from mediation_desk.desk.coverage import CoverageRow, coverage
from mediation_desk.ui.pages.coverage_table import CoverageTable
from mediation_desk.ui.pages.inbox_columns import coverage_columns, months
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.widgets import PADDING, column, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


class CoverageView(QWidget):
    """Units by months, the latest months at the right."""

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._months = months(today())
        self.rows: Rows[CoverageRow] = Rows(coverage_columns(self._months), self)
        self.table = CoverageTable(self.rows, self)
        self._summary = words("", "sub", wrap=True)
        self._summary.setContentsMargins(PADDING, 8, PADDING, 2)
        stack = column(self._summary, self.table, gap=0)
        stack.setStretch(1, 1)
        self.setLayout(stack)

    def refresh(self) -> None:
        """Read the register again."""
        found = coverage(self._workplace.register, self._months, today())
        self.rows.show(found)
        last = self._months[-2]
        said = [covered.cells[-2].words for covered in found]
        counts = [f"{word} {said.count(word)}" for word in dict.fromkeys(sorted(said)) if word]
        due = tr("应收 {count}").format(count=len(found))
        self._summary.setText(" · ".join((last.label(), due, *counts)))
