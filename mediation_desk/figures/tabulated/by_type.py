"""Cases by type and by source against their results (domain.md §3.3, §5.1)."""

from collections.abc import Iterable, Iterator

from mediation_desk.domain.codes import Source
from mediation_desk.domain.dispute_types import EIGHTEEN
from mediation_desk.figures.calibre import Calibre
from mediation_desk.figures.columns import ENTRUSTED, ON_REQUEST
from mediation_desk.figures.counts import Counts, Question
from mediation_desk.figures.defined import ACCEPTED, SETTLED_OF_ACCEPTED
from mediation_desk.figures.frame import TOTAL, Frame
from mediation_desk.figures.table import Kind, Level, StatTable, TableColumn, TableRow
from mediation_desk.figures.tabulated.laying import (
    NO_WHOLE,
    RESULT_FIGURES,
    Layout,
    Plan,
    column,
    equality,
    result_columns,
    results_agree,
)
from mediation_desk.words import tr

_FIGURES = (ACCEPTED, *RESULT_FIGURES, SETTLED_OF_ACCEPTED)
_SHARE = TableColumn("share", (), tr("占比（÷合计）"), "%", kind=Kind.SHARE, part=ACCEPTED.id)
_SHARES = tr("占比为受理数÷合计受理数×100，各自四舍五入，相加不一定为100。")


def _columns() -> tuple[TableColumn, ...]:
    return (column(ACCEPTED), _SHARE, *result_columns())


def _counted(
    layout: Layout,
    corner: str,
    rows: tuple[TableRow, ...],
    counts: Counts,
    calibre: Calibre,
    frame: Frame,
    notes: Iterable[str] = (),
) -> StatTable:
    """The table over `rows`, its lines checked against the total."""
    plan = Plan(layout, (corner,), _columns(), rows)
    table = plan.counted((counts.cases,), calibre, frame, (_SHARES, NO_WHOLE, *notes))
    lines = sum(row.cases for row in counts.cases)
    told = tr("全部案件"), lines
    added = sum(
        value
        for row, (value, *_) in zip(table.rows, table.values, strict=True)
        if row.level is Level.LINE and isinstance(value, int)
    )
    whole = equality("C2", 1, (tr("各行受理之和"), added), told)
    return table.with_checks((whole, plan.check(results_agree(), table.values)))


# By type


def _of_types(codes: Iterable[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    return (("type", frozenset(codes)),)


def _type_groups(types: str) -> dict[str, list[str]]:
    """The official codes under each label of the 18- or the 15-type list."""
    groups: dict[str, list[str]] = {}
    for entry in EIGHTEEN:
        label = tr(entry.label if types == "18" else entry.fifteen)
        groups.setdefault(label, []).append(entry.code)
    return groups


def _local_parts(code: str, units: tuple[str, ...], used: set[str], frame: Frame) -> list[TableRow]:
    """The local types counted under an official one, and what has no local type."""
    local = [
        entry
        for entry in frame.types.local
        if entry.rolls_up_to == code and (not entry.void_reason or entry.code in used)
    ]
    if not local:
        return []
    named = [(entry.code, entry.label) for entry in local]
    return [
        TableRow(
            f"{code}.{part}",
            label,
            Level.PART,
            units,
            (*_of_types([code]), ("subtype", frozenset({part}))),
        )
        for part, label in (*named, ("", tr("未细分")))
    ]


def type_rows(counts: Counts, types: str, frame: Frame) -> Iterator[TableRow]:
    """A row for each type with its finer types under it, and the total."""
    units = tuple(unit.id for unit in frame.units)
    used = {row.subtype for row in counts.cases}
    labels = {entry.code: tr(entry.label) for entry in EIGHTEEN}
    keys = []
    for label, codes in _type_groups(types).items():
        keys.append(codes[0])
        yield TableRow(codes[0], label, Level.LINE, units, _of_types(codes))
        if len(codes) == 1:
            yield from _local_parts(codes[0], units, used, frame)
            continue
        for code in codes:
            yield TableRow(f"{codes[0]}/{code}", labels[code], Level.PART, units, _of_types([code]))
    yield TableRow(TOTAL, tr("合计"), Level.TOTAL, units, adds=tuple(keys))


def _by_type(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    rows = tuple(type_rows(counts, calibre.types, frame))
    parts = any(row.level is Level.PART for row in rows)
    note = tr("缩进的行是其上一类中的细类，已计入上一类，不再计入合计。") if parts else ""
    return _counted(BY_TYPE, tr("纠纷类型"), rows, counts, calibre, frame, (note,))


# By source


def _by_source(counts: Counts, calibre: Calibre, frame: Frame) -> StatTable:
    units = tuple(unit.id for unit in frame.units)
    rows: list[TableRow] = []
    for key, label, sources in (
        ("own", tr("主动调解"), (Source.OWN,)),
        ("asked", tr("依申请调解"), ON_REQUEST),
        ("entrusted", tr("接受委托移送调解"), ENTRUSTED),
    ):
        rows.append(TableRow(key, label, Level.LINE, units, _of_sources(*sources)))
        if len(sources) > 1:
            rows += (
                TableRow(source.value, tr(source.label), Level.PART, units, _of_sources(source))
                for source in sources
            )
    lines = tuple(row.key for row in rows if row.level is Level.LINE)
    rows.append(TableRow(TOTAL, tr("合计"), Level.TOTAL, units, adds=lines))
    note = tr("缩进的行是其上一行中的细目，已计入上一行，不再计入合计。")
    return _counted(BY_SOURCE, tr("案件来源"), tuple(rows), counts, calibre, frame, (note,))


def _of_sources(*sources: Source) -> tuple[tuple[str, frozenset[str]], ...]:
    return (("source", frozenset(str(source.value) for source in sources)),)


BY_TYPE = Layout(
    "types", tr("纠纷类型与调解结果统计表"), _FIGURES, frozenset({Question.CASES}), _by_type
)
BY_SOURCE = Layout(
    "sources", tr("案件来源与调解结果统计表"), _FIGURES, frozenset({Question.CASES}), _by_source
)
