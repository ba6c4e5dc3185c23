"""Committees, mediators, advisers and training by unit and kind of committee (domain.md §3.1)."""

from collections.abc import Iterator
from itertools import groupby

from mediation_desk.domain.organisation import Unit
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined_works import (
    ADVISERS,
    BODIES,
    BODIES_OVER,
    FULL_TIME,
    IN_TERM,
    MEDIATORS,
    MEN,
    PART_TIME,
    SEX_UNKNOWN,
    TERM_OVER,
    TERM_UNKNOWN,
    TRAINED,
    TRAININGS,
    WOMEN,
)
from mediation_desk.figures.frame import Frame, total_of, unit_rows
from mediation_desk.figures.table import Level, StatTable, TableRow
from mediation_desk.figures.tabulated.laying import UNIT, Layout, Plan, Sum, column
from mediation_desk.words import tr

_GROUPS = (
    (tr("调解组织"), (BODIES, BODIES_OVER)),
    (tr("人民调解员"), (MEDIATORS, FULL_TIME, PART_TIME, MEN, WOMEN, SEX_UNKNOWN)),
    (tr("调解员任期"), (IN_TERM, TERM_OVER, TERM_UNKNOWN)),
    (tr("法律顾问"), (ADVISERS,)),
    (tr("业务培训"), (TRAININGS, TRAINED)),
)
_COLUMNS = tuple(column(figure, head) for head, figures in _GROUPS for figure in figures)
_CHECKS = (
    Sum("C6", tr("调解员＝专职与兼职之和"), MEDIATORS.id, (FULL_TIME.id, PART_TIME.id)),
    Sum("C7", tr("调解员＝男、女、未登记之和"), MEDIATORS.id, (MEN.id, WOMEN.id, SEX_UNKNOWN.id)),
    Sum(
        "C8", tr("调解员＝各种任期之和"), MEDIATORS.id, (IN_TERM.id, TERM_OVER.id, TERM_UNKNOWN.id)
    ),
)
_NOTES = (
    tr("组织、人员和任期为统计期间最后一天的情况，以登记簿中现有的登记为准；培训按发生日期。"),
    tr("本表的栏目参照通行的组织队伍统计，没有查到司法部统计报表的原表，以县级司法局的要求为准。"),
)


def _kind(unit: Unit) -> str:
    return str(unit.kind.value)


def _rows(counts: Counts, frame: Frame) -> Iterator[TableRow]:
    """The units of each kind with their subtotal, and the total."""
    units = sorted(frame.reporting(counts), key=lambda unit: (_kind(unit), unit.code, unit.id))
    everyone: list[TableRow] = []
    for kind, group in groupby(units, key=_kind):
        members = tuple(group)
        lines = unit_rows(members)
        everyone += lines
        yield from lines
        if len(members) < len(units):
            label = tr("{kind}小计").format(kind=tr(members[0].kind.label))
            yield total_of(lines, f"kind.{kind}", label, Level.SUBTOTAL)
    yield total_of(everyone)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    plan = Plan(ORGANISATION, (UNIT,), _COLUMNS, tuple(_rows(counts, frame)))
    return plan.counted((counts.staff, counts.publicity), calibre, frame, _NOTES, _CHECKS)


ORGANISATION = Layout(
    "organisation",
    tr("人民调解组织队伍情况统计表"),
    tuple(figure for _, figures in _GROUPS for figure in figures),
    frozenset({Question.STAFF, Question.PUBLICITY}),
    _lay_out,
)
