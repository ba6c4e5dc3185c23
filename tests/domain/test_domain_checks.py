"""Each rule finds its seeded fault in a record, and a record without fault has no finding."""

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
    a_unit,
    an_agreement,
)
from faulty_files import FAULTS_ACROSS
from faulty_records import (
    DAY,
    FAULTS,
    ORAL,
    TYPES,
    born,
    found_in,
    mediator,
    package,
    party,
    prevention,
    promise,
    referral,
    risk,
    screening,
)
from hypothesis import given

from mediation_desk.domain import checks, dispute_types, identity
from mediation_desk.domain.checks import problems_of
from mediation_desk.domain.checks.work import round_problems
from mediation_desk.domain.codes import (
    Sex,
)
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.organisation import Adviser, LocalType
from mediation_desk.domain.prevention import Finding
from mediation_desk.domain.problems import Severity


@pytest.mark.parametrize(("rule", "field", "record"), FAULTS)
def test_a_rule_finds_its_fault_in_a_record(rule, field, record):
    assert (rule, field) in found_in(problems_of(record, TODAY, TYPES))


def _finding(number):
    return Finding(id=f"f{number}", unit_id="u", screening_id="n", matter="争水")


# A round that found fewer than it lists.
FAULTS_OF_ROUNDS = [("N2", "found", screening(found=1, prevented=0), [_finding(1), _finding(2)])]


@pytest.mark.parametrize(("rule", "field", "held", "findings"), FAULTS_OF_ROUNDS)
def test_a_rule_finds_its_fault_in_a_round(rule, field, held, findings):
    assert found_in(round_problems(held, findings)) == {(rule, field)}
    assert round_problems(held, findings[:1]) == []
    assert round_problems(held, []) == []


def test_every_rule_has_a_seeded_fault():
    sources = [*Path(checks.__file__).parent.glob("*.py")]
    sources += [Path(dispute_types.__file__), Path(identity.__file__)]
    written = {
        rule for path in sources for rule in re.findall(r'"([A-Z]\d+)"', path.read_text("utf-8"))
    }
    assert written == {fault[0] for fault in FAULTS + FAULTS_ACROSS + FAULTS_OF_ROUNDS}


def test_every_rule_names_its_source_or_reason():
    for path in Path(checks.__file__).parent.glob("*.py"):
        for rule in re.findall(
            r'^def _\w+\(\w+: \w+\) -> Problem \| None:\n    """(.+)', path.read_text("utf-8"), re.M
        ):
            assert re.match(r"[A-Z]\d+: |[A-Z]\d+ ", rule), rule


@pytest.mark.parametrize(
    "record",
    [
        *a_case().records(),
        referral(),
        risk(),
        promise(kept_fen=20_000, kept_on=DAY),
        promise(amount_fen=0, kept_on=DAY),
        prevention(persons=1),
        screening(prevented=3),
        party(**(born(date(2012, 10, 23)) | {"sex": Sex.MALE})),
        an_agreement("d", manner="", on_the_spot=True),
        a_dispute(occurred_on=date(1900, 1, 1)),
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


def test_marriage_and_land_have_each_their_own_advice():
    told = {
        type_: next(p.message for p in problems_of(a_dispute(type=type_), TODAY, TYPES))
        for type_ in ("01", "03", "07")
    }
    assert "婚姻" in told["01"]
    assert told["03"] == told["07"]
    assert "权属" in told["07"]


def test_an_oral_agreement_needs_no_written_manner():
    oral = an_agreement("d", manner="", personal_revision=1, **ORAL)
    assert found_in(problems_of(oral, TODAY, TYPES)) == {("A3", "form")}


def test_what_happened_today_has_happened():
    assert problems_of(screening(screened_on=TODAY), TODAY, TYPES) == []
    assert "P7" in {rule for rule, _ in found_in(problems_of(party(born_on=TODAY), TODAY, TYPES))}


def test_sex_not_told_is_not_wrong():
    for changes in ({"sex": None}, {"born_on": None}, {"id_number": ""}):
        assert problems_of(party(**changes, personal_revision=1), TODAY, TYPES) == []


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


def test_what_lies_ahead_by_its_nature_may():
    ahead = TODAY + timedelta(days=60)
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
