"""Closed code tables: sources, results, outcomes, forms, states (domain.md §3.2, §4, §5)."""

from enum import Enum
from typing import Self


class Code(Enum):
    """A code of a table: stored as its value, shown as its label."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Take `code` as the stored value and `label` as the official words."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """The member with the stored value `code`; raises `KeyError` for an unknown one."""
        found: Self = cls._value2member_map_[code]  # type: ignore[assignment]
        return found


class Role(Code):
    """Which desk this register is (design.md §1)."""

    VILLAGE = "village", "村(居)人民调解委员会"
    OFFICE = "office", "司法所"


class UnitKind(Code):
    """Kinds of unit; the first six are the committee kinds of statistic columns 6-11."""

    VILLAGE = "10", "村调委会"
    COMMUNITY = "20", "居调委会"
    TOWNSHIP = "30", "乡镇调委会"
    STREET = "40", "街道调委会"
    ENTERPRISE = "50", "企事业单位调委会"
    SOCIAL = "60", "社会团体和其他组织调委会"
    OFFICE = "80", "司法所"
    COUNTY = "90", "区县司法局"


class Source(Code):
    """Where a dispute came from, eight sources (domain.md §5.1)."""

    WRITTEN = "10", "当事人申请(书面)"
    SPOKEN = "11", "当事人申请(口头)"
    OWN = "20", "主动调解(排查发现)"
    COURT = "31", "法院委派/委托"
    PROCURATORATE = "32", "检察院移送"
    POLICE = "33", "公安机关移送"
    PETITION = "34", "信访部门移送"
    OTHER = "39", "其他部门移送"


class CaseStatus(Code):
    """How far the handling has come; outcome, performance and archive are fields of their own."""

    REGISTERED = "10", "已登记"
    ACCEPTED = "20", "已受理"
    MEDIATING = "30", "调解中"
    CLOSED = "40", "已结案"


class Outcome(Code):
    """How the handling ended."""

    SETTLED = "1", "调解成功"
    FAILED = "2", "调解不成"
    TERMINATED = "3", "终止调解"
    NOT_ACCEPTED = "4", "不予受理"
    TRANSFERRED = "5", "转交"


class TerminationReason(Code):
    """Why mediation was ended without agreement (domain.md §5.3)."""

    PARTY = "1", "当事人拒绝或退出调解"
    NO_AGREEMENT = "2", "无法达成协议"
    EVENT = "3", "出现致使调解无法进行的情形"
    LAW = "4", "法律法规规定的其他情形"


class RefusalReason(Code):
    """Why a dispute may not be taken in (domain.md §4.3)."""

    RESERVED = "1", "法律规定由专门机关管辖或禁止民间调解"
    HANDLED = "2", "法院、公安机关或其他行政机关已受理或解决"
    PARTY = "3", "一方当事人明确拒绝调解"
    CRIME = "4", "属于刑事案件"


class SessionKind(Code):
    """What a session was."""

    MEDIATION = "1", "调解"
    INQUIRY = "2", "调查"
    VISIT = "3", "回访"


class SessionResult(Code):
    """The official result of one session (domain.md §2.7)."""

    SETTLED = "1", "调解成功"
    FAILED = "2", "调解不成"
    CONTINUED = "3", "有待继续调解"


class AgreementForm(Code):
    """Form of agreement, statistic columns 38-39."""

    ORAL = "1", "口头协议"
    WRITTEN = "2", "书面协议"


class Performance(Code):
    """How far the agreement has been kept (domain.md §5.3)."""

    KEPT = "1", "已履行"
    PARTLY = "2", "部分履行"
    NOT_DUE = "3", "未到期"
    OVERDUE = "4", "逾期未履行"
    SUED = "5", "反悔起诉"


class Confirmation(Code):
    """Judicial confirmation (司法确认)."""

    NONE = "0", "未申请"
    APPLIED = "1", "已申请"
    CONFIRMED = "2", "已确认"
    REJECTED = "3", "不予确认"


class ArchiveState(Code):
    """Whether the case file has been archived."""

    OPEN = "0", "未归档"
    ARCHIVED = "1", "已归档"


class Retention(Code):
    """Retention class of the file (domain.md §4.5); the years are settings."""

    SHORT = "1", "短期"
    LONG = "2", "长期"
    PERMANENT = "3", "永久"


class Difficulty(Code):
    """Difficulty class in local rules (domain.md §5.2)."""

    PLAIN = "1", "一般"
    HARD = "2", "疑难"
    MAJOR = "3", "重大"


class RiskLevel(Code):
    """Colour level of early warning (domain.md §5.2)."""

    BLUE = "1", "蓝色"
    YELLOW = "2", "黄色"
    ORANGE = "3", "橙色"
    RED = "4", "红色"


class PartyRole(Code):
    """Side of a party."""

    APPLICANT = "1", "申请人"
    RESPONDENT = "2", "被申请人"
    THIRD = "3", "第三人"


class PartyKind(Code):
    """Nature of a party (domain.md §9.1)."""

    NATURAL = "1", "自然人"
    LEGAL = "2", "法人"
    OTHER = "3", "非法人组织"


class AgentKind(Code):
    """By what right somebody acts for a party."""

    STATUTORY = "1", "法定代理人"
    ENTRUSTED = "2", "委托代理人"


class Sex(Code):
    """Sex as printed on the forms."""

    MALE = "1", "男"
    FEMALE = "2", "女"


class Direction(Code):
    """Whether something came in or went out."""

    IN = "1", "转入"
    OUT = "2", "转出"


class ReferralChannel(Code):
    """Linkage and hand-over channels (design.md §3)."""

    COURT = "31", "诉调对接"
    PROCURATORATE = "32", "检调对接"
    POLICE = "33", "警调对接"
    PETITION = "34", "访调对接"
    REVIEW = "35", "复调对接"
    ADMINISTRATIVE = "41", "行政调解"
    LEGAL_AID = "42", "法律援助"
    ARBITRATION = "43", "仲裁"
    RECONSIDERATION = "44", "行政复议"
    LAWSUIT = "45", "诉讼"
    CONFIRMATION = "46", "司法确认"
    OTHER = "49", "其他部门"


class PetitionSplit(Code):
    """Whether a petition is led to a legal way or stays a petition (诉访分离)."""

    LEGAL = "1", "诉，导入法定途径"
    PETITION = "2", "访，按信访程序"


class Delegation(Code):
    """How a court hands a dispute over, which decides the days it gives (domain.md §4.4)."""

    BEFORE_FILING = "1", "委派（立案前）"
    ORDINARY = "2", "委托（立案后，普通程序）"
    SUMMARY = "3", "委托（立案后，简易程序）"


class AttachmentKind(Code):
    """What a scan shows, in the order in which a file is bound (domain.md §2.2)."""

    IDENTITY = "1", "身份证明材料"
    AUTHORITY = "2", "授权委托或代理证明"
    EVIDENCE = "3", "证据材料"
    SIGNED = "4", "已签名的文书"
    RECEIPT = "5", "履行凭证"
    CONFIRMATION = "6", "司法确认材料"
    LETTER = "7", "往来函件"
    OTHER = "9", "其他材料"


class PublicityKind(Code):
    """Whether an event taught people the law or mediators their work."""

    PUBLICITY = "1", "普法宣传"
    TRAINING = "2", "业务培训"


class LegalAidState(Code):
    """How far an application for legal aid has come."""

    HELPING = "1", "协助申请"
    APPLIED = "2", "已提交申请"
    ACCEPTED = "3", "已受理"
    APPROVED = "4", "准予援助"
    REFUSED = "5", "不予援助"


class PreventionKind(Code):
    """What was prevented, statistic columns 42-49."""

    SUICIDE = "1", "防止民间纠纷引起自杀"
    CRIME = "2", "防止民间纠纷转化为刑事案件"
    PETITION = "3", "防止群体性上访"
    BRAWL = "4", "防止群体性械斗"


class VisitForm(Code):
    """How a follow-up visit was made."""

    CALL = "1", "电话"
    DOOR = "2", "上门"
    OTHER = "3", "其他"


class ProposalSort(Code):
    """What a person has to decide about something that came in."""

    CONFLICT = "1", "两边都改了"
    EDIT = "2", "表中手工改动"
    ROW = "3", "表中手工添加"
    DUPLICATE = "4", "疑似同一纠纷"


class ProposalState(Code):
    """What was decided."""

    OPEN = "0", "待处理"
    TAKEN = "1", "已采用"
    KEPT = "2", "未采用"
    SETTLED = "3", "两边已一致"


class ReportStep(Code):
    """What was done with a frozen report."""

    EXPORTED = "1", "导出"
    PRINTED = "2", "打印"
    SENT = "3", "上报"
