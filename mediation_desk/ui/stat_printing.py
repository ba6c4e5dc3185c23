"""A statistical table on paper: A4 across, as wide as the page, its heads on every page.

A table with more columns than can be read on one page goes on in further bands below or on the
next page, each with the names of the rows again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from mediation_desk.domain.problems import DeskError
from mediation_desk.figures.identities import Check
from mediation_desk.figures.table import StatTable
from mediation_desk.ui.grouped_header import Head, runs
from mediation_desk.ui.paper import COLOURS, Ink
from mediation_desk.ui.stat_lines import is_sum, names_of
from mediation_desk.ui.stat_measure import heads_of
from mediation_desk.words import tr

_TITLE, _SMALL = 15.0, 8.5
# Sizes of type for the table, the largest first; no smaller one is read with ease.
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
# A head may take so many lines before its column is widened; a number column at most so wide.
_HEAD_LINES = 4
_MOST_NAME, _GAP = 45.0, 4.0  # millimetres
# Columns of a group of so many stay together.
_TOGETHER = 4

_Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose table it is, who made it and when."""

    unit: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class _Band:
    """Some columns with the names before them, as wide as the page."""

    columns: tuple[int, ...]
    names: tuple[float, ...]
    numbers: tuple[float, ...]


def print_stat(printer: QPrinter, table: StatTable, signed: Signed) -> int:
    """Print `table` and answer the number of pages; may be called from the worker.

    Raises `DeskError` when the printer does not take it.
    """
    painter = QPainter()
    if not painter.begin(printer):
        happened = tr("打印机没有接受打印任务。")
        raise DeskError(happened + tr("请检查打印机是否打开、有纸，然后再试。"))
    try:
        sheets = [_Sheet(printer, painter, table, signed, points) for points in _SIZES]
        # In as few bands as can be, then on as few pages, then as large as can be.
        sheet = min(sheets, key=lambda one: (one.bands, len(one.pages)))
        pages = sheet.pages
        for number, acts in enumerate(pages, 1):
            if number > 1:
                printer.newPage()
            for act in acts:
                act()
            sheet.draw_foot(number, len(pages))
    finally:
        painter.end()
    return len(pages)


