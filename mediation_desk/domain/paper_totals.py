"""Totals of earlier years as they stand on paper: kept as printed, never repaired."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.fields import field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTotal(Record):
    """One printed table: which, of when, from where, its lines, and why its faults are accepted.

    `lines` are JSON: pairs of a line's name and its numbers as text in the order of the table's
    columns, null where nothing is printed. `findings` are the rules it breaks in words, a line
    each, `remark` says why it is accepted with them (domain.md §3.5: published tables are not
    always consistent).
    """

    unit_id: str = field("单位")
    number: int = field("编号", default=0)
    table: str = field("报表")
    source: str = field("来源", note="如 2016年8月市局通报")
    period_from: date = field("起始日期")
    period_to: date = field("截止日期")
    lines: str = field("各行数字", long=True)
    findings: str = field("发现的问题", default="", long=True)
    remark: str = field("说明", default="", long=True)
    entered_on: date = field("录入日期")
    entered_by: str = field("录入人", default="")
