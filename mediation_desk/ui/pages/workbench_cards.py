"""The cards of the first page: a heading with its list, and the month in figures."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

from mediation_desk.desk.agenda import MonthFigures, ReportState
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, column, look, row, words
from mediation_desk.words import tr


class ListCard(QFrame):
    """A heading, something said at its right, and lines; kind words where there are none."""

    def __init__(self, heading: str, none: str) -> None:
        super().__init__()
        look(self, "card")
        self.list = LineList(self)
        self.told = words("", "sub")
        self._none = words(none, "sub", wrap=True)
        head = row(words(heading, "heading"), None, self.told)
        head.setContentsMargins(16, 11, 16, 11)
        self._none.setContentsMargins(16, 0, 16, 14)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = column(head, self._none, self.list, gap=0)
        inside.setContentsMargins(1, 1, 1, 4)
        inside.setStretch(1, 1)
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.show_lines(())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)


class MonthCard(QFrame):
    """What came in, what was settled, what goes on, and how the report stands."""

    def __init__(self) -> None:
        super().__init__()
        look(self, "card")
        self.numbers = [words("", "figure") for _ in range(3)]
        titles = (tr("本月受理"), tr("调解成功"), tr("正在调解"))
        self.report_title = words("", "sub")
        self.report_said = Chip()
        rule = QFrame()
        look(rule, "upright")
        self._line = row(gap=22)
        for title, number in zip(titles, self.numbers, strict=True):
            self._line.addLayout(column(words(title, "sub"), number, gap=0))
        self._line.addWidget(rule)
        report = column(None, self.report_title, self.report_said, None, gap=2)
        self._line.addLayout(report)
        self._line.setContentsMargins(18, 10, 18, 10)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_month(self, month: MonthFigures, report: ReportState) -> None:
        """Show these figures."""
        counts = (month.intake, month.settled, month.open)
        for number, count in zip(self.numbers, counts, strict=True):
            number.setText(str(count))
        self.report_title.setText(report.title)
        self.report_said.show_state(report.said, Tone(report.tone))

    def show_close(self, *, close: bool) -> None:
        """Stand closer together on a narrow page."""
        self._line.setSpacing(12 if close else 22)
        side = 12 if close else 18
        self._line.setContentsMargins(side, 10, side, 10)
