"""openpyxl alone with the cells of a workbook: `python child_bare_workbook.py JOB PATH PATH`."""

import pickle
import sys
import time
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

from bench_answering import answer

_LOOKS = ("font", "fill", "border", "alignment", "number_format")


def _openpyxl() -> Any:
    # Loading it is part of what is timed, as it is for the desk.
    import openpyxl.cell  # noqa: PLC0415

    return openpyxl


def take(workbook: Path, cells: Path) -> float:
    """Keep the cells of a workbook and their looks aside, for writing the same ones again."""
    book = _openpyxl().load_workbook(workbook)
    plain = book.worksheets[0].cell(1, 1)._style.__class__()
    places: dict[Any, int] = {}
    looks: list[tuple[Any, ...]] = []
    rows = []
    for number, sheet in enumerate(book.worksheets):
        for row in sheet.iter_rows():
            kept = []
            for cell in row:
                # The covered part of merged cells comes without a style.
                cell._style = cell._style or plain
                key = tuple(cell._style)
                if key not in places:
                    places[key] = len(looks)
                    looks.append(tuple(copy(getattr(cell, part)) for part in _LOOKS))
                kept.append((cell.value, places[key], cell.data_type == "s"))
            rows.append((number, kept))
    with cells.open("wb") as file:
        for entry in ((book.sheetnames, looks), *rows):
            pickle.dump(entry, file)
    return 0.0


def _entries(cells: Path) -> Iterator[Any]:
    with cells.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _seconds_of_entries(cells: Path) -> float:
    begun = time.perf_counter()
    for _ in _entries(cells):
        pass
    return time.perf_counter() - begun


def write(cells: Path, target: Path) -> float:
    """Write the same cells in the same looks, row by row, in its leanest way."""
    begun = time.perf_counter()
    made = _openpyxl()
    book = made.Workbook(write_only=True)
    loading = time.perf_counter() - begun
    besides = _seconds_of_entries(cells)
    begun = time.perf_counter()
    rows = _entries(cells)
    names, looks = next(rows)
    sheets = [book.create_sheet(name) for name in names]
    styles = [_style(made.cell.WriteOnlyCell(sheets[0]), look) for look in looks]
    for number, kept in rows:
        sheet, line = sheets[number], []
        for value, place, text in kept:
            cell = made.cell.WriteOnlyCell(sheet, value)
            cell._style = styles[place]
            if text:
                # Text that begins with an equals sign would become a formula.
                cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    book.save(target)
    return time.perf_counter() - begun + loading - besides


def _style(cell: Any, look: tuple[Any, ...]) -> Any:
    for part, value in zip(_LOOKS, look, strict=True):
        setattr(cell, part, value)
    return cell._style


def read(workbook: Path, _unused: Path) -> float:
    """Read all cells, in its normal mode."""
    begun = time.perf_counter()
    book = _openpyxl().load_workbook(workbook, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.values:
            pass
    return time.perf_counter() - begun


JOBS = {job.__name__: job for job in (take, write, read)}

answer(JOBS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3])))
