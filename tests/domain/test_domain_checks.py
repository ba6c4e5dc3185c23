"""Each rule finds its seeded fault, and a file without fault has no finding."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from any_records import ANY_RECORD
from builders import (
    TODAY,
    a_case,
    a_dispute,
    a_party,
    a_promise,
    a_session,
    a_unit,
    an_agreement,
    an_identity_number,
    an_open_case,
)
from hypothesis import given

from mediation_desk.domain import checks, dispute_types, identity
from mediation_desk.domain.cases import Agent
from mediation_desk.domain.checks import case_problems, problems_of
from mediation_desk.domain.codes import (
    AgentKind,
    AgreementForm,
    ArchiveState,
    CaseStatus,
    Confirmation,
    Direction,
    Outcome,
    PartyKind,
    PartyRole,
    Performance,
    PreventionKind,
    ReferralChannel,
    Retention,
    RiskLevel,
    SessionKind,
    SessionResult,
    Sex,
    Source,
    TerminationReason,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.handling import Attachment, Promise, Referral, RiskEntry
from mediation_desk.domain.masks import masked
from mediation_desk.domain.organisation import Adviser, LocalType, Mediator
from mediation_desk.domain.prevention import Prevention, Screening
from mediation_desk.domain.problems import Severity, errors
from mediation_desk.domain.reporting import Draft, Package

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


def prevention(**changes):
    values = {"id": "v", "unit_id": "u", "prevented_on": DAY, "kind": PreventionKind.PETITION}
    return Prevention(**(values | {"reason": "劝回上访人员", "persons": 4} | changes))


def screening(**changes):
    values = {"id": "n", "unit_id": "u", "screened_on": DAY, "found": 3, "prevented": 2}
    return Screening(**(values | changes))


def mediator(**changes):
    return Mediator(**({"id": "m", "unit_id": "u", "name": "陶素芬"} | changes))


def package(**changes):
    values = {"id": "b", "unit_id": "u", "number": 1, "digest": "0" * 64, "made_on": DAY}
    months = {"period_from": date(2026, 10, 1), "period_to": date(2026, 10, 31)}
    return Package(**(values | months | changes))


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
    ("D7", "complex_reason", a_dispute(complex=True)),
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
    ("K1", "reported_to", risk(reported_on=None)),
    ("K2", "reported_on", risk(reported_on=date(2026, 10, 1))),
    ("H1", "sha256", Attachment(id="h", dispute_id="d", name="照片", sha256="不对")),
    ("V1", "persons", prevention(cases=5)),
    ("V1", "cases", prevention(cases=0, persons=0)),
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


@pytest.mark.parametrize(("rule", "field", "record"), FAULTS)
def test_a_rule_finds_its_fault_in_a_record(rule, field, record):
    assert (rule, field) in found_in(problems_of(record, TODAY, TYPES))


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


def unsettled(last):
    case = an_open_case(
        status=CaseStatus.CLOSED,
        outcome=Outcome.TERMINATED,
        closed_on=DAY,
        termination=TerminationReason.PARTY,
        remedies_told=True,
    )
    return replace(case, sessions=(a_session(case.dispute.id, result=last),))


BOY = {"born_on": date(2010, 5, 1), "id_number": an_identity_number(date(2010, 5, 1), Sex.MALE)}

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
    ("P2", "parties.1.id_number", respondent(id_number="1")),
    ("A2", "agreement.sealed_on", agreed(sealed_on=None)),
    ("M2", "promises.0.kept_on", promised(kept_fen=20_000)),
    ("S2", "sessions.0.mediator_ids", session_on(DAY, mediator_ids=())),
]


@pytest.mark.parametrize(("rule", "field", "case"), FAULTS_ACROSS)
def test_a_rule_finds_its_fault_in_a_file(rule, field, case):
    assert (rule, field) in found_in(case_problems(case, TYPES, TODAY))


def test_every_rule_has_a_seeded_fault():
    sources = [*Path(checks.__file__).parent.glob("*.py")]
    sources += [Path(dispute_types.__file__), Path(identity.__file__)]
    written = {
        rule for path in sources for rule in re.findall(r'"([A-Z]\d+)"', path.read_text("utf-8"))
    }
    assert written == {fault[0] for fault in FAULTS + FAULTS_ACROSS}


def test_every_rule_names_its_source_or_reason():
    for path in Path(checks.__file__).parent.glob("*.py"):
        for rule in re.findall(
            r'^def _\w+\(\w+: \w+\) -> Problem \| None:\n    """(.+)', path.read_text("utf-8"), re.M
        ):
            assert re.match(r"[A-Z]\d+: |[A-Z]\d+ ", rule), rule


