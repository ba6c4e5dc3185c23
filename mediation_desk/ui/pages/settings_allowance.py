"""The table of allowances: each grade with its amount and the papers that its file must hold."""

from functools import partial

from PySide6.QtGui import QResizeEvent

from mediation_desk.desk import allowance_table
from mediation_desk.desk.claiming import grades
from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.file_papers import Paper
from mediation_desk.ui import theme
from mediation_desk.ui.pages.listed_part import ListedPart
from mediation_desk.ui.pages.record_page import Acts
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.rows import Column
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# Below this width there is room for two columns.
_COLUMNS_FROM = 720
_APART, _TOGETHER = (0, 1, 2), 3
# The name of the form for drafts.
PLACE = "settings:allowance"
_PLACES = (
    Place("name", 4, required=True, hint="如 一般、疑难、重大"),
    Place("amount_fen", 4, required=True),
    Place("difficulty", 4),
    Place("written_only", 12),
    Place("papers", 12, label="卷宗里要有（缺的不能申报，会写明缺什么）"),
)


class AllowancePart(ListedPart[AllowanceGrade]):
    """The grades, and the form in which one is written."""

    def __init__(self, workplace: Workplace) -> None:
        told = allowance_table.grade_words
        columns: list[Column[AllowanceGrade]] = [
            Column(tr("等级"), lambda grade: told(grade)[0], width=150),
            Column(tr("每件补贴"), lambda grade: told(grade)[1], width=110, right=True),
            Column(tr("用于"), lambda grade: told(grade)[2], width=190),
            Column(tr("等级和补贴"), lambda grade: "\n".join(told(grade)[:3]), width=150),
            Column(tr("卷宗里要有"), lambda grade: told(grade)[3], stretch=True),
        ]
        empty = tr(
            "还没有补贴标准，以案定补没有启用。每件补多少、分几个等级、口头协议补不补、"
            "卷宗要哪些材料，各区县自己定，程序没有默认金额。"
        )
        super().__init__(workplace, columns, tr("添加等级 (&A)"), empty, wrap=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where the columns leave no room for the papers, they stand below each other in one.
        narrow = event.size().width() < theme.wide(_COLUMNS_FROM)
        for place in _APART:
            self.table.setColumnHidden(place, narrow)
        self.table.setColumnHidden(_TOGETHER, not narrow)

    def found(self) -> list[AllowanceGrade]:
        return grades(self._workplace.register)

    def refresh(self) -> None:
        super().refresh()
        why = allowance_table.why_not_change(self._workplace.register)
        usual = tr(
            "按本地文件填写等级和金额。申报条件、几个人怎么分、可以补报几个季度，"
            "在“办理期限与口径”的“以案定补”里。改了以后，已经做好的申报表不变。"
        )
        self.told.setText(why or usual)
        self.add_button.setVisible(not why)

    def add(self) -> None:
        self._write(allowance_table.blank_grade(self._workplace.register), tr("添加补贴等级"))

    def correct(self, record: AllowanceGrade) -> None:
        self._write(record, tr("修改补贴等级"))

    def _opened(self, number: int) -> None:
        if not allowance_table.why_not_change(self._workplace.register):
            super()._opened(number)

    def _write(self, grade: AllowanceGrade, title: str) -> None:
        register, actor = self._workplace.register, self._workplace.actor
        papers = [(paper.value, tr(paper.label)) for paper in Paper]
        form = RecordForm(AllowanceGrade, _PLACES, {"papers": papers})
        acts = Acts(
            partial(allowance_table.grade_findings, register, today=today()),
            partial(allowance_table.keep_grade, register, actor=actor, today=today()),
            partial(allowance_table.void_grade, register, actor=actor),
            tr("停用这个等级 (&V)"),
            tr("如 文件已改、等级取消"),
        )
        note = tr("没有对应难度等级的，用于其他案件。做申报表时每件还可以改等级。")
        self.write(title, form, grade, acts, PLACE, note)
