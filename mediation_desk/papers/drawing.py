"""Laid out papers as PDF, on a printer, and as pictures for the screen: one drawing for all."""

import os
import re
import sys
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QImageReader,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
)

from mediation_desk.domain.problems import DeskError
from mediation_desk.papers.described import (
    BORDER,
    BOTTOM,
    HIGH,
    LEFT,
    POINT,
    RIGHT,
    TOP,
    WIDE,
    Align,
    CasePaper,
    Look,
    Numbering,
)
from mediation_desk.papers.laying_out import Drawn, Page, Placed, Squares, Stroke, lay_out
from mediation_desk.papers.type_setting import UNITS, set_lines
from mediation_desk.words import tr

_MM = UNITS / POINT
_DOTS = 1200
# How many dots wide and high a picture is looked at to see whether it is one.
_GLANCE = 32
# How many squares wide the white edge is that a scanner needs.
QUIET = 4
_NUMBER = Look(10.5, 14, align=Align.RIGHT)
_started: list[QGuiApplication] = []


def ready() -> None:
    """Let Qt know its fonts where no window is open; called before anything is laid out."""
    if QGuiApplication.instance() is None:
        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        # Kept, because Qt takes its fonts away with it.
        _started.append(QGuiApplication([]))


def pages_of(papers: Sequence[CasePaper]) -> list[list[Page]]:
    """The pages of each paper; those that count are numbered through from 1."""
    ready()
    number, found = 0, []
    for paper in papers:
        pages = lay_out(paper)
        if paper.numbering is Numbering.COUNTED:
            for page in pages:
                number += 1
                page.number = number
        found.append(pages)
    return found


def pdf_of(pages: Sequence[Page], title: str) -> bytes:
    """The pages as a PDF with its fonts inside.

    It is made in memory: Qt does not say when a disk is full in the middle of it.
    """
    ready()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(tr("调解台"))
    writer.setResolution(_DOTS)
    draw_on(writer, pages, tr("PDF 没有做成。"))
    return bytes(content.data())


def draw_on(device: QPagedPaintDevice, pages: Sequence[Page], failed: str) -> None:
    """Draw the pages on a PDF or a printer; raises `DeskError` beginning with `failed`."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        raise DeskError(failed + tr("请检查U盘或打印机，关上正打开的同名文件，再试一次。"))
    try:
        # Printers that cannot print to the edge still begin at the corner of their paper.
        scale = device.logicalDpiX() / (72 * UNITS)
        for place, page in enumerate(pages):
            if place:
                device.newPage()
            painter.resetTransform()
            painter.scale(scale, scale)
            _draw(painter, page)
    finally:
        painter.end()


def picture(page: Page, wide: int) -> QImage:
    """One page as a picture `wide` pixels wide."""
    size = QSizeF(WIDE, HIGH).scaled(wide, 1e6, Qt.AspectRatioMode.KeepAspectRatio).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    scale = wide / (WIDE * _MM)
    painter.scale(scale, scale)
    _draw(painter, page)
    painter.end()
    return image


def _draw(painter: QPainter, page: Page) -> None:
    painter.translate(LEFT * _MM, TOP * _MM)
    painter.setPen(QPen(Qt.GlobalColor.black, BORDER * UNITS))
    for mark in page.marks:
        if isinstance(mark, Drawn):
            mark.line.draw(painter, mark.left, mark.top)
        elif isinstance(mark, Stroke):
            painter.drawLine(*_ends(mark))
        elif isinstance(mark, Squares):
            painter.fillPath(_path(mark), Qt.GlobalColor.black)
        else:
            _place(painter, mark)
    if page.number:
        wide = (WIDE - LEFT - RIGHT) * _MM
        line = set_lines(str(page.number), _NUMBER, wide)[0]
        line.draw(painter, 0, (HIGH - TOP - BOTTOM * 0.6) * _MM)


def _ends(stroke: Stroke) -> tuple[int, int, int, int]:
    return round(stroke.left), round(stroke.top), round(stroke.right), round(stroke.bottom)


def _path(squares: Squares) -> QPainterPath:
    """The dark squares as one path, between which no hairline shows."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    one = squares.side / (len(squares.rows) + 2 * QUIET)
    for down, row in enumerate(squares.rows, QUIET):
        for run in re.finditer("1+", row):
            across, long = run.start() + QUIET, run.end() - run.start()
            path.addRect(squares.left + across * one, squares.top + down * one, long * one, one)
    return path


def _place(painter: QPainter, placed: Placed) -> None:
    image = read_picture(placed.content)
    room = QSizeF(placed.wide, placed.high)
    size = QSizeF(image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    left = placed.left + (placed.wide - size.width()) / 2
    painter.drawImage(QRectF(left, placed.top, size.width(), size.height()), image)


def is_picture(content: bytes) -> bool:
    """Whether Qt can show it."""
    ready()
    return not _read(content, QSize(_GLANCE, _GLANCE)).isNull()


def _read(content: bytes, size: QSize | None = None) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if size is not None:
        # Small pictures of large photos are made several times faster.
        reader.setScaledSize(size)
    return reader.read()


def read_picture(content: bytes) -> QImage:
    """A photo the right way up; raises `DeskError` for one that is damaged."""
    image = _read(content)
    if image.isNull():
        raise DeskError(tr("有一个附件的图像打不开。请在“附件”里核对，删掉坏的再添加一次。"))
    return image


def upright_jpeg(content: bytes) -> bytes:
    """A photo as Word shows it: turned as the camera was held, and no larger than needed."""
    ready()
    image, most = read_picture(content), 1800
    if max(image.width(), image.height()) > most:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(most, most, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(85)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB32))
    return bytes(buffer.data().data())
