"""A table on paper: A4 across, its heads on every page, no row torn apart, pages numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtPrintSupport import QPrinter

from mediation_desk.desk.listing_out import PaperTable
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.words import tr

_EDGE = 10  # millimetres left free around the page
_TITLE, _LINE, _MOST, _LEAST = 15.0, 9.0, 9.0, 6.0  # sizes of type in points
_POINT = 0.3528  # millimetres
_PAD = 0.8  # millimetres between the text of a cell and its border
# Paper is white whatever the scheme on the screen.
_COLOURS = theme.LIGHT

Cells = Sequence[Sequence[str]]


def list_printer() -> QPrinter:
    """A printer set to A4 across."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(_EDGE, _EDGE, _EDGE, _EDGE),
            QPageLayout.Unit.Millimeter,
        )
    )
    printer.setDocName(tr("人民调解纠纷清单"))
    return printer


def print_table(printer: QPrinter, table: PaperTable) -> int:
    """Print `table` and answer the number of pages; may be called from the worker.

    Raises `DeskError` when the printer does not take it.
    """
    painter = QPainter()
    if not painter.begin(printer):
        happened = tr("打印机没有接受打印任务。")
        raise DeskError(happened + tr("请检查打印机是否打开、有纸，然后再试。"))
    try:
        sheet = _Sheet(printer, painter, table)
        pages = list(sheet.pages())
        for number, page in enumerate(pages, 1):
            if number > 1:
                printer.newPage()
            sheet.draw(page, number, len(pages))
    finally:
        painter.end()
    return len(pages)


@dataclass(slots=True)
class _Page:
    """Rows of one page, each a list of lines for every cell.

    The first page has the title, the last one the line below the table.
    """

    first: bool
    rows: list[list[list[str]]] = field(default_factory=list)
    last: bool = False


