"""Texts broken into lines by Qt, in tenths of a point, the same for every printer and screen."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextLine, QTextOption

from mediation_desk.papers.described import Align, Face, Look

# So many units to a point: fine enough that no printer shows the rounding.
UNITS = 10.0

# In the order in which they are asked for; who lacks the first is given its like.
_FAMILIES = {
    Face.TEXT: ["SimSun", "NSimSun", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC",
                "AR PL UMing CN", "WenQuanYi Micro Hei"],
    Face.HEAD: ["SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
                "Microsoft YaHei", "WenQuanYi Micro Hei"],
}  # fmt: skip


@cache
def font(face: Face, points: float, *, bold: bool) -> QFont:
    """The type of a face at a size; nobody may change it."""
    made = QFont()
    made.setFamilies(_FAMILIES[face])
    made.setPixelSize(round(points * UNITS))
    made.setBold(bold)
    # Widths must not depend on the screen.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def _middle(face: Face, points: float, *, bold: bool) -> float:
    """How far the base of a line lies below its middle."""
    metrics = QFontMetricsF(font(face, points, bold=bold))
    return (metrics.ascent() - metrics.descent()) / 2


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line that is broken, to be drawn; the layout must live as long as its line."""

    layout: QTextLayout
    line: QTextLine
    left: float
    base: float

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw it with its line beginning at `top`."""
        at = QPointF(left + self.left, top + self.base - self.line.ascent())
        self.line.draw(painter, at)


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    return option


def set_lines(text: str, look: Look, width: float, first: int = 0) -> list[SetLine]:
    """`text` in lines of `width` units; each of its paragraphs is indented by `first` signs."""
    type_ = font(look.face, look.points, bold=look.bold)
    pitch, indent = look.pitch * UNITS, first * look.points * UNITS
    base = pitch / 2 + _middle(look.face, look.points, bold=look.bold)
    free_part = {Align.LEFT: 0.0, Align.MIDDLE: 0.5, Align.RIGHT: 1.0}[look.align]
    found: list[SetLine] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, type_)
        layout.setTextOption(_option())
        layout.setCacheEnabled(True)
        layout.beginLayout()
        left = indent
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - left)
            free = max(width - left - line.naturalTextWidth(), 0.0) * free_part
            found.append(SetLine(layout, line, left + free, base))
            left = 0.0
        layout.endLayout()
    return found
