"""A case file to which nothing can be said, and files with one fault of the file as a file."""

from dataclasses import replace
from datetime import date, timedelta

from builders import TODAY, a_case, a_session, an_open_case
from faulty_records import DAY, ORAL, referral

from mediation_desk.domain.cases import Agent
from mediation_desk.domain.codes import (
    AgentKind,
    ArchiveState,
    AttachmentKind,
    CaseStatus,
    Confirmation,
    Difficulty,
    Direction,
    Outcome,
    PartyKind,
    Performance,
    ReferralChannel,
    Retention,
    SessionKind,
    SessionResult,
    Source,
    TerminationReason,
    VisitForm,
)
from mediation_desk.domain.handling import Attachment

NUMBER = "(2026)梨民调字第001号"
VISITED, FILED = date(2026, 10, 18), date(2026, 10, 20)
INTAKE = date(2026, 9, 25)


def scan(kind, dispute_id="d"):
    return Attachment(id=kind.value, dispute_id=dispute_id, kind=kind, name=kind.label)


def sound(**changes):
    """A settled, performed, visited and archived case; `changes` as for `a_case`."""
    whole = {
        "id": "d",
        "informed_on": INTAKE,
        "performance": Performance.KEPT,
        "performed_on": VISITED,
        "archive": ArchiveState.ARCHIVED,
        "archived_on": FILED,
        "retention": Retention.SHORT,
        "filed_by": "陶素芬",
        "reviewed_by": "谭永强",
    }
    case = a_case(**(whole | changes))
    visit = a_session(
        "d",
        kind=SessionKind.VISIT,
        result=None,
        held_on=VISITED,
        visit_form=VisitForm.DOOR,
        narrative=f"协议{NUMBER}已经履行，双方和好。",
    )
    kept = replace(case.promises[0], kept_on=VISITED, kept_fen=20_000)
    scans = (scan(AttachmentKind.IDENTITY), scan(AttachmentKind.RECEIPT))
    parts = {"sessions": (*case.sessions, visit), "promises": (kept,), "attachments": scans}
    return replace(case, **{name: part for name, part in parts.items() if name not in changes})


def without(kind):
    case = sound()
    return replace(case, attachments=tuple(e for e in case.attachments if e.kind is not kind))


def agreed(case=None, **changes):
    case = case or sound()
    return replace(case, agreement=replace(case.agreement, **changes))


def session(place, case=None, **changes):
    case = case or sound()
    sessions = list(case.sessions)
    sessions[place] = replace(sessions[place], **changes)
    return replace(case, sessions=tuple(sessions))


def party(**changes):
    case = sound()
    return replace(case, parties=(case.parties[0], replace(case.parties[1], **changes)))


def with_agent(**changes):
    case = sound()
    values = {"id": "g", "dispute_id": "d", "party_id": case.parties[0].id, "name": "秦小兰"}
    return replace(case, agents=(Agent(**(values | changes)),))


def asked_court(scans=(), **changes):
    case = sound(confirmation=Confirmation.APPLIED, **changes)
    asked = referral(
        direction=Direction.OUT,
        channel=ReferralChannel.CONFIRMATION,
        letter_on=date(2026, 10, 10),
    )
    return replace(case, referrals=(asked,), attachments=(*case.attachments, *scans))


def handed(**changes):
    case = sound(source=Source.POLICE)
    values = {"answer_due_on": date(2026, 10, 12), "consent_on": INTAKE, "letter_on": INTAKE}
    return replace(case, referrals=(referral(**(values | {"answered_on": DAY} | changes)),))


def failed(**changes):
    values = {
        "id": "d",
        "informed_on": INTAKE,
        "status": CaseStatus.CLOSED,
        "outcome": Outcome.FAILED,
        "closed_on": date(2026, 10, 20),
        "termination": TerminationReason.NO_AGREEMENT,
        "remedies_told": True,
        "attachments": (scan(AttachmentKind.IDENTITY),),
    }
    return an_open_case(**(values | changes))


def still_open(**changes):
    scans = {"attachments": (scan(AttachmentKind.IDENTITY),)}
    return an_open_case(**({"id": "d", "informed_on": INTAKE} | scans | changes))


def put_away_late():
    case = sound(closed_on=DAY - timedelta(days=50), intake_on=date(2026, 8, 1))
    early = DAY - timedelta(days=50)
    days = {"agreed_on": early, "parties_signed_on": early, "mediator_signed_on": early}
    case = agreed(case, sealed_on=early, **days)
    visit = replace(case.sessions[1], held_on=early + timedelta(days=3))
    case = replace(case, sessions=(replace(case.sessions[0], held_on=early), visit))
    kept = replace(case.promises[0], kept_on=early, due_on=early)
    informed = replace(case.dispute, informed_on=date(2026, 8, 1), performed_on=early)
    return replace(case, promises=(kept,), dispute=replace(informed, occurred_on=None))


def visited_late():
    case = sound(archived_on=TODAY)
    seal = {"sealed_on": date(2026, 9, 1), "parties_signed_on": date(2026, 9, 1)}
    early = date(2026, 9, 1)
    case = agreed(case, agreed_on=early, mediator_signed_on=early, **seal)
    dispute = replace(
        case.dispute, intake_on=date(2026, 8, 20), occurred_on=None, closed_on=early,
        informed_on=date(2026, 8, 20),
    )  # fmt: skip
    return session(0, replace(case, dispute=dispute), held_on=early)


