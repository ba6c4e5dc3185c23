"""Papers as they will be printed: page by page, and printed or saved from here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget

from mediation_desk import paths
from mediation_desk.desk import papers_out
from mediation_desk.desk.case_papers import Made
from mediation_desk.desk.clock import wall_clock
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.printing import PrintWay
from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.described import HIGH, WIDE
from mediation_desk.papers.drawing import draw_on, picture
from mediation_desk.ui import messages
from mediation_desk.ui.pages.notice import Notice
from mediation_desk.ui.widgets import Elided, button, column, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_EDGE = 28
_MOST_WIDE = 1000
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: its name, how it is made, and the case that its prints are kept with."""

    title: str
    make: Callable[[], Made]
    case: CaseFile | None = None


class PaperWindow(QDialog):
    """Shows the pages of papers one after the other; Esc closes it."""

    # Something was printed or saved.
    printed = Signal()

    def __init__(self, parent: QWidget, workplace: Workplace, asked: Asked) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace, self._asked = workplace, asked
        self.made: Made | None = None
        self.place = 0
        self._large = False
        self._printer: QPrinter | None = None
        self._title = Elided(asked.title, "heading")
        self.count = words("", "sub")
        self.notice = Notice()
        self.picture = QLabel(tr("正在排版…"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        self.before = button(tr("上一页 (&B)"), self.show_before)
        self.after = button(tr("下一页 (&N)"), self.show_after)
        self.size_button = button(tr("放大 (&L)"), self.turn_size)
        self.pdf = button(tr("存为 PDF (&S)"), self.save_pdf)
        self.word = button(tr("存为 Word (&W)"), self.save_word)
        self.print = button(tr("打印 (&P)"), self.choose_printer, "primary", keys="Ctrl+P")
        self.shut = button(tr("关闭"), self.reject, keys="Esc")
        self._acts = (self.size_button, self.pdf, self.word, self.print)
        self._lay_out()
        self.resize(parent.window().size() - QSize(_EDGE, _EDGE))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._draw)
        self._offer()
        self._run(asked.make, self._laid_out, tr("正在排版…"))

    def _lay_out(self) -> None:
        self.setWindowTitle(self._asked.title)
        # In large type all of them in one row would be wider than a small screen.
        head = row(self._title, self.count, self.before, self.after, self.size_button, gap=8)
        head.setStretch(0, 1)
        acts = row(None, self.pdf, self.word, self.print, self.shut, gap=8)
        whole = column(head, self.notice, gap=10)
        whole.addWidget(self.area, 1)
        whole.addLayout(acts)
        whole.setContentsMargins(16, 12, 16, 12)
        self.setLayout(whole)
        self.shut.setFocus()

    def _run(self, work: Callable[[], object], done: Callable[[object], None], said: str) -> None:
        self._workplace.jobs.run(work, owner=self, done=done, failed=self._failed, words=said)

    def _failed(self, error: DeskError) -> None:
        if self.made is None:
            self.picture.setText(str(error))
        else:
            self.notice.failed(str(error))
        self._offer()

    # Pages

    def _laid_out(self, made: object) -> None:
        assert isinstance(made, Made)
        self.made = made
        self._show()

    def _show(self) -> None:
        self._offer()
        if self.made is None:
            return
        told = tr("第 {page} 页，共 {count} 页")
        self.count.setText(told.format(page=self.place + 1, count=len(self.made.pages)))
        # Only when the window has its size is it known how large the page may be.
        self._settled.start(0)

    def _offer(self) -> None:
        there = self.made is not None
        last = len(self.made.pages) - 1 if self.made is not None else 0
        self.before.setEnabled(there and self.place > 0)
        self.after.setEnabled(there and self.place < last)
        for part in self._acts:
            part.setEnabled(there)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.made is not None:
            self._settled.start(0)

    def _draw(self) -> None:
        if self.made is None:
            return
        room = self.area.viewport().size()
        wide = min(room.width() - 24, _MOST_WIDE)
        if not self._large:
            wide = min(wide, int((room.height() - 4) * WIDE / HIGH))
        page = self.made.pages[self.place]
        points = max(round(wide * self.devicePixelRatioF()), 60)
        work = partial(picture, page, points)
        self._run(work, partial(self._drawn, self.place), tr("正在显示…"))

    def _drawn(self, place: int, image: object) -> None:
        if place != self.place or not isinstance(image, QImage):
            # Somebody has turned to another page meanwhile.
            return
        shown = QPixmap.fromImage(image)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(shown)

    def _turn_to(self, place: int) -> None:
        if self.made is not None and 0 <= place < len(self.made.pages):
            self.place = place
            self.area.verticalScrollBar().setValue(0)
            self._show()

    def show_before(self) -> None:
        """Turn to the page before."""
        self._turn_to(self.place - 1)

    def show_after(self) -> None:
        """Turn to the next page."""
        self._turn_to(self.place + 1)

    def turn_size(self) -> None:
        """Show the page as wide as the window, or whole again."""
        self._large = not self._large
        self.size_button.setText(tr("缩小 (&L)") if self._large else tr("放大 (&L)"))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_PageUp}:
            self.show_before()
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_PageDown}:
            self.show_after()
        elif event.key() == Qt.Key.Key_Home:
            self._turn_to(0)
        elif event.key() == Qt.Key.Key_End and self.made is not None:
            self._turn_to(len(self.made.pages) - 1)
        else:
            super().keyPressEvent(event)

    # Out of the register

    def save_pdf(self) -> None:
        """Save the papers as PDF where the user points."""
        self.choose_target(".pdf")

    def save_word(self) -> None:
        """Save the papers as Word where the user points."""
        self.choose_target(".docx")

    def choose_target(self, ending: str) -> None:
        """Ask where the papers shall be saved; outside they lie unencrypted."""
        if self.made is None:
            return
        name = f"{self.made.title.translate(_NOT_IN_NAMES)}{ending}"
        target = messages.choose_target(self, tr("另存文书"), paths.outgoing() / name, f"*{ending}")
        if target is not None:
            self._hold()
            self._run(partial(self._written, self.made, target), self._saved, tr("正在另存…"))

    def _written(self, made: Made, target: Path) -> Path:
        papers_out.write(made, target)
        self._keep(made, papers_out.way_of(target))
        return target

    def _keep(self, made: Made, way: PrintWay) -> None:
        """Keep what was printed; forms for handwriting belong to no case."""
        case, register = self._asked.case, self._workplace.register
        if case is not None:
            papers_out.keep_print(register, case, made, way, self._workplace.actor, wall_clock())

    def _hold(self) -> None:
        for part in self._acts:
            part.setEnabled(False)

    def _saved(self, target: object) -> None:
        self._offer()
        self.notice.done(tr("已存好。这一份不再加密，用完请自己删掉。"), target)
        self.printed.emit()

    def choose_printer(self) -> None:
        """Ask for the printer."""
        if self.made is None:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self.made.title)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("打印文书"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(self._printer_chosen)
        dialog.show()

    def _printer_chosen(self, answer: int) -> None:
        if self._printer is not None and answer == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print all pages on `printer`."""
        if self.made is not None:
            # Else some printers begin where their own margin ends, and the bottom is cut off.
            printer.setFullPage(True)
            self._hold()
            self._run(
                partial(self._on_paper, self.made, printer), self._on_its_way, tr("正在打印…")
            )

    def _on_paper(self, made: Made, printer: QPrinter) -> int:
        draw_on(printer, made.pages, tr("打印机没有接受打印任务。"))
        self._keep(made, PrintWay.PRINTER)
        return len(made.pages)

    def _on_its_way(self, count: object) -> None:
        self._offer()
        self.notice.done(tr("已送到打印机，共 {count} 页。").format(count=count))
        self.printed.emit()
