"""What early warning keeps: notices raised by a rule with what became of them, urgent reports."""

import uuid
from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import RiskLevel
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record
from mediation_desk.domain.warning_codes import NoticeState, ReportBody, WarningRule


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningNotice(Record):
    """One warning about a dispute: why it was raised, what a person found, what was done.

    Nothing in it is personal, so that a masked package carries it whole: `reason` and `evidence`
    are written by the program without names, and the forms ask to leave names out. `evidence` are
    the things that gave cause, by which a rule tells whether there is something new. `desk_id` is
    the unit at whose desk it was raised; each desk keeps one of its own for a rule and a dispute.
    """

    dispute_id: str = field("纠纷")
    desk_id: str = field("提出单位")
    rule: WarningRule = field("预警规则")
    raised_on: date = field("预警日期")
    raised_by: str = field("提出人", default="")
    reason: str = field("预警理由", default="", long=True)
    evidence: str = field("依据", default="")
    suggested: RiskLevel | None = field("建议等级", default=None)
    state: NoticeState = field("核实情况", default=NoticeState.OPEN)
    level: RiskLevel | None = field("认定等级", default=None)
    decided_on: date | None = field("核实日期", default=None)
    decided_by: str = field("核实人", default="")
    decision: str = field("核实说明", default="", long=True)
    disposed_on: date | None = field("处置日期", default=None)
    disposed_by: str = field("处置人", default="")
    disposal: str = field("处置情况", default="", long=True)
    instructed_on: date | None = field("司法所意见日期", default=None)
    instructed_by: str = field("司法所经办人", default="")
    instruction: str = field("司法所意见", default="", long=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentReport(Record):
    """One report to the police or another body that a dispute may grow (人民调解法 Art 25)."""

    dispute_id: str = field("纠纷")
    reported_on: date = field("报告日期")
    time: str = field("报告时间", default="")
    body_kind: ReportBody = field("报告给", default=ReportBody.POLICE)
    body: str = field("报告对象", default="")
    manner: str = field("报告方式", default="")
    reporter: str = field("报告人", default="")
    content: str = field("报告内容", default="", long=True, personal=Mask.WITHHELD)
    answered_on: date | None = field("答复日期", default=None)
    answer: str = field("答复内容", default="", long=True, personal=Mask.WITHHELD)


def notice_id(dispute_id: str, rule: WarningRule, desk_id: str) -> str:
    """The identity of the notice that a desk raises of a rule on a dispute."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{dispute_id}:{rule.value}:{desk_id}").hex
