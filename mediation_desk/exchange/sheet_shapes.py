"""What both readers leave out of a sheet: merged and hidden cells, errors, notes, raw numbers.

Read from the XML itself, by local names and in any spelling of the parts' names, so that files of
other programs and of the strict form are understood as well. Used in the child only.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pyexpat import ParserCreate
from typing import Any

from mediation_desk.exchange.cells import letters

_CHUNK = 1 << 16
_LONG = 15  # digits that a number can have before it loses some
_PICTURE = "DISPIMG("
_MOST_TEXT = 40_000


@dataclass(slots=True)
class Shape:
    """A sheet beside its values; cells by their names, rows and columns from 1.

    `numbers` are raw texts of numbers with more digits than a number can keep, `errors` what a
    formula could not calculate, `unvalued` formulas saved without a value, `pictures` cells in
    which a picture lies.
    """

    hidden: bool = False
    merges: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    unvalued: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The same as JSON types."""
        return {name: getattr(self, name) for name in self.__slots__}


def shapes(content: bytes) -> dict[str, dict[str, Any]]:
    """The shape of every sheet by its title."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = _Parts(archive)
        return {title: shape.plain() for title, shape in _shapes(parts)}


class _Parts:
    """The parts of a workbook by names in one spelling."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}

    def parse(self, name: str, start: Callable[..., None], **also: Callable[..., None]) -> bool:
        """Let a part stream by; whether there is such a part."""
        real = self._names.get(_plain(name))
        if real is None:
            return False
        parser = ParserCreate()
        parser.StartElementHandler = lambda tag, told: start(_local(tag), told)
        if "end" in also:
            parser.EndElementHandler = lambda tag: also["end"](_local(tag))
        if "text" in also:
            parser.CharacterDataHandler = also["text"]
        with self._archive.open(real) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 - pyexpat knows no keywords
        parser.Parse(b"", True)  # noqa: FBT003 - as above
        return True

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part points to: kind and name by id."""
        folder, _, own = name.rpartition("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, told: dict[str, str]) -> None:
            if tag == "Relationship":
                kind = told.get("Type", "").rpartition("/")[2]
                found[told.get("Id", "")] = kind, _joined(folder, told.get("Target", ""))

        self.parse(f"{folder}/_rels/{own}.rels", start)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("/").lower()


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target
    parts = folder.split("/")
    for part in target.replace("\\", "/").split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {".", ".."}:
            parts.append(part)
    return "/".join(parts)


def _shapes(parts: _Parts) -> Iterator[tuple[str, Shape]]:
    sheets: list[tuple[str, str, bool]] = []

    def start(tag: str, told: dict[str, str]) -> None:
        if tag == "sheet":
            own = next((text for name, text in told.items() if _local(name) == "id"), "")
            hidden = told.get("state", "visible") != "visible"
            sheets.append((told.get("name", ""), own, hidden))

    parts.parse("xl/workbook.xml", start)
    related = parts.related("xl/workbook.xml")
    for title, own, hidden in sheets:
        if own in related:
            yield title, _shape(parts, related[own][1], hidden=hidden)


def _shape(parts: _Parts, name: str, *, hidden: bool) -> Shape:
    made = _Scan(Shape(hidden))
    parts.parse(name, made.start, end=made.end, text=made.text)
    for kind, part in parts.related(name).values():
        if kind == "comments":
            notes = _Notes(made.shape.notes)
            parts.parse(part, notes.start, end=notes.end, text=notes.text)
    return made.shape


class _Scan:
    """Takes up what matters of a sheet's XML while it streams by."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._row = 0
        self._column = 0
        self._cell = ""
        self._kind = ""
        self._inside = ""
        self._formula: str | None = None
        self._value = ""

    def start(self, tag: str, told: dict[str, str]) -> None:
        """An element begins."""
        if tag in {"v", "f"}:
            self._inside = tag
            if tag == "f":
                self._formula = ""
        elif tag == "c":
            self._start_cell(told)
        elif tag == "row":
            self._row = int(told.get("r") or self._row + 1)
            self._column = 0
            if told.get("hidden") in {"1", "true"}:
                self.shape.hidden_rows.append(self._row)
        elif tag == "col" and told.get("hidden") in {"1", "true"}:
            first, last = int(told.get("min", "1")), int(told.get("max", "1"))
            self.shape.hidden_columns += range(first, min(last, first + 256) + 1)
        elif tag == "mergeCell":
            self.shape.merges.append(told.get("ref", "").replace("$", ""))

    def _start_cell(self, told: dict[str, str]) -> None:
        self._column += 1
        self._cell = told.get("r") or f"{letters(self._column)}{self._row}"
        self._kind = told.get("t", "n")
        self._formula, self._value = None, ""

    def text(self, text: str) -> None:
        """Characters of a value or a formula."""
        if self._inside == "v":
            self._value += text
        elif self._inside == "f" and self._formula is not None:
            self._formula = (self._formula + text)[:_MOST_TEXT]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in {"v", "f"}:
            self._inside = ""
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        shape, name, value = self.shape, self._cell, self._value.strip()
        if self._kind == "e":
            shape.errors[name] = value or "#N/A"
        elif self._formula is not None and _PICTURE in self._formula.upper():
            shape.pictures.append(name)
        elif self._formula is not None and not value and self._kind != "str":
            shape.unvalued.append(name)
        elif self._kind == "n" and sum(sign.isdigit() for sign in value) >= _LONG:
            shape.numbers[name] = value


class _Notes:
    """Takes up the notes on a sheet's cells, without the names of their writers."""

    def __init__(self, notes: dict[str, str]) -> None:
        self._notes = notes
        self._cell = ""
        self._inside = False

    def start(self, tag: str, told: dict[str, str]) -> None:
        """An element begins."""
        if tag == "comment":
            self._cell = told.get("ref", "")
        self._inside = tag == "t"

    def text(self, text: str) -> None:
        """Characters of a note."""
        if self._inside and self._cell:
            self._notes[self._cell] = (self._notes.get(self._cell, "") + text)[:_MOST_TEXT]

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._inside = False
