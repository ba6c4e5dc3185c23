"""Rates of settling, keeping, confirming, visiting and satisfaction, each with its denominator."""

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import (
    ACCEPTED,
    APPLIED,
    APPLIED_OF_WRITTEN,
    CONFIRMED,
    CONFIRMED_OF_APPLIED,
    ENDED,
    ENDED_OF_ACCEPTED,
    KEPT,
    KEPT_OF_AGREED,
    NOT_DUE,
    OVERDUE,
    PARTLY_KEPT,
    REJECTED,
    SATISFACTION_TOLD,
    SATISFIED,
    SATISFIED_OF_TOLD,
    SETTLED,
    SETTLED_OF_ACCEPTED,
    SETTLED_OF_ENDED,
    SUED,
    VISITED,
    VISITED_OF_SETTLED,
    WITH_AGREEMENT,
    WRITTEN,
)
from mediation_desk.figures.figure import Measure
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.table import StatTable
from mediation_desk.figures.tabulated.laying import (
    NO_WHOLE,
    UNIT,
    Layout,
    Plan,
    column,
    level_totals,
    percent,
    unit_lines,
)
from mediation_desk.words import tr

_GROUPS = (
    (tr("办理"), (ACCEPTED, ENDED, SETTLED, ENDED_OF_ACCEPTED, SETTLED_OF_ACCEPTED,
                  SETTLED_OF_ENDED)),
    (tr("履行"), (WITH_AGREEMENT, KEPT, PARTLY_KEPT, NOT_DUE, OVERDUE, SUED, KEPT_OF_AGREED)),
    (tr("司法确认"), (WRITTEN, APPLIED, CONFIRMED, REJECTED, APPLIED_OF_WRITTEN,
                      CONFIRMED_OF_APPLIED)),
    (tr("回访"), (VISITED, VISITED_OF_SETTLED)),
    (tr("满意度"), (SATISFACTION_TOLD, SATISFIED, SATISFIED_OF_TOLD)),
)  # fmt: skip
_COLUMNS = tuple(
    percent(figure, head) if figure.measure is Measure.RATE else column(figure, head)
    for head, figures in _GROUPS
    for figure in figures
)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    lines = unit_lines(counts, frame)
    rows = (*lines, *level_totals(lines, frame))
    plan = Plan(HANDLING, (UNIT,), _COLUMNS, rows)
    return plan.counted((counts.handling,), calibre, frame, (NO_WHOLE,))


HANDLING = Layout(
    "rates",
    tr("调解成功、履行、司法确认和回访情况统计表"),
    tuple(figure for _, figures in _GROUPS for figure in figures),
    frozenset({Question.HANDLING}),
    _lay_out,
)
