"""A table whose cells are the darker the more they count; every number is written in its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mediation_desk.ui import theme
from mediation_desk.ui.charts.chart import Chart, Mark, in_room, least_room
from mediation_desk.ui.theme import Tokens

_ROW, _NAMES = 32, 132
_PAD, _GAP = 8, 1
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def steps(look: Tokens) -> tuple[tuple[str, str], ...]:
    """Ground and ink of a cell, from none to the most."""
    return (
        (look.card, look.hint),
        (look.blue_soft, look.ink),
        (look.warm, look.ink),
        (look.warmer, look.ink),
        (look.primary, look.primary_ink),
    )


def step_of(value: int, most: int) -> int:
    """Which of the steps a number takes: nothing the first, the most the last."""
    return min(-(-4 * value // most), 4) if value > 0 and most > 0 else 0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: its name and a mark for every column; None where none is counted yet.

    A `total` adds up the others and takes no colour.
    """

    name: str
    marks: tuple[Mark | None, ...]
    total: bool = False


class HeatTable(Chart):
    """Rows by columns; the last column adds up the others when `totals` says so."""

    def __init__(self, name: str, nothing: str) -> None:
        self._columns: tuple[str, ...] = ()
        self._rows: tuple[HeatRow, ...] = ()
        # Of each mark its row and column, and the other way round.
        self._at: tuple[tuple[int, int], ...] = ()
        self._numbers: dict[tuple[int, int], int] = {}
        self._most = 0
        self._totals = False
        # How wide names and sums are.
        self._names = self._sum = 0.0
        super().__init__(name, nothing)

    def show_rows(
        self, columns: Sequence[str], rows: Sequence[HeatRow], *, totals: bool = True
    ) -> None:
        """Show `rows`; with `totals` the last column takes no colour."""
        self._columns, self._rows, self._totals = tuple(columns), tuple(rows), totals
        found = [
            (line, place, mark)
            for line, row in enumerate(rows)
            for place, mark in enumerate(row.marks)
            if mark is not None
        ]
        self._at = tuple((line, place) for line, place, _mark in found)
        self._numbers = {at: number for number, at in enumerate(self._at)}
        coloured = [mark.value for line, place, mark in found if self._coloured(line, place)]
        self._most = max(coloured, default=0)
        self._measure(found)
        self._take([mark for _line, _place, mark in found])

    def _measure(self, found: Sequence[tuple[int, int, Mark]]) -> None:
        """Give names and sums the room they need, and the columns at least theirs."""
        metrics = QFontMetricsF(theme.font(10.5, bold=True))
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0)
        self._names = min(names + 2 * _PAD, theme.wide(_NAMES))
        last = len(self._columns) - 1 if self._totals else len(self._columns)
        sums = (mark.shown for _line, place, mark in found if place == last)
        self._sum = least_room(metrics, (*self._columns[last:], *sums)) if self._totals else 0.0
        shown = (mark.shown for _line, place, mark in found if place != last)
        column = least_room(metrics, (*self._columns[:last], *shown))
        self.setMinimumWidth(round(self._names + last * column + self._sum))

    def _column(self, place: int) -> tuple[float, float]:
        """Where a column begins and how wide it is; all are alike unless sums need more."""
        count, room = max(len(self._columns), 1), self.width() - self._names
        wide = room / count
        if self._totals and count > 1 and wide < self._sum:
            wide = (room - self._sum) / (count - 1)
        last = self._totals and place == count - 1
        return self._names + place * wide, room - place * wide if last else wide

    def _coloured(self, line: int, place: int) -> bool:
        last = self._totals and place == len(self._columns) - 1
        return not (last or self._rows[line].total)

    def least_high(self) -> int:
        return (len(self._rows) + 1) * theme.high(_ROW)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth() + 200, self.minimumHeight())

    def beside(self, number: int, key: Qt.Key) -> int:
        line, place = self._at[number]
        step = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0)}
        down, along = step.get(key, (1, 0))
        return self._numbers.get((line + down, place + along), number)

    def mark_at(self, at: QPointF) -> int:
        line = int(at.y() // theme.high(_ROW)) - 1
        for place in range(len(self._columns)):
            left, wide = self._column(place)
            if left <= at.x() < left + wide:
                return self._numbers.get((line, place), -1)
        return -1

    def _cell(self, line: int, place: int) -> QRectF:
        """The cell of a row and a column; line -1 is the head."""
        high = theme.high(_ROW)
        left, wide = self._column(place)
        return QRectF(left, (line + 1) * high, wide, high)

    def place(self, number: int) -> QRectF:
        return self._cell(*self._at[number])

    def draw(self, painter: QPainter, seen: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # noqa: FBT003 - Qt's own
        look, metrics = theme.tokens(), QFontMetricsF(painter.font())
        painter.setPen(theme.colour(look.ink2))
        names = self._columns[:-1] if self._totals else self._columns
        shown = in_room(metrics, names, self._column(0)[1])
        for place, name in enumerate((*shown, *self._columns[len(names) :])):
            painter.drawText(self._cell(-1, place), _CENTRE, name)
        for line, row in enumerate(self._rows):
            whole = QRectF(0, self._cell(line, 0).top(), self.width(), theme.high(_ROW))
            if whole.intersects(seen):
                self._draw_row(painter, line, row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_row(self, painter: QPainter, line: int, row: HeatRow) -> None:
        look, first = theme.tokens(), self._cell(line, 0)
        painter.setFont(theme.font(10.5, bold=row.total))
        painter.setPen(theme.colour(look.ink))
        room = QRectF(_PAD, first.top(), first.left() - 2 * _PAD, first.height())
        metrics = painter.fontMetrics()
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, _LEFT, name)
        for place, mark in enumerate(row.marks):
            coloured = self._coloured(line, place)
            painter.setFont(theme.font(10.5, bold=not coloured))
            self._draw_cell(painter, self._cell(line, place), mark, coloured=coloured)
        painter.setPen(theme.colour(look.line if row.total else look.faint_line))
        painter.drawLine(0, round(first.top()), self.width(), round(first.top()))

    def _draw_cell(
        self, painter: QPainter, cell: QRectF, mark: Mark | None, *, coloured: bool
    ) -> None:
        look = theme.tokens()
        ground, ink = steps(look)[step_of(mark.value if mark else 0, self._most)]
        if not coloured:
            ground, ink = look.card, look.ink if mark and mark.value else look.hint
        painter.fillRect(cell.adjusted(_GAP, _GAP, -_GAP, 0), theme.colour(ground))
        painter.setPen(theme.colour(ink))
        painter.drawText(cell, _CENTRE, mark.shown if mark else "–")
