"""The table of allowances: each grade with its amount and the papers that its file must hold."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediation_desk.desk import allowance_table
from mediation_desk.desk.claiming import grades
from mediation_desk.domain.allowance import AllowanceGrade
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.file_papers import Paper
from mediation_desk.ui.pages.record_page import Acts, RecordPage
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import button, column, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# The name of the form for drafts.
PLACE = "settings:allowance"
_PLACES = (
    Place("name", 4, required=True, hint="如 一般、疑难、重大"),
    Place("amount_fen", 4, required=True),
    Place("difficulty", 4),
    Place("written_only", 12),
    Place("papers", 12, label="卷宗里要有（缺的不能申报，会写明缺什么）"),
)


class AllowancePart(QWidget):
    """A list of grades, with a form over it while one is written."""

    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.form: RecordPage | None = None
        told = allowance_table.grade_words
        self.rows: Rows[AllowanceGrade] = Rows(
            [
                Column(tr("等级"), lambda grade: told(grade)[0], width=150),
                Column(tr("每件补贴"), lambda grade: told(grade)[1], width=110, right=True),
                Column(tr("用于"), lambda grade: told(grade)[2], width=190),
                Column(tr("卷宗里要有"), lambda grade: told(grade)[3], stretch=True),
            ],
            self,
        )
        self.table = Table(self.rows, self, wrap=True)
        self.table.opened.connect(self._opened)
        self._empty = words(
            tr(
                "还没有补贴标准，以案定补没有启用。每件补多少、分几个等级、口头协议补不补、"
                "卷宗要哪些材料，各区县自己定，程序没有默认金额。请按本地文件添加。"
            ),
            "sub",
            wrap=True,
        )
        self._empty.setContentsMargins(0, 12, 0, 0)
        self._told = words("", "sub", wrap=True)
        self.add_button = button(tr("添加等级 (&A)"), self.add, "primary")
        head = row(self._told, self.add_button)
        head.setStretch(0, 1)
        listed = column(head, self._empty, gap=10)
        listed.addWidget(self.table, 1)
        listed.addStretch(0)
        listed.setContentsMargins(16, 14, 16, 14)
        page = QWidget()
        page.setLayout(listed)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self.setLayout(column(self._stack))

    def refresh(self) -> None:
        """Read the table again."""
        found = grades(self._workplace.register)
        self.rows.show(found)
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        why = allowance_table.why_not_change(self._workplace.register)
        usual = tr(
            "按本地文件填写等级和金额。申报条件、几个人怎么分、可以补报几个季度，"
            "在“办理期限与口径”的“以案定补”里。改了以后，已经做好的申报表不变。"
        )
        self._told.setText(why or usual)
        self.add_button.setVisible(not why)

    @property
    def unsaved(self) -> bool:
        """Whether a grade is written that was not saved."""
        return self.form is not None and self.form.unsaved

    def add(self) -> None:
        """Begin a new grade."""
        self._write(allowance_table.blank_grade(self._workplace.register), tr("添加补贴等级"))

    def _opened(self, number: int) -> None:
        grade = self.rows.row(number)
        if grade is not None and not allowance_table.why_not_change(self._workplace.register):
            self._write(grade, tr("修改补贴等级"))

    def _write(self, grade: AllowanceGrade, title: str) -> None:
        register, actor = self._workplace.register, self._workplace.actor
        papers = [(paper.value, tr(paper.label)) for paper in Paper]
        form = RecordForm(AllowanceGrade, _PLACES, {"papers": papers})
        acts = Acts(
            partial(allowance_table.grade_findings, register, today=today()),
            partial(allowance_table.keep_grade, register, actor=actor, today=today()),
            partial(allowance_table.void_grade, register, actor=actor),
            tr("停用这个等级 (&V)"),
        )
        note = tr("没有对应难度等级的，用于其他案件。做申报表时每件还可以改等级。")
        self.form = RecordPage(self._workplace, title, form, grade, acts, PLACE, note)
        self.form.saved.connect(self._kept)
        self.form.given_up.connect(self._close)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.setFocus()

    def take_up(self, draft: Draft) -> None:
        """Go on with what was typed before; a grade that is no more is begun anew."""
        writing = self.form is not None
        if writing:
            return
        found = grades(self._workplace.register)
        grade = next((one for one in found if one.id == draft.about), None)
        if grade is None:
            self.add()
        else:
            self._write(grade, tr("修改补贴等级"))
        if self.form is not None:
            self.form.take_up(draft)

    def _kept(self) -> None:
        self.settings_kept.emit()
        self._close()

    def _close(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.deleteLater()
        self.refresh()
        self.add_button.setFocus()
