"""A new recovery code on its way to paper: shown once, printed, and in use from then on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QLayout, QWidget

from mediation_desk import paths
from mediation_desk.desk import recovering
from mediation_desk.desk.opened_by import has_code
from mediation_desk.domain.problems import DeskError
from mediation_desk.domain.recovery_code import groups
from mediation_desk.papers.drawing import draw_on
from mediation_desk.ui import messages, theme
from mediation_desk.ui.jobs import Done, Work
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import button, column, framed, row, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

if TYPE_CHECKING:
    from mediation_desk.papers.laying_out import Page

_ACROSS = 3
_WIDTH, _HEIGHT = 720, 430
_WHAT = tr(
    "密码忘了，凭这个恢复码重设密码，登记簿里的内容都在。没有它，密码忘了谁也打不开。"
    "打印成一张纸，锁在抽屉里，和电脑分开放；纸上写着怎么用。"
)
_FIRST = tr("打印、存好或者抄好以后，恢复码才生效。关掉这个窗口，就不会再显示。")
_AGAIN = tr(
    "打印、存好或者抄好以后，新的恢复码才生效，以前的那张纸同时作废。关掉这个窗口，就不会再显示。"
)
_PDF_TOLD = tr(
    "文件不加密，谁拿到都打得开登记簿。没有打印机才这样做：存到U盘，打印好就删掉，"
    "不要留在这台电脑上，不要用微信发。"
)


class CodeWindow(QDialog):
    """Holds a code that is nowhere else; it opens nothing before it stands on paper."""

    # A code came into use.
    used = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("恢复码"))
        self.setModal(True)
        self._workplace = workplace
        self._code = recovering.new_code()
        self._in_use = False
        self._printer: QPrinter | None = None
        self.notice = Notice()
        before = has_code(workplace.register)
        self._effect = words(_AGAIN if before else _FIRST, "strong", wrap=True)
        self.print = button(tr("打印这张纸 (&P)"), self.choose_printer, "primary", keys="Ctrl+P")
        self.pdf = button(tr("存为 PDF… (&S)"), self.ask_for_pdf)
        self.copied = button(tr("已抄在纸上 (&C)"), self.take_copied)
        self.shut = button(tr("以后再说"), self.reject, keys="Esc")
        self._lay_out()
        room = parent.window().size()
        self.resize(min(theme.wide(_WIDTH), room.width()), min(theme.wide(_HEIGHT), room.height()))

    def _lay_out(self) -> None:
        # Never scrolled: who copies by hand must not take the groups in sight for all there are.
        head = column(
            words(tr("恢复码"), "title"), framed(self._groups(), "note", margins=10), gap=10
        )
        head.setContentsMargins(22, 14, 22, 6)
        inner = column(self.notice, self._effect, words(_WHAT, "sub", wrap=True), None, gap=10)
        inner.setContentsMargins(22, 4, 22, 8)
        acts = row(self.shut, None, self.copied, self.pdf, self.print, gap=10)
        acts.setContentsMargins(22, 6, 22, 16)
        whole = column(gap=0)
        whole.addLayout(head)
        whole.addWidget(scrolled(inner, 22), 1)
        whole.addLayout(acts)
        self.setLayout(whole)
        self.print.setFocus()

    def _groups(self) -> QLayout:
        """The code as on its sheet; not to be marked and copied, which would leave it about."""
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        for number, group in enumerate(groups(self._code)):
            line, across = number // _ACROSS, 2 * (number % _ACROSS)
            told = words(group)
            told.setFont(theme.font(19, bold=True))
            place = words(tr("第{place}组").format(place=number + 1), "sub")
            grid.addWidget(place, line, across, right | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(told, line, across + 1, left)
        for across in range(2 * _ACROSS):
            grid.setColumnStretch(across, 3 + across % 2)
        return grid

    # To paper

    def choose_printer(self) -> None:
        """Ask for the printer."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(tr("恢复码"))
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("打印恢复码"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(self._printer_chosen)
        dialog.show()

    def _printer_chosen(self, answer: int) -> None:
        if self._printer is not None and answer == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet on `printer`."""
        # Else some printers begin where their own margin ends, and the bottom is cut off.
        printer.setFullPage(True)
        self._run(partial(self._on_paper, printer), self._printed, tr("正在打印…"))

    def _on_paper(self, printer: QPrinter) -> None:
        draw_on(printer, self._pages(), tr("打印机没有接受打印任务。"))
        self._use()

    def _printed(self, _nothing: object) -> None:
        self._say(tr("已送到打印机，恢复码已生效。请看清纸上九组都印出来了，再锁好。"))

    def ask_for_pdf(self) -> None:
        """Ask before the code is written into a file that anyone can read."""
        act = tr("知道了，存成文件")
        messages.ask(self, tr("确实要把恢复码存成文件吗？"), _PDF_TOLD, act, self.choose_target)

    def choose_target(self) -> None:
        """Ask where the sheet shall be saved."""
        proposed = paths.outgoing() / tr("恢复码.pdf")
        target = messages.choose_target(self, tr("存恢复码"), proposed, "*.pdf")
        if target is not None:
            self._run(partial(self._written, target), self._saved, tr("正在另存…"))

    def _written(self, target: Path) -> Path:
        recovering.save_sheet(self._pages(), target)
        self._use()
        return target

    def _saved(self, target: object) -> None:
        self._say(tr("已存好，恢复码已生效。打印好以后，请把文件删掉。"), target)

    def take_copied(self) -> None:
        """Let the code count that somebody copied by hand."""
        self._run(self._use, self._taken, tr("正在保存…"))

    def _taken(self, _nothing: object) -> None:
        self._say(tr("恢复码已生效。请对着屏幕把九组再核对一遍，再把纸锁好。"))

    # What all three do

    def _pages(self) -> "list[Page]":
        return recovering.sheet_pages(self._workplace.register, self._code, today())

    def _use(self) -> None:
        if not self._in_use:
            recovering.use_code(self._workplace.register, self._code, self._workplace.actor)
            self._in_use = True

    def _run(self, work: Work, done: Done, told: str) -> None:
        self._offer(ready=False)
        self._workplace.jobs.run(work, owner=self, done=done, failed=self._failed, words=told)

    def _offer(self, *, ready: bool) -> None:
        for part in (self.print, self.pdf, self.copied, self.shut):
            part.setEnabled(ready)
        self.copied.setEnabled(ready and not self._in_use)

    def _say(self, sentence: str, written: object = None) -> None:
        self._effect.hide()
        self._offer(ready=True)
        self.shut.setText(tr("关闭"))
        self.notice.done(sentence, written)
        self.used.emit()

    def _failed(self, error: DeskError) -> None:
        self._offer(ready=True)
        self.notice.failed(str(error))

    def reject(self) -> None:
        # What runs would report to a window that is gone, and nobody would know what counts.
        if self.shut.isEnabled():
            super().reject()
