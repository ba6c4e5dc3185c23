"""Two independent readers of a workbook that give the same plain cells; used in the child only."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from mediation_desk.exchange.cells import Cell, place, trimmed

Rows = list[list[Cell]]
MOST_DISAGREEMENTS = 200
CHINESE_DAYS = (*range(27, 37), *range(50, 59))  # defects.md 48
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def cell(value: Any) -> Cell:
    """A value of either reader as text, number, or a day as ISO text; "" for nothing."""
    kind = type(value)
    if kind is str or (kind is float and isfinite(value)):
        return value  # type: ignore[no-any-return]
    if value is None:
        return ""
    if kind is int:
        # Beyond 2**53 a number no longer has all its digits, in either reader.
        return float(value)
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(raw: Any) -> Rows:
    rows: Rows = []
    for number, row in enumerate(raw):
        if row and (cells := trimmed([cell(value) for value in row])):
            # Only now, as sheets that are formatted to their end have a million empty rows.
            rows += ([] for _ in range(len(rows), number))
            rows.append(cells)
    return rows


def by_calamine(content: bytes) -> dict[str, Rows]:
    """The cells of every sheet as python-calamine reads them."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only one of two readers at a time

    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return {
            name: _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        }


def by_openpyxl(content: bytes) -> dict[str, Rows]:
    """The cells of every sheet as openpyxl reads them, formulas as their last values."""
    from openpyxl import load_workbook  # noqa: PLC0415 - takes time to import, needed second

    _know_chinese_days()

    with warnings.catch_warnings():
        # Parts it does not know are of no use to us, and values it doubts show as disagreements.
        warnings.simplefilter("ignore")
        # Row by row it needs a third of the memory, and sees what merged cells hide, as the other.
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        return {sheet.title: _rows(_values(sheet)) for sheet in book.worksheets}


def _know_chinese_days() -> None:
    """Make openpyxl see days in the formats that Excel and WPS have built in for Chinese."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - as above

    for number in CHINESE_DAYS:
        BUILTIN_FORMATS[number] = "yyyy-mm-dd"


def _values(sheet: Any) -> Any:
    # The size that a sheet claims may be wrong, and rows would be padded to it.
    sheet.reset_dimensions()
    return (row and _unescaped(row) for row in sheet.values)


def _unescaped(row: tuple[Any, ...]) -> list[Any]:
    """Text as the format means it: openpyxl leaves the escapes of single characters in it."""
    return [
        _ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
        if type(value) is str and "_x" in value
        else value
        for value in row
    ]


def disagreements(one: dict[str, Rows], other: dict[str, Rows]) -> Iterator[tuple[str, str, str]]:
    """Cells that the two readers see differently: sheet!cell and both values, in order."""
    for title in one.keys() | other.keys():
        left, right = one.get(title, []), other.get(title, [])
        if left == right:
            continue
        for number in range(max(len(left), len(right))):
            a = left[number] if number < len(left) else []
            b = right[number] if number < len(right) else []
            if a != b:
                yield from _in_row(title, number + 1, a, b)


def _in_row(
    title: str, number: int, left: list[Cell], right: list[Cell]
) -> Iterator[tuple[str, str, str]]:
    for column in range(max(len(left), len(right))):
        a = left[column] if column < len(left) else ""
        b = right[column] if column < len(right) else ""
        if a != b:
            yield place(title, number, column + 1), str(a)[:200], str(b)[:200]
