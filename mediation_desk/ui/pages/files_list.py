"""All files of a time with what the rules find in them, those to be mended first."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.desk.inspecting import Inspected, inspect_many, units_here
from mediation_desk.domain.inspection import Finding
from mediation_desk.domain.problems import DeskError, Severity
from mediation_desk.ui.editors import ChoiceEditor, YesEditor
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.going import Go
from mediation_desk.ui.line_list import Line, LineList
from mediation_desk.ui.pages.inspection_view import GRADES
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.period_picker import PeriodPicker
from mediation_desk.ui.theme import Tone
from mediation_desk.ui.widgets import PADDING, column, line, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr


def unit_choice(workplace: Workplace, *, every: bool = True) -> ChoiceEditor:
    """Which unit's files: all of them if `every`, or one; a village has none but its own."""
    units = [(unit.id, unit.name) for unit in units_here(workplace.register)]
    choices = [("", tr("全部单位")), *units] if every else units
    made = ChoiceEditor(choices, optional=False)
    made.box.setAccessibleName(tr("单位"))
    made.box.setMinimumContentsLength(7)
    made.show_value(choices[0][0] if choices else None)
    if not workplace.office:
        made.hide()
    return made


def file_line(one: Inspected, said: str, tone: Tone, *, with_unit: bool) -> Line:
    """A line about a file: its title, its number and unit, and the first that was found."""
    first = one.findings[0].problem.message if one.findings else ""
    parts = (one.number, one.unit if with_unit else "", first)
    detail = tr(" · ").join(filter(None, parts))
    told = "\n".join(entry.problem.message + entry.problem.mend for entry in one.findings)
    return Line(one.title, detail, said, tone, tr("去看"), one.dispute_id, told)


def gravest(findings: Sequence[Finding]) -> tuple[str, Tone]:
    """What a line says of its findings: how many of the gravest kind, and the tone."""
    for severity, label, _name, tone in GRADES:
        if count := sum(entry.problem.severity is severity for entry in findings):
            return tr("{label} {count}").format(label=label, count=count), tone
    return "", GRADES[-1][3]


class FilesList(QWidget):
    """Looks through the files of a period and lists those with something to mend."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace, self._notice = workplace, notice
        self._asked: object = None
        self.found: tuple[Inspected, ...] = ()
        self.picker = PeriodPicker(today())
        self.unit = unit_choice(workplace)
        self.hints = YesEditor(tr("连提示也列出"))
        self.told = words("", "sub", wrap=True)
        self.lines = LineList()
        bar = QWidget()
        flow = FlowLayout(bar, gap=12)
        for part in (self.picker, self.unit, self.hints):
            flow.addWidget(part)
        flow.setContentsMargins(PADDING, 10, PADDING, 4)
        self.told.setContentsMargins(PADDING, 2, PADDING, 8)
        stack = column(bar, self.told, line("line"), self.lines, None, gap=0)
        stack.setStretch(3, 100)
        self.setLayout(stack)
        self.picker.changed.connect(self.refresh)
        self.unit.changed.connect(self.refresh)
        self.hints.changed.connect(self._list)
        self.lines.opened.connect(self._opened)

    def refresh(self) -> None:
        """Look through the files again, on the worker, if anything is asked or written anew."""
        period, register = self.picker.period(), self._workplace.register
        unit_id = str(self.unit.value() or "")
        asked = period, unit_id, register.version, today()
        if period is None or asked == self._asked:
            return
        self._asked = asked
        self._workplace.jobs.run(
            partial(inspect_many, register, period, today(), (unit_id,) if unit_id else ()),
            owner=self,
            done=partial(self._show, asked),
            failed=self._failed,
            words=tr("正在体检卷宗…"),
        )

    def _show(self, asked: object, found: tuple[Inspected, ...]) -> None:
        # Somebody may have asked for another time meanwhile.
        if asked == self._asked:
            self.found = found
            self._list()

    def _failed(self, error: DeskError) -> None:
        self._asked = None
        self._notice.failed(str(error))

    def _list(self) -> None:
        grave = [one for one in self.found if one.grave]
        hinted = [one for one in self.found if one.findings and not one.grave]
        words_ = tr("共 {all} 件：{grave} 件要改正或补充，{hinted} 件只有提示，{good} 件没有问题。")
        good = len(self.found) - len(grave) - len(hinted)
        told = words_.format(all=len(self.found), grave=len(grave), hinted=len(hinted), good=good)
        self.told.setText(told if self.found else tr("这段时间没有案卷。"))
        grave.sort(key=_most_first)
        shown = [*grave, *(hinted if self.hints.value() else ())]
        office = self._workplace.office
        self.lines.show_lines(
            [file_line(one, *gravest(one.findings), with_unit=office) for one in shown]
        )

    def _opened(self, chosen: Line) -> None:
        self.going.emit(Go("disputes", "inspect", about=str(chosen.what)))


def _most_first(one: Inspected) -> tuple[int, int, str]:
    errors = sum(entry.problem.severity is Severity.ERROR for entry in one.grave)
    return -errors, -len(one.grave), one.number
