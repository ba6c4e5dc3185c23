"""Help beside mediation: legal aid (法律援助) and the legal adviser's counsel (村居法律顾问)."""

from dataclasses import dataclass
from datetime import date

from mediation_desk.domain.codes import LegalAidState
from mediation_desk.domain.fields import Mask, field
from mediation_desk.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAid(Record):
    """One application for legal aid that the committee helped with, and its answer."""

    unit_id: str = field("单位")
    dispute_id: str = field("纠纷", default="")
    applicant: str = field("援助申请人", personal=Mask.NAME)
    matter: str = field("申请援助事项", default="", long=True, personal=Mask.WITHHELD)
    helped_on: date = field("协助日期")
    state: LegalAidState = field("办理情况", default=LegalAidState.HELPING)
    body: str = field("法律援助机构", default="")
    applied_on: date | None = field("提交申请日期", default=None)
    accepted_on: date | None = field("援助受理日期", default=None)
    answer_due_on: date | None = field("答复期限", default=None)
    answered_on: date | None = field("答复日期", default=None)
    lawyer: str = field("承办人员", default="")
    answer: str = field("答复内容", default="", long=True, personal=Mask.WITHHELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(Record):
    """One time that a legal adviser gave counsel in the village."""

    unit_id: str = field("单位")
    adviser_id: str = field("法律顾问", default="")
    dispute_id: str = field("纠纷", default="")
    held_on: date = field("咨询日期")
    form: str = field("咨询方式", default="", note="如 现场、电话、微信")
    person: str = field("咨询人", default="", personal=Mask.NAME)
    matter: str = field("咨询事项", long=True, personal=Mask.WITHHELD)
    advice: str = field("解答意见", default="", long=True, personal=Mask.WITHHELD)
