"""How the cases run over time: by month, unit by month, and against earlier periods."""

from collections.abc import Iterator

from mediation_desk.domain.periods import months_of
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import COLUMNS
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import ACCEPTED, SETTLED, SETTLED_OF_ACCEPTED
from mediation_desk.figures.figure import Figure
from mediation_desk.figures.frame import TOTAL, Frame
from mediation_desk.figures.table import (
    Kind,
    Level,
    Shift,
    StatTable,
    TableColumn,
    TableRow,
)
from mediation_desk.figures.tabulated.laying import (
    NO_WHOLE,
    UNIT,
    Layout,
    Plan,
    Sum,
    column,
    equality,
    level_totals,
    percent,
    unit_lines,
)
from mediation_desk.words import tr

_PEOPLE, _COMPLEX, _AMOUNT = (COLUMNS[number - 1].figure for number in (2, 4, 5))
_ORAL, _WRITTEN = COLUMNS[37].figure, COLUMNS[38].figure
_FORMULA = tr(
    "同比增长率＝（本期数－上年同期数）÷上年同期数×100；"
    "环比增长率＝（本期数－上期数）÷上期数×100。"
    "上年同期为一年前的同一段时间；上期为紧接在前、同样月数（不足整月的按同样天数）的一段时间。"
)


def _against(figure: Figure | None, base: str) -> Iterator[TableColumn]:
    """The same a year ago and just before, each with the change in number and in percent."""
    unit = figure.unit if figure else ""
    for shift, head, before in (
        (Shift.YEAR, tr("同比"), tr("上年同期")),
        (Shift.BEFORE, tr("环比"), tr("上期")),
    ):
        key = shift.value
        yield TableColumn(key, (head,), before, unit, figure, shift=shift)
        yield TableColumn(
            f"{key}.more", (head,), tr("增减"), unit, kind=Kind.DIFFERENCE, part=base, whole=key
        )
        yield TableColumn(
            f"{key}.rate", (head,), tr("增长率"), "%", kind=Kind.PERCENT, part=base, whole=key,
            grows=True,
        )  # fmt: skip


def _by_month(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    units = tuple(unit.id for unit in frame.units)
    months = months_of(calibre.period)
    rows = (
        *(
            TableRow(period.first.isoformat(), period.label(), Level.LINE, units, period=period)
            for period in months
        ),
        TableRow(TOTAL, tr("合计"), Level.TOTAL, units, period=calibre.period),
    )
    columns = (
        column(ACCEPTED),
        column(SETTLED),
        percent(SETTLED_OF_ACCEPTED),
        column(_AMOUNT),
        *_against(ACCEPTED, ACCEPTED.id),
    )
    plan = Plan(TREND, (tr("月份"),), columns, rows)
    table = plan.counted((counts.slots,), calibre, frame, (_FORMULA, NO_WHOLE))
    checks = []
    for place in (0, 1, 3):
        *lines, total = (row[place] for row in table.values)
        words = tr("各月{label}之和").format(label=columns[place].label)
        if table.is_money(0, place):
            words = tr("{words}（按分计）").format(words=words)
        added = sum(value for value in lines if isinstance(value, int))
        whole = total if isinstance(total, int) else 0
        checks.append(equality("R13", place + 1, (words, added), (tr("合计"), whole)))
    return table.with_checks(tuple(checks))


def _by_unit(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    months = tuple(
        TableColumn(
            period.first.isoformat(), (), period.label(), ACCEPTED.unit, ACCEPTED, period=period
        )
        for period in months_of(calibre.period)
    )
    lines = unit_lines(counts, frame)
    *levels, total = level_totals(lines, frame)
    columns = (column(ACCEPTED, label=tr("合计")), *months)
    plan = Plan(UNIT_MONTHS, (UNIT,), columns, (total, *levels, *lines))
    added = Sum("R13", tr("合计＝各月之和"), ACCEPTED.id, tuple(entry.key for entry in months))
    return plan.counted((counts.slots,), calibre, frame, (), (added,))


def _change(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    units = tuple(unit.id for unit in frame.units)
    rows = tuple(
        TableRow(figure.id, tr("{label}（{unit}）").format(label=figure.label, unit=figure.unit),
                 Level.LINE, units, figure=figure)
        for figure in _CHANGING
    )  # fmt: skip
    columns = (TableColumn("now", (), tr("本期"), ""), *_against(None, "now"))
    plan = Plan(CHANGE, (tr("指标"),), columns, rows)
    return plan.counted((counts.slots,), calibre, frame, (_FORMULA, NO_WHOLE))


_CHANGING = (ACCEPTED, _PEOPLE, SETTLED, _COMPLEX, _AMOUNT, _ORAL, _WRITTEN)
_SLOTS = frozenset({Question.SLOTS})
TREND = Layout(
    "trend",
    tr("案件分月趋势及同比环比表"),
    (ACCEPTED, SETTLED, SETTLED_OF_ACCEPTED, _AMOUNT),
    _SLOTS,
    _by_month,
)
UNIT_MONTHS = Layout("unit_months", tr("各单位分月受理案件表"), (ACCEPTED,), _SLOTS, _by_unit)
CHANGE = Layout("change", tr("主要指标同比环比表"), _CHANGING, _SLOTS, _change)
