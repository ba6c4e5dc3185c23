"""One dispute with a record of every kind, as a long-lived file has them."""

from dataclasses import replace
from datetime import timedelta

from builders import an_identity_number
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from mediation_desk.desk import attaching, recording
from mediation_desk.desk.attaching import Scan
from mediation_desk.desk.clock import today
from mediation_desk.domain import lifecycle
from mediation_desk.domain.casefile import CaseFile
from mediation_desk.domain.cases import Agent
from mediation_desk.domain.codes import (
    AgentKind,
    AgreementForm,
    AttachmentKind,
    Confirmation,
    Delegation,
    Direction,
    PreventionKind,
    ReferralChannel,
    RiskLevel,
    SessionKind,
    SessionResult,
    Sex,
    Source,
    VisitForm,
)
from mediation_desk.domain.drafts import Draft
from mediation_desk.domain.handling import (
    Agreement,
    MediationSession,
    Promise,
    Referral,
    RiskEntry,
)
from mediation_desk.domain.prevention import Finding, Prevention, Screening
from mediation_desk.domain.record import new_id
from mediation_desk.domain.support import Consultation, LegalAid
from mediation_desk.store.register import Register

PDF_PAGE = b"%PDF-1.4\n%%EOF\n"


def picture(
    width: int = 320, height: int = 200, colour: str = "#8899aa", kind: str = "PNG"
) -> bytes:
    """A photo of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(held.data())


def ago(days: int):
    return today() - timedelta(days=days)


def _sessions(case: CaseFile) -> tuple[MediationSession, ...]:
    shared = {"dispute_id": case.dispute.id, "mediator_ids": case.dispute.mediator_ids}
    return (
        MediationSession(
            id=new_id(),
            kind=SessionKind.INQUIRY,
            held_on=ago(56),
            position=1,
            asked="何启富",
            narrative="老屋东墙与界石相距0.8米，照片3张。",
            **shared,
        ),
        MediationSession(
            id=new_id(),
            held_on=ago(50),
            position=2,
            narrative="双方各退一步，东墙滴水归属仍有分歧；请族老何启富参加。",
            result=SessionResult.CONTINUED,
            **shared,
        ),
        MediationSession(
            id=new_id(),
            held_on=ago(40),
            position=3,
            narrative="双方同意滴水沟共用，何世全补修东墙。",
            result=SessionResult.SETTLED,
            **shared,
        ),
    )


def _agreement(case: CaseFile) -> tuple[Agreement, tuple[Promise, ...]]:
    agreement = Agreement(
        id=new_id(),
        dispute_id=case.dispute.id,
        form=AgreementForm.WRITTEN,
        agreed_on=ago(40),
        content="滴水沟由两家共用，何世全补修东墙并付给何世明1,500元。",
        manner="分两期付清。",
        amount_fen=150_000,
        parties_signed_on=ago(40),
        mediator_signed_on=ago(40),
        sealed_on=ago(39),
    )
    shared = {
        "dispute_id": case.dispute.id,
        "agreement_id": agreement.id,
        "party_id": case.parties[1].id,
    }
    promises = (
        Promise(
            id=new_id(),
            position=1,
            what="付第一期500元",
            amount_fen=50_000,
            due_on=ago(30),
            kept_on=ago(31),
            kept_fen=50_000,
            **shared,
        ),
        Promise(
            id=new_id(),
            position=2,
            what="付第二期1,000元",
            amount_fen=100_000,
            due_on=ago(2),
            **shared,
        ),
        Promise(id=new_id(), position=3, what="补修东墙", due_on=ago(-20), **shared),
    )
    return agreement, promises


def _referrals(case: CaseFile) -> tuple[Referral, ...]:
    shared = {"dispute_id": case.dispute.id}
    return (
        Referral(
            id=new_id(),
            direction=Direction.IN,
            channel=ReferralChannel.COURT,
            body="丰都县人民法院",
            letter_number="(2026)渝0230诉前调12号",
            letter_on=ago(61),
            delegation=Delegation.BEFORE_FILING,
            received_on=ago(60),
            consent_on=ago(60),
            answer_due_on=ago(-3),
            **shared,
        ),
        Referral(
            id=new_id(),
            direction=Direction.IN,
            channel=ReferralChannel.PETITION,
            body="双龙镇信访办",
            letter_on=ago(59),
            first_petition=True,
            consent_on=ago(58),
            answered_on=ago(38),
            answer="已调解成功，双方签了协议。",
            **shared,
        ),
        Referral(
            id=new_id(),
            direction=Direction.OUT,
            channel=ReferralChannel.CONFIRMATION,
            body="丰都县人民法院",
            letter_on=ago(35),
            letter_number="(2026)渝0230民特3号",
            answered_on=ago(25),
            answer="裁定确认协议有效。",
            **shared,
        ),
    )


def _risks(case: CaseFile) -> tuple[RiskEntry, ...]:
    return (
        RiskEntry(
            id=new_id(),
            dispute_id=case.dispute.id,
            assessed_on=ago(58),
            level=RiskLevel.RED,
            reasons="何世全扬言推墙，手边有锄头。",
            owner="陶素芬",
            reported_to="双龙派出所",
            reported_on=ago(57),
        ),
        RiskEntry(
            id=new_id(),
            dispute_id=case.dispute.id,
            assessed_on=ago(39),
            level=RiskLevel.BLUE,
            reasons="协议已签，双方平和。",
            owner="陶素芬",
        ),
    )


def _whole(case: CaseFile) -> CaseFile:
    agreement, promises = _agreement(case)
    sessions = _sessions(case)
    dispute = replace(
        case.dispute,
        type="03",
        source=Source.COURT,
        informed_on=ago(59),
        extended_to=ago(25),
        people=5,
        facts="两家老屋相邻，何世全翻修东墙，何世明认为占了滴水位置。",
    )
    for session in sessions:
        dispute = lifecycle.with_session(dispute, session)
    dispute = lifecycle.settle(dispute, agreement)
    dispute = lifecycle.with_performance(dispute, promises, today())
    dispute = replace(dispute, confirmation=Confirmation.CONFIRMED)
    visit = MediationSession(
        id=new_id(),
        dispute_id=dispute.id,
        kind=SessionKind.VISIT,
        held_on=ago(10),
        position=4,
        mediator_ids=dispute.mediator_ids,
        visit_form=VisitForm.DOOR,
        narrative="第一期已付，东墙还没有补修。",
    )
    agent = Agent(
        id=new_id(),
        dispute_id=dispute.id,
        party_id=case.parties[0].id,
        kind=AgentKind.ENTRUSTED,
        name="何小琴",
        phone="13900000009",
    )
    prevention = Prevention(
        id=new_id(),
        unit_id=dispute.unit_id,
        dispute_id=dispute.id,
        prevented_on=ago(57),
        kind=PreventionKind.CRIME,
        persons=2,
        reason="夺下锄头，劝开双方。",
    )
    return replace(
        case,
        dispute=dispute,
        agents=(agent,),
        sessions=(*sessions, visit),
        agreement=agreement,
        promises=promises,
        referrals=_referrals(case),
        risks=_risks(case),
        preventions=(prevention,),
    )


def _beside(register: Register, case: CaseFile) -> None:
    unit, dispute_id = case.dispute.unit_id, case.dispute.id
    round_ = Screening(id=new_id(), unit_id=unit, screened_on=ago(62), found=1)
    with register.change(register.person, "台账") as change:
        change.keep(round_)
        change.keep(
            Finding(
                id=new_id(),
                unit_id=unit,
                screening_id=round_.id,
                matter="何家两兄弟为东墙争吵",
                dispute_id=dispute_id,
            )
        )
        change.keep(
            LegalAid(
                id=new_id(),
                unit_id=unit,
                dispute_id=dispute_id,
                applicant="何世明",
                matter="想请律师看协议",
                helped_on=ago(45),
            )
        )
        change.keep(
            Consultation(
                id=new_id(),
                unit_id=unit,
                dispute_id=dispute_id,
                held_on=ago(44),
                matter="滴水归谁管",
            )
        )
    register.keep_draft(
        Draft(
            id="d1",
            place="visit",
            about=dispute_id,
            title="回访 · 何世明与何世全",
            stopped_at="回访情况",
            typed='{"typed": {}, "began": {}, "base": {}}',
            at=f"{today().isoformat()}T09:00:00+08:00",
        )
    )


def keep_a_rich_case(register: Register) -> CaseFile:
    """Keep a dispute with a record of every kind, its scans and a draft; the file as kept."""
    blank = recording.blank_case(register, ago(60), register.person)
    names, born = ("何世明", "何世全"), (ago(60 * 365), ago(55 * 365))
    parties = tuple(
        replace(
            party,
            name=name,
            sex=Sex.MALE,
            born_on=day,
            id_number=an_identity_number(day, Sex.MALE),
            phone="13900000001",
            address="梨子园村4组",
        )
        for party, name, day in zip(blank.parties, names, born, strict=True)
    )
    accepted = replace(blank, parties=parties, dispute=replace(blank.dispute, type="03"))
    if accepted.dispute.intake_on is None or accepted.dispute.status.value == "10":
        accepted = replace(accepted, dispute=lifecycle.accept(accepted.dispute, ago(60)))
    kept = recording.keep_case(register, None, _whole(accepted), register.person, "登记", today())
    scans = (
        Scan("东墙", picture(colour="#a08060"), ago(56)),
        Scan("界石", picture(colour="#607080"), ago(56)),
    )
    actor = register.person
    attaching.attach(register, kept, scans, AttachmentKind.EVIDENCE, actor, today())
    signed = (Scan("协议书扫描件", PDF_PAGE, ago(39)),)
    attaching.attach(register, kept, signed, AttachmentKind.SIGNED, actor, today())
    _beside(register, kept)
    whole = register.case(kept.dispute.id)
    assert whole is not None
    return whole
