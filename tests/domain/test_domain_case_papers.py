"""Which papers a file holds by the kind of case, and amounts and days as papers write them."""

from dataclasses import replace
from datetime import date

import pytest
from builders import a_case, a_session, an_agreement, an_open_case
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.as_typed.numerals import number
from mediation_desk.domain.case_papers import Need, PaperKind, copies, file_of
from mediation_desk.domain.codes import (
    AgreementForm,
    AttachmentKind,
    Confirmation,
    Outcome,
    PartyKind,
    SessionKind,
    Source,
)
from mediation_desk.domain.handling import Attachment
from mediation_desk.domain.money import capital_yuan
from mediation_desk.domain.official_days import in_figures, in_numerals


def _must(case) -> list[str]:
    return [entry.kind.value for entry in file_of(case) if entry.need is Need.MUST]


def _kinds(case) -> list[PaperKind]:
    return [entry.kind for entry in file_of(case)]


def test_a_written_settlement_must_have_what_the_catalogue_names() -> None:
    assert _must(a_case()) == [
        "cover", "contents", "application", "notice", "identity", "session", "agreement", "back"
    ]  # fmt: skip


def test_an_oral_settlement_needs_no_more_than_its_record() -> None:
    case = a_case(source=Source.SPOKEN)
    oral = an_agreement(case.dispute.id, form=AgreementForm.ORAL)
    case = replace(case, agreement=oral, sessions=())
    assert _must(case) == ["cover", "contents", "intake", "oral", "back"]
    assert not any(entry.missing for entry in file_of(case))


def test_a_failed_mediation_has_no_agreement() -> None:
    case = an_open_case(outcome=Outcome.FAILED)
    case = replace(case, sessions=(a_session(case.dispute.id),))
    assert "agreement" not in _must(case)
    assert "session" in _must(case)


def test_a_refused_case_needs_its_registration_only() -> None:
    case = an_open_case(outcome=Outcome.NOT_ACCEPTED, source=Source.OWN)
    assert _must(case) == ["cover", "contents", "intake", "back"]


def test_what_must_be_there_stands_with_what_is_missing() -> None:
    case = replace(a_case(), sessions=(), agreement=None)
    missing = {entry.kind: entry.missing for entry in file_of(case) if entry.missing}
    assert set(missing) == {PaperKind.IDENTITY, PaperKind.SESSION, PaperKind.AGREEMENT}
    assert all(missing.values())


def test_papers_stand_in_binding_order() -> None:
    case = a_case(confirmation=Confirmation.APPLIED, file_note="缺页")
    id_ = case.dispute.id
    scans = tuple(
        Attachment(id=str(place), dispute_id=id_, kind=kind, name="扫描")
        for place, kind in enumerate(AttachmentKind)
    )
    kinds = (SessionKind.VISIT, SessionKind.INQUIRY, SessionKind.MEDIATION)
    sessions = tuple(a_session(id_, kind=kind) for kind in kinds)
    found = _kinds(replace(case, attachments=scans, sessions=sessions))
    order = list(PaperKind)
    assert found == sorted(found, key=order.index)
    assert {PaperKind.EVIDENCE, PaperKind.CONFIRM_PERSONS, PaperKind.NOTE} < set(found)


def test_the_court_gets_the_form_that_fits_the_parties() -> None:
    case = a_case(confirmation=Confirmation.APPLIED)
    company = replace(case.parties[1], kind=PartyKind.LEGAL)
    assert PaperKind.CONFIRM_UNITS in _kinds(replace(case, parties=(case.parties[0], company)))


@pytest.mark.parametrize(("parties", "asked", "told"), [(2, 3, 3), (8, 3, 9), (2, 5, 5)])
def test_each_party_and_the_committee_have_a_copy(parties: int, asked: int, told: int) -> None:
    case = a_case()
    many = tuple(replace(case.parties[0], id=str(place)) for place in range(parties))
    agreement = an_agreement(case.dispute.id, copies=asked)
    assert copies(replace(case, parties=many, agreement=agreement)) == told


@given(st.integers(1, 10**11))
def test_capital_numerals_say_the_amount(yuan: int) -> None:
    said = capital_yuan(yuan * 100)
    assert said.endswith("元整")
    assert number(said.removesuffix("元整")) == yuan


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (10_700_053, "壹拾万柒仟元零伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (140_950, "壹仟肆佰零玖元伍角整"),
        (5, "伍分"),
        (-12_000, "负壹佰贰拾元整"),
        (1_000_500_000_000, "壹佰亿零伍佰万元整"),
    ],
)
def test_capital_amounts_follow_the_rules_of_bills(fen: int, said: str) -> None:
    assert capital_yuan(fen) == said


def test_days_are_written_in_figures_and_in_numerals() -> None:
    assert in_figures(date(2026, 10, 5)) == "2026年10月5日"
    assert in_numerals(date(2026, 10, 5)) == "二〇二六年十月五日"
    assert in_numerals(date(2020, 12, 31)) == "二〇二〇年十二月三十一日"
    assert in_numerals(date(2019, 1, 20)) == "二〇一九年一月二十日"
    assert in_figures(None) == in_numerals(None) == ""
