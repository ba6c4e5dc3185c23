"""Case files with one fault each, and the way to them from a sound one."""

from dataclasses import replace
from datetime import date

from builders import (
    a_case,
    a_dispute,
    a_session,
    an_open_case,
)
from faulty_records import DAY, ORAL, born, referral, risk

from mediation_desk.domain.codes import (
    CaseStatus,
    Confirmation,
    Direction,
    Outcome,
    Performance,
    ReferralChannel,
    SessionKind,
    SessionResult,
    Source,
    TerminationReason,
)


def faulty(case=None, **changes):
    return replace(case or a_case(), **changes)


def agreed(**changes):
    case = a_case()
    return replace(case, agreement=replace(case.agreement, **changes))


def session_on(day, **changes):
    case = a_case()
    return replace(case, sessions=(a_session(case.dispute.id, held_on=day, **changes),))


def visited_while_open():
    case = an_open_case()
    visit = a_session(case.dispute.id, kind=SessionKind.VISIT, result=None)
    return replace(case, sessions=(visit,))


def promised(**changes):
    case = a_case()
    return replace(case, promises=(replace(case.promises[0], **changes),))


def respondent(**changes):
    case = a_case()
    return replace(case, parties=(case.parties[0], replace(case.parties[1], **changes)))


def one_sided(**changes):
    case = an_open_case(**changes)
    return replace(case, parties=case.parties[:1])


def twice_settled():
    case = a_case()
    first = a_session(case.dispute.id, held_on=date(2026, 9, 30))
    return replace(case, sessions=(first, *case.sessions))


def unsettled(last, outcome=Outcome.TERMINATED):
    case = an_open_case(
        status=CaseStatus.CLOSED,
        outcome=outcome,
        closed_on=DAY,
        termination=TerminationReason.PARTY,
        remedies_told=True,
    )
    return replace(case, sessions=(a_session(case.dispute.id, result=last),))


def unfinished(last):
    case = an_open_case()
    return replace(case, sessions=(a_session(case.dispute.id, result=last),))


def asked_the_court(day):
    case = a_case(confirmation=Confirmation.APPLIED)
    asked = referral(
        dispute_id=case.dispute.id,
        direction=Direction.OUT,
        channel=ReferralChannel.CONFIRMATION,
        letter_on=day,
    )
    return replace(case, referrals=(asked,))


def red_without_report():
    case = an_open_case()
    red = risk(dispute_id=case.dispute.id, reported_on=None)
    return replace(case, risks=(red,))


BOY = born(date(2010, 5, 1))

# Rule, field and a file with that one fault.
FAULTS_ACROSS = [
    ("C1", "parties", one_sided()),
    ("C1", "parties", one_sided(source=Source.OWN)),
    ("C1", "parties", one_sided(status=CaseStatus.REGISTERED, intake_on=None)),
    ("C2", "agreement", faulty(agreement=None, promises=())),
    ("C2", "outcome", faulty(dispute=replace(an_open_case().dispute, id="d"))),
    ("C3", "agreement.agreed_on", agreed(agreed_on=date(2026, 9, 24))),
    ("C3", "agreement.agreed_on", agreed(agreed_on=date(2026, 10, 7))),
    ("C4", "sessions.0.held_on", session_on(date(2026, 9, 24))),
    ("C4", "sessions.0.held_on", session_on(date(2026, 10, 7))),
    ("C4", "sessions.0.held_on", session_on(date(2026, 10, 1), kind=SessionKind.VISIT)),
    ("C4", "sessions.0.held_on", visited_while_open()),
    ("C5", "sessions.0.result", session_on(DAY, result=SessionResult.FAILED)),
    ("C5", "sessions.0.result", twice_settled()),
    ("C5", "sessions.0.result", unsettled(SessionResult.SETTLED)),
    ("C5", "sessions.0.result", unsettled(SessionResult.SETTLED, Outcome.FAILED)),
    ("C5", "sessions.0.result", unfinished(SessionResult.SETTLED)),
    ("C6", "people", a_case(people=1)),
    ("C7", "referrals", a_case(source=Source.POLICE)),
    ("C7", "referrals", an_open_case(outcome=Outcome.TRANSFERRED)),
    ("C8", "agreement.amount_fen", agreed(amount_fen=30_000)),
    ("C9", "promises.0.due_on", promised(due_on=date(2026, 10, 5))),
    ("C10", "performance", a_case(performance=Performance.KEPT, performed_on=DAY)),
    ("C10", "performance", promised(kept_on=DAY, kept_fen=20_000)),
    ("C11", "agreement.form", replace(agreed(**ORAL), dispute=a_dispute(type="07"))),
    ("C12", "agreement.copies", agreed(copies=2)),
    ("C13", "parties", respondent(id_number=a_case().parties[0].id_number)),
    ("C14", "parties.1", respondent(**BOY)),
    ("C14", "parties.1", respondent(born_on=None, id_number=BOY["id_number"])),
    ("C14", "parties.1", respondent(born_on=BOY["born_on"], id_number="")),
    ("C15", "", promised(agreement_id="another")),
    ("C15", "", promised(party_id="nobody")),
    ("C15", "", respondent(dispute_id="another")),
    ("C16", "referrals.0.letter_on", asked_the_court(date(2026, 11, 6))),
    ("C16", "referrals.0.letter_on", asked_the_court(date(2026, 10, 5))),
    ("K1", "risks.0.reported_to", red_without_report()),
    ("P2", "parties.1.id_number", respondent(id_number="1")),
    ("A2", "agreement.sealed_on", agreed(sealed_on=None)),
    ("M2", "promises.0.kept_on", promised(kept_fen=20_000)),
    ("S2", "sessions.0.mediator_ids", session_on(DAY, mediator_ids=())),
]
