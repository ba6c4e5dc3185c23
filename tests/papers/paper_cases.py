"""A case in which every field that a paper carries has a value of its own."""

from datetime import date
from typing import Any

from builders import a_dispute, a_party, a_session, an_agreement

from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent, Party
from mediation_desk.domain.codes import (
    AgentKind,
    ArchiveState,
    AttachmentKind,
    Confirmation,
    Direction,
    PartyKind,
    PartyRole,
    Performance,
    ReferralChannel,
    Retention,
    SessionKind,
    SessionResult,
    Source,
    VisitForm,
)
from mediation_desk.domain.handling import Attachment, Promise, Referral
from mediation_desk.domain.record import new_id

BUILDER = "双龙镇瑞成建材经营部"


def _organisation(dispute_id: str) -> Party:
    return a_party(
        dispute_id,
        PartyRole.RESPONDENT,
        position=2,
        kind=PartyKind.LEGAL,
        name=BUILDER,
        sex=None,
        ethnicity="",
        born_on=None,
        id_number="99500230MA00000X1Y",
        occupation="经营部",
        phone="13900000003",
        address="双龙镇场镇8号",
        representative="向从理",
    )


def a_full_case(**changes: Any) -> CaseFile:
    """A settled case with everything: agents, inquiry, visit, promises, court letter, scan."""
    values = {
        "source": Source.COURT,
        "informed_on": date(2026, 9, 26),
        "claim_fen": 1_250_050,
        "performance": Performance.PARTLY,
        "performed_on": date(2026, 10, 20),
        "confirmation": Confirmation.APPLIED,
        "archive": ArchiveState.ARCHIVED,
        "archived_on": date(2026, 10, 22),
        "retention": Retention.LONG,
        "filed_by": "谭立卷",
        "reviewed_by": "熊审核",
        "remark": "有录音一份",
        "file_note": "缺一张现场照片，已补拍。",
        "registrar": "陶素芬",
    }
    dispute = a_dispute(**(values | changes))
    one, other = (a_party(dispute.id, role) for role in list(PartyRole)[:2])
    agreement = an_agreement(
        dispute.id, content="一、疏通水沟。", manner="当面付清，十日内疏通。", amount_fen=120_000
    )
    promise = Promise(
        id=new_id(),
        dispute_id=dispute.id,
        agreement_id=agreement.id,
        party_id=other.id,
        what="付修缮费",
        amount_fen=120_000,
        due_on=date(2026, 10, 16),
        kept_on=date(2026, 10, 15),
        kept_fen=120_000,
    )
    return CaseFile(
        dispute,
        (one, other, _organisation(dispute.id)),
        (
            Agent(
                id=new_id(),
                dispute_id=dispute.id,
                party_id=one.id,
                kind=AgentKind.ENTRUSTED,
                name="冉代理",
                id_number="990001198001010011",
                phone="13900000009",
            ),
        ),
        _sessions(dispute.id),
        agreement,
        (promise,),
        (_letter(dispute.id),),
        attachments=(
            Attachment(
                id=new_id(),
                dispute_id=dispute.id,
                kind=AttachmentKind.IDENTITY,
                name="身份证复印件",
                media_type="application/pdf",
                sha256="ab" * 32,
                taken_on=date(2026, 9, 25),
            ),
        ),
    )


def _sessions(dispute_id: str) -> tuple[Any, ...]:
    return (
        a_session(
            dispute_id,
            kind=SessionKind.INQUIRY,
            held_on=date(2026, 9, 27),
            time="8:00—8:40",
            place="水沟现场",
            participants="组长崔国兴",
            asked="邻居滕明亮",
            narrative="看过现场，水沟确被石头堵住。",
            result=None,
        ),
        a_session(
            dispute_id,
            held_on=date(2026, 9, 30),
            participants="法律顾问",
            result=SessionResult.CONTINUED,
        ),
        a_session(dispute_id),
        a_session(
            dispute_id,
            kind=SessionKind.VISIT,
            held_on=date(2026, 10, 18),
            time="15:00",
            narrative="水沟已通，双方满意。",
            visit_form=VisitForm.DOOR,
            result=None,
        ),
    )


def _letter(dispute_id: str) -> Referral:
    return Referral(
        id=new_id(),
        dispute_id=dispute_id,
        direction=Direction.IN,
        channel=ReferralChannel.COURT,
        body="丰都县人民法院",
        letter_number="（2026）委调8号",
        letter_on=date(2026, 9, 24),
        consent_on=date(2026, 9, 25),
        answered_on=date(2026, 10, 8),
        answer="双方已达成协议。",
    )
