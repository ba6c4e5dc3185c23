"""From a small workbook with sample rows to the full file: rows stream in as XML.

openpyxl decides about everything that is form; rows are written by ourselves, because it would
need several times longer for them and writes no values beside formulas.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange.cells import Cell, RowForm, Value, address, as_read
from mediation_desk.exchange.looks import Formula
from mediation_desk.exchange.sums import Sum

_PIECE = 100_000  # characters written at a time
_LEVEL = 4
_DIMENSION = re.compile(r'<dimension ref="[^"]*" ?/>')
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_FORMULA = re.compile(
    r'(?P<cell><c r="(?P<name>[A-Z]+\d+)"(?: s="\d+")?)(?: t="\w+")?>'
    r"(?P<formula><f>[^<]*</f>)<v ?(?:/>|></v>)"
)


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows that take the place of a sheet's sample row; `count` says how many there will be.

    `sum` is their checksum and they are as they will stand in the sheet, if both were seen to.
    """

    form: RowForm
    first: int
    rows: Iterable[list[Value]]
    count: int
    sum: str = ""

    def size(self) -> str:
        """The size record of the sheet, which readers row by row take at its word."""
        last = address(max(self.first + self.count - 1, self.first - 1, 1), len(self.form.kinds))
        return f'<dimension ref="A1:{last}"/>'


class Formulas:
    """The formulas of a workbook with their present values, by sheet and cell."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Formula]] = {}

    def keep(self, sheet: str, row: int, column: int, formula: Formula) -> Formula:
        """Remember a formula's value for when the sheet is written."""
        self.of.setdefault(sheet, {})[address(row, column)] = formula
        return formula


def pack(
    book: Workbook, streams: Mapping[str, Stream], formulas: Formulas, target: IO[bytes]
) -> dict[str, str]:
    """Write the full workbook and answer the checksum of every sheet's cells."""
    small = io.BytesIO()
    book.save(small)
    sums = {}
    parts = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(book.worksheets, 1)}
    with (
        zipfile.ZipFile(small) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as full,
    ):
        for entry in source.namelist():
            data = source.read(entry)
            if entry not in parts:
                with full.open(entry, "w") as out:
                    out.write(data)
                continue
            sheet = parts[entry]
            found = formulas.of.get(sheet.title, {})
            text = _with_values(data.decode(), found)
            total = Sum()
            stream = streams.get(sheet.title)
            for row in _rows_of(sheet, found, stream.first - 1 if stream else None):
                total.add(row)
            with full.open(entry, "w") as out:
                for piece in _pieces(text, stream, total):
                    out.write(piece.encode())
            sums[sheet.title] = total.text()
    return sums


def _rows_of(
    sheet: Worksheet, formulas: Mapping[str, Formula], last: int | None
) -> Iterator[list[Cell]]:
    if last == 0:
        return
    for number, row in enumerate(sheet.iter_rows(max_row=last, values_only=True), 1):
        cells: list[Cell] = []
        for column, value in enumerate(row, 1):
            formula = formulas.get(address(number, column))
            shown = formula.value if formula else value
            cells.append(_comparable(shown))
        yield cells


def _comparable(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]


def _with_values(text: str, formulas: Mapping[str, Formula]) -> str:
    """Put the present value behind each formula; openpyxl leaves that place empty."""

    def filled(found: re.Match[str]) -> str:
        value = formulas[found["name"]].value
        if isinstance(value, str):
            return f'{found["cell"]} t="str">{found["formula"]}<v>{value}</v>'
        return f"{found['cell']}>{found['formula']}<v>{value!r}</v>"

    text, count = _FORMULA.subn(filled, text)
    if count != len(formulas):
        raise RuntimeError("a formula was written in an unknown way")
    return text


def _pieces(text: str, stream: Stream | None, total: Sum) -> Iterator[str]:
    if stream is None:
        yield text
        return
    start = text.index(f'<row r="{stream.first}"')
    end = text.index("</sheetData>")
    form = stream.form
    form.with_styles(_STYLE.findall(text[start:end]))
    yield _DIMENSION.sub(stream.size(), text[:start])
    total.tell_rows(stream.sum)
    batch: list[str] = []
    size, number = 0, stream.first - 1
    for number, values in enumerate(stream.rows, stream.first):
        ready = values
        if not stream.sum:
            ready = form.cleaned(values)
            total.add(as_read(ready, form.kinds))
        row = form.xml(number, ready)
        batch.append(row)
        size += len(row)
        if size >= _PIECE:
            yield "".join(batch)
            batch.clear()
            size = 0
    if number - stream.first + 1 != stream.count:
        raise RuntimeError("a sheet has other rows than were told")
    yield "".join(batch) + text[end:]
