"""A table on paper: A4 across, its heads on every page, pages numbered."""

from html import escape

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from mediation_desk.desk.listing_out import PaperTable
from mediation_desk.domain.problems import DeskError
from mediation_desk.ui import theme
from mediation_desk.words import tr

# Millimetres left free around the page.
_EDGE = 10
# Of the page's height, for the line with its number.
_FOOT = 0.035
_POINTS, _FEW_POINTS = 9.0, 6.0
_MOST_COLUMNS = 20
_STYLE = """
h1 { font-size: 15pt; font-weight: 600; }
p { font-size: 9pt; }
th { background-color: #e8ecf0; font-weight: 600; }
"""


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


def _html(table: PaperTable) -> str:
    whole = sum(table.widths)
    heads = "".join(
        f'<th width="{100 * width / whole:.1f}%">{escape(head)}</th>'
        for head, width in zip(table.heads, table.widths, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    under = "".join(f"<p>{escape(line)}</p>" for line in table.under)
    return (
        f'<h1 align="center">{escape(table.title)}</h1>{under}'
        '<table border="1" cellspacing="0" cellpadding="3" width="100%" '
        'style="border-collapse: collapse; border-color: #9ca3af">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _document(printer: QPrinter, table: PaperTable, page: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(printer)
    # A list in full has twice the columns and must still fit across the page.
    points = _POINTS if len(table.heads) <= _MOST_COLUMNS else _FEW_POINTS
    type_ = QFont(theme.font(points))
    type_.setPointSizeF(points)
    document.setDefaultFont(type_)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_STYLE)
    document.setPageSize(page)
    document.setHtml(_html(table))
    return document


def print_table(printer: QPrinter, table: PaperTable) -> int:
    """Print `table` and answer the number of pages; may be called from the worker.

    Raises `DeskError` when the printer does not take it.
    """
    painter = QPainter()
    if not painter.begin(printer):
        happened = tr("打印机没有接受打印任务。")
        raise DeskError(happened + tr("请检查打印机是否打开、有纸，然后再试。"))
    try:
        return _pages(printer, painter, table)
    finally:
        painter.end()


def _pages(printer: QPrinter, painter: QPainter, table: PaperTable) -> int:
    area = printer.pageLayout().paintRectPixels(printer.resolution())
    high = area.height() * (1 - _FOOT)
    document = _document(printer, table, QSizeF(area.width(), high))
    count = document.pageCount()
    for page in range(count):
        if page:
            printer.newPage()
        painter.save()
        painter.translate(0, -page * high)
        document.drawContents(painter, QRectF(0, page * high, area.width(), high))
        painter.restore()
        painter.setFont(theme.font(_POINTS))
        foot = QRectF(0, high, area.width(), area.height() - high)
        told = tr("第 {page} 页，共 {count} 页").format(page=page + 1, count=count)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), told)
    return count
