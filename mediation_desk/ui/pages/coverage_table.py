"""The list of who has reported which month."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.desk.coverage import CoverageRow
from mediation_desk.ui import theme
from mediation_desk.ui.pages.inbox_columns import MONTH_WIDTH
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.tables import Table

# What the name of a unit needs; months are left out before it is cut.
_NAME = 120
_ROW = 36


class CoverageTable(Table):
    """Shows as many of the latest months as have room beside the units' names, two at least."""

    def __init__(self, rows: Rows[CoverageRow], parent: QWidget) -> None:
        super().__init__(rows, parent)
        self._months = len(rows.columns) - 1
        self.verticalHeader().setDefaultSectionSize(theme.high(_ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - theme.wide(_NAME)
        shown = max(room // theme.wide(MONTH_WIDTH), 2)
        for number in range(self._months):
            self.setColumnHidden(number + 1, number < self._months - shown)
