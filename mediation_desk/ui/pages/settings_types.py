"""Local dispute types, each with the official type under which it is counted."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediation_desk.desk import local_practice
from mediation_desk.domain.dispute_types import BY_CODE, EIGHTEEN
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.organisation import LocalType
from mediation_desk.ui.pages.record_page import Acts, RecordPage
from mediation_desk.ui.record_form import Place, RecordForm
from mediation_desk.ui.rows import Column, Rows
from mediation_desk.ui.tables import Table
from mediation_desk.ui.widgets import button, column, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# The name of the form for drafts.
_PLACE = "settings:types"
_CORRECT = tr("修改本地类型")
_PLACES = (
    Place("label", 5, required=True, hint="如 土地承包经营权纠纷"),
    Place("rolls_up_to", 4, required=True, label="统计时归入"),
    Place("code", 3, required=True),
)


def _official(entry: LocalType) -> str:
    official = BY_CODE.get(entry.rolls_up_to)
    return official.label if official else entry.rolls_up_to


class TypesPart(QWidget):
    """A list of local types, with a form over it while one is written."""

    settings_kept = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.form: RecordPage | None = None
        self.rows: Rows[LocalType] = Rows(
            [
                Column(tr("类型名称"), lambda entry: entry.label, stretch=True),
                Column(tr("统计时归入"), _official, width=170),
                Column(tr("代码"), lambda entry: entry.code, width=92),
            ],
            self,
        )
        self.table = Table(self.rows, self)
        self.table.opened.connect(self._opened)
        self._empty = words(tr("还没有本地类型，登记时用统一的18类。"), "sub", wrap=True)
        self._empty.setContentsMargins(0, 12, 0, 0)
        told = tr(
            "统一的18类不能改。本地另有叫法的，可以加在这里；"
            "每个本地类型都要归入18类中的一类，统计表才对得上。报送时会随文件带给司法所。"
        )
        self.add_button = button(tr("添加类型 (&A)"), self.add, "primary")
        head = row(words(told, "sub", wrap=True), self.add_button)
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
        """Read the types again."""
        found = local_practice.local_types(self._workplace.register)
        self.rows.show(found)
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)

    @property
    def unsaved(self) -> bool:
        """Whether a type is written that was not saved."""
        return self.form is not None and self.form.unsaved

    def add(self) -> None:
        """Begin a new type."""
        self._write(local_practice.blank_type(self._workplace.register), tr("添加本地类型"))

    def _opened(self, number: int) -> None:
        entry = self.rows.row(number)
        if entry is not None:
            self._write(entry, _CORRECT)

    def _write(self, entry: LocalType, title: str) -> None:
        register, actor = self._workplace.register, self._workplace.actor
        form = RecordForm(
            LocalType,
            _PLACES,
            {"rolls_up_to": [(one.code, tr(one.label)) for one in EIGHTEEN]},
        )
        acts = Acts(
            partial(local_practice.type_findings, register, today=today()),
            partial(local_practice.keep_type, register, actor=actor, today=today()),
            partial(local_practice.void_type, register, actor=actor),
            tr("停用这个类型 (&V)"),
        )
        note = tr("停用后不再能选，已经登记的纠纷不受影响。") if entry.revision else ""
        self.form = RecordPage(self._workplace, title, form, entry, acts, _PLACE, note)
        self.form.saved.connect(self._kept)
        self.form.given_up.connect(self._close)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.setFocus()

    def take_up(self, draft: Draft) -> None:
        """Go on with what was typed before; a type that is no more is begun anew."""
        writing = self.form is not None
        if writing:
            return
        found = local_practice.local_types(self._workplace.register)
        entry = next((one for one in found if one.id == draft.about), None)
        if entry is None:
            self.add()
        else:
            self._write(entry, _CORRECT)
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