CLEAN = [
    a_case(),
    an_open_case(),
    an_open_case(status=CaseStatus.REGISTERED, intake_on=None),
    an_open_case(
        status=CaseStatus.CLOSED, outcome=Outcome.NOT_ACCEPTED, intake_on=None, closed_on=DAY
    ),
    a_case(
        archive=ArchiveState.ARCHIVED, archived_on=date(2026, 10, 20), retention=Retention.SHORT
    ),
    unsettled(SessionResult.FAILED),
    unsettled(SessionResult.CONTINUED),
    session_on(TODAY, kind=SessionKind.INQUIRY, result=None),
]


@pytest.mark.parametrize("case", CLEAN)
def test_a_file_without_fault_has_no_finding(case):
    assert case_problems(case, TYPES, TODAY) == []


@pytest.mark.parametrize(
    "record",
    [
        *a_case().records(),
        referral(),
        risk(),
        prevention(),
        screening(),
        mediator(),
        a_unit(),
        package(),
        Adviser(id="a", unit_id="u", name="冉启林"),
        LocalType(id="t", code="L1", label="饮水纠纷", rolls_up_to="02"),
        Attachment(id="h", dispute_id="d", name="照片", sha256="0" * 64),
    ],
)
@pytest.mark.parametrize("personal_revision", [0, 1])
def test_a_record_without_fault_has_no_finding(record, personal_revision):
    whole = replace(record, revision=1, personal_revision=personal_revision)
    assert problems_of(whole, TODAY, TYPES) == []


def test_a_masked_file_has_no_finding_that_is_due_to_the_mask():
    case = a_case()
    kept = [replace(record, revision=1, personal_revision=1) for record in case.records()]
    for record in kept:
        assert problems_of(masked(record), TODAY, TYPES) == []
    hidden = replace(
        case,
        dispute=masked(kept[0]),
        parties=tuple(masked(record) for record in kept[1:3]),
        sessions=(masked(kept[3]),),
        agreement=masked(kept[4]),
        promises=(masked(kept[5]),),
    )
    assert case_problems(hidden, TYPES, TODAY) == []


def test_a_party_not_yet_kept_is_judged_as_typed():
    assert "P5" in {
        rule for rule, _ in found_in(case_problems(respondent(phone="?"), TYPES, TODAY))
    }


def test_the_message_says_which_party_is_meant():
    problems = case_problems(respondent(id_number="1"), TYPES, TODAY)
    assert [problem.message for problem in problems] == [
        "蒋仕文：身份证号应为18位，最后一位可以是X。"
    ]


def test_a_void_record_is_not_asked_for_what_nobody_counts():
    assert case_problems(a_case(void_reason="重复", type="77", people=0), TYPES, TODAY) == []
    assert problems_of(a_dispute(void_reason="重复", type="77"), TODAY, TYPES) == []
    assert errors(problems_of(a_dispute(void_reason="重复", number=-1), TODAY, TYPES))


def test_a_local_type_counts_as_its_official_one():
    types = TypeTable((LocalType(id="t", code="L7", label="林权纠纷", rolls_up_to="07"),))
    case = replace(agreed(**ORAL), dispute=a_dispute(type="L7", id="d"))
    rules = {problem.rule for problem in case_problems(case, types, TODAY)}
    assert {"D13", "C11"} <= rules
    assert "D1" not in rules


def test_an_unknown_type_is_told_once_and_stops_no_other_rule():
    case = replace(agreed(**ORAL), dispute=a_dispute(type="77", id="d"))
    rules = {problem.rule for problem in case_problems(case, TYPES, TODAY)}
    assert {"D1", "A3"} <= rules
    assert not {"D13", "C11"} & rules


