"""How a dispute is handled: sessions, agreement, promises, referrals, risk and scans."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import (
    AgreementForm,
    AttachmentKind,
    Delegation,
    Direction,
    PetitionSplit,
    ReferralChannel,
    RiskLevel,
    SessionKind,
    SessionResult,
    VisitForm,
)
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationSession(Record):
    """One mediation, inquiry or follow-up visit with its paper (domain.md §2.6, §2.7, §2.10)."""

    dispute_id: str = field("纠纷")
    kind: SessionKind = field("记录类别", default=SessionKind.MEDIATION)
    held_on: date = field("日期")
    time: str = field("时间", default="")
    position: int = field("序号", default=0, note="同一天内先后")
    place: str = field("地点", default="", personal=Mask.WITHHELD)
    participants: str = field("参加人", default="", personal=Mask.WITHHELD)
    asked: str = field("被调查人", default="", personal=Mask.NAME)
    mediator_ids: tuple[str, ...] = field("人民调解员", default=())
    adviser_ids: tuple[str, ...] = field("参与的法律顾问", default=())
    recorder: str = field("记录人", default="")
    narrative: str = field("调解记录", default="", long=True, personal=Mask.WITHHELD)
    result: SessionResult | None = field("调解结果", default=None)
    visit_form: VisitForm | None = field("回访形式", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """The agreement; in force on the latest of three dates if written (人民调解法 Art 29-30)."""

    dispute_id: str = field("纠纷")
    form: AgreementForm = field("协议形式")
    agreed_on: date = field("达成日期")
    content: str = field("协议内容", default="", long=True, personal=Mask.WITHHELD)
    manner: str = field("履行方式、时限", default="", long=True, personal=Mask.WITHHELD)
    amount_fen: int = field("协议涉及金额", default=0, money=True)
    on_the_spot: bool = field("当场履行", default=False)
    copies: int = field("协议份数", default=3)
    parties_signed_on: date | None = field("当事人签名日期", default=None)
    mediator_signed_on: date | None = field("人民调解员签名日期", default=None)
    sealed_on: date | None = field("盖章日期", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Record):
    """One term of the agreement: who does what, by when, and whether it was kept."""

    dispute_id: str = field("纠纷")
    agreement_id: str = field("协议")
    position: int = field("序号", default=1)
    party_id: str = field("履行人", default="")
    what: str = field("履行内容", long=True, personal=Mask.WITHHELD)
    amount_fen: int = field("金额", default=0, money=True)
    due_on: date | None = field("履行期限", default=None)
    kept_on: date | None = field("履行日期", default=None)
    kept_fen: int = field("已付金额", default=0, money=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Record):
    """A hand-over in or out with its letter and its answer (domain.md §5.1)."""

    dispute_id: str = field("纠纷")
    direction: Direction = field("方向")
    channel: ReferralChannel = field("衔接渠道")
    body: str = field("移送或接收机构", default="")
    letter_number: str = field("函号", default="")
    letter_on: date | None = field("函件日期", default=None)
    delegation: Delegation | None = field("委派或委托", default=None)
    received_on: date | None = field("签收材料日期", default=None)
    first_petition: bool = field("初信初访", default=False)
    petition_split: PetitionSplit | None = field("诉访分离", default=None)
    consent_on: date | None = field("当事人同意日期", default=None)
    answer_due_on: date | None = field("答复期限", default=None)
    answered_on: date | None = field("答复日期", default=None)
    answer: str = field("答复内容", default="", long=True, personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEntry(Record):
    """One entry of the risk level history with its reasons."""

    dispute_id: str = field("纠纷")
    assessed_on: date = field("评估日期")
    position: int = field("序号", default=0, note="同一天内先后")
    level: RiskLevel = field("风险等级")
    reasons: str = field("评估理由", default="", long=True, personal=Mask.WITHHELD)
    owner: str = field("责任人", default="")
    due_by: str = field("处置时限", default="", note="如 2026-10-23 16:00")
    reported_to: str = field("报告对象", default="")
    reported_on: date | None = field("报告日期", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """A scan or photo; its bytes lie inside the encrypted register under their hash."""

    dispute_id: str = field("纠纷")
    kind: AttachmentKind = field("附件类别", default=AttachmentKind.OTHER)
    name: str = field("附件名称", personal=Mask.WITHHELD)
    media_type: str = field("格式", default="")
    size: int = field("字节数", default=0)
    sha256: str = field("校验值", default="")
    taken_on: date | None = field("形成日期", default=None)
