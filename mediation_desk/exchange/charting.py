"""The sheet 图表: native charts over figures of their own, so that they can be changed in WPS."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.exchange import looks
from mediation_desk.exchange.cells import address
from mediation_desk.exchange.looks import HEAD, LINE, NAME, TITLE, WHOLE
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.ministry import Table
from mediation_desk.figures.table import Level, StatTable
from mediation_desk.words import tr

SHEET = tr("图表")
_BLUE, _GREY = "1D5C8D", "6B7280"
_PALE, _DEEP = "FFFFFFFF", "FF8DB8DC"
_WIDE, _HIGH, _ROW_HIGH = 24.0, 9.5, 0.62
_ROWS_OF_A_CHART = 24
# The places of the dispute types among the 49 columns.
_TYPES = slice(19, 37)


@dataclass(frozen=True, slots=True)
class Charted:
    """One chart: its title, the names along it, and a row of numbers or several, each named.

    Where a number is None there is a gap.
    """

    title: str
    unit: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    lines: bool = False


def charts_of(table: StatTable) -> Iterator[Charted]:
    """The charts of a statistical table; none where nobody would rather look than read."""
    if table.id == "trend":
        yield _trend(table)
    elif table.id in {"types", "sources", "unit_months"}:
        column = table.columns[0]
        named = [
            (row.label, int(values[0]))  # type: ignore[arg-type]
            for row, values in zip(table.rows, table.values, strict=True)
            if row.level is Level.LINE
        ]
        label = column.figure.label if column.figure is not None else column.label
        title = tr("按{corner}：{label}，由多到少").format(corner=table.corner[0], label=label)
        yield _bars(title, column.unit, named)


def ministry_charts(table: Table) -> Iterator[Charted]:
    """The charts of the 49 columns: the types, and the units by their cases."""
    total = table.grand_total.values
    named = [(column.label, total[column.number - 1]) for column in COLUMNS[_TYPES]]
    yield _bars(tr("纠纷类型：件数，由多到少"), tr("件"), named)
    units = [(line.name, line.values[0]) for line in table.lines]
    yield _bars(tr("各单位：调解案件总数，由多到少"), tr("件"), units)


def _bars(title: str, unit: str, named: Sequence[tuple[str, int]]) -> Charted:
    """Sorted bars, those of nothing left out."""
    found = sorted((entry for entry in named if entry[1]), key=lambda entry: -entry[1])
    names = tuple(name for name, _number in found)
    return Charted(title, unit, names, ((unit, tuple(number for _name, number in found)),))


def _trend(table: StatTable) -> Charted:
    rows = [place for place, row in enumerate(table.rows) if row.level is Level.LINE]
    names = tuple(table.rows[place].label for place in rows)
    series = []
    for key, label in (("C01", tr("本期受理")), ("year", tr("上年同期受理"))):
        column = table.column(key)
        numbers = tuple(
            # A line that fell to nothing would tell of months to come.
            None if (place, column) in table.ahead else int(table.values[place][column] or 0)  # type: ignore[arg-type]
            for place in rows
        )
        series.append((label, numbers))
    return Charted(tr("每月受理案件数，与上年同期相比"), tr("件"), names, tuple(series), lines=True)


def add_charts(book: Workbook, charts: Sequence[Charted], under: Sequence[str]) -> None:
    """Add the sheet with these charts, each beside its figures; no sheet where nothing is shown."""
    shown = [entry for entry in charts if entry.names]
    if not shown:
        return
    sheet = book.create_sheet(SHEET)
    looks.put_across(sheet, 1, 1, 16, SHEET, TITLE)
    sheet.row_dimensions[1].height = 32
    for row, text in enumerate(under, 2):
        looks.put_across(sheet, row, 1, 16, text, LINE)
    row = 3 + len(under)
    for entry in shown:
        _add(sheet, row, entry)
        row += max(len(entry.names) + 3, _ROWS_OF_A_CHART)
    looks.widths(sheet, (22, 11, 13, 3))
    looks.page(sheet)


def _add(sheet: Worksheet, top: int, charted: Charted) -> None:
    """Write the figures of one chart and the chart itself to their right."""
    looks.put(sheet, top, 1, charted.title, HEAD)
    for place, (name, numbers) in enumerate(charted.series, 2):
        looks.put(sheet, top, place, name, HEAD)
        for row, number in enumerate(numbers, top + 1):
            if number is None:
                looks.dress(sheet.cell(row, place), WHOLE)
            else:
                looks.put(sheet, row, place, number, WHOLE)
    for row, name in enumerate(charted.names, top + 1):
        looks.put(sheet, row, 1, name, NAME)
    last = top + len(charted.names)
    # The types that come with openpyxl know nothing of most of what a chart can do.
    chart: Any = LineChart() if charted.lines else BarChart()
    chart.title = charted.title
    chart.width, chart.height = _WIDE, _HIGH
    data = Reference(sheet, min_col=2, max_col=1 + len(charted.series), min_row=top, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    # Charts made by openpyxl hide their axes in newer programs unless they are told not to.
    chart.x_axis.delete = chart.y_axis.delete = False
    if charted.lines:
        _lay_lines(chart)
    else:
        _lay_bars(chart, len(charted.names))
    sheet.add_chart(chart, address(top, 5))


def _lay_bars(chart: Any, count: int) -> None:
    chart.type = "bar"
    chart.gapWidth = 45
    chart.legend = None
    # The first name stands at the top, as in a list.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.height = max(_HIGH, _ROW_HIGH * count + 2)
    chart.series[0].graphicalProperties.solidFill = _BLUE


def _lay_lines(chart: Any) -> None:
    chart.legend.position = "b"
    for series, colour, dash in zip(chart.series, (_BLUE, _GREY), (None, "dash"), strict=False):
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.dashStyle = dash
        series.smooth = False
        series.marker.symbol = "circle" if dash is None else "square"


def warm(sheet: Worksheet, first: str, last: str) -> None:
    """Let the ground of these cells grow deeper with their numbers, as in a heat table."""
    rule = ColorScaleRule(  # type: ignore[no-untyped-call]
        start_type="num", start_value=0, start_color=_PALE, end_type="max", end_color=_DEEP
    )
    sheet.conditional_formatting.add(f"{first}:{last}", rule)
