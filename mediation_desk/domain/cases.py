"""A dispute, its parties and those who act for them (domain.md §2.3-2.4, §5.4a)."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import (
    AgentKind,
    ArchiveState,
    CaseStatus,
    Confirmation,
    Difficulty,
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    RefusalReason,
    Retention,
    Sex,
    Source,
    TerminationReason,
)
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute(Record):
    """One dispute from registering to archive; outcome, performance and archive are apart."""

    unit_id: str = field("受理单位")
    year: int = field("年度")
    number: int = field("编号")
    type: str = field("纠纷类型")
    source: Source = field("案件来源")
    intake_on: date | None = field("受理日期", default=None)
    informed_on: date | None = field("权利义务告知日期", default=None)
    extended_to: date | None = field("延长至", default=None, note="双方同意延长的调解期限")
    occurred_on: date | None = field("发生日期", default=None)
    place: str = field("发生地点", default="", personal=Mask.WITHHELD)
    facts: str = field("纠纷简要情况", default="", long=True, personal=Mask.WITHHELD)
    requests: str = field("当事人申请事项", default="", long=True, personal=Mask.WITHHELD)
    people: int = field("涉及当事人数", default=2)
    claim_fen: int = field("涉案金额", default=0, money=True)
    special_groups: str = field("涉及特殊群体", default="")
    migrant_workers: bool = field("涉及农民工", default=False)
    difficulty: Difficulty = field("难度等级", default=Difficulty.PLAIN)
    complex: bool = field("疑难复杂案件", default=False)
    complex_reason: str = field("疑难复杂理由", default="", personal=Mask.WITHHELD)
    escalation: str = field("纠纷激化情况", default="", personal=Mask.WITHHELD)
    mediator_ids: tuple[str, ...] = field("人民调解员", default=())
    registrar: str = field("登记人", default="")
    status: CaseStatus = field("案件状态", default=CaseStatus.REGISTERED)
    outcome: Outcome | None = field("调解结果", default=None)
    closed_on: date | None = field("结案日期", default=None)
    termination: TerminationReason | None = field("终止原因", default=None)
    refusal: RefusalReason | None = field("不予受理理由", default=None)
    remedies_told: bool = field("已告知救济途径", default=False)
    performance: Performance | None = field("履行情况", default=None)
    performed_on: date | None = field("履行完毕日期", default=None)
    confirmation: Confirmation = field("司法确认", default=Confirmation.NONE)
    satisfied: bool | None = field("是否满意", default=None)
    archive: ArchiveState = field("归档情况", default=ArchiveState.OPEN)
    archived_on: date | None = field("归档日期", default=None)
    retention: Retention | None = field("保管期限", default=None)
    filed_by: str = field("立卷人", default="")
    reviewed_by: str = field("审核人", default="")
    remark: str = field("备注", default="", personal=Mask.WITHHELD)
    file_note: str = field("卷宗情况说明", default="", long=True, personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """A natural person or organisation on one side of a dispute (domain.md §2.3, §2.8)."""

    dispute_id: str = field("纠纷")
    position: int = field("序号", default=1)
    role: PartyRole = field("当事人地位")
    kind: PartyKind = field("当事人类别", default=PartyKind.NATURAL)
    name: str = field("姓名", personal=Mask.NAME)
    sex: Sex | None = field("性别", default=None)
    ethnicity: str = field("民族", default="", personal=Mask.WITHHELD)
    born_on: date | None = field("出生日期", default=None, personal=Mask.WITHHELD)
    id_number: str = field("身份证号", default="", personal=Mask.IDENTITY)
    occupation: str = field("职业或职务", default="", personal=Mask.WITHHELD)
    phone: str = field("联系方式", default="", personal=Mask.PHONE)
    address: str = field("单位或住址", default="", personal=Mask.WITHHELD)
    registered_address: str = field("户籍所在地", default="", personal=Mask.WITHHELD)
    postcode: str = field("邮政编码", default="", personal=Mask.WITHHELD)
    representative: str = field("法定代表人", default="", personal=Mask.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Record):
    """Who acts for a party, by law or by power of attorney."""

    dispute_id: str = field("纠纷")
    party_id: str = field("当事人")
    kind: AgentKind = field("代理类别", default=AgentKind.ENTRUSTED)
    name: str = field("代理人姓名", personal=Mask.NAME)
    id_number: str = field("代理人身份证号", default="", personal=Mask.IDENTITY)
    phone: str = field("代理人联系方式", default="", personal=Mask.PHONE)
