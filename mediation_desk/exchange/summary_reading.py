"""The figures that a received 汇总表 shows, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mediation_desk.domain.problems import Problem
from mediation_desk.exchange.cells import Cell, place
from mediation_desk.exchange.columns import ORDINALS, SUMMARY
from mediation_desk.exchange.formulas import FEN_IN_TEN_THOUSAND
from mediation_desk.exchange.visible import Rows, warn
from mediation_desk.figures.figure import Measure
from mediation_desk.figures.identities import line_problems
from mediation_desk.figures.ministry import COLUMNS, Values, shown
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the table shows it: raw values by column number, None where there is no number."""

    name: str
    values: tuple[int | None, ...]
    places: tuple[str, ...]


def shown_lines(rows: Rows) -> list[ShownLine]:
    """The lines of the table, put together from its bands by the column numbers over them."""
    bands = [(number, row) for number, row in enumerate(rows, 1) if row and row[0] == ORDINALS]
    lines: dict[int, dict[int, tuple[int | None, str]]] = {}
    names: dict[int, str] = {}
    for top, ordinals in bands:
        columns = dict(_numbered(ordinals))
        for offset, row in enumerate(_until_blank(rows[top:])):
            names.setdefault(offset, str(row[0]))
            found = lines.setdefault(offset, {})
            for number, column in columns.items():
                cell = row[column] if column < len(row) else ""
                at = place(SUMMARY, top + 1 + offset, column + 1)
                found[number] = (_raw(number, cell), at)
    missing = (None, SUMMARY)
    return [
        ShownLine(
            names[offset],
            tuple(found.get(column.number, missing)[0] for column in COLUMNS),
            tuple(found.get(column.number, missing)[1] for column in COLUMNS),
        )
        for offset, found in lines.items()
    ]


def _numbered(ordinals: list[Cell]) -> Iterator[tuple[int, int]]:
    """Column numbers of the table with their place in the row, from 0."""
    for index, cell in enumerate(ordinals):
        if isinstance(cell, float) and cell.is_integer() and 1 <= cell <= len(COLUMNS):
            yield int(cell), index


def _until_blank(rows: Rows) -> Iterator[list[Cell]]:
    for row in rows:
        if not row or row[0] == "":
            return
        yield row


def _raw(number: int, cell: Cell) -> int | None:
    if isinstance(cell, str):
        return None
    if COLUMNS[number - 1].figure.measure is Measure.AMOUNT:
        return round(cell * FEN_IN_TEN_THOUSAND)
    return int(cell) if float(cell).is_integer() else None


def summary_problems(rows: Rows | None, values: Values) -> list[Problem]:
    """What the shown line breaks of the identities, and where it differs from the records.

    Numbers that are missing are told too; nothing is repaired.
    """
    lines = shown_lines(rows or [])
    if not lines:
        words = tr("汇总表缺失，或者找不到“栏次”一行。")
        return [warn("W4", SUMMARY, words, tr("汇总数按程序内记录计算。"))]
    found: list[Problem] = []
    for line in lines:
        broken = line_problems(line.values, line.name)
        found += [replace(entry, place=line.places[int(entry.field) - 1]) for entry in broken]
        found += _differences(line, values)
    return found


def _differences(line: ShownLine, values: Values) -> Iterator[Problem]:
    for column, at, shown_here, counted in zip(
        COLUMNS, line.places, line.values, values, strict=True
    ):
        if shown_here != counted:
            there = tr("没有数字") if shown_here is None else shown(column, shown_here)
            words = tr("{column}在汇总表中是{there}，按程序内记录是{counted}。").format(
                column=column.title, there=there, counted=shown(column, counted)
            )
            mend = tr("汇总数按程序内记录计算。")
            yield warn("W1", at, words, mend, str(column.number))
