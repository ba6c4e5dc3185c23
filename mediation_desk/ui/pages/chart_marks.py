"""Turns the tables behind the charts into their marks."""

from collections.abc import Iterator
from datetime import date

from mediation_desk.desk.charted import Cell
from mediation_desk.domain.periods import Period
from mediation_desk.figures.explained import unit_of
from mediation_desk.figures.table import Level, Ratio, StatTable, period_of
from mediation_desk.ui.charts.bars import Bar
from mediation_desk.ui.charts.chart import Mark
from mediation_desk.ui.charts.heat import HeatRow
from mediation_desk.ui.charts.trend import Series
from mediation_desk.words import tr

_COUNTED, _SHARE, _YEAR_AGO = "C01", "share", "year"


def _mark(cell: Cell, named: str) -> Mark:
    unit = unit_of(cell.table, cell.row, cell.column)
    told = tr("{named}：{number} {unit}").format(named=named, number=cell.shown, unit=unit)
    return Mark(cell.number, cell.shown, told, cell)


def _lines(table: StatTable) -> list[int]:
    return [place for place, row in enumerate(table.rows) if row.level is Level.LINE]


def type_bars(table: StatTable) -> Iterator[Bar]:
    """The dispute types of a time that has any of them."""
    column, share = table.column(_COUNTED), table.column(_SHARE)
    for row in _lines(table):
        cell = Cell(table, row, column)
        if cell.number:
            label, percent = table.rows[row].label, f"{table.shown(row, share)}%"
            mark = _mark(cell, label)
            told = tr("{words}，占 {percent}").format(words=mark.words, percent=percent)
            yield Bar(
                label.removesuffix(tr("纠纷")), Mark(mark.value, mark.shown, told, cell), percent
            )


def _of(cell: Cell) -> Period:
    table = cell.table
    return period_of(table.rows[cell.row], table.columns[cell.column], table.calibre.period)


def _begun(cell: Cell, today: date) -> bool:
    return _of(cell).first <= today


def month_names(table: StatTable) -> list[str]:
    """The months of a table by month, as short as they can be."""
    periods = (table.rows[row].period for row in _lines(table))
    return [tr("{month}月").format(month=period.first.month) for period in periods if period]


def trend_series(table: StatTable, today: date) -> tuple[Series, Series]:
    """The months and those of the year before; a month that has not begun has no number."""
    found: list[Series] = []
    for key in (_COUNTED, _YEAR_AGO):
        cells = [Cell(table, row, table.column(key)) for row in _lines(table)]
        marks = tuple(
            _mark(cell, _of(cell).label()) if _begun(cell, today) else None for cell in cells
        )
        years = {day.year for cell in cells for day in (_of(cell).first, _of(cell).last)}
        name = tr("上年同期") if found else tr("近12个月")
        if len(years) == 1:
            name = tr("{year}年").format(year=years.pop())
        found.append(Series(name, marks))
    now, before = found
    return now, before


def heat_rows(table: StatTable, today: date) -> Iterator[HeatRow]:
    """The units by months, their sums in the last column, the sum of all in the last row."""
    total, *months = range(len(table.columns))
    sums = [place for place, row in enumerate(table.rows) if row.level is Level.TOTAL]
    for row in (*_lines(table), *sums):
        line = table.rows[row]
        marks: list[Mark | None] = []
        for column in (*months, total):
            cell = Cell(table, row, column)
            named = tr("{unit}，{column}").format(
                unit=line.label, column=table.columns[column].label
            )
            marks.append(_mark(cell, named) if _begun(cell, today) else None)
        yield HeatRow(line.label, tuple(marks), line.level is not Level.LINE)


def heat_columns(table: StatTable) -> list[str]:
    """The months of a table of units, and the sums."""
    months = [
        tr("{month}月").format(month=head.period.first.month)
        for head in table.columns
        if head.period is not None
    ]
    return [*months, table.columns[0].label]


def share_of(part: Cell, whole: Cell) -> str:
    """A part of a whole in percent as printed."""
    percent = Ratio(part.number, whole.number).percent
    return "–" if percent is None else f"{percent}%"
