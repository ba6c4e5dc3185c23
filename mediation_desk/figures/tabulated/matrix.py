"""The matrix 化解/未化解 by unit and type, 合计 in the first line (domain.md §3.4)."""

from collections import Counter
from collections.abc import Iterator

from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import ACCEPTED, RESOLVED, UNRESOLVED
from mediation_desk.figures.frame import Frame
from mediation_desk.figures.table import StatTable, TableColumn
from mediation_desk.figures.tabulated.laying import (
    UNIT,
    Layout,
    Plan,
    Sum,
    column,
    level_totals,
    unit_lines,
)
from mediation_desk.words import tr


def _type_columns(counts: Counts, types: str) -> Iterator[TableColumn]:
    """Two columns for each type; the head tells how many there are in all."""
    groups: dict[str, set[str]] = {}
    for entry in EIGHTEEN:
        label = tr(entry.label if types == "18" else entry.fifteen)
        groups.setdefault(label, set()).add(entry.code)
    cases: Counter[str] = Counter()
    for row in counts.cases:
        cases[row.type] += row.cases
    for label, codes in groups.items():
        head = tr("{label}（共计：{count}件）").format(
            label=label, count=sum(cases[code] for code in codes)
        )
        where = (("type", frozenset(codes)),)
        key = min(codes)
        for figure in (RESOLVED, UNRESOLVED):
            yield column(figure, head, key=f"{key}.{figure.id}", where=where)


def _lay_out(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    by_type = tuple(_type_columns(counts, calibre.types))
    columns = (
        column(ACCEPTED, label=tr("矛盾纠纷总数")),
        column(UNRESOLVED, label=tr("未化解纠纷数")),
        *by_type,
    )
    lines = unit_lines(counts, frame)
    *levels, total = level_totals(lines, frame)
    plan = Plan(MATRIX, (UNIT,), columns, (total, *levels, *lines))
    checks = (
        Sum("C3", tr("总数＝各类化解与未化解之和"), ACCEPTED.id,
            tuple(entry.key for entry in by_type)),
        Sum("C4", tr("未化解＝各类未化解之和"), UNRESOLVED.id,
            tuple(entry.key for entry in by_type[1::2])),
    )  # fmt: skip
    note = tr("化解指调解成功；调解成功以外的，包括还在办理的，都计为未化解。")
    return plan.counted((counts.cases,), calibre, frame, (note,), checks)


MATRIX = Layout(
    "matrix",
    tr("矛盾纠纷排查化解基本情况统计表"),
    (ACCEPTED, RESOLVED, UNRESOLVED),
    frozenset({Question.CASES}),
    _lay_out,
)