class _Sheet:
    """Lays a table out on pages, each a list of what is to be drawn on it."""

    def __init__(
        self,
        printer: QPrinter,
        painter: QPainter,
        table: StatTable,
        signed: Signed,
        points: float,
    ) -> None:
        self._table, self._signed = table, signed
        area = printer.pageLayout().paintRectPixels(printer.resolution())
        self._wide, self._high = float(area.width()), float(area.height())
        self._mm = printer.resolution() / 25.4
        self._title = Ink(printer, painter, _TITLE)
        self._small = Ink(printer, painter, _SMALL)
        self._ink = Ink(printer, painter, points)
        self._heads = heads_of(table)
        names, numbers = self._needed(self._ink)
        self._bands = [self._band(names, numbers, part) for part in self._parts(names, numbers)]
        self.pages: list[list[_Act]] = [[]]
        self._y = 0.0
        # Whether a part of the table stands on this page already.
        self._started = False
        self._place()

    @property
    def bands(self) -> int:
        """In how many bands the columns stand."""
        return len(self._bands)

    # How wide

    def _needed(self, ink: Ink) -> tuple[list[float], list[float]]:
        """The least widths of the columns of names and of numbers."""
        table, rows = self._table, range(len(self._table.rows))
        names = [
            min(
                max(ink.wide(text) for text in (title, *(names_of(table, r)[n] for r in rows))),
                _MOST_NAME * self._mm,
            )
            for n, title in enumerate(table.corner)
        ]
        numbers = [
            max(
                _head_wide(ink, self._heads[column]),
                max((ink.wide(table.shown(row, column)) for row in rows), default=0.0),
            )
            for column in range(len(table.columns))
        ]
        return names, numbers

    def _parts(self, names: Sequence[float], numbers: Sequence[float]) -> Iterator[range]:
        """The columns in as few parts as fit the page, of about the same width."""
        room = self._wide - sum(names)
        count = -int(-sum(numbers) // room)
        share, first, width = sum(numbers) / count, 0, 0.0
        for atom in self._atoms():
            wide = sum(numbers[place] for place in atom)
            if atom.start > first and (width + wide > room or width >= share):
                yield range(first, atom.start)
                first, width = atom.start, 0.0
            width += wide
        yield range(first, len(numbers))

    def _atoms(self) -> Iterator[range]:
        """The columns in the least parts that stay together: small groups, else one by one."""
        deepest = max((len(head.groups) for head in self._heads), default=0)
        groups = {
            first: last
            for level in range(deepest)
            for first, last, _name in runs(self._heads, level)
            if last - first < _TOGETHER
        }
        place = 0
        while place < len(self._heads):
            after = groups.get(place, place) + 1
            yield range(place, after)
            place = after

    def _band(self, names: Sequence[float], numbers: Sequence[float], part: range) -> _Band:
        """Widen the columns of a band until it is as wide as the page."""
        chosen = [numbers[place] for place in part]
        grown = self._wide / (sum(names) + sum(chosen))
        return _Band(
            tuple(part),
            tuple(wide * grown for wide in names),
            tuple(wide * grown for wide in chosen),
        )

    # What stands where

    def _place(self) -> None:
        """Everything from the title to the closing lines."""
        self._place_title()
        for band in self._bands:
            self._place_band(band)
        self._place_end()

    @property
    def _bottom(self) -> float:
        return self._high - 2 * self._small.high

    def _turn(self) -> None:
        self.pages.append([])
        self._y = 0.0
        self._started = False

    def _put(self, act: _Act, high: float) -> None:
        self.pages[-1].append(act)
        self._y += high

    def _place_title(self) -> None:
        box = QRectF(0, 0, self._wide, self._title.high * 1.3)
        lines = [self._table.title]
        self._put(partial(self._title.text, lines, box, side="middle", bold=True), box.height())
        told = tr("填报单位：{unit}").format(unit=self._signed.unit)
        self._put_lines((told, self._table.calibre.words()))
        self._y += self._mm

    def _put_lines(self, texts: Sequence[str]) -> None:
        """Lines of small type across the page, each text beginning a new one."""
        for text in texts:
            lines = self._small.lines(text, self._wide)
            high = len(lines) * self._small.high
            if self._y + high > self._bottom:
                self._turn()
            box = QRectF(0, self._y, self._wide, high)
            self._put(partial(self._small.text, lines, box), high + 0.4 * self._mm)

    def _place_band(self, band: _Band) -> None:
        head = self._head_boxes(band)
        head_high = max((box.bottom() for box, _lines in head), default=0.0)
        rows = [self._row_lines(band, row) for row in range(len(self._table.rows))]
        highs = [max(map(self._ink.high_of, lines)) for lines in rows]
        # A band that fits on one page is not torn.
        if self._y + head_high + sum(highs) > self._bottom and self._started:
            self._turn()
        self._put_head(head, head_high)
        for row, (lines, high) in enumerate(zip(rows, highs, strict=True)):
            if self._y + high > self._bottom:
                self._turn()
                self._put_head(head, head_high)
            self._put(partial(self._draw_row, band, row, lines, self._y, high), high)
        self._y += _GAP * self._mm
        self._started = True

    def _put_head(self, boxes: Sequence[tuple[QRectF, list[str]]], high: float) -> None:
        self._put(partial(self._draw_head, boxes, self._y), high)

    def _head_boxes(self, band: _Band) -> list[tuple[QRectF, list[str]]]:
        """Every cell of the head, its top at zero."""
        ink, heads = self._ink, [self._heads[place] for place in band.columns]
        lefts = [sum(band.names)]
        for wide in band.numbers:
            lefts.append(lefts[-1] + wide)
        tops, found = [0.0], []
        for level in range(max((len(head.groups) for head in heads), default=0)):
            cells = [
                (QRectF(lefts[first], tops[-1], lefts[last + 1] - lefts[first], 0), name)
                for first, last, name in runs(heads, level)
            ]
            texts = [(box, ink.lines(name, box.width())) for box, name in cells]
            high = max((ink.high_of(lines) for _box, lines in texts), default=0.0)
            found += [(box.adjusted(0, 0, 0, high), lines) for box, lines in texts]
            tops.append(tops[-1] + high)
        labels = [
            ink.lines(head.label, wide) for head, wide in zip(heads, band.numbers, strict=True)
        ]
        bottom = max(
            tops[len(head.groups)] + ink.high_of(lines)
            for head, lines in zip(heads, labels, strict=True)
        )
        for place, (head, lines) in enumerate(zip(heads, labels, strict=True)):
            top = tops[len(head.groups)]
            box = QRectF(lefts[place], top, band.numbers[place], bottom - top)
            found.append((box, lines))
            if head.number:
                below = QRectF(box.left(), bottom, box.width(), ink.high_of([""]))
                found.append((below, [head.number]))
        numbered = ink.high_of([""]) if any(head.number for head in heads) else 0.0
        left = 0.0
        for title, wide in zip(self._table.corner, band.names, strict=True):
            box = QRectF(left, 0, wide, bottom + numbered)
            found.append((box, ink.lines(title, wide)))
            left += wide
        return found

    def _row_lines(self, band: _Band, row: int) -> list[list[str]]:
        names = zip(names_of(self._table, row), band.names, strict=True)
        numbers = ([self._table.shown(row, column)] for column in band.columns)
        return [*(self._ink.lines(text, wide) for text, wide in names), *numbers]

    def _place_end(self) -> None:
        """Check lines, notes, and who answers for the table."""
        self._put_lines([_check_words(check) for check in self._table.checks])
        self._put_lines(self._table.notes)
        self._y += 2 * self._mm
        told = tr(
            "填表人：{by}　　　　审核人：　　　　　　　　负责人：　　　　　　　　填报日期：{on}"
        )
        self._put_lines([told.format(by=self._signed.by, on=self._signed.on.isoformat())])

    # Drawing

    def _draw_head(self, boxes: Sequence[tuple[QRectF, list[str]]], top: float) -> None:
        for box, lines in boxes:
            moved = box.translated(0, top)
            self._ink.box(moved, ground=COLOURS.neutral_soft)
            self._ink.text(lines, moved, side="middle")

    def _draw_row(
        self, band: _Band, row: int, cells: Sequence[Sequence[str]], top: float, high: float
    ) -> None:
        bold, left = is_sum(self._table, row), 0.0
        for place, (lines, wide) in enumerate(
            zip(cells, (*band.names, *band.numbers), strict=True)
        ):
            box = QRectF(left, top, wide, high)
            self._ink.box(box, ground=COLOURS.hollow if bold else COLOURS.card)
            side = "left" if place < len(band.names) else "right"
            self._ink.text(lines, box, side=side, bold=bold)
            left += wide

    def draw_foot(self, number: int, count: int) -> None:
        """The number of the page at its foot."""
        told = tr("{title}　第 {page} 页，共 {count} 页").format(
            title=self._table.title, page=number, count=count
        )
        box = QRectF(0, self._high - 1.5 * self._small.high, self._wide, self._small.high)
        self._small.text([told], box, side="middle")


def _head_wide(ink: Ink, head: Head) -> float:
    """The width at which a head takes no more lines than it may."""
    label, _, unit = head.label.partition("\n")
    most = max(len(label), 1)
    wide = ink.wide(label[: -(-most // _HEAD_LINES)] + "　")
    while len(ink.lines(label, wide)) > _HEAD_LINES:
        wide += ink.wide("　") - 2 * ink.pad
    return max(wide, ink.wide(unit), ink.wide(head.number))


def _check_words(check: Check) -> str:
    said = tr("相符") if check.holds else tr("不符")
    told = tr("勾稽关系 {rule}　{words}：{left} {sign} {right}　{said}")
    return told.format(
        rule=check.rule,
        words=check.words,
        left=check.left,
        sign=check.sign,
        right=check.right,
        said=said,
    )
