"""The columns of a list of disputes, taken from the ledger, for the workbook and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mediation_desk.exchange.cells import Kind, Value
from mediation_desk.exchange.columns import LEDGER, Column
from mediation_desk.exchange.shelf import CaseRow
from mediation_desk.words import tr

_OF_THE_LEDGER = (
    tr("编号"), tr("申请人"), tr("被申请人"), tr("第三人"), tr("纠纷类型"), tr("案件来源"),
    tr("受理日期"), tr("结案日期"), tr("案件状态"), tr("调解结果"), tr("协议形式"),
    tr("涉及当事人数"), tr("协议涉及金额(元)"), tr("人民调解员"), tr("履行情况"), tr("归档情况"),
)  # fmt: skip
# The ledger has more columns to find room for.
_WIDER = {tr("编号"): 23, tr("纠纷类型"): 13, tr("案件来源"): 15}
_TOO_LONG_FOR_PAPER = {
    tr("申请人住址"), tr("被申请人住址"), tr("发生地点"), tr("纠纷简要情况")
}  # fmt: skip
_UNIT: Column[CaseRow] = Column(tr("受理单位"), 10, lambda row: row.unit.name, Kind.LONG)


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands over a list: its title and the lines that say whose it is and what it holds."""

    title: str
    under: tuple[str, str]
    personal: bool = False
    with_unit: bool = False


def columns(head: ListHead) -> tuple[Column[CaseRow], ...]:
    """The columns of a list; those with personal values stand only in a full one."""
    by_head = {column.head: column for column in LEDGER.columns}
    shown = [by_head[name] for name in _OF_THE_LEDGER]
    shown = [replace(entry, width=_WIDER.get(entry.head, entry.width)) for entry in shown]
    if head.with_unit:
        shown.insert(1, _UNIT)
    if head.personal:
        shown += [column for column in LEDGER.columns if column.personal]
    return tuple(shown)


def paper_columns(head: ListHead) -> tuple[Column[CaseRow], ...]:
    """The columns that can still be read when all of them stand across one page."""
    return tuple(entry for entry in columns(head) if entry.head not in _TOO_LONG_FOR_PAPER)


def texts(columns: Sequence[Column[CaseRow]], row: CaseRow) -> list[str]:
    """The cells of `row` as paper shows them."""
    return [_text(column.value(row), column.kind) for column in columns]


def _text(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY and isinstance(value, int):
        return f"{value / 100:,.2f}"
    return str(value)