def unkept():
    case = sound(
        performance=Performance.OVERDUE,
        performed_on=None,
        archive=ArchiveState.OPEN,
        archived_on=None,
    )
    return replace(case, promises=(replace(case.promises[0], kept_on=None, kept_fen=0,
        due_on=date(2026, 10, 10)),))  # fmt: skip


def unvisited():
    case = visited_late()
    days = {"archive": ArchiveState.OPEN, "archived_on": None}
    dispute = replace(case.dispute, **days)
    return replace(case, dispute=dispute, sessions=case.sessions[:1])


def unarchived():
    case = put_away_late()
    return replace(case, dispute=replace(case.dispute, archive=ArchiveState.OPEN, archived_on=None))


LAND, FAMILY = {"type": "07"}, {"type": "01"}
ORALLY = ORAL | {"parties_signed_on": None, "on_the_spot": True}

# Rule, the field where it is mended, and a file with that one fault.
FAULTS_OF_FILES = [
    ("JZ1", "facts", sound(facts=" ")),
    ("JZ1", "requests", sound(requests="")),
    ("JZ2", "informed_on", sound(informed_on=None)),
    ("JZ3", "attachments", without(AttachmentKind.IDENTITY)),
    ("JZ4", "agents.0", with_agent()),
    ("JZ4", "agents.0", with_agent(kind=AgentKind.STATUTORY)),
    ("JZ5", "sessions", failed()),
    ("JZ6", "attachments", without(AttachmentKind.RECEIPT)),
    ("JZ7", "sessions", replace(sound(), sessions=sound().sessions[:1])),
    ("JZ8", "confirmation", sound(confirmation=Confirmation.APPLIED)),
    ("JZ8", "attachments", asked_court()),
    ("JZ9", "mediator_ids", sound(mediator_ids=())),
    ("JZ9", "registrar", sound(registrar="")),
    ("JZ9", "filed_by", sound(filed_by=" ")),
    ("JZ9", "reviewed_by", sound(reviewed_by="")),
    ("JZ10", "sessions.0.asked", still_open(sessions=(
        a_session("d", kind=SessionKind.INQUIRY, result=None),))),
    ("JZ20", "parties.1.sex", party(sex=None)),
    ("JZ20", "parties.1.address", party(address="")),
    ("JZ20", "parties.1.representative", party(kind=PartyKind.LEGAL, sex=None, born_on=None,
        ethnicity="", id_number="")),
    ("JZ21", "agreement.content", agreed(replace(sound(), promises=()), content="疏水沟，赔200元。",
        manner="10月20日前付清。")),
    ("JZ21", "agreement.content", agreed(content="蒋仕文疏通水沟，赔200元。")),
    ("JZ22", "agreement.manner", agreed(replace(sound(), promises=()), manner="付现金200元。")),
    ("JZ23", "agreement.amount_fen", agreed(replace(sound(), promises=()), amount_fen=0)),
    ("JZ24", "agreement.form", agreed(sound(difficulty=Difficulty.HARD, archive=ArchiveState.OPEN,
        archived_on=None), **ORALLY)),
    ("JZ25", "agreement.form", agreed(asked_court((scan(AttachmentKind.CONFIRMATION),)), **ORALLY)),
    ("JZ26", "agreement.content", agreed(sound(**LAND), content="坡地归蒋仕文所有，秦德珍不种。")),
    ("JZ27", "agreement.content", agreed(sound(**FAMILY), content="双方自愿离婚，蒋仕文付抚养。")),
    ("JZ30", "sessions.0.mediator_ids", session(0, mediator_ids=("m2",))),
    ("JZ31", "sessions.1.narrative", session(1, narrative="(2026)梨民调字第007号协议已履行。")),
    ("JZ31", "agreement.content", agreed(content="秦德珍照（2025）梨民调字第001号办。")),
    ("JZ31", "file_note", sound(file_note="原件见〔2026〕梨民调字第9号卷。")),
    ("JZ33", "performed_on", sound(performed_on=date(2026, 10, 19))),
    ("JZ34", "agreement.agreed_on", session(0, sound(closed_on=date(2026, 10, 8)),
        held_on=date(2026, 10, 8))),
    ("JZ35", "informed_on", sound(informed_on=date(2026, 10, 7))),
    ("JZ36", "referrals.0.consent_on", handed(consent_on=date(2026, 10, 7))),
    ("JZ37", "sessions.1.held_on", session(1, held_on=TODAY)),
    ("JZ40", "extended_to", failed(intake_on=date(2026, 9, 10), occurred_on=None,
        informed_on=date(2026, 9, 10), sessions=(a_session("d", result=SessionResult.FAILED),))),
    ("JZ41", "sessions.1.held_on", visited_late()),
    ("JZ42", "archived_on", put_away_late()),
    ("JZ43", "referrals.0.answered_on", handed(answered_on=date(2026, 10, 13))),
    ("L-answer", "referrals", handed(answered_on=None)),
    ("L-mediation", "outcome", still_open(intake_on=date(2026, 9, 20))),
    ("L-promise", "performance", unkept()),
    ("L-visit", "sessions", unvisited()),
    ("L-archive", "archive", unarchived()),
    ("L-intake", "intake_on", still_open(status=CaseStatus.REGISTERED, intake_on=None)),
    ("A2", "agreement.sealed_on", agreed(sealed_on=None)),
    ("A4", "agreement.content", agreed(content="")),
    ("A5", "agreement.manner", agreed(manner="")),
    ("C8", "agreement.amount_fen", agreed(amount_fen=30_000)),
    ("D15", "retention", sound(retention=None)),
]  # fmt: skip
