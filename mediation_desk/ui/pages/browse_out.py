"""Taking the listed disputes away: as an Excel file or on paper, masked unless chosen otherwise."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog

from mediation_desk import paths
from mediation_desk.desk.listing_out import Taking, export_list, paper_table
from mediation_desk.domain.problems import DeskError
from mediation_desk.store.register import Register
from mediation_desk.ui import messages
from mediation_desk.ui.editors import LineEditor
from mediation_desk.ui.fields import FieldBox
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.whole_frame import WholeFrame
from mediation_desk.ui.widgets import button, column, look, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from mediation_desk.exchange.one_sheet import WrittenList


class OutLine(WholeFrame):
    """Asks how the list shall be taken away, and does it; hidden until then."""

    ended = Signal()

    def __init__(self, workplace: Workplace, notice: Notice) -> None:
        super().__init__()
        look(self, "note")
        self._workplace = workplace
        self._notice = notice
        self._taking = Taking("", today())
        self._openly = ""
        self._asked: tuple[QPrinter, Taking] | None = None
        self._what = words("", "strong", wrap=True)
        self.masked = QCheckBox(tr("遮住姓名、身份证号、电话等个人信息（建议）"))
        self.masked.toggled.connect(self._mask_turned)
        self.receiver = FieldBox(
            tr("完整信息交给谁"), LineEditor(tr("如 双龙司法所")), required=True
        )
        self.export = button(tr("导出 Excel (&K)"), self.choose_and_export, "primary")
        self.print = button(tr("打印 (&W)"), self.choose_printer)
        self._away = button(tr("不导出"), self.hide)
        flow = FlowLayout(gap=10)
        for part in (self.export, self.print, self._away):
            flow.addWidget(part)
        self.parts = (
            self.masked, self.receiver.editor.inner, self.export, self.print, self._away,
        )  # fmt: skip
        whole = column(self._what, self.masked, self.receiver, flow, gap=6)
        whole.setContentsMargins(16, 8, 16, 10)
        self.setLayout(whole)
        self.hide()

    def ask(self, what: str, taking: Taking, openly: str) -> None:
        """Offer to take away `what`; `openly` tells the filter with the text that was typed."""
        self._taking, self._openly = taking, openly
        self._what.setText(what)
        self.masked.setChecked(True)
        self._mask_turned(masked=True)
        self.receiver.show_value("")
        self.show()
        self.export.setFocus()

    def _mask_turned(self, masked: bool) -> None:  # noqa: FBT001 - the signal's own signature
        self.receiver.setVisible(not masked)
        if not masked:
            self.receiver.editor.setFocus()

    def _agreed(self) -> Taking | None:
        """What is to be taken; None while nobody is named who may read it in full."""
        if self.masked.isChecked():
            return self._taking
        receiver = str(self.receiver.value())
        if not receiver:
            self.receiver.tell(tr("请写明交给谁；会记入登记簿的历史。"))
            self.receiver.editor.setFocus()
            return None
        return replace(self._taking, unmasked_for=receiver, told=self._openly)

    def choose_and_export(self) -> None:
        """Ask where the workbook shall go and write it there."""
        taking = self._agreed()
        if taking is None:
            return
        name = tr("人民调解纠纷清单{on}.xlsx").format(on=taking.today.isoformat())
        kinds = tr("Excel 工作簿 (*.xlsx)")
        target = messages.choose_target(self, tr("导出到"), paths.outgoing() / name, kinds)
        if target is not None:
            work = partial(export_list, self._workplace.register, taking, target)
            self._work(tr("正在导出…"), work)

    def choose_printer(self) -> None:
        """Ask for the printer; the list is laid out when one is chosen."""
        taking = self._agreed()
        if taking is None:
            return
        # Printing loads a library that few days need.
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415

        from mediation_desk.ui.printing import list_printer  # noqa: PLC0415

        printer = list_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("打印纠纷清单"))
        self._asked = (printer, taking)
        dialog.finished.connect(self._printer_chosen)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _printer_chosen(self, answer: int) -> None:
        if self._asked is not None and answer == QDialog.DialogCode.Accepted:
            self.print_on(*self._asked)
        self._asked = None

    def print_on(self, printer: "QPrinter", taking: Taking) -> None:
        """Print the list on `printer`."""
        self._work(tr("正在打印…"), partial(_printed, self._workplace.register, taking, printer))

    def _work(self, doing: str, work: Callable[[], object]) -> None:
        self.setEnabled(False)
        self._workplace.jobs.run(
            work, owner=self, done=self._done, failed=self._failed, words=doing
        )

    def _done(self, result: object) -> None:
        self._ended()
        if isinstance(result, int):
            told = tr("已送到打印机，共 {count} 页。").format(count=result)
            self._notice.done(told)
            return
        written = cast("WrittenList", result)
        told = tr("已导出 {count} 件，重新打开核对无误，可以用 WPS 或 Excel 打开。")
        told = told.format(count=written.rows)
        if written.cleaned:
            told += tr("有 {count} 个无法保存的字符已去掉。").format(count=written.cleaned)
        self._notice.done(told, written.path)

    def _failed(self, error: DeskError) -> None:
        self._ended()
        self._notice.failed(str(error))

    def _ended(self) -> None:
        self.setEnabled(True)
        self.hide()
        self.ended.emit()


def _printed(register: Register, taking: Taking, printer: "QPrinter") -> int:
    from mediation_desk.ui.printing import print_table  # noqa: PLC0415 - as above

    return print_table(printer, paper_table(register, taking))
