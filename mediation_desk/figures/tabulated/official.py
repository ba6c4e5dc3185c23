"""The Ministry-style table of 49 columns (domain.md §3.2), as one of the statistical tables."""

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.frame import OWN, SUBORDINATE, Frame, total_of, unit_rows
from mediation_desk.figures.identities import table_checks
from mediation_desk.figures.ministry import ministry_table
from mediation_desk.figures.table import Level, StatTable, TableColumn, TableRow
from mediation_desk.figures.tabulated.laying import UNIT, Layout
from mediation_desk.words import tr

_ROUNDED = tr("金额（万元）的总计按原数相加后只四舍五入一次，与各行相加可能差0.01左右。")
_COLUMNS = tuple(
    TableColumn(entry.figure.id, entry.heads, entry.label, entry.unit, entry.figure)
    for entry in COLUMNS
)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    """A line for each unit, 下级上报总计, 本级上报总计 and both together."""
    units = frame.reporting(counts)
    table = ministry_table(counts, units, frame.own, calibre)
    lines = unit_rows(units)
    below = tuple(row for row in lines if row.key not in frame.own)
    own = tuple(row for row in lines if row.key in frame.own)
    rows: tuple[TableRow, ...] = (
        *lines,
        total_of(below, SUBORDINATE, table.subordinate_total.name, Level.SUBTOTAL),
        total_of(own, OWN, table.own_total.name, Level.SUBTOTAL),
        total_of(lines, label=table.grand_total.name),
    )
    counted = (*table.lines, table.subordinate_total, table.own_total, table.grand_total)
    return StatTable(
        OFFICIAL.id,
        OFFICIAL.title,
        calibre,
        (UNIT,),
        _COLUMNS,
        rows,
        tuple(entry.values for entry in counted),
        (_ROUNDED,),
        table_checks(table),
    )


OFFICIAL = Layout(
    "ministry",
    tr("人民调解案件情况统计表"),
    tuple(column.figure for column in COLUMNS),
    frozenset({Question.CASES, Question.SCREENINGS, Question.PREVENTIONS}),
    _lay_out,
)
