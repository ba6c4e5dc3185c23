"""The tab of scans and photos: dropped, pasted or chosen, shown small, opened large."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mediation_desk.desk import attaching
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import messages, taking, theme
from mediation_desk.ui.days import short_day
from mediation_desk.ui.flow import FlowLayout
from mediation_desk.ui.in_view import bring_into_view
from mediation_desk.ui.opening import Opening
from mediation_desk.ui.picking import PickButton
from mediation_desk.ui.taking import Source, Taken
from mediation_desk.ui.widgets import Elided, button, column, framed, look, scrolled, words
from mediation_desk.ui.workplace import Workplace, today
from mediation_desk.words import tr

_TILE = QSize(142, 96)
# Below this height the scans come first, and where new ones are put is told after them.
_LOW = 250
_EDGE = 8
_KINDS_WIDTH = 208


def _tile() -> QSize:
    """How large a picture in small is: as wide as the type below it needs, but not as high.

    Else its name would lie below the edge of a low page.
    """
    return QSize(theme.wide(_TILE.width()), theme.high(_TILE.height()))


class _Tile(Opening):
    """One scan: its picture in small, name, kind, day and size."""

    def __init__(self, scan: Attachment) -> None:
        super().__init__(scan.id, scan.name)
        self.scan = scan
        self.picture = QLabel()
        self.picture.setFixedSize(_tile())
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sign = "pdf" if scan.media_type == attaching.PDF else "photo"
        self.picture.setPixmap(theme.drawing(sign, theme.tokens().hint, 44))
        shown = framed(column(self.picture), "note", margins=0)
        name = Elided(scan.name)
        told = " · ".join(
            part
            for part in (
                "PDF" if scan.media_type == attaching.PDF else "",
                short_day(scan.taken_on, today()),
                attaching.in_words(scan.size),
            )
            if part
        )
        stack = column(shown, name, words(tr(scan.kind.label), "sub"), words(told, "sub"), gap=1)
        stack.setContentsMargins(6, 6, 6, 6)
        self.setLayout(stack)
        self.setFixedWidth(_tile().width() + 14)

    def show_picture(self, picture: QImage) -> None:
        """Show the scan itself in place of the drawing."""
        shown = QPixmap.fromImage(picture)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(shown)


class AttachmentsView(QWidget):
    """All scans of one dispute; `changed` comes with the case file after scans were added."""

    changed = Signal(object)
    step_wanted = Signal(str)

    def __init__(self, workplace: Workplace, case: CaseFile, wanted: SignalInstance | None) -> None:
        super().__init__()
        self._workplace = workplace
        self.case = case
        self.open_for_more = wanted is not None and not case.dispute.void_reason
        if wanted is not None:
            self.step_wanted.connect(wanted)
        self.tiles: list[_Tile] = []
        self._waiting: list[_Tile] = []
        self._loading = False
        self._zone_last = False
        self.total = words("", "sub")
        self.told = words("", "", wrap=True)
        self._told_frame = framed(column(self.told), "good", margins=10)
        self._told_frame.hide()
        self.refused = words("", "", wrap=True)
        self._refused_frame = framed(column(self.refused), "warn", margins=10)
        self._refused_frame.hide()
        self.kind = PickButton(
            [(kind, tr("作为{kind}").format(kind=tr(kind.label))) for kind in AttachmentKind],
            tr("附件类别"),
            _KINDS_WIDTH,
        )
        self.kind.show_value(AttachmentKind.EVIDENCE)
        self.choose_button = button(tr("选择文件 (&O)"), self.choose)
        self.paste_button = button(tr("粘贴 (&V)"), self.paste, tip=tr("也可以按 Ctrl+V"))
        self._tiles = QWidget()
        self._flow = FlowLayout(self._tiles, gap=8)
        self._lay_out()
        self.show_case(case)

    def _lay_out(self) -> None:
        self._whole = whole = QVBoxLayout()
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(10)
        if self.open_for_more:
            whole.addWidget(self._drop_zone())
        whole.addWidget(self._told_frame)
        whole.addWidget(self._refused_frame)
        whole.addWidget(self.total)
        whole.addWidget(self._tiles)
        whole.addStretch(1)
        outer = column(gap=0)
        outer.addWidget(scrolled(whole))
        self.setLayout(outer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Show scans before the place for new ones where a page is too low for both."""
        last = bool(self.tiles) and self.height() < theme.wide(_LOW)
        if self.open_for_more and last is not self._zone_last:
            self._zone_last = last
            self._said.setVisible(not last)
            whole = self._whole
            whole.insertWidget(whole.count() - 2 if last else 1, self.total)
            whole.insertWidget(whole.count() - 2 if last else 0, self._zone)

    def _drop_zone(self) -> QFrame:
        settings = self._workplace.register.settings
        most = tr("{count} MB").format(count=settings.attachment_megabytes)
        told = tr(
            "把照片或 PDF 拖到这里，或复制后按 Ctrl+V。每个附件最多 {most}，照片太大会自动缩小。"
        )
        self._said = said = words(told.format(most=most), "sub", wrap=True)
        acts = QWidget()
        flow = FlowLayout(acts, gap=8)
        for part in (self.kind, self.choose_button, self.paste_button):
            flow.addWidget(part)
        self._zone = framed(column(said, acts, gap=8), "drop", margins=12)
        return self._zone

    def show_hot(self, *, hot: bool) -> None:
        """Draw the place for new scans as ready to take what is held over it."""
        if self.open_for_more:
            self._zone.setProperty("hot", hot)
            look(self._zone, "")
            look(self._zone, "drop")

    def show_case(self, case: CaseFile) -> None:
        """Show the scans of `case`."""
        self.case = case
        before = {tile.scan.id: tile for tile in self.tiles}
        while self._flow.takeAt(0) is not None:
            continue
        self.tiles = []
        for scan in case.attachments:
            tile = before.pop(scan.id, None)
            if tile is None or tile.scan != scan:
                tile = self._tile(scan)
            self.tiles.append(tile)
            self._flow.addWidget(tile)
            tile.show()
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        total = attaching.in_words(attaching.total(case.attachments))
        counted = tr("共 {count} 个附件，{size}；内容加密保存在登记簿里。")
        nothing = tr("还没有附件。")
        count = len(case.attachments)
        self.total.setText(counted.format(count=count, size=total) if count else nothing)
        self._put_in_order()
        self._load_next()

    def _tile(self, scan: Attachment) -> _Tile:
        tile = _Tile(scan)
        tile.wanted.connect(self.open_scan)
        tile.allow()
        if scan.media_type in attaching.PHOTOS:
            self._waiting.append(tile)
        return tile

    # Pictures in small, one after the other on the worker

    def _load_next(self) -> None:
        if self._loading or not self._waiting:
            return
        self._loading = True
        tile = self._waiting.pop(0)
        ratio = self.devicePixelRatioF()
        room = (_tile() - QSize(_EDGE, _EDGE)) * ratio
        work = partial(taking.picture_of, self._workplace.register, tile.scan.sha256, room)
        self._workplace.jobs.run(
            work,
            owner=self,
            done=partial(self._loaded, tile),
            failed=self._not_loaded,
            words=tr("正在读取附件…"),
        )

    def _loaded(self, tile: _Tile, picture: QImage) -> None:
        self._loading = False
        if tile in self.tiles and not picture.isNull():
            tile.show_picture(picture)
        self._load_next()

    def _not_loaded(self, error: DeskError) -> None:
        self._loading = False
        self._waiting.clear()
        self._say(str(error))

    # Adding

    def choose(self) -> None:
        """Let files be pointed at."""
        kinds = tr("照片和 PDF (*.jpg *.jpeg *.png *.pdf *.JPG *.JPEG *.PNG *.PDF)")
        chosen = messages.choose_files(self, tr("选择附件"), Path.home(), kinds)
        self.take([Source(path) for path in chosen])

    def paste(self) -> None:
        """Take what was copied: files, or a picture."""
        found = self.sources(QGuiApplication.clipboard().mimeData())
        if not found:
            self._say(tr("剪贴板里没有照片或文件。请先复制一张图片或一个文件，再来粘贴。"))
            return
        self.take(found)

    def sources(self, mime: QMimeData | None) -> list[Source]:
        """What can be taken out of the clipboard or of something dropped."""
        number = len(self.case.attachments) + 1
        return taking.sources(mime, tr("图片 {number}").format(number=number))

    def take(self, found: Sequence[Source]) -> None:
        """Add scans to the dispute; long reading and shrinking is done by the worker."""
        if not found or not self.open_for_more:
            return
        self._hold(held=True)
        self._workplace.jobs.run(
            partial(
                taking.take,
                self._workplace.register,
                self.case,
                list(found),
                self.kind.value(),
                self._workplace.actor,
                today(),
            ),
            owner=self,
            done=self._taken,
            failed=self._refused,
            words=tr("正在添加附件…"),
        )

    def _hold(self, *, held: bool) -> None:
        for part in (self.kind, self.choose_button, self.paste_button):
            part.setEnabled(not held)

    def _taken(self, taken: Taken) -> None:
        self._hold(held=False)
        kept, known = taken.attached.kept, taken.attached.known
        told = [tr("已添加 {count} 个附件。").format(count=len(kept))] if kept else []
        told += taken.shrunk
        told += [
            tr("“{name}”这件纠纷里已经有了，没有重复添加。").format(name=scan.name)
            for scan in known
        ]
        self._say("\n".join(told), "good")
        self._say_refused(taken.refused, "warn" if kept else "bad")
        case = self._workplace.register.case(self.case.dispute.id)
        if case is not None:
            self.show_case(case)
            self.changed.emit(case)

    def _refused(self, error: DeskError) -> None:
        self._hold(held=False)
        self._say(str(error))

    def _say(self, sentence: str, name: str = "bad") -> None:
        look(self._told_frame, name)
        self.told.setText(sentence)
        self._told_frame.setVisible(bool(sentence))
        self._refused_frame.hide()

    def _say_refused(self, refused: Sequence[str], name: str) -> None:
        """List what was not added, apart from what was."""
        if not refused:
            return
        look(self._refused_frame, name)
        head = tr("没有添加 {count} 个：").format(count=len(refused))
        self.refused.setText("\n".join([head, *(f"· {sentence}" for sentence in refused)]))
        self._refused_frame.show()
        # On a low page it would lie below the edge.
        bring_into_view(self._refused_frame)

    # Looking at one

    def open_scan(self, scan_id: str) -> None:
        """Show a scan large in the window."""
        # Loaded when the first scan is looked at.
        from mediation_desk.ui.pages.scan_window import ScanWindow  # noqa: PLC0415

        place = next(n for n, tile in enumerate(self.tiles) if tile.scan.id == scan_id)
        scans = [tile.scan for tile in self.tiles]
        shown = ScanWindow(self, self._workplace, scans, place, may_change=self.open_for_more)
        shown.change_wanted.connect(self.step_wanted)
        shown.open()
