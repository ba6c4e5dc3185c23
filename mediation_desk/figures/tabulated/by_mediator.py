"""What each mediator handled; a case of several mediators counts for each of them."""

from collections.abc import Iterator

from mediation_desk.domain.organisation import Mediator
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import ACCEPTED, SETTLED_OF_ACCEPTED
from mediation_desk.figures.frame import TOTAL, Frame
from mediation_desk.figures.table import Level, StatTable, TableRow
from mediation_desk.figures.tabulated.laying import (
    NO_WHOLE,
    RESULT_FIGURES,
    UNIT,
    Layout,
    Plan,
    column,
    result_columns,
    results_agree,
)
from mediation_desk.words import tr

UNKNOWN, NOBODY = "unknown", "nobody"
_MORE = tuple(COLUMNS[number - 1].figure for number in (38, 39, 4, 2, 5))
_COLUMNS = (column(ACCEPTED), *result_columns(), *(column(figure) for figure in _MORE))
_NOTE = tr("一件案件由几名调解员办理的，各计一件，因此各人之和可能大于合计；合计每件只计一次。")


def _rows(counts: Counts, frame: Frame) -> Iterator[TableRow]:
    units = {unit.id: unit for unit in frame.units}
    ids = tuple(units)
    active = {person for row in counts.mediators for person in row.mediators}
    shown = [
        person
        for person in frame.mediators
        if person.unit_id in units and (not person.void_reason or person.id in active)
    ]
    for person in sorted(shown, key=lambda person: _order(person, frame)):
        post = tr("专职") if person.full_time else tr("兼职")
        lead = (units[person.unit_id].name, post)
        where = (("mediator", frozenset({person.id})),)
        yield TableRow(person.id, person.name, Level.LINE, ids, where, lead=lead)
    known = {person.id for person in shown}
    for key, label, codes in (
        (UNKNOWN, tr("不在名册中的调解员"), active - known),
        (NOBODY, tr("没有登记调解员"), _nobody(counts)),
    ):
        if codes:
            where = (("mediator", frozenset(codes)),)
            yield TableRow(key, label, Level.LINE, ids, where, lead=("", ""))
    yield TableRow(TOTAL, tr("合计"), Level.TOTAL, ids, lead=("", ""))


def _nobody(counts: Counts) -> set[str]:
    return {""} if any(not row.mediators for row in counts.mediators) else set()


def _order(person: Mediator, frame: Frame) -> tuple[str, str, str]:
    codes = {unit.id: unit.code for unit in frame.units}
    return codes[person.unit_id], person.name, person.id


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    corner = (UNIT, tr("专兼职"), tr("人民调解员"))
    plan = Plan(BY_MEDIATOR, corner, _COLUMNS, tuple(_rows(counts, frame)))
    checks = (results_agree(),)
    return plan.counted((counts.mediators,), calibre, frame, (_NOTE, NO_WHOLE), checks)


BY_MEDIATOR = Layout(
    "mediators",
    tr("人民调解员办案情况统计表"),
    (ACCEPTED, *RESULT_FIGURES, SETTLED_OF_ACCEPTED, *_MORE),
    frozenset({Question.MEDIATORS}),
    _lay_out,
)