class _Sheet:
    """Breaks a table into lines and pages for one printer, and draws them."""

    def __init__(self, printer: QPrinter, painter: QPainter, table: PaperTable) -> None:
        self._printer, self._painter, self._table = printer, painter, table
        area = printer.pageLayout().paintRectPixels(printer.resolution())
        self._wide, self._high = float(area.width()), float(area.height())
        self._mm = printer.resolution() / 25.4
        whole = sum(table.widths)
        self._widths = [self._wide * width / whole for width in table.widths]
        # The widths are told in half Chinese characters, whose size follows from them.
        fitting = 2 * self._wide / self._mm / whole / _POINT * 0.9
        self._font = self._type(min(_MOST, max(_LEAST, fitting)))
        self._metrics = QFontMetricsF(self._font, printer)
        self._heads = [self._lines(h, w) for h, w in zip(table.heads, self._widths, strict=True)]

    @staticmethod
    def _type(points: float, *, bold: bool = False) -> QFont:
        made = QFont(theme.font(bold=bold))
        # Large type on the screen does not make the paper larger.
        made.setPointSizeF(points)
        return made

    def _lines(self, text: str, width: float) -> list[str]:
        """`text` in lines that fit into a cell of `width`."""
        found: list[str] = []
        for part in text.splitlines():
            layout = QTextLayout(part, self._font, self._printer)
            layout.setTextOption(_anywhere())
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width - 2 * _PAD * self._mm)
                found.append(part[line.textStart() : line.textStart() + line.textLength()])
            layout.endLayout()
        return found

    def _height(self, cells: Cells) -> float:
        most = max((len(cell) for cell in cells), default=1)
        return max(most, 1) * self._metrics.height() + 2 * _PAD * self._mm

    def _top(self, *, first: bool) -> float:
        """Where the table begins: under title and lines on the first page."""
        if not first:
            return 0.0
        lines = len(self._table.under) * _LINE * 1.7 + _TITLE * 2
        return lines * _POINT * self._mm

    @property
    def _foot(self) -> float:
        return _LINE * 2 * _POINT * self._mm

    @property
    def _signing(self) -> float:
        """The room for the line below the table, where people sign."""
        return _LINE * 4 * _POINT * self._mm

    def pages(self) -> Iterator[_Page]:
        """The rows by pages; only a row higher than a whole page goes on in the next."""
        page = _Page(first=True)
        left = self._room(first=True)
        for row in self._table.rows:
            rest = [self._lines(c, w) for c, w in zip(row, self._widths, strict=True)]
            while rest:
                if self._height(rest) > left and page.rows:
                    yield page
                    page, left = _Page(first=False), self._room(first=False)
                fitting = max(1, int((left - 2 * _PAD * self._mm) / self._metrics.height()))
                now, rest = [c[:fitting] for c in rest], [c[fitting:] for c in rest]
                page.rows.append(now)
                left -= self._height(now)
                rest = rest if any(rest) else []
        if self._table.foot and left < self._signing:
            # Nobody signs below an empty table: the last row goes along.
            along = [page.rows.pop()] if len(page.rows) > 1 else []
            yield page
            page = _Page(first=False, rows=along)
        page.last = True
        yield page

    def _room(self, *, first: bool) -> float:
        return self._high - self._top(first=first) - self._height(self._heads) - self._foot

    def draw(self, page: _Page, number: int, count: int) -> None:
        """Draw one page."""
        if page.first:
            self._draw_title()
        top = self._top(first=page.first)
        self._draw_row(self._heads, top, head=True)
        top += self._height(self._heads)
        for row in page.rows:
            self._draw_row(row, top, head=False)
            top += self._height(row)
        if page.last and self._table.foot:
            self._painter.setFont(self._type(_LINE))
            below = QRectF(0, top, self._wide, self._signing)
            self._painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), self._table.foot)
        told = tr("第 {page} 页，共 {count} 页").format(page=number, count=count)
        foot = QRectF(0, self._high - self._foot, self._wide, self._foot)
        self._painter.setFont(self._type(_LINE))
        bottom = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        self._painter.drawText(foot, int(bottom), told)

    def _draw_title(self) -> None:
        painter, unit = self._painter, _POINT * self._mm
        painter.setPen(theme.colour(_COLOURS.ink))
        painter.setFont(self._type(_TITLE, bold=True))
        box = QRectF(0, 0, self._wide, _TITLE * 1.7 * unit)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._table.title)
        painter.setFont(self._type(_LINE))
        for place, line in enumerate(self._table.under):
            top = (_TITLE * 1.8 + place * _LINE * 1.7) * unit
            box = QRectF(0, top, self._wide, _LINE * 1.7 * unit)
            middle = Qt.AlignmentFlag.AlignVCenter
            shown = painter.fontMetrics().elidedText(
                line, Qt.TextElideMode.ElideRight, int(self._wide)
            )
            painter.drawText(box, int(middle), shown)

    def _draw_row(self, cells: Cells, top: float, *, head: bool) -> None:
        painter, high, left = self._painter, self._height(cells), 0.0
        painter.setFont(self._font)
        for lines, width, right in zip(cells, self._widths, self._table.right, strict=True):
            box = QRectF(left, top, width, high)
            painter.setPen(QPen(theme.colour(_COLOURS.edge), self._mm / 8))
            painter.setBrush(theme.colour(_COLOURS.neutral_soft if head else _COLOURS.card))
            painter.drawRect(box)
            painter.setPen(theme.colour(_COLOURS.ink))
            self._draw_lines(lines, box, right=right and not head)
            left += width

    def _draw_lines(self, lines: Sequence[str], box: QRectF, *, right: bool) -> None:
        high, pad = self._metrics.height(), _PAD * self._mm
        base = box.top() + (box.height() - len(lines) * high) / 2 + self._metrics.ascent()
        for line in lines:
            at = box.left() + pad
            if right:
                at = box.right() - pad - self._metrics.horizontalAdvance(line)
            self._painter.drawText(QPointF(at, base), line)
            base += high


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