@pytest.mark.parametrize(
    ("case", "severity", "words"),
    [
        (one_sided(), Severity.ERROR, "没有登记双方当事人。"),
        (one_sided(source=Source.OWN), Severity.ERROR, "当事人不足两方。"),
        (
            one_sided(status=CaseStatus.REGISTERED, intake_on=None),
            Severity.WARNING,
            "没有登记双方当事人。",
        ),
    ],
)
def test_the_other_side_must_be_known_when_a_dispute_is_taken_in(case, severity, words):
    problem = next(p for p in case_problems(case, TYPES, TODAY) if p.rule == "C1")
    assert (problem.severity, problem.message) == (severity, words)


def test_what_happened_today_has_happened():
    assert problems_of(screening(screened_on=TODAY), TODAY, TYPES) == []
    assert "P7" in {rule for rule, _ in found_in(problems_of(party(born_on=TODAY), TODAY, TYPES))}


def test_sex_not_told_is_not_wrong():
    for changes in ({"sex": None}, {"born_on": None}, {"id_number": ""}):
        assert problems_of(party(**changes, personal_revision=1), TODAY, TYPES) == []


def test_a_minor_with_a_statutory_agent_is_represented():
    case = respondent(**BOY)
    agent = Agent(
        id="g",
        dispute_id=case.dispute.id,
        party_id=case.parties[1].id,
        kind=AgentKind.STATUTORY,
        name="蒋德安",
    )
    assert case_problems(replace(case, agents=(agent,)), TYPES, TODAY) == []
    assert "C15" in {
        problem.rule
        for problem in case_problems(
            replace(case, agents=(replace(agent, party_id="nobody"),)), TYPES, TODAY
        )
    }


def test_masked_numbers_that_look_alike_are_not_one_person():
    case = a_case()
    same = tuple(
        replace(party, id_number="990001********0019", revision=1) for party in case.parties
    )
    assert case_problems(replace(case, parties=same), TYPES, TODAY) == []


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "13900000001",
        "+86 13900000001",
        "023-70700001",
        "02370700001",
        "(023)70700001",
        "70700001",
        "023-70700001-801",
        "400-000-0000",
        "13900000001、13900000002",
        "13900000001/023-70700001",
    ],
)
def test_usual_ways_to_write_telephone_numbers_pass(phone):
    assert checks.phone_problems(phone) == []


@pytest.mark.parametrize(
    "phone", ["1390000000", "139000000011", "13900000001.0", "无", "１３９０００００００１"]
)
def test_what_is_no_telephone_number_is_told(phone):
    assert [problem.severity for problem in checks.phone_problems(phone)] == [Severity.WARNING]


def test_only_year_and_month_of_birth_may_be_told():
    person = party(born_on=date(1968, 3, 1), personal_revision=1)
    assert problems_of(person, TODAY, TYPES) == []


def test_the_longest_text_passes_and_line_breaks_are_no_control_characters():
    facts = "一\n二\t三" + "长" * (checks.LONGEST_TEXT - 5)
    assert problems_of(a_dispute(facts=facts), TODAY, TYPES) == []


def test_a_draft_may_be_longer_than_a_cell():
    draft = Draft(id="x", place="纠纷", typed="长" * 40_000)
    assert problems_of(draft, TODAY, TYPES) == []


def test_what_lies_ahead_by_its_nature_may():
    ahead = TODAY + timedelta(days=60)
    assert isinstance(promise(due_on=ahead), Promise)
    for record in (
        promise(due_on=ahead),
        referral(answer_due_on=ahead),
        mediator(term_from=DAY, term_to=ahead),
        package(period_to=ahead),
    ):
        assert problems_of(record, TODAY, TYPES) == []


@given(ANY_RECORD)
def test_whatever_stands_in_a_record_findings_are_sentences(record):
    for problem in problems_of(record, TODAY, TYPES):
        assert problem.message.endswith("。")
        assert not problem.mend or problem.mend.endswith("。")
        assert hasattr(record, problem.field)
