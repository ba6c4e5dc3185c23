"""Who has reported which month, and whom to remind: on paper, or as a text to forward."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desk.desk import reminding
from mediation_desk.desk.coverage import CoverageRow, Covered, coverage
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui.going import Go
from mediation_desk.ui.pages.accepting_card import AcceptingCard
from mediation_desk.ui.pages.coverage_table import CoverageTable
from mediation_desk.ui.pages.inbox_columns import coverage_columns, months
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.rows import Rows
from mediation_desk.ui.widgets import PADDING, button, column, line, row, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WANTING = frozenset(
    (Covered.MISSING, Covered.PROBLEMS, Covered.QUESTIONS, Covered.LATE, Covered.ACCEPTED)
)


def _no_units() -> str:
    """What to do where no village is registered; nothing is owed then, and nothing reported."""
    return tr("还没有登记村（社区）。请先在“组织人员 → 添加单位”里添加，这里才看得到各村报没报。")


class CoverageView(QWidget):
    """Units by months, the latest months at the right; a month leads to its statistic."""

    going = Signal(object)

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        self._workplace = workplace
        self._notice = notice
        self._months = months(today())
        # The state of the register and the day that the table was read at.
        self._read_at: tuple[int, date] | None = None
        self._printer: QPrinter | None = None
        self.rows: Rows[CoverageRow] = Rows(coverage_columns(self._months), self)
        self.table = CoverageTable(self.rows, self)
        self._summary = words("", "sub", wrap=True)
        self._summary.setContentsMargins(PADDING, 8, PADDING, 2)
        self._note = words("", "sub", wrap=True)
        self._note.setContentsMargins(PADDING, 4, PADDING, 4)
        self.accepting = AcceptingCard(workplace, notice)
        self.accepting.accepted.connect(self.refresh)
        self._accepting_place = column(self.accepting)
        self._accepting_place.setContentsMargins(PADDING, 4, PADDING, 8)
        self.copy = button(tr("复制催报内容 (&Y)"), self.copy_reminders)
        self.print = button(tr("打印催报单 (&P)"), self.choose_printer)
        acts = row(None, self.copy, self.print, gap=10)
        acts.setContentsMargins(PADDING, 6, PADDING, 6)
        parts = self._summary, self.table, self._note, self._accepting_place, line("line"), acts
        stack = column(*parts, gap=0)
        stack.setStretch(1, 1)
        self.setLayout(stack)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.table.opened.connect(self._opened)

    def refresh(self) -> None:
        """Read the register again, unless nothing was written since and it is still that day."""
        read_at = self._workplace.register.version, today()
        if read_at == self._read_at:
            return
        self._read_at = read_at
        found = coverage(self._workplace.register, self._months, today())
        before = max(self.table.currentIndex().row(), 0)
        self.rows.show(found)
        last = self._months[-2]
        states = [covered.cells[-2].state for covered in found]
        counts = [f"{state.label} {states.count(state)}" for state in Covered if state in states]
        due = tr("应收 {count}").format(count=len(found))
        self._summary.setText(" · ".join((last.label(), due, *counts)) if found else _no_units())
        if found:
            self.table.selectRow(min(before, len(found) - 1))
        self._chosen()

    def _chosen(self, _now: object = None, _before: object = None) -> None:
        """Tell what is not in order with the unit that is chosen; the rest stands in the tips."""
        covered = self.rows.row(self.table.currentIndex().row())
        told = list(covered.missing) if covered is not None else []
        if covered is not None and covered.cells[-2].state in _WANTING:
            month, note = self._months[-2].label(), covered.cells[-2].note.replace("\n", "，")
            told.append(tr("{month}：{note}").format(month=month, note=note))
        unit = covered.unit.name if covered is not None else ""
        said = tr("{unit} · {told}").format(unit=unit, told=" ".join(told))
        self._note.setText(said if told else "")
        self._note.setVisible(bool(told))
        self._offer_accepting(covered)

    def _offer_accepting(self, covered: CoverageRow | None) -> None:
        """Let what was found in the month under the cursor be accepted, or in the one last due."""
        numbers = (self.table.currentIndex().column() - 1, len(self._months) - 2)
        number = next(
            (n for n in numbers if covered and n >= 0 and covered.cells[n].package_id), None
        )
        if covered is None or number is None:
            self.accepting.show_cell("", None)
            return
        whose = covered.unit.name + self._months[number].label()
        self.accepting.show_cell(whose, covered.cells[number])

    def _opened(self, _row: int) -> None:
        """Go to the statistic of the month that was opened, of the one last due with the name."""
        number = self.table.currentIndex().column() - 1
        month = self._months[number] if number >= 0 else self._months[-2]
        self.going.emit(Go("statistics", "period", what=month))

    def copy_reminders(self) -> None:
        """Put the reminders on the clipboard as a text to forward."""
        text = reminding.reminder_text(self._workplace.register, today())
        if not text:
            reported = tr("没有需要催的：应报的都报了，退回的都改了。")
            self._notice.done(reported if self.rows.rowCount() else _no_units())
            return
        QGuiApplication.clipboard().setText(text)
        self._notice.done(tr("催报内容已复制，可以粘贴到微信群或短信里。"))

    def choose_printer(self) -> None:
        """Ask for the printer; the reminders are laid out when one is chosen."""
        # Printing loads a library that few days need.
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415

        from mediation_desk.ui.printing import list_printer  # noqa: PLC0415

        self._printer = list_printer()
        self._printer.setDocName(tr("报送催办单"))
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("打印催报单"))
        dialog.finished.connect(self._printer_chosen)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _printer_chosen(self, answer: int) -> None:
        if self._printer is not None and answer == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)
        self._printer = None

    def print_on(self, printer: "QPrinter") -> None:
        """Print the list of reminders."""
        from mediation_desk.ui.printing import print_table  # noqa: PLC0415 - as above

        register, actor = self._workplace.register, self._workplace.actor

        def printed() -> int:
            return print_table(printer, reminding.reminder_paper(register, today(), actor))

        self._workplace.jobs.run(
            printed,
            owner=self,
            done=self._printed,
            failed=self._failed,
            words=tr("正在打印…"),
        )

    def _printed(self, pages: int) -> None:
        self._notice.done(tr("催报单已送到打印机，共 {count} 页。").format(count=pages))

    def _failed(self, error: DeskError) -> None:
        self._notice.failed(str(error))
