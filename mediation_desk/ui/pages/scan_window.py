"""One scan as large as the window: the next one, saving it out, and mending what is noted."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget

from mediation_desk.desk import attaching
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, taking
from mediation_desk.ui.pages.dispute_forms import ATTACHMENT
from mediation_desk.ui.widgets import Elided, button, column, look, row, words
from mediation_desk.ui.workplace import Workplace
from mediation_desk.words import tr

_EDGE = 28


class ScanWindow(QDialog):
    """Shows one of `scans` after the other; Esc closes it."""

    change_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        scans: Sequence[Attachment],
        place: int,
        *,
        may_change: bool,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workplace = workplace
        self._scans = list(scans)
        self._place = place
        self._whole = False
        self._title = Elided("", "heading")
        self._more = words("", "sub")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = button(tr("上一个 (&B)"), self.show_before)
        self.after = button(tr("下一个 (&N)"), self.show_after)
        self.size_button = button(tr("放大 (&F)"), self.turn_size)
        self.save_button = button(tr("另存为… (&S)"), self.save_out)
        self.change_button = button(
            tr("修改 (&R)"), self._change, tip=tr("改名称、类别、日期，或作废")
        )
        self.change_button.setVisible(may_change)
        self.shut = button(tr("关闭"), self.reject, "primary", keys="Esc")
        self._lay_out()
        window = parent.window().size()
        self.resize(window - QSize(_EDGE, _EDGE))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._load)
        self._show()

    def _lay_out(self) -> None:
        head = row(self._title, self._more, gap=12)
        head.setStretch(0, 1)
        acts = row(
            self.before,
            self.after,
            self.size_button,
            None,
            self.change_button,
            self.save_button,
            self.shut,
            gap=8,
        )
        whole = column(head, gap=10)
        whole.addWidget(self.area, 1)
        whole.addLayout(acts)
        whole.setContentsMargins(16, 12, 16, 12)
        self.setLayout(whole)
        self.shut.setFocus()

    @property
    def scan(self) -> Attachment:
        """The scan that is shown."""
        return self._scans[self._place]

    def _show(self) -> None:
        scan = self.scan
        photo = scan.media_type in attaching.PHOTOS
        self.setWindowTitle(scan.name)
        self._title.setText(scan.name)
        day = str(scan.taken_on) if scan.taken_on else ""
        told = (tr(scan.kind.label), day, attaching.in_words(scan.size))
        self._more.setText(" · ".join(part for part in told if part))
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(self._scans) - 1)
        self.size_button.setVisible(photo)
        self.size_button.setEnabled(True)
        self.save_button.setEnabled(True)
        self.size_button.setText(tr("缩小 (&F)") if self._whole else tr("放大 (&F)"))
        if photo:
            look(self.save_button, "")
            look(self.shut, "primary")
            self.picture.setText(tr("正在打开…"))
            # Only when the window has its size is it known how large the picture may be.
            self._settled.start(0)
        else:
            self._settled.stop()
            # There is nothing else to be done with it here.
            look(self.save_button, "primary")
            look(self.shut, "")
            self.picture.setText(
                tr("PDF 文件在这里不能翻看。请按“另存为”，再用电脑里的 WPS 打开。")
            )

    def _load(self) -> None:
        ratio = self.devicePixelRatioF()
        room = self.area.viewport().size() * ratio
        if self._whole:
            room = QSize(taking.MOST_POINTS, taking.MOST_POINTS)
        work = partial(taking.picture_of_scan, self._workplace.register, self.scan, room)
        self._workplace.jobs.run(
            work,
            owner=self,
            done=partial(self._loaded, self.scan),
            failed=self._failed,
            words=tr("正在读取附件…"),
        )

    def _loaded(self, scan: Attachment, picture: QImage) -> None:
        if scan is not self.scan:
            # Somebody has turned to another one meanwhile.
            return
        if picture.isNull():
            self.size_button.setEnabled(False)
            self.picture.setText(tr("这张照片打不开。请按“另存为”，换一个程序试试。"))
            return
        shown = QPixmap.fromImage(picture)
        shown.setDevicePixelRatio(1.0 if self._whole else self.devicePixelRatioF())
        self.picture.setPixmap(shown)

    def _failed(self, error: DeskError) -> None:
        # What cannot be read can be neither enlarged nor written out.
        self.size_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self.picture.setText(str(error))

    def _turn_to(self, place: int) -> None:
        if 0 <= place < len(self._scans):
            self._place = place
            self._whole = False
            self._show()

    def show_before(self) -> None:
        """Go to the scan before."""
        self._turn_to(self._place - 1)

    def show_after(self) -> None:
        """Go to the next scan."""
        self._turn_to(self._place + 1)

    def turn_size(self) -> None:
        """Show the picture in its own size, or as large as the window again."""
        self._whole = not self._whole
        self._show()

    def save_out(self) -> None:
        """Write the scan to where the user points; outside it lies unencrypted."""
        proposed = Path.home() / attaching.file_name(self.scan)
        kinds = f"*{proposed.suffix}"
        target = messages.choose_target(self, tr("另存附件"), proposed, kinds)
        if target is None:
            return
        work = partial(attaching.save_out, self._workplace.register, self.scan, target)
        self._workplace.jobs.run(
            work, owner=self, done=self._saved, failed=self._not_saved, words=tr("正在另存…")
        )

    def _saved(self, target: Path) -> None:
        told = tr("已另存为“{name}”。").format(name=target.name)
        messages.tell(self, told, tr("这一份不再加密，用完请自己删掉。"))

    def _not_saved(self, error: DeskError) -> None:
        messages.fail(self, tr("没有另存成功。"), str(error))

    def _change(self) -> None:
        self.close()
        self.change_wanted.emit(f"{ATTACHMENT}:{self.scan.id}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_PageUp}:
            self.show_before()
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_PageDown}:
            self.show_after()
        else:
            super().keyPressEvent(event)
