"""A painter on paper: sizes in millimetres, type in points, text broken into lines that fit."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtPrintSupport import QPrinter

from mediation_desk.ui import theme

POINT = 0.3528  # millimetres
PAD = 0.8  # millimetres between the text of a cell and its border
# Paper is white whatever the scheme on the screen.
COLOURS = theme.LIGHT


def type_of(points: float, *, bold: bool = False) -> QFont:
    """Type for paper; large type on the screen does not make it larger."""
    made = QFont(theme.font(bold=bold))
    made.setPointSizeF(points)
    return made


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class Ink:
    """One size of type on one printer: measures texts, breaks and draws them."""

    def __init__(self, printer: QPrinter, painter: QPainter, points: float) -> None:
        self._printer, self._painter = printer, painter
        self.mm = printer.resolution() / 25.4
        self._fonts = {bold: type_of(points, bold=bold) for bold in (False, True)}
        self._metrics = QFontMetricsF(self._fonts[True], printer)
        self.high = self._metrics.height()
        self.pad = PAD * self.mm

    def wide(self, text: str) -> float:
        """How wide a text is with the air of its cell; of several lines the widest."""
        lines = text.splitlines() or [""]
        return max(map(self._metrics.horizontalAdvance, lines)) + 2 * self.pad

    def lines(self, text: str, width: float) -> list[str]:
        """`text` in lines that fit into a cell of `width`."""
        found: list[str] = []
        for part in text.splitlines():
            layout = QTextLayout(part, self._fonts[True], self._printer)
            layout.setTextOption(_anywhere())
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width - 2 * self.pad, 1.0))
                found.append(part[line.textStart() : line.textStart() + line.textLength()])
            layout.endLayout()
        return found

    def high_of(self, lines: Sequence[str]) -> float:
        """How high a cell with these lines is."""
        return max(len(lines), 1) * self.high + 2 * self.pad

    def box(self, box: QRectF, *, ground: str = COLOURS.card) -> None:
        """The border and the ground of a cell."""
        self._painter.setPen(QPen(theme.colour(COLOURS.edge), self.mm / 8))
        self._painter.setBrush(theme.colour(ground))
        self._painter.drawRect(box)

    def text(
        self, lines: Sequence[str], box: QRectF, *, side: str = "left", bold: bool = False
    ) -> None:
        """Lines in the middle of a cell's height; `side` is left, middle or right."""
        self._painter.setFont(self._fonts[bold])
        self._painter.setPen(theme.colour(COLOURS.ink))
        base = box.top() + (box.height() - len(lines) * self.high) / 2 + self._metrics.ascent()
        for line in lines:
            free = box.width() - QFontMetricsF(self._fonts[bold], self._printer).horizontalAdvance(
                line
            )
            at = {"left": self.pad, "middle": free / 2, "right": free - self.pad}[side]
            self._painter.drawText(QPointF(box.left() + at, base), line)
            base += self.high
