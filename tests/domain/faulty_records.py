"""Records with one fault each, and how to make the less usual kinds of record."""

from datetime import date, timedelta

from builders import (
    TODAY,
    a_dispute,
    a_party,
    a_promise,
    a_session,
    a_unit,
    an_agreement,
    an_identity_number,
    an_open_case,
)

from mediation_desk.domain.codes import (
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Confirmation,
    Delegation,
    Direction,
    LegalAidState,
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    PetitionSplit,
    PreventionKind,
    ReferralChannel,
    RefusalReason,
    RiskLevel,
    SessionKind,
    Sex,
    TerminationReason,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Attachment, Referral, RiskEntry
from mediation_desk.domain.organisation import LocalType, Mediator
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.reporting import Package
from mediation_desk.domain.returning import Return
from mediation_desk.domain.support import LegalAid
from mediation_desk.domain.warning_codes import NoticeState, WarningRule
from mediation_desk.domain.warning_notice import UrgentReport, WarningNotice

TYPES = TypeTable()
TOMORROW = TODAY + timedelta(days=1)
DAY = date(2026, 10, 6)
APPLICANT, RESPONDENT, _ = PartyRole
ORAL = {"form": AgreementForm.ORAL}


def party(**changes):
    return a_party("d", APPLICANT, **changes)


def promise(**changes):
    return a_promise(an_agreement("d"), party(), **changes)


def referral(**changes):
    values = {
        "id": "r",
        "dispute_id": "d",
        "direction": Direction.IN,
        "channel": ReferralChannel.POLICE,
        "body": "双龙派出所",
        "letter_on": DAY,
        "consent_on": DAY,
    }
    return Referral(**(values | changes))


def risk(**changes):
    values = {"id": "k", "dispute_id": "d", "assessed_on": DAY, "level": RiskLevel.RED}
    told = {"reported_to": "双龙司法所", "reported_on": DAY}
    return RiskEntry(**(values | told | changes))


def urgent(**changes):
    values = {"id": "e", "dispute_id": "d", "reported_on": DAY, "body": "双龙派出所"}
    return UrgentReport(**(values | {"content": "扬言报复，已劝离。"} | changes))


def notice(**changes):
    values = {"id": "w", "dispute_id": "d", "desk_id": "u", "rule": WarningRule.GROUP}
    return WarningNotice(**(values | {"raised_on": DAY} | changes))


def prevention(**changes):
    values = {"id": "v", "unit_id": "u", "prevented_on": DAY, "kind": PreventionKind.PETITION}
    return Prevention(**(values | {"reason": "劝回上访人员", "persons": 4} | changes))


def screening(**changes):
    values = {"id": "n", "unit_id": "u", "screened_on": DAY, "found": 3, "prevented": 2}
    return Screening(**(values | changes))


def legal_aid(**changes):
    values = {"id": "l", "unit_id": "u", "applicant": "秦德珍", "helped_on": DAY, "body": "中心"}
    days = {"applied_on": DAY, "answered_on": DAY, "state": LegalAidState.APPROVED}
    return LegalAid(**(values | days | changes))


def mediator(**changes):
    return Mediator(**({"id": "m", "unit_id": "u", "name": "陶素芬"} | changes))


def package(**changes):
    values = {"id": "b", "unit_id": "u", "number": 1, "digest": "0" * 64, "made_on": DAY}
    months = {"period_from": date(2026, 10, 1), "period_to": date(2026, 10, 31)}
    return Package(**(values | months | changes))


def given_back(**changes):
    values = {"id": "b", "unit_id": "u", "dispute_id": "d", "words": "缺盖章日期。"}
    return Return(**(values | {"returned_on": DAY} | changes))


def born(day):
    return {"born_on": day, "id_number": an_identity_number(day, Sex.MALE)}


# Rule, field and a record with that one fault.
FAULTS = [
    ("G1", "type", a_dispute(type=" ")),
    ("G1", "name", party(name="", personal_revision=1)),
    ("G1", "what", promise(what="", personal_revision=1)),
    ("G2", "facts", a_dispute(facts="长" * 32_001)),
    ("G3", "place", a_dispute(place="3组\x00")),
    ("G3", "narrative", a_session("d", narrative="\ud83d")),
    ("G4", "intake_on", a_dispute(intake_on=TOMORROW, closed_on=TOMORROW, number=2)),
    ("G4", "sealed_on", an_agreement("d", sealed_on=TOMORROW)),
    ("G4", "screened_on", screening(screened_on=TOMORROW)),
    ("G5", "occurred_on", a_dispute(occurred_on=date(226, 9, 1))),
    ("G6", "claim_fen", a_dispute(claim_fen=-1)),
    ("G6", "amount_fen", an_agreement("d", amount_fen=-1)),
    ("G6", "found", screening(found=-1, prevented=-1)),
    ("D1", "type", a_dispute(type="77")),
    ("D2", "intake_on", a_dispute(intake_on=None)),
    ("D2", "intake_on", an_open_case(intake_on=None).dispute),
    ("D3", "status", an_open_case(status=CaseStatus.REGISTERED).dispute),
    ("D4", "status", a_dispute(status=CaseStatus.MEDIATING)),
    ("D4", "status", an_open_case(closed_on=DAY).dispute),
    ("D4", "outcome", a_dispute(outcome=None)),
    ("D4", "closed_on", a_dispute(closed_on=None)),
    ("D5", "intake_on", a_dispute(occurred_on=date(2026, 9, 26))),
    ("D5", "closed_on", a_dispute(closed_on=date(2026, 9, 24))),
    ("D5", "performed_on", a_dispute(performed_on=date(2026, 9, 1))),
    (
        "D5",
        "archived_on",
        a_dispute(archive=ArchiveState.ARCHIVED, archived_on=date(2026, 10, 5)),
    ),
    ("D6", "people", a_dispute(people=1)),
    ("D7", "complex_reason", a_dispute(complex=True, revision=1, personal_revision=1)),
    ("D8", "termination", a_dispute(outcome=Outcome.FAILED, performance=None)),
    ("D8", "termination", a_dispute(termination=TerminationReason.PARTY)),
    (
        "D9",
        "remedies_told",
        a_dispute(
            outcome=Outcome.FAILED, performance=None, termination=TerminationReason.NO_AGREEMENT
        ),
    ),
    ("D10", "performance", a_dispute(performance=None)),
    ("D10", "performance", an_open_case(performance=Performance.KEPT).dispute),
    ("D11", "performed_on", a_dispute(performance=Performance.KEPT)),
    ("D11", "performance", a_dispute(performed_on=DAY)),
    ("D12", "confirmation", an_open_case(confirmation=Confirmation.APPLIED).dispute),
    ("D13", "type", an_open_case(type="03").dispute),
    ("D13", "type", a_dispute(type="01")),
    ("D14", "archive", an_open_case(archive=ArchiveState.ARCHIVED).dispute),
    ("D14", "archived_on", a_dispute(archive=ArchiveState.ARCHIVED)),
    ("D15", "retention", a_dispute(archive=ArchiveState.ARCHIVED, archived_on=DAY)),
    ("D16", "number", a_dispute(number=0)),
    ("D16", "number", a_dispute(year=2027)),
    ("D17", "migrant_workers", a_dispute(type="101")),
    ("P2", "id_number", party(id_number="990001196803140010", personal_revision=1)),
    ("P3", "sex", party(sex=Sex.MALE, personal_revision=1)),
    ("P4", "born_on", party(born_on=date(1968, 3, 15), personal_revision=1)),
    ("P5", "phone", party(phone="1390000000", personal_revision=1)),
    ("P5", "phone", mediator(phone="没有", personal_revision=1)),
    ("P6", "kind", party(kind=PartyKind.LEGAL, sex=None, born_on=None)),
    ("P6", "kind", party(kind=PartyKind.LEGAL, sex=None, ethnicity="")),
    ("P6", "kind", party(kind=PartyKind.OTHER, born_on=None, ethnicity="")),
    ("P7", "born_on", party(born_on=date(2014, 1, 1), id_number="")),
    ("P8", "position", party(position=0)),
    ("S1", "result", a_session("d", result=None)),
    ("S1", "result", a_session("d", kind=SessionKind.INQUIRY)),
    ("S2", "mediator_ids", a_session("d", mediator_ids=())),
    ("S3", "visit_form", a_session("d", kind=SessionKind.VISIT, result=None)),
    ("S4", "narrative", a_session("d", narrative=" ", personal_revision=1)),
    ("A1", "sealed_on", an_agreement("d", sealed_on=date(2026, 10, 5))),
    ("A2", "sealed_on", an_agreement("d", sealed_on=None)),
    ("A3", "form", an_agreement("d", **ORAL)),
    ("A4", "content", an_agreement("d", content="", personal_revision=1)),
    ("A5", "manner", an_agreement("d", manner="", personal_revision=1)),
    ("M1", "kept_fen", promise(kept_fen=30_000)),
    ("M2", "kept_on", promise(kept_fen=20_000)),
    ("M2", "kept_fen", promise(kept_on=DAY)),
    ("F1", "answered_on", referral(answered_on=date(2026, 10, 1))),
    ("F1", "answer_due_on", referral(answer_due_on=date(2026, 10, 1))),
    ("F2", "body", referral(body="")),
    ("F3", "first_petition", referral(first_petition=True)),
    ("F4", "consent_on", referral(consent_on=None)),
    ("F1", "received_on", referral(received_on=date(2026, 10, 1))),
    ("F5", "petition_split", referral(petition_split=PetitionSplit.LEGAL)),
    ("F6", "delegation", referral(delegation=Delegation.SUMMARY)),
    ("F7", "answered_on", referral(answer="已调解成功。", personal_revision=1)),
    ("E1", "body", urgent(body=" ")),
    ("E1", "content", urgent(content="", personal_revision=1)),
    ("E2", "answered_on", urgent(answered_on=date(2026, 10, 1))),
    ("E2", "answered_on", urgent(answer="已出警")),
    ("E3", "decision", notice(state=NoticeState.REJECTED)),
    ("E4", "disposal", notice(state=NoticeState.DISPOSED)),
    ("E5", "level", notice(state=NoticeState.CONFIRMED)),
    ("K2", "reported_on", risk(reported_on=date(2026, 10, 1))),
    ("H1", "sha256", Attachment(id="h", dispute_id="d", name="照片", sha256="不对")),
    ("X1", "mended_on", given_back(mended_on=DAY - timedelta(days=1))),
    ("V1", "persons", prevention(cases=5)),
    ("V1", "cases", prevention(cases=0, persons=0)),
    ("D18", "refusal", a_dispute(outcome=Outcome.NOT_ACCEPTED, performance=None)),
    ("D18", "refusal", a_dispute(refusal=RefusalReason.PARTY)),
    ("D19", "extended_to", an_open_case(extended_to=date(2020, 1, 1)).dispute),
    ("L1", "applied_on", legal_aid(applied_on=DAY - timedelta(days=1))),
    ("L1", "answered_on", legal_aid(answered_on=DAY - timedelta(days=1))),
    ("L1", "accepted_on", legal_aid(accepted_on=DAY - timedelta(days=1))),
    ("L1", "answered_on", legal_aid(accepted_on=DAY + timedelta(days=1))),
    ("L2", "applied_on", legal_aid(applied_on=None, answered_on=None)),
    ("L2", "body", legal_aid(body="")),
    ("L2", "answered_on", legal_aid(answered_on=None)),
    ("V2", "reason", prevention(reason="", personal_revision=1)),
    ("N1", "prevented", screening(prevented=4)),
    ("U1", "code", a_unit(code="50023012420")),
    ("U1", "parent_code", a_unit(parent_code="５００２３０１２４０００")),
    ("W2", "term_to", a_unit(term_from=DAY, term_to=date(2026, 1, 1))),
    ("W2", "term_to", mediator(term_from=DAY, term_to=date(2026, 1, 1))),
    ("T1", "rolls_up_to", LocalType(id="t", code="L1", label="饮水纠纷", rolls_up_to="98")),
    ("T2", "code", LocalType(id="t", code="02", label="饮水纠纷", rolls_up_to="02")),
    ("B1", "period_to", package(period_to=date(2026, 9, 30))),
]


def found_in(problems):
    return {(problem.rule, problem.field) for problem in problems}
