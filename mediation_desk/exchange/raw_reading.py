"""A reading of a workbook by its raw XML, made of what passes the guard's own parser anyway.

It is independent of both readers and knows only what our own writer writes: plain cells, no shared
texts, no prefixes. Of anything else it is not sure, and says so rather than guess. Where it sees
in every cell what calamine sees, and the sheets show just what the verified exact copy would show,
nothing is left that a third reading by openpyxl could tell; in all other cases openpyxl reads too.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Protocol

from mediation_desk.exchange.cells import Cell

Rows = list[list[Cell]]

_DAY_ZERO = date(1899, 12, 30).toordinal()
# Before it Excel counts a day that never was; the last one is that of the year 9999.
_FIRST_DAY, _LAST_DAY = 61, 2_958_465
_DAY_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_OF_DAYS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_OF_DAYS = re.compile("[ymdhsYMDHS]")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FILLS = frozenset(("patternFill", "gradientFill"))


class Part(Protocol):
    """What listens to one part of the archive; `sure` until it meets what it does not know."""

    sure: bool

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def text(self, content: str) -> None:
        """Text between two elements, perhaps in pieces."""


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Silent:
    """The part of a workbook that tells no cells."""

    def __init__(self) -> None:
        self.sure = True

    def text(self, content: str) -> None:
        """Text outside of cells tells nothing."""


class _Book(_Silent):
    """The titles of the sheets and under which id each is held."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.held[attributes.get("name", "")] = attributes.get("r:id", "")
        elif name == "workbookPr" and "date1904" in attributes:
            self.sure = False


class _Targets(_Silent):
    """The parts by their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.part: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            self.part[attributes.get("Id", "")] = path


class _Styles(_Silent):
    """Which styles of cells show a number as a day."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._of_cells = False
        self._before = ""
        self._formats: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._before == "fill" and name not in _FILLS:
            # openpyxl refuses a style sheet with such a fill, and that wants to be told.
            self.sure = False
        self._before = name
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf":
            if self._of_cells:
                self._formats.append(attributes.get("numFmtId", ""))
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            self._of_cells = name == "cellXfs"

    def of_days(self) -> frozenset[str]:
        """The numbers of those styles."""
        return frozenset(
            str(number) for number, its in enumerate(self._formats) if self._is_day(its)
        )

    def _is_day(self, number: str) -> bool:
        code = self._codes.get(number)
        if code is None:
            return number.isdigit() and int(number) in _DAY_FORMATS
        return bool(_OF_DAYS.search(_NOT_OF_DAYS.sub("", code)))


class _Sheet:
    """The cells of a sheet; a number stays one until the styles are known."""

    def __init__(self) -> None:
        self.sure = True
        self.rows: Rows = []
        self._numbers: list[tuple[list[Cell], int, str]] = []
        self._row: list[Cell] = []
        self._number, self._at = "", 0
        self._open = False
        self._text: list[str] = []
        self._name = self._kind = self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            if self._open:
                self.close()
            self._open = True
            self._name = attributes.get("r", "")
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
        elif name in {"t", "v"}:
            # What stood before, a formula, is no value.
            self._text.clear()
        elif name not in {"is", "f"}:
            if self._open:
                self.close()
            if name == "row":
                self._start_row(attributes.get("r", ""))
            elif name == "r" or ":" in name:
                self.sure = False

    def text(self, content: str) -> None:
        if self._open:
            self._text.append(content)

    def _start_row(self, number: str) -> None:
        if not number.isdigit() or int(number) <= self._at:
            self.sure = False
            return
        self._row, self._number, self._at = [], number, int(number)

    def close(self) -> None:
        """Put the cell that was open into its place."""
        self._open = False
        value = self._value("".join(self._text))
        self._text.clear()
        if value == "":
            return
        letters = self._name.rstrip("0123456789")
        gap = _column(letters) - 1 - len(self._row)
        if gap < 0 or self._name[len(letters) :] != self._number:
            self.sure = False
            return
        if not self._row:
            # Only now, as sheets that are formatted to their end have a million empty rows.
            self.rows += ([] for _ in range(len(self.rows), self._at - 1))
            self.rows.append(self._row)
        if gap:
            self._row += [""] * gap
        if type(value) is float and self._style:
            self._numbers.append((self._row, len(self._row), self._style))
        self._row.append(value)

    def finished(self, days: frozenset[str]) -> bool:
        """Close the sheet and turn what is shown as days into days; whether that could be done."""
        if self._open:
            self.close()
        for row, at, style in self._numbers:
            if style in days:
                row[at] = _day(row[at])
        return self.sure and all(row[at] != "" for row, at, _ in self._numbers)

    def _value(self, text: str) -> Cell:
        if self._kind in {"inlineStr", "str"}:
            return _ESCAPE.sub(_unescaped, text) if "_x" in text else text
        try:
            if self._kind == "n":
                return float(text) if text else ""
        except ValueError:
            pass
        self.sure = False
        return ""


def _day(serial: Cell) -> str:
    """A day as ISO text; empty for what is no whole day that every program counts alike."""
    if not isinstance(serial, float) or not serial.is_integer():
        return ""
    if not _FIRST_DAY <= serial <= _LAST_DAY:
        return ""
    return date.fromordinal(int(serial) + _DAY_ZERO).isoformat()


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


class Raw:
    """Gathers a workbook's cells while its parts stream by."""

    def __init__(self) -> None:
        self._book, self._targets, self._styles = _Book(), _Targets(), _Styles()
        self._sheets: dict[str, _Sheet] = {}
        self._parts: dict[str, Part] = {
            "xl/workbook.xml": self._book,
            "xl/_rels/workbook.xml.rels": self._targets,
            "xl/styles.xml": self._styles,
        }

    def part(self, name: str) -> Part | None:
        """What listens to the part of this name; None for one that tells nothing of cells."""
        if _SHEET.fullmatch(name):
            return self._sheets.setdefault(name, _Sheet())
        return self._parts.get(name)

    def sheets(self) -> dict[str, Rows] | None:
        """The cells of every sheet, as both readers give them; None unless sure of all of them."""
        parts: tuple[Part, ...] = (*self._parts.values(), *self._sheets.values())
        if not all(part.sure for part in parts):
            return None
        days = self._styles.of_days()
        found: dict[str, Rows] = {}
        for title, held in self._book.held.items():
            sheet = self._sheets.get(self._targets.part.get(held, ""))
            if sheet is None or not sheet.finished(days):
                return None
            found[title] = sheet.rows
        return found
