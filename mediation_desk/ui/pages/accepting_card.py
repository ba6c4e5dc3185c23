"""What was found in a received file, and the remark with which the office lets it stand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from mediation_desk.desk import accepting
from mediation_desk.desk.coverage import Cell
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.pages.place_words import finding_words
from mediation_desk.ui.widgets import button, column, look, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

# What is told of the findings; the count tells of all.
_TOLD = 4


class AcceptingCard(QFrame):
    """There for a month whose file has findings that nobody has accepted, else hidden."""

    accepted = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "warn")
        self._workplace = workplace
        self._notice = notice
        self._package_id = ""
        self.title = words("", "strong", wrap=True)
        self.told = words("", wrap=True)
        self.remark = FieldBox(
            tr("说明（数字照原样，不改）"), LineEditor(tr("如 原件如此，已与村里核实"))
        )
        self.accept = button(tr("附说明接受 (&B)"), self.accept_findings)
        inner = column(self.title, self.told, self.remark, row(None, self.accept), gap=6)
        inner.setContentsMargins(14, 10, 14, 10)
        self.setLayout(inner)
        self.hide()

    def show_cell(self, whose: str, cell: Cell | None) -> None:
        """Tell what was found in the file of a unit's month; `whose` names both."""
        package_id = cell.package_id if cell is not None else ""
        if package_id != self._package_id:
            # What is being written stays when the register is read again meanwhile.
            self.remark.show_value("")
            self.remark.tell("")
        self._package_id = package_id
        found = cell.findings.splitlines() if cell is not None else []
        said = tr("{whose}的文件有{count}处问题")
        self.title.setText(said.format(whose=whose, count=len(found)))
        more = [tr("……")] if len(found) > _TOLD else []
        self.told.setText("\n".join([*map(finding_words, found[:_TOLD]), *more]))
        self.setVisible(bool(package_id))

    def accept_findings(self) -> None:
        """Keep the remark; the numbers stay as they came."""
        remark = str(self.remark.value() or "")
        if not remark:
            self.remark.tell(tr("请写明为什么照原样接受。"))
            self.remark.editor.setFocus()
            return
        place = self._workplace
        try:
            accepting.accept(place.register, self._package_id, remark, place.actor, today())
        except DeskError as error:
            self._notice.failed(str(error))
            return
        self._notice.done(tr("已附说明接受，数字没有改；说明和这些问题一起显示。"))
        self.accepted.emit()
