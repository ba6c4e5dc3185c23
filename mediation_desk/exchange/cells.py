"""Cells: what may stand in one, how it looks in a sheet's XML, and how two of them compare."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from math import ceil

from mediation_desk.domain.problems import DeskError
from mediation_desk.words import tr

LONGEST_TEXT = 32_767  # UTF-16 units in one cell, a limit of the file format

LINE_POINTS = 14.5
HIGHEST_ROW = 409.0

Cell = str | int | float
Value = str | int | date | None

_DAY_ZERO = date(1899, 12, 30).toordinal()
# What no sheet may hold: control characters, unpaired halves and non-characters (defects.md 74).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_UNPAIRED = re.compile("[\ud800-\udfff]")
_NEEDS_CARE = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff&<>]|^\\s|\\s$|\n|_x[0-9A-Fa-f]{4}_"
)
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Kind(Enum):
    """What a column holds; MONEY is integer fen shown in yuan."""

    TEXT = "text"
    LONG = "long text"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"


class TextTooLong(DeskError):
    """A text that does not fit into one cell; it is never cut."""


@dataclass(slots=True)
class Tally:
    """How many characters had to be removed because no workbook can hold them."""

    cleaned: int = 0


def clean(text: str, tally: Tally) -> str:
    """`text` without what a cell cannot hold; line ends become plain ones and do not count."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned, count = _FORBIDDEN.subn("", text)
    tally.cleaned += count
    return cleaned


def paired(text: str, tally: Tally) -> str:
    """`text` without unpaired surrogates, which no UTF-8 file can hold."""
    cleaned, count = _UNPAIRED.subn("", text)
    tally.cleaned += count
    return cleaned


def length(text: str) -> int:
    """The length of `text` as the file format counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@cache
def letters(column: int) -> str:
    """The letters of a column, from 1 for A."""
    column, rest = divmod(column - 1, 26)
    return (letters(column) if column else "") + chr(ord("A") + rest)


def address(row: int, column: int) -> str:
    """The cell's name, such as C7."""
    return f"{letters(column)}{row}"


def place(sheet: str, row: int, column: int) -> str:
    """The sheet!cell of a finding."""
    return f"{sheet}!{address(row, column)}"


def plain(value: Value, kind: Kind) -> Cell:
    """`value` as both readers give it back: text, number, or a day as ISO text; "" for nothing."""
    if value is None:
        return ""
    if kind is Kind.MONEY and isinstance(value, int):
        return value / 100
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_read(values: Sequence[Value], kinds: Sequence[Kind]) -> list[Cell]:
    """The cells of a row as readers give them back: every number is a float there."""
    cells = (plain(value, kind) for value, kind in zip(values, kinds, strict=True))
    return [cell if isinstance(cell, str) else float(cell) for cell in cells]


def trimmed(row: Sequence[Cell]) -> list[Cell]:
    """`row` without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return list(row[:end])


def _escaped(text: str) -> str:
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def lines_needed(text: str, width: float) -> int:
    """How many lines `text` takes in a column of `width` characters; a Chinese one is two wide."""
    room = width - 1
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    # A Chinese character has three bytes: half of bytes and characters together is its width.
    wide = ((len(part.encode()) + len(part)) / 2 for part in text.split("\n"))
    return sum(max(1, ceil(part / room)) for part in wide)


def height_of(lines: int) -> float:
    """The height in points of a row whose fullest cell has this many lines."""
    return min(LINE_POINTS * lines + 4, HIGHEST_ROW)


class RowForm:
    """Turns the values of one row into XML; the columns' styles are those of the sample row."""

    def __init__(
        self, sheet: str, heads: Sequence[str], kinds: Sequence[Kind], widths: Sequence[float]
    ) -> None:
        self._sheet = sheet
        self._heads = heads
        self._widths = widths
        self.kinds = tuple(kinds)
        self.styles: Sequence[str] = [""] * len(heads)
        self.tally = Tally()

    def with_styles(self, styles: Sequence[str]) -> None:
        """Use these style numbers, one for each column."""
        self.styles = styles

    def cleaned(self, values: Sequence[Value]) -> list[Value]:
        """`values` as they will stand in the sheet.

        Raises `TextTooLong` with a sentence that names the row by its first cell.
        """
        ready = list(values)
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value:
                continue
            text = clean(value, self.tally) if _NEEDS_CARE.search(value) else value
            if len(text) > LONGEST_TEXT // 2 and length(text) > LONGEST_TEXT:
                raise TextTooLong(self._too_long(str(values[0]), index, length(text)))
            ready[index] = text
        return ready

    def xml(self, number: int, values: Sequence[Value]) -> str:
        """One `<row>` element for values that are already clean."""
        cells = [
            self._cell(f"{letters(index)}{number}", style, kind, value)
            for index, (style, kind, value) in enumerate(
                zip(self.styles, self.kinds, values, strict=True), 1
            )
        ]
        # Programs differ in whether they find heights themselves, so each row has its own.
        lines = max(
            (
                lines_needed(value, width)
                for value, width in zip(values, self._widths, strict=True)
                if isinstance(value, str)
            ),
            default=1,
        )
        height = height_of(lines)
        return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'

    @staticmethod
    def _cell(name: str, style: str, kind: Kind, value: Value) -> str:
        if value is None or value == "":
            return f'<c r="{name}" s="{style}"/>'
        if isinstance(value, str):
            if _NEEDS_CARE.search(value):
                text = _escaped(value)
                return (
                    f'<c r="{name}" s="{style}" t="inlineStr">'
                    f'<is><t xml:space="preserve">{text}</t></is></c>'
                )
            return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
        if isinstance(value, date):
            return f'<c r="{name}" s="{style}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
        number = f"{value / 100:.2f}" if kind is Kind.MONEY else str(value)
        return f'<c r="{name}" s="{style}"><v>{number}</v></c>'

    def _too_long(self, first: str, index: int, size: int) -> str:
        happened = tr(
            "“{sheet}”中“{row}”的“{head}”有{size}个字，超过了一格最多{most}个字。"
        ).format(
            sheet=self._sheet, row=first[:60], head=self._heads[index], size=size, most=LONGEST_TEXT
        )
        return happened + tr("没有导出；请先把这一项缩短，程序不会替您截断。")
