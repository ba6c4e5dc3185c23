"""The cards of the first page: a heading with its list, and the month in figures."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from mediation_desk.desk.agenda import MonthFigures, ReportState
from mediation_desk.ui import theme
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import Chip, button, column, look, row, words
from mediation_desk.words import tr

_APART = 14


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

    def say_none(self, none: str) -> None:
        """Say something else where there are no lines."""
        self._none.setText(none)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)


class MediumLine(QFrame):
    """One line that asks for a backup on another disk, until there is one."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look(self, "warn")
        self.said = words("", wrap=True)
        self.go = button(tr("去备份"), self.wanted.emit)
        line = row(self.said, self.go, gap=14)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 6, 10, 6)
        self.setLayout(line)
        self.hide()

    def say(self, sentence: str, act: str = "") -> None:
        """Show this sentence, or nothing if it is empty; `act` is what the button is called."""
        self.said.setText(sentence)
        self.go.setText(act or tr("去备份"))
        self.setVisible(bool(sentence))


class Figure(QPushButton):
    """A number under its name; opens the disputes that it counts."""

    # The field of `MonthFigures` that it shows.
    wanted = Signal(str)

    def __init__(self, name: str, title: str, meaning: str) -> None:
        super().__init__()
        look(self, "figure")
        self.name, self.title = name, title
        self._label, self._number = words(title, "sub"), words("", "figure")
        for part in (self._label, self._number):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = column(self._label, self._number, gap=0)
        self._inside.setContentsMargins(5, 0, 5, 0)
        self.setLayout(self._inside)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(meaning)
        self.clicked.connect(self._clicked)

    def show_count(self, count: int) -> None:
        """Show this number."""
        self._number.setText(str(count))
        self.setAccessibleName(f"{self.title} {count}")

    @property
    def count(self) -> str:
        """The number as it is shown."""
        return self._number.text()

    def _clicked(self) -> None:
        self.wanted.emit(self.name)

    def sizeHint(self) -> QSize:
        # A button knows of its text and its icon, not of a layout inside.
        return self._inside.minimumSize().expandedTo(QSize(0, theme.high(theme.TARGET)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class MonthCard(QFrame):
    """What came in, what was settled, what goes on, and how the report stands."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        look(self, "card")
        self.figures = (
            Figure("intake", tr("本月受理"), tr("受理日期在本月的纠纷，不受理的不算")),
            Figure("settled", tr("调解成功"), tr("结案日期在本月、调解成功的纠纷")),
            Figure("open", tr("正在调解"), tr("已经受理、还没有结果的纠纷，不论哪个月受理")),
        )
        self.report_title = words("", "sub")
        self.report_said = Chip()
        rule = QFrame()
        look(rule, "upright")
        self._line = row(gap=_APART)
        for figure in self.figures:
            figure.wanted.connect(self.wanted)
            self._line.addWidget(figure)
        self._line.addWidget(rule)
        report = column(None, self.report_title, self.report_said, None, gap=2)
        report.setContentsMargins(11, 0, 5, 0)
        self._line.addLayout(report)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_month(self, month: MonthFigures, report: ReportState) -> None:
        """Show these figures."""
        counts = (month.intake, month.settled, month.open)
        for figure, count in zip(self.figures, counts, strict=True):
            figure.show_count(count)
        self.report_title.setText(report.title)
        self.report_said.show_state(report.said, Tone(report.tone))

    def show_close(self, *, close: bool) -> None:
        """Stand closer together on a narrow page."""
        self._line.setSpacing(3 if close else _APART)
        side = 7 if close else 13
        self._line.setContentsMargins(side, 10, side, 10)
