"""Each rule across a file finds its seeded fault, and a file without fault has no finding."""

from dataclasses import replace
from datetime import date

import pytest
from builders import (
    TODAY,
    a_case,
    a_dispute,
    an_open_case,
)
from faulty_files import (
    BOY,
    FAULTS_ACROSS,
    agreed,
    asked_the_court,
    one_sided,
    promised,
    respondent,
    session_on,
    unfinished,
    unsettled,
)
from faulty_records import DAY, ORAL, TYPES, born, found_in

from mediation_desk.domain.cases import Agent
from mediation_desk.domain.checks import case_problems, problems_of
from mediation_desk.domain.codes import (
    AgentKind,
    ArchiveState,
    CaseStatus,
    Outcome,
    RefusalReason,
    Retention,
    SessionKind,
    SessionResult,
    Source,
    VisitForm,
)
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.limits import Limits
from mediation_desk.domain.masks import masked
from mediation_desk.domain.organisation import LocalType
from mediation_desk.domain.problems import Severity, errors
from mediation_desk.domain.settings import Settings


@pytest.mark.parametrize(("rule", "field", "case"), FAULTS_ACROSS)
def test_a_rule_finds_its_fault_in_a_file(rule, field, case):
    assert (rule, field) in found_in(case_problems(case, TYPES, TODAY))


CLEAN = [
    a_case(),
    an_open_case(),
    an_open_case(status=CaseStatus.REGISTERED, intake_on=None),
    an_open_case(
        status=CaseStatus.CLOSED,
        outcome=Outcome.NOT_ACCEPTED,
        intake_on=None,
        closed_on=DAY,
        refusal=RefusalReason.PARTY,
    ),
    a_case(
        archive=ArchiveState.ARCHIVED, archived_on=date(2026, 10, 20), retention=Retention.SHORT
    ),
    unsettled(SessionResult.FAILED),
    unsettled(SessionResult.CONTINUED),
    unsettled(SessionResult.FAILED, Outcome.FAILED),
    unfinished(SessionResult.CONTINUED),
    session_on(TODAY, kind=SessionKind.INQUIRY, result=None),
    session_on(date(2026, 9, 22), kind=SessionKind.INQUIRY, result=None),
    session_on(DAY, kind=SessionKind.VISIT, result=None, visit_form=VisitForm.DOOR),
    promised(due_on=DAY),
    replace(agreed(amount_fen=0), promises=()),
    promised(amount_fen=0),
    respondent(**born(date(2008, 9, 25))),
]


@pytest.mark.parametrize("case", CLEAN)
def test_a_file_without_fault_has_no_finding(case):
    assert case_problems(case, TYPES, TODAY) == []


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


@pytest.mark.parametrize(
    ("kind", "may", "may_not"), [("01", "抚养", "相邻"), ("03", "相邻", "抚养")]
)
def test_what_may_be_agreed_fits_the_kind_of_dispute(kind: str, may: str, may_not: str):
    case = replace(agreed(**ORAL), dispute=a_dispute(type=kind, id="d"))
    (told,) = (entry for entry in case_problems(case, TYPES, TODAY) if entry.rule == "D13")
    assert may in told.mend
    assert may_not not in told.mend


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
        (
            one_sided(
                status=CaseStatus.CLOSED,
                outcome=Outcome.NOT_ACCEPTED,
                intake_on=None,
                closed_on=DAY,
            ),
            Severity.WARNING,
            "没有登记双方当事人。",
        ),
    ],
)
def test_the_other_side_must_be_known_when_a_dispute_is_taken_in(case, severity, words):
    problem = next(p for p in case_problems(case, TYPES, TODAY) if p.rule == "C1")
    assert (problem.severity, problem.message) == (severity, words)


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


def test_confirmation_is_in_time_on_the_working_day_after_a_rest_day_if_so_set():
    # In effect on 8 October: the thirtieth day is a Saturday.
    moved_on = Limits(Settings(court_rest_day=True))
    for day, limits, late in (
        (date(2026, 11, 7), Limits(Settings()), False),
        (date(2026, 11, 9), Limits(Settings()), True),
        (date(2026, 11, 9), moved_on, False),
        (date(2026, 11, 10), moved_on, True),
    ):
        asked = asked_the_court(day)
        assert asked.agreement is not None
        sealed = replace(asked.agreement, sealed_on=date(2026, 10, 8))
        case = replace(asked, agreement=sealed)
        found = found_in(case_problems(case, TYPES, TODAY, limits))
        assert (("C16", "referrals.0.letter_on") in found) is late, (day, limits)
