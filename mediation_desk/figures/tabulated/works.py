"""Screening, prevention and publicity by unit."""

from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined_works import (
    FOUND,
    MATERIALS,
    PREVENTED,
    PUBLICITY_AUDIENCE,
    PUBLICITY_EVENTS,
    ROUNDS,
    TRAINED,
    TRAININGS,
)
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.table import StatTable
from mediation_desk.figures.tabulated.laying import (
    UNIT,
    Layout,
    Plan,
    agreement,
    column,
    level_totals,
    unit_lines,
)
from mediation_desk.words import tr

_KEPT_OFF = COLUMNS[41:]
_SCREENING = tuple(column(figure, tr("排查")) for figure in (ROUNDS, FOUND, PREVENTED))
_PUBLICITY = tuple(
    column(figure, tr("普法宣传")) for figure in (PUBLICITY_EVENTS, PUBLICITY_AUDIENCE, MATERIALS)
)
_TRAINING = tuple(column(figure, tr("业务培训")) for figure in (TRAININGS, TRAINED))
_COLUMNS = (
    *_SCREENING,
    *(column(entry.figure, tr("防止事项")) for entry in _KEPT_OFF),
    *_PUBLICITY,
    *_TRAINING,
)
# Where the pairs of 件 and 人 stand.
_FIRST, _END = len(_SCREENING), len(_SCREENING) + len(_KEPT_OFF)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    lines = unit_lines(counts, frame)
    plan = Plan(WORKS, (UNIT,), _COLUMNS, (*lines, *level_totals(lines, frame)))
    counted = (counts.screenings, counts.preventions, counts.publicity)
    note = tr("排查按次计，不是发现的纠纷数；发现的纠纷数与受理的案件数没有相等关系。")
    table = plan.counted(counted, calibre, frame, (note,))
    pairs = [
        (cases, persons)
        for row in table.values
        for cases, persons in zip(row[_FIRST:_END:2], row[_FIRST + 1 : _END : 2], strict=True)
        if isinstance(cases, int) and isinstance(persons, int)
    ]
    kept = sum(persons >= cases and (cases == 0) == (persons == 0) for cases, persons in pairs)
    words = tr("防止事项的件数与人数同时为零或人数不少于件数")
    return table.with_checks((agreement("R8", _FIRST + 1, words, kept, len(pairs)),))


WORKS = Layout(
    "works",
    tr("矛盾纠纷排查预防与普法宣传统计表"),
    tuple(entry.figure for entry in _COLUMNS if entry.figure is not None),
    frozenset({Question.SCREENINGS, Question.PREVENTIONS, Question.PUBLICITY}),
    _lay_out,
)
