"""What a number of a table is, in words: its definition, its date, its denominator, its change."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mediation_desk.domain.money import ten_thousands
from mediation_desk.domain.periods import Period, period_before, year_before
from mediation_desk.figures.figure import BY_CALIBRE, Figure
from mediation_desk.figures.table import (
    Kind,
    Ratio,
    Shift,
    StatTable,
    TableColumn,
    Value,
    period_of,
)
from mediation_desk.figures.types import compare
from mediation_desk.words import tr


@dataclass(frozen=True, slots=True)
class Explained:
    """The 指标说明 of one cell. `whole` names the denominator and is empty where there is none."""

    id: str
    name: str
    row: str
    period: str
    value: str
    definition: str
    dated: str
    whole: str = ""


def _figure(table: StatTable, row: int, column: int) -> Figure | None:
    """The figure of a cell; behind a share or a difference that of the column it is made from."""
    found = table.figure(row, column)
    head = table.columns[column]
    if found is None and head.part:
        return table.figure(row, table.column(head.part))
    return found


def unit_of(table: StatTable, row: int, column: int) -> str:
    """The unit of a cell: that of its column, else of its figure."""
    head = table.columns[column]
    found = _figure(table, row, column)
    return head.unit or (found.unit if found is not None else "")


def row_words(table: StatTable, row: int) -> str:
    """What a row is called, with the columns before the numbers."""
    entry = table.rows[row]
    return tr(" · ").join(name for name in (*entry.lead, entry.label) if name)


def explained(table: StatTable, row: int, column: int) -> Explained:
    """What the number in this row and column is."""
    head, figure = table.columns[column], _figure(table, row, column)
    period = period_of(table.rows[row], head, table.calibre.period)
    shown = table.shown(row, column)
    unit = unit_of(table, row, column)
    value = tr("{number} {unit}").format(number=shown, unit=unit) if shown else tr("不适用")
    if (row, column) in table.ahead:
        value = tr("还没有开始")
    return Explained(
        id=figure.id if figure is not None else "",
        name=tr(" · ").join((*head.heads, head.label)),
        row=row_words(table, row),
        period=period.label(),
        value=value,
        definition=_definition(table, column, figure),
        dated=_dated(table, figure),
        whole=_whole(table, row, column),
    )


def _definition(table: StatTable, column: int, figure: Figure | None) -> str:
    told = figure.definition if figure is not None else ""
    formula = _formula(table, table.columns[column])
    return formula + told


def _label(table: StatTable, key: str) -> str:
    return table.columns[table.column(key)].label


def _formula(table: StatTable, head: TableColumn) -> str:
    """How a column is made of others."""
    if head.kind is Kind.FIGURE:
        return ""
    part = _label(table, head.part)
    if head.kind is Kind.SHARE:
        return tr("{part}÷合计行的{part}×100。").format(part=part)
    whole = _label(table, head.whole)
    if head.kind is Kind.DIFFERENCE:
        return tr("{part}－{whole}。").format(part=part, whole=whole)
    if head.grows:
        return tr("（{part}－{whole}）÷{whole}×100。").format(part=part, whole=whole)
    return ""


def _dated(table: StatTable, figure: Figure | None) -> str:
    if figure is None or figure.dated != BY_CALIBRE:
        return figure.dated if figure is not None else ""
    return tr("按{basis}（本表的口径）").format(basis=tr(table.calibre.basis.label))


def _whole(table: StatTable, row: int, column: int) -> str:
    """The denominator by name with its number, and the sum that gives the percent."""
    value, head = table.values[row][column], table.columns[column]
    if not isinstance(value, Ratio) or (row, column) in table.ahead:
        return ""
    name = tr("合计") if head.kind is Kind.SHARE else _label(table, head.whole)
    part, whole = _exact(value.part, table, row, head), _exact(value.whole, table, row, head)
    if value.percent is None:
        return tr("{name}，为 0，不计算").format(name=name)
    told = tr("{name} {whole}；{part}÷{whole}×100＝{percent}")
    return told.format(name=name, whole=whole, part=part, percent=value.percent)


def _exact(value: int, table: StatTable, row: int, head: TableColumn) -> str:
    return _number(value, money=table.is_money(row, table.column(head.part)))


def _number(value: int, *, money: bool) -> str:
    return f"{ten_thousands(value):.2f}" if money else str(value)


# Against earlier times


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same table of the same time a year ago and of the time just before."""

    year: StatTable
    before: StatTable


def comparable(table: StatTable) -> bool:
    """Whether a table is of one time throughout, so that an earlier one can stand against it."""
    moved = any(head.period or head.shift is not Shift.NONE for head in table.columns)
    return not moved and not any(row.period for row in table.rows)


def earlier_periods(period: Period) -> tuple[Period, Period]:
    """The same time a year ago (上年同期), and the time just before (上期)."""
    return year_before(period), period_before(period)


def changes(table: StatTable, earlier: Earlier, row: int, column: int) -> Iterator[str]:
    """同比 and 环比 of a cell with their formula; nothing where the cell is not in both."""
    keys = table.rows[row].key, table.columns[column].key
    for name, base, other in (
        (tr("同比"), tr("上年同期"), earlier.year),
        (tr("环比"), tr("上期"), earlier.before),
    ):
        if name == tr("环比") and other.calibre == earlier.year.calibre:
            # Of a whole year both are the year before.
            continue
        try:
            before = other.value(*keys)
        except KeyError:
            continue
        money, unit = table.is_money(row, column), unit_of(table, row, column)
        said = _change(table.values[row][column], before, base, money=money, unit=unit)
        if said:
            period = other.calibre.period.label()
            yield tr("{name}（比{period}）：{said}").format(name=name, period=period, said=said)


def _change(now: Value, before: Value, base: str, *, money: bool, unit: str) -> str:
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        return _points(now.percent, before.percent, base)
    if not isinstance(now, int) or not isinstance(before, int):
        return ""
    change = compare(now, before)
    more = _more(change.difference, _number(abs(change.difference), money=money), unit)
    numbers = {"now": _number(now, money=money), "before": _number(before, money=money)}
    if change.percent is None:
        return tr("{more}；{base}为 0，不计算增长率").format(more=more, base=base)
    told = tr("{more}，增长率（{now}－{before}）÷{before}×100＝{percent}%")
    return told.format(more=more, percent=change.percent, **numbers)


def _more(difference: int, number: str, unit: str) -> str:
    if not difference:
        return tr("持平")
    told = tr("增加 {number} {unit}") if difference > 0 else tr("减少 {number} {unit}")
    return told.format(number=number, unit=unit)


def _points(now: Decimal | None, before: Decimal | None, base: str) -> str:
    """Shares are compared in points, not by a rate of rates."""
    if now is None or before is None:
        return tr("{base}或本期的分母为 0，不比较").format(base=base)
    told = tr("{now}－{before}＝{points} 个百分点")
    return told.format(now=now, before=before, points=now - before)
