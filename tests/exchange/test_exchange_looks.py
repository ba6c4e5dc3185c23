"""The looks of cells: shared within a workbook, and the same as if each were dressed alone."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange import looks
from mediation_desk.exchange.looks import Look

ALL = (looks.TITLE, looks.LINE, looks.LABEL, looks.HEAD, looks.CHECK, *looks.KINDS.values())


def _seen(cell: Cell | MergedCell) -> tuple[object, ...]:
    font, fill, edge = cell.font, cell.fill, cell.border
    sides = tuple(getattr(edge, side).style for side in ("left", "right", "top", "bottom"))
    lines = cell.alignment.horizontal, cell.alignment.vertical, bool(cell.alignment.wrap_text)
    return font.name, font.size, font.bold, fill.fgColor.rgb, sides, *lines, cell.number_format


def _asked(look: Look) -> tuple[object, ...]:
    sides = ("thin" if look.boxed else None,) * 4
    fill, lines = look.fill or "00000000", (look.across, "center", look.wrap)
    return look.font, look.size, look.bold, fill, sides, *lines, look.format


def _reopened(book: Workbook) -> Worksheet:
    kept = io.BytesIO()
    book.save(kept)
    sheet = load_workbook(kept).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_every_cell_has_the_look_it_was_given() -> None:
    """In two workbooks, which meet the looks in another order."""
    for order in (ALL, ALL[::-1]):
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in range(1, 4):
            for column, look in enumerate(order, 1):
                looks.put(sheet, row, column, "甲", look)
        again = _reopened(book)
        for row in range(1, 4):
            assert [_seen(again.cell(row, n)) for n in range(1, len(order) + 1)] == [
                _asked(look) for look in order
            ]


@pytest.mark.parametrize("look", [looks.HEAD, replace(looks.LABEL, boxed=True)])
def test_merged_cells_are_dressed_to_their_edges_and_may_change_their_look(look: Look) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    looks.put_across(sheet, 2, 1, 4, "表头", look, rows=2)
    for column in (1, 2, 3):
        looks.put(sheet, 5, column, "一格", look)
    changed = replace(look, size=20, bold=False)
    looks.dress(sheet.cell(5, 2), changed)
    looks.put(sheet, 5, 4, "一格", look)
    again = _reopened(book)
    assert [str(area) for area in again.merged_cells.ranges] == ["A2:D3"]
    assert (again["A2"].value, again["B2"].value) == ("表头", None)
    for row in (2, 3):
        for column in range(1, 5):
            # Inside of an area only the lines at its edge are kept by who reads it.
            sides = again.cell(row, column).border
            outer = {"top": row == 2, "bottom": row == 3, "left": column == 1, "right": column == 4}
            assert all(getattr(sides, side).style == "thin" for side in outer if outer[side])
    assert _seen(again["B5"]) == _asked(changed)
    # Who changed one cell has changed no other.
    assert {_seen(again[place]) for place in ("A5", "C5", "D5")} == {_asked(look)}
